"""The pack of a board as at a day: what its parts say, from what was known then. Aggregates alone, sealed cases in none, small
numbers hidden by the rule of releases; of nobody by name but owners of plan items and actions."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lodestar.casework.allocation.models import Allocation
from lodestar.casework.cases.models import Person
from lodestar.casework.closures.models import ClosingRequest
from lodestar.casework.decisions.models import Decision
from lodestar.casework.disclosures.models import ImmigrationDisclosure
from lodestar.casework.ledger.queries.facts import OF_AGES, ages_of
from lodestar.casework.referrals.models import Referral
from lodestar.casework.referrals.queries.outgoing import MADE
from lodestar.casework.section45.models import OutcomeRecorded
from lodestar.knowledge.training.queries import needs_on
from lodestar.oversight.boards.models import Board, BoardAction, BoardDecision
from lodestar.oversight.boards.queries import actions_open_at, states_then
from lodestar.oversight.boards.rules import (
    ACTION,
    BANDS,
    CAME,
    CARE,
    counts_with_sum,
    number_words,
    panels_shown,
    parts_of,
    row_shown,
    share_words,
    year_shown,
)
from lodestar.oversight.deep_dives.models import DeepDive
from lodestar.oversight.deep_dives.presenters import quarter_words as dive_words
from lodestar.oversight.deep_dives.queries import findings_of
from lodestar.oversight.deep_dives.rules.questions import FINDING, GRADES, items_of
from lodestar.oversight.measures.access import whole_force
from lodestar.oversight.measures.presenters.measures import chart_of_values
from lodestar.oversight.measures.queries.values import COVERAGE, ORDERS, values_of
from lodestar.oversight.measures.rules.facts import Period, last_quarter
from lodestar.oversight.measures.rules.values import MEDIAN, Value, measures_on, months_of, series_to
from lodestar.oversight.peer_review.queries import latest, under_way_at
from lodestar.oversight.peer_review.rules import REVIEW
from lodestar.oversight.plan.queries import ItemAsAt, items_as_at
from lodestar.oversight.plan.rules import DOMAINS, RAGS, RED
from lodestar.oversight.recommendations.models import Recommendation
from lodestar.oversight.recommendations.queries import open_by_age
from lodestar.oversight.recommendations.rules import STATES as RECOMMENDATION
from lodestar.oversight.recommendations.rules import needs_answer
from lodestar.oversight.requirements.evidence import STATES
from lodestar.oversight.requirements.presenters import standard_name
from lodestar.oversight.requirements.queries import coverage
from lodestar.partnership.commissioning.presenters import ABOUT as ABOUT_GAPS
from lodestar.partnership.commissioning.presenters import all_tables, quarter_words
from lodestar.partnership.commissioning.queries import publications
from lodestar.platform.accounts.permissions import ROLES
from lodestar.platform.design.when import day, day_time
from lodestar.platform.documents.description import Block, Bullets, Document, Heading, Paragraph, Table
from lodestar.platform.time.days import add_months, london_date, start_of_day

QUARTERS = 12  # in the series of which a chart says something
OUTSIDE = ("peer_reviewer", "policing_body", "commissioning", "board_member")  # no staff of the force
AT_THE_END = (ORDERS, COVERAGE)  # no sum of quarters
MOST = 20
ABOUT = (
    "Aggregates alone; sealed cases are in no number. Numbers from 1 to 4, and those from which one could be worked out, are not "
    "shown. Under each part stands the query by which its numbers are read again."
)


class Asked(NamedTuple):
    """What a pack is about: a board, the moment as of which things are known, the last quarter that was over then, and the last
    year to 31 March; and what several parts read: the plan, open recommendations and open actions."""

    board: Board
    at: datetime
    quarter: Period
    year: Period
    plan: Sequence[ItemAsAt]
    recommendations: Sequence[tuple[Recommendation, str, int]]
    actions: Sequence[BoardAction]


def pack_document(board: Board, as_at: date, at: datetime) -> Document:
    """The pack of a board as at a day, of what was known at a moment of it."""
    quarter, blocks = last_quarter(london_date(at)), list[Block]([Paragraph(ABOUT)])
    year = months_of(date(quarter.first.year - 1, 4, 1), 12)  # the last that was over
    asked = Asked(board, at, quarter, year, items_as_at(at), open_by_age(at), actions_open_at(board, at))
    for title, (part, query) in PARTS.items():
        days = f"{asked.year.first} {asked.year.last} {quarter.first} {quarter.last}"
        blocks += [Heading(title), *part(asked), Paragraph(f"Query: {query} {days} as at {at.isoformat()}")]
    return Document(f"Board pack: {board.name}", "OFFICIAL-SENSITIVE", f"{board.name}, as at {day(as_at)}", as_at, tuple(blocks))


def numbers_in(document: Document) -> tuple[Sequence[str], list[list[str]]]:
    """Every row of the tables of a pack, for the register of what was given out."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    cells = [(table, row, [f"{head}: {cell}" for head, cell in zip(table.headings, row, strict=True)])
             for table in tables for row in table.rows]  # fmt: skip
    return ("Table", "Row", "What it says"), [[table.caption, row[0], "; ".join(rest[1:])] for table, row, rest in cells]


