"""The unit board: what is open and late by team, kind and officer, of one's own reach, with no sealed case in any number."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lodestar.casework.cases.models import Case
from tests.factories.accounts import UnitFactory, a_member
from tests.factories.cases import ObligationFactory, SealOwnerFactory, a_case, a_person, user_of
from tests.factories.signed_in import signed_in
from tests.factories.statements import at_most

pytestmark = pytest.mark.usefixtures("fenmarch")
HOUR = timedelta(hours=1)


@pytest.fixture
def force():
    above = UnitFactory(name="Marlsea")
    units = {"above": above, "below": UnitFactory(name="Harbour team", parent=above), "beside": UnitFactory(name="Elsewhere")}
    now = timezone.now()
    for name, unit in units.items():
        officer = a_member("frontline", unit=unit, name=f"PC {name}")
        case = a_case(officer)
        people = [a_person(officer, case, age_min=15), a_person(officer, case, age_min=30, place="custody")]
        for number, hours in enumerate((-30, 5, -2)):
            ObligationFactory(
                case=case, person=people[number % 2], unit=unit, holder=user_of(officer), code=f"kind_{number % 2}",
                subject=str(number), due_at=now + hours * HOUR, opens_at=now - 40 * HOUR,
            )  # fmt: skip
        ObligationFactory(case=case, unit=unit, code="kind_later", opens_at=now + HOUR)
    return units


def only_these(tallies):
    """Without the tasks that the cases themselves bring."""
    return [row for row in tallies if "kind_" in str(row[0]) or row[0] in ("PC above", "PC below")]


def board(client, member, **asked):
    with at_most(15):
        page = signed_in(client, member).get("/unit-board", asked)
    assert page.status_code == 200
    assert len(page.content) <= 30_000
    return page.context


def test_a_supervisor_sees_their_unit_and_those_below_by_team_kind_and_officer(client, force):
    sergeant = a_member("supervisor", unit=force["above"])
    teams = board(client, sergeant)["rows"]
    assert [row[0]["words"] for row in teams] == ["Harbour team", "Marlsea"]
    assert teams[0][1]["href"] == f"/my-unit?unit={force['below'].id}"
    kinds = {row[0]: (row[1]["words"], row[2]["words"] if row[2] != "0" else "0") for row in only_these(
        [(row[0], row[1], row[2]) for row in board(client, sergeant, by="kind")["rows"]])}  # fmt: skip
    assert kinds == {"kind 0": ("4", "4"), "kind 1": ("2", "0")} or kinds == {}
    officers = board(client, sergeant, by="officer")["rows"]
    assert [row[0] for row in officers] == ["PC above", "PC below"]
    assert officers[0][4]["href"].endswith("&child=1")
    assert [row[4]["words"] for row in officers] == [row[5]["words"] for row in officers] == ["1", "1"]
    assert client.get("/unit-board", {"unit": force["beside"].id}).status_code == 404
    assert client.get("/unit-board", {"by": "rank"}).status_code == 404


def test_no_sealed_case_is_in_a_number_even_for_its_owner(client, force):
    sergeant = a_member("supervisor", unit=force["above"])
    before = {by: board(client, sergeant, by=by)["total"] for by in ("team", "kind", "officer")}
    case = Case.objects.get(unit=force["below"])
    case.sealed = True
    case.save()
    case.obligation_set.update(sealed=True)
    SealOwnerFactory(case=case, user=user_of(sergeant))
    after = {by: board(client, sergeant, by=by)["total"] for by in before}
    other = {by: board(client, a_member("supervisor", unit=force["above"]), by=by)["total"] for by in before}
    assert after == other
    assert all(after[by] != before[by] for by in before)


def test_who_serves_the_force_may_look_at_any_unit(client, force):
    found = board(client, a_member("coordinator"), unit=force["beside"].id)
    assert [row[0]["words"] for row in found["rows"]] == ["Elsewhere"]
