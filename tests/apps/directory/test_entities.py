"""Places and organisations: found again by their keys, and never a safe address."""

import pytest
from django.utils import timezone

from lodestar.casework.safe_addresses.actions import agree_contact, record_address, record_reported_addresses
from lodestar.directory.entities.models import Organisation, Place
from lodestar.platform.accounts.models import Draft
from lodestar.platform.audit.models import Event
from tests.factories.accounts import a_member
from tests.factories.cases import a_case, a_person, contact_rule
from tests.factories.signed_in import form, html_of, signed_in
from tests.factories.statements import at_most

NEW = "/entities/places/new"
NAILS = {"name": "Lilac Nails", "kind": "nail_bar", "address_line": "3 Fen Rd, Ely", "postcode": "cb74zz"}


@pytest.fixture
def analyst(client, fenmarch):
    member = a_member("analyst")
    signed_in(client, member)
    return member


def test_the_same_place_is_shown_and_a_person_decides(client, analyst):
    page = client.post(NEW, form(**NAILS))["Location"]
    place = Place.objects.get()
    assert (place.postcode, bool(place.keys)) == ("CB7 4ZZ", True)
    again = client.post(NEW, form(**NAILS | {"name": "Nails", "address_line": "3 FEN ROAD"}))
    assert again.status_code == 422
    assert f'href="{page}"' in again.content.decode()
    assert Place.objects.count() == 1
    assert client.post(NEW, form(**NAILS, is_another="on")).status_code == 302
    for bad in ({"postcode": "CB7"}, {"kind": ""}, {"coordinates": "5, 200"}, {"postcode": "", "address_line": "3 Fen Rd"}):
        assert client.post(NEW, form(**NAILS | bad)).status_code == 422, bad
    lilac = {"name": "Lilac Ltd", "company_number": "1234567", "website": "lilac.example"}
    assert client.post("/entities/organisations/new", form(**lilac)).status_code == 302
    assert client.post("/entities/organisations/new", form(**lilac | {"name": "Another"})).status_code == 422
    assert Organisation.objects.count() == 1
    with at_most(15):
        found = client.post("/entities", form(sought="fen nails")).content.decode()
    assert 'data-kind="places" data-rows="2"' in found
    assert 'data-kind="organisations" data-rows="0"' in found
    changed = NAILS | {"coordinates": "52.39900, 0.26200", "version": "1"}
    assert client.post(f"{page}/edit", form(**changed)).status_code == 302
    assert client.post(f"{page}/edit", form(**changed | {"name": "Other"})).status_code == 422, "a colleague was faster"
    assert "52.399" in html_of(client, page)
    assert client.get("/entities/cases/new").status_code == 404


def test_a_safe_address_or_contact_is_refused_in_any_spelling_and_the_refusal_is_logged(client, analyst):
    coordinator = a_member("coordinator")
    person = a_person(coordinator, a_case(coordinator))
    page = client.post(NEW, form(**NAILS))["Location"]
    record_address(by=coordinator, at=timezone.now(), person=person, address="Flat 2, 14 Mill Road, Ely, CB7 4AA", viewers=[])
    agree_contact(by=coordinator, at=timezone.now(), person=person, rule=contact_rule(to_use="07700 900123"))
    safe = NAILS | {"address_line": "14 MILL RD", "postcode": "cb7 4aa"}
    hidden = NAILS | {"name": "Apt 2 14 Mill Rd", "address_line": "", "postcode": "CB7 4AA"}
    firm = {"name": "Lilac Ltd", "telephone": "+44 7700 900123"}
    tries = [(NEW, safe), (NEW, hidden), ("/entities/organisations/new", firm), (f"{page}/edit", safe | {"version": "1"})]
    for count, (address, typed) in enumerate(tries, 1):
        answer = client.post(address, form(**typed))
        assert answer["Location"] == f"{address}?refused=1", typed
        assert "data-refused" in html_of(client, answer["Location"])
        refusals = Event.objects.filter(code="entities.refused")
        assert refusals.count() == count
    assert {(event.case, tuple(event.people), event.by) for event in refusals} == {(None, (), analyst.user)}
    assert (Place.objects.count(), Organisation.objects.count(), Draft.objects.count()) == (1, 0, 0)
    assert Place.objects.get().address_line == "3 Fen Rd, Ely"


def test_what_another_system_reported_is_protected_until_somebody_writes_where_they_are(client, analyst):
    coordinator = a_member("coordinator")
    case = a_case(coordinator)
    person = a_person(coordinator, case)
    record_reported_addresses(by=coordinator, at=timezone.now(), case=case, addresses=[(person, "3 Fen Road, Ely CB7 4ZZ")])
    assert "refused" in client.post(NEW, form(**NAILS))["Location"]
    record_address(by=coordinator, at=timezone.now(), person=person, address="9 Wold Way, Ely CB7 4BB", viewers=[])
    assert "refused" not in client.post(NEW, form(**NAILS))["Location"]


def test_another_role_and_another_force_see_nothing(client, analyst):
    page = client.post(NEW, form(**NAILS))["Location"]
    signed_in(client, a_member("frontline"))
    assert {client.get(path).status_code for path in ("/entities", NEW, page, f"{page}/edit")} == {404}
    assert client.post(NEW, form(**NAILS)).status_code == 404
