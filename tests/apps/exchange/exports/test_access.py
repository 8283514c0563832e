"""What may leave as a file, and for whom: asked of the doors themselves. Of a sealed case nothing does."""

import pytest
from django.http import Http404

from lodestar.casework.cases.models import Case
from lodestar.exchange.exports.access import case_to_export, case_to_give_out, chosen, exported_case, person_to_give_out
from lodestar.exchange.imports.actions.htcds import case_to_take_for
from lodestar.oversight.releases.queries import release_for
from lodestar.platform.text.ids import new_id
from tests.factories.accounts import a_member
from tests.factories.cases import CaseFactory, PersonFactory, SealOwnerFactory, user_of
from tests.factories.exchange import ReleaseFactory


@pytest.fixture
def coordinator(fenmarch):
    return a_member("coordinator")


@pytest.fixture
def sealed(coordinator):
    """A sealed case of which the coordinator is a named owner."""
    case = CaseFactory()
    SealOwnerFactory(case=case, user=user_of(coordinator))
    Case.objects.filter(id=case.id).update(sealed=True)
    return case


def test_a_case_leaves_while_it_is_seen_and_nobody_has_sealed_it(coordinator, sealed):
    case = CaseFactory()
    assert case_to_export(coordinator, case.reference) == exported_case(coordinator, case.id) == case
    for member, one in [(coordinator, sealed), (a_member("frontline"), case)]:
        assert case_to_export(member, one.reference) is None
        with pytest.raises(Http404):
            exported_case(member, one.id)
    for nothing in (None, new_id()):
        with pytest.raises(Http404):
            exported_case(coordinator, nothing)


def test_of_a_case_those_chosen_leave_or_all(coordinator):
    case = CaseFactory()
    first, second, third = (PersonFactory(case=case, number=number) for number in (1, 2, 3))
    PersonFactory(number=1)
    assert chosen(case, []) == [first, second, third]
    assert chosen(case, [3, 1]) == [first, third]
    assert chosen(case, [4]) == []


def test_a_crime_record_is_made_of_a_possible_victim(coordinator):
    victim = PersonFactory(roles=["possible_victim", "suspect"])
    assert person_to_give_out(coordinator, victim.id) == victim
    for member, wanted in [
        (coordinator, PersonFactory(roles=["suspect"]).id),
        (coordinator, new_id()),
        (a_member("frontline"), victim.id),
        (a_member("crime_allocation"), victim.id),  # sees the case, and gives nothing out
    ]:
        with pytest.raises(Http404):
            person_to_give_out(member, wanted)


def test_what_came_back_is_kept_by_who_gives_out_and_sees_the_case(coordinator):
    case = CaseFactory()
    assert case_to_give_out(coordinator, case.reference) == case
    assert case_to_take_for(coordinator, case.reference) == case
    for member in (a_member("frontline"), a_member("crime_allocation")):
        assert case_to_take_for(member, case.reference) is None
        with pytest.raises(Http404):
            case_to_give_out(member, case.reference)


def test_a_table_is_for_who_may_give_it_out(coordinator):
    release = ReleaseFactory()
    assert release_for(coordinator, release.id) == release
    for member, wanted in [(coordinator, new_id()), (a_member("supervisor"), release.id)]:
        with pytest.raises(Http404):
            release_for(member, wanted)
