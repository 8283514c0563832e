"""The safe address: on a page of its own, to named people, each showing written down with its reason before it is seen."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from lodestar.casework.cases.access import person_for
from lodestar.casework.cases.models import Person
from lodestar.casework.cases.presenters import label
from lodestar.casework.cases.queries import team_of
from lodestar.casework.safe_addresses import access, actions, queries
from lodestar.casework.safe_addresses.forms import Address, Look, Viewer
from lodestar.casework.safe_addresses.rules import CHANNELS, VOICEMAIL
from lodestar.platform.accounts import queries as accounts
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft, version_seen
from lodestar.platform.design.when import moment, on
from lodestar.platform.design.words import listed
from lodestar.platform.questionnaires.views import questions, record_page
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit

SHOWN_WITHIN = timedelta(minutes=2)
MEANWHILE = (
    "{} recorded where they are, at {}, while you were writing. It is on record but hidden "
    "here. Nothing is lost. If yours is right today, send it again: it goes before theirs."
)
NOT_NAMED_BY_YOU = " That does not add the people you chose: those who may see it now decide who else may."
SHOWN = "address_shown"  # in the session: whose address was asked for with a reason, and when. It is good once


@page(Permission.ADDRESS_VIEW)
def address(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Asks why, of those who are named; says whom to ask, to the others; takes a new address from anyone on the case."""
    member = member_of(request)
    person = person_for(member, person_id, Permission.ADDRESS_VIEW, viewed=request.method != "POST")
    if request.method == "POST":
        is_new = "address" in request.POST
        return _record(request, member, person) if is_new else _look(request, member, person)
    sent = submitted_or_draft(request)
    if (sent is not None and "reason" not in sent) or request.GET.get("new") or not queries.address_viewers(person):
        return _new_page(request, member, person)
    return _page(request, member, person, look=Look(sent, auto_id="%s"))


def _look(request: HttpRequest, member: Member, person: Person) -> HttpResponse:
    """Writes the look down; the page that shows the address opens once, by the session and not by an address."""
    access.may_see_address_or_404(member, person)
    form = Look(request.POST, auto_id="%s")
    if not form.is_valid():
        return _page(request, member, person, look=form)
    now = timezone.now()
    actions.show_address(by=member, at=now, person=person, reason=form.cleaned_data["reason"])
    request.session[SHOWN] = {"person": str(person.id), "at": now.isoformat()}
    return redirect(f"/people/{person.id}/address/shown")


