"""Writing the plan: items, their changes, milestones and moves. Every change of a column is kept with who, when and why."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from lodestar.oversight.plan.models import Milestone, PlanChange, PlanItem
from lodestar.oversight.plan.queries import KIND, as_text
from lodestar.oversight.plan.rules import COMPLETE, NOT_STARTED
from lodestar.oversight.requirements.actions import link_evidence
from lodestar.oversight.requirements.models import Requirement
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.notices.actions import notify
from lodestar.platform.registers.actions import move
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.tenancy.tenant_transaction import current_tenant, hold
from lodestar.platform.time.days import end_of_day

GIVEN = "plan_item_given"  # a kind of notices
EVIDENCE = "Write what was done and where that can be seen"


class Refused(ValueError):
    """What was asked cannot be done; `str` says why."""


def record_item(
    *, by: Member, at: datetime, title: str, domain: str, four_p: str, owner: UUID, due_on: date,
    requirements: Iterable[UUID] = (), source: str = "", source_key: str = "", **columns: Any,
) -> PlanItem:  # fmt: skip
    """Records an item with the next number and links it to the requirements that it serves."""
    hold(f"plan.number {current_tenant()}")
    item = PlanItem.objects.create(
        number=(PlanItem.objects.aggregate(last=Max("number"))["last"] or 0) + 1, title=title, domain=domain, four_p=four_p,
        owner_id=owner, original_due_on=due_on, due_on=due_on, due_at=end_of_day(due_on), state=NOT_STARTED, source=source,
        source_key=source_key, recorded_at=at, recorded_by_id=by.user, **columns,
    )  # fmt: skip
    audit("plan.recorded", by=by, at=at, **item.logged())
    for requirement in Requirement.objects.filter(id__in=list(requirements)):
        link_evidence(by=by, at=at, requirement=requirement, kind=KIND, key=str(item.id))
    notify(to=[owner], kind=GIVEN, by=by, at=at, subject=str(item.id))
    return item


def _keep(
    by: Member, at: datetime, item: PlanItem, row: PlanItem | Milestone, changes: dict[str, Any], reason: str
) -> list[str]:  # fmt: skip
    """Keeps what these changes alter of an item or a milestone, before they are made; which columns they are."""
    altered = {name: value for name, value in changes.items() if getattr(row, name) != value}
    PlanChange.objects.bulk_create(
        PlanChange(
            item=item, milestone=row if isinstance(row, Milestone) else None, column=name, before=as_text(getattr(row, name)),
            after=as_text(value), reason=reason, at=at, by_id=by.user,
        )
        for name, value in altered.items()
    )  # fmt: skip
    return list(altered)


def _due_at(item: PlanItem, due_on: date) -> datetime:
    """When the owner has to look next: at the first milestone that is not met, at the latest on the due day."""
    days = item.milestones.filter(met_on__isnull=True).values_list("due_on", flat=True)
    return end_of_day(min([due_on, *days]))


def _save(item: PlanItem, seen: int, changes: dict[str, Any]) -> None:
    due_at = None if item.state in item.rules.closed else _due_at(item, changes.get("due_on", item.due_on))
    changes = changes | {"due_at": due_at, "version": seen + 1}
    if not PlanItem.objects.filter(id=item.id, version=seen).update(**changes):
        raise ConcurrentEdit(item)
    for name, value in changes.items():
        setattr(item, name, value)


@transaction.atomic  # nothing of it stays where a colleague was first
def change_item(*, by: Member, at: datetime, item: PlanItem, seen: int, reason: str, **columns: Any) -> None:
    """Changes columns of an item, of which version `seen` was seen. Raises ConcurrentEdit."""
    altered = _keep(by, at, item, item, columns, reason)
    _save(item, seen, columns)
    audit("plan.changed", by=by, at=at, fields=altered, **item.logged())
    if "owner_id" in altered:
        notify(to=[columns["owner_id"]], kind=GIVEN, by=by, at=at, subject=str(item.id))


@transaction.atomic
def move_item(
    *, by: Member, at: datetime, row: PlanItem, to: str, seen: int, known_at: datetime | None = None, reason: str = "",
    because: str = "", **columns: Any,
) -> None:  # fmt: skip
    """Records how far an item is: `because` is its evidence in words, without which nothing is complete. `known_at` is when it
    was recorded, where it happened before. Raises Refused, MoveNotAllowed and ConcurrentEdit."""
    if to == COMPLETE and not because:
        raise Refused(EVIDENCE)
    _keep(by, known_at or at, row, row, columns | {"state": to}, because)
    if to not in row.rules.closed:
        columns["due_at"] = _due_at(row, row.due_on)
    move(by=by, at=at, row=row, to=to, seen=seen, reason=reason, because=because, **columns)
    if "owner_id" in columns:
        notify(to=[columns["owner_id"]], kind=GIVEN, by=by, at=at, subject=str(row.id))


@transaction.atomic
def add_milestone(*, by: Member, at: datetime, item: PlanItem, seen: int, title: str, due_on: date) -> Milestone:
    """Adds a step to an item. Raises ConcurrentEdit."""
    row = Milestone.objects.create(
        item=item, title=title, original_due_on=due_on, due_on=due_on, recorded_at=at, recorded_by_id=by.user
    )
    _save(item, seen, {})
    audit("plan.milestone", by=by, at=at, fields=["due_on"], **item.logged())
    return row


@transaction.atomic
def change_milestone(
    *, by: Member, at: datetime, milestone: Milestone, seen: int, reason: str, **columns: Any
) -> None:  # fmt: skip
    """Records that a milestone was met (`met_on`), or another day by which it is due, with what shows it or why. `seen` is the
    version of its item. Raises ConcurrentEdit."""
    item = milestone.item
    altered = _keep(by, at, item, milestone, columns, reason)
    Milestone.objects.filter(id=milestone.id).update(**columns)
    _save(item, seen, {})
    audit("plan.milestone", by=by, at=at, fields=altered, **item.logged())
