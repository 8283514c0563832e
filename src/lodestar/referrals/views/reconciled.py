"""Which referral has no crime and which crime no referral, row by row; and a named person's reason why that is right."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from lodestar.accounts.access import Member
from lodestar.accounts.door import page, typed
from lodestar.accounts.permissions import Permission
from lodestar.cases.access import people_shown, person_for
from lodestar.cases.models import Person
from lodestar.cases.presenters.people import with_age
from lodestar.design.when import on
from lodestar.kernel.paging import place
from lodestar.referrals import actions
from lodestar.referrals.forms.sent import Settled
from lodestar.referrals.presenters import reconciled as words
from lodestar.referrals.queries import reconciled as queries

EACH = 25


@page(Permission.REFERRALS_COORDINATE)
@require_safe
def reconciled(request: HttpRequest) -> HttpResponse:
    """One of the three lists, a page of it: without a crime, without a referral, settled."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    asked = request.GET.get("show", "")
    show = asked if asked in words.TITLES else queries.NO_CRIME
    after, now = place(request.GET.get("after", "")), timezone.now()
    found = queries.listed(member, show, EACH + 1, after)
    rows = found[:EACH]
    people_shown(member, [row.person_id for row in rows])
    if show == queries.KEPT:
        without = [row for row in rows if queries.side_of(row) == queries.NO_CRIME]
        lines = words.settled_ones(rows, queries.settled(rows), queries.said(without, queries.NO_CRIME), now)
    else:
        read = queries.read(rows) if show == queries.NO_REFERRAL else {}
        lines = words.open_ones(rows, show, queries.said(rows, show), read, now)
    context = {
        "title": words.TITLES[show],
        "show": show,
        "is_settled": show == queries.KEPT,
        "sides": words.sides(show, queries.counts(member) if after is None else {}),
        "lines": lines,
        "after": queries.place_of(rows[-1], show).mark() if len(found) > EACH else "",
        "is_first": after is None,
    }
    return render(request, "referrals/reconciled.jinja", context)


@page(Permission.REFERRALS_COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What is there of one person, what is not, and why that is right."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    person = person_for(member, person_id, Permission.REFERRALS_COORDINATE, viewed=request.method != "POST")
    form = Settled(typed(request), auto_id="%s")
    if request.method != "POST":
        return _shown(request, person, form)
    side = request.POST.get("side", "")
    if form.is_valid():
        try:
            actions.settle_pairing(
                by=member, at=timezone.now(), person=person, side=side, reason=form.cleaned_data["reason"]
            )
            return redirect(f"/referrals/reconciled?show={side}")
        except actions.PairedMeanwhile:
            return _shown(request, person, form, has_changed=True, status=422)
    return _shown(request, person, form, status=422)


def _shown(
    request: HttpRequest, person: Person, form: Settled, *, has_changed: bool = False, status: int = 200
) -> HttpResponse:
    pairing, now = queries.pairing_of(person.id), timezone.now()
    side = queries.side_of(pairing)
    rows = [pairing] if pairing is not None and side else []
    read = queries.read(rows) if side == queries.NO_REFERRAL else {}
    told = queries.said(rows, side).get(person.id) if side else None
    context = {
        "person": person,
        "who": with_age(person, on(person.case.encountered_at)),
        "case": person.case,
        "side": side,
        "stands": words.STANDS[side],
        "hint": words.HINTS.get(side, ""),
        "facts": words.from_facts(read.get(person.id)),
        "said": words.history(queries.settled(rows).get(person.id, ()), told, now),
        "has_changed": has_changed,
        "form": form,
    }
    return render(request, "referrals/settle.jinja", context, status=status)
