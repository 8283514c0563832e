"""Checks of the form by team and against what was decided: counts, small ones not shown, and nobody's mark. And what was decided
is told to whoever referred."""

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from lodestar.casework.case_files.actions.case import give_case
from lodestar.casework.decisions.actions import moves
from lodestar.casework.decisions.models import Decision
from lodestar.casework.decisions.presenters import against_outcome, number, of_teams
from lodestar.casework.decisions.queries.register import Tally, by_outcome, by_team, quarter_after, quarter_asked, quarter_of
from lodestar.casework.referrals.models import ReferralStatus
from tests.factories.accounts import UnitFactory, a_member
from tests.factories.cases import MET, a_case, a_person
from tests.factories.figures import sealed_by
from tests.factories.referrals import DecisionFactory, ReferralFactory, ReferralNowFactory, WritingFactory
from tests.factories.signed_in import html_of, signed_in
from tests.factories.statements import at_most

pytestmark = pytest.mark.usefixtures("fenmarch", "on_20_march")
NOW = datetime(2026, 3, 20, 10, 0, tzinfo=UTC)
FIRST = date(2026, 1, 1)


def written(by, checks, kind="", sent_at=MET, direction="made_by_us"):
    person = a_person(by, a_case(by), name="Somebody Nightjar")
    referral = ReferralFactory(
        person=person, writing=WritingFactory(person=person), open_checks=checks, sent_at=sent_at, direction=direction,
        recorded_by_id=by.user,
    )  # fmt: skip
    ReferralNowFactory(referral=referral, sent_at=sent_at, direction=direction)
    if kind:
        DecisionFactory(referral=referral, kind=kind)
        moves(referral)
    return referral


def test_checks_are_counted_by_team_and_by_what_was_decided_first():
    officer = a_member("frontline")
    for _ in range(6):
        written(officer, ["Q2"], "rg_negative")
    for _ in range(5):
        written(officer, [], "rg_positive")
    written(officer, ["Q2", "Q6"])
    found = by_outcome(FIRST)
    assert {name: tally.sent for name, tally in found.items()} == {"rg_positive": 5, "rg_negative": 6, "": 1}
    assert (found["rg_negative"].checks, found["rg_positive"].checks) == ({"Q2": 6}, {"": 5})
    (tally,) = by_team(FIRST).values()
    assert (tally.sent, tally.checks) == (12, {"Q2": 7, "Q6": 1, "": 5})
    assert against_outcome(found)[:3] == [
        ["All that were written here", "5", "6", "fewer than 5"],
        ["No check open", "5", "0", "0"],
        [against_outcome(found)[2][0], "0", "6", "fewer than 5"],
    ]


def test_the_first_decision_counts_and_not_one_that_was_put_right():
    officer = a_member("frontline")
    row = written(officer, ["Q2"], "rg_negative")
    wrong = Decision.objects.get(referral=row)
    DecisionFactory(referral=row, number=2, kind="rg_positive", decided_on=MET.date() + timedelta(days=1))
    moves(row)
    assert by_outcome(FIRST)["rg_negative"].sent == 1
    DecisionFactory(referral=row, number=3, kind="info_asked", replaces=wrong)
    moves(row)
    assert by_outcome(FIRST)["rg_negative"].sent == 0
    assert by_outcome(FIRST)["rg_positive"].sent == 1


def test_of_another_quarter_another_direction_not_written_here_and_sealed_none_is_counted():
    officer, owner = a_member("frontline"), a_member("coordinator")
    written(officer, ["Q2"], sent_at=datetime(2026, 4, 1, tzinfo=UTC))  # in London a day of April
    written(officer, ["Q2"], sent_at=datetime(2025, 12, 31, 23, 59, tzinfo=UTC))
    written(officer, ["Q2"], direction="received_for_investigation")
    ReferralNowFactory()
    sealed = written(officer, ["Q2"])
    sealed_by(owner, sealed.person.case)
    assert by_team(FIRST) == {}
    assert sum(tally.sent for tally in by_outcome(FIRST).values()) == 0
    assert ReferralStatus.objects.count() == 5


@pytest.mark.parametrize(("counted", "words"), [(0, "0"), (1, "fewer than 5"), (4, "fewer than 5"), (5, "5"), (77, "77")])
def test_what_is_small_is_not_shown(counted, words):
    assert number(counted) == words


def test_of_a_team_that_sent_few_nothing_more_is_said():
    few, many = Tally(1, Counter({"Q2": 1})), Tally(9, Counter({"Q2": 5, "Q6": 4, "": 1}))
    rows = of_teams({"Few": few, "Many": many})
    assert rows[0] == ["Few", "fewer than 5", "Too few to show"]
    assert ": 5; fewer than 5 each: " in rows[1][2]
    assert not set(rows[1][2]) & set("1234"), "a small number stands nowhere"


def test_many_teams_stand_on_more_than_one_page_each_once(client):
    officer, tally = a_member("frontline"), ["Q1", "Q2", "Q3", "Q6", "Q7", "Q9", "Q10", "Q11"]
    person = a_person(officer, a_case(officer))
    writing = WritingFactory(person=person)
    for at in range(25):
        team = UnitFactory(name=f"Team {at:02d} & others")
        for one in range(5):
            referral = ReferralFactory(person=person, number=at * 5 + one + 1, writing=writing, open_checks=tally)
            ReferralNowFactory(referral=referral, unit=team)
    html = html_of(signed_in(client, a_member("coordinator")), "/referrals/quality")
    later = html_of(client, re.search(r'href="([^"]*after=[^"]*)"', html)[1])
    shown = [sum(f"Team {at:02d} & others" in page for page in (html, later)) for at in range(25)]
    assert shown == [1] * 25
    assert "Back to the first teams" in later


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("2025-4", date(2025, 10, 1)),
        ("2026-1", date(2026, 1, 1)),
        ("2026-2", date(2026, 1, 1)),  # to come
        ("9999-9", date(2026, 1, 1)),
        ("", date(2026, 1, 1)),
        ("٢٠٢٥-1", date(2026, 1, 1)),
    ],
)
def test_a_quarter_is_asked_for_by_its_name(words, first):
    assert quarter_asked(words, NOW) == first


def test_quarters_follow_each_other_over_the_year():
    assert quarter_of(date(2026, 12, 31)) == date(2026, 10, 1)
    assert quarter_after(date(2026, 10, 1)) == date(2027, 1, 1)
    assert quarter_after(date(2026, 1, 1), -1) == date(2025, 10, 1)


def test_the_page_is_the_coordinators_names_nobody_and_takes_few_queries(client):
    officer = a_member("frontline", name="PC Brandreth")
    for _ in range(6):
        written(officer, ["Q2", "Q6"], "rg_negative")
    signed_in(client, a_member("coordinator"))
    with at_most(15):
        html = html_of(client, "/referrals/quality")
    assert "January to March 2026" in html
    assert "does not assess anyone" in html
    assert "Brandreth" not in html
    assert "Nightjar" not in html
    assert "October to December 2025" in html
    assert signed_in(client, officer).get("/referrals/quality").status_code == 404


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
