"""Suspects of a case, one suspect with what happened, and a release with the victims to inform."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from lodestar.casework.cases.access import case_for, or_404, people_shown
from lodestar.casework.cases.presenters import label, labels
from lodestar.casework.contact_promises.presenters import by_when
from lodestar.casework.safe_addresses.queries import contact_gates
from lodestar.casework.suspects import access, actions, presenters, queries
from lodestar.casework.suspects.forms import SuspectForm
from lodestar.casework.suspects.rules import TAKE_BACK
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page
from lodestar.platform.registers.presenters import own_lines
from lodestar.platform.registers.views import row_page
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit


@page(Permission.CASE_VIEW)
def case_suspects(request: HttpRequest, reference: str) -> HttpResponse:
    """The suspects of a case, and those of its people who can be recorded as one."""
    member, now, is_sent = member_of(request), timezone.now(), request.method == "POST"
    needed = Permission.INVESTIGATION_RECORD if is_sent else Permission.CASE_VIEW
    case = case_for(member, reference, needed, viewed=not is_sent)
    or_404(case if getattr(case, "is_theirs", True) else None)
    people = queries.not_recorded(case)
    if is_sent:
        person = or_404(next((person for person in people if str(person.id) == request.POST.get("person")), None))
        person.case = case
        return redirect("suspect", actions.record_suspect(by=member, at=now, person=person).id)
    rows = list(access.suspects_seen(member).filter(person__case=case).prefetch_related("releases").order_by("person__number"))
    people_shown(member, [row.person_id for row in rows], case=case)
    names = labels(people) if member.may(Permission.INVESTIGATION_RECORD) else {}
    context = {"case": case, "names": names, **own_lines(presenters.SUSPECTS, rows, now)}
    return render(request, "suspects/case.jinja", context)


@page(Permission.CASE_VIEW)
def suspect(request: HttpRequest, suspect_id: UUID) -> HttpResponse:
    """One suspect: bail and its clock, officers, releases, everything that happened, and what happens next."""
    row = access.suspect_for(member_of(request), suspect_id, viewed=request.method != "POST")
    back = reverse("case-suspects", args=[row.person.case.reference])

    def act(*, to: str, **moved: Any) -> None:
        actions.take_back_step(**moved) if to == TAKE_BACK else actions.move_suspect(to=to, **moved)

    return row_page(
        request, presenters.SUSPECTS, row, act, back=back, form_class=SuspectForm,
        template="suspects/suspect.jinja", more={"who": label(row.person), "case": row.person.case},
    )  # fmt: skip


@page(Permission.CASE_VIEW)
def release(request: HttpRequest, suspect_release_id: UUID) -> HttpResponse:
    """A release: every possible victim, in which way, by whom and by when they are informed, and their safety plan."""
    member, now, is_sent = member_of(request), timezone.now(), request.method == "POST"
    row = access.release_for(member, suspect_release_id, viewed=not is_sent)
    if is_sent:
        or_404(member.may(Permission.INVESTIGATION_RECORD) or None)
        if "add" in request.POST:
            actions.add_victims(by=member, at=now, release=row, people=queries.not_informed(row))
            return redirect(request.path)
        with suppress(ConcurrentEdit):  # the page says that it happened, or was cancelled already
            actions.cancel_release(by=member, at=now, release=row)
        return redirect(request.path)
    promises = queries.to_inform([row.id])
    gates = contact_gates(promise.person_id for promise in promises)
    people_shown(member, [promise.person_id for promise in promises], case=row.suspect.person.case)
    context = {
        "row": row,
        "case": row.suspect.person.case,
        "who": label(row.suspect.person),
        "cell": presenters.release_cell(row),
        "uninformed": presenters.uninformed(promises, row, gates, now),
        "victims": [(promise, label(promise.person), gates[promise.person_id], by_when(promise, now)) for promise in promises],
        "missing": labels(queries.not_informed(row)).values() if not row.cancelled_at else (),
        "may_record": member.may(Permission.INVESTIGATION_RECORD),
        "may_cancel": member.may(Permission.INVESTIGATION_RECORD) and not row.happened_at and not row.cancelled_at,
    }
    return render(request, "suspects/release.jinja", context)
