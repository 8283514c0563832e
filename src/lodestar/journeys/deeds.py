"""What writes in two or more apps: a crime number, a supervisor's decision, the end of a tour, a concern of somebody in earlier
records."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from lodestar.accounts import actions as accounts
from lodestar.accounts.access import Member
from lodestar.cases import actions as cases
from lodestar.cases import ledger
from lodestar.cases.models import Case, Person
from lodestar.cases.rules.reported import OF_A_RECORD, as_reported
from lodestar.investigations import actions as investigations
from lodestar.investigations.models import Crime
from lodestar.journeys.import_rows import cited
from lodestar.kernel.days import london_date
from lodestar.kernel.ids import new_id
from lodestar.recognition import actions, queries
from lodestar.recognition.actions.prompts import answer_yes, hold, meet_people
from lodestar.recognition.models import OWN_WORDS, REPORTED, EarlierRecord, Prompt, RecordSign
from lodestar.recognition.presenters.records import record_name, source_of
from lodestar.recognition.queries.prompts import signs_by_person
from lodestar.recognition.queries.records import records_of
from lodestar.recognition.rules.offences import WHERE
from lodestar.recognition.rules.signs import NONE, belief_after
from lodestar.referrals.actions.statuses import crime_recorded, no_crime_needed

SharedNumber = investigations.SharedNumber


def record_crime(
    *, by: Member, at: datetime, person: Person, kind: str, number: str = "", why_not: str = "", words: str = "",
    may_share: bool = False,
) -> Crime:  # fmt: skip
    """Records what `investigations.actions.record_crime` records, and in the same transaction that the person's referral has
    its crime, or needs none. The same number again changes nothing. Raises SharedNumber as it does."""
    code = "investigations.crime_recorded" if kind == "recorded" else "investigations.no_crime_number"
    with ledger.acting_on(person.case_id, by=by.user, at=at, code=code):
        row = investigations.record_crime(
            by=by, at=at, person=person, kind=kind, number=number, why_not=why_not, words=words, may_share=may_share
        )
        if row.kind == "recorded":
            crime_recorded(person, row.at)
        elif row.kind == "not_needed":
            no_crime_needed(person)
    return row


def decide_belief(
    *, by: Member, at: datetime, person: Person, version: int, belief: str, because: str = "", would_change: str = ""
) -> bool:
    """Records the decision with its reason, and what would change it. Certainty is not needed (Modern Slavery Act 2015
    s52(1)); without a reason *no grounds yet* leaves the reason owed. Of whom there were no grounds before nobody was told of:
    they are compared now. Whether anything of that is to be told to the decider.

    `version` is that of the person the decider had before them. Raises cases.StaleVersion.
    """
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="recognition.belief_decided"):
        is_new = person.belief != belief
        comes_back = person.belief == NONE != belief
        changed = cases.change_person(by=by, at=at, person=person, version=version, facts={"belief": belief})
        actions.record_beliefs(
            by=by,
            at=at,
            case=person.case,
            beliefs={person.id: belief},
            how="decided" if is_new else "recorded",
            because=because,
            would_change=would_change,
        )
        return comes_back and cases.compare_people(by=by, at=at, case=person.case, people=[changed])


def end_tour(*, by: Member, at: datetime, to_at: datetime) -> None:
    """Names `to_at` as the end of the tour under way at `at`, and reckons afresh every case that the officer recorded in
    it: its times count from that end (`safety/queries.py`). Raises accounts.NoSuchEnd."""
    begun, until = accounts.end_tour_at(by=by, at=at, to_at=to_at)
    cases = Case.objects.filter(opened_by=by.user, recorded_at__gte=begun, recorded_at__lt=until)
    with ledger.acting_on(*cases.values_list("id", flat=True), by=by.user, at=at, code="accounts.tour_end_named"):
        pass  # the end is a fact of these cases: to reckon them is all there is to do


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
        case = cases.open_case(by=by, at=at, case_id=case_id, facts=_case(by, records, signs))
        (person,) = cases.add_people(by=by, at=at, case=case, people=[(new_id(), _person(records))])
        acts = [(person, act) for act in _offences(case, records)]
        if acts:
            cases.record_offences(by=by, at=at, case=case, offences=acts)
        if reach := as_reported(line for earlier_record in records for line in str(earlier_record.reach).splitlines()):
            cases.record_reported_addresses(by=by, at=at, case=case, addresses=[(person, reach)])
        notes = [(OWN_WORDS, because, person.id)] if because else []
        notes += [(REPORTED, words, person.id) for words in _words(records, signs)]
        actions.add_notes(by=by, at=at, case=case, notes=notes)
        meet_people(by=by, at=at, people=[person])
        is_told = cases.compare_people(by=by, at=at, case=case, people=[person])
        answer_yes(by=by, at=at, prompt=locked_prompt, version=version, case=case)
    return case, is_told


def _case(by: Member, records: Sequence[EarlierRecord], signs: Sequence[RecordSign]) -> dict[str, Any]:
    """What happened, as it may go into other systems of the force: what somebody was held or stopped for may not (rule page
    116), nor where, so that those records are named in the notes alone."""
    shows = {sign.record_id for sign in signs}
    sign_records = [
        earlier_record for earlier_record in records if earlier_record.id in shows and earlier_record.kind not in STAGES
    ]
    what = "\n".join(
        [
            SHOWN,
            *(
                f"{record_name(earlier_record)}: {earlier_record.words}"
                for earlier_record in sign_records
                if earlier_record.words
            ),
        ]
    )
    place = next(
        (
            earlier_record.place
            for earlier_record in reversed(records)
            if earlier_record.place and earlier_record.kind not in STAGES
        ),
        "",
    )
    return {
        "nation": queries.nation_of(by.tenant),
        "what": what[: LONGEST["what"]],
        "place": place[: LONGEST["place"]],
    }


def _person(records: Sequence[EarlierRecord]) -> dict[str, Any]:
    named_record = next((earlier_record for earlier_record in reversed(records) if earlier_record.name), None)
    born = next((earlier_record.birth_date for earlier_record in reversed(records) if earlier_record.birth_date), "")
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
    offence_records = [earlier_record for earlier_record in records if earlier_record.offence and earlier_record.kind in STAGES]
    for earlier_record in offence_records[-MOST_OFFENCES:]:
        day = london_date(earlier_record.happened_at).isoformat() if earlier_record.happened_at else ""
        yield {
            "title": earlier_record.offence, **cited(earlier_record.offence), "on_from": day, "on_to": day,
            "stage": STAGES[earlier_record.kind],
            "where": WHERE.get(case.nation, ""),
        }  # fmt: skip


def _words(records: Sequence[EarlierRecord], signs: Sequence[RecordSign]) -> Iterator[str]:
    """What is kept beside the person, in words: the signs with what they rest on and where, each record."""
    lines = [f"{sign.rests_on}. In {source_of(sign.record)}." for sign in signs]
    lines += [f"{source_of(earlier_record)}: {earlier_record.words}" for earlier_record in records if earlier_record.words]
    lines += [
        f"{source_of(earlier_record)}, place: {earlier_record.place}"
        for earlier_record in records
        if earlier_record.place and earlier_record.kind in STAGES
    ]
    text = "\n".join(dict.fromkeys(lines))
    yield from (text[at : at + LONGEST["words"]] for at in range(0, len(text), LONGEST["words"]))
