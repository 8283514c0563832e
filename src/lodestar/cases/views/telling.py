"""Who may see a safe address; and telling it to somebody outside, which one asks for and another decides."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from lodestar.accounts import queries as accounts
from lodestar.accounts.access import Member
from lodestar.accounts.door import page, typed
from lodestar.accounts.permissions import Permission
from lodestar.cases import access, actions
from lodestar.cases.access import tellings as may
from lodestar.cases.forms.disclosures import ApprovedTold, Decided
from lodestar.cases.forms.papers import Telling, Viewer
from lodestar.cases.forms.purposes import OtherUse
from lodestar.cases.forms.when import at_and_words
from lodestar.cases.models import AddressTelling
from lodestar.cases.presenters import tellings as words
from lodestar.cases.presenters.people import label, labels
from lodestar.cases.presenters.purposes import crossing_lines
from lodestar.cases.queries.crossings import crossings_of
from lodestar.cases.queries.people import named_viewers, reported_to
from lodestar.cases.queries.tellings import tellings_of
from lodestar.cases.rules.disclosures import APPROVED_FOR
from lodestar.cases.rules.purposes import ADDRESS, crossings
from lodestar.cases.views import by_two

MOST = 50
NOBODY = "No colleague who may see an address has the user name {}"


@page(Permission.ADDRESS_VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def viewers(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Who may be shown the safe address: naming one, taking one away, each with a reason."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    person = access.person_whose_viewers(member, person_id)
    named = named_viewers(person)
    form = Viewer(typed(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        reason, now = form.cleaned_data["reason"], timezone.now()
        gone = next((viewer for viewer in named if str(viewer) == request.POST.get("remove")), None)
        try:
            if gone is not None:
                actions.remove_viewer(by=member, at=now, person=person, viewer=gone, reason=reason)
                return redirect("person-address-viewers", person.id)
            other = form.cleaned_data["other"].strip().lower()
            found = accounts.named([other], Permission.ADDRESS_VIEW).get(other)
            if found is None:
                form.add_error("other", NOBODY.format(other) if other else "Write their user name")
            else:
                actions.name_viewer(by=member, at=now, person=person, viewer=found.user_id, reason=reason)
                return redirect("person-address-viewers", person.id)
        except actions.CannotChangeViewers as error:
            form.add_error("other", str(error))
    holder = "".join(reported_to(person).values())
    context = {"person": person, "name": label(person), "named": named, "holder": holder, "form": form}
    return render(request, "cases/address_viewers.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.ADDRESS_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def told(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Whom outside the address was told, asking that somebody is, and recording that somebody was. Never the address."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    person = access.person_for(member, person_id, Permission.ADDRESS_RECORD, viewed=request.method != "POST")
    form = Telling(typed(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        answers, now = form.cleaned_data, timezone.now()
        said = {name: answers[name] for name in ("recipient", "power", "use", "reason", "crossing")}
        if answers["happened"]:
            at, _ = at_and_words(answers["when"], now)
            actions.record_told_without(by=member, at=at, person=person, **said)
        else:
            actions.ask_to_tell(by=member, at=now, person=person, **said)
        return redirect("person-address-told", person.id)
    rows = tellings_of(person, MOST)
    waits = {row.id for row in rows if may.may_write_told(member, row)}
    opens = {row.id for row in rows if may.sees_why(member, row)} | waits
    context = {
        "person": person,
        "name": label(person),
        "form": form,
        "rows": words.lines(rows, opens, waits),
    }
    return render(request, "cases/address_told.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.ADDRESS_VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def telling(request: HttpRequest, telling_id: UUID) -> HttpResponse:
    """One of them: decided by a detective inspector who did not ask; then told, which whoever works the case writes."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    row, now = may.telling_for(member, telling_id), timezone.now()
    is_sent = request.method == "POST"
    if not is_sent:
        access.people_shown(member, [row.person_id], case=row.person.case)
    is_of_telling = "when" in request.POST
    decides = may.may_judge(member, row) and not is_of_telling and (row.decided_at is None or is_sent)
    tells = not decides and (may.may_tell if is_of_telling else may.may_write_told)(member, row)
    if is_sent and not (tells if is_of_telling else decides):
        raise Http404
    form = Decided(typed(request) if decides else None, auto_id="%s", happened=row.happened_without)
    told = ApprovedTold(typed(request), auto_id="%s", row=row, now=now) if tells else None
    if is_sent:
        if told and by_two.is_told(told, now, partial(_told, member, row)):
            return redirect("person-address-told", row.person_id)
        if not told and by_two.is_decided(form, partial(_decided, member, row, now)):
            return redirect("address-tellings")
        row = may.telling_for(member, telling_id)  # as a colleague left it meanwhile
    context = {
        "row": row,
        "name": label(row.person),
        "about": words.about(row),
        "stands": words.stands(row),
        "crossed": bool(row.use and crossings(ADDRESS, row.use)),
        "form": form if decides else None,
        "told": told,
        "lapsed": bool(row.decided_at and now >= row.decided_at + APPROVED_FOR),
        "sees_why": may.sees_why(member, row),
        "without": words.without(row),
    }
    return render(request, "cases/address_telling.jinja", context, status=422 if is_sent else 200)


def _told(member: Member, row: AddressTelling, at: datetime) -> None:
    actions.record_address_told(by=member, at=at, telling=row)


def _decided(member: Member, row: AddressTelling, now: datetime, approved: bool, because: str) -> None:
    actions.decide_telling(by=member, at=now, telling=row, approved=approved, because=because)


@page(Permission.ADDRESS_TELL_DECIDE)
@require_safe
def tellings(request: HttpRequest) -> HttpResponse:
    """What waits for a detective inspector to decide."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    rows = may.tellings_to_decide(member, MOST + 1)
    access.people_shown(member, [row.person_id for row in rows])
    names = labels([row.person for row in rows])
    context = {"rows": [(row, names[row.person_id]) for row in rows[:MOST]], "more": len(rows) > MOST}
    return render(request, "cases/address_tellings.jinja", context)


@page(Permission.ADDRESS_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def other_use(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Writing down that something of a person is used outside the purpose it was recorded for; and what was before."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    person = access.person_for(member, person_id, Permission.ADDRESS_RECORD, viewed=request.method != "POST")
    form = OtherUse(typed(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        at, _ = at_and_words(answers["when"], timezone.now())
        told = {name: answers[name] for name in ("use", "recipient", "power", "reason")}
        actions.record_crossings(by=member, at=at, people=[person], recorded_for=[answers["recorded_for"]], **told)
        return redirect("person-other-use", person.id)
    context = {
        "person": person,
        "name": label(person),
        "form": form,
        "rows": crossing_lines(crossings_of(person, MOST)),
    }
    return render(request, "cases/other_use.jinja", context, status=422 if request.method == "POST" else 200)
