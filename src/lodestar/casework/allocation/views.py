"""Giving a case to a detective; recording that somebody else has it; a detective inspector's authority."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.allocation import access, actions, presenters, queries
from lodestar.casework.allocation.forms import Authority, ConflictForm, Owner
from lodestar.casework.allocation.models import Allocation
from lodestar.casework.allocation.rules.ranking import Investigator, Ranked, circumstances, needs_of, policies, rank
from lodestar.casework.cases.access import case_for, people_of, visible
from lodestar.casework.cases.models import Case
from lodestar.casework.investigations.actions import NotAllowed
from lodestar.casework.investigations.presenters import wanted
from lodestar.casework.ledger.queries.facts import encounters
from lodestar.casework.services.rules.records import language_names
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.models import Membership
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import on_duty
from lodestar.platform.accounts.request_flow import page, submitted_or_draft, version_seen
from lodestar.platform.design.forms.fields import at_and_words
from lodestar.platform.design.when import moment, on, short_day
from lodestar.platform.obligations.encounter_reading import reading
from lodestar.platform.settings.queries import settings_in_force
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.text.ids import id_in
from lodestar.platform.text.sorting import sort_key
from lodestar.platform.text.text_normalise import whole_number

SHOWN = 20
GIVEN = 10


@page(Permission.CASE_ALLOCATE, only="GET")
def allocation(request: HttpRequest) -> HttpResponse:
    """The cases that wait for a detective in the order of the policy, and hand-overs that are late."""
    member, now = member_of(request), timezone.now()
    rows, start = queries.waiting(member, now), whole_number(request.GET.get("from", ""))
    context = {
        "cases": presenters.to_allocate(rows[start : start + SHOWN]),
        "how_many": len(rows),
        "next": start + SHOWN if len(rows) > start + SHOWN else 0,
        "late": queries.unacknowledged(acknowledge_by__lt=now).filter(visible(member, "case__"))[:SHOWN],
        "set": settings_in_force().on(on(now)),
        "now": now,
    }
    return render(request, "allocation/allocation.jinja", context)


@page(Permission.CASE_ALLOCATE)
def allocate(request: HttpRequest, reference: str) -> HttpResponse:
    """A named detective, accredited that day; or, when somebody below has it already, that this has happened."""
    member = member_of(request)
    case = case_for(member, reference, Permission.CASE_ALLOCATE, viewed=request.method != "POST")
    asked = _Asked(request, case, Owner(submitted_or_draft(request)), "allocation/allocate.jinja")
    if request.method != "POST":
        return asked.render_page()
    act = actions.record_happened_without if "happened" in request.POST else actions.allocate
    return asked.post(act, "case-allocate")


@page(Permission.ALLOCATION_AUTHORISE)
def authority(request: HttpRequest, reference: str) -> HttpResponse:
    """A detective inspector's reasoned authority, for 24 hours."""
    member = member_of(request)
    case = access.case_to_authorise(member, reference, viewed=request.method != "POST")
    asked = _Asked(request, case, Authority(submitted_or_draft(request)), "allocation/authority.jinja")
    return asked.render_page() if request.method != "POST" else asked.post(actions.give_authority, "case-authority")


@page(Permission.CASE_VIEW)
def acknowledge(request: HttpRequest, reference: str) -> HttpResponse:
    """The new owner acknowledges a case that was handed over."""
    member = member_of(request)
    case = case_for(member, reference, Permission.CASE_VIEW, viewed=request.method != "POST")
    row = queries.unacknowledged(case=case, owner=member.user).first()
    if row is None:
        raise Http404
    if request.method == "POST":
        actions.acknowledge(by=member, at=timezone.now(), case=case)
        return redirect("case", case.reference)
    return render(request, "allocation/acknowledge.jinja", {"case": case, "row": row, "now": timezone.now()})


@page(Permission.CASE_VIEW)
def conflicts(request: HttpRequest, reference: str) -> HttpResponse:
    """Conflicts of interest in a case: recording one, and that one has ended. For detectives and crime allocation."""
    member, now = member_of(request), timezone.now()
    if not (member.may(Permission.CASE_ALLOCATE) or member.may(Permission.INVESTIGATION_RECORD)):
        raise Http404
    case = case_for(member, reference, Permission.CASE_VIEW, viewed=request.method != "POST")
    rows = list(queries.open_conflicts(case))
    ended = id_in(request.POST.get("end", ""))
    form = ConflictForm(submitted_or_draft(request), auto_id="%s")
    if ended:
        for row in rows:
            if row.id == ended:
                actions.end_conflict(by=member, at=now, row=row)
        return redirect("case-conflicts", case.reference)
    if request.method == "POST" and form.is_valid() and (colleague := _written_in(form, on(now))):
        reason = form.cleaned_data["reason"]
        actions.record_conflict(by=member, at=now, case=case, user=colleague.user_id, reason=reason)
        return redirect("case-conflicts", case.reference)
    context = {"case": case, "form": form, "rows": rows, "now": now}
    return render(request, "allocation/conflicts.jinja", context, status=422 if request.method == "POST" else 200)


class _Listed:
    """Everybody who might take the case, ranked, and a page of those whom the form is about."""

    def __init__(self, request: HttpRequest, now: datetime, case: Case, *, below: bool) -> None:
        people, settings = people_of(case), settings_in_force()
        read = reading(encounters([case], persons=people)[case.id], settings)
        codes, self.unmatched = queries.languages_of(people)
        needs = replace(needs_of(read, codes), day=on(now))
        self.languages = [language_names()[code] for code in codes]
        self.ranked = rank(needs, queries.investigators(case, now))
        self.gravity = presenters.gravity(queries.gravity_of_reading(read, people, now), circumstances(read))
        listed = [each for each in self.ranked if not (below and each.meets["pip2"])]
        start = whole_number(request.GET.get("from", ""))
        self.some = listed[start : start + SHOWN]
        self.next = start + SHOWN if len(listed) > start + SHOWN else 0


