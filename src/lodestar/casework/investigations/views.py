"""The crime number of a victim; giving a case to a detective; recording that somebody else has it; a detective inspector's
authority."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.cases.access import case_for, people_of, person_for
from lodestar.casework.cases.models import Case, Person
from lodestar.casework.cases.presenters import labels, with_age
from lodestar.casework.cases.queries import named_alone
from lodestar.casework.investigations import access, actions, presenters, queries
from lodestar.casework.investigations.actions import SharedNumber, record_crime
from lodestar.casework.investigations.forms import Authority, CrimeNumber, Directions, Owner
from lodestar.casework.investigations.models import Allocation
from lodestar.casework.investigations.rules.policies import of_review
from lodestar.casework.ledger.queries.waiting_for_owner import gravity_of, waiting_for_owner
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import on_duty, on_shift
from lodestar.platform.accounts.request_flow import page, submitted_or_draft, version_seen
from lodestar.platform.design.forms.fields import at_and_words
from lodestar.platform.design.when import moment, on, short_day
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.text.ids import id_in
from lodestar.platform.text.text_normalise import one_line, whole_number

SHOWN = 20
GIVEN = 10


@page(Permission.CASE_ALLOCATE, only="GET")
def allocation(request: HttpRequest) -> HttpResponse:
    """The cases that wait for a detective: children, people held and those still exploited first."""
    member, now = member_of(request), timezone.now()
    rows, start = waiting_for_owner(member, now), whole_number(request.GET.get("from", ""))
    context = {
        "cases": presenters.to_allocate(rows[start : start + SHOWN]),
        "how_many": len(rows),
        "next": start + SHOWN if len(rows) > start + SHOWN else 0,
        "now": now,
    }
    return render(request, "investigations/allocation.jinja", context)


@page(Permission.CASE_ALLOCATE)
def allocate(request: HttpRequest, reference: str) -> HttpResponse:
    """A named detective, accredited that day; or, when somebody below has it already, that this has happened."""
    member = member_of(request)
    case = case_for(member, reference, Permission.CASE_ALLOCATE, viewed=request.method != "POST")
    asked = _Asked(request, case, Owner(submitted_or_draft(request)), "investigations/allocate.jinja")
    if request.method != "POST":
        return asked.render_page()
    act = actions.record_happened_without if "happened" in request.POST else actions.allocate
    return asked.post(act, "case-allocate")


@page(Permission.ALLOCATION_AUTHORISE)
def authority(request: HttpRequest, reference: str) -> HttpResponse:
    """A detective inspector's reasoned authority, for 24 hours."""
    member = member_of(request)
    case = access.case_to_authorise(member, reference, viewed=request.method != "POST")
    asked = _Asked(request, case, Authority(submitted_or_draft(request)), "investigations/authority.jinja")
    return asked.render_page() if request.method != "POST" else asked.post(actions.give_authority, "case-authority")


class _Listed:
    """The people to choose from: a page of those that fit, found by the words of the address."""

    def __init__(self, request: HttpRequest, now: datetime, case: Case, *, pip2: bool) -> None:
        named_owners = named_alone(case)
        self.find = one_line(request.GET.get("find", ""))[:80]
        detectives = queries.detectives(on(now), self.find)
        self.everyone = [detective for detective in detectives if named_owners is None or detective.user in named_owners]
        self.fitting = fitting = [detective for detective in self.everyone if detective.is_pip2 == pip2]
        after = request.GET.get("after", "")
        start = next((place + 1 for place, detective in enumerate(fitting) if str(detective.user) == after), 0)
        self.some = fitting[start : start + SHOWN]
        self.more = str(self.some[-1].user) if len(fitting) > start + SHOWN else ""
        self.is_long = len(fitting) > SHOWN or bool(self.find)


