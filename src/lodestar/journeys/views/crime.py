"""The crime number of one victim, or why there is none."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from lodestar.accounts.door import page, typed
from lodestar.accounts.permissions import Permission
from lodestar.cases.access import people_of, person_for
from lodestar.cases.forms.when import at_and_words
from lodestar.cases.models import Person
from lodestar.cases.presenters.people import labels, with_age
from lodestar.design.when import on
from lodestar.investigations import presenters, queries
from lodestar.investigations.forms import CrimeNumber
from lodestar.journeys.crime_recorded import SharedNumber, record_crime


@page(Permission.CRIME_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def crime(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One number for each possible victim of the case."""
    member = request.member  # type: ignore[attr-defined]  # put there by the door
    person = person_for(member, person_id, Permission.CRIME_RECORD, viewed=request.method != "POST")
    form = CrimeNumber(typed(request), auto_id="%s")
    if request.method != "POST":
        return _shown(request, person, form)
    if not form.is_valid():
        return _shown(request, person, form, status=422)
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
        return _shown(request, person, form, status=422)
    return redirect("person-crime", person.id)


def _shown(request: HttpRequest, person: Person, form: CrimeNumber, status: int = 200) -> HttpResponse:
    member = request.member  # type: ignore[attr-defined]  # put there by the door
    now = timezone.now()
    people = [one for one in people_of(person.case) if one.id == person.id or "possible_victim" in one.roles]
    rows = queries.crimes_of([one.id for one in people])
    names = labels(people)
    latest = {row.person_id: presenters.crime_in_short(row) for row in sorted(rows, key=lambda row: row.kind == "recorded")}
    context = {
        "person": person,
        "case": person.case,
        "who": with_age(person, on(person.case.encountered_at)),
        "form": form,
        "is_victim": "possible_victim" in person.roles,
        "recorded": [presenters.crime(row, member.user, now) for row in rows if row.person_id == person.id],
        "others": [(one.id, names[one.id], latest.get(one.id, "")) for one in people if one.id != person.id][:20],
    }
    return render(request, "investigations/crime.jinja", context, status=status)
