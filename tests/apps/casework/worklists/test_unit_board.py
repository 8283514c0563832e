"""The unit board: what is open and late by team, kind and officer, of one's own reach, with no sealed case in any number."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lodestar.casework.cases.models import Case
from lodestar.casework.ledger.models import Obligation
from lodestar.platform.obligations.gravity import CHILD, CUSTODY
from tests.factories.accounts import UnitFactory, a_member
from tests.factories.cases import CaseFactory, ObligationFactory, PersonFactory, SealOwnerFactory, user_of
from tests.factories.signed_in import html_of, signed_in
from tests.factories.statements import at_most
from tests.factories.tables import cells, words

pytestmark = pytest.mark.usefixtures("fenmarch")
HOUR = timedelta(hours=1)
WAYS = ("team", "kind", "officer")


@pytest.fixture
def units():
    """In each unit an officer with a child's task late twice and one in time of somebody in custody, and one not open yet."""
    above = UnitFactory(name="Marlsea")
    units = {"above": above, "below": UnitFactory(name="Harbour", parent=above), "beside": UnitFactory(name="Elsewhere")}
    now = timezone.now()
    for name, unit in units.items():
        case, officer = CaseFactory(unit=unit), user_of(a_member("frontline", unit=unit, name=f"PC {name}"))
        child, held = PersonFactory(case=case), PersonFactory(case=case)
        for person, gravity, hours in ((child, CHILD, -30), (child, CHILD, -2), (held, CUSTODY, 5)):
            told = {"code": "one" if person is child else "two", "gravity": gravity, "due_at": now + hours * HOUR}
            ObligationFactory(case=case, person=person, holder=officer, subject=str(hours), **told)
        ObligationFactory(case=case, code="later", opens_at=now + HOUR)
    return units


def board(client, member, **asked):
    with at_most(15):
        return html_of(signed_in(client, member), "/unit-board", **asked)


def numbers(html):
    return [(row[0], *row[1:3], *row[4:]) for row in words(html)]


def test_a_supervisor_sees_their_unit_and_those_below_by_team_kind_and_officer(client, units):
    sergeant = a_member("supervisor", unit=units["above"])
    found = {by: board(client, sergeant, by=by) for by in WAYS}
    assert numbers(found["team"]) == [("Harbour", "3", "2"), ("Marlsea", "3", "2")]
    assert numbers(found["kind"]) == [("one", "4", "4"), ("two", "2", "0")]
    assert numbers(found["officer"]) == [("PC above", "3", "2", "1", "1"), ("PC below", "3", "2", "1", "1")]
    assert f'href="/my-unit?unit={units["below"].id}"' in found["team"]
    assert 'href="/my-unit?kind=one&stage=late"' in found["kind"]
    assert "&child=1" in cells(found["officer"])[0][4]
    for asked in ({"unit": units["beside"].id}, {"unit": "x"}, {"by": "rank"}):
        assert client.get("/unit-board", asked).status_code == 404


def test_no_sealed_case_is_in_a_number_even_for_its_owner(client, units):
    owner, other = (a_member("supervisor", unit=units["above"]) for _ in range(2))
    before = [numbers(board(client, owner, by=by)) for by in WAYS]
    case = Case.objects.get(unit=units["below"])
    Case.objects.filter(id=case.id).update(sealed=True)
    Obligation.objects.filter(case=case).update(sealed=True)
    SealOwnerFactory(case=case, user=user_of(owner))
    after = [[numbers(board(client, member, by=by)) for by in WAYS] for member in (owner, other)]
    assert after[0] == after[1]
    assert [len(rows) for rows in after[0]] == [1, 2, 1]
    assert all(some != others for some, others in zip(after[0], before, strict=True))


def test_who_serves_the_force_looks_at_any_unit(client, units):
    found = board(client, a_member("coordinator"), unit=units["beside"].id, by="team")
    assert numbers(found) == [("Elsewhere", "3", "2")]
    assert [row[0] for row in numbers(board(client, a_member("coordinator")))] == ["Elsewhere", "Harbour", "Marlsea"]
