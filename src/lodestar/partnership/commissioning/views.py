"""Pages of gaps in support: the same for the force and, under its own database role, for the local policing body."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lodestar.partnership.commissioning import actions, presenters, queries, rules
from lodestar.partnership.commissioning.presenters import number_words, quarter_words
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page
from lodestar.platform.audit.actions import audit
from lodestar.platform.design.files import to_save
from lodestar.platform.design.when import on
from lodestar.platform.documents.made import KINDS as FILES
from lodestar.platform.documents.made import made
from lodestar.platform.questionnaires.views import questions, record_page
from lodestar.platform.reference.queries import need_domains
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit

VIEW, ASK, ANSWER = Permission.COMMISSIONING_VIEW, Permission.COMMISSIONING_ASK, Permission.COMMISSIONING_ANSWER
BACK = "/commissioning"
CHANGED = "The next step is not yours, or a colleague took it while you were writing: read the question again"


class NotChecked(ValueError):
    """An answer that still names somebody or has a small number, as its author says."""


class NotACode(ValueError):
    """What was typed is no code of a district."""


def _published(name: str) -> queries.Published:
    row = next((each for each in queries.publications(name) if each.quarter == name), None)
    if row is None:
        raise Http404
    return row


def _viewed(member: Member, subject: str) -> None:
    audit("commissioning.viewed", by=member, at=timezone.now(), subject=subject)


@page(VIEW, only="GET")
def overview(request: HttpRequest) -> HttpResponse:
    """The published quarters with their run chart, and the questions that are open."""
    member, now, published = member_of(request), timezone.now(), queries.publications()
    every = queries.questions()
    asked = [row for row in every if row.state != rules.FOLLOWED_UP]
    content = {row.quarter: row.content for row in published}
    context = {
        "published": [(row, quarter_words(row.quarter), number_words(row.content["total"])) for row in published],
        "chart": presenters.run_of(published) if published else None,
        "largest": presenters.largest_gaps(published[0].content, every) if published else (), "about": presenters.ABOUT,
        "years": sorted({row.quarter[:4] for row in published}, reverse=True),
        "questions": presenters.question_cells(asked, content, now), "may_ask": member.may(ASK) and bool(published),
        "may_publish": member.may(ANSWER), "left": member.may(ANSWER) and bool(queries.unpublished_quarters(on(now))),
    }  # fmt: skip
    return render(request, "commissioning/overview.jinja", context)


def _tables(request: HttpRequest, content: Mapping[str, Any], **more: Any) -> HttpResponse:
    context = {
        "tables": presenters.all_tables(content), "districts": presenters.bars_of(content, "district"),
        "total": number_words(content["total"]), "about": presenters.ABOUT, "costs": presenters.cost_words(content),
    }  # fmt: skip
    return render(request, "commissioning/tables.jinja", context | more)


@page(VIEW, only="GET")
def quarter(request: HttpRequest, quarter_name: str) -> HttpResponse:
    """The four tables of a published quarter, waiting and nights, and what is not known."""
    member, row = member_of(request), _published(quarter_name)
    _viewed(member, row.quarter)
    title = quarter_words(row.quarter)
    return _tables(request, row.content, title=title, quarter=row.quarter, may_ask=member.may(ASK))


@page(VIEW, only="GET")
def year(request: HttpRequest, year: str) -> HttpResponse:
    """A year, as sums of the published cells of its quarters."""
    rows = [row.content for row in queries.publications(f"{year}-")]
    if not rows:
        raise Http404
    _viewed(member_of(request), year)
    latest: Mapping[str, Any] = rows[0]
    content = rules.of_year(rows) | {"districts": latest["districts"]}
    about = "Someone with a gap in two quarters counts in both. A line that any quarter hides is not shown."
    return _tables(request, content, title=f"{year}: {len(rows)} quarters added up", quarter="", may_ask=False, about=about)


@page(VIEW, only="GET")
def quarter_file(request: HttpRequest, quarter_name: str, kind: str) -> HttpResponse:
    """A published quarter as CSV, PDF or Word."""
    row = _published(quarter_name)
    if kind not in (*FILES, "csv"):
        raise Http404
    audit("commissioning.saved", by=member_of(request), at=timezone.now(), subject=row.quarter, fields=[kind])
    name = f"gaps-{row.quarter}.{kind}"
    if kind == "csv":
        return to_save(presenters.as_csv(row.content), name, "text/csv")
    return to_save(made(presenters.paper(row), kind), name, FILES[kind].media_type)


@page(ANSWER)
def publish(request: HttpRequest) -> HttpResponse:
    """Publishing the earliest quarter that is over and was not published, with its tables as they would be."""
    first = next(iter(queries.unpublished_quarters(on(timezone.now()))), None)
    content = actions.tables_now(first) if first else {}

    def act(*, by: Member) -> str:
        if first is None:
            raise actions.NotPublished("Every quarter that is over is published")
        row = actions.publish_quarter(by=by, at=timezone.now(), quarter=first)
        return f"{BACK}/quarters/{row.quarter}"

    return record_page(
        request, questions("commissioning", "form_questions", "none"), act, back=BACK, template="commissioning/publish.jinja",
        heading=f"Publish {quarter_words(first.name)}" if first else "Every quarter is published",
        press_words="Publish it" if first else "", tables=presenters.all_tables(content) if first else (),
        total=number_words(content.get("total")), refusals={actions.NotPublished: (None, "")},
    )  # fmt: skip


@page(ANSWER, only="GET")
def basis(request: HttpRequest) -> HttpResponse:
    """What the tables rest on: the district of each unit, and what help is assumed to cost."""
    names = need_domains()
    costs = [[names[domain], f"£{row.pounds:,}", row.source] for domain, row in queries.assumed_costs().items()]
    units = dict(queries.units())
    districts = [[units[row.unit_id], row.name, row.code] for row in queries.districts_of_units()]
    return render(request, "commissioning/basis.jinja", {"costs": costs, "districts": districts})


@page(ANSWER)
def district(request: HttpRequest) -> HttpResponse:
    """Recording the district of a unit."""

    def act(*, by: Member, unit: str, ons_code: str, name: str) -> None:
        if not rules.is_ons_code(ons_code):
            raise NotACode(ons_code)
        actions.set_district(by=by, at=timezone.now(), unit=UUID(unit), code=ons_code, name=name)

    choices = {"unit": [(str(unit), name) for unit, name in queries.units()]}
    return record_page(
        request, questions("commissioning", "form_questions", "district"), act, heading="District of a unit", choices=choices,
        back=f"{BACK}/basis", refusals={NotACode: ("ons_code", "Write the code as the ONS has it, for example E07000202")},
    )  # fmt: skip


@page(ANSWER)
def cost(request: HttpRequest) -> HttpResponse:
    """Recording what help in one domain is assumed to cost."""

    def act(*, by: Member, domain: str, pounds: str, source: str) -> None:
        actions.assume_cost(by=by, at=timezone.now(), domain=domain, pounds=int(pounds), source=source)

    return record_page(
        request, questions("commissioning", "form_questions", "cost"), act, heading="Assumed cost of help",
        choices={"domain": [*need_domains().items()]}, back=f"{BACK}/basis",
    )  # fmt: skip


@page(VIEW, only="GET")
def questions_list(request: HttpRequest) -> HttpResponse:
    """All questions and where each is."""
    content = {row.quarter: row.content for row in queries.publications()}
    cells = presenters.question_cells(queries.questions(), content, timezone.now())
    return render(request, "commissioning/questions.jinja", {"questions": cells, "may_ask": member_of(request).may(ASK)})


@page(ASK)
def ask(request: HttpRequest) -> HttpResponse:
    """Asking the force about a published quarter, or one line of it."""
    published = queries.publications()
    quarters = [(row.quarter, quarter_words(row.quarter)) for row in published]
    lines = [
        (f"{table}:{cell}", f"{rules.TABLES[table]}: {presenters.cell_names(table, row.content).get(cell, cell)}")
        for row in published[:1]
        for table in rules.TABLES
        for cell, _ in row.content["tables"][table]
    ]

    def act(*, by: Member, quarter: str, line: str, asked_words: str) -> str:
        about, _, cell = line.partition(":")
        row = actions.ask_question(by=by, at=timezone.now(), quarter=quarter, words=asked_words, about=about, cell=cell)
        return f"{BACK}/questions/{row}"

    return record_page(
        request, questions("commissioning", "form_questions", "ask"), act, heading="Ask the force", press_words="Ask the force",
        choices={"quarter": quarters, "line": lines}, back=BACK, initial={"quarter": request.GET.get("quarter", "")},
    )  # fmt: skip


@page(VIEW)
def question(request: HttpRequest, gap_question_id: UUID) -> HttpResponse:
    """One question with its steps, and the next for whoever takes it."""
    member, now = member_of(request), timezone.now()
    row = next(iter(queries.questions(gap_question_id)), None)
    if row is None:
        raise Http404
    content = {each.quarter: each.content for each in queries.publications()}
    next_steps = [step for step in rules.NEXT[row.state] if (step in rules.OF_FORCE) == member.may(ANSWER)]
    step = next_steps[0] if next_steps and (member.may(ANSWER) or member.may(ASK)) else ""

    def act(*, by: Member, weeks: str = "", published_where: str = "", is_checked: bool = True, **answers: str) -> str:
        if not step:  # it is not their turn
            raise ConcurrentEdit(row)
        if not is_checked:
            raise NotChecked("Take out every name, and every number below five")
        more: dict[str, Any] = {"day": on(now) + timedelta(weeks=int(weeks)) if weeks else None, "where": published_where}
        actions.take_step(by=by, at=timezone.now(), question=row, step=step, words=answers[f"{step}_words"], **more)
        return request.path

    return record_page(
        request, questions("commissioning", "form_questions", step or "none"), act, heading="Question about gaps in support",
        back=f"{BACK}/questions", template="commissioning/question.jinja", steps=presenters.step_items(row), step=step,
        about=presenters.about_words(row, content.get(row.quarter, {})), quarter=row.quarter,
        next_step=presenters.next_words(row, now), press_words=rules.STEPS.get(step, ""), now=now,
        refusals={ConcurrentEdit: (None, CHANGED), NotChecked: ("is_checked", "")},
    )  # fmt: skip
