"""Pages of the plan: its register, one item with milestones and changes, its picture, and the plan on paper as at any day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lodestar.oversight.measures.forms import Which
from lodestar.oversight.plan import actions, presenters, rules
from lodestar.oversight.plan.access import EDIT, VIEW, item_for, may_change, milestone_for
from lodestar.oversight.plan.queries import MEASURE, changes_of, items_as_at
from lodestar.oversight.requirements.evidence import KINDS
from lodestar.oversight.requirements.queries import requirements_on
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import called_at_work
from lodestar.platform.accounts.request_flow import page, version_seen
from lodestar.platform.audit.actions import audit
from lodestar.platform.design.when import on
from lodestar.platform.design.words import shortened
from lodestar.platform.documents.made import KINDS as FILES
from lodestar.platform.documents.saved import document_file
from lodestar.platform.questionnaires.views import questions, record_page
from lodestar.platform.registers.views import CHANGED, list_page, row_page
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.text.ids import id_in

NUMBERS = ("baseline", "target")


def _asked(request: HttpRequest, act: Callable[..., Any], *sections: str, **more: Any) -> HttpResponse:
    """A page that asks the questions of these sections."""
    asked = [questions("plan", "form_questions", section) for section in sections]
    together = replace(asked[0], questions=tuple(question for each in asked for question in each.questions))
    refusals: Any = {actions.Refused: (None, ""), ConcurrentEdit: (None, CHANGED)}
    return record_page(request, together, act, refusals=refusals, **more)


def _choices() -> dict[str, Any]:
    return {"domain": rules.DOMAINS.items(), "four_p": rules.FOUR_P.items(), "measure": KINDS[MEASURE].choices()}


def _columns(answers: dict[str, Any], due_before: date | None = None) -> dict[str, Any]:
    """What was answered as the columns of an item, which was due on a day before. Raises Refused where it would end before it
    begins, and for a new day by which it is due that is past."""
    if answers["due_on"] not in (None, due_before) and answers["due_on"] < on(timezone.now()):
        raise actions.Refused("The day by which it is due is past: give a day that is still to come")
    if answers["starts_on"] and answers["starts_on"] > answers["due_on"]:
        raise actions.Refused("It is due before it begins")
    return answers | {name: float(answers[name]) if answers[name] else None for name in NUMBERS}


@page(Permission.SIGNED_IN, only="GET")
def plan(request: HttpRequest) -> HttpResponse:
    """The items of the plan that the member sees."""
    return list_page(request, replace(presenters.ITEMS, links=presenters.links(member_of(request))))


@page(EDIT)
def new_item(request: HttpRequest) -> HttpResponse:
    """Adding an item and giving it to its owner; from a recommendation that it answers, with its words and requirement."""
    now, answers_to = timezone.now(), id_in(request.GET.get("recommendation", ""))
    served = [(str(row.id), f"{row.code}. {shortened(row.text, 60)}") for row in requirements_on(on(now))]

    def act(*, by: Member, owner: str, requirement: str, **answers: Any) -> str:
        colleague = called_at_work(owner, Permission.SIGNED_IN)
        if colleague is None:
            raise actions.Refused("No colleague at work has this name")
        serves = [UUID(requirement)] if requirement else []
        answers |= {"source": rules.RECOMMENDATION, "source_key": str(answers_to)} if answers_to else {}
        item = actions.record_item(by=by, at=now, owner=colleague.user_id, requirements=serves, **_columns(answers))
        return f"/plan/{item.id}"

    initial = {name: request.GET.get(name, "") for name in ("title", "requirement")}
    choices, back = _choices() | {"requirement": served}, f"/recommendations/{answers_to}" if answers_to else "/plan"
    return _asked(request, act, "item", "new", heading="Add an item to the plan", choices=choices, back=back, initial=initial)


@page(Permission.SIGNED_IN)
def item(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """One item: its status with the reason, its milestones and its changes. Its owner says here how far it is."""
    member, now = member_of(request), timezone.now()
    row = item_for(member, item_id)
    may, steps = may_change(member, row), items_as_at(now, [row])[0].milestones
    milestones, changes = presenters.milestone_cells(steps, now, may_change=may), presenters.change_cells(changes_of(row))

    def act(**what: Any) -> None:
        actions.move_item(known_at=now, **what)

    refusals: dict[type[Exception], tuple[str, str]] = {actions.Refused: ("because", actions.EVIDENCE)}
    return row_page(
        request, presenters.ITEMS if may else replace(presenters.ITEMS, changes=EDIT), row, act, back="/plan",
        template="plan/item.jinja", more={"may_change": may, "milestones": milestones, "changes": changes}, refusals=refusals,
    )  # fmt: skip


@page(Permission.SIGNED_IN)
def change(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Changing an item, or setting its status where the rule is wrong, with the reason."""
    row = item_for(member_of(request), item_id, changes=True)

    def act(*, by: Member, reason: str, rag_override: str, **answers: Any) -> None:
        rag = {"rag_override": rag_override}
        if rag_override != row.rag_override:
            rag["rag_reason"] = reason if rag_override else ""
        seen = version_seen(request.POST) or 0
        actions.change_item(by=by, at=timezone.now(), item=row, seen=seen, reason=reason, **rag, **_columns(answers, row.due_on))

    return _asked(
        request, act, "item", "change", heading="Change the item", choices=_choices(), back=f"/plan/{row.id}",
        caption=f"Item {row.number}", row_version=row.version, initial=presenters.initial_of(row),
    )  # fmt: skip


