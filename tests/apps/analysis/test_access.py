"""Whose cases a figure counts: asked of the door itself, without a page between.

A sealed case is counted for nobody, its owners among them; its owners have it apart.
"""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.http import Http404
from django.utils import timezone

from lodestar.accounts.permissions import Reach
from lodestar.analysis.access import TAKEN, scope_for, taken_for, whole_force
from lodestar.analysis.actions import take
from lodestar.cases.models import Case
from lodestar.kernel.ids import new_id
from lodestar.record.models import Event
from tests.factories.accounts import UnitFactory, a_member
from tests.factories.cases import CaseFactory, CaseMemberFactory, SealOwnerFactory, user_of
from tests.offenders import each


def sealed_to(case, *members):
    for member in members:
        SealOwnerFactory(case=case, user=user_of(member))
    Case.objects.filter(id=case.id).update(sealed=True)
    return case


def cases_of(condition):
    return set(Case.objects.filter(condition))


@each(
    ("roles", "counted", "is_force"),
    [
        (("supervisor",), {"unit", "below"}, False),
        (("supervisor", "frontline"), {"unit", "below"}, False),
        (("coordinator",), {"unit", "below", "given"}, True),
        (("supervisor", "crime_allocation"), {"unit", "below", "given"}, True),
    ],
)
def test_a_figure_counts_the_unit_and_below_or_the_force_and_no_sealed_case(fenmarch, roles, counted, is_force):
    above = UnitFactory()
    below, beside = UnitFactory(parent=above), UnitFactory()
    member = a_member(*roles, unit=above)
    cases = {"unit": CaseFactory(unit=above), "below": CaseFactory(unit=below), "given": CaseFactory(unit=beside)}
    CaseMemberFactory(case=cases["given"], user=user_of(member))
    own, _others = sealed_to(CaseFactory(unit=above), member), sealed_to(CaseFactory(unit=above), a_member())
    SealOwnerFactory(case=cases["unit"], user=user_of(member))  # it was sealed once, and is not now
    scope = scope_for(member)
    assert cases_of(scope.counted) == {cases[name] for name in counted}
    assert cases_of(scope.sealed) == {own}
    assert scope.is_force is is_force
    assert scope.units == (None if is_force else (above.id, below.id))


@pytest.mark.parametrize("role", ["frontline", "crime_allocation", "administrator"])
def test_there_is_no_figure_without_the_right_to_it(fenmarch, role):
    with pytest.raises(Http404):
        scope_for(a_member(role))


@pytest.mark.parametrize("reach", [Reach.GIVEN, Reach.NOTHING])
def test_a_role_to_come_that_reaches_no_unit_has_no_figure(reach):
    """No role of today has the right and no unit: whoever gives it to one has none of its numbers by that alone."""
    member = SimpleNamespace(may=lambda _permission: True, reaches=frozenset({reach}))
    with pytest.raises(Http404):
        scope_for(member)


def test_a_table_that_leaves_the_force_counts_every_case_that_is_not_sealed(fenmarch):
    case = CaseFactory()
    sealed_to(CaseFactory(), a_member())
    scope = whole_force()
    assert (cases_of(scope.counted), cases_of(scope.sealed)) == ({case}, set())
    assert (scope.is_force, scope.units) == (True, None)


def test_what_was_taken_along_is_there_for_who_took_it(fenmarch):
    supervisor, now = a_member("supervisor"), timezone.now()
    taken = take(by=supervisor, at=now, what="20260101 20260331 20260401T000000000000Z", reason="The board")
    assert Event.objects.get(code=TAKEN).id == taken.id
    since = taken.recorded_at
    assert taken_for(supervisor, taken.id, since).id == taken.id
    for member, wanted, after in [
        (supervisor, new_id(), since),
        (supervisor, taken.id, since + timedelta(microseconds=1)),
        (a_member("supervisor"), taken.id, since),
    ]:
        with pytest.raises(Http404):
            taken_for(member, wanted, after)
