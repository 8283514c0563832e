"""The nightly check of the ledger, and telling of what is late and grave."""

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from procrastinate.contrib.django import app

from lodestar.casework.cases.models import Case
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import nearest_at_work
from lodestar.platform.notices.actions import notify
from lodestar.platform.notices.models import Notice
from lodestar.platform.obligations.obligations import obligation_rows
from lodestar.platform.tenancy.jobs import in_every_force
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.tenant_transaction import within

NOBODY = UUID(int=0)  # a release is nobody
MOST_TOLD = 500  # of one step in one run
LOOKED_BACK, A_DAY = timedelta(days=14), timedelta(days=1)
BY_LAW = sorted(code for code, rows in obligation_rows().items() if {row.basis for row in rows} & {"law", "guidance"})
# Each step: the kind of its notices, which permission those nearest to the case have who get them, and the step before.
STEPS = (("late", Permission.BELIEF_DECIDE, ""), ("late_still", Permission.HAND_ON_TAKE, "late"))
_LOG = logging.getLogger(__name__)


def check_tenant(tenant: str) -> Iterator[tuple[int, list[ledger.Difference]]]:
    """Reckons every case of a tenant afresh, 500 at a time: how many, and where the stored ledger differs."""
    last = None
    while True:
        with within(tenant):
            cases = Case.objects.order_by("id")
            some = list((cases.filter(id__gt=last) if last else cases)[: ledger.AT_ONCE])
            if not some:
                return
            differences = ledger.differences(some)
        last = some[-1].id
        yield len(some), differences


def mend(tenant: str, cases: Sequence[UUID]) -> None:
    """Locks and reckons these cases and stores the result: what a release with new rules, or another role for something owed,
    needs once, after it migrated."""
    with within(tenant):
        locked = list(Case.objects.select_for_update().filter(id__in=cases).order_by("id"))
        cause = ledger.Cause(by=NOBODY, at=timezone.now(), code="rules.changed")
        ledger.recalculate([case.id for case in locked], cause, rows=locked)


@app.periodic(cron="30 1 * * *")
@app.task(queueing_lock="check_ledgers", pass_context=False)
def check_ledgers(timestamp: int) -> int:
    """Every night. Fails, and so is seen, when any ledger differs from its facts."""
    wrong = [
        difference
        for tenant in Tenant.objects.values_list("slug", flat=True)
        for _, differences in check_tenant(tenant)
        for difference in differences
    ]
    if wrong:
        raise RuntimeError(f"{len(wrong)} differences between the ledger and its facts, the first in case {wrong[0].case}")
    return 0


# --- escalation ------------------------------------------------------------------------------------------------------


@in_every_force("*/15 * * * *", lock="escalate")
def escalate(tenant: str) -> None:
    """Every quarter of an hour: who supervises is told of what is late by law or statutory guidance for a child, in custody or
    in danger and has no answer; a day later the coordinator. Of each thing once. Sealed cases are left to their owners."""
    now = timezone.now()
    with within(tenant):
        for kind, permission, earlier_kind in STEPS:
            waiting = _late_and_grave(now).filter(~Exists(_notices_of(kind)))
            if earlier_kind:
                waiting = waiting.filter(Exists(_notices_of(earlier_kind).filter(at__lte=now - A_DAY)))
            rows = list(waiting.order_by("due_at", "id")[: MOST_TOLD + 1])
            if len(rows) > MOST_TOLD:
                _LOG.warning("More than %s late things of %s wait for %s: the rest goes next time.", MOST_TOLD, tenant, kind)
            users = {unit: nearest_at_work(unit, permission) for unit in {row.unit_id for row in rows}}
            for row in rows[:MOST_TOLD]:
                to, subject = users[row.unit_id], str(row.id)
                notify(to=to, kind=kind, by=None, at=now, case=row.case_id, person=row.person_id, subject=subject)


def _late_and_grave(now: datetime) -> QuerySet[Obligation]:
    """What became late in the last days, no longer ago: so that what comes in from another system floods nobody."""
    rows = Obligation.objects.filter(state="open", sealed=False, not_possible=False, opens_at__lte=now, code__in=BY_LAW)
    return rows.filter(gravity__gt=0, due_at__gt=now - LOOKED_BACK, due_at__lt=now).exclude(person__alive=False)


def _notices_of(kind: str) -> QuerySet[Notice]:
    return Notice.objects.filter(kind=kind, subject=Cast(OuterRef("id"), CharField()))
