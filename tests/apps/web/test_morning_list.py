"""The coordinator's morning: what was handed over by case and gravest first, late, clocks, what came in, and what to send."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.factories.decisions import DecisionFactory, LetterFactory

from lodestar.casework.case_files.actions.case import seal_case
from lodestar.casework.ledger.models import Handover
from tests.factories.accounts import DutyFactory, StaffLeaveFactory, a_member
from tests.factories.cases import ObligationFactory, a_case, a_person, user_of
from tests.factories.referrals import ReferralFactory
from tests.factories.signed_in import signed_in
from tests.factories.statements import at_most

pytestmark = pytest.mark.usefixtures("fenmarch")
HOUR = timedelta(hours=1)


@pytest.fixture
def coordinator():
    return a_member("coordinator", name="F. Quist")


def handed(by, person, code, due):
    row = ObligationFactory(case=person.case, person=person, code=code, unit=person.case.unit, due_at=due, with_role="frontline")
    return Handover.objects.create(obligation=row, by=user_of(by), handed_at=timezone.now())


def a_night(officer, **facts):
    return a_person(officer, a_case(officer, at=timezone.now()), **facts)


def test_what_was_handed_over_stands_by_case_the_gravest_first_and_ten_lines(client, coordinator):
    officer, now = a_member("frontline"), timezone.now()
    adult, child, held = a_night(officer, age_min=30), a_night(officer, age_min=15), a_night(officer, age_min=30, place="custody")
    for hours in range(9):
        handed(officer, adult, "golden_hour_evidence", now + (hours - 5) * HOUR)
    handed(officer, child, "record_crime", now + 9 * HOUR)
    for hours in (8, 7):
        handed(officer, held, "agree_safe_contact", now + hours * HOUR)
    with at_most(15):
        page = signed_in(client, coordinator).get("/morning-list")
    assert len(page.content) <= 30_000
    assert [one["reference"] for one in page.context["cases"]] == [who.case.reference for who in (child, held, adult)]
    lines = [line for one in page.context["cases"] for line in one["lines"]]
    assert (len(lines), page.context["counts"]["handed"]) == (10, "12")
    assert page.context["more"]["handed"]
    assert [line.due for line in lines[1:3]] == [now + 7 * HOUR, now + 8 * HOUR]
    alone = client.get("/morning-list?show=handed").context
    assert sum(len(one["lines"]) for one in alone["cases"]) == 12
    client.post("/morning-list", {"take": page.context["all"]})
    assert Handover.objects.filter(taken_by_id=coordinator.user).count() == 10
    assert client.get("/").url == "/morning-list"


def test_late_clocks_and_what_came_in_with_nothing_of_a_sealed_case(client, coordinator):
    officer, now = a_member("frontline"), timezone.now()
    open_case, sealed = a_night(officer), a_night(officer)
    for person in (open_case, sealed):
        for code, hours, role in (
            ("refer_nrm", -2, "coordinator"), ("refer_nrm", 20, "coordinator"), ("watch_reasonable_grounds_decision", 30, "advisor"),
            ("refer_nrm", 80, "coordinator"), ("agree_safe_contact", 20, "advisor"),
        ):  # fmt: skip
            ObligationFactory(
                case=person.case, person=person, code=code, subject=str(hours), unit=person.case.unit, with_role=role,
                due_at=now + hours * HOUR, opens_at=now - HOUR,
            )  # fmt: skip
        DecisionFactory(referral=ReferralFactory(person=person), kind="rg_positive", filed_at=now)
    DecisionFactory(referral=ReferralFactory(person=open_case), kind="rg_negative", filed_at=now - timedelta(days=3))
    LetterFactory(waits=True)
    stranger = a_member("coordinator")
    seal_case(by=officer, at=now, case=sealed.case, reason="Insider", owners=[officer.user, a_member("supervisor").user])
    with at_most(15):
        found = signed_in(client, stranger).get("/morning-list").context
    assert {name: found["counts"][name] for name in ("late", "clocks", "came")} == {"late": "1", "clocks": "2", "came": "2"}
    assert [row[2]["more"].strip() for row in found["clocks"]] == [open_case.case.reference] * 2
    assert [one["href"].split("/")[1] for one in found["came"]] == ["letters", "people"]


def test_who_is_on_duty_who_can_stand_in_and_what_is_to_be_sent(client, coordinator):
    now, deputy, away = timezone.now(), a_member("coordinator", name="S. Lindqvist"), a_member("coordinator", name="A. Away")
    DutyFactory(user=user_of(coordinator), post="coordinator", from_at=now - HOUR, to_at=now + HOUR)
    day = timezone.localdate()
    StaffLeaveFactory(user=user_of(away), first_day=day, last_day=day)
    found = signed_in(client, coordinator).get("/morning-list").context
    assert found["duty"][0].startswith("You, until")
    assert found["deputies"] == [deputy.name]
    assert found["return_due"]["is_late"] == (day.day > 10)
    assert [row["value"] for row in found["month"]] == ["0", "0", "0"]