class _Asked:
    """One request about who is to have one case."""

    def __init__(self, request: HttpRequest, case: Case, form: Owner, template: str) -> None:
        self.request, self.case, self.form, self.template = request, case, form, template
        self.member = member_of(request)
        self.now = timezone.now()
        self.note, self.below = "", ""
        self.seen = version_seen(submitted_or_draft(request))

    @cached_property
    def listed(self) -> _Listed:
        """Those to choose from, read once."""
        return _Listed(self.request, self.now, self.case, below=isinstance(self.form, Authority))

    def render_page(self, status: int = 200) -> HttpResponse:
        """The page, with who has the case now and who had it before."""
        listed, is_authority = self.listed, isinstance(self.form, Authority)
        first = next((str(each.investigator.key) for each in listed.ranked[:1] if each.can and not is_authority), "")
        self.form.offer([(str(each.investigator.key), each.investigator.name) for each in listed.some], first)
        if isinstance(self.form, Authority):
            pip2 = [each.investigator for each in listed.ranked if each.meets["pip2"]]
            self.form.offer_supervisors([(str(each.key), each.name) for each in sorted(pip2, key=lambda who: sort_key(who.name))])
        rows = queries.allocations_of(self.case)
        duty = on_duty("inspector", self.now, self.case.unit_id) if self.below else None
        context = {
            "case": self.case,
            "form": self.form,
            "version": len(rows) if self.seen is None else self.seen,
            "holding": presenters.holding(self.case, rows, self.now),
            "given": [presenters.given(row, self.member.user, self.now) for row in rows[:GIVEN]],
            "authorities": sum(row.kind == "authority" for row in rows),
            "owed": wanted(queries.allocation_owed(self.case), self.now)[:1],
            "hints": presenters.hints(listed.some),
            "listed": listed,
            "policies": policies(on(self.now)),
            "note": self.note,
            "below": self.below,
            "inspector": duty.user.name if duty else "",
            "may_authorise": access.may_authorise(self.member),
            "now": self.now,
        }
        return render(self.request, self.template, context, status=status)

    def post(self, act: Callable[..., Allocation], onward: str) -> HttpResponse:
        """Takes the form to the action, and what the action will not take back to the form."""
        form = self.form
        if not form.is_valid():
            return self.render_page(422)
        at, words = at_and_words(form.cleaned_data["at"], self.now)
        colleague = self._owner(at)
        if colleague is None:
            return self.render_page(422)
        owner, name = colleague.user_id, colleague.user.name
        details: dict[str, Any] = {"reason": form.cleaned_data["reason"], "words": words}
        if isinstance(form, Authority):
            details["supervised_by"] = id_in(form.cleaned_data["supervised_by"])
        elif act is actions.allocate:
            details |= {"ranked": self._place(owner, name), "override": form.cleaned_data["override"]}
        try:
            act(by=self.member, at=at, case=self.case, owner=owner, seen=self.seen or 0, **details)
        except actions.BelowPip2:
            self.below = f"{name} is not recorded as PIP2 on {short_day(at, self.now)}"
        except actions.NotNamed as refusal:
            may = Permission.ALLOCATION_AUTHORISE if isinstance(form, Authority) else Permission.CASE_ALLOCATE
            self.case = case_for(self.member, self.case.reference, may, viewed=False)  # nothing here, for who is not named
            form.add_error("somebody" if form.cleaned_data["somebody"] else "owner", str(refusal))
        except NotAllowed as not_yet:
            form.add_error("reason" if not form.cleaned_data["reason"].strip() else None, str(not_yet))
        except ConcurrentEdit as meanwhile:
            theirs, self.seen = meanwhile.theirs, None  # the writer is shown theirs now
            self.note = (
                f"{theirs.owner.name} was given this case by {theirs.by.name} at {moment(theirs.recorded_at, self.now)}, while "
                "you were writing. Nothing is lost. If yours is still right, send it again."
            )
        else:
            return redirect(onward, self.case.reference)
        return self.render_page(422)

    def _place(self, owner: UUID, name: str) -> Ranked:
        """The place of whoever was chosen; after everybody for whoever is not in the ranking."""
        ranked = self.listed.ranked
        unranked = Ranked(Investigator(name), len(ranked) + 1, False, {}, ("Not in the ranking.",))
        return next((each for each in ranked if each.investigator.key == owner), unranked)

    def _owner(self, at: datetime) -> Membership | None:
        """Who was chosen: somebody written in by name stands before one of the list. None for nobody, as the form then says."""
        if self.form.cleaned_data["somebody"]:
            return _written_in(self.form, on(at))
        chosen = id_in(self.form.cleaned_data["owner"])
        colleague = queries.colleague(chosen, on(at)) if chosen else None
        if colleague is None:
            self.form.add_error("owner", "Choose someone from the list, or write who it is")
        return colleague


NOBODY = "No one working that day is called “{}”. Write the name in full, or the user name"
SEVERAL = "“{}” is the name of more than one colleague. Write the user name"


def _written_in(form: forms.Form, day: date) -> Membership | None:
    """The colleague who is written in by name; None for nobody and for several, which the form then says."""
    people = queries.colleague_named(form.cleaned_data["somebody"], day)
    if len(people) == 1:
        return people[0]
    form.add_error("somebody", (SEVERAL if people else NOBODY).format(form.cleaned_data["somebody"]))
    return None