@page(Permission.SIGNED_IN)
def add_milestone(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Adding a milestone to an item."""
    row = item_for(member_of(request), item_id, changes=True)

    def act(*, by: Member, step: str, step_due_on: date) -> None:
        seen = version_seen(request.POST) or 0
        actions.add_milestone(by=by, at=timezone.now(), item=row, seen=seen, title=step, due_on=step_due_on)

    return _asked(
        request, act, "milestone", heading="Add a milestone", back=f"/plan/{row.id}", caption=row.title, row_version=row.version
    )


@page(Permission.SIGNED_IN)
def milestone(request: HttpRequest, milestone_id: UUID) -> HttpResponse:
    """Recording that a milestone was met, or another day for it, with what shows it or why."""
    row, now = milestone_for(member_of(request), milestone_id), timezone.now()

    def act(*, by: Member, step: str, step_due_on: date, met_on: date | None, shown_by: str) -> None:
        if met_on and met_on > on(now):
            raise actions.Refused("The day on which it was met has not come yet")
        changes: Any = {"title": step, "due_on": step_due_on, "met_on": met_on, "seen": version_seen(request.POST) or 0}
        actions.change_milestone(by=by, at=now, milestone=row, reason=shown_by, **changes)

    initial = {"step": row.title, "step_due_on": row.due_on.isoformat(), "met_on": row.met_on.isoformat() if row.met_on else ""}
    return _asked(
        request, act, "milestone", "met", heading="Change a milestone", back=f"/plan/{row.item_id}", caption=row.item.title,
        row_version=row.item.version, initial=initial,
    )  # fmt: skip


@page(VIEW, only="GET")
def overview(request: HttpRequest) -> HttpResponse:
    """The plan by domain and status as at any day: a picture with its table, and the files to print."""
    form = Which(request.GET, now=timezone.now())
    items = items_as_at(form.asked.at)
    counts = presenters.domain_counts(items)
    context = {
        "form": form, "asked": form.asked, "bars": presenters.domain_bars(counts), "columns": presenters.DOMAIN_COLUMNS,
        "rows": presenters.domain_rows(counts),
    }  # fmt: skip
    return render(request, "plan/overview.jinja", context, status=200 if form.is_valid() else 422)


@page(VIEW, only="GET")
def plan_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The whole plan as PDF or Word, as it was at any moment."""
    now = timezone.now()
    if kind not in FILES:
        raise Http404
    at = Which(request.GET, now=now).asked.at
    audit("plan.saved", by=member_of(request), at=now, fields=[kind])
    return document_file(request, presenters.paper(items_as_at(at), at), kind, f"plan-{on(at)}")
