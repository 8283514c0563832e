"""The figure: what is counted as known when, of whose cases, and what stands on its pages."""

from datetime import UTC, date, datetime, timedelta
from html import unescape
from types import SimpleNamespace

import pytest
from django.http import Http404
from django.utils import timezone

from lodestar.casework.case_files.actions.people import change_person, record_offence
from lodestar.casework.cases.models import AllegedOffence, Case, Person
from lodestar.casework.investigations.actions import record_crime, review
from lodestar.casework.ledger.actions import answer_duty
from lodestar.casework.ledger.models import Obligation, ObligationAnswer, ObligationEvent
from lodestar.oversight.measures.access import scope_for, whole_force
from lodestar.oversight.measures.rules.facts import CANNOT_TELL, COULD_NOT, DID_NOT, HAPPENED, Period
from lodestar.oversight.measures.rules.failings import NUMBERS
from lodestar.platform.accounts.permissions import Reach
from lodestar.platform.obligations.closing_records import Record
from tests.factories.accounts import UnitFactory, a_member
from tests.factories.cases import MET, CaseFactory, CaseMemberFactory, EarlierReferralFactory, SealOwnerFactory, user_of
from tests.factories.figures import HOUR, MARCH, QUERY, answered, every_verdict, figure, met, owed, sealed_by, verdict, verdicts
from tests.factories.investigations import AllocationFactory
from tests.factories.pure_figure import RecalculatedFigure
from tests.factories.referrals import ReferralFactory
from tests.factories.section45 import FullRecordFactory, OutcomeRecordedFactory
from tests.factories.signed_in import signed_in
from tests.offenders import each

pytestmark = pytest.mark.usefixtures("fenmarch")
STEPS = ("make_safe", "safe_place", "tell_childrens_services_now", "medical_and_basic_care_first")


@pytest.fixture
def coordinator():
    return a_member("coordinator")


def test_a_case_without_a_possible_victim_could_not_have_and_is_counted_among_all(coordinator):
    case, _ = met(coordinator, roles=["witness"], belief="none")
    assert every_verdict(coordinator, case) == dict.fromkeys(NUMBERS, COULD_NOT)
    assert {counts.all for counts in figure(coordinator).counts.values()} == {1}


def test_nothing_answered_is_cannot_tell(coordinator):
    case, _ = met(coordinator)
    assert every_verdict(coordinator, case) == dict.fromkeys(NUMBERS, CANNOT_TELL)


def test_safety_by_the_times_that_were_told(coordinator):
    in_time, late, stuck = (met(coordinator)[0] for _ in range(3))
    answered(coordinator, in_time, "make_safe", MET + HOUR / 2)
    answered(coordinator, late, "make_safe", MET + 2 * HOUR)
    answered(coordinator, stuck, "make_safe", MET + HOUR / 2, kind="not_possible", because="He would not leave.")
    found = verdicts(coordinator, 2)
    assert (found[in_time.id], found[late.id], found[stuck.id]) == (DID_NOT, HAPPENED, HAPPENED)


def test_a_late_tap_whose_time_nobody_told_does_not_say_when(coordinator):
    case, _ = met(coordinator)
    answered(coordinator, case, "make_safe", MET + 2 * HOUR + timedelta(seconds=3))
    assert verdict(coordinator, case, 2) == CANNOT_TELL
    answered(coordinator, case, "make_safe", MET + HOUR / 4)  # their own, put right
    assert verdict(coordinator, case, 2) == DID_NOT


def test_another_body_first(coordinator):
    before, after = met(coordinator), met(coordinator)
    ReferralFactory(person=before[1], direction="received_for_investigation", sent_at=MET - HOUR)
    ReferralFactory(person=after[1], direction="received_for_investigation", sent_at=MET + HOUR)
    found = verdicts(coordinator, 1)
    assert (found[before[0].id], found[after[0].id]) == (HAPPENED, CANNOT_TELL)


@each(
    ("told", "expected"),
    [
        ({}, HAPPENED),
        ({"on_date": "2026-03-01"}, HAPPENED),
        ({"on_date": "2026-03-02"}, CANNOT_TELL),  # the day on which we met them
        ({"on_date": "2026-03"}, CANNOT_TELL),  # may be after
        ({"on_date": ""}, CANNOT_TELL),
        ({"by": ""}, CANNOT_TELL),
        ({"by": "fenmarch police"}, CANNOT_TELL),  # ourselves
        ({"same_events": None}, CANNOT_TELL),
        ({"same_events": False}, CANNOT_TELL),
    ],
)
def test_a_referral_that_another_body_made_before_about_the_same(coordinator, told, expected):
    case, person = met(coordinator)
    EarlierReferralFactory(person=person, **({"by": "The Haven", "on_date": "2026-02", "same_events": True} | told))
    assert verdict(coordinator, case, 1) == expected


