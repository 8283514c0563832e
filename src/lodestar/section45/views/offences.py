"""What a person is suspected of: the list, and another one for it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from lodestar.accounts.door import page, typed
from lodestar.accounts.permissions import Permission
from lodestar.cases.access import person_for
from lodestar.cases.actions import record_offence
from lodestar.cases.models import Person
from lodestar.cases.presenters.people import with_age
from lodestar.design.when import on
from lodestar.recognition.rules.offences import WHERE, offences_on
from lodestar.section45 import presenters, queries
from lodestar.section45.forms import Offence

COLUMNS = ("act", "section", "title", "particulars", "on_from", "where", "stage")


@page(Permission.OFFENCE_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def offences(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What is recorded, each with its stage, its record and its outcomes; and the form for another act."""
    member = request.member  # type: ignore[attr-defined]  # put there by the door
    person = person_for(member, person_id, Permission.OFFENCE_RECORD, viewed=request.method != "POST")
    day = on(person.case.encountered_at)
    listed = [(one.code, one.words) for one in offences_on(day)]
    form = Offence(listed, typed(request), auto_id="%s", initial={"where": WHERE.get(person.case.nation, "")})
    if request.method != "POST":
        return _shown(request, person, form)
    if not form.is_valid():
        return _shown(request, person, form, 422)
    row = record_offence(by=member, at=timezone.now(), person=person, facts=_facts(form.cleaned_data, person))
    return redirect("person-offence", person.id, row.id)


def _facts(told: dict[str, Any], person: Person) -> dict[str, str]:
    """The columns of the act. What was picked is named as the list of the day names it."""
    facts = {name: told[name] for name in COLUMNS} | {"on_to": told["on_to"] or told["on_from"]}
    listed = offences_on(on(person.case.encountered_at))
    picked = next((one for one in listed if one.code == told["pick"]), None)
    if picked is not None:
        facts |= {"act": picked.act, "section": picked.section, "title": picked.title}
    return facts


def _shown(request: HttpRequest, person: Person, form: Offence, status: int = 200) -> HttpResponse:
    member = request.member  # type: ignore[attr-defined]  # put there by the door
    now, case = timezone.now(), person.case
    rows = list(queries.suspected_of(person))
    ids = [row.id for row in rows]
    context = {
        "person": person,
        "case": case,
        "who": with_age(person, on(case.encountered_at)),
        "listed": presenters.listed(
            rows, queries.owed_for(person), queries.latest_records(ids), queries.outcomes_of(ids), member.user, now
        ),
        "form": form,
    }
    return render(request, "section45/offences.jinja", context, status=status)
