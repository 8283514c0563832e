"""Pages of exhibits and of the accounts of a person."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.cases.access import case_for, people_of, person_for
from lodestar.casework.cases.models import Person
from lodestar.casework.cases.presenters import label, person_heading
from lodestar.casework.evidence import actions, presenters, queries
from lodestar.casework.evidence.models import Account, Exhibit
from lodestar.casework.evidence.queries import material_for
from lodestar.casework.evidence.rules import LINES, READ_LASTS
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft, version_seen
from lodestar.platform.design.when import day_time
from lodestar.platform.questionnaires.forms import RecordForm
from lodestar.platform.questionnaires.views import questions, record_page
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit

VIEW, RECORD = Permission.INVESTIGATION_VIEW, Permission.INVESTIGATION_RECORD
MORE_NOW = "A colleague recorded another account while you were writing. Look at all of them, then send it again"
TAKEN = "Another exhibit of this case has this reference"
EXHIBIT_HEADINGS = ("Reference", "Kind", "What it is", "Found", "Who has it", "Continuity")
HOLDING_HEADINGS = ("Who", "From", "To", "Where", "Why")
ACCOUNT_HEADINGS = ("Account", "Taken", "By", "How", "Covered", "Asked for")
OPENED = "material_opened"  # in the session: what was opened with a reason, and when


@page(VIEW, only="GET")
def case_exhibits(request: HttpRequest, reference: str) -> HttpResponse:
    """The exhibits of a case, who has each, and where continuity is broken."""
    member = member_of(request)
    case = case_for(member, reference, VIEW, viewed=True)
    rows = [presenters.exhibit_line(row) for row in queries.exhibits_of(case)]
    context = {"case": case, "headings": EXHIBIT_HEADINGS, "rows": rows, "may_record": member.may(RECORD)}
    return render(request, "evidence/exhibits.jinja", context)


@page(RECORD)
def exhibit_add(request: HttpRequest, reference: str) -> HttpResponse:
    """Recording an exhibit."""
    case = case_for(member_of(request), reference, RECORD, viewed=request.method != "POST")
    choices = {"person": [(str(row.id), label(row)) for row in people_of(case)], "file": queries.files_of(case)}

    def act(*, person: str, file: str, **facts: Any) -> None:
        actions.record_exhibit(at=timezone.now(), case=case, person_id=person or None, file_id=file or None, **facts)

    return record_page(
        request, questions("evidence", "exhibit_questions"), act, heading="Record an exhibit",
        back=f"/cases/{reference}/exhibits", caption=f"Case {reference}", choices=choices,
        say="By its reference only: the thing itself stays in the store.",
        refusals={ConcurrentEdit: ("reference", TAKEN)},
    )  # fmt: skip


def _material(request: HttpRequest, row: Account | Exhibit, is_closed: bool, **more: Any) -> HttpResponse:
    """The page of something that may be behind a second step: opened, with a reason that is logged, it stays open for a while."""
    is_sent, now, opened = request.method == "POST", timezone.now(), request.session.get(OPENED, {})
    form = RecordForm(submitted_or_draft(request), auto_id="%s", asked=questions("evidence", "read_questions"))
    if is_sent and form.is_valid():
        actions.open_material(by=member_of(request), at=now, thing=row, why=form.cleaned_data["purpose"])
        request.session[OPENED] = {"of": str(row.id), "at": now.isoformat()}
        return redirect(request.path)
    is_open = opened.get("of") == str(row.id) and now - datetime.fromisoformat(opened["at"]) < READ_LASTS
    context = {"row": row, "form": None if is_open or not is_closed else form, "who": "", "file": None, "corrections": (), **more}
    return render(request, "evidence/material.jinja", context, status=422 if is_sent else 200)


@page(VIEW)
def exhibit(request: HttpRequest, exhibit_id: UUID) -> HttpResponse:
    """One exhibit and its continuity; what may distress is shown to who says why they need to see it."""
    member = member_of(request)
    row = material_for(member, Exhibit, exhibit_id, VIEW, viewed=request.method != "POST")
    return _material(
        request, row, bool(row.distressing), title=f"Exhibit {row.reference}", body=str(row.what), file=row.file_id,
        words=presenters.answer_lines("evidence", "exhibit_questions", row, row.recorded_at, ("what", "person", "file")),
        faults=presenters.fault_words(row), headings=HOLDING_HEADINGS,
        holdings=[presenters.holding_line(held) for held in presenters.holdings_of(row)], may_record=member.may(RECORD),
        corrections=presenters.correction_lines(row), back=f"/cases/{row.case.reference}/exhibits", reference=row.case.reference,
    )  # fmt: skip


@page(RECORD)
def exhibit_correct(request: HttpRequest, exhibit_id: UUID) -> HttpResponse:
    """Adding a correction to the record of an exhibit."""
    row = material_for(member_of(request), Exhibit, exhibit_id, RECORD, viewed=request.method != "POST")

    def act(*, by: Member, words: str) -> None:
        actions.correct_exhibit(by=by, at=timezone.now(), exhibit=row, words=words)

    return record_page(
        request, questions("evidence", "exhibit_questions", "correct"), act, heading="Correct an exhibit",
        back=f"/exhibits/{row.id}", caption=f"Exhibit {row.reference}",
        say="What was written stays readable: your correction is added.",
    )  # fmt: skip


@page(RECORD)
def exhibit_move(request: HttpRequest, exhibit_id: UUID) -> HttpResponse:
    """Recording who had an exhibit."""
    row = material_for(member_of(request), Exhibit, exhibit_id, RECORD, viewed=request.method != "POST")

    def act(*, from_at: datetime | None, **facts: Any) -> None:
        now = timezone.now()
        actions.record_holding(at=from_at or now, exhibit=row, from_at=from_at or now, **facts)

    return record_page(
        request, questions("evidence", "holding_questions"), act, heading="Record who had it", back=f"/exhibits/{row.id}",
        caption=f"Exhibit {row.reference}", say="Write what happened, gaps too. A line is never changed: add another.",
    )  # fmt: skip


def _ledger(person: Person) -> dict[str, Any]:
    accounts = queries.accounts_of(person)
    lines = [presenters.account_line(row) for row in accounts]
    ledger = {"rows": lines, "headings": ACCOUNT_HEADINGS, "count": presenters.count_words(accounts)}
    return person_heading(person) | ledger | {"accounts": accounts}


@page(VIEW, only="GET")
def person_accounts(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Every account that a person gave, and those that were asked for."""
    member = member_of(request)
    person = person_for(member, person_id, VIEW, viewed=True)
    waiting = [
        {"title": LINES.get(row.line, row.line), "by": row.recorded_by.name, "at": row.asked_at, "words": str(row.reason)}
        for row in queries.open_requests(person)
    ]
    return render(request, "evidence/accounts.jinja", _ledger(person) | {"waiting": waiting, "may_record": member.may(RECORD)})


