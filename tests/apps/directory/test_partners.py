"""Partners: the national bodies and the force's own on their pages."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from lodestar.directory.partners.models import Agreement, Partner, PartnerContact
from lodestar.platform.audit.models import Event
from tests.factories.accounts import a_member
from tests.factories.directory import PartnerFactory
from tests.factories.signed_in import form, html_of, signed_in
from tests.factories.statements import at_most

AUTHORITY = "/partners/labour_abuse_authority"


@pytest.fixture
def advisor(fenmarch):
    return a_member("advisor")


def test_the_successor_is_shown_from_its_day(client, advisor):
    for day, is_over in ((6, False), (7, True)):
        with time_machine.travel(datetime(2026, 4, day, 12, tzinfo=UTC), tick=False):
            signed_in(client, advisor)
            assert ('data-successor="fair_work_agency"' in html_of(client, AUTHORITY)) is is_over
            assert client.get("/partners/fair_work_agency").status_code == (200 if is_over else 404)


def test_a_partner_is_added_confirmed_becomes_stale_and_is_followed_by_another(client, advisor):
    with time_machine.travel(datetime(2026, 9, 1, 12, tzinfo=UTC), tick=False):
        signed_in(client, advisor)
        assert client.post("/partners/new", form(name="Fen Trust")).status_code == 422, "no kind"
        page = client.post("/partners/new", form(name="Fen Trust", kind="charity"))["Location"]
        assert "data-stale" in html_of(client, page)
        for bad in ({"telephone": "", "email": ""}, {"telephone": "ask"}, {"hours": "late"}):
            typed = {"role": "Desk", "telephone": "01632 960 402", "hours": "mon-fri 08:30-17:00", "districts": "North, East"}
            assert client.post(f"{page}/parts/contact", form(**typed | bad)).status_code == 422, bad
        assert client.post(f"{page}/parts/contact", form(**typed)).status_code == 302
        contact = PartnerContact.objects.get()
        assert (contact.hours, contact.districts) == ("mon-fri 08:30-17:00", ["North", "East"])
        sharing = {"kind": "information_sharing", "from_date": "1 March 2026", "to_date": "1 February 2026"}
        assert client.post(f"{page}/parts/agreement", form(**sharing)).status_code == 422, "ends before it begins"
        assert client.post(f"{page}/parts/agreement", form(**sharing | {"to_date": "1 March 2027"})).status_code == 302
        assert Agreement.objects.count() == 1
        assert client.post(f"{page}/confirm", form()).status_code == 302
        with at_most(15):
            assert 'href="tel:01632960402"' in html_of(client, page)
    for month, day, is_stale in ((11, 30, False), (12, 1, True)):  # 90 days, 91 days
        with time_machine.travel(datetime(2026, month, day, 12, tzinfo=UTC), tick=False):
            signed_in(client, advisor)
            assert ("data-stale" in html_of(client, page)) is is_stale
            assert ("Fen Trust" in html_of(client, "/partners", stale="on", kind="charity")) is is_stale
    new = PartnerFactory(name="Fen and Wold Trust")
    signed_in(client, advisor)  # today: the session of the days above is over
    closed = {"name": "Fen Trust", "kind": "charity", "successor": str(new.id), "version": "1"}
    assert client.post(f"{page}/edit", form(**closed)).status_code == 422, "no last day"
    closed["closed_on"] = "30 November 2026"
    assert client.post(f"{page}/edit", form(**closed)).status_code == 302
    assert client.post(f"{page}/edit", form(**closed)).status_code == 422, "a colleague was faster"
    with time_machine.travel(datetime(2026, 12, 1, 12, tzinfo=UTC), tick=False):
        signed_in(client, advisor)
        assert f'data-successor="{new.id}"' in html_of(client, page)
    signed_in(client, advisor)
    row = f"{page}/parts/contact?row={contact.id}"
    assert client.post(row, form(**typed | {"role": "Night desk"})).status_code == 302
    assert client.post(row.replace(page, f"/partners/{new.id}"), form(remove="1")).status_code == 404, "another's contact"
    assert client.post(row, form(remove="1")).status_code == 302
    codes = Event.objects.filter(code__startswith="partners.").order_by("recorded_at").values_list("code", flat=True)
    assert {code.partition(".")[2] for code in codes} == {
        "recorded", "part_recorded", "confirmed", "changed", "part_changed", "part_removed",
    }  # fmt: skip


def test_what_a_force_adds_to_a_national_body_and_who_may(client, advisor):
    officer = a_member("frontline")
    signed_in(client, officer)
    assert 'href="/partners/salvation_army"' in html_of(client, "/partners", q="salvation")
    page = html_of(client, "/partners/salvation_army")
    assert "data-unconfirmed" in page
    assert 'href="tel:08008083733"' in page, "from the national numbers to ring"
    assert "/edit" not in page
    for address in ("/partners/new", "/partners/salvation_army/edit", "/partners/salvation_army/confirm"):
        assert client.post(address, form(name="x", kind="charity")).status_code == 404
    assert not Partner.objects.exists()
    signed_in(client, advisor)
    typed = {"powers": "Ring before 8 pm", "website": "www.salvationarmy.example", "version": "1"}
    assert client.post("/partners/salvation_army/edit", form(**typed)).status_code == 302
    assert client.post("/partners/salvation_army/confirm", form()).status_code == 302
    row = Partner.objects.get()
    assert (row.body, row.name, row.powers, row.confirmed_by_id) == ("salvation_army", "", "Ring before 8 pm", advisor.user)
    assert Client().get("/partners").status_code == 302
