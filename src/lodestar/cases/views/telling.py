"""Who may see a safe address; and telling it to somebody outside, which one asks for and another decides."""

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
from lodestar.cases.actions.tellings import APPROVED_FOR
from lodestar.cases.forms.papers import Telling, TellingDecided, Viewer
from lodestar.cases.forms.purposes import OtherUse
from lodestar.cases.forms.when import at_and_words
from lodestar.cases.presenters.people import label, labels
from lodestar.cases.presenters.purposes import crossing_lines, use_words
from lodestar.cases.queries.crossings import crossings_of
from lodestar.cases.queries.people import named_viewers, reported_to
from lodestar.cases.queries.tellings import tellings_of
from lodestar.cases.rules.purposes import ADDRESS, crossings

MOST = 50
NOBODY = "Nobody at work here who may see an address has the user name {}"


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
        words = {name: answers[name] for name in ("recipient", "power", "use", "reason", "crossing")}
        if answers["happened"]:
            at, _ = at_and_words(answers["when"], now)
            actions.record_told_without(by=member, at=at, person=person, **words)
        else:
            actions.ask_to_tell(by=member, at=now, person=person, **words)
        return redirect("person-address-told", person.id)
    rows = tellings_of(person, MOST)
    decides = access.may_decide_telling(member)
    context = {
        "person": person,
        "name": label(person),
        "form": form,
        "rows": [(row, use_words(row.use), decides or row.asked_by_id == member.user) for row in rows],
    }
    return render(request, "cases/address_told.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.ADDRESS_VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def telling(request: HttpRequest, telling_id: UUID) -> HttpResponse:
    """One of them: decided by a detective inspector who did not ask; then told, by the one who asked."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    row = access.telling_for(member, telling_id)
    now = timezone.now()
    if request.method != "POST":
        access.people_shown(member, [row.person_id], case=row.person.case)
    decides = access.may_decide_telling(member) and row.asked_by_id != member.user and row.decided_at is None
    tells = bool(row.asked_by_id == member.user and row.approved and row.told_at is None)
    holds = bool(row.decided_at and now - row.decided_at < APPROVED_FOR)
    form = TellingDecided(typed(request) if decides else None, auto_id="%s")
    if request.method == "POST":
        if not (decides or (tells and holds)):
            raise Http404
        try:
            if tells:
                actions.tell_address(by=member, at=now, telling=row)
                return redirect("person-address-told", row.person_id)
            if form.is_valid():
                approved = form.cleaned_data["approved"] == "yes"
                actions.decide_telling(
                    by=member, at=now, telling=row, approved=approved, because=form.cleaned_data["because"]
                )
                return redirect("address-tellings")
        except actions.NotApproved:
            return redirect("person-address-told", row.person_id)  # in another tab it was told meanwhile: there it says so
        except actions.CannotDecide as error:
            form.add_error(None, str(error))
    context = {
        "row": row,
        "name": label(row.person),
        "use": use_words(row.use),
        "crossed": bool(row.use and crossings(ADDRESS, row.use)),
        "form": form if decides else None,
        "tells": tells and holds,
        "lapsed": tells and not holds,
    }
    return render(request, "cases/address_telling.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.ADDRESS_TELL_DECIDE)
@require_safe
def tellings(request: HttpRequest) -> HttpResponse:
    """What waits for a detective inspector to decide."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    rows = access.tellings_to_decide(member, MOST + 1)
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