def _table(caption: str, headings: str, rows: Iterable[Sequence[str]]) -> Block:
    cells = tuple(tuple(row) for row in rows)
    return Table(tuple(headings.split(" | ")), cells, caption) if cells else Paragraph(f"{caption}: none.")


def _measures(asked: Asked) -> list[Block]:
    defined = measures_on(asked.quarter.last)
    values = values_of(whole_force(), series_to(asked.quarter.last, 3, QUARTERS), asked.at, [*defined], is_past=True)
    medians = [code for code, row in defined.items() if row["kind"] == MEDIAN]
    years = values_of(whole_force(), [asked.year], asked.at, medians, is_past=True)
    rows = [
        [row["title"], *_quarter_and_year(asked, code, values[code], years.get(code)), f"measure:{code}"]
        for code, row in defined.items()
    ]
    charts = tuple(f"{row['title']}: {chart_of_values(row, values[code], 'quarter')[1]}" for code, row in defined.items())
    headings = f"Measure | Quarter to {day(asked.quarter.last)} | Year to {day(asked.year.last)} | Query"
    return [_table("Each measure", headings, rows), Heading(f"What the charts of {QUARTERS} quarters say", 3), Bullets(charts)]


def _quarter_and_year(asked: Asked, code: str, series: Sequence[Value], year: Sequence[Value] | None) -> tuple[str, str]:
    if year:
        return _median(series[-1]), _median(year[0])
    quarters = [parts_of(value) for value in series]
    if code in AT_THE_END:
        return share_words(row_shown(quarters[-1])), "As at the end of the quarter"
    after = asked.quarter.last.month // 3 - 1  # quarters that are over since 31 March
    return share_words(row_shown(quarters[-1])), share_words(year_shown(quarters[-4 - after : len(quarters) - after]))


def _median(value: Value) -> str:
    return "Not shown" if counts_with_sum({"of": value.denominator or 0})["of"] is None else value.words


def _counted(asked: Asked, rows: QuerySet[Any], case: str, recorded: str, when: str) -> list[int]:
    """How many rows there are of a quarter, and of each quarter of the year. One statement."""
    seen = rows.filter(**{f"{case}__sealed": False, f"{recorded}__lte": asked.at})
    quarters = [asked.quarter, *(months_of(add_months(asked.year.first, months), 3) for months in (0, 3, 6, 9))]
    inside = {
        f"of_{place}": Count("id", filter=Q(**{f"{when}__gte": of.begins, f"{when}__lt": of.ends}))
        for place, of in enumerate(quarters)
    }  # fmt: skip
    counts = seen.aggregate(**inside)
    return [counts[name] for name in inside]


