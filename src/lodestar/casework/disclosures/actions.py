"""Uses outside a purpose; and telling somebody outside, Immigration Enforcement or whoever needs a safe address: asked by one,
decided by another, then told.

What is used outside the purpose for which it was recorded is a disclosure each time, and is never refused: what has happened
stands. Where it told immigration and nobody had approved that, it is that fact as well. What one asks and another decides is
told once, and judged by when it was told, not by who writes it.
"""

from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from itertools import product
from uuid import UUID

from django.db import transaction
from django.db.models import F, Func, Value
from django.utils import timezone

from lodestar.casework.cases.models import Case, Person
from lodestar.casework.cases.queries import who_to_tell
from lodestar.casework.disclosures.access import Asked
from lodestar.casework.disclosures.models import (
    AddressDisclosure,
    DisclosureApproval,
    ImmigrationDisclosure,
    NothingDisclosed,
    PurposeChange,
)
from lodestar.casework.disclosures.rules import (
    ADDRESS,
    APPROVED_FOR,
    AS_APPROVED,
    CASE_FILE,
    IMMIGRATION,
    approval_status,
    is_no_reason,
    purpose_changes,
    use_in_effect,
)
from lodestar.casework.ledger import ledger
from lodestar.platform.accounts.access import Member
from lodestar.platform.approvals.actions import decide
from lodestar.platform.audit.actions import audit
from lodestar.platform.notices.actions import notify
from lodestar.platform.time.days import london_date

WITHOUT = "cases.immigration_told_without"
EVENTS = {  # as approved, and without
    ImmigrationDisclosure: ("cases.immigration_told", WITHOUT),
    AddressDisclosure: ("cases.address_told", "cases.address_told_without"),
}
ALREADY = "A colleague has already recorded this disclosure. If there was another, record it on the person"


class NotApproved(ValueError):
    """Nobody has approved that it is told, or too long ago."""


class AlreadyDisclosed(NotApproved):
    """That they were told of it is written down already."""


@dataclass(frozen=True)
class Words:
    """What is to be told or was: by which way, to whom, under what power, what for, which parts of the record, what, and why."""

    way: str
    recipient: str
    power: str
    purposes: Sequence[str]
    parts: Sequence[str]
    what: str
    reason: str


def is_as_approved(row: DisclosureApproval, at: datetime) -> bool:
    """Whether it was told as approved, if it was told at `at`."""
    return approval_status(approved=row.approved, decided_at=row.decided_at, when=at) == AS_APPROVED


def untold(asked: Asked) -> Asked:
    """What was asked, read again and locked. Raises AlreadyDisclosed."""
    row = type(asked)._default_manager.select_for_update().get(id=asked.id)
    if row.told_at is not None or row.told_outside:
        raise AlreadyDisclosed(ALREADY)
    row.person = asked.person
    return row


def record_purpose_changes(
    *, by: Member, at: datetime, people: Iterable[Person], recorded_for: Iterable[str], use: str, recipient: str, power: str,
    reason: str, is_written: bool = False,
) -> list[PurposeChange]:  # fmt: skip
    """Records each crossing of a use, for each of the people; none where the use is within the purpose. Where immigration was
    told, by what it was for or by who got it, also that it was told without approval, at once counted and to be looked at; but
    for what is `is_written` already."""
    use = use_in_effect(use, recipient, london_date(at))
    people, parts = list(people), purpose_changes(recorded_for, use)
    is_news = bool(use == IMMIGRATION and not is_written and parts)
    cases = {person.case_id for person in people}
    rows = []
    with ledger.acting_on(*cases, by=by.user, at=at, code=WITHOUT) if is_news else nullcontext():
        for person in people if is_news else ():
            words = Words("other", recipient, power, ["enforcement"], parts, "", reason)
            record_unapproved_disclosure(by=by, at=at, person=person, words=words)
        for person, crossed in product(people, parts):
            row = PurposeChange.objects.create(
                person=person, recorded_for=crossed, used_for=use, happened_at=at, recorded_at=timezone.now(),
                recorded_by_id=by.user, recipient=recipient[:120], power=power[:120], reason=reason,
            )  # fmt: skip
            audit(
                "cases.purpose_crossed", by=by, at=at, case=person.case_id, people=[person.id], subject=str(row.id),
                fields=[f"from_{crossed}", f"for_{use}"], recipient=row.recipient, power=row.power,
            )  # fmt: skip
            rows.append(row)
    return rows


