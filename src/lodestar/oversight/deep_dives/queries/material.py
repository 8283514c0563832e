"""What a reviewer sees of a case, and what the ledger and records answer beforehand: from an explicit list of apps, without safe
addresses, contact, support and needs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from lodestar.casework.allocation import queries as allocation
from lodestar.casework.case_facts.queries import happened_in
from lodestar.casework.case_facts.rules import KINDS as EVENTS
from lodestar.casework.cases.models import Case, ConsentAnswer
from lodestar.casework.closures import queries as closures
from lodestar.casework.court_orders import queries as court_orders
from lodestar.casework.decisions.models import KINDS as DECISIONS
from lodestar.casework.decisions.models import Decision
from lodestar.casework.enquiries import queries as enquiries
from lodestar.casework.evidence import queries as evidence
from lodestar.casework.investigations import queries as investigations
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.prosecutions import queries as prosecutions
from lodestar.casework.referrals.models import Referral
from lodestar.casework.section45 import queries as section45
from lodestar.casework.suspects import queries as suspects
from lodestar.oversight.deep_dives.rules.questions import MET, NOT_MET, PARTLY, Item
from lodestar.platform.obligations.closing_records import BY_RECORD
from lodestar.platform.time.days import start_of_day

Row = tuple[datetime, str, str, str]
# Whose dated records a reviewer sees. Not here, and never to be: safe addresses, contact promises, support, needs, services.
SOURCES: Mapping[str, Callable[[Case], Iterable[Row]]] = {
    "allocation": allocation.timeline_rows,
    "closures": closures.timeline_rows,
    "court_orders": court_orders.timeline_rows,
    "enquiries": enquiries.timeline_rows,
    "evidence": evidence.timeline_rows,
    "investigations": investigations.timeline_rows,
    "prosecutions": prosecutions.timeline_rows,
    "section45": section45.timeline_rows,
    "suspects": suspects.timeline_rows,
}
# The same for a reviewer of another force: no name of an officer, and no reference.
MASKED: Mapping[str, Callable[[Case], Iterable[Row]]] = {
    "allocation": partial(allocation.timeline_rows, is_masked=True),
    "evidence": partial(evidence.timeline_rows, is_masked=True),
    "investigations": partial(investigations.timeline_rows, is_masked=True),
}
SOURCES_OF = {
    "decisions": ("closures", "prosecutions", "section45"),
    "work": ("allocation", "court_orders", "enquiries", "evidence", "investigations", "suspects"),
}  # of the two parts of the timeline
CONTACT = "contact"  # a kind of rows that is left out whoever has it
ROUTES = {"nrm": "Referral to the NRM", "dtn": "Duty to Notify"}
HIDDEN_EVENTS = frozenset({"victim_updated", "victim_told_of_release"})


@dataclass(frozen=True)
class RecordAnswer:
    """What the machine says to a question, and where it is from: `part` of the material."""

    answer: str
    source: str
    part: str


def obligations_of(case: Case, now: datetime) -> list[Obligation]:
    """What had to be done in a case by now, with how it was closed, in the order in which it opened."""
    rows = Obligation.objects.filter(case=case, opens_at__lte=now).exclude(state="not_owed").select_related("person")
    return list(rows.order_by("opens_at", "code", "id"))


def own_rows(case: Case) -> list[Row]:
    """The encounter, talks about referral, what was sent and decided, and events that are no contact."""
    rows: list[Row] = [(case.encountered_at, "event", "Encountered", ""), (case.recorded_at, "event", "Recorded", "")]
    for at, number in ConsentAnswer.objects.filter(person__case=case).values_list("asked_at", "person__number"):
        rows.append((at, "event", f"Person {number}: talk about referral", ""))
    for at, route, number in Referral.objects.filter(person__case=case).values_list("sent_at", "route", "person__number"):
        rows.append((at, "decision", f"Person {number}: {ROUTES[route]} sent", ""))
    decided = Decision.objects.filter(referral__person__case=case)
    for on, kind, number in decided.values_list("decided_on", "kind", "referral__person__number"):
        rows.append((start_of_day(on), "decision", f"Person {number}: {dict(DECISIONS)[kind]}", ""))
    events = [event for event in happened_in(case) if event.kind in EVENTS and event.kind not in HIDDEN_EVENTS]
    return rows + [(event.happened_at, "event", EVENTS[event.kind].words, "") for event in events]


def timeline_of(case: Case, part: str, *, is_masked: bool) -> list[Row]:
    """All that is dated in one part of a case and that a reviewer may see, the earliest first; `is_masked` for a reviewer of
    another force."""
    sources = {**SOURCES, **(MASKED if is_masked else {})}
    rows = [row for app in SOURCES_OF[part] for row in sources[app](case)] + (own_rows(case) if part == "decisions" else [])
    return sorted((row for row in rows if row[1] != CONTACT), key=lambda row: (row[0], row[2]))


def answers_from_records(case: Case, items: Sequence[Item], now: datetime) -> dict[str, RecordAnswer]:
    """What the ledger answers of these questions, by question. Where it shows nothing there is no answer: what is not recorded
    is not known. Only tasks that a record closed say anything good: that there is a record does not say that it is a good one."""
    wanted = {code for item in items for code in item.ledger}
    owed = [row for row in obligations_of(case, now) if row.code in wanted] if wanted else []
    answers = {}
    for item in items:
        answer = _by_ledger([row for row in owed if row.code in item.ledger], now)
        if answer is not None:
            answers[item.code] = answer
    return answers


def _by_ledger(rows: Sequence[Obligation], now: datetime) -> RecordAnswer | None:
    """Met where records closed every task in time; Partly where some are late or open past their time; Not met where all are
    open and past it. An officer's word, or a reason why a task was not needed, is for a person to judge."""
    judged = [row for row in rows if row.state == "open" or row.closed_with == BY_RECORD]
    past = [row for row in judged if row.due_at and (row.closed_at or now) > row.due_at]
    waiting = [row for row in judged if row.state == "open"]
    if not rows or len(judged) < len(rows) or any(row not in past for row in waiting):
        return None
    closed = len(judged) - len(waiting)
    source = f"tasks: {closed} of {len(judged)} closed by a record, {len(past)} late or past their time"
    answer = MET if not past else PARTLY if closed else NOT_MET
    return RecordAnswer(answer, source, "tasks")