def _without_small_numbers(*parts: Sequence[int]) -> list[list[int | None]]:
    """Parts of a quarter, and of the year whose quarters follow, as they may be shown."""
    quarter, *quarters = zip(*parts, strict=True)
    return [row_shown(quarter), year_shown(quarters)]


def _exceptions(asked: Asked) -> list[Block]:
    disclosed, charged = ImmigrationDisclosure.objects, OutcomeRecorded.objects.filter(kind="charge")
    without: dict[str, tuple[Any, ...]] = {
        "Told to Immigration Enforcement without approval": (disclosed, "person__case", "asked_at", "told_at"),
        "Charged with section 45 of the Modern Slavery Act 2015 open": (charged, "offence__person__case", "recorded_at", "at"),
        "Closed without an inspector’s decision": (ClosingRequest.objects, "case", "asked_at", "asked_at"),
    }
    by, none, met = (
        _counted(asked, Allocation.objects.filter(kind=kind), "case", "recorded_at", "at")
        for kind in ("authority", "happened_without", "pip2")
    )
    shares = _without_small_numbers(
        [each + other for each, other in zip(by, none, strict=True)], met
    )  # as the measure shows them
    parts = _without_small_numbers(by, none)
    pairs = [[None if share[0] is None else of[place] for share, of in zip(shares, parts, strict=True)] for place in (0, 1)]
    shown = dict(zip(("Allocated below PIP2 by an inspector’s authority", "Allocated below PIP2 without"), pairs, strict=True))
    for words, (rows, *columns) in without.items():
        shown[words] = [of[0] for of in _without_small_numbers(_counted(asked, rows.filter(happened_without=True), *columns))]
    lines = [[words, *map(number_words, numbers)] for words, numbers in shown.items()]
    headings = f"What happened | Quarter to {day(asked.quarter.last)} | Year to {day(asked.year.last)}"
    return [_table("By authority, or without", headings, lines)]


def _deep_dive(asked: Asked) -> list[Block]:
    dive = DeepDive.objects.filter(completed_at__lte=asked.at).order_by("-first").first()
    if dive is None:
        return [Paragraph("No deep dive was closed by then.")]
    numbers: Mapping[str, Any] = dive.report or {}
    grades = counts_with_sum({code: numbers["all"][code] for code in GRADES})
    critical = {code: counts_with_sum({code: number})[code] for code, number in sorted(numbers["critical"].items())}
    questions = {item.code: item.words for item in items_of(dive.version)}
    states = states_then([row for row in findings_of(dive) if row.recorded_at <= asked.at], asked.at)
    return [
        Paragraph(f"Deep dive of {dive_words(dive)}."),
        _table("Grades", "Grade | Cases", [[GRADES.get(code, "All"), number_words(number)] for code, number in grades.items()]),
        _table(
            "Critical questions not met",
            "Question | Cases",
            [[f"{code}. {questions[code]}", number_words(shown)] for code, shown in critical.items()],
        ),
        _table("Actions", "Status | Number", [[FINDING.states[code], str(number)] for code, number in Counter(states).items()]),
    ]


def _plan(asked: Asked) -> list[Block]:
    items, today = asked.plan, london_date(asked.at)
    counts = Counter((item.domain, item.rag) for item in items)
    domains = [code for code in DOMAINS if any(domain == code for domain, _ in counts)]
    slipped = [
        [f"{item.number}. {item.title}", item.owner_name, day(item.original_due_on), day(item.due_on),
         f"{RAGS[item.rag]}{', set by hand' if item.rag != item.rag_by_rule else ''}. By rule: {item.rule_why}"]
        for item in items
        if item.rag not in ("complete", "stopped") and (item.due_on > item.original_due_on or item.due_on < today)
    ]  # fmt: skip
    by_domain = [[DOMAINS[code], *(str(counts[code, rag]) for rag in RAGS)] for code in domains]
    return [_table("Plan by domain", " | ".join(["Domain", *RAGS.values()]), by_domain),
            _table("What slipped", "Item | Owner | First due | Due | Status", slipped)]  # fmt: skip


