"""The first hour, on a telephone without JavaScript and at a desk."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lodestar.accounts.access import member_from
from lodestar.accounts.models import Membership
from lodestar.cases.models import Person
from lodestar.tenancy.within import within
from tests.factories.accounts import DutyFactory, UserFactory
from tests.factories.cases import AllegedOffenceFactory, a_case, a_person
from tests.journeys.harness.checks import check_page, picture
from tests.journeys.harness.hand import Hand
from tests.journeys.harness.people import sign_in, somebody


def member_of(user):
    return member_from(Membership.objects.select_related("user").get(user=user))


def two_lads(officer, minutes=40):
    """Kieran, 16, and Jaz, whose age nobody knows, stopped together; Sgt Solanki is on duty."""
    with within("fenmarch"):
        member = member_of(officer)
        met = timezone.now() - timedelta(minutes=minutes)
        case = a_case(member, at=met)
        sergeant = UserFactory(name="Sgt Solanki")
        DutyFactory(unit_id=member.unit, unit=None, user=sergeant)
        kieran = a_person(
            member, case, at=met, name="Kieran", age_min=16, age_max=16, age_basis="stated", needs=["food"],
            roles=["possible_victim", "suspect"],
        )  # fmt: skip
        jaz = a_person(member, case, at=met, name="Jaz", age_min=None, age_max=None)
        AllegedOffenceFactory(person=kieran, title="possession with intent to supply", stage="stop")
        from lodestar.cases import ledger

        ledger.reckon([case.id], ledger.Cause(by=member.user, at=met, code="cases.opened"))
    return case, kieran, jaz


@pytest.mark.parametrize("where", ["phone", "desk"])
def test_look(where, request):
    page = request.getfixturevalue(where)
    officer = somebody("frontline", name="PC Brandreth")
    case, kieran, jaz = two_lads(officer)
    sign_in(page, officer)
    hand = Hand(page)
    hand.open(f"/cases/{case.reference}/do-now")
    picture(page, "do-now")
    check_page(page)
    page.goto(f"/people/{jaz.id}/consent")
    picture(page, "consent")
    check_page(page)
    page.goto(f"/people/{kieran.id}/consent")
    picture(page, "consent-child")
    check_page(page)
    page.goto(f"/people/{kieran.id}/section-45-question")
    picture(page, "question")
    check_page(page)
    page.goto(f"/people/{jaz.id}/age")
    picture(page, "age")
    check_page(page)
    page.goto(f"/people/{jaz.id}/route")
    picture(page, "route-ask")
    check_page(page)
    page.goto(f"/people/{kieran.id}/route")
    picture(page, "route-nrm")
    check_page(page)
    page.goto(f"/cases/{case.reference}/hand-on")
    picture(page, "hand-on")
    check_page(page)
