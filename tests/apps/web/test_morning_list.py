"""The coordinator's morning: what was handed over by case and gravest first, late, clocks, what came in, and what to send."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from lodestar.casework.cases.models import Case
from lodestar.casework.ledger.models import Handover
from lodestar.platform.obligations.gravity import CHILD, CUSTODY
from tests.factories.accounts import DutyFactory, a_member
from tests.factories.cases import HandOnFactory, ObligationFactory, PersonFactory, user_of
from tests.factories.referrals import DecisionFactory, LetterFactory, ReferralFactory
from tests.factories.signed_in import form, html_of, signed_in
from tests.factories.staff import LeaveFactory
from tests.factories.statements import at_most
from tests.factories.tables import words

pytestmark = pytest.mark.usefixtures("fenmarch")
HOUR = timedelta(hours=1)


@pytest.fixture
def coordinator():
    return a_member("coordinator", name="F. Quist")


def owed(person, code, due, **facts):
    told = {"case": person.case, "person": person, "code": code, "due_at": due, "subject": str(due)} | facts
    return ObligationFactory(**told)


def taking(html):
    """What the buttons send, the last for all of them."""
    return re.findall(r'name="take" value="([^"]+)"', html)


def handed(ids):
    return Handover.objects.select_related("obligation").get(id=ids)


def counted(html, section):
    return re.search(rf'href="#{section}">(\S+)', html)[1]


def test_what_was_handed_over_stands_by_case_the_gravest_first_and_ten_lines(client, coordinator):
    now = timezone.now()
    adult, child, held = (PersonFactory() for _ in range(3))
    gravity = {child: CHILD, held: CUSTODY}
    for person, hours in (*((adult, hours - 5) for hours in range(9)), (child, 9), (held, 8), (held, 7)):
        HandOnFactory(obligation=owed(person, "golden_hour_evidence", now + hours * HOUR, gravity=gravity.get(person, 0)))
    signed_in(client, coordinator)
    with at_most(15):
        html = html_of(client, "/morning-list")
    order = [html.index(f'href="/cases/{who.case.reference}"') for who in (child, held, adult)]
    assert order == sorted(order)
    *lines, all_lines = taking(html)
    assert (len(lines), counted(html, "handed")) == (10, "12")
    assert [row.obligation.due_at for row in map(handed, lines[1:3])] == [now + hours * HOUR for hours in (7, 8)]
    assert len(taking(html_of(client, "/morning-list", show="handed"))) == 13
    client.post("/morning-list", form(take=all_lines))
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
        decision = DecisionFactory(referral=ReferralFactory(person=who), filed_at=now)
        DecisionFactory(referral=decision.referral, number=2, filed_at=now - timedelta(days=3))
    LetterFactory(waits=True)
    Case.objects.filter(id=sealed.case_id).update(sealed=True)
    signed_in(client, coordinator)
    grave = owed(PersonFactory(), "refer_nrm", now + 40 * HOUR, with_role="coordinator", gravity=CHILD)
    late = HandOnFactory(obligation=owed(grave.person, "golden_hour_evidence", now - HOUR)).obligation
    with at_most(15):
        html = html_of(client, "/morning-list")
    assert [counted(html, name) for name in ("late", "clocks", "came")] == ["2", "3", "2"]
    assert [row[2].split()[-1] for row in words(html)] == [person.case.reference] * 2 + [grave.case.reference]
    assert f"/owed/{late.id}" in html
    came = html.partition('id="came"')[2]
    assert came.index("/letters/") < came.index(f"/people/{person.id}/referral")
    assert sealed.case.reference not in html


def test_who_is_on_duty_who_can_stand_in_and_what_is_to_be_sent(client, coordinator):
    deputy, away = a_member("coordinator", name="S. Lindqvist"), a_member("coordinator", name="A. Way")
    DutyFactory(user=user_of(coordinator), post="coordinator")
    LeaveFactory(user=user_of(away))
    html = html_of(signed_in(client, coordinator), "/morning-list")
    assert re.findall(r"data-duty>(\w+)", html) == ["You"]
    assert (deputy.name in html, away.name in html) == (True, False)
    assert ("data-return-late" in html) == (timezone.localdate().day > 10)
