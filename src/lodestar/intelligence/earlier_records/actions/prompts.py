"""Questions that earlier records raise: asked of a colleague, answered no, passed on; answered yes, which opens a concern."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from lodestar.casework.case_files.actions.case import open_case
from lodestar.casework.case_files.actions.people import add_people, record_rows
from lodestar.casework.cases.models import AllegedOffence, Case, Person
from lodestar.casework.cases.people_listeners import announce_named, compare_people
from lodestar.casework.concerns import actions, queries
from lodestar.casework.concerns.models import OWN_WORDS, REPORTED
from lodestar.casework.concerns.rules import belief_after
from lodestar.casework.ledger import ledger
from lodestar.casework.safe_addresses.actions import record_reported_addresses
from lodestar.casework.section45.rules.citations import cited
from lodestar.intelligence.earlier_records.models import EarlierRecord, EarlierRecordMatch, Prompt, PromptStep, RecordSign
from lodestar.intelligence.earlier_records.queries.records import (
    called_of,
    called_on,
    latest_signs,
    record_name,
    records_of,
    signs_by_person,
    source_of,
)
from lodestar.intelligence.earlier_records.rules.earlier import NOT, SURE, NameAndBirth, births_sought, how_alike
from lodestar.intelligence.earlier_records.rules.words_read import is_to_be_asked, sign_key
from lodestar.platform.accounts import queries as accounts
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.audit.actions import audit
from lodestar.platform.names.reported import OF_A_RECORD, as_reported
from lodestar.platform.reference.rules import WHERE
from lodestar.platform.text.ids import new_id
from lodestar.platform.time.days import london_date

ASKED, ANSWERED, PASSED_ON = "recognition.prompt_asked", "recognition.prompt_answered", "recognition.prompt_passed_on"


class Answered(Exception):
    """Somebody answered or passed the question on meanwhile."""


def ask(*, by: Member, at: datetime, people: Collection[UUID]) -> None:
    """Asks about those of these people whose records may show a sign: once, and after a no only for a sign that was not there."""
    signs = signs_by_person(people)
    last = latest_signs(signs)
    standing = {row.earlier_person_id: row for row in Prompt.objects.select_for_update().filter(earlier_person__in=signs)}
    fallback: UUID | None = None
    for person in sorted(signs):
        codes, prompt = _codes(signs[person]), standing.get(person)
        fallback = fallback or _coordinator(by, at)
        if prompt is None:
            prompt = Prompt.objects.create(earlier_person_id=person, asked_of_id=fallback, asked_at=at, last_sign_at=last[person])
            _step(prompt, "asked", by=by, at=at, to=fallback)
            continue
        prompt.last_sign_at = last[person]
        if is_to_be_asked(prompt.state, prompt.answered_on, codes):
            prompt.state, prompt.asked_at, prompt.answered_on = "open", at, []
            prompt.version += 1
            prompt.asked_of_id = _still_here(prompt.asked_of_id) or fallback
            _step(prompt, "again", by=by, at=at, to=prompt.asked_of_id)
        prompt.save()


def _codes(signs: Iterable[RecordSign]) -> list[str]:
    return sorted({sign_key(sign.code, sign.rule) for sign in signs})


def _step(
    prompt: Prompt, what: str, *, by: Member, at: datetime, to: UUID | None = None, reason: str = "", case: UUID | None = None
) -> None:
    PromptStep.objects.create(prompt=prompt, what=what, by_id=by.user, to_id=to, at=at, reason=reason)
    code = PASSED_ON if what == "passed" else ANSWERED if what in ("no", "yes") else ASKED
    audit(code, by=by, at=at, case=case, people=[prompt.earlier_person_id], subject=str(prompt.id), fields=[what])


def _coordinator(by: Member, at: datetime) -> UUID:
    """Who is asked first: the coordinator on duty, or whoever takes the records in, who may answer too."""
    duty = accounts.on_duty("coordinator", at)
    return (_still_here(duty.user_id) if duty else None) or by.user


def _still_here(user: UUID) -> UUID | None:
    return accounts.at_work_as(str(user), Permission.PROMPT_ANSWER)


def hold(prompt: Prompt, version: int) -> Prompt:
    """The question as it stands, kept from others; Answered where it is not what the writer had before them."""
    locked = Prompt.objects.select_for_update().get(id=prompt.id)
    if locked.version != version or locked.state != "open":
        raise Answered
    return locked


def _change(prompt: Prompt, version: int, **columns: Any) -> Prompt:
    """Changes the question as it stands. Raises Answered."""
    locked = hold(prompt, version)
    for name, value in (columns | {"version": locked.version + 1}).items():
        setattr(locked, name, value)
    locked.save()
    return locked


def answer_no(*, by: Member, at: datetime, prompt: Prompt, version: int, reason: str) -> None:
    """Records that they could not be one, as far as is known, and why. A sign that was not there opens the question again.

    Raises Answered.
    """
    signs = signs_by_person([prompt.earlier_person_id]).get(prompt.earlier_person_id, [])
    _step(_change(prompt, version, state="no", answered_on=_codes(signs)), "no", by=by, at=at, reason=reason)


def pass_on(*, by: Member, at: datetime, prompt: Prompt, version: int, to: UUID, reason: str) -> None:
    """Asks another named colleague, and says why. Raises Answered."""
    _step(_change(prompt, version, asked_of_id=to), "passed", by=by, at=at, to=to, reason=reason)


def answer_yes(*, by: Member, at: datetime, prompt: Prompt, version: int, case: Case) -> None:
    """Records that they could be one, with the case that was opened for it in the same transaction. Raises Answered."""
    _step(_change(prompt, version, state="yes", case=case), "yes", by=by, at=at, case=case.id)


CODE = "recognition.met_before"
NOBODY = UUID(int=0)  # what runs by itself at night


def meet_people(*, by: Member | None, at: datetime, people: Iterable[Person], are_new: bool = False) -> None:
    """Looks for earlier records of these people of cases, and lets go what holds no more, as where a name was put right. Of new
    people nothing is read first. `by` is nobody at night."""
    rows = list(people)
    births = {birth for person in rows for birth in births_sought(person.birth_date)}
    earlier_names = called_on(births)
    wanted = {
        (earlier, person.id): how == SURE
        for person in rows
        for earlier, how in _likest(NameAndBirth(person.name, person.birth_date), earlier_names).items()
    }
    stored_matches = (
        EarlierRecordMatch.objects.none()
        if are_new
        else EarlierRecordMatch.objects.filter(person__in=[person.id for person in rows])
    )
    standing = {(row.earlier_person_id, row.person_id): row for row in stored_matches}
    outdated = [row.id for pair, row in standing.items() if pair not in wanted or row.is_sure != wanted[pair]]
    if outdated:
        EarlierRecordMatch.objects.filter(id__in=outdated).delete()
    _add(by, at, {pair: sure for pair, sure in wanted.items() if pair not in standing or standing[pair].id in outdated})


def meet_records(*, by: Member, at: datetime, people: Collection[UUID]) -> None:
    """Looks for people of cases to whom these earlier records belong."""
    births = {birth for _, called in called_of(people) for birth in births_sought(called.birth_date)}
    if births:
        meet_people(by=by, at=at, people=Person.objects.filter(birth_date__in=births).only("id", "name", "birth_date"))


def _likest(called: NameAndBirth, earlier_names: Collection[tuple[UUID, NameAndBirth]]) -> dict[UUID, str]:
    """Of those known who may be the one called so: how, as the surest of their records has it."""
    matches: dict[UUID, str] = {}
    for earlier, other in earlier_names:
        if matches.get(earlier) != SURE and (how := how_alike(called, other)) != NOT:
            matches[earlier] = how
    return matches


def _add(by: Member | None, at: datetime, pairs: dict[tuple[UUID, UUID], bool]) -> None:
    """Keeps what was found, and writes it down as a combination (Data Protection Act 2018 section 62)."""
    if pairs:
        who, role = (by.user, by.role) if by else (NOBODY, "")
        audit(CODE, by=who, role=role, at=at, people=sorted({identity for pair in pairs for identity in pair}))
        EarlierRecordMatch.objects.bulk_create(
            (
                EarlierRecordMatch(earlier_person_id=earlier, person_id=person, is_sure=is_sure, found_at=at)
                for (earlier, person), is_sure in pairs.items()
            ),
            ignore_conflicts=True,
        )


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
            record_rows(model=AllegedOffence, by=by, at=at, case=case, rows=acts)
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
