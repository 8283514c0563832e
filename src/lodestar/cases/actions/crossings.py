"""Writing down that something was used outside the purpose for which it was recorded. It is a disclosure each time, and is
never refused: what has happened stands. Where it told immigration and nobody had approved that, it is that fact as well."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.cases import ledger
from lodestar.cases.models import Crossing, ImmigrationDisclosure, Person
from lodestar.cases.rules.disclosures import IMMIGRATION
from lodestar.cases.rules.immigration_named import use_in_effect
from lodestar.cases.rules.purposes import crossings
from lodestar.kernel.days import london_date
from lodestar.record import actions as record


def record_crossings(
    *,
    by: Member,
    at: datetime,
    people: Iterable[Person],
    recorded_for: Iterable[str],
    use: str,
    recipient: str,
    power: str,
    reason: str,
    is_written: bool = False,
) -> list[Crossing]:
    """Records each crossing of a use, for each of the people; none where the use is within the purpose. Where immigration was
    told, by what it was for or by who got it, also that it was told without approval, at once counted and to be looked at; but
    for what is `is_written` already."""
    use = use_in_effect(use, recipient, london_date(at))
    people, parts = list(people), crossings(recorded_for, use)
    told = {"recipient": recipient[:120], "power": power[:120], "reason": reason}
    if use == IMMIGRATION and not is_written and parts:
        cases = {person.case_id for person in people}
        with ledger.acting_on(*cases, by=by.user, at=at, code="cases.immigration_told_without"):
            for person in people:
                told_without(
                    by=by, at=at, person=person, way="other", purposes=["enforcement"], parts=parts, what="",
                    proposed_by=None, **told,
                )  # fmt: skip
            return _crossed(by, at, people, parts, use, told)
    return _crossed(by, at, people, parts, use, told)


def _crossed(
    by: Member, at: datetime, people: Iterable[Person], parts: Sequence[str], use: str, told: dict[str, str]
) -> list[Crossing]:
    found = []
    for person in people:
        for crossed in parts:
            row = Crossing.objects.create(
                person=person, recorded_for=crossed, used_for=use, happened_at=at, recorded_at=timezone.now(),
                recorded_by_id=by.user, **told,
            )  # fmt: skip
            record.append(
                "cases.purpose_crossed", by=by, at=at, case=person.case_id, people=[person.id], subject=str(row.id),
                fields=[f"from_{crossed}", f"for_{use}"], recipient=row.recipient, power=row.power,
            )  # fmt: skip
            found.append(row)
    return found


def told_without(
    *,
    by: Member,
    at: datetime,
    person: Person,
    way: str,
    recipient: str,
    power: str,
    purposes: Sequence[str],
    parts: Sequence[str],
    what: str,
    reason: str,
    proposed_by: UUID | None = None,
) -> ImmigrationDisclosure:
    """Writes down that immigration was told of a person at `at`, before anybody had approved it. The caller reckons the case.
    `proposed_by`: whose proposal it was, where it was one. No two of a person have the same instant, so that a decision answers
    the one it is about."""
    when = at
    while ImmigrationDisclosure.objects.filter(person=person, told_at=when, happened_without=True).exists():
        when += timedelta(microseconds=1)
    row = ImmigrationDisclosure.objects.create(
        person=person, way=way, recipient=recipient[:120], power=power[:120], purposes=list(purposes), parts=list(parts),
        what=what, reason=reason, happened_without=True, asked_at=timezone.now(), asked_by_id=by.user, told_at=when,
        told_by_id=by.user, proposed_by_id=proposed_by,
    )  # fmt: skip
    record.append(
        "cases.immigration_told_without", by=by, at=at, case=person.case_id, people=[person.id], subject=str(row.id),
        fields=[f"way_{way}"], recipient=row.recipient, power=row.power,
    )  # fmt: skip
    return row
