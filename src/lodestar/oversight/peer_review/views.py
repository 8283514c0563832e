"""Pages of peer reviews: planning, the sample and its cases, themes, findings and what follows, the report."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lodestar.oversight.deep_dives.presenters import material_of
from lodestar.oversight.peer_review import access, actions, presenters, queries, rules
from lodestar.oversight.peer_review.access import DO, MANAGE
from lodestar.oversight.peer_review.forms import OwnMoveForm
from lodestar.oversight.plan.rules import DOMAINS, FOUR_P
from lodestar.oversight.requirements.evidence import KINDS
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import called_at_work
from lodestar.platform.accounts.request_flow import page, version_seen
from lodestar.platform.audit.actions import audit
from lodestar.platform.design.when import day
from lodestar.platform.documents.made import KINDS as FILES
from lodestar.platform.documents.saved import document_file
from lodestar.platform.questionnaires.views import questions, record_page
from lodestar.platform.registers.views import CHANGED, list_page, row_page
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.text.ids import id_in

FORM = "peer_review/form.jinja"


def _asked(request: HttpRequest, act: Callable[..., Any], section: str, **more: Any) -> HttpResponse:
    """A page with one small form: its questions are a section of a dated list, and it knows which version was seen."""
    refusals = {actions.Refused: (None, ""), ConcurrentEdit: (None, CHANGED)}
    more = {"back": "/peer-reviews", "refusals": refusals, "template": FORM, "version": None} | more
    return record_page(request, more.pop("asked", None) or questions(rules.APP, "questions", section), act, **more)


def _seen(request: HttpRequest) -> int:
    return version_seen(request.POST) or 0


@page(MANAGE, besides=DO, only="GET")
def reviews(request: HttpRequest) -> HttpResponse:
    """The peer reviews; a reviewer sees their own."""
    latest = queries.latest(timezone.now())
    words = f"Plan a peer review{f' (the next is due {day(latest.next_due)})' if latest else ''}"
    may_plan = member_of(request).may(MANAGE)
    return list_page(request, replace(presenters.REVIEWS, links=((words, "/peer-reviews/new"),) if may_plan else ()))


@page(MANAGE)
def plan(request: HttpRequest, peer_review_id: UUID | None = None) -> HttpResponse:
    """Planning a review, or changing its scope, days and reviewer."""
    review = access.review_for(member_of(request), peer_review_id) if peer_review_id else None
    by_name = {str(review.reviewer_id): review.reviewer.name} if review and review.reviewer else {}

    def act(*, by: Member, reviewer: str, **facts: Any) -> str:
        facts |= {"review": review, "seen": _seen(request), "reviewer": id_in(reviewer)}
        row = actions.plan_review(by=by, at=timezone.now(), **facts)
        return f"/peer-reviews/{row.id}"

    names = ("remit", "asked_force", "asked_name", "first", "last", "reviewer_id")
    initial = {name.removesuffix("_id"): str(getattr(review, name) or "") for name in names} if review else {}
    return _asked(
        request, act, "plan", heading="Change the peer review" if review else "Plan a peer review", initial=initial,
        choices={"reviewer": (by_name | access.possible_reviewers()).items()}, version=review and review.version,
        back=f"/peer-reviews/{review.id}" if review else "/peer-reviews",
    )  # fmt: skip


@page(MANAGE, besides=DO)
def review(request: HttpRequest, peer_review_id: UUID) -> HttpResponse:
    """One review: what is reviewed, the sample by number for its reviewer, themes, findings, areas of the one before."""
    member = member_of(request)
    row = access.review_for(member, peer_review_id)
    kind, findings, former = actions.whose(member, row), list(queries.findings_of(row)), queries.former_of(row)
    before = presenters.finding_cells(queries.findings_of(former), rules.AREA) if former else []
    more = {
        "kind": kind, "themes": presenters.theme_cells(row), "former": before,
        "sample": presenters.sample_words(row) if member.may(MANAGE) else "",
        "cases": list(access.sample_seen(member).filter(review=row).values_list("number", flat=True)),
        "found": [(name, presenters.finding_cells(findings, code)) for code, name in rules.KINDS.items()],
        "theme_headings": presenters.THEME_HEADINGS, "area_headings": presenters.AREA_HEADINGS,
    }  # fmt: skip
    register = replace(presenters.REVIEWS, changes=DO if kind == rules.PEER else MANAGE)
    return row_page(
        request, register, row, actions.move_review, back="/peer-reviews", form_class=OwnMoveForm, more=more,
        template="peer_review/review.jinja", refusals={actions.Refused: (None, "")},
    )  # fmt: skip


@page(MANAGE)
def sample(request: HttpRequest, peer_review_id: UUID) -> HttpResponse:
    """Drawing the sample of a review."""
    row = access.review_for(member_of(request), peer_review_id)

    def act(*, by: Member, sample_size: str, **days: Any) -> None:
        actions.draw_sample(by=by, at=timezone.now(), review=row, seen=_seen(request), size=int(sample_size), **days)

    say = "The seed is chosen by chance and stored. Sealed cases are only counted. The reviewer sees each case by its number."
    return _asked(request, act, "sample", heading="Draw the sample", say=say, version=row.version, back=f"/peer-reviews/{row.id}")


@page(DO, only="GET")
def case(request: HttpRequest, peer_review_id: UUID, number: int) -> HttpResponse:
    """The material of a case of the sample, part by part, for its reviewer alone."""
    drawn = access.case_for(member_of(request), peer_review_id, number)
    here = f"/peer-reviews/{peer_review_id}/cases/{number}"
    context = material_of(drawn.case, request.GET, here, timezone.now(), is_masked=True)
    return render(request, "peer_review/case.jinja", {"drawn": drawn, **context})


@page(MANAGE, besides=DO)
def theme(request: HttpRequest, peer_review_id: UUID, theme: str) -> HttpResponse:
    """One theme: the force’s own assessment with its evidence, the reviewer’s beside it, and a form for whoever writes now."""
    member, now = member_of(request), timezone.now()
    row = access.review_for(member, peer_review_id)
    kind, of = actions.whose(member, row), request.GET.get("of", "measure")
    if theme not in rules.THEMES or (request.method == "POST" and not kind):
        raise Http404
    mine, cited = row.assessed.get(kind, {}).get(theme, {}), queries.cited(row, [theme], now)[theme]
    offered = [(f"{of}:{key}", label) for key, label in KINDS[of].choices()] if kind == rules.OWN and of in KINDS else []

    def act(*, by: Member, cited: Any = (), cite: str = "", **answers: Any) -> str:
        citations = {"cited": list(dict.fromkeys([*cited, *filter(None, [cite])]))} if kind == rules.OWN else {}
        actions.assess(by=by, at=now, review=row, theme=theme, answers=answers | citations, seen=_seen(request))
        return request.get_full_path() if cite else f"/peer-reviews/{row.id}"

    nav = [{"label": each.name, "href": f"?of={each.code}", "current": each.code == of} for each in KINDS.values()]
    shown = [(f"{each.kind}:{each.key}", f"{each.title}: {each.words}") for each in cited]
    return _asked(
        request, act, "", asked=rules.theme_questions(row.questions, theme, kind), heading=rules.THEMES[theme],
        back=f"/peer-reviews/{row.id}", template="peer_review/theme.jinja", kind=kind, initial=mine, version=row.version,
        choices={"cited": shown, "cite": offered} if kind == rules.OWN else {}, cells=presenters.score_cells(row, theme),
        headings=presenters.THEME_HEADINGS, said=[presenters.remark(row, who, theme) for who in (rules.OWN, rules.PEER)],
        cited=cited, nav=nav,
    )  # fmt: skip


@page(DO)
def new_finding(request: HttpRequest, peer_review_id: UUID) -> HttpResponse:
    """Recording good practice or an area for development."""
    member = member_of(request)
    row = access.review_for(member, peer_review_id)
    cases = {str(drawn.number): drawn for drawn in access.sample_seen(member).filter(review=row)}

    def act(*, by: Member, finding_kind: str, drawn: str, **facts: Any) -> None:
        facts |= {"kind": finding_kind, "drawn": cases.get(drawn)}
        actions.record_finding(by=by, at=timezone.now(), review=row, **facts)

    choices = {"theme": rules.THEMES.items(), "drawn": [(number, f"Case {number}") for number in cases]}
    return _asked(request, act, "finding", heading="Add a finding", choices=choices, back=f"/peer-reviews/{row.id}")


@page(MANAGE, besides=DO)
def finding(request: HttpRequest, peer_finding_id: UUID) -> HttpResponse:
    """One finding and what follows from it; the reviewer of the next review judges whether an area is better."""
    member = member_of(request)
    row = access.finding_for(member, peer_finding_id)
    may_take = member.may(MANAGE) and row.state in ("open", "not_taken") and row.review.reported_at
    mine, other = (DO, MANAGE) if member.may(DO) else (MANAGE, DO)
    changes = mine if actions.moves_of(member, row) else other  # without a move there is no form
    sees_review = access.reviews_seen(member).filter(id=row.review_id).exists()
    return row_page(
        request, replace(presenters.FINDINGS, changes=changes), row, actions.move_finding, form_class=OwnMoveForm,
        back=f"/peer-reviews/{row.review_id}" if sees_review else "/peer-reviews", template="peer_review/finding.jinja",
        more={"may_take": may_take, "may_reword": actions.is_author(member, row)}, refusals={actions.Refused: (None, "")},
    )  # fmt: skip


@page(DO)
def reword(request: HttpRequest, peer_finding_id: UUID) -> HttpResponse:
    """Putting the words of a finding right, until the review is handed in."""
    row = access.finding_for(member_of(request), peer_finding_id)
    asked = questions(rules.APP, "questions", "finding")

    def act(*, by: Member, words: str) -> None:
        actions.reword_finding(by=by, at=timezone.now(), finding=row, seen=_seen(request), words=words)

    return _asked(
        request, act, "", asked=replace(asked, questions=tuple(each for each in asked.questions if each.code == "words")),
        heading="Change the finding", initial={"words": str(row.words)}, version=row.version,
        back=f"/peer-reviews/findings/{row.id}",
    )  # fmt: skip


@page(MANAGE)
def take(request: HttpRequest, peer_finding_id: UUID) -> HttpResponse:
    """Taking an area into the plan, as an item with an owner and a day."""
    row = access.finding_for(member_of(request), peer_finding_id)

    def act(*, by: Member, whose: str, **facts: Any) -> None:
        colleague = called_at_work(whose, Permission.SIGNED_IN)
        if colleague is None:
            raise actions.Refused("colleague")
        actions.take_area(by=by, at=timezone.now(), finding=row, seen=_seen(request), owner=colleague.user_id, **facts)

    return _asked(
        request, act, "take", heading="Take it into the plan", say=str(row.words), version=row.version,
        choices={"domain": DOMAINS.items(), "four_p": FOUR_P.items()}, back=f"/peer-reviews/findings/{row.id}",
    )  # fmt: skip


@page(MANAGE, besides=DO, only="GET")
def report(request: HttpRequest, peer_review_id: UUID, kind: str) -> HttpResponse:
    """The report as PDF or Word, without cases and names."""
    member, now = member_of(request), timezone.now()
    row = access.review_for(member, peer_review_id)
    if kind not in FILES:
        raise Http404
    former, cited = queries.former_of(row), queries.cited(row, rules.THEMES, now)
    audit("peer.report_saved", by=member, at=now, subject=str(row.id), fields=[kind])
    findings = list(queries.findings_of(row)), list(queries.findings_of(former)) if former else []
    document = presenters.paper(row, *findings, cited, now)
    return document_file(request, document, kind, f"peer-review-{row.first}")
