"""What comes of a referral besides a decision: filed on the same page, never written over, and what it opens and closes."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.db import IntegrityError, transaction

from lodestar.casework.decisions.models import Decision
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.referrals import actions
from lodestar.casework.referrals.models import ReferralStatus
from tests.apps.casework.referrals.test_decisions import NOW, decided, in_step, owed, page, referred
from tests.factories.cases import MET
from tests.factories.referrals import DecisionFactory
from tests.factories.signed_in import signed_in

pytestmark = pytest.mark.usefixtures("fenmarch", "on_20_march")
DAY = date(2026, 3, 9)


@pytest.fixture
def referral(coordinator, person):
    return referred(coordinator, person)


def filed(by, referral, kind, on=DAY, **more):
    return decided(by, referral, kind, on, **more)


def stands(referral):
    row = ReferralStatus.objects.get(referral=referral)
    return row.state, row.returned


def test_what_is_asked_for_is_owed_by_the_day_named_and_closed_by_sending_it(client, coordinator, person, referral):
    signed_in(client, coordinator)
    typed = {"kind": "info_asked", "decided_on": "18 March 2026", "answer_by": "27 March 2026", "version": 0}
    assert page(client, referral, **typed).status_code == 302
    assert owed(person, "answer_further_information") == {"asked 2026-03-18": ("open", date(2026, 3, 27))}
    assert stands(referral) == ("waiting", True)
    html = unescape(page(client, referral).content.decode())
    assert "Further information asked for" in html
    assert "due by 27 March" in html
    assert in_step(person)
    page(client, referral, kind="info_sent", decided_on="20 March 2026", version=1)
    assert owed(person, "answer_further_information")["asked 2026-03-18"][0] == "closed"
    assert stands(referral) == ("waiting", False)
    assert owed(person, "watch_reasonable_grounds_decision")[""][0] == "open"
    assert in_step(person)


def test_a_decision_that_came_without_the_answer_closes_what_was_asked_for(coordinator, person, referral):
    filed(coordinator, referral, "info_asked")
    filed(coordinator, referral, "rg_positive", DAY + timedelta(days=2))
    assert owed(person, "answer_further_information")[f"asked {DAY}"][0] == "closed"
    assert stands(referral) == ("rg_positive", False)
    assert in_step(person)


def test_what_was_sent_before_it_was_asked_for_closes_nothing(coordinator, person, referral):
    filed(coordinator, referral, "info_sent", DAY - timedelta(days=1))
    filed(coordinator, referral, "info_asked")
    assert owed(person, "answer_further_information")[f"asked {DAY}"] == ("open", date(2026, 3, 16))
    assert stands(referral) == ("waiting", True)


def test_a_negative_decision_opens_the_same_day_what_is_told_and_asking_again_answers_its_limit(coordinator, person, referral):
    filed(coordinator, referral, "rg_negative", notice_on=date(2026, 3, 11))
    told = Obligation.objects.get(person=person, code="tell_decision_safely")
    assert told.opens_at <= NOW
    assert owed(person, "tell_decision_safely") == {f"rg_negative {DAY}": ("open", date(2026, 3, 12))}
    steps = owed(person, "consider_reconsideration")
    assert [state for state, _ in steps.values()] == ["open"] * 3
    filed(coordinator, referral, "rec_asked", date(2026, 3, 16), ground="new_evidence")
    assert {state for state, _ in owed(person, "consider_reconsideration").values()} == {"closed"}
    assert owed(person, "watch_reconsideration_reply") == {"asked 2026-03-16": ("open", date(2026, 3, 25))}
    assert owed(person, "tell_decision_safely")[f"rg_negative {DAY}"][0] == "open", "asking is not telling"
    assert stands(referral) == ("reconsidered", False)
    assert in_step(person)
    filed(coordinator, referral, "rec_refused", date(2026, 3, 18))
    assert owed(person, "watch_reconsideration_reply")["asked 2026-03-16"][0] == "closed"
    assert ReferralStatus.objects.get(referral=referral).first == "rg_negative"
    assert stands(referral) == ("rg_negative", False)
    assert in_step(person)


def test_a_request_put_right_opens_the_limit_again(coordinator, person, referral):
    filed(coordinator, referral, "rg_negative")
    asked = filed(coordinator, referral, "rec_asked", date(2026, 3, 16))
    filed(coordinator, referral, "info_sent", date(2026, 3, 16), replaces=asked)
    assert {state for state, _ in owed(person, "consider_reconsideration").values()} == {"open"}
    assert stands(referral) == ("rg_negative", False)
    assert Decision.objects.filter(referral=referral).count() == 3, "nothing is written over"
    assert in_step(person)


def test_a_later_negative_decision_has_a_limit_of_its_own(coordinator, person, referral):
    filed(coordinator, referral, "rg_negative")
    filed(coordinator, referral, "rec_asked", date(2026, 3, 12))
    filed(coordinator, referral, "rg_negative", date(2026, 3, 18))
    found = owed(person, "consider_reconsideration")
    assert {state for moment, (state, _) in found.items() if f"{DAY}" in moment} == {"closed"}
    assert {state for moment, (state, _) in found.items() if "2026-03-18" in moment} == {"open"}
    assert in_step(person)


def test_a_disqualification_is_filed_as_it_came_and_ends_the_recovery_period_alone(client, coordinator, person, referral):
    filed(coordinator, referral, "rg_positive")
    signed_in(client, coordinator)
    html = unescape(page(client, referral).content.decode())
    assert "The competent authority alone decides it" in html
    page(client, referral, kind="disqualified", ground="bad_faith", decided_on="18 March 2026", version=1)
    assert Decision.objects.get(kind="disqualified").ground == "bad_faith"
    assert owed(person, "recovery_period_minimum")[f"rg_positive {DAY}"][0] == "not_owed"
    assert owed(person, "tell_decision_safely")["disqualified 2026-03-18"][0] == "open"
    assert stands(referral) == ("disqualified", False)
    assert in_step(person)


def test_a_ground_of_another_kind_is_left_out_and_the_database_takes_none(client, coordinator, referral):
    signed_in(client, coordinator)
    page(client, referral, kind="rec_asked", basis="guidance", ground="bad_faith", answer_by="1 May 2026", version=0)
    row = Decision.objects.get()
    assert (row.ground, row.answer_by) == ("guidance", None)
    for wrong in ({"kind": "rg_positive", "ground": "bad_faith"}, {"kind": "info_sent", "answer_by": DAY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            DecisionFactory(referral=referral, number=9, **wrong)


def test_what_was_received_to_investigate_is_a_kind_of_its_own(coordinator, person, referral):
    theirs = actions.record_referral(
        by=coordinator, at=MET, person=person, seen=1, route="nrm", direction="received_for_investigation", another=True
    )
    rows = dict(ReferralStatus.objects.values_list("referral", "direction"))
    assert rows == {referral.id: "made_by_us", theirs.id: "received_for_investigation"}
    filed(coordinator, theirs, "rg_negative")
    assert stands(referral) == ("waiting", False)
    assert stands(theirs) == ("rg_negative", False)
