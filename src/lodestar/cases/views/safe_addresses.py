"""The safe address: on a page of its own, to named people, each showing written down with its reason before it is seen."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from lodestar.accounts import queries as accounts
from lodestar.accounts.access import Member
from lodestar.accounts.door import page, typed, version_seen
from lodestar.accounts.permissions import Permission
from lodestar.cases import access, actions
from lodestar.cases.access import disclosures as may
from lodestar.cases.actions import AddressMeanwhile, learn_where, show_address
from lodestar.cases.forms.disclosures import OtherUse
from lodestar.cases.forms.fields import at_and_words
from lodestar.cases.forms.papers import Address, Look, Telling, Viewer
from lodestar.cases.models import AddressTelling, Person
from lodestar.cases.presenters import disclosures as words
from lodestar.cases.presenters.disclosures import crossing_lines
from lodestar.cases.presenters.people import label, labels
from lodestar.cases.queries.disclosures import crossings_of, tellings_of
from lodestar.cases.queries.people import address_viewers, addresses_written, named_viewers, reported_to, team_of
from lodestar.cases.rules.disclosures import ADDRESS, crossings
from lodestar.cases.views.disclosures import page_of_asked
from lodestar.design.when import moment
from lodestar.design.words import listed

SHOWN_WITHIN = timedelta(minutes=2)
MEANWHILE = (
    "{} recorded where they are, or how to contact them, at {}, while you were writing. It is on record but hidden "
    "here. Nothing is lost. If yours is right today, send it again: it goes before theirs."
)
NOT_NAMED_BY_YOU = " That does not add the people you chose: those who may see it now decide who else may."
SHOWN = "address_shown"  # in the session: whose address was asked for with a reason, and when. It is good once


@page(Permission.ADDRESS_VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Asks why, of those who are named; says whom to ask, to the others; takes a new address from anyone on the case."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    person = access.person_for(member, person_id, Permission.ADDRESS_VIEW, viewed=request.method != "POST")
    if request.method == "POST":
        is_new = "address" in request.POST or "contact" in request.POST
        return _record(request, member, person) if is_new else _look(request, member, person)
    sent = typed(request)
    if (sent is not None and "reason" not in sent) or request.GET.get("new") or not address_viewers(person):
        return _new_page(request, member, person)
    return _page(request, member, person, look=Look(sent, auto_id="%s"))


def _look(request: HttpRequest, member: Member, person: Person) -> HttpResponse:
    """Writes the look down; the page that shows the address opens once, by the session and not by an address."""
    access.may_see_address_or_404(member, person)
    form = Look(request.POST, auto_id="%s")
    if not form.is_valid():
        return _page(request, member, person, look=form, status=422)
    now = timezone.now()
    show_address(by=member, at=now, person=person, reason=form.cleaned_data["reason"])
    request.session[SHOWN] = {"person": str(person.id), "at": now.isoformat()}
    return redirect(f"/people/{person.id}/address/shown")


@page(Permission.ADDRESS_VIEW)
@require_GET
def shown(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The address, once. Whoever comes back is asked again."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    person = access.person_for(member, person_id, Permission.ADDRESS_VIEW)
    access.may_see_address_or_404(member, person)
    asked = request.session.pop(SHOWN, None)
    now = timezone.now()
    if not asked or asked["person"] != str(person.id) or now - datetime.fromisoformat(asked["at"]) > SHOWN_WITHIN:
        return redirect(f"/people/{person.id}/address")
    context = {"person": person, "name": label(person), "held": access.addresses_of(member, person), "now": now}
    return render(request, "cases/address_shown.jinja", context)


def _team(member: Member, person: Person) -> list[tuple[UUID, str]]:
    """The others who work the case."""
    team = team_of(person.case, timezone.now())
    return list({row.user_id: (row.user_id, row.user.name) for row in team if row.user_id != member.user}.values())


def _new_form(sent: Any, member: Member, person: Person) -> Address:
    may_name = access.may_name_viewers(member, person)
    return Address(sent, auto_id="%s", team=_team(member, person), may_name=may_name)


def _new_page(
    request: HttpRequest, member: Member, person: Person, form: Address | None = None, note: str = "", status: int = 200
) -> HttpResponse:
    """The form for another address. With a note it is drawn anew: a colleague may have come to be who names the others.

    What is written is counted before anything else is read of it: who writes between the two is told of when this is sent.
    """
    seen, written = version_seen(typed(request)), addresses_written(person)
    version = written if note or seen is None else seen
    new = form or _new_form(typed(request), member, person)
    return _page(request, member, person, new=new, version=version, note=note, status=status)


def _record(request: HttpRequest, member: Member, person: Person) -> HttpResponse:
    if not member.may(Permission.ADDRESS_RECORD):
        raise Http404
    form = _new_form(request.POST, member, person)
    if form.is_valid():
        told = form.cleaned_data
        usernames = told.get("others", "").split()
        found = accounts.named(usernames, Permission.ADDRESS_VIEW)
        unknown = [name for name in usernames if name.lower() not in found]
        if unknown:
            form.add_error("others", f"No colleague who may see an address has the user name {listed(unknown)}")
        else:
            try:
                is_told = learn_where(
                    by=member,
                    at=timezone.now(),
                    person=person,
                    address=told["address"].strip(),
                    contact=told["contact"].strip(),
                    viewers=[*(UUID(viewer) for viewer in told.get("viewers", ())), *(row.user_id for row in found.values())],
                    seen=version_seen(request.POST),
                )
            except AddressMeanwhile as meanwhile:
                theirs = meanwhile.theirs
                note = MEANWHILE.format(theirs.recorded_by.name, moment(theirs.recorded_at, timezone.now()))
                if (told.get("viewers") or usernames) and not access.may_name_viewers(member, person):
                    note += NOT_NAMED_BY_YOU
                return _new_page(request, member, person, note=note, status=422)
            if is_told:
                return redirect(f"/record/{person.case_id}/met?then=person&who={person.id}")
            return redirect(f"/people/{person.id}")
    return _new_page(request, member, person, form, status=422)


def _page(
    request: HttpRequest,
    member: Member,
    person: Person,
    *,
    look: Look | None = None,
    new: Address | None = None,
    version: int | None = None,
    note: str = "",
    status: int = 200,
) -> HttpResponse:
    viewers = address_viewers(person)
    context = {
        "person": person,
        "name": label(person),
        "look": look if look and member.user in viewers else None,
        "new": new,
        "version": version,
        "note": note,
        "is_held": bool(viewers),
        "may_change": access.may_change_viewers(member, person),
        "may_name": access.may_name_viewers(member, person),
        "named": listed(list(viewers.values())),
    }
    return render(request, "cases/address.jinja", context, status=status)


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
        "rows": words.address_lines(rows, opens, waits),
    }
    return render(request, "cases/address_told.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.ADDRESS_VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def telling(request: HttpRequest, telling_id: UUID) -> HttpResponse:
    """One of them, to decide or to write down as told."""
    by: Member = request.member  # type: ignore[attr-defined]  # the door sets it

    def decide(row: AddressTelling, at: datetime, approved: bool, because: str) -> None:
        actions.decide_telling(by=by, at=at, telling=row, approved=approved, because=because)

    def tell(row: AddressTelling, at: datetime) -> None:
        actions.record_address_told(by=by, at=at, telling=row)

    return page_of_asked(
        request, AddressTelling, telling_id, template="cases/address_telling.jinja", decide=decide, tell=tell,
        leads_to=("person-address-told", "address-tellings"), shown=_telling_shown,
    )  # fmt: skip


def _telling_shown(row: AddressTelling) -> dict[str, Any]:
    return {
        "about": words.address_about(row),
        "stands": words.address_stands(row),
        "crossed": bool(row.use and crossings(ADDRESS, row.use)),
        "without": words.address_without(row),
    }


@page(Permission.ADDRESS_TELL_DECIDE)
@require_safe
def tellings(request: HttpRequest) -> HttpResponse:
    """What waits for a detective inspector to decide."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    rows = may.to_decide(member, AddressTelling, MOST + 1)
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