@page(Permission.ADDRESS_VIEW)
@require_GET
def view_address(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The address, once. Whoever comes back is asked again."""
    member = member_of(request)
    person = person_for(member, person_id, Permission.ADDRESS_VIEW)
    access.may_see_address_or_404(member, person)
    asked = request.session.pop(SHOWN, None)
    now = timezone.now()
    if not asked or asked["person"] != str(person.id) or now - datetime.fromisoformat(asked["at"]) > SHOWN_WITHIN:
        return redirect(f"/people/{person.id}/address")
    context = {"person": person, "name": label(person), "held": access.addresses_of(member, person)}
    context["rule"] = next(iter(queries.rules_of(person, 1)), None)
    context["channels"], context["voicemail"] = CHANNELS, VOICEMAIL
    return render(request, "safe_addresses/address_shown.jinja", context)


def _team(member: Member, person: Person) -> list[tuple[UUID, str]]:
    """The others who work the case."""
    team = team_of(person.case, timezone.now())
    return list({row.user_id: (row.user_id, row.user.name) for row in team if row.user_id != member.user}.values())


def _new_form(sent: Any, member: Member, person: Person) -> Address:
    may_name = access.may_name_viewers(member, person)
    return Address(sent, auto_id="%s", team=_team(member, person), may_name=may_name)


def _new_page(request: HttpRequest, member: Member, person: Person, form: Address | None = None, note: str = "") -> HttpResponse:
    """The form for another address. With a note it is drawn anew: a colleague may have come to be who names the others.

    What is written is counted before anything else is read of it: who writes between the two is told of when this is sent.
    """
    seen, written = version_seen(submitted_or_draft(request)), queries.addresses_written(person)
    version = written if note or seen is None else seen
    new = form or _new_form(submitted_or_draft(request), member, person)
    return _page(request, member, person, new=new, version=version, note=note)


def _record(request: HttpRequest, member: Member, person: Person) -> HttpResponse:
    if not member.may(Permission.ADDRESS_RECORD):
        raise Http404
    form = _new_form(request.POST, member, person)
    if form.is_valid():
        answers = form.cleaned_data
        usernames = answers.get("others", "").split()
        colleagues = accounts.members_by_username(usernames, Permission.ADDRESS_VIEW)
        unknown = [name for name in usernames if name.lower() not in colleagues]
        if unknown:
            form.add_error("others", f"No colleague who may see an address has the user name {listed(unknown)}")
        else:
            try:
                is_told = actions.record_address(
                    by=member,
                    at=timezone.now(),
                    person=person,
                    address=answers["address"].strip(),
                    viewers=[
                        *(UUID(viewer) for viewer in answers.get("viewers", ())),
                        *(row.user_id for row in colleagues.values()),
                    ],
                    seen=version_seen(request.POST),
                )
            except ConcurrentEdit as meanwhile:
                theirs = meanwhile.theirs
                note = MEANWHILE.format(theirs.recorded_by.name, moment(theirs.recorded_at, timezone.now()))
                if (answers.get("viewers") or usernames) and not access.may_name_viewers(member, person):
                    note += NOT_NAMED_BY_YOU
                return _new_page(request, member, person, note=note)
            if is_told:
                return redirect(f"/record/{person.case_id}/met?then=person&who={person.id}")
            return redirect(f"/people/{person.id}")
    return _new_page(request, member, person, form)


def _page(
    request: HttpRequest,
    member: Member,
    person: Person,
    *,
    look: Look | None = None,
    new: Address | None = None,
    version: int | None = None,
    note: str = "",
) -> HttpResponse:
    viewers = queries.address_viewers(person)
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
    return render(request, "safe_addresses/address.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.ADDRESS_VIEW)
def contact(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The safe contact: its limits, whose history it has, a new one as agreed, or that it is still right."""
    member = member_of(request)
    person = person_for(member, person_id, Permission.ADDRESS_VIEW, viewed=request.method != "POST")
    rules, now = queries.rules_of(person), timezone.now()
    if request.method == "POST" and not member.may(Permission.ADDRESS_RECORD):
        raise Http404
    if "keep" in request.POST and rules:
        actions.confirm_contact(by=member, at=now, person=person, rule=rules[0])
        return redirect("person-contact", person.id)

    def act(*, by: Member, agreed_on: str, **rule: Any) -> str:
        day = date.fromisoformat(agreed_on) if agreed_on else on(now)
        is_told = actions.agree_contact(by=by, at=now, person=person, rule={**rule, "agreed_on": day, "confirmed_on": day})
        return f"/record/{person.case_id}/met?then=person&who={person.id}" if is_told else f"/people/{person.id}"

    return record_page(
        request, questions("safe_addresses", "contact_questions"), act, heading="How they may be contacted",
        back=f"/people/{person.id}", template="safe_addresses/contact.jinja", choices={"channel": CHANNELS.items()},
        person=person, name=label(person), gate=queries.contact_gate(person), history=rules, words_of=queries.words_of,
    )  # fmt: skip


NOBODY = "No colleague who may see an address has the user name {}"


@page(Permission.ADDRESS_VIEW)
def viewers(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Who may be shown the safe address: naming one, taking one away, each with a reason."""
    member = member_of(request)
    person = access.person_whose_viewers(member, person_id)
    current_viewers = queries.named_viewers(person)
    form = Viewer(submitted_or_draft(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        reason, now = form.cleaned_data["reason"], timezone.now()
        removed_viewer = next((viewer for viewer in current_viewers if str(viewer) == request.POST.get("remove")), None)
        try:
            if removed_viewer is not None:
                actions.remove_viewer(by=member, at=now, person=person, viewer=removed_viewer, reason=reason)
                return redirect("person-address-viewers", person.id)
            other = form.cleaned_data["other"].strip().lower()
            colleague = accounts.members_by_username([other], Permission.ADDRESS_VIEW).get(other)
            if colleague is None:
                form.add_error("other", NOBODY.format(other) if other else "Write their user name")
            else:
                actions.name_viewer(by=member, at=now, person=person, viewer=colleague.user_id, reason=reason)
                return redirect("person-address-viewers", person.id)
        except actions.CannotChangeViewers as error:
            form.add_error("other", str(error))
    holder = "".join(queries.reported_to(person).values())
    context = {"person": person, "name": label(person), "named": current_viewers, "holder": holder, "form": form}
    return render(request, "safe_addresses/address_viewers.jinja", context, status=422 if request.method == "POST" else 200)
