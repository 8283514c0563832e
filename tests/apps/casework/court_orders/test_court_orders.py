"""Orders of a court: what they say, when their owner looks, breaches, who sees them, and what goes into a file."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from lodestar.casework.case_files.actions.case import seal_case
from lodestar.casework.court_orders import presenters, queries
from lodestar.casework.court_orders.models import CourtOrder
from lodestar.casework.court_orders.rules import ORDER, kinds_on, length_words, next_look
from lodestar.platform.notices.due_items import due_items
from lodestar.platform.notices.models import Notice
from lodestar.platform.time.days import end_of_day
from tests.factories.accounts import a_member
from tests.factories.cases import MET, a_case, a_person
from tests.factories.closures import CourtOrderFactory
from tests.factories.signed_in import html_of, read, sent, signed_in
from tests.factories.statements import at_most

DAY = date(2026, 3, 2)


def test_when_an_order_is_looked_at_and_what_is_odd_about_its_length():
    end = date(2031, 3, 1)
    looks = {to: next_look(to, DAY, end, 28) for to in ORDER.states}
    assert {to for to, at in looks.items() if at is None} == {"not_applied", "refused", "ended"}
    assert looks["made"] == end_of_day(date(2031, 2, 1))
    assert looks["applied"] == end_of_day(DAY + timedelta(days=28))
    assert next_look("made", DAY, None, 28) is None, "until further order"
    kinds = kinds_on(DAY)
    assert [bool(length_words(kinds["stpo"], DAY, day)) for day in (date(2031, 2, 28), end)] == [True, False]
    assert [bool(length_words(kinds["football"], DAY, day)) for day in (date(2036, 3, 2), date(2036, 3, 3))] == [False, True]
    assert length_words(kinds["stpo"], DAY, None) == ""
    assert kinds_on(date(2020, 11, 30))["restraining"]["statute"] != kinds_on(date(2020, 12, 1))["restraining"]["statute"]


@pytest.fixture
def order(fenmarch):
    """An order against an exploiter that an investigator began."""
    detective = a_member("investigator", name="DC Marchetti")
    case = a_case(detective)
    victim = a_person(detective, case, name="Ardita Hoxha")
    exploiter = a_person(detective, case, name="Skip Vane", roles=["exploiter"], belief="none")
    page = f"/cases/{case.reference}/orders"
    sent(detective, page, order_kind="stpo", person=str(exploiter.id), protects=str(victim.id))
    return detective, CourtOrder.objects.select_related("person__case").get()


def test_an_order_is_made_breached_looked_at_and_about_to_end(client, order):
    detective, row = order
    case, page = row.person.case, f"/orders/{row.id}"
    assert [words for words, _ in queries.open_for_closing(case)] == [
        "Slavery and trafficking prevention order (STPO): being considered"
    ]
    made = {"to": "made", "version": 1, "court": "Ipswich Crown Court", "made_on": "2 March 2026", "to_on": "1 March 2031"}
    assert sent(detective, page, **made | {"to_on": "1 March 2020"}).status_code == 422, "it ends before it begins"
    assert sent(detective, page, **made, conditions="No contact\nNo lodgers").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.from_on, row.due_at) == ("made", DAY, end_of_day(date(2031, 2, 1)))
    assert queries.open_for_closing(case) == []
    condition = row.conditions.get(number=2)
    breach = {"condition": str(condition.id), "what_was_done": "Arrested", "victim_informed": "not_safe"}
    assert sent(detective, f"{page}/breach", **breach | {"what_was_done": ""}).status_code == 422
    assert sent(a_member("supervisor"), f"{page}/breach", **breach).status_code == 404
    colleague = a_member("detective_inspector", rank="detective_inspector")
    assert sent(colleague, f"{page}/breach", **breach, crime_number="fm/1").status_code == 302
    assert row.breaches.get().crime_number == "FM/1"
    assert Notice.objects.get(kind="order_breached").to_id == detective.user
    (item,) = due_items(detective, timezone.now() + timedelta(days=1), timezone.now())
    assert (item.href, item.is_late(timezone.now())) == (page, True), "at once"
    assert [(line.href, line.tag) for line in presenters.case_lines(case, detective, timezone.now())][1] == (page, "To look at")
    with at_most(15):
        assert "data-breach-waits" in html_of(signed_in(client, detective), page)
    looked = {"to": "varied", "version": 2, "because": "Charged with the breach", **made, "conditions": "No contact"}
    assert sent(detective, page, **looked | {"to": "varied", "version": 2}).status_code == 302
    row.refresh_from_db()
    assert (row.breach_waits, row.due_at) == (False, end_of_day(date(2031, 2, 1)))
    assert list(row.conditions.filter(ended_at__isnull=False)) == [condition], "taken off, and kept"
    assert {kind for _, kind, _, _ in queries.timeline_rows(case)} == {"decision", "event"}


def test_an_order_that_is_not_applied_for_says_why_and_is_considered(order):
    detective, row = order
    page = f"/orders/{row.id}"
    assert sent(detective, page, to="not_applied", version=1).status_code == 422
    assert sent(detective, page, to="not_applied", version=1, reason="their_safety").status_code == 302
    assert queries.open_for_closing(row.person.case) == []
    other = a_case(detective)
    assert len(queries.open_for_closing(other)) == 1, "never considered"


def test_a_sealed_order_is_in_no_list_no_file_and_no_page(client, order):
    detective, row = order
    for n in range(3):
        CourtOrderFactory(person=a_person(detective, a_case(detective), name=f"Skip {n}"))
    coordinator = a_member("coordinator")
    client = signed_in(client, coordinator)
    with at_most(15):
        assert f"/orders/{row.id}" in html_of(client, "/orders")
    seal_case(by=coordinator, at=MET, case=row.person.case, reason="A relative.", owners=[detective.user, a_member().user])
    shown, file = html_of(client, "/orders", show="all"), client.get("/orders", {"as": "csv"}).content.decode()
    assert str(row.id) not in shown
    assert row.person.case.reference not in shown + file
    assert (len(file.splitlines()), "Skip" in file) == (4, False), "no names"
    assert (
        client.get(f"/orders/{row.id}").status_code == client.get(f"/cases/{row.person.case.reference}/orders").status_code == 404
    )
    assert f"/orders/{row.id}" in read(detective, "/orders"), "its named owners alone"
    assert Client().get("/orders").status_code != 200
