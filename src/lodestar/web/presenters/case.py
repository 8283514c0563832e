"""The page of a case: its heading, its people in words that anybody may read over a shoulder, what there is to do, its panels."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from lodestar.casework.case_files.casefile import CaseContext, Panel, Row, at_most
from lodestar.casework.cases.models import Case, Person
from lodestar.casework.cases.presenters import PARTS, age_words, label, person_words
from lodestar.casework.cases.queries import Seen
from lodestar.casework.contact_promises.rules import KINDS as PROMISE_KINDS
from lodestar.casework.court_orders.rules import KINDS as ORDER_KINDS
from lodestar.casework.enquiries.rules import LINES as LINES_OF_ENQUIRY
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.presenters import Line, lines, title_of
from lodestar.casework.suspects.rules import DECIDE_BEFORE
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.audit.models import Event
from lodestar.platform.audit.presenters import capital
from lodestar.platform.design.when import clock, day, due_at, is_late, moment, on, short_day
from lodestar.platform.notices.due_items import NEVER
from lodestar.platform.text.grouping import grouped
from lodestar.web.presenters.history import author, deed_words
from lodestar.web.queries import linked_pages

BELIEFS = person_words("belief")


def part_words(person: Person) -> str:
    """The person's part in the case, with more than one where they have it."""
    words = ", also ".join(PARTS.get(role, role) for role in person.roles)
    return capital(words) if words else "Part not recorded"


def caption(person: Person, met: date) -> str:
    """The part and the age, for the line above a name; that contact is lost, or that they died, where it is recorded."""
    lost, died = "contact lost" if person.contact_lost else "", "recorded as dead" if person.alive is False else ""
    return ", ".join(part for part in (part_words(person), age_words(person, met), lost, died) if part)


def not_known(person: Person, met: date) -> Sequence[str]:
    """What nobody has recorded of the person, in a few words each."""
    return [
        words
        for words, value in (
            ("name", person.name),
            ("age", age_words(person, met)),
            ("language", person.language),
            ("the place of the encounter", person.place),
        )
        if not value
    ]


WHY = {
    "seal": "It is sealed, and you are one of its named owners. No one else knows that it exists.",
    "owner": "You own this case",
    "opened": "You opened this case",
    "given": "You were given this case",
    "emergency": "You used emergency access",
    "unit": "It belongs to your unit, whose supervisor you are.",
    "held": "Someone in it is arrested or in custody. You stop seeing it when they are released.",
    "force": "Your role serves the whole force.",
}


def why_you_see(seen: Seen, now: datetime) -> str:
    """The reason, with since when, and until when where it ends."""
    words = WHY[seen.how]
    if seen.since is None:
        return words
    until = f". It ends at {clock(seen.until)} on {short_day(seen.until, now)}" if seen.until else ""
    return f"{words}, {short_day(seen.since, now)}, {clock(seen.since)}{until}."


def emergency_words(event: Event, names: Mapping[UUID, str], lasts: timedelta, now: datetime) -> str:
    """That somebody opened the case by emergency access: who, when, until when, and the reason they gave."""
    ends = event.recorded_at + lasts
    until = f"it ended {moment(ends, now)}" if ends <= now else f"it ends {moment(ends, now)}"
    who = names.get(event.by, "A colleague")
    return f"{who}, {moment(event.recorded_at, now)}; {until}. \u201c{event.reason}\u201d"


DOINGS = linked_pages("case")


def heading(shown: CaseContext, owner_since: str) -> dict[str, Any]:
    """The heading of the case."""
    case = shown.case
    late = next((row for row in shown.owed if row.due_at and row.due_at < shown.now), None)
    if case.owner:
        owner = f"Owner: {case.owner.name}{owner_since}"
    else:
        owner = f"Acting case owner: {case.interim_owner.name}, until a detective has it"
    return {
        "title": " ".join(case.place.split())[:80] or f"Case {case.reference}",
        "operation": case.operation.name if case.operation else "",
        "owner": owner,
        "next_late": f"{title_of(late)}, {due_at(late.due_at, shown.now)}" if late and late.due_at else "",
        "encountered": case.encountered_as or f"{short_day(case.encountered_at, shown.now)}, {clock(case.encountered_at)}",
    }


