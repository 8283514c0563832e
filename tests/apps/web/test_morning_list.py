"""The coordinator's morning: what was handed over by case and gravest first, late, clocks, what came in, and what to send."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lodestar.casework.cases.models import Case
from lodestar.casework.ledger.models import Handover
from tests.factories.accounts import DutyFactory, a_member
from tests.factories.cases import HandOnFactory, ObligationFactory, PersonFactory, user_of
from tests.factories.referrals import DecisionFactory, LetterFactory, ReferralFactory
from tests.factories.signed_in import form, signed_in
from tests.factories.staff import LeaveFactory
from tests.factories.statements import at_most

pytestmark = pytest.mark.usefixtures("fenmarch")
HOUR = timedelta(hours=1)


@pytest.fixture
def coordinator():
    return a_member("coordinator", name="F. Quist")


def owed(person, code, due, **facts):
    told = {"case": person.case, "person": person, "code": code, "due_at": due, "subject": str(due)} | facts
    return ObligationFactory(**told)


def test_what_was_handed_over_stands_by_case_the_gravest_first_and_ten_lines(client, coordinator):
    now = timezone.now()
    adult, child, held = (PersonFactory(age_min=age, place=place) for age, place in ((30, ""), (15, ""), (30, "custody")))
    for person, hours in (*((adult, hours - 5) for hours in range(9)), (child, 9), (held, 8), (held, 7)):
        HandOnFactory(obligation=owed(person, "golden_hour_evidence", now + hours * HOUR))
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
    client.post("/morning-list", form(take=page.context["all"]))
    assert Handover.objects.filter(taken_by_id=coordinator.user).count() == 10
    assert client.get("/").url == "/morning-list"


def test_late_clocks_and_what_came_in_with_nothing_of_a_sealed_case(client, coordinator):
    now, person, sealed = timezone.now(), PersonFactory(), PersonFactory()
    for who in (person, sealed):
        for code, hours, role in (
            ("refer_nrm", -2, "coordinator"), ("refer_nrm", 20, "coordinator"), ("refer_nrm", 80, "coordinator"),
            ("watch_reasonable_grounds_decision", 30, "advisor"), ("agree_safe_contact", 20, "advisor"),
        ):  # fmt: skip
            owed(who, code, now + hours * HOUR, with_role=role, sealed=who is sealed)
        DecisionFactory(referral=ReferralFactory(person=who), filed_at=now)
    DecisionFactory(referral=ReferralFactory(person=person), filed_at=now - timedelta(days=3))
    LetterFactory(waits=True)
    Case.objects.filter(id=sealed.case_id).update(sealed=True)
    with at_most(15):
        found = signed_in(client, coordinator).get("/morning-list").context
    assert {name: found["counts"][name] for name in ("late", "clocks", "came")} == {"late": "1", "clocks": "2", "came": "2"}
    assert [row[2]["more"].strip() for row in found["clocks"]] == [person.case.reference] * 2
    assert [one["href"].split("/")[1] for one in found["came"]] == ["letters", "people"]


def test_who_is_on_duty_who_can_stand_in_and_what_is_to_be_sent(client, coordinator):
    now, deputy, away = timezone.now(), a_member("coordinator", name="S. Lindqvist"), a_member("coordinator")
    DutyFactory(user=user_of(coordinator), post="coordinator")
    LeaveFactory(user=user_of(away))
    ReferralFactory(sent_at=now)
    found = signed_in(client, coordinator).get("/morning-list").context
    assert found["duty"][0].startswith("You, until")
    assert found["deputies"] == [deputy.name]
    assert found["return_due"]["is_late"] == (timezone.localdate().day > 10)
    assert [row["value"] for row in found["month"]] == ["1", "0", "1"]
