"""Who is given a case: each write locks the case, adds a row, writes one event of the log, and recalculates the ledger."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from lodestar.casework.allocation.models import Allocation, Conflict
from lodestar.casework.allocation.queries import skills_of, unacknowledged
from lodestar.casework.allocation.rules.ranking import AUTHORITY_HOURS, OVERRIDES, Ranked, highest, is_pip2, policies_met
from lodestar.casework.cases.models import Case, CaseMember
from lodestar.casework.cases.queries import named_alone
from lodestar.casework.investigations.actions import NotAllowed
from lodestar.casework.ledger import ledger
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.notices.actions import notify
from lodestar.platform.settings.queries import settings_in_force
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.text.text_normalise import several_lines
from lodestar.platform.time.days import after_hours, london_date

EVENTS = {  # of each kind of allocation
    "pip2": "investigations.allocated", "happened_without": "investigations.happened_without",
    "authority": "investigations.authority_given",
}  # fmt: skip


class BelowPip2(NotAllowed):
    """The person chosen was not recorded as PIP2 on that day."""


class NotNamed(NotAllowed):
    """The case is sealed, perhaps since a moment ago, and the person chosen is none of its named owners."""


def allocate(
    *, by: Member, at: datetime, case: Case, owner: UUID, seen: int, words: str = "", reason: str = "",
    ranked: Ranked | None = None, override: str = "",
) -> Allocation:  # fmt: skip
    """Gives the case to a detective who is accredited PIP2 or higher on the day of `at`. `ranked` is their place in the ranking
    that the writer saw; anybody but a first who can take it is an override, with its code and a reason.

    Raises BelowPip2 for anybody else (College of Policing APP supervisors), NotNamed for who may not see a sealed case,
    NotAllowed for an override without a reason, and ConcurrentEdit when there are more allocations than the `seen` that the
    writer had before them.
    """
    is_override = ranked is not None and (ranked.rank > 1 or not ranked.can)
    with ledger.acting_on(case.id, by=by.user, at=at, code="investigations.allocated") as (locked,):
        skills = skills_of(owner, london_date(at))
        if not is_pip2(skills, london_date(at)):
            raise BelowPip2("Not recorded as PIP2 on that day.")
        if is_override and not (override in OVERRIDES and reason.strip()):
            raise NotAllowed("They are not the first who can take it. Choose why they are to have it, and write the reason.")
        _may_know(locked, owner)
        return _add(
            locked, seen, "pip2", owner, skills, by, at=at, words=words, reason=reason,
            rank=ranked.rank if ranked else None, override=override if is_override else "",
        )  # fmt: skip


def record_happened_without(
    *, by: Member, at: datetime, case: Case, owner: UUID, seen: int, words: str = "", reason: str = ""
) -> Allocation:
    """Records that somebody below PIP2 has had the case since `at`, without an authority. It is never refused: it opens
    an overdue obligation at once and is counted. Somebody who was PIP2 that day is recorded as given the case. A sealed case
    they still see as one of its named owners only. Raises Meanwhile."""
    with ledger.acting_on(case.id, by=by.user, at=at, code="investigations.allocated") as (locked,):
        skills = skills_of(owner, london_date(at))
        kind = "pip2" if is_pip2(skills, london_date(at)) else "happened_without"
        return _add(locked, seen, kind, owner, skills, by, at=at, words=words, reason=reason)


def give_authority(
    *, by: Member, at: datetime, case: Case, owner: UUID, seen: int, reason: str, supervised_by: UUID | None = None,
    words: str = "",
) -> Allocation:  # fmt: skip
    """A detective inspector's reasoned authority for somebody below PIP2 to have the case for 24 hours from `at`.

    The obligation is answered until then and stands open again at that moment. Raises NotYet without a reason, for somebody who
    needs no authority, and for a supervisor who is not PIP2; NotNamed; Meanwhile. Who may call it is checked in `access.py`.
    """
    if not reason.strip():
        raise NotAllowed("Write why. The authority is kept with its reason.")
    day = london_date(at)
    with ledger.acting_on(case.id, by=by.user, at=at, code="investigations.authority_given") as (locked,):
        _may_know(locked, owner, *filter(None, [supervised_by]))
        skills = skills_of(owner, day)
        if is_pip2(skills, day):
            raise NotAllowed("They are recorded as PIP2 on that day, so no authority is needed: crime allocation can give it.")
        if supervised_by and not is_pip2(skills_of(supervised_by, day), day):
            raise NotAllowed("The supervisor is not recorded as PIP2 on that day. Choose another, or leave it blank.")
        return _add(locked, seen, "authority", owner, skills, by, at=at, words=words, reason=reason, supervised_by=supervised_by)


def _may_know(case: Case, *users: UUID) -> None:
    """Raises NotNamed for somebody who may not see the locked case: they would have it and never hear of it."""
    named_owners = named_alone(case)
    if named_owners is not None and not named_owners.issuperset(users):
        raise NotNamed(f"{case.reference} is sealed: only its named owners can have it or supervise it.")


def _add(
    case: Case, seen: int, kind: str, owner: UUID, skills: Collection[str], by: Member, *, at: datetime, words: str, reason: str,
    supervised_by: UUID | None = None, **ranked: Any,
) -> Allocation:  # fmt: skip
    """Adds the row with its event, and makes whoever has the case by the latest of all rows its owner: they see it from now, and
    whoever owned it before until the new owner has acknowledged it."""
    earlier = list(Allocation.objects.select_related("owner", "by").filter(case=case).order_by("at", "number"))
    if len(earlier) > seen:
        raise ConcurrentEdit(max(earlier, key=lambda row: row.number))
    is_authority = kind == "authority"
    now = timezone.now()
    hours = int(settings_in_force().on(london_date(now))["allocation_acknowledge_hours"])
    is_latest = not earlier or earlier[-1].at <= at
    is_handover = is_latest and case.owner_id not in (None, owner)
    row = Allocation.objects.create(
        case=case, number=len(earlier) + 1, kind=kind, owner_id=owner, skill=highest(skills),
        meets=list(policies_met(skills, london_date(at), under_pip2=supervised_by is not None)),
        supervised_by_id=supervised_by, at=at, at_words=words[:40], reason=several_lines(reason)[:1000],
        authorised_by_id=by.user if is_authority else None,
        expires_at=after_hours(at, AUTHORITY_HOURS) if is_authority else None, recorded_at=now, by_id=by.user,
        acknowledge_by=after_hours(now, hours) if is_handover else None, **ranked,
    )  # fmt: skip
    if is_latest:
        case.owner_id = owner
        case.save(update_fields=["owner"])
        CaseMember.objects.update_or_create(
            case=case, user_id=owner, how="owner", defaults={"to_at": None}, create_defaults={"from_at": now}
        )
        notify(to=[owner], kind="case_handed_over" if is_handover else "case_allocated", by=by, at=now, case=case.id)
    code = EVENTS[kind]
    audit(code, by=by, at=at, case=case.id, subject=str(row.id), fields=["owner", "reason"], recipient=str(owner))
    return row


def acknowledge(*, by: Member, at: datetime, case: Case) -> None:
    """The new owner acknowledges a case that was handed over: from now whoever owned it before sees it only as far as they
    otherwise may. Raises NotAllowed where nothing waits for the member."""
    if not unacknowledged(case=case, owner=by.user).update(acknowledged_at=at):
        raise NotAllowed("Nothing is waiting for you to acknowledge.")
    CaseMember.objects.filter(case=case, how="owner", to_at__isnull=True).exclude(user_id=by.user).update(to_at=at)
    audit("investigations.acknowledged", by=by, at=at, case=case.id)


def chase(*, at: datetime) -> None:
    """Gives the new owner and whoever handed the case over notice of each that is late to be acknowledged."""
    for row in unacknowledged(acknowledge_by__lt=at):
        notify(to={row.owner_id, row.by_id}, kind="handover_late", by=None, at=at, case=row.case_id)


def record_conflict(*, by: Member, at: datetime, case: Case, user: UUID, reason: str) -> None:
    """Records that somebody has a conflict of interest in a case: the ranking says that they cannot have it. Once while it is
    open."""
    _, is_new = Conflict.objects.get_or_create(
        case=case, user_id=user, ended_at__isnull=True, defaults={"reason": reason, "recorded_at": at, "by_id": by.user}
    )
    if is_new:
        audit("investigations.conflict_recorded", by=by, at=at, case=case.id, fields=["reason"], recipient=str(user))


def end_conflict(*, by: Member, at: datetime, row: Conflict) -> None:
    """Records that a conflict of interest has ended."""
    if Conflict.objects.filter(id=row.id, ended_at__isnull=True).update(ended_at=at, ended_by_id=by.user):
        audit("investigations.conflict_ended", by=by, at=at, case=row.case_id, recipient=str(row.user_id))