def test_immigration(coordinator):
    arrested, foreign, british, unknown = (met(coordinator, british=value)[0] for value in (False, False, True, None))
    person = Person.objects.get(case=arrested)
    facts = {"act": "Immigration Act 1971", "section": "24", "title": "illegal entry", "stage": "arrest"}
    record_offence(by=coordinator, at=MET, person=person, facts=facts)
    found = verdicts(coordinator, 3)
    assert [found[one.id] for one in (arrested, foreign, british, unknown)] == [HAPPENED, CANNOT_TELL, COULD_NOT, CANNOT_TELL]


def suspected(by, **facts):
    case, person = met(by)
    told = {"act": "Misuse of Drugs Act 1971", "section": "5(3)", "where": "england_wales"} | facts
    return case, record_offence(by=by, at=MET, person=person, facts=told)


def test_treated_as_a_criminal_by_what_happened_without(coordinator):
    (without, offence), (against, likely), (waiting, _) = (suspected(coordinator) for _ in range(3))
    OutcomeRecordedFactory(offence=offence, happened_without=True)
    OutcomeRecordedFactory(offence=likely, record=FullRecordFactory(offence=likely, conclusion="likely"))
    found = verdicts(coordinator, 4)
    assert [found[one.id] for one in (without, against, waiting)] == [HAPPENED, HAPPENED, CANNOT_TELL]
    confirmed, _ = met(coordinator)
    answered(coordinator, confirmed, "section45_no_suspected_offence", MET)
    assert verdict(coordinator, confirmed, 4) == COULD_NOT


def test_a_closed_full_record_is_did_not_until_a_new_fact_opens_it(coordinator):
    case, offence = suspected(coordinator)
    row = owed(case, "section45_full_record")
    Obligation.objects.filter(id=row.id).update(state="closed", closed_at=timezone.now())
    assert verdict(coordinator, case, 4) == DID_NOT
    Obligation.objects.filter(id=row.id).update(state="open", closed_at=None)
    assert verdict(coordinator, case, 4) == CANNOT_TELL
    assert AllegedOffence.objects.filter(id=offence.id).exists()


def test_who_had_the_case_and_when_its_crime_was_recorded(coordinator):
    below, in_time, late, no_crime = (met(coordinator) for _ in range(4))
    for (case, person), hours in ((below, 1), (in_time, 1), (late, 25)):
        record_crime(by=coordinator, at=MET + hours * HOUR, person=person, kind="recorded", number=f"FM/{case.reference}")
    for (case, _), kind in ((below, "happened_without"), (in_time, "pip2"), (late, "pip2"), (no_crime, "pip2")):
        AllocationFactory(case=case, kind=kind, at=MET + 2 * HOUR, recorded_at=timezone.now())
    found = verdicts(coordinator, 5, at=(then := timezone.now()))
    assert [found[case.id] for case, _ in (below, in_time, late, no_crime)] == [HAPPENED, CANNOT_TELL, HAPPENED, CANNOT_TELL]
    review(by=coordinator, at=timezone.now(), case=in_time[0], directions="DC Marchetti to see the phone by Friday.", seen=0)
    assert verdict(coordinator, in_time[0], 5) == DID_NOT
    assert verdict(coordinator, in_time[0], 5, at=then) == CANNOT_TELL


@each(("result", "expected"), [("no_signs", DID_NOT), ("followed_up", DID_NOT), ("not_followed_up", HAPPENED)])
def test_what_a_colleague_found_who_looked_back(coordinator, result, expected):
    case, _ = met(coordinator)
    record = Record("look_back", {"result": result, "what": "Custody and stops"})
    rows = [owed(case, "look_back_for_missed_signs")]
    answer_duty(by=coordinator, at=MET, case=case, obligations=rows, kind="done", record=record)
    assert verdict(coordinator, case, 1) == expected


# --- as of when -----------------------------------------------------------------------------------------------------------


def test_a_period_has_its_days_in_london(coordinator):
    inside, _ = met(coordinator, at=datetime(2026, 3, 31, 22, 59, tzinfo=UTC))
    met(coordinator, at=datetime(2026, 3, 31, 23, 1, tzinfo=UTC))  # 1 April
    assert [one.case.id for one in figure(coordinator).cases] == [inside.id]


