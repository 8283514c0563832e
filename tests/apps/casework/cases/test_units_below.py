"""A supervisor sees the cases of their own unit and of those below it, however deep, and no other's."""

from uuid import uuid4

import pytest

from lodestar.casework.cases.access import units_below, visible_cases
from tests.factories.accounts import UnitFactory, a_member
from tests.factories.administering import administering
from tests.factories.cases import a_case
from tests.offenders import each


@pytest.fixture
def tree(fenmarch):
    """A district with two stations, one of which has a team."""
    district = UnitFactory()
    station, other = UnitFactory(parent_id=district.id), UnitFactory(parent_id=district.id)
    return {"district": district, "station": station, "other": other, "team": UnitFactory(parent_id=station.id)}


@each(
    ("of", "reached"),
    [
        ("district", {"district", "station", "other", "team"}),
        ("station", {"station", "team"}),
        ("team", {"team"}),
        ("other", {"other"}),
    ],
)
def test_what_is_below_is_seen_and_what_is_beside_or_above_is_not(tree, of, reached):
    cases = {}
    for name, unit in tree.items():
        officer = a_member("frontline", unit=unit)
        cases[name] = a_case(officer)
    supervisor = a_member("supervisor", unit=tree[of])
    assert set(visible_cases(supervisor)) == {cases[name] for name in reached}
    assert sorted(units_below(tree[of].id)) == sorted(tree[name].id for name in reached)


def test_a_unit_that_is_none_has_none_below(fenmarch):
    nobody = uuid4()
    assert units_below(nobody) == [nobody]


def test_a_tree_that_bites_its_tail_ends(tree):
    tree["district"].parent_id = tree["team"].id
    with administering():
        tree["district"].save(update_fields=["parent_id"])
    assert sorted(units_below(tree["station"].id)) == sorted(unit.id for unit in tree.values())
