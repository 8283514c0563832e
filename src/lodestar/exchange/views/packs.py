"""What goes into the force's own systems: a crime record of each victim, made anew each time, and the order of its fields."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from lodestar.accounts.access import Member
from lodestar.accounts.door import page, typed
from lodestar.accounts.permissions import Permission
from lodestar.cases.access.redaction import Subject, check_texts, recorded_together
from lodestar.cases.models import Person
from lodestar.cases.presenters.people import labels, with_age
from lodestar.cases.rules.highlighting import CRIME
from lodestar.cases.views.redaction import check_before_leaving
from lodestar.design.when import on
from lodestar.documents.description import NotMade
from lodestar.documents.made import KINDS, made
from lodestar.exchange import access, actions
from lodestar.exchange.forms import PackOrderTold
from lodestar.exchange.presenters import packs as words
from lodestar.exchange.queries import packs as queries
from lodestar.exchange.rules.packs import shipped, written_order

TEXT = "text/plain; charset=utf-8"


def marking(request: HttpRequest) -> str:
    """What stands above whatever goes out; made-up data says so."""
    is_made_up = settings.ENV != "production" and request.session.get("not_real")
    return f"NOT REAL DATA, {words.MARKING}" if is_made_up else words.MARKING


def as_file(content: bytes, media_type: str, name: str) -> HttpResponse:
    """A file to keep, which no browser opens as a page. Its name tells nothing of whom it is about."""
    return HttpResponse(
        content,
        content_type=media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )


def _made(request: HttpRequest, person: Person, kind: str) -> tuple[words.Pack, queries.Holding, queries.Order] | None:
    """The pack as it is now, its making written down; None while texts wait to be checked before they leave."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    now = timezone.now()
    held, order = queries.holding(person), queries.order_on(on(now))
    with recorded_together():
        checked = check_texts(Subject(person.case, person, held.people), CRIME, words.texts(held, order))
        if not all(one.is_clear for one in checked):
            return None
        found = words.pack(held, order, checked, made_by=member.name, now=now, marking=marking(request))
        actions.crime_pack_made(
            by=member,
            at=now,
            person=person,
            system=order.system,
            kind=kind,
            fields=[line.code for line in found.lines if line.is_known],
            filed=order.filed.id if order.filed else None,
        )
    return found, held, order


@page(Permission.GIVE_OUT)
@require_safe
def crime_pack(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The crime record of one victim, field by field in the force's order, each to be copied; and the whole."""
    person = access.person_to_give_out(request.member, person_id)  # type: ignore[attr-defined]  # the door sets it
    who = with_age(person, on(person.case.encountered_at))
    if person.case.sealed:
        return render(request, "exchange/not_of_a_sealed_case.jinja", {"case": person.case, "who": who})
    made_now = _made(request, person, "page")
    if made_now is None:
        return redirect("person-crime-pack-check", person.id)
    found, held, order = made_now
    others = [one for one in words.named(held.people) if one.id != person.id]
    names = labels(held.people)
    context = {
        "person": person,
        "case": person.case,
        "who": who,
        "pack": found,
        "system": order.system,
        "fields": words.in_order(found),
        "others": [(one.id, names[one.id]) for one in others[:20]],
        "kinds": [("txt", "Plain text"), ("pdf", "PDF"), ("docx", "Word")],
    }
    return render(request, "exchange/crime_pack.jinja", context)


@page(Permission.GIVE_OUT)
@require_http_methods(["GET", "HEAD", "POST"])
def crime_pack_check(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The texts of a crime record, checked before they leave."""
    person = access.person_to_give_out(request.member, person_id)  # type: ignore[attr-defined]  # the door sets it
    if person.case.sealed:
        raise Http404
    held, order = queries.holding(person), queries.order_on(on(timezone.now()))
    subject = Subject(person.case, person, held.people)
    checked = check_texts(subject, CRIME, words.texts(held, order))
    back = reverse("person-crime-pack", args=[person.id])
    caption = with_age(person, on(person.case.encountered_at))
    return check_before_leaving(request, subject, CRIME, checked, back=back, caption=caption)


@page(Permission.GIVE_OUT)
@require_safe
def crime_pack_file(request: HttpRequest, person_id: UUID, kind: str) -> HttpResponse:
    """The same as a file: plain text, a tagged PDF, or for Word."""
    person = access.person_to_give_out(request.member, person_id)  # type: ignore[attr-defined]  # the door sets it
    if person.case.sealed or (kind != "txt" and kind not in KINDS):
        raise Http404
    now = timezone.now()
    name = f"crime-record-{on(now).isoformat()}.{kind}"
    made_now = _made(request, person, kind)
    if made_now is None:
        return redirect("person-crime-pack-check", person.id)
    found = made_now[0]
    if kind == "txt":
        return as_file(found.text.encode(), TEXT, name)
    try:
        return as_file(made(words.document(found, now), kind), KINDS[kind].media_type, name)
    except NotMade as fault:
        back = reverse("person-crime-pack", args=[person.id])
        return render(request, "exchange/busy.jinja", {"why": fault, "back": back}, status=503)


@page(Permission.PACK_ORDER_SET)
@require_http_methods(["GET", "HEAD", "POST"])
def order(request: HttpRequest) -> HttpResponse:
    """What the force's crime system is called, and the order and labels of its fields: data, filed by name, never code."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    now = timezone.now()
    standing = queries.order_on(on(now))
    initial = {"system": standing.system, "order": written_order(standing.fields)}
    form = PackOrderTold(typed(request), initial=initial, today=on(now), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        actions.order_packs(by=member, at=now, system=form.cleaned_data["system"], fields=form.found)
        return redirect("crime-pack-order")
    context = {"form": form, "standing": standing, "fields": shipped(on(now)), "now": now}
    return render(request, "exchange/pack_order.jinja", context, status=422 if request.method == "POST" else 200)
