"""A case given out for a partner's system, with its purpose."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from lodestar.casework.cases.models import Case, Person
from lodestar.casework.cases.presenters import labels, with_age
from lodestar.casework.disclosures.actions import NotApproved
from lodestar.casework.redaction.access import Subject, check_texts
from lodestar.casework.redaction.actions import record_redaction_decisions
from lodestar.casework.redaction.forms import TextsToCheck
from lodestar.casework.redaction.presenters import items
from lodestar.casework.redaction.views import check_before_leaving
from lodestar.casework.safety.queries import first_lines
from lodestar.exchange.exports import access, actions, forms, queries
from lodestar.exchange.exports import presenters as words
from lodestar.exchange.exports.models import CAME_BACK
from lodestar.exchange.exports.rules.files import FORMATS, encode_records
from lodestar.exchange.exports.rules.own_systems import as_text, shipped, written_order
from lodestar.platform.accounts.access import Member, member_of, one_or_404
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.audit.actions import audited
from lodestar.platform.audit.models import Event
from lodestar.platform.design.files import to_save
from lodestar.platform.design.when import moment, on
from lodestar.platform.documents.saved import marking_of
from lodestar.platform.names.highlighting import CRIME, INCIDENT, INTELLIGENCE
from lodestar.platform.text.ids import id_in


@page(Permission.EXPORT)
def htcds(request: HttpRequest) -> HttpResponse:
    """People of a case as HTCDS 2.0: who, for whom, why."""
    member = member_of(request)
    form = forms.Htcds(submitted_or_draft(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        export = _exported(member, form)
        if export is not None:
            return redirect("export", export.id)
    return render(request, "exports/htcds.jinja", {"form": form}, status=422 if request.method == "POST" else 200)


def _exported(member: Member, form: forms.Htcds) -> Event | None:
    """Writes the export down; None with the form saying what is wrong."""
    cleaned = form.cleaned_data
    case = access.case_to_export(member, cleaned["reference"])
    if case is None:
        form.add_error("reference", forms.NO_CASE.format(cleaned["reference"]))
        return None
    people = [person.id for person in access.chosen(case, cleaned["people"])]
    if not people:
        form.add_error("people", forms.NO_PEOPLE)
        return None
    try:
        details = {name: cleaned[name] for name in ("recipient", "reason", "use", "crossing")}
        kind = cleaned["form"] or "json"
        return actions.export_case(by=member, at=timezone.now(), case=case, people=people, kind=kind, **details)
    except NotApproved:
        form.add_error("use", forms.NOT_APPROVED)
    except actions.NamedAfterNo:
        form.add_error("crossing", forms.SAID_NO)
    return None


def _own(member: Member, export_id: UUID) -> Event:
    return one_or_404(queries.own_export(member.user, export_id, timezone.now()))


@page(Permission.EXPORT, only="GET")
def export(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """What an export holds and what it does not, and the file. For twelve hours, for the one who gave the purpose."""
    member = member_of(request)
    event = _own(member, export_id)
    case = access.exported_case(member, event.case)
    records, left_out = queries.records_of(case, event.people)
    context = {"export": event, "case": case, "how_many": len(records), "left_out": left_out, "kind": event.subject}
    return render(request, "exports/export.jinja", context)


@page(Permission.EXPORT, only="GET")
def export_file(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """The file of an export. Its fetching is written down."""
    member = member_of(request)
    event = _own(member, export_id)
    case = access.exported_case(member, event.case)
    records, _ = queries.records_of(case, event.people)
    actions.export_taken(by=member, at=timezone.now(), export=event)
    name = f"htcds-{str(event.id)[-4:]}.{event.subject}"
    return to_save(encode_records(records, event.subject), name, FORMATS[event.subject])


MOST_NAMED = 40


def _sealed(request: HttpRequest, case: Case, who: str = "") -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, "exports/not_of_a_sealed_case.jinja", {"case": case, "who": who}, status=status)


@page(Permission.GIVE_OUT)
def case_out(request: HttpRequest, reference: str) -> HttpResponse:
    """The paragraph for the incident log, the way to each crime record and to the intelligence sheet, and what came back."""
    member, now = member_of(request), timezone.now()
    case = access.case_to_give_out(member, reference, viewed=request.method != "POST")
    if case.sealed:
        return _sealed(request, case)
    if request.method != "POST":
        return _render_case_out(request, case, forms.ReturnedReferenceForm(submitted_or_draft(request), auto_id="%s"))
    if "given" in request.POST:
        people = [person.id for person in queries.people_with_numbers(case)]
        actions.incident_log_made(by=member, at=now, case=case, people=people)
        return redirect("case-out", case.reference)
    back = id_in(request.POST.get("take_back", ""))
    if back is not None:
        actions.take_reference_back(by=member, at=now, case=case, reference=back)
        return redirect("case-out", case.reference)
    form = forms.ReturnedReferenceForm(request.POST, auto_id="%s")
    if not form.is_valid():
        return _render_case_out(request, case, form, status=422)
    actions.keep_references(by=member, at=now, case=case, references=form.references)
    return redirect("case-out", case.reference)


def _render_case_out(request: HttpRequest, case: Case, form: forms.ReturnedReferenceForm, *, status: int = 200) -> HttpResponse:
    member, now = member_of(request), timezone.now()
    people = queries.people_with_numbers(case)
    whole = people[0].case if people else case
    checked = check_texts(Subject(whole, people=people), INCIDENT, words.log_texts(whole, people))
    clear = {text.leaving.field: text.text for text in checked if text.is_clear}
    names, kinds = labels(people), dict(CAME_BACK)
    context: dict[str, Any] = {
        "case": case,
        "paragraph": words.paragraph(whole, people, first_lines(case), clear),
        "unchecked": len(clear) < len(checked),
        "given": words.given_lines(queries.log_given(case), member.user, now),
        "victims": [
            (victim.id, names[victim.id], ", ".join(getattr(victim, "crime_numbers", [])))
            for victim in words.list_victims(people)[:MOST_NAMED]
        ],
        "came_back": [
            (row.id, kinds[row.kind], row.reference, f"{row.recorded_by.name}, {moment(row.recorded_at, now)}")
            for row in queries.external_references(case)
        ],
        "form": form,
    }
    return render(request, "exports/case_out.jinja", context, status=status)


@page(Permission.GIVE_OUT)
def incident_log_check(request: HttpRequest, reference: str) -> HttpResponse:
    """The texts of the paragraph for the incident log, checked before they leave."""
    case = access.case_to_give_out(member_of(request), reference)
    if case.sealed:
        raise Http404
    subject = Subject(case)
    checked = check_texts(subject, INCIDENT, words.log_texts(case, queries.people_with_numbers(case)))
    back = reverse("case-out", args=[case.reference])
    return check_before_leaving(request, subject, INCIDENT, checked, back=back, caption=case.reference)


@page(Permission.GIVE_OUT, asks=True)
def intelligence(request: HttpRequest, reference: str) -> HttpResponse:
    """An intelligence submission, graded by whoever makes it: looked at and copied. Nothing of it is kept."""
    member, now = member_of(request), timezone.now()
    case = access.case_to_give_out(member, reference, viewed=request.method != "POST")
    if case.sealed:
        return _sealed(request, case)
    people = queries.people_with_numbers(case)
    if request.method != "POST":
        begun = words.proposed(case, people, queries.kinds_in(case), queries.signs_in(case))
        form = forms.IntelligenceForm(initial={"text": begun}, today=on(now), auto_id="%s")
        return _to_grade(request, case, form)
    form = forms.IntelligenceForm(request.POST, today=on(now), auto_id="%s")
    if not form.is_valid():
        return _to_grade(request, case, form, status=422)
    subject = Subject(case)
    checked = check_texts(subject, INTELLIGENCE, words.sheet_texts(form.cleaned_data))
    checks = TextsToCheck(checked, request.POST, edits=False)
    if checks.open and not checks.is_valid():
        return _to_grade(request, case, form, checks=checks, status=422)
    if checks.open:
        record_redaction_decisions(by=member, at=now, subject=subject, use=INTELLIGENCE, decided=checks.decided, keeps_text=False)
    is_given = request.POST.get("as") == "given"
    if is_given:  # made to be looked at, it has gone nowhere yet
        parts = [name for name, _ in words.LABELS if form.cleaned_data[name]]
        actions.intelligence_sheet_made(by=member, at=now, case=case, fields=parts)
    above = words.head(case, member.name, now, marking_of(request, words.MARKING))
    sheet = as_text(above, words.entries(form.cleaned_data, on(now)))
    return _to_grade(request, case, form, made_text=sheet, is_given=is_given)


def _to_grade(
    request: HttpRequest, case: Case, form: forms.IntelligenceForm, *, made_text: str = "", checks: TextsToCheck | None = None,
    is_given: bool = False, status: int = 200,
) -> HttpResponse:  # fmt: skip
    member = member_of(request)
    marked = items(checks, member, Subject(case)) if checks else []
    context = {"case": case, "form": form, "made": made_text, "is_given": is_given, "checks": checks, "items": marked}
    return render(request, "exports/intelligence.jinja", context, status=status)


def _made(request: HttpRequest, person: Person) -> tuple[words.Pack, queries.Holding, queries.Order] | None:
    """The pack as it is now; None while texts wait to be checked before they leave."""
    now = timezone.now()
    holding, order = queries.holding(person), queries.order_on(on(now))
    checked = check_texts(Subject(person.case, person, holding.people), CRIME, words.pack_texts(holding, order))
    if not all(checked_text.is_clear for checked_text in checked):
        return None
    pack = words.pack(
        holding, order, checked, made_by=member_of(request).name, now=now, marking=marking_of(request, words.MARKING)
    )
    return pack, holding, order


@page(Permission.GIVE_OUT)
@audited()  # the look, and what the check of the texts reads: written together
def crime_pack(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The crime record of one victim, field by field in the force's order, each to be copied; and the whole. Whoever has put it
    into the crime system says so."""
    member = member_of(request)
    person = access.person_to_give_out(member, person_id, viewed=request.method != "POST")
    who = with_age(person, on(person.case.encountered_at))
    if person.case.sealed:
        return _sealed(request, person.case, who)
    made_now = _made(request, person)
    if made_now is None:
        return redirect("person-crime-pack-check", person.id)
    pack, holding, order = made_now
    if request.method == "POST":
        filed = order.filed.id if order.filed else None
        fields = [line.code for line in pack.lines if line.is_known]
        actions.crime_pack_made(by=member, at=timezone.now(), person=person, system=order.system, fields=fields, filed=filed)
        return redirect("person-crime-pack", person.id)
    others = [victim for victim in words.list_victims(holding.people) if victim.id != person.id]
    names = labels(holding.people)
    context = {
        "person": person,
        "case": person.case,
        "who": who,
        "pack": pack,
        "system": order.system,
        "given": words.given_lines(queries.pack_given(holding.person), member.user, timezone.now()),
        "others": [(other.id, names[other.id]) for other in others[:20]],
    }
    return render(request, "exports/crime_pack.jinja", context)


