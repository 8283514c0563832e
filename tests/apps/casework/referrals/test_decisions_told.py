"""What was decided is told to whoever referred."""

from datetime import UTC, datetime, timedelta

import pytest

from lodestar.casework.case_files.actions.case import give_case
from tests.factories.accounts import a_member
from tests.factories.cases import MET, a_case, a_person
from tests.factories.figures import sealed_by
from tests.factories.referrals import DecisionFactory, ReferralFactory
from tests.factories.signed_in import html_of, signed_in

pytestmark = pytest.mark.usefixtures("fenmarch", "on_20_march")
NOW = datetime(2026, 3, 20, 10, 0, tzinfo=UTC)


def told(client, member):
    return html_of(signed_in(client, member), "/my-work")


def test_what_was_decided_is_told_to_whoever_referred_and_to_whoever_opened_the_case(client):
    opener, recorder, other = (a_member("frontline") for _ in range(3))
    case = a_case(opener)
    give_case(by=a_member("coordinator"), at=MET, case=case, to=recorder.user)
    referral = ReferralFactory(person=a_person(opener, case), recorded_by_id=recorder.user)
    DecisionFactory(referral=referral, kind="rg_positive", filed_at=NOW)
    for member in (opener, recorder):
        assert "Reasonable grounds: positive, 2 March, on the referral of 2 March" in told(client, member)
    assert "Reasonable grounds: positive" not in told(client, other)


def test_what_is_sealed_put_right_old_or_ones_own_is_not_told(client):
    officer, owner = a_member("frontline"), a_member("coordinator")
    for kind in ("sealed", "put_right", "old", "own"):
        referral = ReferralFactory(person=a_person(officer, a_case(officer)), recorded_by_id=officer.user)
        by = {"filed_by_id": officer.user} if kind == "own" else {}
        at = NOW - timedelta(days=61) if kind == "old" else NOW
        row = DecisionFactory(referral=referral, kind="cg_negative", filed_at=at, **by)
        if kind == "put_right":
            DecisionFactory(referral=referral, number=2, kind="info_sent", replaces=row, filed_at=NOW)
        if kind == "sealed":
            sealed_by(owner, referral.person.case)
    assert "Conclusive grounds: negative" not in told(client, officer)
