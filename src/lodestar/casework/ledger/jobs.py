"""The nightly check of the ledger, and telling of what is late and grave."""

import logging
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
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
from lodestar.platform.obligations.encounter_reading import PersonReading, reading
from lodestar.platform.obligations.obligations import obligation_rows
from lodestar.platform.settings.queries import settings_in_force
from lodestar.platform.tenancy.jobs import in_every_force
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.tenant_transaction import within

NOBODY = UUID(int=0)  # a release is nobody
MOST_TOLD = 500  # of one step in one run
LOOKED_BACK = timedelta(days=14)  # what is late for longer is in the lists, and a new force is not flooded
BY_LAW = tuple(
    sorted(code for code, rows in obligation_rows().items() if any(row.basis in ("law", "guidance") for row in rows))
)
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


# --- escalation -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """One step: the kind of its notices, to whom nearest to the case they go, and how long after those of the step before."""

    kind: str
    to: Permission
    before: str = ""
    after: timedelta = timedelta(0)


STEPS = (
    Step("late", Permission.BELIEF_DECIDE),
    Step("late_still", Permission.HAND_ON_TAKE, before="late", after=timedelta(days=1)),
)


def _to_escalate(step: Step, now: datetime) -> Iterator[Obligation]:
    """What is to be escalated by this step, the longest late first. Sealed cases are left to their named owners."""
    rows = Obligation.objects.select_related("case").filter(
        state="open", sealed=False, not_possible=False, due_at__gt=now - LOOKED_BACK, due_at__lt=now, opens_at__lte=now,
        code__in=BY_LAW,
    )  # fmt: skip
    rows = rows.filter(~Exists(_told_of(step.kind)))
    if step.before:
        rows = rows.filter(Exists(_told_of(step.before).filter(at__lte=now - step.after)))
    ids = list(rows.order_by("due_at", "id").values_list("id", flat=True))
    for first in range(0, len(ids), ledger.AT_ONCE):
        some = list(rows.filter(id__in=ids[first : first + ledger.AT_ONCE]).order_by("due_at", "id"))
        grave = _grave_people({row.case for row in some})
        yield from (row for row in some if row.person_id in grave or (row.person_id is None and row.case_id in grave))


def _told_of(kind: str) -> QuerySet[Notice]:
    return Notice.objects.filter(kind=kind, subject=Cast(OuterRef("id"), CharField()))


def _grave_people(cases: Collection[Case]) -> set[UUID]:
    """The people of these cases for whom it is grave if something waits, and the cases that they are in."""
    settings = settings_in_force()
    grave: set[UUID] = set()
    for case, encounter in ledger.facts_of(sorted(cases, key=lambda case: case.id)).items():
        people = {UUID(person.id) for person in reading(encounter, settings).people if _is_grave(person)}
        grave |= people | {case} if people else set()
    return grave


def _is_grave(person: PersonReading) -> bool:
    in_custody = person.in_custody or "arrest" in person.stages
    in_danger = person.facts.out_of_danger in ("no", "not_sure") or bool(person.facts.contact_lost)
    return person.is_living and (person.is_child or in_custody or in_danger)


@in_every_force("*/15 * * * *", lock="escalate")
def escalate(tenant: str) -> None:
    """Every quarter of an hour: who supervises is told of what is late and grave and has no answer, each thing once; a day
    later the coordinator."""
    for step in STEPS:
        with within(tenant):
            _escalate(step, tenant)


def _escalate(step: Step, tenant: str) -> None:
    now = timezone.now()
    rows = list(islice(_to_escalate(step, now), MOST_TOLD + 1))
    if len(rows) > MOST_TOLD:
        _LOG.warning("More than %s late things of %s wait for the step %s: the rest follows.", MOST_TOLD, tenant, step.kind)
    recipients = {unit: nearest_at_work(unit, step.to) for unit in {row.unit_id for row in rows}}
    for row in rows[:MOST_TOLD]:
        to = recipients[row.unit_id]
        notify(to=to, kind=step.kind, by=None, at=now, case=row.case_id, person=row.person_id, subject=str(row.id))