def people_rows(shown: CaseContext, people: Sequence[Person], routes: Mapping[UUID, str]) -> list[dict[str, Any]]:
    """The people of one page of the table: how many things are open for each, and which comes next."""
    rows = []
    for person in people:
        owed = [row for row in shown.owed if row.person_id == person.id]
        first = owed[0] if owed else None
        late = bool(first and first.due_at and first.due_at < shown.now)
        rows.append(
            {
                "id": person.id,
                "name": label(person),
                "part": caption(person, on(shown.case.encountered_at)),
                "route": routes.get(person.id, ""),
                "open": len(owed),
                "next": _next(first, late, shown.now),
                "is_late": late,
            }
        )
    return rows


def _next(row: Obligation | None, late: bool, now: datetime) -> str:
    if row is None:
        return "Nothing recorded to do"
    due = "" if row.due_at is None or late else f", {due_at(row.due_at, now)}"
    return f"{title_of(row)}{due}"


def doings(case: Case, member: Member) -> list[dict[str, str]]:
    """What the member may do with the case, in the order of the night."""
    links = [
        {"words": words, "href": f"/cases/{case.reference}/{where}"}
        for words, where, permission, _ in DOINGS
        if member.may(permission) and not (case.sealed and where == "give")  # its owners are named, and nobody else
    ]
    if member.may(Permission.CASE_ALLOCATE):
        links.sort(key=lambda link: not link["href"].endswith("/allocate"))  # what they are here for stands first
    if case.sealed:
        links.append({"words": "Unseal it", "href": f"/cases/{case.reference}/unseal"})
    elif member.may(Permission.CASE_SEAL):
        links.append({"words": "Seal it", "href": f"/cases/{case.reference}/seal"})
    return links


LINES = 15  # of what there is to do, on a page at once; the rest is folded by who has it


def folded(owed: Sequence[Line], most: int = LINES) -> tuple[Sequence[Line], list[tuple[str, list[Line]]]]:
    """The first lines, and the others by who has them, whoever has the most first."""
    by_holder = grouped((line.holder, line) for line in owed[most:])
    return owed[:most], sorted(by_holder.items(), key=lambda pair: (-len(pair[1]), pair[0]))


DueRow = tuple[datetime | None, str, str, str]  # when it is due, its words, its page, and about whom or by whom


def _investigation_row(row: Mapping[str, Any]) -> DueRow:
    """What an investigation makes due, as `queries.investigation_due` reads it."""
    due, code = datetime.fromisoformat(row["due"]), row["code"]
    words, page = {
        "line": (LINES_OF_ENQUIRY.get(code, {}).get("name", code), "lines-of-enquiry"),
        "bail": (f"Bail ends {day(due + DECIDE_BEFORE)}: extend, charge or release", "suspects"),
        "order": (f"{ORDER_KINDS.get(code, code)}: look at the order", "orders"),
        "promise": (f"Promised: {PROMISE_KINDS.get(code, code)}", "promises"),
    }[row["kind"]]
    return due, words, f"/{page}/{row['id']}", ""


def _due_row(due: datetime | None, words: str, href: str, about: str, now: datetime) -> Row:
    late = due is not None and is_late(due, now)
    return Row(
        words, href, about, late=moment(due, now) if due and late else "", side=due_at(due, now) if due and not late else ""
    )


def owed_panel(shown: CaseContext) -> Panel:
    """What is to do, the first three by the time when it is due: tasks, the same of several people as one, and what the plan of
    the investigation, bail, orders and promises make due."""
    owed = lines(shown.owed, shown.member, place=False)
    rows = [(line.due, line.sentence, line.href, ". ".join(part for part in (line.about, line.holder) if part)) for line in owed]
    number, more = len(rows), list(map(_investigation_row, getattr(shown.case, "investigation_due", ())))
    if not rows and not more:
        return Panel("owed", "To do", "Nothing recorded to do yet.")
    rows = sorted((*rows, *more), key=lambda row: row[0] or NEVER)
    return Panel(
        "owed",
        f"To do, {number} open" + (f" and {len(more)} in the investigation" if more else ""),
        rows=at_most(_due_row(*row, shown.now) for row in rows),
        link=f"All {number}, late first" if number > 1 else "To do",
        href=f"/cases/{shown.case.reference}/owed",
    )


def latest_panel(shown: CaseContext, events: Sequence[Event], names: Mapping[UUID, str]) -> Panel:
    """The last three things that were done."""
    rows = [
        Row(f"{moment(event.happened_at, shown.now)}: {deed_words(event, names)}, {author(event.by, names)}") for event in events
    ]
    return Panel(
        "latest",
        "Latest",
        say="" if rows else "Nothing is recorded yet.",
        rows=at_most(rows),
        link="Everything that happened" if rows else "",
        href=f"/cases/{shown.case.reference}/happened",
    )
