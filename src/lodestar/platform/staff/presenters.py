"""People, requests and leave in the words of the pages."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from lodestar.platform.accounts.models import Accreditation, Membership, Unit, User
from lodestar.platform.accounts.permissions import ROLES
from lodestar.platform.design.when import day, day_time
from lodestar.platform.staff import rules
from lodestar.platform.staff.models import StaffRequest
from lodestar.platform.staff.queries import postings

LABELS = {
    "username": "User name", "name": "Name", "email": "E-mail", "phone": "Telephone", "collar_number": "Collar number",
    "unit": "Unit", "rank": "Rank", "role": "Role", "roles": "Roles", "skill": "Skill", "skills": "Skills", "first": "From",
    "last": "Last day", "parent": "Part of",
}  # fmt: skip
UNITS_SHOWN = {"unit", "parent"}
Rows = list[dict[str, str]]


def role_name(code: str) -> str:
    """A role as it is called; one that is no longer in the code by its own."""
    return ROLES[code].name if code in ROLES else code


def rank_name(code: str) -> str:
    """A rank as it is called."""
    return rules.ranks().get(code, code.replace("_", " ")) if code else "None"


def skill_name(code: str) -> str:
    """A skill or language as it is called."""
    return rules.skills().get(code, code)


def days(first: date | None, last: date | None, today: date) -> str:
    """From when to when, in words; days that are past are left out."""
    begins = f"from {day(first)}" if first and first > today else ""
    ends = f"until {day(last)}" if last else ""
    return " ".join(filter(None, (begins, ends)))


def with_days(name: str, words: str) -> str:
    """A name with its days behind it, where any are to be said."""
    return f"{name} ({words})" if words else name


def state(user: User, rows: Sequence[Membership], today: date) -> str:
    """What state somebody's sign-in is in: active, locked, ended, to come, leaving."""
    last = rows[-1].to_date if rows else None
    if last is not None and last < today:
        return f"Ended {day(last)}"
    if not user.is_active:
        return "Locked"
    if rows and rows[0].from_date > today:
        return f"Begins {day(rows[0].from_date)}"
    return f"Leaves {day(last)}" if last else "Active"


def person_rows(user: User, rows: Sequence[Membership], skills: Iterable[Accreditation], today: date) -> Rows:
    """What somebody is, by line."""
    now = next((row for row in rows if row.from_date <= today and (row.to_date is None or row.to_date >= today)), rows[-1])
    roles = [
        with_days(role_name(role), days(first, last, today))
        for role, first, last in rules.role_days(postings(rows))
        if last is None or last >= today
    ]
    skill_words = [with_days(skill_name(row.code), days(row.from_date, row.to_date, today)) for row in skills]
    return [
        {"key": "User name", "value": user.username},
        {"key": "Collar number", "value": now.collar_number or "Not recorded"},
        {"key": "Unit", "value": now.unit.name},
        {"key": "Rank", "value": rank_name(now.rank)},
        {"key": "Roles", "value": ", ".join(roles) or "None"},
        {"key": "Skills and languages", "value": ", ".join(skill_words) or "None"},
        {"key": "Telephone", "value": now.phone or "Not recorded"},
        {"key": "E-mail", "value": user.email or "Not recorded"},
    ]


def past_and_to_come(rows: Sequence[Membership]) -> list[tuple[str, str, str]]:
    """Where somebody was and will be, and as what, in order of time; nothing where they have been in one place only."""
    return [
        (
            f"{day(row.from_date)} to {day(row.to_date)}" if row.to_date else f"From {day(row.from_date)}",
            row.unit.name,
            ", ".join([*([rank_name(row.rank)] if row.rank else []), *map(role_name, row.roles)]) or "No role",
        )
        for row in (rows if len(rows) > 1 else ())
    ]


