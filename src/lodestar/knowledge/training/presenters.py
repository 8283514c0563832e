"""Training in words: what somebody has and must have, coverage, results of questions, what is due on first pages."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from lodestar.knowledge.training.queries import Need, checks_due, training_due
from lodestar.knowledge.training.rules import BY_ONESELF, FEW, KINDS, SHIFTS, Status
from lodestar.platform.accounts.permissions import ROLES, Permission
from lodestar.platform.design.plots import bars
from lodestar.platform.design.when import day, on
from lodestar.platform.notices.due_items import DueItem, Kind
from lodestar.platform.statistics.intervals import interval_words
from lodestar.platform.time.days import end_of_day

STATES = {
    "has": ("Has it", "", "until"), "expiring": ("Expires soon", "yellow", "on"), "to_come": ("To do", "blue", "by"),
    "expired": ("Expired", "red", "on"), "missing": ("Missing", "red", "was due by"),
}  # fmt: skip
OUTCOMES = (("missing", "Missing"), ("has", "Trained"), ("to_come", "Not due"))
BY = {"unit": "Unit", "role": "Role", "shift": "Shift"}
TOO_FEW, GROUPS = "too few to say", 10  # on a page, those with most missing


def status_words(status: Status) -> dict[str, str]:
    """A status as a cell: a tag for what needs a look, and the day."""
    words, colour, joint = STATES[status.state]
    when = f"{joint} {day(status.day)}" if status.day else ""
    return {"tag": words, "colour": colour, "more": when} if colour else {"words": f"{words} {when}".strip()}


def need_rows(needs: Iterable[Need]) -> list[list[Any]]:
    """What somebody must have, each course once, what is missing first; of films and readings with the page to say so."""
    rows = sorted({need.course.id: need for need in needs}.values(), key=lambda need: need.status.is_valid)
    return [[course_cell(need.course.id, need.course.title, need.course.kind), status_words(need.status)] for need in rows]


def course_cell(course: UUID, title: str, kind: str) -> dict[str, str]:
    """A course with its kind, of films and readings with the page to say that one has seen it."""
    return {"words": f"{KINDS[kind]}: {title}", "href": f"/training/read/{course}" if kind in BY_ONESELF else ""}


def name_of(need: Need, name: str) -> str:
    """The course, role, unit or shift of a need, by its name."""
    words = {"course": need.course.title, "unit": need.place.unit.name, "shift": SHIFTS[need.shift]}
    return words.get(name) or ROLES[need.role].name


def coverage(needs: Iterable[Need], by: str) -> tuple[list[list[str]], list[Any]]:
    """How many of each unit, role or shift have all that is required of them, most missing first: rows, and bars of the same."""
    lacks: dict[str, dict[UUID, set[str]]] = {}
    for need in needs:
        states = lacks.setdefault(name_of(need, by), {}).setdefault(need.place.user_id, set())
        states |= set() if need.status.is_valid else {need.status.state}
    groups = {}
    for words, people in lacks.items():
        outcomes = ["missing" if states - {"to_come"} else "to_come" if states else "has" for states in people.values()]
        groups[words] = [(code, outcomes.count(code)) for code in ("has", "to_come", "missing")]
    ordered = sorted(groups.items(), key=lambda group: (-group[1][2][1], group[0]))[:GROUPS]
    rows = []
    for words, ((_, trained), (_, coming), (_, missing)) in ordered:
        total = trained + coming + missing
        rows.append([words, str(total), str(trained), interval_words(trained, total), str(coming), str(missing)])
    return rows, bars(ordered)


def missing_rows(needs: Iterable[Need]) -> list[list[Any]]:
    """Who is missing what, by unit and name, each course once."""
    rows = {(need.place.user_id, need.course.id): need for need in needs if need.status.state in ("missing", "expired")}
    return [[need.place.user.name, need.place.unit.name, need.course.title, status_words(need.status)] for need in rows.values()]


def coverage_table(needs: Sequence[Need]) -> list[list[str]]:
    """Everybody with every course required of them, for a file."""
    names = [[name_of(need, name) for name in ("unit", "role", "shift", "course")] for need in needs]
    rest = [[need.place.user.name, STATES[need.status.state][0], f"{need.status.day or ''}"] for need in needs]
    return [[*before, *after] for before, after in zip(names, rest, strict=True)]


def filters_of(needs: Iterable[Need]) -> list[tuple[str, list[tuple[str, str]]]]:
    """By what coverage can be narrowed, and the choices there are."""
    pairs = {name: {(need.code(name), name_of(need, name)) for need in needs} for name in ("course", "role", "unit", "shift")}
    return [(name, sorted(choices, key=lambda pair: pair[1])) for name, choices in pairs.items()]


def share(right: int, answers: int, people: int) -> str:
    """The share of right answers with its interval; of few people nothing, since a number would show whose they are."""
    return interval_words(right, answers) if people >= FEW else TOO_FEW


def _training_item(course: UUID, title: str, kind: str, at: datetime) -> DueItem:
    cell = course_cell(course, title, kind)
    return DueItem("training_due", cell["words"], cell["href"] or "/training", end_of_day(on(at)))


def _check_item(session: UUID, title: str, _: str, at: datetime) -> DueItem:
    href = f"/training/checks/{session}/six_months"
    return DueItem("training_check", f"Ten questions, six months after {title}", href, end_of_day(on(at)))


DUE = (
    Kind("training_due", "Required training", "/training", Permission.SIGNED_IN, training_due, _training_item, after_cases=True),
    Kind(
        "training_check", "Questions at six months", "/training", Permission.SIGNED_IN, checks_due, _check_item, after_cases=True
    ),
)