def record_unapproved_disclosure(
    *, by: Member, at: datetime, person: Person, words: Words, proposed_by: UUID | None = None
) -> ImmigrationDisclosure:
    """Writes down that immigration was told of a person at `at`, before anybody had approved it. The caller reckons the case.
    `proposed_by`: whose proposal it was, where it was one. No two of a person have the same instant, so that a decision answers
    the one it is about."""
    when = at
    while ImmigrationDisclosure.objects.filter(person=person, told_at=when, happened_without=True).exists():
        when += timedelta(microseconds=1)
    row = ImmigrationDisclosure.objects.create(
        person=person, happened_without=True, asked_at=timezone.now(), asked_by_id=by.user, told_at=when, told_by_id=by.user,
        proposed_by_id=proposed_by, **_columns(words),
    )  # fmt: skip
    audit(WITHOUT, by=by, at=at, **row.logged())
    return row


class WithinPurpose(ValueError):
    """What something is used for is what it was recorded for."""


class NoReason(ValueError):
    """Keeping somebody safe is no reason by itself to tell Immigration Enforcement."""


def propose_disclosure(*, by: Member, at: datetime, person: Person, words: Words) -> ImmigrationDisclosure:
    """Proposes that Immigration Enforcement is told. Nothing has gone, and nothing goes before it is approved. Raises
    NoReason."""
    if is_no_reason(words.purposes):
        raise NoReason("“Safeguarding” alone is not a reason to tell Immigration Enforcement")
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="cases.immigration_proposed"):
        asked_at = at
        while ImmigrationDisclosure.objects.filter(person=person, asked_at=asked_at, happened_without=False).exists():
            asked_at += timedelta(microseconds=1)
        row = ImmigrationDisclosure.objects.create(person=person, asked_at=asked_at, asked_by_id=by.user, **_columns(words))
        audit("cases.immigration_proposed", by=by, at=at, **row.logged())
        _notify(by, at, row, "immigration_waits")
    return row


def _notify(by: Member, at: datetime, row: Asked, kind: str) -> None:
    """Gives notice to who asked that it was decided; before that to those nearest to the case who decide of this kind."""
    case = row.person.case
    to = [row.asked_by_id] if kind.endswith("_decided") else who_to_tell(case, type(row).decides)
    notify(to=to, kind=kind, by=by, at=at, case=case.id, person=row.person_id, subject=str(row.id))


def _columns(words: Words) -> dict[str, object]:
    columns = asdict(words)
    cut = {"recipient": words.recipient[:120], "power": words.power[:120]}
    return columns | cut | {"purposes": list(words.purposes), "parts": list(words.parts)}


def decide_disclosure(*, by: Member, at: datetime, disclosure: ImmigrationDisclosure, approved: bool, because: str) -> None:
    """A detective inspector who did not propose it approves or refuses. Of what was told already it says whether it was right,
    and takes nothing back. Who may is checked in `access`. Raises CannotDecide."""
    code = "cases.immigration_approved" if approved else "cases.immigration_refused"
    with ledger.acting_on(disclosure.person.case_id, by=by.user, at=at, code=code):
        decide(by=by, at=at, row=disclosure, approved=approved, because=because, code=code)
        _notify(by, at, disclosure, "immigration_decided")


class WasDisclosed(ValueError):
    """Something went before it was approved: nobody can record that nothing did."""


def record_nothing_disclosed(*, by: Member, at: datetime, case: Case, note: str) -> NothingDisclosed:
    """Records that by `at` nothing had gone to Immigration Enforcement but what was approved and is recorded. Raises
    WasDisclosed."""
    with ledger.acting_on(case.id, by=by.user, at=at, code="cases.nothing_disclosed"):
        if ImmigrationDisclosure.objects.filter(person__case=case, happened_without=True).exists():
            raise WasDisclosed("Something was disclosed before it was approved: it is listed above")
        now = timezone.now()
        row = NothingDisclosed.objects.create(case=case, looked_at=at, note=note, recorded_at=now, recorded_by_id=by.user)
        audit("cases.nothing_disclosed", by=by, at=at, case=case.id, subject=str(row.id))
        return row