class _Asked:
    """One request about who is to have one case."""

    def __init__(self, request: HttpRequest, case: Case, form: Owner, template: str) -> None:
        self.request, self.case, self.form, self.template = request, case, form, template
        self.member = member_of(request)
        self.now = timezone.now()
        self.note, self.below = "", ""
        self.seen = version_seen(submitted_or_draft(request))

    def render_page(self, status: int = 200) -> HttpResponse:
        """The page, with who has the case now and who had it before."""
        listed = _Listed(self.request, self.now, self.case, pip2=not isinstance(self.form, Authority))
        self.form.offer(presenters.choices(listed.some))
        if isinstance(self.form, Authority):
            self.form.offer_supervisors(presenters.choices([detective for detective in listed.everyone if detective.is_pip2]))
        rows = queries.allocations_of(self.case)
        duty = on_duty("inspector", self.now, self.case.unit_id)
        context = {
            "case": self.case,
            "form": self.form,
            "version": len(rows) if self.seen is None else self.seen,
            "holding": presenters.holding(self.case, rows, self.now),
            "given": [presenters.given(row, self.member.user, self.now) for row in rows[:GIVEN]],
            "authorities": sum(row.kind == "authority" for row in rows),
            "owed": presenters.wanted(queries.allocation_owed(self.case), self.now)[:1],
            "hints": presenters.hints(listed.some, listed.fitting, on_shift([row.user for row in listed.some], self.now)),
            "gravity": presenters.gravity(gravity_of([self.case.id], self.now)[self.case.id]),
            "policies": presenters.policy_lines(self.now),
            "find": listed.find,
            "more": listed.more,
            "is_long": listed.is_long,
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
        owner, name = self._owner(at)
        if owner is None:
            return self.render_page(422)
        details: dict[str, Any] = {"reason": form.cleaned_data["reason"], "words": words}
        if isinstance(form, Authority):
            details["supervised_by"] = id_in(form.cleaned_data["supervised_by"])
        try:
            act(by=self.member, at=at, case=self.case, owner=owner, seen=self.seen or 0, **details)
        except actions.BelowPip2:
            self.below = f"{name} is not recorded as PIP2 on {short_day(at, self.now)}"
        except actions.NotNamed as refusal:
            may = Permission.ALLOCATION_AUTHORISE if isinstance(form, Authority) else Permission.CASE_ALLOCATE
            self.case = case_for(self.member, self.case.reference, may, viewed=False)  # nothing here, for who is not named
            form.add_error("somebody" if form.cleaned_data["somebody"] else "owner", str(refusal))
        except actions.NotAllowed as not_yet:
            form.add_error("reason" if not form.cleaned_data["reason"].strip() else None, str(not_yet))
        except ConcurrentEdit as meanwhile:
            self.note, self.seen = _concurrent_edit_note(meanwhile.theirs, self.now), None  # told now
        else:
            return redirect(onward, self.case.reference)
        return self.render_page(422)

    def _owner(self, at: datetime) -> tuple[UUID | None, str]:
        """Who was chosen: somebody written in by name stands before one of the list."""
        written = self.form.cleaned_data["somebody"]
        if written:
            matches = queries.colleague_named(written, on(at))
            if len(matches) == 1:
                return matches[0].user_id, matches[0].user.name
            self.form.add_error("somebody", NOBODY.format(written) if not matches else SEVERAL.format(written))
            return None, ""
        chosen = id_in(self.form.cleaned_data["owner"])
        colleague = queries.colleague(chosen, on(at)) if chosen else None
        if colleague is None:
            self.form.add_error("owner", "Choose someone from the list, or write who it is")
            return None, ""
        return colleague.user_id, colleague.user.name


NOBODY = "No one working that day is called “{}”. Write the name in full, or the user name"
SEVERAL = "“{}” is the name of more than one colleague. Write the user name"


def _concurrent_edit_note(theirs: Any, now: datetime) -> str:
    return (
        f"{theirs.owner.name} was given this case by {theirs.by.name} at {moment(theirs.recorded_at, now)}, while you were "
        "writing. Nothing is lost. If yours is still right, send it again."
    )


REVIEWS_SHOWN = 10


@page(Permission.INVESTIGATION_REVIEW)
def review(request: HttpRequest, reference: str) -> HttpResponse:
    """What is directed next. It answers every review that is overdue, and otherwise the next that is open."""
    member = member_of(request)
    case = case_for(member, reference, Permission.INVESTIGATION_REVIEW, viewed=request.method != "POST")
    form = Directions(submitted_or_draft(request), auto_id="%s")
    now, seen, note = timezone.now(), version_seen(submitted_or_draft(request)), ""
    if request.method == "POST" and form.is_valid():
        at, words = at_and_words(form.cleaned_data["at"], now)
        directions = form.cleaned_data["directions"]
        try:
            actions.review(by=member, at=at, case=case, directions=directions, seen=seen or 0, words=words)
            return redirect("case-review", case.reference)
        except actions.NotAllowed as not_yet:
            form.add_error("directions", str(not_yet))
        except ConcurrentEdit as meanwhile:
            theirs = meanwhile.theirs
            note = (
                f"{theirs.by.name} reviewed this at {moment(theirs.recorded_at, now)}, while you were writing. It is below. "
                "Nothing is lost. If yours is still right, send it again."
            )
    rows = queries.reviews_of(case)
    allocations, answers = queries.allocations_of(case), queries.answers_to_directions([case.id])
    context = {
        "case": case,
        "form": form,
        "version": len(rows) if note or seen is None else seen,
        "reviews": [
            presenters.reviewed(row, member.user, now, answers.get((case.id, of_review(row.number))))
            for row in rows[:REVIEWS_SHOWN]
        ],
        "owed": presenters.wanted(queries.review_owed(case), now)[:3],
        "next": queries.review_owed(case),
        "holding": presenters.holding(case, allocations, now),
        "note": note,
        "now": now,
    }
    return render(request, "investigations/review.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.CRIME_RECORD)
def crime(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One number for each possible victim of the case."""
    member = member_of(request)
    person = person_for(member, person_id, Permission.CRIME_RECORD, viewed=request.method != "POST")
    form = CrimeNumber(submitted_or_draft(request), auto_id="%s")
    if request.method != "POST":
        return _crime_shown(request, person, form)
    if not form.is_valid():
        return _crime_shown(request, person, form, status=422)
    at, words = at_and_words(form.cleaned_data["at"], timezone.now())
    try:
        record_crime(
            by=member,
            at=at,
            person=person,
            kind=form.kind,
            number=form.cleaned_data["number"],
            why_not=form.cleaned_data["why_not"],
            words=words,
            may_share=form.cleaned_data["same_number"],
        )
    except SharedNumber as shared:  # two with one number is asked about, and then taken
        who = labels(people_of(person.case))[shared.theirs.person_id]
        form.add_error("same_number", f"{who} has this number too. Each victim has a separate crime")
        return _crime_shown(request, person, form, status=422)
    return redirect("person-crime", person.id)


def _crime_shown(request: HttpRequest, person: Person, form: CrimeNumber, status: int = 200) -> HttpResponse:
    member = member_of(request)
    now = timezone.now()
    people = [
        case_person
        for case_person in people_of(person.case)
        if case_person.id == person.id or "possible_victim" in case_person.roles
    ]
    rows = queries.crimes_of([case_person.id for case_person in people])
    names = labels(people)
    latest = {row.person_id: presenters.crime_in_short(row) for row in sorted(rows, key=lambda row: row.kind == "recorded")}
    context = {
        "person": person,
        "case": person.case,
        "who": with_age(person, on(person.case.encountered_at)),
        "form": form,
        "may_copy": "possible_victim" in person.roles and member.may(Permission.GIVE_OUT),
        "recorded": [presenters.crime(row, member.user, now) for row in rows if row.person_id == person.id],
        "others": [
            (case_person.id, names[case_person.id], latest.get(case_person.id, ""))
            for case_person in people
            if case_person.id != person.id
        ][:20],
    }
    return render(request, "investigations/crime.jinja", context, status=status)
