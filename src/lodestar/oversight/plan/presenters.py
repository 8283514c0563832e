"""The plan in words: its register, one item, its picture, and the plan on paper."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Value
from django.utils import timezone

from lodestar.oversight.plan.access import EDIT, VIEW, items_seen
from lodestar.oversight.plan.models import Milestone, PlanChange, PlanItem
from lodestar.oversight.plan.queries import ItemAsAt, items_as_at
from lodestar.oversight.plan.rules import AMBER, COLOURS, DOMAINS, FOUR_P, GREEN, ITEM, RAGS, RED, value_words
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.design.plots import Bar, bars
from lodestar.platform.design.when import day, day_time, on
from lodestar.platform.documents.description import Block, Document, Heading, Paragraph, Table
from lodestar.platform.notices.due_items import DueItem, Kind
from lodestar.platform.registers.models import Column, Filter, Register
from lodestar.platform.registers.queries import due_rows

MOST_DUE = 20
COLUMN_WORDS = {
    "title": "Title", "domain": "Domain", "four_p": "4P", "starts_on": "Begins", "due_on": "Due", "success": "Success",
    "measure": "Measure", "baseline": "Baseline", "target": "Target", "rag_override": "Status set",
    "rag_reason": "Why it was set", "state": "Progress", "owner_id": "Owner", "met_on": "Met",
}  # fmt: skip
VALUES = {"state": ITEM.states, "domain": DOMAINS, "four_p": FOUR_P, "rag_override": RAGS}
DOMAIN_COLUMNS = ["Domain", *RAGS.values()]


def rag_cell(item: ItemAsAt) -> dict[str, str]:
    """The status of an item with the reason; where somebody set it, what the rule says too."""
    by_rule = f" The rule says {RAGS[item.rag_by_rule].lower()}: {item.rule_why}" if item.is_overridden else ""
    return {"tag": RAGS[item.rag], "colour": COLOURS[item.rag], "words": f"{item.rag_why}{by_rule}"}


def due_words(item: Any) -> str:
    """By when an item or a milestone is due, and by when it was at first."""
    first = f" (first {day(item.original_due_on)})" if item.original_due_on != item.due_on else ""
    return f"{day(item.due_on)}{first}"


def measure_words(item: ItemAsAt) -> str:
    """What the measure of an item came to, with its baseline and its target."""
    if not item.measure:
        return ""
    pairs = (("baseline", item.baseline), ("target", item.target))
    numbers = [f"{name} {value_words(value, item.unit)}" for name, value in pairs if value is not None]
    actual = f"{item.actual.title}: {item.actual.words}" if item.actual else f"{item.measure}: cannot tell"
    return "; ".join((actual, *numbers))


def links(member: Member) -> list[tuple[str, str]]:
    """What leads from the register to other pages, as far as the member may."""
    pages = (("Overview and printing", "/plan/overview", VIEW), ("Add an item", "/plan/new", EDIT))
    return [(words, href) for words, href, permission in pages if member.may(permission)]


def item_words(row: PlanItem, now: datetime) -> list[dict[str, Any]]:
    """All that is known of an item now."""
    item = items_as_at(now, [row])[0]
    rag = rag_cell(item)
    pairs = (
        ("Item", f"{item.number}. {item.title}"),
        ("Status", f"{rag['tag']}. {rag['words']}"),
        ("Domain", f"{DOMAINS[item.domain]}, {FOUR_P[item.four_p].lower()}"),
        ("Owner", item.owner_name),
        ("Begins", day(item.starts_on) if item.starts_on else ""),
        ("Due", due_words(item)),
        ("Success", item.success),
        ("Measure", measure_words(item)),
    )
    return [{"key": key, "value": value} for key, value in pairs if value]


def milestone_cells(steps: Iterable[Milestone], now: datetime, *, may_change: bool) -> list[list[Any]]:
    """The milestones of an item, each with the way to change it."""
    late = {"tag": "Late", "colour": "red"}
    return [
        [{"words": title, "href": f"/plan/milestones/{step.id}" if may_change else ""},
         {"words": due, **(late if step.met_on is None and step.due_on < on(now) else {})}, met]
        for step in steps for title, due, met in [_step_row(step)]
    ]  # fmt: skip


def _value(column: str, stored_value: str) -> str:
    """The value of a column in words, as a change keeps it."""
    words = VALUES.get(column, {}).get(stored_value, stored_value)
    return (day(date.fromisoformat(stored_value)) if stored_value and column.endswith("_on") else words) or "nothing"


def change_cells(changes: Iterable[tuple[PlanChange, str, str]]) -> list[list[str]]:
    """Every change of a column: what, from what to what, why, who and when."""
    return [
        [
            f"{COLUMN_WORDS[row.column]}{' of a milestone' if row.milestone_id else ''}",
            f"{_value(row.column, before)} to {_value(row.column, after)}", str(row.reason), f"{row.by.name}, {day_time(row.at)}",
        ]
        for row, before, after in changes
    ]  # fmt: skip


def initial_of(row: PlanItem) -> dict[str, Any]:
    """The columns of an item as its form shows them."""
    numbers = {name: f"{value:g}" for name in ("baseline", "target") if (value := getattr(row, name)) is not None}
    days = {name: value.isoformat() for name in ("starts_on", "due_on") if (value := getattr(row, name))}
    names = ("title", "domain", "four_p", "success", "measure", "rag_override")
    return {name: getattr(row, name) for name in names} | numbers | days


def _read_status(member: Member, rows: Sequence[PlanItem]) -> None:
    """Reads the status of all rows of a list at once. An item names nobody of a case: nothing is logged."""
    if rows:
        as_at = {item.id: item for item in items_as_at(timezone.now(), rows)}
        for row in rows:
            row.as_at = as_at[row.id]


ITEMS = Register(
    name="plan",
    title="Strategic development plan",
    model=PlanItem,
    columns=(
        Column("Item", lambda row, now: {"words": f"{row.number}. {row.title}", "href": f"/plan/{row.id}"}),
        Column("Status", lambda row, now: rag_cell(row.as_at)),
        Column("Progress", lambda row, now: ITEM.states[row.state]),
        Column("Domain", lambda row, now: f"{DOMAINS[row.domain]}, {FOUR_P[row.four_p].lower()}"),
        Column("Due", lambda row, now: due_words(row)),
        Column("Owner", lambda row, now: row.owner.name, is_exported=False),
    ),
    filters=(
        Filter("domain", "Domain", "domain", tuple(DOMAINS.items())),
        Filter("four_p", "4P", "four_p", tuple(FOUR_P.items())),
    ),
    visible=items_seen,
    named=lambda row: f"{row.number}. {row.title}",
    changes=Permission.SIGNED_IN,
    words=item_words,
    shown=_read_status,
    exports=VIEW,
    exported="plan.saved",
)


def _due(member: Member, until: datetime) -> QuerySet[Any, Any]:
    rows = due_rows(PlanItem.objects.filter(owner=member.user), until)
    return rows.values_list(Value("plan_item"), "id", "title", Value(""), "due_at")[:MOST_DUE]


def _due_item(item: UUID, title: str, _: str, due: datetime) -> DueItem:
    return DueItem("plan_item", f"Plan: {title}", f"/plan/{item}", due)


DUE = Kind("plan_item", "Items of the plan", "/plan", Permission.SIGNED_IN, _due, _due_item, after_cases=True)


def domain_counts(items: Iterable[ItemAsAt]) -> dict[str, Counter[str]]:
    """How many items of each domain have which status."""
    counts: dict[str, Counter[str]] = {code: Counter() for code in DOMAINS}
    for item in items:
        counts[item.domain][item.rag] += 1
    return {code: of_domain for code, of_domain in counts.items() if of_domain}


def domain_bars(counts: Mapping[str, Counter[str]]) -> list[Bar]:
    """The same as bars: red, amber, and all others."""
    parts = {code: [(RED, of[RED]), (AMBER, of[AMBER]), (GREEN, of.total() - of[RED] - of[AMBER])] for code, of in counts.items()}
    return bars([(DOMAINS[code], of_domain) for code, of_domain in parts.items()], same_scale=True)


def domain_rows(counts: Mapping[str, Counter[str]]) -> list[list[str]]:
    """The table of the picture."""
    return [[DOMAINS[code], *(str(of[rag]) for rag in RAGS)] for code, of in counts.items()]


def paper(items: Sequence[ItemAsAt], at: datetime) -> Document:
    """The whole plan to print, by domain."""
    counts = domain_counts(items)
    blocks: list[Block] = [
        Paragraph(f"As recorded by {day_time(at)}. {len(items)} items."),
        Table(tuple(DOMAIN_COLUMNS), tuple(map(tuple, domain_rows(counts))), "Items by domain and status"),
    ]
    for code in counts:
        of_domain = [item for item in items if item.domain == code]
        rows = tuple(map(_paper_row, of_domain))
        blocks += [Heading(DOMAINS[code]), Table(("Item", "Status", "Owner", "Due", "Measure"), rows, DOMAINS[code])]
        blocks += [
            Table(("Milestone", "Due", "Met"), tuple(map(_step_row, item.milestones)), f"Milestones of item {item.number}")
            for item in of_domain
            if item.milestones
        ]
    return Document("Strategic development plan", "OFFICIAL-SENSITIVE", "Strategic development plan", on(at), tuple(blocks))


def _step_row(step: Milestone) -> tuple[str, str, str]:
    return step.title, due_words(step), day(step.met_on) if step.met_on else "Not met"


def _paper_row(item: ItemAsAt) -> tuple[str, ...]:
    rag = rag_cell(item)
    return (
        f"{item.number}. {item.title} ({FOUR_P[item.four_p].lower()}). {item.success}".strip(), f"{rag['tag']}. {rag['words']}",
        item.owner_name, due_words(item), measure_words(item),
    )  # fmt: skip
