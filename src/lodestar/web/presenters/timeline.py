"""The timeline of a case: events, accounts, contacts and decisions of every app in one list, as a picture and on paper."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from lodestar.casework.allocation import queries as allocation
from lodestar.casework.case_facts.models import CaseEvent
from lodestar.casework.case_facts.queries import happened_in
from lodestar.casework.case_facts.rules import KINDS as EVENTS
from lodestar.casework.cases.models import Case, ConsentAnswer
from lodestar.casework.closures import queries as closures
from lodestar.casework.contact_promises import queries as contact_promises
from lodestar.casework.court_orders import queries as court_orders
from lodestar.casework.decisions.models import KINDS as DECISIONS
from lodestar.casework.decisions.models import Decision
from lodestar.casework.enquiries import queries as enquiries
from lodestar.casework.evidence import queries as evidence
from lodestar.casework.investigations import queries as investigations
from lodestar.casework.prosecutions import queries as prosecutions
from lodestar.casework.section45 import queries as section45
from lodestar.casework.suspects import queries as suspects
from lodestar.platform.design.when import day, day_time, on
from lodestar.platform.documents.description import Block, Document, Entry, Heading, Paragraph
from lodestar.platform.time.days import start_of_day

EVENT, ACCOUNT, CONTACT, DECISION = "event", "account", "contact", "decision"
KINDS = {EVENT: "Events", ACCOUNT: "Accounts", CONTACT: "Contacts", DECISION: "Decisions"}
_CONTACTS = ("victim_updated", "victim_told_of_release")
_MISSING = {"missing": "Went missing, or contact was lost", "found": "Was found, or contact was made again"}

Row = tuple[datetime, str, str, str]  # when, of which kind, in words, its page
SOURCES: tuple[Callable[[Case], Iterable[Row]], ...] = (
    allocation.timeline_rows,
    closures.timeline_rows,
    contact_promises.timeline_rows,
    court_orders.timeline_rows,
    enquiries.timeline_rows,
    evidence.timeline_rows,
    investigations.timeline_rows,
    prosecutions.timeline_rows,
    section45.timeline_rows,
    suspects.timeline_rows,
)


@dataclass(frozen=True)
class Line:
    """One entry of the timeline."""

    at: datetime
    kind: str
    words: str
    href: str


def lines_of(case: Case, names: dict[UUID, str], kind: str = "") -> list[Line]:
    """Everything dated in a case, of one kind or of all, the earliest first."""
    rows = [*_own_rows(case, names), *(row for source in SOURCES for row in source(case))]
    return sorted((Line(*row) for row in rows if not kind or row[1] == kind), key=lambda line: (line.at, line.words))


def _own_rows(case: Case, names: dict[UUID, str]) -> list[Row]:
    """What no other app says: the encounter, what was recorded as having happened, talks about referral, decisions of the Home
    Office."""
    about = f"/cases/{case.reference}"
    rows: list[Row] = [(case.encountered_at, EVENT, "Encountered", about)]
    rows += [
        (event.happened_at, CONTACT if event.kind in _CONTACTS else EVENT, _event_words(event, names), about)
        for event in happened_in(case)
    ]
    for person, at in ConsentAnswer.objects.filter(person__case=case).values_list("person_id", "asked_at"):
        rows.append((at, CONTACT, f"{names[person]}: talk about referral", f"/people/{person}"))
    of_case = Decision.objects.filter(referral__person__case=case)
    in_force = of_case.exclude(id__in=of_case.filter(replaces__isnull=False).values("replaces"))
    for person, decided_on, code in in_force.values_list("referral__person_id", "decided_on", "kind"):
        rows.append((start_of_day(decided_on), DECISION, f"{names[person]}: {dict(DECISIONS)[code]}", f"/people/{person}"))
    return rows


def _event_words(event: CaseEvent, names: dict[UUID, str]) -> str:
    words = EVENTS[event.kind].words if event.kind in EVENTS else _MISSING.get(event.kind, event.kind)
    return f"{names[event.person_id]}: {words}" if event.person_id in names else words


LEFT, RIGHT, TOP, STEP, PLACES = 8, 310, 44, 44, 36


def picture(lines: Sequence[Line], kinds: Sequence[str]) -> dict[str, Any] | None:
    """The timeline drawn, a lane for each kind, the larger a dot the more falls there; None where there are
    fewer than two times to draw."""
    if len(lines) < 2 or lines[0].at == lines[-1].at:
        return None
    begins, whole = lines[0].at, (lines[-1].at - lines[0].at).total_seconds()
    places = Counter((line.kind, int((line.at - begins).total_seconds() / whole * (PLACES - 1))) for line in lines)
    lane = {kind: TOP + place * STEP for place, kind in enumerate(kinds)}
    number = Counter(line.kind for line in lines)
    dots = [
        {"x": round(LEFT + place * (RIGHT - LEFT) / (PLACES - 1), 1), "y": lane[kind], "size": min(3 + many, 8)}
        for (kind, place), many in sorted(places.items())
    ]
    lanes = [(lane[kind], KINDS[kind], number[kind]) for kind in kinds]
    days = {"first": day(on(lines[0].at)), "last": day(on(lines[-1].at))}
    return days | {"lanes": lanes, "dots": dots, "high": TOP + STEP * len(kinds) + 8}


def paper(case: Case, lines: Sequence[Line], now: datetime) -> Document:
    """The timeline to print, the earliest first, a heading for each day."""
    blocks: list[Block] = [Paragraph(f"Entries: {len(lines)}. Earliest first.")]
    before = None
    for line in lines:
        if on(line.at) != before:
            before = on(line.at)
            blocks.append(Heading(day(before)))
        blocks.append(Entry(f"{day_time(line.at)}. {KINDS[line.kind][:-1]}", line.words))
    return Document(
        title="Timeline of a case", marking="OFFICIAL-SENSITIVE", foot=f"Case {case.reference}", day=on(now), blocks=tuple(blocks)
    )
