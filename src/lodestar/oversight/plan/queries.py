"""Named reads of the plan: its items as they were at any moment, with their milestones, their measure and their status."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from lodestar.oversight.measures.rules.facts import Period, last_quarter
from lodestar.oversight.measures.rules.values import MEDIAN, SHARE, measures_on
from lodestar.oversight.plan.models import Milestone, PlanChange, PlanItem
from lodestar.oversight.plan.rules import RAGS, Facts, Step, evidence_state, misses_target, rag_of
from lodestar.oversight.requirements.evidence import CANNOT_TELL, Evidence, EvidenceKind, query_of, read_evidence
from lodestar.platform.accounts.queries import names_of
from lodestar.platform.design.when import day as day_words
from lodestar.platform.design.words import full_sentence
from lodestar.platform.text.ids import id_in
from lodestar.platform.time.days import london_date

KIND, MEASURE = "plan_item", "measure"
UNITS = {SHARE: "%", MEDIAN: " hours"}
OF_RULE = ("state", "starts_on", "original_due_on", "due_on", "baseline", "target")  # columns that a status follows from
COPIED = (*OF_RULE, "id", "number", "title", "domain", "four_p", "success", "measure")


@dataclass(frozen=True)
class ItemAsAt:
    """An item as it was at a moment. `rag` is its status, `rag_why` the reason in words; `rag_by_rule` and `rule_why`
    are what the rule says, also where somebody overrode it."""

    id: UUID
    number: int
    title: str
    domain: str
    four_p: str
    owner_name: str
    state: str
    rag: str
    rag_why: str
    is_overridden: bool
    rag_by_rule: str
    rule_why: str
    starts_on: date | None
    original_due_on: date
    due_on: date
    success: str
    measure: str
    baseline: float | None
    target: float | None
    actual: Evidence | None
    is_missed: bool  # its target
    unit: str  # of its measure
    milestones: tuple[Milestone, ...]


def as_text(value: Any) -> str:
    """The value of a column as a change keeps it; empty of nothing."""
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def _back(row: Model, column: str, before: str) -> None:
    field: Any = row._meta.get_field(column.removesuffix("_id"))
    value = UUID(before) if column.endswith("_id") else field.to_python(before) if before or not field.null else None
    setattr(row, column, value)


def _as_then(rows: Iterable[PlanItem], at: datetime) -> tuple[list[PlanItem], dict[UUID, list[Milestone]]]:
    """These items and their milestones, each column set back to what it was at a moment. Three statements."""
    items = {row.id: row for row in rows if row.recorded_at <= at}
    steps = {row.id: row for row in Milestone.objects.filter(item__in=items, recorded_at__lte=at)}
    for change in PlanChange.objects.filter(item__in=items, at__gt=at).order_by("-at", "-id"):
        row: Model | None = steps.get(change.milestone_id) if change.milestone_id else items[change.item_id]
        if row is not None:
            _back(row, change.column, str(change.before))
    by_item: dict[UUID, list[Milestone]] = defaultdict(list)
    for step in sorted(steps.values(), key=lambda step: (step.due_on, step.recorded_at)):
        by_item[step.item_id].append(step)
    return list(items.values()), by_item


def number_of(evidence: Evidence | None, kind: str) -> float | None:
    """What a measure came to, in the unit of a target: per cent of a share, else the number; None where that cannot be told."""
    if evidence is None or not evidence.numbers or evidence.state == CANNOT_TELL:
        return None
    first, *rest = evidence.numbers
    if kind != SHARE:
        return first
    whole, *untold = rest
    return round(100 * first / (whole - sum(untold)), 1)


def items_as_at(at: datetime, rows: QuerySet[PlanItem] | Sequence[PlanItem] | None = None) -> list[ItemAsAt]:
    """The items of the plan, or some of them, as they were at a moment, by number. What each measure came to is that of the last
    whole quarter, as known then. A bounded number of statements, whatever their number."""
    day = london_date(at)
    items, steps = _as_then(PlanItem.objects.order_by("number") if rows is None else rows, at)
    names, defined = names_of({item.owner_id for item in items}), measures_on(day)
    actual = read_evidence([(MEASURE, item.measure) for item in items if item.measure], last_quarter(day), at)
    return [
        _item(item, steps[item.id], names.get(item.owner_id, ""), actual.get((MEASURE, item.measure)),
              defined.get(item.measure, {}), day)
        for item in items
    ]  # fmt: skip


def _item(item: PlanItem, steps: list[Milestone], owner: str, actual: Evidence | None, measure: Any, day: date) -> ItemAsAt:
    kind = measure.get("kind", "")
    facts = Facts(
        **{name: getattr(item, name) for name in OF_RULE}, steps=tuple(Step(step.due_on, step.met_on) for step in steps),
        direction=measure.get("direction", ""), actual=number_of(actual, kind), unit=UNITS.get(kind, ""),
        has_measure=bool(item.measure),
    )  # fmt: skip
    rule = rag_of(facts, day)
    is_overridden = bool(item.rag_override) and item.state not in item.rules.closed
    return ItemAsAt(
        **{name: getattr(item, name) for name in COPIED}, owner_name=owner, actual=actual, milestones=tuple(steps),
        rag=item.rag_override if is_overridden else rule.code,
        rag_why=full_sentence(str(item.rag_reason)) if is_overridden else rule.why,
        is_overridden=is_overridden, rag_by_rule=rule.code, rule_why=rule.why, is_missed=misses_target(facts),
        unit=facts.unit,
    )  # fmt: skip


def changes_of(item: PlanItem) -> list[tuple[PlanChange, str, str]]:
    """Every change of an item and its milestones, the latest first, with before and after; owners by name."""
    rows = [(row, str(row.before), str(row.after)) for row in item.changes.select_related("by").order_by("-at", "-id")]
    names = names_of(UUID(value) for row, *both in rows if row.column == "owner_id" for value in both)
    return [
        (row, names[UUID(before)], names[UUID(after)]) if row.column == "owner_id" else (row, before, after)
        for row, before, after in rows
    ]


def _choices() -> list[tuple[str, str]]:
    rows = PlanItem.objects.order_by("number").values_list("id", "number", "title")
    return [(str(item), f"{number}. {title}") for item, number, title in rows]


def _read(keys: Sequence[str], period: Period, at: datetime) -> dict[str, Evidence]:
    items = items_as_at(at, PlanItem.objects.filter(id__in=list(filter(None, map(id_in, keys)))))
    return {
        str(item.id): Evidence(
            KIND, str(item.id), f"Plan item {item.number}: {item.title}",
            f"{RAGS[item.rag]}: {item.rag_why} Due {day_words(item.due_on)}, at first {day_words(item.original_due_on)}",
            evidence_state(item.state, is_missed=item.is_missed), query_of(KIND, item.id, period, at), href=f"/plan/{item.id}",
            day=london_date(at), due_on=item.due_on,
        )
        for item in items
    }  # fmt: skip


EVIDENCE = EvidenceKind(KIND, "Plan", _choices, _read)
