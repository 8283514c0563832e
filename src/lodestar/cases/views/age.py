"""Finding out how old a person may be."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from lodestar.accounts.door import page, typed, version_seen
from lodestar.accounts.permissions import Permission
from lodestar.cases.access import people_of, person_for
from lodestar.cases.actions import StaleVersion, learn_of_person
from lodestar.cases.forms.age import Age
from lodestar.cases.models import Person
from lodestar.cases.presenters.people import age_words, labels
from lodestar.design.when import on

UNKNOWN = "unknown"


@page(Permission.DUTY_ANSWER)
@require_http_methods(["GET", "HEAD", "POST"])
def age(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The age, or bounds, with how it is known."""
    member = request.member  # type: ignore[attr-defined]  # put there by the door
    person = person_for(member, person_id, Permission.DUTY_ANSWER, viewed=request.method != "POST")
    form = Age(typed(request), initial=_initial(person), auto_id="%s")
    if request.method != "POST":
        return _shown(request, person, form)
    if not form.is_valid():
        return _shown(request, person, form, status=422)
    facts = form.cleaned_data | {"age_basis": form.cleaned_data["age_basis"] or UNKNOWN}
    try:
        is_told = learn_of_person(
            by=member, at=timezone.now(), person=person, version=_version(request, person), facts=facts
        )
    except StaleVersion as stale:
        return _shown(request, stale.theirs, form, clash=True, status=422)
    if is_told:
        return redirect(f"/record/{person.case_id}/met?then=now")
    return redirect(f"/cases/{person.case.reference}/do-now#establish_age")


def _version(request: HttpRequest, person: Person) -> int:
    """The version that the writer had before them."""
    seen = version_seen(typed(request))
    return person.version if seen is None else seen


def _initial(person: Person) -> dict[str, object]:
    return {
        "birth_date": person.birth_date,
        "age_min": person.age_min,
        "age_max": person.age_max,
        "age_basis": "" if person.age_basis == UNKNOWN else person.age_basis,
    }


def _shown(request: HttpRequest, person: Person, form: Age, *, clash: bool = False, status: int = 200) -> HttpResponse:
    day = on(person.case.encountered_at)
    context = {
        "person": person,
        "case": person.case,
        "who": labels(people_of(person.case))[person.id],
        "form": form,
        "clash": clash,
        "version": person.version if clash else _version(request, person),
        "theirs": age_words(person, day) or "not known",
    }
    return render(request, "cases/age.jinja", context, status=status)
