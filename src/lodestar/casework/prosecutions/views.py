"""The pages of what passed with the CPS, the counts of section 45, and the summary for prosecution."""

from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from lodestar.casework.cases.access import case_for, or_404
from lodestar.casework.cases.presenters import person_heading
from lodestar.casework.prosecutions import actions, presenters, queries
from lodestar.casework.prosecutions.forms import EntryForm, GiveForm, PeriodForm
from lodestar.casework.prosecutions.rules import CONVICTION, KINDS, ROWS, SUMMARY_WORDS
from lodestar.casework.redaction.access import CheckedText, Subject
from lodestar.casework.redaction.views import check_before_leaving
from lodestar.casework.section45 import queries as section45
from lodestar.casework.section45.access import offences_for, offences_in
from lodestar.casework.section45.presenters import evidence_words, offence_lines
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.audit.actions import audit, audited
from lodestar.platform.design.files import to_save
from lodestar.platform.design.forms.fields import at_and_words
from lodestar.platform.design.when import on
from lodestar.platform.documents.description import NotMade, TooBusy, TooLong
from lodestar.platform.documents.made import KINDS as FILES
from lodestar.platform.documents.made import made
from lodestar.platform.documents.saved import marking_of, render_refusal
from lodestar.platform.text.csv_safety import table
from lodestar.platform.text.reference_lists import rows_on

YEAR = timedelta(days=365)
HEADINGS = ("Moment", "Suspected offences", "Considered", "Without it")


@page(Permission.INVESTIGATION_VIEW, only="GET")
def cps(request: HttpRequest, reference: str) -> HttpResponse:
    """What waits for the CPS, the suspected offences, what was recorded, and the material of the NRM."""
    member, now = member_of(request), timezone.now()
    case = case_for(member, reference, Permission.INVESTIGATION_VIEW, viewed=True)
    entries, offences, items = list(queries.entries_of(case)), offences_in(case), section45.items_of(case)
    ids, suspects = [row.id for row in offences], {row.person_id for row in offences}
    lines = offence_lines(offences, section45.owed_in(case), section45.latest_records(ids), {}, now)
    context = {
        "case": case,
        "waiting": presenters.waiting_rows(queries.requests_of(case), queries.tasks_of(case), now),
        "offences": presenters.offence_rows(offences, lines, gives=member.may(Permission.CPS_SUMMARY)),
        "entries": presenters.entry_lines(entries, {act: ids.index(act) + 1 for act in ids}, member.user, now),
        "letters": [presenters.letter_words(row) for row in queries.letters_in(case)],
        "evidence": [evidence_words(item) for item in queries.underlying(items, *suspects)],
        "routes": rows_on("prosecutions", "appeal_routes", on(now)) if any(row.kind == CONVICTION for row in entries) else (),
        "kinds": [(kind, KINDS[kind]) for kind, row in ROWS.items() if row["fields"]],
        "may_record": member.may(Permission.INVESTIGATION_RECORD),
    }
    return render(request, "prosecutions/cps.jinja", context)


@page(Permission.INVESTIGATION_RECORD)
def entry(request: HttpRequest, reference: str, entry_kind: str) -> HttpResponse:
    """One form for each kind of thing; what happened is recorded whatever is open."""
    member, now = member_of(request), timezone.now()
    if not ROWS.get(entry_kind, {}).get("fields"):
        raise Http404
    case = case_for(member, reference, Permission.INVESTIGATION_RECORD, viewed=request.method != "POST")
    form = EntryForm(entry_kind, case, submitted_or_draft(request))
    if request.method == "POST" and form.is_valid():
        at, at_words = at_and_words(form.cleaned_data.pop("at"), now)
        facts = form.cleaned_data | {"at_words": at_words}
        actions.record_entry(by=member, at=at, case=case, kind=entry_kind, facts=facts)
        return redirect("case-cps", case.reference)
    context = {"case": case, "form": form, "title": KINDS[entry_kind]}
    return render(request, "prosecutions/entry.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.FIGURE_VIEW, only="GET")
def counts(request: HttpRequest) -> HttpResponse:
    """How many suspected offences of possible victims had section 45 considered at each moment; as CSV too."""
    member, today = member_of(request), on(timezone.now())
    form = PeriodForm(request.GET, auto_id="%s")
    form.is_valid()
    first, last = form.cleaned_data.get("first") or today - YEAR, form.cleaned_data.get("last") or today
    rows = [[str(cell) for cell in row] for row in queries.counts(member, first, last)]
    if request.GET.get("as") == "csv":
        audit("section45.counts_exported", by=member, at=timezone.now(), fields=["counts"])
        return to_save(table(HEADINGS, rows), f"section-45-{first}-{last}.csv", "text/csv")
    context = {"form": form, "rows": rows, "headings": HEADINGS, "first": first, "last": last}
    return render(request, "prosecutions/counts.jinja", context)


def _summary(request: HttpRequest, person_id: UUID, offence_id: UUID) -> tuple[queries.Summary, list[CheckedText]]:
    viewed = request.method != "POST"
    offence, all_of, number = offences_for(member_of(request), person_id, offence_id, Permission.CPS_SUMMARY, viewed=viewed)
    summary = or_404(queries.summary_of(offence, all_of, number))
    return summary, presenters.check_summary(summary)


@page(Permission.CPS_SUMMARY, asks=True)
def cps_summary(request: HttpRequest, person_id: UUID, offence_id: UUID) -> HttpResponse:
    """To whom the summary goes and why, then the file. While a text waits to be checked there is none."""
    member, now, is_sent = member_of(request), timezone.now(), request.method == "POST"
    with audited():
        summary, checked = _summary(request, person_id, offence_id)
    is_clear = all(checked_text.is_clear for checked_text in checked)
    form = GiveForm(request.POST if is_sent else None, auto_id="%s")
    refusal: NotMade | None = None
    if is_sent and is_clear and form.is_valid():
        marking = marking_of(request, presenters.MARKING)
        kind = form.cleaned_data["kind"]
        try:
            content = made(presenters.summary_document(summary, checked, now, marking), kind)
            actions.give_summary(by=member, at=now, summary=summary, **form.cleaned_data)
            return to_save(content, f"cps-summary-{on(now)}.{kind}", FILES[kind].media_type)
        except actions.NotForProsecution:
            form.add_error("recipient", SUMMARY_WORDS["not_immigration"])
        except (TooBusy, TooLong) as fault:  # the form keeps what was typed, which no draft holds
            form.add_error(None, str(fault))
            refusal = fault
    context = person_heading(summary.person) | {
        "form": form, "number": summary.number, "is_clear": is_clear, "status": presenters.status_words(summary, now),
        "offence": summary.offence,
    }  # fmt: skip
    if refusal:
        return render_refusal(request, "prosecutions/cps_summary.jinja", context, refusal)
    return render(request, "prosecutions/cps_summary.jinja", context, status=422 if is_sent else 200)


@page(Permission.CPS_SUMMARY)
def check(request: HttpRequest, person_id: UUID, offence_id: UUID) -> HttpResponse:
    """The texts of a summary, checked before they leave."""
    with audited():
        summary, checked = _summary(request, person_id, offence_id)
    subject, back = Subject(summary.person.case, summary.person), reverse("section45-cps-summary", args=[person_id, offence_id])
    caption = f"{summary.person.case.reference}, offence {summary.number} of the case"
    return check_before_leaving(request, subject, presenters.USE, checked, back=back, caption=caption)
