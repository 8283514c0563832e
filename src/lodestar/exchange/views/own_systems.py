"""A case for the force's other systems: the incident log, the crime records, intelligence; and the references that come back."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from lodestar.accounts.access import Member
from lodestar.accounts.door import page, typed
from lodestar.accounts.permissions import Permission
from lodestar.cases.access.redaction import Subject, check_texts
from lodestar.cases.actions.redaction import record_redaction_decisions
from lodestar.cases.forms.redaction import TextsToCheck
from lodestar.cases.models import Case
from lodestar.cases.presenters.people import labels
from lodestar.cases.presenters.redaction import items
from lodestar.cases.rules.highlighting import INCIDENT, INTELLIGENCE
from lodestar.cases.views.redaction import check_before_leaving
from lodestar.design.when import moment, on
from lodestar.documents.description import NotMade
from lodestar.documents.made import KINDS, made
from lodestar.exchange import access, actions
from lodestar.exchange.forms import CameBackTold, IntelligenceTold
from lodestar.exchange.models import CAME_BACK
from lodestar.exchange.presenters import incident_log
from lodestar.exchange.presenters import intelligence as sheet
from lodestar.exchange.presenters.incident_log import paragraph
from lodestar.exchange.presenters.packs import named
from lodestar.exchange.queries import packs as queries
from lodestar.exchange.views.packs import TEXT, as_file, marking
from lodestar.safety.queries import first_lines

MOST_NAMED = 40


def _sealed(request: HttpRequest, case: Case) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, "exchange/not_of_a_sealed_case.jinja", {"case": case, "who": ""}, status=status)


@page(Permission.GIVE_OUT)
@require_http_methods(["GET", "HEAD", "POST"])
def case_out(request: HttpRequest, reference: str) -> HttpResponse:
    """The paragraph for the incident log, the way to each crime record and to the intelligence sheet, and what came back."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    case, now = access.case_to_give_out(member, reference), timezone.now()
    if case.sealed:
        return _sealed(request, case)
    if request.method != "POST":
        return _shown(request, case, CameBackTold(typed(request), auto_id="%s"))
    back = _id(request.POST.get("take_back", ""))
    if back is not None:
        actions.take_reference_back(by=member, at=now, case=case, reference=back)
        return redirect("case-out", case.reference)
    form = CameBackTold(request.POST, auto_id="%s")
    if not form.is_valid():
        return _shown(request, case, form, status=422)
    actions.keep_references(by=member, at=now, case=case, told=form.told)
    return redirect("case-out", case.reference)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _shown(request: HttpRequest, case: Case, form: CameBackTold, *, status: int = 200) -> HttpResponse:
    member, now = request.member, timezone.now()  # type: ignore[attr-defined]  # the door sets it
    people = queries.people_with_numbers(case)
    whole = people[0].case if people else case
    checked = check_texts(Subject(whole, people=people), INCIDENT, incident_log.texts(whole, people))
    names, kinds = labels(people), dict(CAME_BACK)
    actions.incident_log_made(by=member, at=now, case=case, people=[one.id for one in people])
    context: dict[str, Any] = {
        "case": case,
        "paragraph": paragraph(
            whole, people, first_lines(case), {one.leaving.field: one.text for one in checked if one.is_clear}
        ),
        "unchecked": not all(one.is_clear for one in checked),
        "victims": [
            (one.id, names[one.id], ", ".join(getattr(one, "crime_numbers", []))) for one in named(people)[:MOST_NAMED]
        ],
        "came_back": [
            (row.id, kinds[row.kind], row.reference, f"{row.recorded_by.name}, {moment(row.recorded_at, now)}")
            for row in queries.came_back(case)
        ],
        "form": form,
    }
    return render(request, "exchange/case_out.jinja", context, status=status)


@page(Permission.GIVE_OUT)
@require_http_methods(["GET", "HEAD", "POST"])
def incident_log_check(request: HttpRequest, reference: str) -> HttpResponse:
    """The texts of the paragraph for the incident log, checked before they leave."""
    case = access.case_to_give_out(request.member, reference)  # type: ignore[attr-defined]  # the door sets it
    if case.sealed:
        raise Http404
    subject = Subject(case)
    checked = check_texts(subject, INCIDENT, incident_log.texts(case, queries.people_with_numbers(case)))
    back = reverse("case-out", args=[case.reference])
    return check_before_leaving(request, subject, INCIDENT, checked, back=back, caption=case.reference)


@page(Permission.GIVE_OUT, asks=True)
@require_http_methods(["GET", "HEAD", "POST"])
def intelligence(request: HttpRequest, reference: str) -> HttpResponse:
    """An intelligence submission, graded by whoever makes it: looked at, copied or taken as a file. Nothing of it is kept."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    case, now = access.case_to_give_out(member, reference), timezone.now()
    if case.sealed:
        return _sealed(request, case)
    people = queries.people_with_numbers(case)
    if request.method != "POST":
        begun = sheet.proposed(case, people, queries.kinds_in(case), queries.signs_in(case))
        form = IntelligenceTold(initial={"text": begun}, today=on(now), auto_id="%s")
        return _to_grade(request, case, form)
    form = IntelligenceTold(request.POST, today=on(now), auto_id="%s")
    if not form.is_valid():
        return _to_grade(request, case, form, status=422)
    subject = Subject(case)
    checked = check_texts(subject, INTELLIGENCE, sheet.texts(form.cleaned_data))
    checks = TextsToCheck(checked, request.POST, edits=False)
    if checks.open and not checks.is_valid():
        return _to_grade(request, case, form, checks=checks, status=422)
    if checks.open:
        record_redaction_decisions(
            by=member, at=now, subject=subject, use=INTELLIGENCE, decided=checks.decided, keeps_text=False
        )
    kind = request.POST.get("as", "")
    kind = kind if kind == "txt" or kind in KINDS else "page"
    parts = [name for name, _ in sheet.LABELS if form.cleaned_data[name]]
    actions.intelligence_sheet_made(by=member, at=now, case=case, kind=kind, fields=parts)
    above = sheet.head(case, member.name, now, marking(request))
    lines = sheet.entries(form.cleaned_data, on(now))
    if kind == "page":
        return _to_grade(request, case, form, made_text=sheet.text(above, lines))
    name = f"intelligence-{on(now).isoformat()}.{kind}"
    if kind == "txt":
        return as_file(sheet.text(above, lines).encode(), TEXT, name)
    try:
        return as_file(made(sheet.document(above, lines, now), kind), KINDS[kind].media_type, name)
    except NotMade as fault:
        back = reverse("case-intelligence", args=[case.reference])
        return render(request, "exchange/busy.jinja", {"why": fault, "back": back}, status=503)


def _to_grade(
    request: HttpRequest, case: Case, form: IntelligenceTold, *, made_text: str = "", checks: TextsToCheck | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    marked = items(checks, member, Subject(case)) if checks else []
    context = {"case": case, "form": form, "made": made_text, "checks": checks, "items": marked}
    return render(request, "exchange/intelligence.jinja", context, status=status)