def possible_changes(user: User, rows: Sequence[Membership], today: date) -> list[tuple[str, str]]:
    """Which changes can be asked of somebody: of those who have ended none, but that they are added again."""
    if not rows or (rows[-1].to_date is not None and rows[-1].to_date < today):
        return []
    not_now = rules.LOCK if not user.is_active else rules.UNLOCK
    kinds = [kind for kind in rules.CHANGES if kind not in (rules.ADD, rules.UNIT, not_now)]
    return [(kind, rules.CHANGES[kind].title) for kind in kinds]


def whom(row: StaffRequest) -> str:
    """Whom or what a request is about."""
    if row.person is not None:
        return row.person.name
    return str(row.answers["name"])


def request_rows(row: StaffRequest, units: Iterable[Unit]) -> Rows:
    """What a request asks, by line."""
    unit_names = {str(unit.id): unit.name for unit in units}
    lines = [
        {"key": LABELS[name], "value": _value(name, value, row, unit_names)}
        for name, value in ((name, row.answers.get(name)) for name in LABELS)
        if value and not (name == "unit" and row.kind == rules.UNIT)
    ]
    if row.kind in (rules.ROLES, rules.SKILLS):
        lines.insert(0, {"key": "Change", "value": "Take away" if row.answers.get("take") else "Give"})
    return lines


def _value(name: str, value: Any, row: StaffRequest, unit_names: Mapping[str, str]) -> str:
    if name in UNITS_SHOWN:
        return unit_names.get(value, "A unit that does not exist")
    if name in ("first", "last"):
        return day(date.fromisoformat(value))
    if name in ("roles", "skills"):
        words = role_name if name == "roles" else skill_name
        return ", ".join(with_days(words(code), f"until {day(date.fromisoformat(last))}" if last else "") for code, last in value)
    names = {"rank": rank_name, "role": role_name, "skill": skill_name}
    return names[name](value) if name in names else str(value)


def status(row: StaffRequest) -> list[str]:
    """Who asked and decided, and what came of it, in sentences."""
    sentences = [f"Asked by {row.asked_by.name}, {day_time(row.asked_at)}."]
    if row.decided_by is not None and row.decided_at is not None:
        verb = "Approved" if row.approved else "Refused"
        sentences.append(f"{verb} by {row.decided_by.name}, {day_time(row.decided_at)}.")
    return [*sentences, outcome(row)]


def outcome(row: StaffRequest) -> str:
    """What came of a request, in a sentence."""
    done = next(iter(row.fulfilments.all()), None)
    if done is not None:
        return f"Could not be done: {done.failure}." if done.failure else f"Done {day_time(done.done_at)}."
    if row.approved is False:
        return "Nothing was changed."
    if row.needs_approval and row.approved is None:
        return "Waiting for another administrator."
    return "Being done: look again in a moment."


def request_line(row: StaffRequest) -> dict[str, Any]:
    """A request in a list."""
    about = f"{row.asked_by.name}, {day_time(row.asked_at)}. {outcome(row)}"
    return {"id": row.id, "words": f"{rules.CHANGES[row.kind].title}: {whom(row)}", "about": about, "outcome": outcome(row)}


def grants(row: StaffRequest) -> str:
    """What somebody who is to be added would be, in a line: unit apart, all that another administrator agrees to."""
    says = row.answers
    words = [rank_name(says["rank"])] if says["rank"] else []
    words += [role_name(code) for code, _ in says["roles"]] + [skill_name(code) for code, _ in says["skills"]]
    return ", ".join(words) or "Nothing yet"


def unit_rows(units: Sequence[Unit]) -> list[tuple[Unit, int]]:
    """The units as a tree: each with how many stand above it, those of one unit by name."""
    below: dict[UUID | None, list[Unit]] = {}
    for unit in units:
        below.setdefault(unit.parent_id, []).append(unit)
    ordered: list[tuple[Unit, int]] = []

    def add(parent: UUID | None, depth: int) -> None:
        for unit in below.get(parent, []):
            ordered.append((unit, depth))
            add(unit.id, depth + 1)

    add(None, 0)
    return ordered