def test_what_is_recorded_later_changes_nothing_of_what_was_known(coordinator):
    case, person = met(coordinator, british=False)
    answered(coordinator, case, "make_safe", MET + 2 * HOUR)
    offence = record_offence(by=coordinator, at=MET, person=person, facts={"act": "Theft Act 1968"})
    then = timezone.now()
    before = every_verdict(coordinator, case)
    assert before == every_verdict(coordinator, case, at=then)
    assert before[2] == HAPPENED
    answered(coordinator, case, "make_safe", MET + HOUR / 2)  # put right
    OutcomeRecordedFactory(offence=offence, happened_without=True, recorded_at=timezone.now())
    AllocationFactory(case=case, kind="happened_without", recorded_at=timezone.now())
    ReferralFactory(person=person, direction="received_for_investigation", sent_at=MET - HOUR, recorded_at=timezone.now())
    person.refresh_from_db()
    change_person(by=coordinator, at=MET, person=person, version=person.version, facts={"british": True})
    later, _ = met(coordinator)
    after = every_verdict(coordinator, case)
    assert [after[number] for number in (1, 2, 3, 4, 5)] == [HAPPENED, DID_NOT, COULD_NOT, HAPPENED, HAPPENED]
    assert before == every_verdict(coordinator, case, at=then)
    assert later.id not in verdicts(coordinator, 1, at=then)


def test_who_is_no_possible_victim_any_more_was_one_then(coordinator):
    case, person = met(coordinator)
    then = timezone.now()
    facts = {"roles": ["witness"], "belief": "none"}
    change_person(by=coordinator, at=MET, person=person, version=person.version, facts=facts)
    assert verdict(coordinator, case, 6) == COULD_NOT
    assert verdict(coordinator, case, 6, at=then) == CANNOT_TELL


def test_as_of_now_by_its_events_is_what_is_stored(coordinator):
    """Asked by the instant, the ledger is read from its events; asked without one, as it is stored."""
    for facts in ({}, {"age_min": 15, "age_max": 15, "needs": ["medical"]}, {"belief": "signs_only"}):
        case, _ = met(coordinator, **facts)
        answered(coordinator, case, "make_safe", MET + HOUR / 2)
    assert ObligationEvent.objects.filter(kind="closed").exists()
    now = timezone.now()
    assert figure(coordinator).counts == figure(coordinator, at=now).counts


def test_what_happened_in_the_period_in_a_case_met_before_is_counted_apart(coordinator):
    case, person = met(coordinator, at=MET - timedelta(days=40))
    offence = record_offence(by=coordinator, at=MET, person=person, facts={"act": "Theft Act 1968"})
    OutcomeRecordedFactory(offence=offence, happened_without=True, at=MET)
    found = figure(coordinator)
    assert found.before == {1: 0, 2: 0, 3: 0, 4: 1, 5: 0, 6: 0}
    assert {counts.all for counts in found.counts.values()} == {0}
    assert found.of(4, "before") == [case.id]
    february = figure(coordinator, period=Period(date(2026, 1, 1), date(2026, 2, 28)))
    assert (february.counts[4].happened, february.before[4]) == (1, 0)


# --- whose ----------------------------------------------------------------------------------------------------------------


def test_a_sealed_case_is_in_nobodys_number_and_on_the_list_of_its_owners_alone(client, coordinator):
    case, _ = met(coordinator)
    met(coordinator)
    stranger = a_member("coordinator")
    sealed_by(coordinator, case)
    assert figure(coordinator).counts == figure(stranger).counts
    assert figure(coordinator).counts[2].all == 1
    pages = {}
    for member in (coordinator, stranger):
        signed_in(client, member)
        pages[member] = unescape(client.get("/figures/no-immediate-safety/cannot-tell", QUERY).content.decode())
        assert "1 case, by date of encounter" in pages[member]
    assert case.reference in pages[coordinator]
    assert case.reference not in pages[stranger]
    assert "Sealed cases that you own" not in pages[stranger]


def test_to_a_stranger_all_is_as_if_the_sealed_case_were_not_there(client, coordinator):
    met(coordinator)
    stranger = a_member("coordinator")
    signed_in(client, stranger)
    at = timezone.now()
    addresses = ["/figures", *(f"/figures/{code}/{slug}" for code in ("no-immediate-safety", "not-trained") for slug in SLUGS)]
    case, person = met(coordinator)
    AllocationFactory(case=case, kind="happened_without", at=MET)
    ReferralFactory(person=person)
    sealed_by(coordinator, case)
    now = timezone.now()
    for address in addresses:
        before, after = (without_time(client.get(address, QUERY | {"at": in_address(one)}), one) for one in (at, now))
        assert before == after


