"""Published quarters and questions in words, for a page, a CSV file and a document."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, QuerySet, Value
from django.db.models.functions import Cast

from lodestar.casework.needs.rules import words as need_words
from lodestar.partnership.commissioning import queries, rules
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.design import plots
from lodestar.platform.design.when import day, is_late, on
from lodestar.platform.documents.description import Block, Document, Heading, Paragraph, Table
from lodestar.platform.notices.due_items import DueItem, Kind
from lodestar.platform.reference.queries import need_domains
from lodestar.platform.text.csv_safety import table as csv_table
from lodestar.platform.time.days import end_of_day, london_date

HIDDEN = "not shown"
MEASURED = {
    "not_assessed": "People met without an assessment of their needs", "wish_not_asked": "People whose wish was not asked",
    "people_waited": "People whose need was met in the quarter, not on the first day",
    "people_waiting": "People who on its last day had waited for 14 days or more",
    "people_unsuitable": "People in places that were not suitable",
}  # fmt: skip
ABOUT = (
    "People with a need that was not met within 14 days, or with a recorded reason why it is not met. Each person counts "
    "once in a line. Numbers below five are not shown, and others with them, so that they cannot be worked out."
)


def quarter_words(name: str) -> str:
    """A quarter as a page calls it: `July to September 2026`."""
    quarter = rules.quarter_named(name)
    if quarter is None:
        return name
    last = quarter.after.replace(day=1)
    return f"{quarter.first:%B} to {last.replace(month=(last.month - 2) % 12 + 1):%B} {quarter.first:%Y}"


def number_words(number: int | None) -> str:
    """A number as it is shown; a hidden one says that it is."""
    return HIDDEN if number is None else f"{number:,}"


def cell_names(table: str, content: Mapping[str, Any]) -> Mapping[str, str]:
    """What the cells of a table are called."""
    names: Mapping[str, str] = {
        "domain": need_domains(), "stage": need_words("stage"), "reason": need_words("reason"),
        "district": {**content.get("districts", {}), rules.ELSEWHERE: "Another district"},
    }[table]  # fmt: skip
    return {**names, rules.NOT_KNOWN: "Not known"}


def table_rows(content: Mapping[str, Any], table: str) -> list[list[str]]:
    """The rows of one table: what, how many people, and of needs what help for them would cost."""
    names, costs, rows = cell_names(table, content), content.get("costs", {}), []
    for cell, number in content["tables"][table]:
        pounds = costs.get(cell, [None])[0] if table == "domain" else None
        cost = rules.cost_of(number, pounds)
        more = [] if table != "domain" else ["" if pounds is None else HIDDEN if cost is None else f"£{cost:,}"]
        rows.append([names.get(cell, cell), number_words(number), *more])
    return rows


def largest_gaps(content: Mapping[str, Any], asked: Sequence[queries.Question]) -> list[list[str]]:
    """The five needs of a quarter that most people have, of those that are shown, with whether somebody asked about it since."""
    states = {each.cell: rules.STEPS[each.state] for each in reversed(asked) if each.about == "domain"}
    numbers = sorted(content["tables"]["domain"], key=lambda cell: -(cell[1] or 0))
    rows = {row[0]: row for row in table_rows(content, "domain")}
    names = cell_names("domain", content)
    return [[*rows[names[cell]], states.get(cell, "Not asked about")] for cell, number in numbers[:5] if number]


def headings(table: str) -> list[str]:
    """The headings of a table."""
    return [rules.TABLES[table], "People", *(["Assumed cost"] if table == "domain" else [])]


def unknown_rows(content: Mapping[str, Any]) -> list[list[str]]:
    """What is not known, as a table of its own."""
    of_tables = [
        [f"{rules.TABLES[table]}: not known", number_words(number)]
        for table in rules.TABLES
        for cell, number in content["tables"][table]
        if cell == rules.NOT_KNOWN
    ]
    measured = content.get("measured", {})
    return of_tables + [[MEASURED[name], number_words(measured.get(name))] for name in ("not_assessed", "wish_not_asked")]


def waiting_rows(content: Mapping[str, Any]) -> list[list[str]]:
    """How long needs waited, and nights in places that were not suitable."""
    measured = content["measured"]
    return [
        [MEASURED["people_waited"], number_words(measured["people_waited"])],
        ["Days that these needs waited (median)", number_words(content["days_waited"])],
        [MEASURED["people_waiting"], number_words(measured.get("people_waiting"))],
        ["Days that these needs have waited (median)", number_words(content.get("days_waiting"))],
        [MEASURED["people_unsuitable"], number_words(measured["people_unsuitable"])],
        ["Nights there", number_words(content["nights"])],
    ]


def all_tables(content: Mapping[str, Any]) -> list[tuple[str, list[str], list[list[str]]]]:
    """Every table of a quarter with its headings and rows."""
    tables = [(rules.TABLES[table], headings(table), table_rows(content, table)) for table in rules.TABLES]
    if "measured" in content:
        tables.append(("Waiting and nights", ["What", "Number"], waiting_rows(content)))
    return [*tables, ("What we do not know", ["What", "People"], unknown_rows(content))]


def bars_of(content: Mapping[str, Any], table: str) -> list[plots.Bar]:
    """The shown numbers of a table as bars."""
    names = cell_names(table, content)
    rows = [(names.get(cell, cell), [("people", number or 0)]) for cell, number in content["tables"][table] if number != 0]
    return plots.bars(rows, same_scale=True)


def run_of(published: Sequence[queries.Published]) -> plots.RunChart:
    """The people of each published quarter, the first first."""
    rows = list(reversed(published[:12]))
    return plots.run_chart([(row.quarter[-1], row.quarter[:4]) for row in rows], [row.content["total"] for row in rows])


def as_csv(content: Mapping[str, Any]) -> bytes:
    """The tables of a quarter as a file; a hidden number says that it is."""
    rows = [
        [rules.TABLES[table], cell_names(table, content).get(cell, cell), HIDDEN if number is None else str(number)]
        for table in rules.TABLES
        for cell, number in content["tables"][table]
    ]
    rows += [["Waiting and nights", *row] for row in waiting_rows(content)]
    rows += [["What we do not know", *row] for row in unknown_rows(content)]
    rows.append(["All people", quarter_words(content["quarter"]), number_words(content["total"])])
    return csv_table(["Table", "Line", "People"], rows)


def cost_words(content: Mapping[str, Any]) -> list[str]:
    """The costs that were assumed, and from where each is."""
    names = need_domains()
    return [f"{names.get(domain, domain)}: £{pounds:,} a person ({source})" for domain, (pounds, source) in
            content.get("costs", {}).items()]  # fmt: skip


def paper(row: queries.Published) -> Document:
    """A published quarter to print."""
    blocks: list[Block] = [Paragraph(ABOUT), Paragraph(f"All people: {number_words(row.content['total'])}.")]
    for title, columns, rows in all_tables(row.content):
        blocks += [Heading(title), Table(tuple(columns), tuple(tuple(cells) for cells in rows))]
    costs = cost_words(row.content)
    blocks += [Heading("Costs are assumptions"), *map(Paragraph, costs)] if costs else []
    foot = f"Gaps in support, {quarter_words(row.quarter)}"
    return Document(foot, "OFFICIAL", foot, on(row.published_at), tuple(blocks))


def about_words(question: queries.Question, content: Mapping[str, Any]) -> str:
    """Which line of which table a question is about."""
    where = quarter_words(question.quarter)
    if not question.about:
        return f"The whole quarter, {where}"
    cell = cell_names(question.about, content).get(question.cell, question.cell)
    return f"{rules.TABLES[question.about]}: {cell}, {where}"


def question_cells(rows: Iterable[queries.Question], content: Mapping[str, Mapping[str, Any]], now: datetime) -> list[list[Any]]:
    """The questions as a list: about what, the words, where each is, by when the force answers."""
    cells: list[list[Any]] = []
    for row in rows:
        waits = row.state == rules.ASKED
        late = {"tag": "Late", "colour": "red"} if waits and is_late(end_of_day(row.due_on), now) else {}
        follow_up = next((step.day for step in reversed(row.steps) if step.day), None)
        due = {"words": day(row.due_on), **late} if waits else f"Follow up by {day(follow_up)}" if follow_up else ""
        about = about_words(row, content.get(row.quarter, {}))
        cells.append(
            [{"words": about, "href": f"/commissioning/questions/{row.id}"}, row.steps[0].words, rules.STEPS[row.state], due]
        )
    return cells


STEP_TITLES = rules.STEPS | {rules.ANSWERED: "Answered", rules.DECIDED: "Decided"}


def next_words(question: queries.Question, now: datetime) -> str:
    """Who takes the next step of a question, and by when."""
    if question.state == rules.ASKED:
        late = ", late" if is_late(end_of_day(question.due_on), now) else ""
        return f"Next: the force answers by {day(question.due_on)}{late}."
    follow_up = next((step.day for step in reversed(question.steps) if step.day), None)
    by = f" by {day(follow_up)}" if follow_up else ""
    return {
        rules.ANSWERED: "Next: the local policing body decides.",
        rules.DECIDED: "Next: the local policing body publishes the answer.",
    }.get(question.state, f"Next: the local policing body records the outcome{by}.")


def step_items(question: queries.Question) -> list[dict[str, Any]]:
    """The steps of a question, as the macro `timeline` takes them. Nobody is named: the force and the body speak here."""
    return [
        {
            "title": STEP_TITLES[step.step], "by": "the force" if step.step in rules.OF_FORCE else "the local policing body",
            "at": step.taken_at,
            "words": "\n".join(filter(None, (step.words, f"To be followed up by {day(step.day)}" if step.day else "",
                                             step.published_where))),
        }
        for step in reversed(question.steps)
    ]  # fmt: skip


def _due(member: Member, until: datetime) -> QuerySet[Any, Any]:
    return queries.unanswered(london_date(until)).values_list(
        Value("gap_question"), "id", "quarter", Value(""), Cast("due_on", DateTimeField())
    )


def _item(question: UUID, quarter: str, _: str, due: datetime) -> DueItem:
    words = f"Answer the local policing body: {quarter_words(quarter)}"
    return DueItem("gap_question", words, f"/commissioning/questions/{question}", end_of_day(london_date(due)))


def _quarter_due(member: Member, until: datetime) -> QuerySet[Any, Any]:
    return queries.behind(london_date(until - rules.PUBLISHED_WITHIN)).values_list(
        Value("gap_quarter"), "id", "quarter", Value(""), "published_at"
    )


def _quarter_item(publication: UUID, name: str, _: str, published_at: datetime) -> DueItem:
    last = rules.quarter_named(name)
    due = rules.Quarter(last.after).ends + rules.PUBLISHED_WITHIN if last else published_at
    return DueItem("gap_quarter", "Publish the gaps of the next quarter", "/commissioning/publish", due)


QUARTER_DUE = Kind(
    "gap_quarter", "Quarters of gaps to publish", "/commissioning", Permission.COMMISSIONING_ANSWER, _quarter_due, _quarter_item,
    after_cases=True,
)  # fmt: skip
DUE = Kind(
    "gap_question", "Questions of the local policing body", "/commissioning/questions", Permission.COMMISSIONING_ANSWER, _due,
    _item, after_cases=True,
)  # fmt: skip
