"""Telling Immigration Enforcement of somebody: proposing it, deciding it, and writing down that it has happened."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from lodestar.accounts.access import Member
from lodestar.accounts.door import page, typed
from lodestar.accounts.permissions import Permission
from lodestar.cases import access, actions
from lodestar.cases.access import disclosures as may
from lodestar.cases.forms.disclosures import Disclosure, DisclosureDecided
from lodestar.cases.forms.when import at_and_words
from lodestar.cases.models import Person
from lodestar.cases.presenters import disclosures as words
from lodestar.cases.presenters.people import label, labels
from lodestar.cases.queries.disclosures import disclosures_of, how_many
from lodestar.cases.rules.disclosures import APPROVED_FOR

MOST = 50
MEANWHILE = (
    "Somebody wrote something down about this person and immigration since you opened the page. Read it below, and save again"
    " if yours is another"
)


@page(Permission.IMMIGRATION_TELL)
@require_http_methods(["GET", "HEAD", "POST"])
def disclosure_new(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Proposing that immigration is told of a person, recording that they were, and what was before."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    person = access.person_for(member, person_id, Permission.IMMIGRATION_TELL, viewed=request.method != "POST")
    form = Disclosure(typed(request), auto_id="%s")
    many = how_many(person)
    if request.method == "POST" and form.is_valid():
        if _is_news(request, form, many):
            form.add_error(None, MEANWHILE)
        else:
            _write(member, person, form)
            return redirect("person-immigration", person.id)
    rows = disclosures_of(person, MOST)
    context = {
        "person": person,
        "name": label(person),
        "form": form,
        "seen": many,
        "rows": words.lines(rows, member.user, decides=may.may_decide(member)),
    }
    return render(request, "cases/immigration.jinja", context, status=422 if request.method == "POST" else 200)


def _is_news(request: HttpRequest, form: Disclosure, many: int) -> bool:
    """Whether a colleague wrote something down since a proposal was begun. What has happened waits for nothing."""
    seen = request.POST.get("seen", "")
    return not form.cleaned_data["happened"] and seen.isdecimal() and int(seen) != many


def _write(member: Member, person: Person, form: Disclosure) -> None:
    told, now = form.cleaned_data, timezone.now()
    said = actions.Words(
        **{name: told[name] for name in ("way", "recipient", "power", "purposes", "parts", "what", "reason")}
    )
    if told["happened"]:
        at, _ = at_and_words(told["when"], now)
        actions.record_disclosed(by=member, at=at, person=person, words=said)
    else:
        actions.propose_disclosure(by=member, at=now, person=person, words=said)


@page(Permission.IMMIGRATION_TELL)
@require_http_methods(["GET", "HEAD", "POST"])
def disclosure(request: HttpRequest, disclosure_id: UUID) -> HttpResponse:
    """One of them: decided by a detective inspector who did not propose it; then told, by the one who did."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    row = may.disclosure_for(member, disclosure_id)
    now = timezone.now()
    if request.method != "POST":
        access.people_shown(member, [row.person_id], case=row.person.case)
    judges = may.may_decide(member) and row.asked_by_id != member.user
    decides = judges and (row.decided_at is None or request.method == "POST")
    waits = bool(row.asked_by_id == member.user and row.approved and row.told_at is None)
    holds = bool(row.decided_at and now - row.decided_at < APPROVED_FOR)
    form = DisclosureDecided(typed(request) if decides else None, auto_id="%s", happened=row.happened_without)
    if request.method == "POST":
        if not (decides or (waits and holds)):
            raise Http404
        try:
            if waits:
                actions.tell_as_approved(by=member, at=now, disclosure=row)
                return redirect("person-immigration", row.person_id)
            if form.is_valid():
                approved, because = form.cleaned_data["approved"] == "yes", form.cleaned_data["because"]
                actions.decide_disclosure(by=member, at=now, disclosure=row, approved=approved, because=because)
                return redirect("immigration")
        except actions.NotApproved:
            return redirect("person-immigration", row.person_id)  # in another tab it was told meanwhile: there it says so
        except actions.CannotDecide as error:
            form.add_error(None, str(error))
            row = may.disclosure_for(member, disclosure_id)  # as a colleague left it meanwhile
    context = {
        "row": row,
        "name": label(row.person),
        "way": words.AS_WAY[row.way],
        "about": words.about(row),
        "parts": words.parts(row),
        "stands": words.stands(row),
        "form": form if decides else None,
        "tells": waits and holds,
        "lapsed": waits and not holds,
    }
    return render(request, "cases/immigration_one.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.IMMIGRATION_DECIDE)
@require_safe
def disclosures(request: HttpRequest) -> HttpResponse:
    """What waits for a detective inspector: what is proposed, and what went without."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    rows = may.disclosures_to_decide(member, MOST + 1)
    access.people_shown(member, [row.person_id for row in rows])
    names = labels([row.person for row in rows])
    context = {"rows": [(row, names[row.person_id], words.AS_WAY[row.way]) for row in rows[:MOST]], "more": len(rows) > MOST}
    return render(request, "cases/immigration_waits.jinja", context)