def in_address(at):
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%S%fZ")


def without_time(page, at):
    """What is on a page besides the moment that was asked for, which a minute may end before the next."""
    return main_of(page).replace(in_address(at), "").replace(f"{timezone.localtime(at):%H:%M}", "")


SLUGS = ("happened", "did-not", "cannot-tell", "could-not", "met-before")


def main_of(page):
    assert page.status_code == 200
    return page.content.decode().partition("<main")[2].partition("</main>")[0]


def test_answers_are_rows_that_stand(coordinator):
    """The steps that the figure reads are answered on the worklists alone, whose rows are only ever added."""
    case, _ = met(coordinator, age_min=15, age_max=15, needs=["medical"])
    assert {row.code for row in Obligation.objects.filter(case=case, code__in=STEPS)} == set(STEPS)
    for code in STEPS:
        answered(coordinator, case, code, MET + HOUR / 2)
    assert ObligationAnswer.objects.filter(case=case).count() == 4
    assert verdict(coordinator, case, 2) == DID_NOT


def test_one_failing_alone_is_judged_as_among_all(coordinator):
    case, person = met(coordinator, british=False)
    answered(coordinator, case, "make_safe", MET + 2 * HOUR)
    ReferralFactory(person=person, direction="received_for_investigation", sent_at=MET - HOUR)
    whole = figure(coordinator).cases[0].verdicts
    for number in NUMBERS:
        alone = RecalculatedFigure(scope_for(coordinator), MARCH, timezone.now(), is_past=False, only=number)
        assert alone.cases[0].verdicts == {number: whole[number]}


def sealed_to(case, *members):
    for member in members:
        SealOwnerFactory(case=case, user=user_of(member))
    Case.objects.filter(id=case.id).update(sealed=True)
    return case


def cases_of(condition):
    return set(Case.objects.filter(condition))


@each(
    ("roles", "counted", "is_force"),
    [
        (("supervisor",), {"unit", "below"}, False),
        (("supervisor", "frontline"), {"unit", "below"}, False),
        (("coordinator",), {"unit", "below", "given"}, True),
        (("supervisor", "crime_allocation"), {"unit", "below", "given"}, True),
    ],
)
def test_a_figure_counts_the_unit_and_below_or_the_force_and_no_sealed_case(fenmarch, roles, counted, is_force):
    above = UnitFactory()
    below, beside = UnitFactory(parent=above), UnitFactory()
    member = a_member(*roles, unit=above)
    cases = {"unit": CaseFactory(unit=above), "below": CaseFactory(unit=below), "given": CaseFactory(unit=beside)}
    CaseMemberFactory(case=cases["given"], user=user_of(member))
    own, _others = sealed_to(CaseFactory(unit=above), member), sealed_to(CaseFactory(unit=above), a_member())
    SealOwnerFactory(case=cases["unit"], user=user_of(member))  # it was sealed once, and is not now
    scope = scope_for(member)
    assert cases_of(scope.counted) == {cases[name] for name in counted}
    assert cases_of(scope.sealed) == {own}
    assert scope.is_force is is_force
    assert scope.units == (None if is_force else (above.id, below.id))


@pytest.mark.parametrize("role", ["frontline", "crime_allocation", "administrator"])
def test_there_is_no_figure_without_the_right_to_it(fenmarch, role):
    with pytest.raises(Http404):
        scope_for(a_member(role))


@pytest.mark.parametrize("reach", [Reach.GIVEN, Reach.NOTHING])
def test_a_role_to_come_that_reaches_no_unit_has_no_figure(reach):
    """No role of today has the right and no unit: whoever gives it to one has none of its numbers by that alone."""
    member = SimpleNamespace(may=lambda _permission: True, reaches=frozenset({reach}))
    with pytest.raises(Http404):
        scope_for(member)


def test_a_table_that_leaves_the_force_counts_every_case_that_is_not_sealed(fenmarch):
    case = CaseFactory()
    sealed_to(CaseFactory(), a_member())
    scope = whole_force()
    assert (cases_of(scope.counted), cases_of(scope.sealed)) == ({case}, set())
    assert (scope.is_force, scope.units) == (True, None)
