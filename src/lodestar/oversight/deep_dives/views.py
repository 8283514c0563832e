"""Pages of deep dives: drawing and giving, reviewing a case, results and disputes, findings, and the report."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.oversight.deep_dives import access, actions, presenters, queries
from lodestar.oversight.deep_dives.forms import SectionForm
from lodestar.oversight.deep_dives.models import DeepDive
from lodestar.oversight.deep_dives.queries import material
from lodestar.oversight.deep_dives.rules import questions as rules
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import ROLES, Permission
from lodestar.platform.accounts.queries import called_at_work
from lodestar.platform.accounts.request_flow import page, submitted_or_draft, version_seen
from lodestar.platform.audit.actions import audit
from lodestar.platform.design.when import on
from lodestar.platform.documents.made import KINDS as FILES
from lodestar.platform.documents.saved import document_file
from lodestar.platform.questionnaires.views import questions, record_page
from lodestar.platform.registers.views import CHANGED, list_page, row_page
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.time.days import add_months

DRAW, REVIEW, FIGURES = Permission.DEEP_DIVE_DRAW, Permission.DEEP_DIVE_REVIEW, Permission.FIGURE_VIEW
QUARTERS, EACH, OPEN_QUARTER = 6, presenters.EACH, ", not over: its later cases can never be drawn"


def _asked(request: HttpRequest, act: Callable[..., Any], form: str = "", **more: Any) -> HttpResponse:
    """A page with one small form, or with none but a button: its questions are a section of a dated list."""
    refusals = {actions.Refused: (None, ""), ConcurrentEdit: (None, CHANGED)}
    asked = questions(rules.APP, "form_questions", form or "none")
    more = {"heading": "", "back": "/deep-dives", "refusals": refusals} | more
    return record_page(request, asked, act, **more, press_words=more["heading"] or "Save")


@page(Permission.SIGNED_IN, only="GET")
def deep_dives(request: HttpRequest) -> HttpResponse:
    """The deep dives so far, the latest first; each reviewer sees those in which they have a case."""
    member = member_of(request)
    if not (member.may(FIGURES) or member.may(REVIEW)):
        raise Http404
    page_of = "" if member.may(DRAW) or member.may(REVIEW) else "/report"
    rows = [row for row in access.dives_seen(member).order_by("-first")[:EACH] if row.completed_at or not page_of]
    dives = [(row, presenters.quarter_words(row), f"/deep-dives/{row.id}{page_of}") for row in rows]
    return render(request, "deep_dives/list.jinja", {"dives": dives, "may_draw": member.may(DRAW)})


@page(DRAW)
def draw(request: HttpRequest) -> HttpResponse:
    """Drawing the deep dive of a quarter."""
    now = timezone.now()
    today = on(now)
    some = [rules.quarter_of(add_months(today.replace(day=1), -3 * back)) for back in range(QUARTERS)]
    quarters = {quarter.first.isoformat(): quarter for quarter in some}

    def act(*, by: Member, quarter: str, reason: str) -> str:
        return f"/deep-dives/{actions.draw_deep_dive(by=by, at=now, period=quarters[quarter], reason=reason).id}"

    words = {code: presenters.quarter_words(row) + OPEN_QUARTER * (row.last >= today) for code, row in quarters.items()}
    choices = {"quarter": list(words.items())}
    return _asked(request, act, "draw", heading="Draw a deep dive", choices=choices, say=presenters.ABOUT_DRAWING)


@page(Permission.SIGNED_IN, only="GET")
def deep_dive(request: HttpRequest, dive_id: UUID) -> HttpResponse:
    """The cases of a deep dive with who marks them and how far; a reviewer sees their own."""
    member = member_of(request)
    dive, may_draw = access.dive_for(member, dive_id), member.may(DRAW)
    own = access.own_reviews(member).filter(drawn__dive=dive).order_by("drawn__number")
    if not (may_draw or own):
        raise Http404
    cases = list(queries.drawn_cases(dive)) if may_draw else []
    context = {
        "dive": dive, "title": presenters.quarter_words(dive), "may_draw": may_draw, "own": own,
        "cases": presenters.case_cells(dive, cases, queries.reviews_of(cases)), "strata": presenters.strata_words(dive),
        "disputes": queries.disputes_of(cases), "works": sum(case.drawer_works for case in cases),
    }  # fmt: skip
    return render(request, "deep_dives/dive.jinja", context)


@page(DRAW)
def close(request: HttpRequest, dive_id: UUID) -> HttpResponse:
    """Closing a deep dive, once every review is submitted and every dispute settled."""
    dive = access.dive_for(member_of(request), dive_id)

    def act(*, by: Member) -> str:
        actions.complete(by=by, at=timezone.now(), dive=dive)
        return f"/deep-dives/{dive.id}/report"

    reviews, disputes = queries.left_to_do(dive)
    say = f"Reviews to submit: {reviews}. Disputes to settle: {disputes}. The numbers of the report stay as they are then."
    return _asked(request, act, heading="Close the deep dive", say=say, back=f"/deep-dives/{dive.id}")


@page(DRAW)
def give(request: HttpRequest, dive_id: UUID, number: int) -> HttpResponse:
    """Giving one marking of a case to a reviewer: who may not is named with the reason."""
    drawn = access.drawn_for(member_of(request), dive_id, number)
    reviewers = access.Reviewers([drawn.case])
    before = list(drawn.reviews.values_list("reviewer_id", flat=True))
    why = {user: rules.REFUSALS.get(reviewers.refusal(user, drawn.case, before), "") for user in reviewers.members}
    choices = {
        "marking": [("1", "First"), ("2", "Second")][: 2 if drawn.is_twice else 1],
        "reviewer": [(str(user), ": ".join(filter(None, (name, why[user])))) for user, name in reviewers.members.items()],
    }

    def act(*, by: Member, marking: str, reviewer: str) -> None:
        actions.give_case(by=by, at=timezone.now(), drawn=drawn, reviewer=UUID(reviewer), marking=int(marking))

    caption = f"{drawn.case.reference}, case {number} of the sample"
    return _asked(request, act, "give", heading="Give it to a reviewer", choices=choices, caption=caption,
                  back=f"/deep-dives/{dive_id}")  # fmt: skip


@page(REVIEW)
def case(request: HttpRequest, dive_id: UUID, number: int) -> HttpResponse:
    """The material of a case, part by part, and how far its questions are answered. Sending it submits the marking."""
    now, here = timezone.now(), f"/deep-dives/{dive_id}/cases/{number}"
    part = presenters.part_of(request.GET)
    review = access.review_for(member_of(request), dive_id, number, viewed="" if request.method == "POST" else part)
    left = set(actions.unanswered(review))
    sections = [(letter, name, sum(code.startswith(letter) for code in left)) for letter, name in rules.SECTIONS.items()]

    def act(*, by: Member) -> str:
        actions.submit_review(by=by, at=now, review=review)
        return here

    return _asked(
        request, act, template="deep_dives/case.jinja", review=review, number=number, dive=review.drawn.dive, left=len(left),
        sections=sections, **presenters.material_of(review.drawn.case, request.GET, here, now),
    )  # fmt: skip


@page(REVIEW)
def section(request: HttpRequest, dive_id: UUID, number: int, letter: str) -> HttpResponse:
    """The questions of one section, those filled in that records answer, with where from."""
    member, now, is_sent = member_of(request), timezone.now(), request.method == "POST"
    here, letters = f"/deep-dives/{dive_id}/cases/{number}", list(rules.SECTIONS)
    review = access.review_for(member, dive_id, number, viewed="" if is_sent else "questions")
    drawn, every = review.drawn, rules.items_of(review.drawn.dive.version)
    items = [item for item in every if item.section == letter]
    if not items or review.submitted_at:
        raise Http404
    from_records = material.answers_from_records(drawn.case, items, now)
    opened = access.parts_opened(review) if is_sent and from_records else set()
    blank, stored = rules.blank_questions(drawn.dive.seed, drawn.case.reference, every), queries.answers_of(review)
    form = SectionForm(
        submitted_or_draft(request), auto_id="%s", items=items, stored=stored, from_records=from_records, blank=blank,
        opened=opened,
    )  # fmt: skip
    if is_sent and form.is_valid():
        try:
            seen = version_seen(request.POST) or 0
            actions.save_section(by=member, at=now, review=review, items=items, answers=form.answers(), seen=seen)
            following = letters[letters.index(letter) + 1 :][:1]
            return redirect(f"{here}/questions/{following[0]}" if following else here)
        except ConcurrentEdit:
            form.add_error(None, CHANGED)
    context = {"form": form, "review": review, "number": number, "title": rules.SECTIONS[letter], "here": here}
    return render(request, "deep_dives/section.jinja", context, status=422 if is_sent else 200)


@page(REVIEW)
def conflict(request: HttpRequest, dive_id: UUID, number: int) -> HttpResponse:
    """Declaring a conflict of interest: the case goes to another reviewer."""
    review = access.review_for(member_of(request), dive_id, number)

    def act(*, by: Member, why: str) -> None:
        actions.declare_conflict(by=by, at=timezone.now(), review=review, why=why)

    say = "The case goes to another reviewer, and you do not see it any more."
    return _asked(request, act, "conflict", heading="Declare a conflict of interest", say=say)


@page(Permission.CASE_VIEW)
def result(request: HttpRequest, dive_id: UUID, number: int) -> HttpResponse:
    """The grade of a case and every answer that is not Met, for its owner and their supervisor; they may dispute one."""
    member, now = member_of(request), timezone.now()
    drawn = access.result_for(member, dive_id, number)
    review, may_dispute = queries.counted_review(drawn), access.may_dispute(member, drawn)
    if review is None:
        raise Http404
    answers, until = queries.answers_of(review), actions.can_dispute_until(review)
    items = [item for item in rules.items_of(drawn.dive.version) if answers[item.code]["answer"] != rules.MET]
    if request.method != "POST":
        audit("dives.result_viewed", by=member, at=now, case=drawn.case_id, subject=str(review.id))

    def act(*, by: Member, question: str, because: str) -> str:
        if not may_dispute:
            raise actions.Refused("not_theirs")
        actions.dispute_answer(by=by, at=now, drawn=drawn, question=question, because=because)
        return request.path

    return _asked(
        request, act, "dispute", template="deep_dives/result.jinja", drawn=drawn, grade=rules.GRADES[drawn.grade],
        lines=presenters.answer_cells(items, answers, drawn.disputes.all()), until=until,
        choices={"question": [(item.code, f"{item.code}. {item.words}") for item in items]},
        may_dispute=may_dispute and on(now) <= until and not drawn.dive.completed_at,
    )  # fmt: skip


@page(DRAW)
def dispute(request: HttpRequest, dispute_id: UUID) -> HttpResponse:
    """Settling a dispute: which answer counts, and why."""
    row = access.dispute_for(member_of(request), dispute_id)

    def act(*, by: Member, counts: str, grounds: str) -> None:
        actions.settle_dispute(by=by, at=timezone.now(), dispute=row, answer=counts, reason=grounds)

    review = queries.counted_review(row.drawn)
    say = presenters.dispute_words(row, queries.answers_of(review) if review else {})
    return _asked(request, act, "settle", heading="Settle a dispute", say=say, back=f"/deep-dives/{row.drawn.dive_id}")


@page(Permission.SIGNED_IN, only="GET")
def findings(request: HttpRequest) -> HttpResponse:
    """The findings that the member sees; `training_role` narrows them to needs of training."""
    return list_page(request, presenters.FINDINGS)


@page(Permission.SIGNED_IN)
def finding(request: HttpRequest, finding_id: UUID) -> HttpResponse:
    """One finding: its action, what became of it, and whether a later deep dive found it better."""
    row = access.finding_for(member_of(request), finding_id)
    refusals: dict[type[Exception], tuple[str | None, str]] = {actions.Refused: ("because", rules.REFUSALS["evidence"])}
    return row_page(request, presenters.FINDINGS, row, actions.move_finding, back="/deep-dives/findings", refusals=refusals)


@page(DRAW)
def new_finding(request: HttpRequest, dive_id: UUID) -> HttpResponse:
    """Recording a finding and who acts on it."""
    dive = access.dive_for(member_of(request), dive_id)
    cases = {str(drawn.number): drawn for drawn in queries.drawn_cases(dive)}
    choices = {
        "topic": [(item.code, f"{item.code}. {item.words}") for item in rules.items_of(dive.version)],
        "drawn": [(number, f"Case {number}") for number in cases],
        "training_role": [(role.code, role.name) for role in ROLES.values()],
    }

    def act(*, by: Member, topic: str, drawn: str, owner: str, **facts: Any) -> None:
        colleague = called_at_work(owner, Permission.SIGNED_IN)
        if colleague is None:
            raise actions.Refused("colleague")
        facts |= {"dive": dive, "drawn": cases.get(drawn), "question": topic, "owner": colleague.user_id}
        actions.record_finding(by=by, at=timezone.now(), **facts)

    return _asked(request, act, "finding", heading="Add a finding and its action", choices=choices, back=f"/deep-dives/{dive.id}")


def _report(member: Member, dive_id: UUID) -> tuple[DeepDive, Any, list[presenters.Table]]:
    dive = access.dive_for(member, dive_id)
    if not (member.may(DRAW) or dive.completed_at):
        raise Http404
    numbers, former = queries.numbers_of(dive), queries.former_of(dive)
    tables = [presenters.section_table(numbers), *presenters.group_tables(numbers)]
    tables.append(presenters.action_table(queries.findings_of(dive)))
    if former is not None:
        shares = queries.shares_of(queries.numbers_of(former)), queries.shares_of(numbers)
        tables.append(presenters.re_audit_table(queries.findings_of(former), *shares))
    return dive, numbers, [table for table in tables if table.rows]


@page(FIGURES, only="GET")
def report(request: HttpRequest, dive_id: UUID) -> HttpResponse:
    """The report of a deep dive, a part at a time: a plot of its sections with the sums, comparisons, and each section."""
    member, part = member_of(request), request.GET.get("part", "")
    dive, numbers, tables = _report(member, dive_id)
    parts = {"": "Summary", "groups": "Comparisons", **{letter: letter for letter in rules.SECTIONS}}
    part = part if part in parts else ""
    if part in rules.SECTIONS:
        shown = [presenters.question_table(dive, numbers, part)]
    else:
        shown = [table for table in tables if (table.title in presenters.COMPARISONS) == bool(part)]
    context = {
        "dive": dive, "title": presenters.quarter_words(dive), "sample": presenters.sample_words(dive, numbers),
        "bars": [] if part else presenters.section_bars(numbers), "tables": shown, "may_draw": member.may(DRAW),
        "nav": [{"label": label, "href": f"?part={code}", "current": code == part} for code, label in parts.items()],
    }  # fmt: skip
    return render(request, "deep_dives/report.jinja", context)


@page(FIGURES, only="GET")
def report_file(request: HttpRequest, dive_id: UUID, kind: str) -> HttpResponse:
    """The report as PDF or Word, without names."""
    member, now = member_of(request), timezone.now()
    if kind not in FILES:
        raise Http404
    dive, numbers, tables = _report(member, dive_id)
    audit("dives.report_saved", by=member, at=now, subject=str(dive.id), fields=[kind])
    document = presenters.paper(dive, numbers, tables, now)
    return document_file(request, document, kind, f"deep-dive-{dive.first}")
