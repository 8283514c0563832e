"""Refused look-ups leave a row each, alike whatever is there; many of them, many people by day and clocks that differ alert."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from lodestar.information_governance.access_alerts.actions import raise_alerts
from lodestar.information_governance.access_alerts.jobs import alert_standards
from lodestar.information_governance.access_alerts.models import StandardsAlert
from lodestar.information_governance.access_alerts.rules import Look, many_in_a_day, many_refused
from lodestar.information_governance.access_log.presenters import lines as log_lines
from lodestar.platform.audit.models import Event
from lodestar.platform.text.ids import new_id
from tests.factories.accounts import a_member
from tests.factories.cases import a_case, a_person
from tests.factories.signed_in import form, signed_in

NOON = datetime(2026, 6, 3, 12, tzinfo=UTC)


@pytest.fixture
def standards(fenmarch):
    return a_member("professional_standards")


def test_what_is_refused_is_written_down_alike_and_many_are_raised(client, standards):
    officer, other = a_member("frontline"), a_member("frontline")
    case = a_case(other)
    person = a_person(other, case)
    signed_in(client, officer)
    paths = [f"/cases/{case.reference}", "/cases/FM-26-9999", f"/people/{person.id}", f"/people/{new_id()}", "/cases/Petra K"]
    pages = [client.get(path) for path in paths]
    assert {page.status_code for page in pages} == {404}
    client.post(f"/cases/{case.reference}/give", form(reason="For me"))
    rows = Event.objects.filter(code="cases.look_refused").order_by("recorded_at")
    asked = list(rows.values_list("subject", flat=True))
    assert asked[:4] == [path.rpartition("/")[2] for path in paths[:4]]
    assert len(asked[4]) == 16  # a keyed hash: anything may be typed there
    assert asked[5] == case.reference
    said = list(rows.values("by", "operation", "case", "people", "fields", "reason"))
    nothing = {"case": None, "people": [], "fields": [], "reason": ""}
    assert said == [{"by": officer.user, "operation": "consultation", **nothing}] * 6
    assert [line["case"] for line in log_lines(rows, {}, {}, {})][:2] == [case.reference, "FM-26-9999"]
    raise_alerts(at=timezone.now())
    assert not StandardsAlert.objects.exists()
    for number in range(20, 28):
        client.get(f"/cases/FM-26-{number:04}")
    alert_standards(timestamp=0)
    alert = StandardsAlert.objects.get()
    assert (alert.kind, alert.about_id, alert.number, alert.cases) == ("refused", officer.user, 13, [])
    assert f"/standards/{alert.id}" in signed_in(client, standards).get("/standards").content.decode()


def test_refused_looks_count_in_any_hour_and_pages_by_day_outside_the_night():
    tries = [("a", NOON + timedelta(minutes=10 * number), str(number), frozenset()) for number in range(20)]
    again = [("b", NOON + timedelta(minutes=number), "one", frozenset()) for number in range(20)]
    assert [(alert.about, alert.number) for alert in many_refused([*tries, *again], most=6)] == [("a", 7)]
    assert many_refused(tries, most=7) == []
    looks = [Look("a", NOON, frozenset({str(number)})) for number in range(4)]
    more = [Look("a", NOON.replace(hour=23), frozenset({"x"})), Look("a", NOON, frozenset({"y", "z"}), is_list=True)]
    assert [alert.number for alert in many_in_a_day([*looks, *more], opened=3)] == [4]
    assert many_in_a_day([*looks, *more], opened=4) == []


def test_a_clock_that_differs_is_shown_and_logged(client, standards, caplog):
    signed_in(client, standards)
    assert "data-clocks-apart" not in client.get("/standards").content.decode()
    with time_machine.travel(timezone.now() + timedelta(seconds=50)):
        assert 'data-clocks-apart="' in client.get("/standards").content.decode()
        alert_standards(timestamp=0)
    assert "seconds from the database" in caplog.text
