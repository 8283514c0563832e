"""A sergeant's night at 320 px without JavaScript: what cannot wait comes first, and forty tasks are dealt with by a few taps."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation, ObligationEvent
from lodestar.casework.section45.actions import answer_first_question
from lodestar.platform.accounts.models import Membership
from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.administering import administering
from tests.factories.cases import AllegedOffenceFactory, a_case, a_person
from tests.journeys.harness.checks import check_page
from tests.journeys.harness.hand import Hand
from tests.journeys.harness.people import member_of, sign_in, somebody

MOST_TAPS = 30


@pytest.fixture
def night(live):
    """Given four cases of tonight, in one of which a man is arrested who may be made to do it."""
    names = {"supervisor": "Sgt Solanki", "frontline": "PC Brandreth"}
    people = {role: somebody(role, name=name) for role, name in names.items()}
    colleague = somebody("frontline", name="PC Ferreira")
    with within("fenmarch"):
        officer = member_of(people["frontline"])
        with administering():
            Membership.objects.filter(user__in=[people["supervisor"], colleague]).update(unit=officer.unit)
        met = timezone.now() - timedelta(hours=2)
        for place in ("Quay car wash", "Salt Lane", "Mill Row", "Nelson Street"):
            case = a_case(officer, at=met, place=place)
            a_person(officer, case, at=met, name=f"Jaz of {place}", age_min=15, age_max=15)
        arrested = a_person(officer, case, at=met, name="Dean Poole", age_min=34, age_max=34)
        AllegedOffenceFactory(person=arrested, stage="arrest")
        answer_first_question(by=officer, at=met, person=arrested, answer="yes", why="A man holds his papers.", questions=[])
    return people["supervisor"], colleague, arrested.id


def decide(hand, kind, **typed):
    """All of a page of the team, with one reason."""
    page = hand.page
    hand.tap(page.get_by_role("navigation", name="Whose work").get_by_role("link", name=re.compile("^My team")))
    hand.tap(page.get_by_role("button", name=re.compile("^Decide about all 40")))
    check_page(page)
    hand.tick(kind)
    if "to" in typed:
        hand.tick(typed["to"])
    if "until" in typed:
        hand.type("Working time", typed["until"])
    hand.type("Reason", typed["reason"])
    hand.tap("Save")
    check_page(page)


def test_what_cannot_wait_is_first_and_forty_tasks_take_few_taps(phone, night):
    sergeant, colleague, arrested = night
    sign_in(phone, sergeant)
    phone.wait_for_url("**/my-work")
    check_page(phone, "sergeant")
    first = phone.locator("section[data-group]").first
    assert first.locator(f"[data-section45] a[href='/people/{arrested}/section-45-question']").count() == 1
    with within("fenmarch"):
        arrest = Obligation.objects.get(person=arrested, code="alternatives_to_arrest")
    assert first.locator(f"a[href='/owed/{arrest.id}']").count() == 1

    hand = Hand(phone)
    decide(hand, "Give to a colleague", to="PC Ferreira", reason="Brandreth is at court until noon.")
    decide(hand, "Send a reminder", reason="The morning meeting asks about these.")
    decide(hand, "Agree a working time", until="tomorrow 1900", reason="Children’s services come at six.")
    print(f"{hand.taps} taps, {hand.loads} pages")
    assert hand.taps <= MOST_TAPS
    with within("fenmarch"):
        reasons = {}
        for event in ObligationEvent.objects.filter(kind__in=("given", "reminded", "timed")).select_related("obligation"):
            reasons.setdefault(event.kind, []).append((event.because, event.obligation.state))
        assert all(len(set(told)) == 1 and told[0][1] == "open" for told in reasons.values()), "one reason on each, none closed"
        assert len(reasons["timed"]) == 40
        assert min(len(told) for told in reasons.values()) > 20
        cases = {row.case for row in Obligation.objects.select_related("case")}
        assert ledger.differences(list(cases)) == []
        assert Obligation.objects.filter(holder=colleague, state="open").exists()
