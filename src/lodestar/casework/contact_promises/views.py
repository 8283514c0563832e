"""Promises: of one person, with the Victims' Code beside them and on paper; the list, the days ahead, and one promise."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.cases.access import person_for
from lodestar.casework.cases.presenters import person_heading
from lodestar.casework.contact_promises import access, actions, forms, presenters, queries
from lodestar.casework.contact_promises.rules import RHYTHMS, ROWS
from lodestar.casework.ledger.actions import NoContactRule
from lodestar.casework.safe_addresses.queries import contact_gate
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.registers.presenters import own_lines
from lodestar.platform.registers.views import list_page, row_page

AHEAD, MOST = timedelta(days=14), 100
NO_RULE: dict[type[Exception], tuple[str, str]] = {
    NoContactRule: ("without", "No rule allows this contact. Say why it was made all the same")
}


@page(Permission.CASE_VIEW)
def person_promises(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What a person was promised, what the Victims' Code makes due for them, and another promise or a pause."""
    member, now, is_sent = member_of(request), timezone.now(), request.method == "POST"
    needed = Permission.PROMISE_RECORD if is_sent else Permission.CASE_VIEW
    person = person_for(member, person_id, needed, viewed=not is_sent)
    form = forms.PromiseForm(submitted_or_draft(request), case=person.case_id, auto_id="%s")
    if is_sent and form.is_valid():
        actions.make_promise(by=member, at=now, people=[person], **form.cleaned_data)
        return redirect(request.path)
    context = person_heading(person) | {
        **own_lines(presenters.PROMISES, queries.promises_of(person), now),
        "steps": [(presenters.step_words(row), row, done_at) for row, done_at in queries.code_steps_of(person)],
        "now": now,
        "pause": queries.pauses_of([person], now).get(person.id),
        "gate": contact_gate(person),
        "form": form if member.may(Permission.PROMISE_RECORD) else None,
    }
    return render(request, "contact_promises/person.jinja", context, status=422 if is_sent else 200)


@page(Permission.CASE_VIEW, only="GET")
def paper(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What was promised, for the person to keep: first the warning, then with or without names the paper itself."""
    person = person_for(member_of(request), person_id, Permission.CASE_VIEW, viewed=True)
    now, rows = timezone.now(), queries.promises_of(person)[::-1]
    lines = [row for row in rows if row.state == "open" and ROWS[row.kind]["paper"] and (row.due_at or row.by_when >= now)]
    context = {"person": person, "choice": request.GET.get("names", ""), "lines": lines, "kinds": ROWS, "rhythms": RHYTHMS}
    return render(request, "contact_promises/paper.jinja", context)


@page(Permission.CASE_VIEW, only="GET")
def promises(request: HttpRequest) -> HttpResponse:
    """The promises in all cases that the member sees, broken ones first."""
    return list_page(request, presenters.PROMISES)


@page(Permission.CASE_VIEW, only="GET")
def days(request: HttpRequest) -> HttpResponse:
    """What is to be done in the two weeks to come, day by day, for people who may be contacted; what is broken comes first."""
    member, now = member_of(request), timezone.now()
    rows = list(access.promises_to_do(member).filter(due_at__lt=now + AHEAD)[:MOST])
    access.record_shown(member, rows)
    return render(request, "contact_promises/days.jinja", {"days": presenters.days_ahead(rows, now)})


@page(Permission.CASE_VIEW)
def promise(request: HttpRequest, promise_id: UUID) -> HttpResponse:
    """One promise, its history, and what came of it."""
    row = access.promise_for(member_of(request), promise_id, viewed=request.method != "POST")
    back = f"/releases/{row.about}" if row.about else f"/people/{row.person_id}/promises"
    more = {"cell": presenters.by_when(row, timezone.now()), "gate": contact_gate(row.person)}
    return row_page(
        request, presenters.PROMISES, row, actions.move_promise, back=back, form_class=forms.DoneForm,
        template="contact_promises/promise.jinja", more=more, refusals=NO_RULE,
    )  # fmt: skip