def record_when_disclosed(*, by: Member, at: datetime, row: DisclosureApproval) -> bool:
    """Writes down that somebody was told at `at` of what was asked, by whoever of the case writes it and whenever: as approved,
    where the approval held then; else that they were told without, once. Whether as approved. Raises AlreadyDisclosed."""
    as_approved, without = EVENTS[type(row)]
    person, code = row.person, as_approved if is_as_approved(row, at) else without
    with ledger.acting_on(person.case_id, by=by.user, at=at, code=code):
        asked = untold(row)
        is_approved = is_as_approved(asked, at)
        if isinstance(asked, ImmigrationDisclosure):
            if is_approved:
                tell_as_approved(by=by, at=at, disclosure=asked)
            else:
                words = Words(**{field.name: getattr(asked, field.name) for field in fields(Words)})
                record_disclosed(by=by, at=at, person=person, words=words, proposed_by=asked.asked_by_id)
        elif isinstance(asked, AddressDisclosure):
            if is_approved:
                tell_address(by=by, at=at, telling=asked)
            else:
                record_unapproved_address_disclosure(
                    by=by, at=at, person=person, recipient=asked.recipient, power=asked.power, reason=str(asked.reason),
                    use=asked.use, crossing=str(asked.crossing), first_asked_by=asked.asked_by_id,
                )  # fmt: skip
        if not is_approved:
            type(asked)._default_manager.filter(id=asked.id).update(told_outside=True)
    return is_approved


def _mark_disclosed(by: Member, at: datetime, asked: Asked) -> Asked:
    """Marks what was asked as told at `at`. Raises NotApproved, and AlreadyDisclosed."""
    row = untold(asked)
    if not is_as_approved(row, at):
        raise NotApproved("It is not approved, or the approval has expired")
    type(row)._default_manager.filter(id=row.id).update(told_at=at, told_by_id=by.user)
    return row


def tell_as_approved(*, by: Member, at: datetime, disclosure: ImmigrationDisclosure) -> None:
    """Writes down that immigration was told at `at`, as it was approved by then. Raises NotApproved, and AlreadyDisclosed."""
    person = disclosure.person
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="cases.immigration_told"):
        _mark_disclosed(by, at, disclosure)
        audit("cases.immigration_told", by=by, at=at, **disclosure.logged())
        record_purpose_changes(
            by=by, at=at, people=[person], recorded_for=disclosure.parts, use=IMMIGRATION, recipient=disclosure.recipient,
            power=disclosure.power, reason=str(disclosure.reason), is_written=True,
        )  # fmt: skip


def tell_in_a_file(*, by: Member, at: datetime, case: Case, people: Iterable[Person], recipient: str) -> None:
    """Writes down that a file about these people of a case goes to immigration at `at`, each under an approval of a file for
    this recipient that nobody used. Raises NotApproved, with nothing written, where one of them has none."""
    with ledger.acting_on(case.id, by=by.user, at=at, code="cases.immigration_told"):
        unused = ImmigrationDisclosure.objects.filter(told_at__isnull=True, told_outside=False, way="file")
        unused = unused.filter(recipient__iexact=recipient, parts__contains=list(CASE_FILE))
        approved = unused.filter(approved=True, decided_at__gt=at - APPROVED_FOR, decided_at__lte=at)
        disclosures = [approved.filter(person=person).order_by("asked_at", "id").first() for person in people]
        if not disclosures or None in disclosures:
            raise NotApproved("Not each of them has an approval in force for this recipient")
        for row in disclosures:
            if row is not None:
                tell_as_approved(by=by, at=at, disclosure=row)


