"""The crime number of a victim, and reviews of the investigation."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.cases.access import case_for, people_of, person_for
from lodestar.casework.cases.presenters import labels, with_age
from lodestar.casework.investigations import actions, presenters, queries
from lodestar.casework.investigations.actions import SharedNumber, record_crime
from lodestar.casework.investigations.forms import CrimeNumber, Directions
from lodestar.casework.investigations.rules.duties import of_review
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft, version_seen
from lodestar.platform.design.forms.fields import at_and_words
from lodestar.platform.design.when import moment, on
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit

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
    answers = queries.answers_to_directions([case.id])
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
    now, is_sent = timezone.now(), request.method == "POST"
    if is_sent and form.is_valid():
        answers = {name: form.cleaned_data[name] for name in ("number", "why_not")}
        at, words = at_and_words(form.cleaned_data["at"], now)
        may_share = form.cleaned_data["same_number"]
        try:
            record_crime(by=member, at=at, person=person, kind=form.kind, words=words, may_share=may_share, **answers)
            return redirect("person-crime", person.id)
        except SharedNumber as shared:  # two with one number is asked about, and then taken
            who = labels(people_of(person.case))[shared.theirs.person_id]
            form.add_error("same_number", f"{who} has this number too. Each victim has a separate crime")
    people = [each for each in people_of(person.case) if each.id == person.id or "possible_victim" in each.roles]
    rows = queries.crimes_of([each.id for each in people])
    names = labels(people)
    latest = {row.person_id: presenters.crime_in_short(row) for row in sorted(rows, key=lambda row: row.kind == "recorded")}
    context = {
        "person": person,
        "case": person.case,
        "who": with_age(person, on(person.case.encountered_at)),
        "form": form,
        "may_copy": "possible_victim" in person.roles and member.may(Permission.GIVE_OUT),
        "recorded": [presenters.crime(row, member.user, now) for row in rows if row.person_id == person.id],
        "others": [(each.id, names[each.id], latest.get(each.id, "")) for each in people if each.id != person.id][:20],
    }
    return render(request, "investigations/crime.jinja", context, status=422 if is_sent else 200)
