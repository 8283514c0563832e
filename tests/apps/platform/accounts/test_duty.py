"""The duty roster: who sets it, for which units, and how its times are read."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from lodestar.platform.accounts.models import Membership, RotaEntry
from lodestar.platform.accounts.queries import on_duty
from lodestar.platform.audit.models import Event
from lodestar.platform.text.ids import new_id
from tests.factories.accounts import DutyFactory, UnitFactory, a_member
from tests.factories.administering import administering
from tests.factories.signed_in import form, signed_in
from tests.factories.statements import at_most
from tests.offenders import each

pytestmark = pytest.mark.usefixtures("fenmarch")
NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def unit():
    return UnitFactory(name="Marlsea response")


@pytest.fixture
def supervisor(unit):
    return a_member("supervisor", unit=unit, name="Sgt Solanki")


def typed(member, unit, **more):
    told = {"unit": str(unit.id), "post": "supervisor", "person": str(member.membership), "ends": "1900"}
    return form(**(told | more))


def words(response):
    return response.content.decode()


def test_a_supervisor_puts_somebody_on_duty_for_their_unit_once(client, supervisor, unit):
    web, told = signed_in(client, supervisor), typed(supervisor, unit)
    assert web.post("/duty", told).status_code == web.post("/duty", told).status_code == 302
    row = RotaEntry.objects.get()
    assert (row.from_at, row.to_at, row.user_id) == (NOW, datetime(2026, 3, 3, 19, 0, tzinfo=UTC), supervisor.user)
    assert on_duty("supervisor", NOW, unit.id) == row
    assert Event.objects.filter(code="accounts.duty_set", by=supervisor.user).count() == 1
    assert "Sgt Solanki" in words(web.get("/duty"))
    assert "3 March 2026, 09:00 to 3 March 2026, 19:00" in words(web.get("/duty"))


@each(
    ("begins", "ends", "from_at", "to_at"),
    [
        ("", "0700", "2026-03-03T09:00", "2026-03-04T07:00"),
        ("now", "1700", "2026-03-03T09:00", "2026-03-03T17:00"),
        ("0700", "1700", "2026-03-03T07:00", "2026-03-03T17:00"),  # of the tour that has begun
        ("0400", "1700", "2026-03-04T04:00", "2026-03-04T17:00"),
        ("1900", "0700", "2026-03-03T19:00", "2026-03-04T07:00"),
        ("tomorrow 1900", "0700", "2026-03-04T19:00", "2026-03-05T07:00"),
        ("28 March 1900", "29 March 0700", "2026-03-28T19:00", "2026-03-29T06:00"),  # the clocks go forward
        ("2 January 0700", "1900", "2027-01-02T07:00", "2027-01-02T19:00"),
    ],
)
def test_times_are_read_as_they_are_written(client, supervisor, unit, begins, ends, from_at, to_at):
    assert signed_in(client, supervisor).post("/duty", typed(supervisor, unit, begins=begins, ends=ends)).status_code == 302
    row = RotaEntry.objects.get()
    expected = [datetime.fromisoformat(f"{at}+00:00") for at in (from_at, to_at)]
    assert [row.from_at, row.to_at] == expected


@each(
    ("more", "said"),
    [
        ({"ends": ""}, "Write when it ends"),
        ({"ends": "2570"}, "“2570” is not a time to come"),
        ({"begins": "2 March 2026 0700"}, "is past"),
        ({"begins": "1900", "ends": "3 March 2026 1800"}, "is past"),
        ({"post": ""}, "Say as what"),
        ({"post": "superintendent"}, "is not one of the answers. Choose one"),
        ({"person": ""}, "Choose who it is"),
        ({"person": str(new_id())}, "is not one of the answers. Choose one"),
        ({"post": "inspector"}, "is not recorded here as one who can be duty inspector"),
    ],
)
def test_what_cannot_be_read_comes_back(client, supervisor, unit, more, said):
    response = signed_in(client, supervisor).post("/duty", typed(supervisor, unit, **more))
    assert response.status_code == 422
    assert said in words(response)
    assert not RotaEntry.objects.exists()


def test_an_inspector_is_known_by_role_or_rank(client, supervisor, unit):
    uniformed = a_member("supervisor", unit=unit, name="Insp Marlowe")
    with administering():
        Membership.objects.filter(id=uniformed.membership).update(rank="inspector")
    detective = a_member("detective_inspector")
    web = signed_in(client, supervisor)
    for one in (uniformed, detective):
        assert web.post("/duty", typed(one, unit, post="inspector")).status_code == 302


def test_a_supervisor_sets_it_for_their_unit_and_those_below_and_for_no_other(client, supervisor, unit):
    below, other = UnitFactory(name="Marlsea team B", parent=unit), UnitFactory(name="Eldham response")
    web = signed_in(client, supervisor)
    shown = words(web.get("/duty"))
    assert "Marlsea team B" in shown
    assert "Eldham response" not in shown
    assert web.get(f"/duty?unit={below.id}").status_code == 200
    assert web.post("/duty", typed(supervisor, below)).status_code == 302
    assert web.get(f"/duty?unit={other.id}").status_code == 404
    assert web.post("/duty", typed(supervisor, other)).status_code == 404
    assert web.get("/duty?unit=nonsense").status_code == 404


def test_a_coordinator_sets_it_for_every_unit(client, supervisor, unit):
    web = signed_in(client, a_member("coordinator"))
    assert "Marlsea response" in words(web.get("/duty"))
    assert web.post("/duty", typed(supervisor, unit)).status_code == 302


def test_a_duty_is_ended_now_and_one_to_come_is_taken_out(client, supervisor, unit):
    on_now = DutyFactory(unit=unit, user_id=supervisor.user, from_at=NOW - timedelta(hours=1))
    coming = DutyFactory(unit=unit, user_id=supervisor.user, from_at=NOW + timedelta(hours=8), to_at=NOW + timedelta(hours=16))
    elsewhere = DutyFactory()
    web = signed_in(client, supervisor)
    for row in (on_now, coming):
        assert web.post(f"/duty/{row.id}/end", form()).status_code == 302
    assert web.post(f"/duty/{elsewhere.id}/end", form()).status_code == 404
    assert web.post(f"/duty/{new_id()}/end", form()).status_code == 404
    on_now.refresh_from_db()
    assert on_now.to_at == NOW
    assert not RotaEntry.objects.filter(id=coming.id).exists()
    assert Event.objects.filter(code="accounts.duty_ended").count() == 2
    assert "No one is recorded as on duty" in words(web.get("/duty"))


def test_the_page_is_light_and_asks_the_database_little(client, supervisor, unit):
    for number in range(60):
        DutyFactory(unit=unit, user_id=a_member("supervisor", name=f"Sgt Number {number}").user)
    web = signed_in(client, supervisor)
    with at_most(15):
        first = web.get("/duty")
    assert len(first.content) < 30_000
    second = web.get("/duty" + words(first).split('href="?')[1].split('"')[0].replace("&amp;", "&").join(["?", ""]))
    assert second.status_code == 200
    ends = [part.split('"')[0] for page in (first, second) for part in words(page).split('formaction="/duty/')[1:]]
    assert len(set(ends)) == 40
    assert web.get("/duty?after=nonsense").status_code == 200
