"""A concern is opened of somebody in earlier records: the question about them is answered yes."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from lodestar.casework.case_files.actions.case import open_case
from lodestar.casework.case_files.actions.people import add_people, record_offences
from lodestar.casework.cases.models import Case
from lodestar.casework.cases.people_listeners import announce_named, compare_people
from lodestar.casework.concerns import actions, queries
from lodestar.casework.concerns.models import OWN_WORDS, REPORTED
from lodestar.casework.concerns.rules import belief_after
from lodestar.casework.ledger import ledger
from lodestar.casework.safe_addresses.actions import record_reported_addresses
from lodestar.casework.section45.rules.citations import cited
from lodestar.intelligence.earlier_records.actions.prompts import answer_yes, hold
from lodestar.intelligence.earlier_records.models import EarlierRecord, Prompt, RecordSign
from lodestar.intelligence.earlier_records.queries.prompts import signs_by_person
from lodestar.intelligence.earlier_records.queries.records import record_name, records_of, source_of
from lodestar.platform.accounts.access import Member
from lodestar.platform.names.reported import OF_A_RECORD, as_reported
from lodestar.platform.reference.rules import WHERE
from lodestar.platform.text.ids import new_id
from lodestar.platform.time.days import london_date

LONGEST = {"what": 2000, "words": 4000, "place": 300}
MOST_OFFENCES = 5
SHOWN = "Earlier records show signs. They are listed with the signs of the case."
STAGES = {"custody": "arrest", "stop": "stop"}


def open_concern(*, by: Member, at: datetime, prompt: Prompt, version: int, because: str = "") -> tuple[Case, bool]:
    """Opens the case, tells the question that it was answered yes, all in one transaction; and whether somebody who may have been
    met before is to be told of. Raises prompts.Answered."""
    locked_prompt = hold(prompt, version)
    records = records_of([prompt.earlier_person_id])
    signs = signs_by_person([prompt.earlier_person_id]).get(prompt.earlier_person_id, [])
    case_id = new_id()
    with ledger.opening(case_id, by=by.user, at=at, code="recognition.concern_recorded"):
        case = open_case(by=by, at=at, case_id=case_id, facts=_case(by, records, signs))
        (person,) = add_people(by=by, at=at, case=case, people=[(new_id(), _person(records))])
        acts = [(person, act) for act in _offences(case, records)]
        if acts:
            record_offences(by=by, at=at, case=case, offences=acts)
        if reach := as_reported(line for record in records for line in str(record.reach).splitlines()):
            record_reported_addresses(by=by, at=at, case=case, addresses=[(person, reach)])
        notes = [(OWN_WORDS, because, person.id)] if because else []
        notes += [(REPORTED, words, person.id) for words in _words(records, signs)]
        actions.add_notes(by=by, at=at, case=case, notes=notes)
        announce_named(by=by, at=at, people=[person])
        is_told = compare_people(by=by, at=at, case=case, people=[person])
        answer_yes(by=by, at=at, prompt=locked_prompt, version=version, case=case)
    return case, is_told


def _case(by: Member, records: Sequence[EarlierRecord], signs: Sequence[RecordSign]) -> dict[str, Any]:
    """What happened, as it may go into other systems of the force: what somebody was held or stopped for may not (rule page
    116), nor where, so that those records are named in the notes alone."""
    shows = {sign.record_id for sign in signs}
    shareable = [record for record in records if record.kind not in STAGES]
    lines = [f"{record_name(record)}: {record.words}" for record in shareable if record.id in shows and record.words]
    place = next((record.place for record in reversed(shareable) if record.place), "")
    what = "\n".join([SHOWN, *lines])[: LONGEST["what"]]
    return {"nation": queries.nation_of(by.tenant), "what": what, "place": place[: LONGEST["place"]]}


def _person(records: Sequence[EarlierRecord]) -> dict[str, Any]:
    named_record = next((record for record in reversed(records) if record.name), None)
    born = next((record.birth_date for record in reversed(records) if record.birth_date), "")
    facts: dict[str, Any] = {
        "roles": ["possible_victim"],
        "belief": belief_after("", may_be_used=True, has_signs=False, has_new_sign=False),
        "name": named_record.name if named_record else "",
        "description": "" if named_record else OF_A_RECORD,
    }
    if born:
        facts |= {"birth_date": born, "age_basis": "stated"}
    return facts


def _offences(case: Case, records: Sequence[EarlierRecord]) -> Iterator[dict[str, str]]:
    """What they were held or stopped for: section 45 of the Modern Slavery Act 2015 is a question of each."""
    offence_records = [record for record in records if record.offence and record.kind in STAGES]
    for record in offence_records[-MOST_OFFENCES:]:
        day = london_date(record.happened_at).isoformat() if record.happened_at else ""
        yield {
            "title": record.offence, **cited(record.offence), "on_from": day, "on_to": day,
            "stage": STAGES[record.kind],
            "where": WHERE.get(case.nation, ""),
        }  # fmt: skip


def _words(records: Sequence[EarlierRecord], signs: Sequence[RecordSign]) -> Iterator[str]:
    """What is kept beside the person, in words: the signs with what they rest on and where, each record."""
    lines = [f"{sign.rests_on}. In {source_of(sign.record)}." for sign in signs]
    lines += [f"{source_of(record)}: {record.words}" for record in records if record.words]
    stopped = [record for record in records if record.place and record.kind in STAGES]
    lines += [f"{source_of(record)}, place: {record.place}" for record in stopped]
    text = "\n".join(dict.fromkeys(lines))
    yield from (text[at : at + LONGEST["words"]] for at in range(0, len(text), LONGEST["words"]))
