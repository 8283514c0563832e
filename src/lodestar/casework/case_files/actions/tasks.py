"""What a supervisor does about several tasks at once: gives them to a colleague, reminds who has them, agrees a working time.

None of it closes anything: a task closes by its own record. The time of the rule stays, and what is late by it is late.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from lodestar.casework.cases.models import CaseMember, SealOwner
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.access import obligations_to_change
from lodestar.casework.ledger.models import Obligation, ObligationEvent
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.notices.actions import notify

CODES = {"given": "cases.tasks_given", "reminded": "cases.tasks_reminded", "timed": "cases.tasks_timed"}
NOTICES = {"given": "tasks_given", "reminded": "reminder"}  # one for each case, however many tasks of it


def give_tasks(*, by: Member, at: datetime, obligations: Sequence[Obligation], to: UUID, reason: str) -> list[Obligation]:
    """Gives these tasks to a colleague, with their cases. Returns what was given: not what was answered meanwhile, nor what is of
    a sealed case of which the colleague is no named owner."""
    return _change("given", by, at, obligations, reason, to=to)


def remind_holders(*, by: Member, at: datetime, obligations: Sequence[Obligation], reason: str) -> list[Obligation]:
    """Reminds those who have these tasks. Returns of which they are reminded: not what was answered meanwhile, nor what nobody
    has by name."""
    return _change("reminded", by, at, obligations, reason)


def agree_working_time(
    *, by: Member, at: datetime, obligations: Sequence[Obligation], until: datetime, reason: str
) -> list[Obligation]:
    """Agrees a working time for these tasks, beside the time of the rule. Returns for which: not what was answered meanwhile."""
    return _change("timed", by, at, obligations, reason, working_time=until)


def _change(kind: str, by: Member, at: datetime, obligations: Sequence[Obligation], reason: str, **more: Any) -> list[Obligation]:
    cases = {row.case_id for row in obligations}
    with ledger.acting_on(*cases, by=by.user, at=at, code=CODES[kind]):
        changed = obligations_to_change(by, [row.id for row in obligations])  # those still open, now that the cases are locked
        if to := more.get("to"):
            changed = _those_seen_by(to, changed)
            _share(changed, to, at)
        elif kind == "reminded":
            changed = [row for row in changed if row.holder_id]
        now = timezone.now()
        ObligationEvent.objects.bulk_create(
            ObligationEvent(
                obligation=row, kind=kind, happened_at=at, recorded_at=now, by=by.user, cause=CODES[kind],
                because=reason.strip()[:400], **{"to_id" if name == "to" else name: value for name, value in more.items()},
            )
            for row in changed
        )  # fmt: skip
        for case in sorted({row.case_id for row in changed}):
            rows = [row for row in changed if row.case_id == case]
            audit(
                CODES[kind], by=by, at=at, case=case, people=sorted({row.person_id for row in rows if row.person_id}),
                fields=sorted({row.code for row in rows}), recipient=str(to or ""),
            )  # fmt: skip
            if kind in NOTICES:
                informed = {to} if to else {row.holder_id for row in rows if row.holder_id}
                notify(to=informed, kind=NOTICES[kind], by=by, at=now, case=case)
    return changed


def _those_seen_by(user: UUID, rows: Sequence[Obligation]) -> list[Obligation]:
    """Without those of a sealed case whose named owner the user is not."""
    sealed = {row.case_id for row in rows if row.case.sealed}
    owned = set(SealOwner.objects.filter(user=user, case__in=sealed).values_list("case_id", flat=True)) if sealed else set()
    return [row for row in rows if row.case_id not in sealed or row.case_id in owned]


def _share(rows: Sequence[Obligation], user: UUID, at: datetime) -> None:
    """Lets the colleague see the cases of these rows; a sealed case's named owner sees it already."""
    CaseMember.objects.bulk_create(
        [
            CaseMember(case_id=case, user_id=user, how="given", from_at=at)
            for case in sorted({row.case_id for row in rows if not row.case.sealed})
        ],
        update_conflicts=True, unique_fields=["tenant", "case", "user", "how"], update_fields=["from_at", "to_at"],
    )  # fmt: skip
