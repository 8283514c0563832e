"""The list of a register and the page of one row, called by the views of the app whose register it is."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.request_flow import submitted_or_draft, version_seen
from lodestar.platform.audit.actions import audit
from lodestar.platform.design.files import to_save
from lodestar.platform.design.forms.fields import at_and_words
from lodestar.platform.registers.forms import FilterForm, MoveForm
from lodestar.platform.registers.models import Register, RegisterRow
from lodestar.platform.registers.presenters import history_lines, plain_cell
from lodestar.platform.registers.queries import history_of, in_order, narrowed, place_of
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.text.csv_safety import table
from lodestar.platform.text.paging import place

EACH = 20
MOST_EXPORTED = 5_000
CHANGED = "A colleague changed this while you were writing: see the history. Save again if yours is still right"


def list_page(request: HttpRequest, register: Register) -> HttpResponse:
    """The rows that the member sees, narrowed by the boxes over them; with `as=csv`, for those who may, as a file."""
    member, now, asked = member_of(request), timezone.now(), request.GET
    may_export = register.exports is not None and member.may(register.exports)
    form = FilterForm(asked, auto_id="%s", register=register)
    values = form.narrowing()
    rows = narrowed(register, member, form.cleaned_data.get("show", ""), values, now)
    if asked.get("as") == "csv":
        if not may_export:
            raise Http404
        return _as_csv(register, member, list(in_order(register, rows)[:MOST_EXPORTED]), now)
    found = list(in_order(register, rows, place(asked.get("after", "")))[: EACH + 1])
    shown, onward = found[:EACH], asked.copy()
    register.shown(member, shown)
    if len(found) > EACH:
        onward["after"] = place_of(register, shown[-1]).mark()
    as_file = asked.copy()
    as_file["as"] = "csv"
    context = {
        "register": register,
        "form": form,
        "headings": [column.heading for column in register.columns],
        "rows": [[column.cell(row, now) for column in register.columns] for row in shown],
        "next": f"?{onward.urlencode()}" if len(found) > EACH else "",
        "is_first": not asked.get("after"),
        "as_csv": f"?{as_file.urlencode()}" if may_export else "",
    }
    return render(request, "registers/list.jinja", context)


def _as_csv(register: Register, member: Member, rows: list[Any], now: datetime) -> HttpResponse:
    columns = [column for column in register.columns if column.is_exported]
    register.shown(member, rows)
    audit(register.exported, by=member, at=now, subject=str(len(rows)), fields=[column.heading for column in columns])
    lines = [[plain_cell((column.exported or column.cell)(row, now)) for column in columns] for row in rows]
    return to_save(table([column.heading for column in columns], lines), f"{register.name}.csv", "text/csv")


def row_page(
    request: HttpRequest, register: Register, row: RegisterRow, act: Callable[..., Any], *, back: str,
    form_class: Callable[..., MoveForm] = MoveForm, template: str = "registers/row.jinja", more: Mapping[str, Any] | None = None,
    refusals: Mapping[type[Exception], tuple[str | None, str]] | None = None,
) -> HttpResponse:  # fmt: skip
    """One row with its history and, for who may, its next move, which `act` does (by, at, row, to, seen, reason, because and what
    the form's `columns` are). A register with more to show extends the template and gives it `more`; what else `act` raises is
    said beside a box by `refusals`, in its own words where they have none."""
    member, now, is_sent = member_of(request), timezone.now(), request.method == "POST"
    may_move = member.may(register.changes) and (is_sent or bool(row.rules.following(row.state)))
    if is_sent and not may_move:
        raise Http404
    form = form_class(submitted_or_draft(request), auto_id="%s", register=register, row=row) if may_move else None
    if is_sent and form is not None and form.is_valid():
        answers = form.cleaned_data
        at, _ = at_and_words(answers["moved_at"], now)
        done = {name: answers[name] for name in ("to", "reason", "because")} | form.columns()
        try:
            act(by=member, at=at, row=row, seen=version_seen(request.POST) or 0, **done)
            return redirect(request.path)
        except ConcurrentEdit:
            row.refresh_from_db()
            form.add_error(None, CHANGED)
        except tuple(refusals or ()) as refusal:
            name, words = (refusals or {})[type(refusal)]
            form.add_error(name, words or str(refusal))
    context = {
        "register": register,
        "row": row,
        "state": row.rules.states[row.state],
        "name": register.named(row) if register.named else "",
        "words": register.words(row, now),
        "form": form,
        "moves": history_lines(register, history_of(row)),
        "back": back,
        **(more or {}),
    }
    return render(request, template, context, status=422 if is_sent else 200)
