"""Somebody in earlier records could be a possible victim: a concern opens with what the records say, and where they say it.

No sign is laid on the person: the records' words stand beside, and who records the concern ticks what holds.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from lodestar.accounts.access import Member
from lodestar.cases import actions as cases
from lodestar.cases import ledger
from lodestar.cases.models import Case
from lodestar.cases.rules.reported import OF_A_RECORD, as_reported
from lodestar.journeys.concern_received import Received
from lodestar.kernel.days import london_date
from lodestar.kernel.ids import new_id
from lodestar.recognition import actions, queries
from lodestar.recognition.actions.look_back import meet_people
from lodestar.recognition.actions.prompts import answer_yes, hold
from lodestar.recognition.models import OWN_WORDS, REPORTED, EarlierRecord, Prompt, RecordSign
from lodestar.recognition.presenters.records import record_name, source_of
from lodestar.recognition.queries.prompts import signs_by_person
from lodestar.recognition.queries.records import records_of
from lodestar.recognition.rules.from_signs import belief_after
from lodestar.recognition.rules.offences import WHERE
from lodestar.section45.rules.citations import act_and_section, act_cited

CODE = "recognition.concern_recorded"
LONGEST = {"what": 2000, "words": 4000, "place": 300}
MOST_OFFENCES = 5
SHOWN = "Earlier records show signs. They are listed with the signs of the case."
STAGES = {"custody": "arrest", "stop": "stop"}


def open_concern(*, by: Member, at: datetime, prompt: Prompt, version: int, because: str = "") -> Received:
    """Opens the case, tells the question that it was answered yes, all in one transaction; and whether somebody who may have been
    met before is to be told of. Raises prompts.Answered."""
    held = hold(prompt, version)
    records = records_of([prompt.earlier_person_id])
    signs = signs_by_person([prompt.earlier_person_id]).get(prompt.earlier_person_id, [])
    case_id = new_id()
    with ledger.opening(case_id, by=by.user, at=at, code=CODE):
        case = cases.open_case(by=by, at=at, case_id=case_id, facts=_case(by, records, signs))
        (person,) = cases.add_people(by=by, at=at, case=case, people=[(new_id(), _person(records))])
        acts = [(person, act) for act in _offences(case, records)]
        if acts:
            cases.record_offences(by=by, at=at, case=case, offences=acts)
        if reach := as_reported(line for one in records for line in str(one.reach).splitlines()):
            cases.record_reported_addresses(by=by, at=at, case=case, addresses=[(person, reach)])
        notes = [(OWN_WORDS, because, person.id)] if because else []
        notes += [(REPORTED, words, person.id) for words in _words(records, signs)]
        actions.add_notes(by=by, at=at, case=case, notes=notes)
        meet_people(by=by, at=at, people=[person])
        is_told = cases.compare_people(by=by, at=at, case=case, people=[person])
        answer_yes(by=by, at=at, prompt=held, version=version, case=case)
    return Received(case, is_told)


def _case(by: Member, records: Sequence[EarlierRecord], signs: Sequence[RecordSign]) -> dict[str, Any]:
    """What happened, as it may go into other systems of the force: what somebody was held or stopped for may not (rule page
    116), nor where, so that those records are named in the notes alone."""
    shows = {one.record_id for one in signs}
    told = [one for one in records if one.id in shows and one.kind not in STAGES]
    what = "\n".join([SHOWN, *(f"{record_name(one)}: {one.words}" for one in told if one.words)])
    place = next((one.place for one in reversed(records) if one.place and one.kind not in STAGES), "")
    return {
        "nation": queries.nation_of(by.tenant),
        "what": what[: LONGEST["what"]],
        "place": place[: LONGEST["place"]],
    }


def _person(records: Sequence[EarlierRecord]) -> dict[str, Any]:
    named = next((one for one in reversed(records) if one.name), None)
    born = next((one.birth_date for one in reversed(records) if one.birth_date), "")
    facts: dict[str, Any] = {
        "roles": ["possible_victim"],
        "belief": belief_after("", may_be_used=True, has_signs=False, has_new_sign=False),
        "name": named.name if named else "",
        "description": "" if named else OF_A_RECORD,
    }
    if born:
        facts |= {"birth_date": born, "age_basis": "stated"}
    return facts


def _offences(case: Case, records: Sequence[EarlierRecord]) -> Iterator[dict[str, str]]:
    """What they were held or stopped for: section 45 of the Modern Slavery Act 2015 is a question of each."""
    held = [one for one in records if one.offence and one.kind in STAGES]
    for one in held[-MOST_OFFENCES:]:
        act, section = act_and_section(one.offence, None) if act_cited(one.offence) else ("", None)
        act, section = (act or "").strip(" ,;"), (section or "").strip()
        is_cited = bool(section) and len(act) <= 200 and len(section) <= 40
        day = london_date(one.happened_at).isoformat() if one.happened_at else ""
        yield {
            "title": one.offence, "act": act if is_cited else "", "section": section if is_cited else "", "on_from": day,
            "on_to": day, "stage": STAGES[one.kind], "where": WHERE.get(case.nation, ""),
        }  # fmt: skip


def _words(records: Sequence[EarlierRecord], signs: Sequence[RecordSign]) -> Iterator[str]:
    """What is kept beside the person, in words: the signs with what they rest on and where, each record."""
    lines = [f"{one.rests_on}. In {source_of(one.record)}." for one in signs]
    lines += [f"{source_of(one)}: {one.words}" for one in records if one.words]
    lines += [f"{source_of(one)}, place: {one.place}" for one in records if one.place and one.kind in STAGES]
    text = "\n".join(dict.fromkeys(lines))
    yield from (text[at : at + LONGEST["words"]] for at in range(0, len(text), LONGEST["words"]))
