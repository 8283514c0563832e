"""What another system says of where somebody is names nobody for where they are taken later."""

from html import unescape

import pytest
from django.utils import timezone

from lodestar.casework.case_files.actions.case import give_case
from lodestar.casework.cases.models import Person
from lodestar.casework.safe_addresses.access import addresses_of, may_see_address
from lodestar.casework.safe_addresses.actions import name_viewer, record_address, record_reported_addresses, show_address
from lodestar.casework.safe_addresses.models import SafeAddress, SafeAddressViewer
from lodestar.casework.safe_addresses.queries import address_viewers
from lodestar.casework.safe_addresses.queries import address_viewers as of_offers
from lodestar.platform.names.reported import as_reported, line
from lodestar.web.queries import about
from tests.factories.accounts import a_member
from tests.factories.cases import MET, a_case, a_person
from tests.factories.importing import brought_in, table_of
from tests.factories.signed_in import form, signed_in

pytestmark = pytest.mark.usefixtures("fenmarch")
REFUGE = "Haven House, 3 Hill Row"
REPORTED = as_reported([line("Home address", "12 Mill Lane")])


def named(person):
    return set(SafeAddressViewer.objects.filter(person=person).values_list("user_id", flat=True))


def seen_by(person, *members):
    person = Person.objects.select_related("case__owner", "case__interim_owner").get(id=person.id)
    held = {member.user for member in members if may_see_address(member, person)}
    assert set(address_viewers(person)) == set(of_offers(person)) == set(about(person).viewers) >= held
    return held


@pytest.fixture
def brought(tmp_path):
    """A person of a row that a clerk brought in, whose case a detective was given since."""
    clerk, detective = a_member("investigator", name="Mr Tillage"), a_member("investigator", name="DC Tallow")
    head = ["incident_ref", "happened_at", "name", "role", "address"]
    table = table_of([["INC 1", "3/11/2026", "Ana", "victim", "12 Mill Lane"]], head)
    assert brought_in("import_concerns", tmp_path / "rows.csv", table, user=clerk.username)[0] == 0
    return clerk, detective, Person.objects.select_related("case").get()


def given(by, case, member):
    give_case(by=by, at=timezone.now(), case=case, to=member.user)


def owned(case, member):
    case.owner_id = member.user
    case.save(update_fields=["owner"])


def test_whoever_brings_a_row_in_is_not_named_and_whoever_has_the_case_may_see_it(brought):
    clerk, detective, person = brought
    assert named(person) == set()
    assert SafeAddress.objects.get().is_reported
    assert seen_by(person, clerk, detective) == {clerk.user}, "until somebody else has the case it is theirs"
    owned(person.case, detective)
    assert seen_by(person, clerk, detective) == {detective.user}


def test_whoever_writes_where_they_were_taken_is_named_and_the_clerk_is_not(client, brought):
    clerk, detective, person = brought
    given(clerk, person.case, detective)
    page = f"/people/{person.id}/address"
    assert signed_in(client, detective).post(page, form(address=REFUGE)).headers["Location"] == f"/people/{person.id}"
    assert named(person) == {detective.user}
    assert seen_by(person, clerk, detective) == {detective.user}
    assert "You may not see it. Ask DC Tallow." in unescape(signed_in(client, clerk).get(page).content.decode())
    record_reported_addresses(by=clerk, at=timezone.now(), case=person.case, addresses=[(person, REPORTED)])
    assert seen_by(person, clerk, detective) == {detective.user}, "a row that comes later opens nothing"


def test_somebody_named_for_what_was_reported_hides_it_from_nobody_who_has_the_case(brought):
    clerk, detective, person = brought
    name_viewer(by=clerk, at=timezone.now(), person=person, viewer=detective.user, reason="Looks for her")
    assert seen_by(person, clerk, detective) == {clerk.user, detective.user}


def test_where_an_address_stands_already_a_reported_one_names_nobody():
    officer, clerk = a_member("frontline"), a_member("coordinator")
    person = a_person(officer, a_case(officer), name="Ana")
    record_address(by=officer, at=MET, person=person, address=REFUGE, viewers=[])
    record_reported_addresses(by=clerk, at=MET, case=person.case, addresses=[(person, REPORTED)])
    assert named(person) == {officer.user}


def test_what_was_reported_later_hides_nothing_that_somebody_wrote():
    officer = a_member("investigator")
    person = a_person(officer, a_case(officer))
    record_address(by=officer, at=MET, person=person, address=REFUGE, viewers=())
    telephone = as_reported([line("Given at the scene", "07700 900123")])
    for reported in (REPORTED, REPORTED, telephone):
        record_reported_addresses(by=officer, at=MET, case=person.case, addresses=[(person, reported)])
    assert [str(one.address) for one in addresses_of(officer, person)] == [REFUGE, telephone, REPORTED]
    shown = show_address(by=officer, at=MET, person=person, reason="To bring her there")
    assert str(shown.address) == REFUGE
