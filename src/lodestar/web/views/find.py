"""Searching for a person or a case: one box, one page of answers, of what the member may see."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lodestar.casework.cases.presenters import with_age
from lodestar.casework.ledger.presenters import place_words, title_of
from lodestar.information_governance.access_alerts.rules import is_own_name
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page
from lodestar.platform.audit.presenters import capital
from lodestar.platform.design.when import short_day
from lodestar.platform.time.days import london_date
from lodestar.web.access import CRIME, NRM, OPERATION, REFERENCE, SearchResult, hits, may_search_addresses, rows_of
from lodestar.web.actions import record_search
from lodestar.web.forms import Search
from lodestar.web.rules import ADDRESS, NAME, TELEPHONE, read_query

MOST = 20


@page(Permission.CASE_VIEW, asks=True)
def find(request: HttpRequest) -> HttpResponse:
    """The box; and what was typed is answered by the same page, so that no address holds a name. An exact reference is no
    shortcut: it is the one answer, as slow and as quick as any."""
    member, now = member_of(request), timezone.now()
    form = Search(request.POST if request.method == "POST" else None, auto_id="%s")
    context: dict[str, Any] = {
        "form": form,
        "asks_addresses": may_search_addresses(member),
        "may_ask": member.may(Permission.EMERGENCY_ACCESS),
        "now": now,
    }
    if request.method == "POST" and form.is_valid():
        context |= _answers(member, form.cleaned_data["sought"], now)
    return render(request, "web/find.jinja", context, status=422 if request.method == "POST" and form.errors else 200)


def _answers(member: Member, typed: str, now: datetime) -> dict[str, Any]:
    """What the member may see of it, once it is written down what kind of search it was and whom it showed."""
    query = read_query(typed, by_address=may_search_addresses(member))
    found = hits(member, query, MOST)
    shown = rows_of(member, found[:MOST], now)
    record_search(
        by=member, at=now, kind=query.kind, is_own_name=query.kind == NAME and is_own_name(query.words, member.name),
        people={row.person.id for row in shown if row.person}, cases={row.case.id for row in shown},
    )  # fmt: skip
    return {"results": result_lines(shown, now), "has_more": len(found) > MOST, "most": MOST, "is_name": query.kind == NAME}


HOW = {
    REFERENCE: "the case reference", OPERATION: "the operation", CRIME: "the crime number", NRM: "the NRM reference",
    TELEPHONE: "a telephone number held for them", ADDRESS: "an address held for them",
}  # fmt: skip


def result_lines(rows: Iterable[SearchResult], now: datetime) -> list[dict[str, Any]]:
    """Each answer as a line, in their order."""
    return [_result(row, now) for row in rows]


def _result(row: SearchResult, now: datetime) -> dict[str, Any]:
    case, person = row.case, row.person
    met = case.encountered_as or short_day(case.encountered_at, now)
    where = place_words(case)
    return {
        "title": with_age(person, london_date(case.encountered_at)) if person else f"Case {case.reference}",
        "href": f"/people/{person.id}" if person else f"/cases/{case.reference}",
        "how": capital(HOW.get(row.how, row.how)),
        "reference": case.reference if person else "",
        "case_href": f"/cases/{case.reference}",
        "where": f"{where}, {met}" if where else met,
        "holder": (case.owner or case.interim_owner).name,
        "is_sealed": case.sealed,
        "next": title_of(row.next) if row.next else "",
        "due": row.next.due_at if row.next else None,
    }