@page(Permission.GIVE_OUT)
def crime_pack_check(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The texts of a crime record, checked before they leave."""
    person = access.person_to_give_out(member_of(request), person_id)
    if person.case.sealed:
        raise Http404
    holding, order = queries.holding(person), queries.order_on(on(timezone.now()))
    subject = Subject(person.case, person, holding.people)
    checked = check_texts(subject, CRIME, words.pack_texts(holding, order))
    back = reverse("person-crime-pack", args=[person.id])
    caption = with_age(person, on(person.case.encountered_at))
    return check_before_leaving(request, subject, CRIME, checked, back=back, caption=caption)


@page(Permission.PACK_ORDER_SET)
def order(request: HttpRequest) -> HttpResponse:
    """What the force's crime system is called, and the order and labels of its fields: data, filed by name, never code."""
    member = member_of(request)
    now = timezone.now()
    standing = queries.order_on(on(now))
    initial = {"system": standing.system, "order": written_order(standing.fields)}
    form = forms.PackOrderForm(submitted_or_draft(request), initial=initial, today=on(now), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        actions.order_packs(by=member, at=now, system=form.cleaned_data["system"], fields=form.found)
        return redirect("crime-pack-order")
    context = {"form": form, "standing": standing, "fields": shipped(on(now)), "now": now}
    return render(request, "exports/pack_order.jinja", context, status=422 if request.method == "POST" else 200)
