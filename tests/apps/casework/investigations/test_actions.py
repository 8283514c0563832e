"""What investigations write, and what it closes and opens."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.http import Http404

from lodestar.casework.allocation import actions as allocations
from lodestar.casework.allocation.models import Allocation
from lodestar.casework.case_files.actions.case import seal_case
from lodestar.casework.case_files.actions.people import record_exploitation
from lodestar.casework.cases.access import case_for
from lodestar.casework.cases.models import Case, CaseMember
from lodestar.casework.investigations import actions
from lodestar.casework.investigations.models import Review
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.audit.models import Event
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from tests.factories.accounts import a_member
from tests.factories.cases import MET, a_case, a_person, closed_somehow
from tests.factories.investigations import a_detective
from tests.offenders import each

pytestmark = pytest.mark.usefixtures("fenmarch")
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def officer():
    return a_member("frontline", name="PC Brandreth")


@pytest.fixture
def case(officer):
    return a_case(officer)


@pytest.fixture
def person(officer, case):
    return a_person(officer, case)


@pytest.fixture
def allocation():
    return a_member("crime_allocation")


@pytest.fixture
def inspector():
    return a_member("detective_inspector")


def owed(case, code, **more):
    return {row.moment: row for row in Obligation.objects.filter(case=case, code=code, **more)}


def in_step(case):
    return ledger.differences([type(case).objects.get(id=case.id)]) == []


def test_a_crime_number_closes_what_is_owed_for_that_victim_and_starts_the_clock_of_allocation(officer, case, person):
    other = a_person(officer, case)
    assert owed(case, "allocate_pip2_owner")[""].due_at is None
    actions.record_crime(by=officer, at=MET + HOUR, person=person, kind="recorded", number=" 37/1201/26 ")
    assert owed(case, "record_crime", person=person)[""].state == "closed"
    assert owed(case, "record_crime", person=other)[""].state == "open"
    assert owed(case, "allocate_pip2_owner")[""].due_at == MET + 25 * HOUR
    assert in_step(case)


def test_the_same_number_again_is_the_same_row(officer, case, person):
    first = actions.record_crime(by=officer, at=MET, person=person, kind="recorded", number="37/1a")
    assert actions.record_crime(by=officer, at=MET, person=person, kind="recorded", number="37/1A ") == first


@pytest.mark.parametrize(
    ("kind", "state", "holder"), [("not_needed", "closed", "frontline"), ("not_possible", "open", "supervisor")]
)
def test_why_there_is_no_crime_number(officer, case, person, kind, state, holder):
    actions.record_crime(by=officer, at=MET + HOUR, person=person, kind=kind, why_not="The system is down until 06:00.")
    row = owed(case, "record_crime")[""]
    assert (row.state, row.with_role) == (state, holder)
    assert owed(case, "allocate_pip2_owner")[""].due_at is None, "no crime is recorded"
    assert in_step(case)


def test_a_pip2_detective_becomes_owner_and_sees_the_case(allocation, case, person):
    detective = a_detective(name="DC Marchetti")
    allocations.allocate(by=allocation, at=MET + HOUR, case=case, owner=detective.user, seen=0)
    case.refresh_from_db()
    assert case.owner_id == detective.user
    assert CaseMember.objects.filter(case=case, user_id=detective.user, how="owner", to_at=None).exists()
    row = owed(case, "allocate_pip2_owner")[""]
    assert row.state == "closed"
    assert Allocation.objects.get().meets == ["force", "app"]
    investigators = Obligation.objects.filter(case=case, owed_by="investigator", not_possible=False)
    assert investigators
    assert {one.holder_id for one in investigators} == {detective.user}
    assert in_step(case)


@pytest.mark.parametrize("skills", [("",), ("trainee_detective",)])
def test_below_pip2_is_refused_and_nothing_is_written(allocation, case, person, skills):
    trainee = a_detective(*skills)
    with pytest.raises(allocations.BelowPip2):
        allocations.allocate(by=allocation, at=MET + HOUR, case=case, owner=trainee.user, seen=0)
    assert not Allocation.objects.exists()
    assert owed(case, "allocate_pip2_owner")[""].state == "open"


def test_the_accreditation_counts_on_the_london_day_of_the_allocation(allocation, case, person):
    detective = a_detective(since=date(2026, 3, 3), until=date(2026, 6, 30))
    midnight = datetime(2026, 3, 3, 0, 0, tzinfo=UTC)
    last = datetime(2026, 6, 30, 22, 59, tzinfo=UTC)  # 23:59 in summer
    for wrong in (midnight - MINUTE, last + MINUTE):
        with pytest.raises(allocations.BelowPip2):
            allocations.allocate(by=allocation, at=wrong, case=case, owner=detective.user, seen=0)
    allocations.allocate(by=allocation, at=midnight, case=case, owner=detective.user, seen=0)
    allocations.allocate(by=allocation, at=last, case=case, owner=detective.user, seen=1)


def test_what_has_happened_is_recorded_opens_an_overdue_obligation_at_once_and_is_counted(allocation, case, person):
    constable = a_member("frontline")
    at = MET + 2 * HOUR
    row = allocations.record_happened_without(by=allocation, at=at, case=case, owner=constable.user, seen=0)
    assert row.kind == "happened_without"
    moments = owed(case, "allocate_pip2_owner")
    assert moments[""].state == "open"
    anew = moments["happened without 2026-03-03T01:40:00Z"]
    assert (anew.state, anew.opens_at, anew.due_at) == ("open", at, at)
    case.refresh_from_db()
    assert case.owner_id == constable.user
    assert Event.objects.filter(code="investigations.happened_without").count() == 1
    assert in_step(case)
    allocations.allocate(by=allocation, at=at + HOUR, case=case, owner=a_detective().user, seen=1)
    assert {one.state for one in owed(case, "allocate_pip2_owner").values()} == {"closed"}
    assert CaseMember.objects.filter(case=case, user_id=constable.user, to_at=None).exists(), "until it is acknowledged"
    assert in_step(case)


def test_below_pip2_after_a_detective_opens_it_again_without_undoing_the_first(allocation, case, person):
    allocations.allocate(by=allocation, at=MET + HOUR, case=case, owner=a_detective().user, seen=0)
    allocations.record_happened_without(by=allocation, at=MET + 3 * HOUR, case=case, owner=a_member("frontline").user, seen=1)
    states = {moment: row.state for moment, row in owed(case, "allocate_pip2_owner").items()}
    assert states == {"": "closed", "happened without 2026-03-03T02:40:00Z": "open"}


def test_somebody_who_was_pip2_after_all_is_simply_given_the_case(allocation, case, person):
    row = allocations.record_happened_without(by=allocation, at=MET, case=case, owner=a_detective("pip3").user, seen=0)
    assert (row.kind, row.skill) == ("pip2", "pip3")
    assert owed(case, "allocate_pip2_owner")[""].state == "closed"


def test_an_authority_answers_for_24_hours_to_the_second_and_then_it_stands_open_again(inspector, case, person):
    trainee = a_detective("trainee_detective")
    at = MET + HOUR
    row = allocations.give_authority(
        by=inspector, at=at, case=case, owner=trainee.user, seen=0, reason="No PIP2 detective on until Wednesday."
    )
    assert row.expires_at == at + 24 * HOUR
    moments = owed(case, "allocate_pip2_owner")
    anew = moments["authority ends 2026-03-04T00:40:00Z"]
    assert moments[""].state == "closed"
    assert (anew.state, anew.opens_at, anew.due_at) == ("open", row.expires_at, row.expires_at)
    assert open_by(moments, row.expires_at - MINUTE) == []
    assert open_by(moments, row.expires_at) == [anew.moment]
    assert in_step(case)


def open_by(moments, now):
    return [one.moment for one in moments.values() if one.state == "open" and one.opens_at <= now]


@pytest.mark.parametrize("after", [-HOUR, HOUR])
def test_a_detective_before_or_after_the_end_of_an_authority_answers_what_it_left(inspector, allocation, case, person, after):
    first = allocations.give_authority(by=inspector, at=MET, case=case, owner=a_detective("").user, seen=0, reason="Nobody on.")
    allocations.allocate(by=allocation, at=first.expires_at + after, case=case, owner=a_detective().user, seen=1)
    assert {one.state for one in owed(case, "allocate_pip2_owner").values()} == {"closed"}
    assert in_step(case)


def test_another_authority_answers_the_end_of_the_first_and_ends_too(inspector, case, person):
    first = allocations.give_authority(by=inspector, at=MET, case=case, owner=a_detective("").user, seen=0, reason="Nobody on.")
    allocations.give_authority(
        by=inspector, at=first.expires_at, case=case, owner=a_detective("").user, seen=1, reason="Still nobody."
    )
    states = {moment: row.state for moment, row in owed(case, "allocate_pip2_owner").items()}
    assert states == {
        "": "closed",
        "authority ends 2026-03-03T23:40:00Z": "closed",
        "authority ends 2026-03-04T23:40:00Z": "open",
    }


def test_an_authority_needs_a_reason_and_somebody_who_needs_it(inspector, case, person):
    for more in ({"owner": a_detective("").user, "reason": "  "}, {"owner": a_detective().user, "reason": "Nobody on."}):
        with pytest.raises(actions.NotAllowed):
            allocations.give_authority(by=inspector, at=MET, case=case, seen=0, **more)
    assert not Allocation.objects.exists()


def test_whoever_looked_before_a_colleague_gave_it_away_is_told(allocation, case, person):
    allocations.allocate(by=allocation, at=MET, case=case, owner=a_detective().user, seen=0)
    with pytest.raises(ConcurrentEdit) as told:
        allocations.allocate(by=allocation, at=MET, case=case, owner=a_detective().user, seen=0)
    assert told.value.theirs == Allocation.objects.get()


def test_an_older_fact_recorded_later_does_not_take_the_case_from_its_owner(allocation, case, person):
    detective = a_detective()
    allocations.allocate(by=allocation, at=MET + 5 * HOUR, case=case, owner=detective.user, seen=0)
    allocations.record_happened_without(by=allocation, at=MET + HOUR, case=case, owner=a_member("frontline").user, seen=1)
    case.refresh_from_db()
    assert case.owner_id == detective.user
    assert {one.state for one in owed(case, "allocate_pip2_owner").values()} == {"closed"}
    assert in_step(case)


@each("words", ["", "Noted.", "noted, ok", "Reviewed - nothing further", "N/A", "…"])
def test_a_review_that_directs_nothing_is_not_one(case, person, words):
    with pytest.raises(actions.NotAllowed):
        actions.review(by=a_member("supervisor"), at=MET, case=case, directions=words, seen=0)
    assert not Review.objects.exists()


def test_reviews_answer_one_moment_after_another_and_the_next_is_always_there(officer, case, person):
    supervisor = a_member("supervisor")
    actions.record_crime(by=officer, at=MET, person=person, kind="recorded", number="1")
    days = {0: "72 hours", 5: "day 7", 20: "day 28", 40: "day 56", 70: "day 84"}
    for seen, (day, moment) in enumerate(days.items()):
        row = actions.review(by=supervisor, at=MET + timedelta(days=day), case=case, directions="Seize the phones.", seen=seen)
        assert row.moments == [moment]
    states = {moment: row.state for moment, row in owed(case, "supervise_investigation").items()}
    assert states == dict.fromkeys(days.values(), "closed") | {"day 112": "open"}
    assert in_step(case)


def test_a_review_answers_all_that_were_overdue_each_as_late(officer, case, person):
    actions.record_crime(by=officer, at=MET, person=person, kind="recorded", number="1")
    at = MET + timedelta(days=10)
    row = actions.review(by=a_member("supervisor"), at=at, case=case, directions="See both witnesses.", seen=0)
    assert row.moments == ["72 hours", "day 7"]
    early = actions.review(by=a_member("supervisor"), at=at, case=case, directions="And the landlord.", seen=1)
    assert early.moments == ["day 28"]
    extra = actions.review(by=a_member("supervisor"), at=at, case=case, directions="And the bank.", seen=2)
    assert extra.moments == []


def test_a_review_once_answered_on_a_worklist_counts_when_the_next_is_written_out(officer, case, person):
    actions.record_crime(by=officer, at=MET, person=person, kind="recorded", number="1")
    for moment in ("72 hours", "day 7", "day 28", "day 56"):
        row = owed(case, "supervise_investigation")[moment]
        closed_somehow(officer, case, [row], kind="not_needed")
    assert "day 84" in owed(case, "supervise_investigation")
    assert in_step(case)


def test_an_incident_abroad_is_answered_by_its_number(officer, case, person):
    record_exploitation(by=officer, at=MET, person=person, facts={"type": "labour", "where": ["overseas"]})
    assert owed(case, "record_incident_overseas")[""].state == "open"
    actions.record_crime(by=officer, at=MET + HOUR, person=person, kind="recorded", number="INC-1")
    assert owed(case, "record_incident_overseas")[""].state == "closed"
    assert in_step(case)


def test_crimes_apart_are_answered_by_the_second_number(officer, case, person):
    record_exploitation(by=officer, at=MET, person=person, facts={"type": "sexual", "where": ["uk"]})
    for number, state in ((1, "open"), (2, "closed")):
        actions.record_crime(by=officer, at=MET + HOUR, person=person, kind="recorded", number=f"37/{number}/26")
        assert owed(case, "record_each_crime_apart")[""].state == state
    assert in_step(case)


def sealed_meanwhile(case, *owners):
    """The case was sealed after it was read."""
    by = a_member("coordinator")
    seal_case(by=by, at=MET, case=Case.objects.get(id=case.id), reason="A relative.", owners=[by.user, *owners])


def test_a_case_that_was_sealed_meanwhile_goes_to_one_of_its_named_owners_alone(allocation, inspector, case, person):
    named, stranger, trainee = a_detective(), a_detective(), a_detective("trainee_detective")
    sealed_meanwhile(case, named.user, allocation.user)
    told = {"at": MET + HOUR, "case": case, "seen": 0}
    with pytest.raises(allocations.NotNamed, match="is sealed: only its named owners can have it or supervise it"):
        allocations.allocate(by=allocation, owner=stranger.user, **told)
    with pytest.raises(allocations.NotNamed):
        allocations.give_authority(by=inspector, owner=trainee.user, reason="Nobody else.", **told)
    assert not Allocation.objects.exists()
    assert allocations.allocate(by=allocation, owner=named.user, **told).owner_id == named.user
    assert in_step(case)


def test_nobody_who_may_not_know_of_it_supervises_a_sealed_case(inspector, case, person):
    trainee, stranger = a_detective("trainee_detective"), a_detective()
    sealed_meanwhile(case, trainee.user)
    told = {"at": MET + HOUR, "case": case, "seen": 0, "owner": trainee.user, "reason": "Nobody else."}
    with pytest.raises(allocations.NotNamed):
        allocations.give_authority(by=inspector, supervised_by=stranger.user, **told)
    assert allocations.give_authority(by=inspector, **told).owner_id == trainee.user


def test_that_somebody_below_has_a_sealed_case_is_recorded_and_shows_it_to_nobody(allocation, case, person):
    trainee = a_detective("trainee_detective")
    sealed_meanwhile(case, allocation.user)
    allocations.record_happened_without(by=allocation, at=MET + HOUR, case=case, owner=trainee.user, seen=0)
    with pytest.raises(Http404):
        case_for(trainee, case.reference, Permission.CASE_VIEW, viewed=False)
    assert in_step(case)
