"""Who sees a safe address, who names others for it, and who is told of it: asked of the doors themselves.

An address at which somebody is hidden is shown to those named for it and to nobody else, whatever their role.
"""

from datetime import date, timedelta

import pytest
from django.http import Http404

from lodestar.casework.safe_addresses.access import (
    addresses_of,
    may_change_viewers,
    may_name_viewers,
    may_see_address,
    may_see_address_or_404,
    person_whose_viewers,
)
from lodestar.platform.accounts.models import Membership
from lodestar.platform.text.ids import new_id
from tests.factories.accounts import a_member
from tests.factories.administering import administering
from tests.factories.cases import (
    MET,
    CaseFactory,
    CaseMemberFactory,
    PersonFactory,
    SafeAddressFactory,
    SafeAddressViewerFactory,
    user_of,
)

HOUR = timedelta(hours=1)


@pytest.fixture
def person(fenmarch):
    return PersonFactory()


def named(member, person):
    SafeAddressViewerFactory(person=person, user=user_of(member))
    return member


def given(member, person):
    CaseMemberFactory(case=person.case, user=user_of(member))
    return member


def test_only_those_named_see_an_address_and_only_while_their_role_lets_them(person):
    officer = named(a_member("frontline"), person)
    assert may_see_address(officer, person)
    assert not may_see_address(officer, PersonFactory())
    assert not may_see_address(a_member("coordinator"), person)
    assert not may_see_address(named(a_member("administrator"), person), person)
    may_see_address_or_404(officer, person)
    with pytest.raises(Http404):
        may_see_address_or_404(a_member("coordinator"), person)


def test_others_are_named_by_those_named_and_by_anybody_on_the_case_where_none_of_them_is_at_work(person):
    stranger = a_member("frontline")
    assert may_name_viewers(stranger, person), "nobody is named"
    officer = named(a_member("frontline"), person)
    assert may_name_viewers(officer, person)
    assert not may_name_viewers(stranger, person)
    with administering():
        Membership.objects.filter(id=officer.membership).update(to_date=date(2020, 1, 2))
    assert may_name_viewers(stranger, person), "the only one named has left"


def test_viewers_are_changed_by_whoever_has_the_case_by_the_coordinator_and_by_those_named(fenmarch):
    interim, owner = a_member("frontline"), a_member("investigator")
    person = PersonFactory(case=CaseFactory(interim_owner=user_of(interim), owner=user_of(owner)))
    colleague = a_member("frontline")
    for member in (interim, owner, colleague):
        given(member, person)
    coordinator, other = a_member("coordinator"), named(given(a_member("frontline"), person), person)
    for member in (interim, owner, coordinator, other):
        assert may_change_viewers(member, person), member.roles
        assert person_whose_viewers(member, person.id) == person
    assert not may_change_viewers(colleague, person)
    for member, wanted in [(colleague, person.id), (a_member("frontline"), person.id), (coordinator, new_id())]:
        with pytest.raises(Http404):
            person_whose_viewers(member, wanted)


def test_the_latest_address_is_shown(person):
    officer = named(a_member("frontline"), person)
    assert addresses_of(officer, person) == []
    said = ({"address": ""}, {}, {})
    rows = [SafeAddressFactory(person=person, recorded_at=MET - number * HOUR, **told) for number, told in enumerate(said)]
    assert addresses_of(officer, person) == [rows[1]]
    with pytest.raises(Http404):
        addresses_of(a_member("coordinator"), person)
