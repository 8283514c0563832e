"""Pages of court orders: of a case, across cases, one order, and recording a breach."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from lodestar.casework.cases.access import case_for, person_for
from lodestar.casework.cases.presenters import labels
from lodestar.casework.court_orders import actions, forms, presenters, queries
from lodestar.casework.court_orders.models import CourtOrder
from lodestar.casework.court_orders.rules import KINDS, kinds_on
from lodestar.platform.accounts.access import Member, member_of, one_or_404
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page
from lodestar.platform.design.when import on
from lodestar.platform.questionnaires.views import questions, record_page
from lodestar.platform.registers.presenters import own_lines
from lodestar.platform.registers.views import list_page, row_page

VIEW, RECORD = Permission.INVESTIGATION_VIEW, Permission.INVESTIGATION_RECORD


@page(VIEW, only="GET")
def orders(request: HttpRequest) -> HttpResponse:
    """The orders of all cases that the member sees, those to look at first."""
    return list_page(request, presenters.ORDERS)


@page(VIEW)
def case_orders(request: HttpRequest, reference: str) -> HttpResponse:
    """The orders against people of a case, and beginning another: also one that will not be applied for."""
    member, now, is_sent = member_of(request), timezone.now(), request.method == "POST"
    case = case_for(member, reference, VIEW, viewed=not is_sent)
    if is_sent and not member.may(RECORD):
        raise Http404
    people = {str(person.id): person for person in case.people.order_by("number")}
    choices = [(str(person), words) for person, words in labels(people.values()).items()]
    kinds = [(code, kind["name"]) for code, kind in kinds_on(on(now)).items()]

    def act(*, by: Member, order_kind: str, person: str, protects: str) -> str:
        if protects == person:
            raise ValueError(person)
        row = actions.record_order(by=by, at=now, person=people[person], kind=order_kind, protects=people.get(protects))
        return f"/orders/{row.id}"

    return record_page(
        request, questions("court_orders", "order_questions"), act, heading="Court orders", back=f"/cases/{reference}",
        choices={"order_kind": kinds, "person": choices, "protects": choices}, case=case,
        refusals={ValueError: ("protects", "Choose another person, or leave it blank")}, template="court_orders/case.jinja",
        may_record=member.may(RECORD), **own_lines(presenters.ORDERS, queries.orders_of(case), now),
    )  # fmt: skip


def _order(request: HttpRequest, order_id: UUID, permission: Permission) -> CourtOrder:
    member = member_of(request)
    row = one_or_404(queries.orders_seen(member).filter(id=order_id))
    row.person = person_for(member, row.person_id, permission, viewed=request.method != "POST")
    return row


@page(VIEW)
def order(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """One order, its conditions, breaches and history, and what became of it next."""
    row = _order(request, order_id, VIEW)
    rows = row.breaches.select_related("condition", "recorded_by").order_by("-happened_at", "-id")
    more = {
        "kind": KINDS[row.kind],
        "conditions": row.conditions.order_by("number"),
        "breaches": presenters.breach_lines(rows),
        "may_record": member_of(request).may(RECORD),
    }
    return row_page(
        request, presenters.ORDERS, row, actions.move_order, back=f"/cases/{row.person.case.reference}/orders",
        form_class=forms.OrderMove, template="court_orders/order.jinja", more=more,
    )  # fmt: skip


@page(RECORD)
def breach(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """Records a breach of an order."""
    row = _order(request, order_id, RECORD)
    conditions = {str(each.id): each for each in row.conditions.order_by("number")}
    choices = [(key, f"{each.number}. {str(each.words)[:80]}") for key, each in conditions.items()]

    def act(*, happened_at: datetime | None, condition: str, crime_number: str, **facts: Any) -> None:
        facts |= {"condition": conditions.get(condition), "crime_number": crime_number.upper()}
        actions.record_breach(at=happened_at or timezone.now(), order=row, **facts)

    return record_page(
        request, questions("court_orders", "breach_questions"), act, heading="Record a breach", back=f"/orders/{row.id}",
        caption=f"{KINDS[row.kind]}. {row.person.case.reference}", choices={"condition": choices},
    )  # fmt: skip