def _risks(asked: Asked) -> list[Block]:
    risks = [f"Plan item {item.number} is red: {item.title}" for item in asked.plan if item.rag == RED]
    late = [row for row, _, _ in asked.recommendations if row.due_at and row.due_at < asked.at]
    risks += [f"Recommendation {row.code} of {row.report.title} is late" for row in late]
    risks += [f"Action {row.number} of this board is late" for row in asked.actions if row.due_at and row.due_at < asked.at]
    more = [f"And {len(risks) - MOST} more"] if len(risks) > MOST else []
    return [Bullets((*risks[:MOST], *more)) if risks else Paragraph("No plan item is red, and nothing is late.")]


def _recommendations(asked: Asked) -> list[Block]:
    rows = [
        [f"{row.code}, {row.report.title}", f"{days:,} days", RECOMMENDATION.states[state],
         f"{day(row.due_at)}{', late' if row.due_at < asked.at else ''}" if row.due_at else "No day set"]
        for row, state, days in asked.recommendations
        if needs_answer(row.addressees)
    ]  # fmt: skip
    return [_table("Open recommendations, the oldest first", "Recommendation | Open for | Status | Due", rows)]


def _training(asked: Asked) -> list[Block]:
    counts: dict[str, list[int]] = {}
    for need in needs_on(london_date(asked.at)):
        if need.role in OUTSIDE:
            continue
        counts.setdefault(ROLES[need.role].name, [0, 0])[not need.status.is_valid] += 1
    rows = [[role, *map(number_words, row_shown(parts))] for role, parts in sorted(counts.items())]
    return [_table("Required training by role", "Role | Valid | Missing or expired | Required", rows)]


def _peer_review(asked: Asked) -> list[Block]:
    row, running = latest(asked.at), under_way_at(asked.at)
    now = f"A peer review was under way from {day(running.first)} to {day(running.last)}." if running else ""
    if row is None:
        return [Paragraph(now or "There was no peer review by then.")]
    counts = {"Good practice": row.good_practice, "Areas for development": row.areas, "To be decided": row.open,
              "In the plan": row.in_plan, "Not taken": row.not_taken}  # fmt: skip
    then = now or f"The next is due by {day(row.next_due)}."
    return [Paragraph(f"{day(row.first)} to {day(row.last)}: {REVIEW.states[row.state].lower()}. {then}"),
            _table("Findings", "Finding | Number", [[words, str(number)] for words, number in counts.items()])]  # fmt: skip


def _gaps(asked: Asked) -> list[Block]:
    """The tables of the last quarter that was published by then: no other count of the same people."""
    published = next((row for row in publications() if row.published_at <= asked.at), None)
    if published is None:
        return [Paragraph("No quarter of gaps was published by then.")]
    tables = [_table(name, " | ".join(headings), rows) for name, headings, rows in all_tables(published.content)]
    return [Paragraph(f"As published for {quarter_words(published.quarter)}. {ABOUT_GAPS}"), *tables]