def record_disclosed(
    *, by: Member, at: datetime, person: Person, words: Words, proposed_by: UUID | None = None
) -> ImmigrationDisclosure:
    """Records that immigration was told at `at`, before anybody had approved it, by whatever way. It is never refused: it is
    counted, and the duty inspector and the coordinator are to look at it. `proposed_by`: who proposed what was told."""
    with ledger.acting_on(person.case_id, by=by.user, at=at, code=WITHOUT):
        row = record_unapproved_disclosure(by=by, at=at, person=person, words=words, proposed_by=proposed_by)
        record_purpose_changes(
            by=by, at=at, people=[person], recorded_for=words.parts, use=IMMIGRATION, recipient=words.recipient,
            power=words.power, reason=words.reason, is_written=True,
        )  # fmt: skip
    return row


class TellsImmigration(ValueError):
    """Telling immigration is proposed and decided by itself (`propose_disclosure`)."""


def ask_to_tell(
    *, by: Member, at: datetime, person: Person, recipient: str, power: str, reason: str, use: str, crossing: str = ""
) -> AddressDisclosure:
    """Asks a detective inspector whether somebody outside may be told the person's safe address. `use` is what for, and
    `crossing` why, where that is not what it was recorded for. Raises TellsImmigration."""
    if use_in_effect(use, recipient, london_date(at)) == IMMIGRATION:
        raise TellsImmigration("Propose immigration disclosures on their own page")
    columns = {"recipient": recipient[:120], "power": power[:120], "use": use, "reason": reason, "crossing": crossing}
    row = AddressDisclosure.objects.create(person=person, asked_at=at, asked_by_id=by.user, **columns)
    audit("cases.address_telling_asked", by=by, at=at, **row.logged())
    _notify(by, at, row, "address_waits")
    return row


def decide_address_disclosure(*, by: Member, at: datetime, telling: AddressDisclosure, approved: bool, because: str) -> None:
    """A detective inspector who did not ask approves or refuses. Of what was told already it says whether it was right. Who
    may is checked in `access.py`. Raises CannotDecide."""
    code = "cases.address_telling_approved" if approved else "cases.address_telling_refused"
    decide(by=by, at=at, row=telling, approved=approved, because=because, code=code)
    _notify(by, at, telling, "address_decided")


def tell_address(*, by: Member, at: datetime, telling: AddressDisclosure) -> None:
    """Writes down that the recipient was told at `at`, as it was approved by then: the disclosure itself. Raises NotApproved,
    and AlreadyDisclosed."""
    with transaction.atomic():
        _record_address_disclosure("cases.address_told", by, at, _mark_disclosed(by, at, telling))


def record_unapproved_address_disclosure(
    *, by: Member, at: datetime, person: Person, recipient: str, power: str, reason: str, use: str, crossing: str = "",
    first_asked_by: UUID | None = None,
) -> AddressDisclosure:  # fmt: skip
    """Records that somebody outside was told at `at`, before anybody had decided it. It is never refused: it is counted, and
    the duty inspector and the coordinator are to look at it. `first_asked_by`: who had asked for what was told, where it was
    approved for another time."""
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="cases.address_told_without"):
        row = AddressDisclosure.objects.create(
            person=person, recipient=recipient[:120], power=power[:120], use=use, reason=reason, crossing=crossing,
            happened_without=True, asked_at=timezone.now(), asked_by_id=by.user, told_at=at, told_by_id=by.user,
            first_asked_by_id=first_asked_by,
        )  # fmt: skip
        Person.objects.filter(id=person.id).update(address_told=Func(F("address_told"), Value(at), function="array_append"))
        _record_address_disclosure("cases.address_told_without", by, at, row)
    return row


def _record_address_disclosure(code: str, by: Member, at: datetime, row: AddressDisclosure) -> None:
    """The disclosure, and where it is outside the purpose for which addresses are recorded, that crossing."""
    audit(code, by=by, at=at, **row.logged(), fields=[f"for_{row.use}"] if row.use else [])
    if row.use:
        record_purpose_changes(
            by=by, at=at, people=[row.person], recorded_for=ADDRESS, use=row.use, recipient=row.recipient, power=row.power,
            reason=str(row.crossing or row.reason), is_written=bool(row.approved),
        )  # fmt: skip
