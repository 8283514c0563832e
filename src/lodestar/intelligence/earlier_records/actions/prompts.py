"""Questions that earlier records raise: asked of a named colleague, answered no, passed on. A yes is a journey of its own."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from lodestar.casework.cases.models import Case, Person
from lodestar.intelligence.earlier_records.models import EarlierRecordMatch, Prompt, PromptStep, RecordSign
from lodestar.intelligence.earlier_records.queries import prompts as queries
from lodestar.intelligence.earlier_records.queries.records import called_of, called_on
from lodestar.intelligence.earlier_records.rules.earlier import NOT, SURE, NameAndBirth, births_sought, how_alike
from lodestar.intelligence.earlier_records.rules.record_patterns import is_to_be_asked, sign_key
from lodestar.platform.accounts import queries as accounts
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.audit.actions import audit

ASKED, ANSWERED, PASSED_ON = "recognition.prompt_asked", "recognition.prompt_answered", "recognition.prompt_passed_on"


class Answered(Exception):
    """Somebody answered or passed the question on meanwhile."""


def ask(*, by: Member, at: datetime, people: Collection[UUID]) -> None:
    """Asks about those of these people whose records may show a sign: once, and after a no only for a sign that was not there."""
    signs = queries.signs_by_person(people)
    last = queries.latest_signs(signs)
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


def answer_no(*, by: Member, at: datetime, prompt: Prompt, version: int, reason: str) -> None:
    """Records that they could not be one, as far as is known, and why. A sign that was not there opens the question again.

    Raises Answered.
    """
    locked = hold(prompt, version)
    signs = queries.signs_by_person([locked.earlier_person_id]).get(locked.earlier_person_id, [])
    locked.state, locked.answered_on = "no", _codes(signs)
    locked.version += 1
    locked.save()
    _step(locked, "no", by=by, at=at, reason=reason)


def pass_on(*, by: Member, at: datetime, prompt: Prompt, version: int, to: UUID, reason: str) -> None:
    """Asks another named colleague, and says why. Raises Answered."""
    locked = hold(prompt, version)
    locked.asked_of_id = to
    locked.version += 1
    locked.save()
    _step(locked, "passed", by=by, at=at, to=to, reason=reason)


def answer_yes(*, by: Member, at: datetime, prompt: Prompt, version: int, case: Case) -> None:
    """Records that they could be one, with the case that was opened for it in the same transaction. Raises Answered."""
    locked = hold(prompt, version)
    locked.state, locked.case = "yes", case
    locked.version += 1
    locked.save()
    _step(locked, "yes", by=by, at=at, case=case.id)


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
    earlier_names = called_of(people)
    births = {birth for _, called in earlier_names for birth in births_sought(called.birth_date)}
    rows = Person.objects.filter(birth_date__in=births).only("id", "name", "birth_date") if births else []
    pairs = {
        (earlier, person.id): how == SURE
        for person in rows
        for earlier, how in _likest(NameAndBirth(person.name, person.birth_date), earlier_names).items()
    }
    _add(by, at, pairs)


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