@page(RECORD)
def account_ask(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Asking for a further account, beneath those there are."""
    person = person_for(member_of(request), person_id, RECORD, viewed=request.method != "POST")
    ledger = _ledger(person)
    shown = [row.id for row in ledger["accounts"]]

    def act(**answers: Any) -> None:
        seen = shown if version_seen(request.POST) == len(shown) else []
        actions.ask_for_account(at=timezone.now(), person=person, shown=seen, **answers)

    return record_page(
        request, questions("evidence", "ask_questions"), act, heading="Ask for a further account",
        back=f"/people/{person.id}/accounts", refusals={ConcurrentEdit: (None, MORE_NOW)}, choices={"line": LINES.items()},
        template="evidence/account_ask.jinja", **ledger,
    )  # fmt: skip


@page(RECORD)
def account_add(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Recording an account that was taken, asked for or not."""
    person = person_for(member_of(request), person_id, RECORD, viewed=request.method != "POST")
    waiting = {str(row.id): row for row in queries.open_requests(person)}
    asked = [(key, f"{LINES.get(row.line, row.line)}, asked {day_time(row.asked_at)}") for key, row in waiting.items()]

    def act(*, request: str, taken_at: datetime | None, **facts: Any) -> None:
        actions.record_account(at=taken_at or timezone.now(), person=person, request=waiting.get(request), **facts)

    return record_page(
        request, questions("evidence", "account_questions"), act, heading="Record an account",
        back=f"/people/{person.id}/accounts", caption=person_heading(person)["who"], choices={"request": asked},
    )  # fmt: skip


@page(VIEW)
def account(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """One account in outline; its words are shown to who says why they need to read them."""
    row = material_for(member_of(request), Account, account_id, VIEW, viewed=request.method != "POST")
    body = str(row.words) or f"It is not written here. Watch or read {row.reference or 'the original'}."
    return _material(
        request, row, True, title=f"Account {row.number}", body=body,
        words=presenters.answer_lines("evidence", "account_questions", row, row.recorded_at, ("words", "request")),
        back=f"/people/{row.person_id}/accounts", reference=row.person.case.reference, who=label(row.person),
    )  # fmt: skip