def _equality(asked: Asked) -> list[Block]:
    """Possible victims met in the year, by age and by needs of care and support, with what came of each. No list by
    origin: over-surveillance of communities."""
    known_at = min(asked.at, start_of_day(add_months(asked.year.last.replace(day=1), 4)))  # packs of one year show one table
    people = Person.objects.filter(
        category="victim", case__sealed=False, recorded_at__lte=known_at, case__encountered_at__gte=asked.year.begins,
        case__encountered_at__lt=asked.year.ends,
    )  # fmt: skip
    read = list(people.values_list("id", "case__encountered_at", *OF_AGES, "care_and_support_needs"))
    ours = Referral.objects.filter(person__in=people.values("id"), direction=MADE, recorded_at__lte=known_at)
    came = dict(ours.order_by("route").values_list("person_id", "route"))  # of who has both, the NRM
    replaced = Exists(Decision.objects.filter(replaces=OuterRef("pk"), filed_at__lte=known_at))
    decided = Decision.objects.filter(~replaced, referral__in=ours.values("id"), filed_at__lte=known_at, kind__in=CAME)
    came |= dict(decided.order_by("filed_at").values_list("referral__person_id", "kind"))
    ages = ages_of([row[:-1] for row in read])
    panels: dict[str, dict[str, dict[str, int]]] = {"age": {}, "care and support needs": {}}
    for person, *_, care in read:
        for group, name in (("age", BANDS[ages[person].treat_as]), ("care and support needs", CARE[care])):
            panels[group].setdefault(name, dict.fromkeys(CAME, 0))[came.get(person, "")] += 1
    shown, columns = panels_shown(panels) if read else {}, (*CAME, "all")
    headings = " | ".join(["Group", *CAME.values(), "All"])
    tables = [
        _table(f"What came of it, by {group}", headings, [
            [name or "All", *(number_words(shown[group if name else "", name, column]) for column in columns)]
            for name in [*names, ""] if read
        ])
        for group, names in panels.items()
    ]  # fmt: skip
    about = f"Possible victims met from {day(asked.year.first)} to {day(asked.year.last)}, as known {day_time(known_at)}."
    sex = "Sex is not recorded of a person as a field of its own: nothing is counted by it, or by origin."
    return [Paragraph(about), *tables, Paragraph(sex)]


def _requirements(asked: Asked) -> list[Block]:
    counts = Counter((row.requirement.standard, row.state) for row in coverage(london_date(asked.at), asked.quarter, asked.at))
    rows = [
        [standard_name(code), *(str(counts[code, state]) for state in STATES)]
        for code in dict.fromkeys(standard for standard, _ in counts)
    ]
    headings = "Standard | No evidence | Cannot tell | Weak | Expired | Evidenced"
    return [_table("Requirements by their evidence", headings, rows)]


def _decisions(asked: Asked) -> list[Block]:
    decided = BoardDecision.objects.filter(
        board=asked.board, decided_on__gte=add_months(asked.quarter.first, -9), recorded_at__lte=asked.at
    )
    rows = [[str(row.number), day(row.decided_on), row.words] for row in decided.order_by("number")]
    states = states_then(asked.actions, asked.at)
    actions = [
        [f"{row.number}. {row.words}", row.owner.name, day(row.due_at) if row.due_at else "", ACTION.states[state]]
        for row, state in zip(asked.actions, states, strict=True)
    ]
    return [_table("Decisions", "Number | Decided | Decision", rows),
            _table("Open actions", "Action | Owner | Due | Status", actions)]  # fmt: skip


PARTS: Mapping[str, tuple[Callable[[Asked], list[Block]], str]] = {
    "Measures": (_measures, "measure:CODE"),
    "Exceptions": (_exceptions, "boards:exceptions"),
    "Deep dive": (_deep_dive, "deep_dives:report"),
    "Plan": (_plan, "plan:items_as_at"),
    "Risks": (_risks, "plan:items_as_at, recommendations:open_by_age, boards:actions_open_at"),
    "Recommendations": (_recommendations, "recommendations:open_by_age"),
    "Training": (_training, "training:needs_on"),
    "Peer review": (_peer_review, "peer_review:latest"),
    "Gaps in support": (_gaps, "commissioning:publications"),
    "Equality": (_equality, "boards:equality"),
    "Requirements": (_requirements, "requirements:coverage"),
    "Decisions and actions": (_decisions, "boards:decisions, boards:actions_open_at"),
}
