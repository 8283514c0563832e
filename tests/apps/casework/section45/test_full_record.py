"""The full record of section 45 of the Modern Slavery Act 2015: decided by one, countersigned by another, opened again."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from lodestar.casework.case_files.actions.people import change_offence, change_person, take_back_offence
from lodestar.casework.decisions.actions import file_decision
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.referrals.actions import record_referral
from lodestar.casework.section45 import actions
from lodestar.casework.section45.models import Countersignature, Element, FullRecord
from lodestar.platform.audit.models import Event
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from tests.factories.accounts import DutyFactory, TourFactory, UnitFactory, a_member
from tests.factories.cases import MET
from tests.factories.full_records import an_offence, answers, callum, decided, signed
from tests.factories.section45 import CountersignatureFactory, ElementFactory, FullRecordFactory
from tests.offenders import each

pytestmark = pytest.mark.usefixtures("fenmarch")
HOUR = timedelta(hours=1)
NOW = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)
RECORD, SIGN = "section45_full_record", "section45_countersign"
THEFT = {"act": "Theft Act 1968", "section": "9", "title": "burglary"}
WOUNDING = {"act": "Offences against the Person Act 1861", "section": "18", "title": "wounding with intent"}
WEIGHED = {"duress": "a", "self_defence": "b", "public_interest": "c", "abuse_of_process": "d"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def detective():
    return a_member("investigator", name="DC Marchetti")


@pytest.fixture
def sergeant():
    return a_member("supervisor", name="Sgt Solanki")


@pytest.fixture
def met():
    return callum()


@pytest.fixture
def offence(met):
    officer, _, person = met
    return an_offence(officer, person)


def owed(offence, code=RECORD):
    rows = Obligation.objects.filter(code=code, subject=str(offence.id)).exclude(state="not_owed")
    return {row.moment: row.state for row in rows}


def in_step(offence):
    return ledger.differences([type(offence.person.case).objects.get(id=offence.person.case_id)]) == []


def test_decided_it_waits_and_is_owed_until_a_second_person_agrees(offence, detective, sergeant):
    row = decided(detective, offence)
    assert (row.number, row.test, row.decided_by_id) == (1, "child", detective.user)
    assert Element.objects.filter(record=row).count() == 3
    assert owed(offence) == {"": "open"}
    assert owed(offence, SIGN) == {"version 1": "open"}
    assert in_step(offence)
    signed(sergeant, row)
    assert owed(offence) == {"": "closed"}
    assert owed(offence, SIGN) == {"version 1": "closed"}
    assert in_step(offence)


def test_the_supervisor_owes_the_countersigning_and_nobody_by_name(offence, detective):
    decided(detective, offence)
    row = Obligation.objects.get(code=SIGN)
    assert (row.with_role, row.holder_id, row.unit_id) == ("supervisor", None, offence.person.case.unit_id)


def test_by_the_end_of_the_next_tour_on_the_roster_of_the_cases_unit(offence, detective):
    own, other = offence.person.case.unit, UnitFactory()
    night = NOW + 8 * HOUR
    DutyFactory(unit=own, from_at=NOW - HOUR, to_at=night)
    DutyFactory(unit=own, from_at=night, to_at=night + 9 * HOUR)
    DutyFactory(unit=other, from_at=NOW + HOUR, to_at=NOW + 2 * HOUR)
    DutyFactory(unit=own, from_at=NOW + HOUR, to_at=NOW + 2 * HOUR, user_id=detective.user)
    DutyFactory(unit=own, from_at=NOW + HOUR, to_at=NOW + 2 * HOUR, post="coordinator")
    assert decided(detective, offence).countersign_by == night + 9 * HOUR
    assert Obligation.objects.get(code=SIGN).due_at == night + 9 * HOUR


def test_without_a_roster_a_day_after_the_end_of_the_deciders_tour(offence, detective):
    TourFactory(user_id=detective.user, from_at=NOW - HOUR, to_at=NOW + 8 * HOUR)
    assert decided(detective, offence).countersign_by == NOW + 32 * HOUR
    assert decided(a_member("investigator"), offence).countersign_by == NOW + 24 * HOUR


def test_whoever_decided_cannot_countersign_whatever_their_roles(offence, sergeant):
    both = a_member("investigator", "supervisor")
    row = decided(both, offence)
    with pytest.raises(actions.TookPart):
        signed(both, row)
    signed(sergeant, row, "need_first", "Ask the school.")
    second = decided(a_member("investigator"), offence)
    with pytest.raises(actions.TookPart):
        signed(both, second)
    assert Countersignature.objects.count() == 1
    signed(sergeant, second)
    assert owed(offence) == {"": "closed"}


def signed_in_anothers_name(row):
    """As the decider, with somebody else named as having decided it: what is deferred is asked for now."""
    CountersignatureFactory(record=row, decided_by_id=a_member().user, by=row.decided_by)
    connection.check_constraints()


def test_the_database_holds_to_it(offence):
    row = FullRecordFactory(offence=offence)
    with pytest.raises(IntegrityError), transaction.atomic():
        CountersignatureFactory(record=row, by=row.decided_by)
    with pytest.raises(IntegrityError), transaction.atomic():
        signed_in_anothers_name(row)
    CountersignatureFactory(record=row)
    with pytest.raises(IntegrityError), transaction.atomic():
        CountersignatureFactory(record=row)
    with pytest.raises(IntegrityError), transaction.atomic():
        CountersignatureFactory(record=FullRecordFactory(offence=offence, number=2), kind="not_agree")


def test_a_child_has_no_fourth_part_in_the_database_either(offence):
    row = FullRecordFactory(offence=offence)
    ElementFactory(record=row, test="adult", number=4)
    for test, number in (("child", 4), ("adult", 5), ("child", 0)):
        with pytest.raises(IntegrityError), transaction.atomic():
            ElementFactory(record=row, test=test, number=number)


@pytest.mark.parametrize("kind", ["not_agree", "need_first"])
def test_sent_back_with_a_reason_it_stays_owed_and_the_next_version_waits(offence, detective, sergeant, kind):
    row = decided(detective, offence)
    with pytest.raises(actions.IncompleteDecision) as wanting:
        signed(sergeant, row, kind)
    assert set(wanting.value.lacking) == {"reason"}
    signed(sergeant, row, kind, "Ask the school first.")
    assert owed(offence) == {"": "open"}
    assert owed(offence, SIGN) == {"version 1": "closed"}
    second = decided(detective, offence)
    assert owed(offence, SIGN) == {"version 1": "closed", "version 2": "open"}
    signed(sergeant, second)
    assert owed(offence) == {"": "closed"}
    assert in_step(offence)


def test_another_version_takes_the_place_of_one_that_waits(offence, detective, sergeant):
    first = decided(detective, offence)
    decided(detective, offence)
    assert owed(offence, SIGN) == {"version 2": "open"}
    with pytest.raises(ConcurrentEdit):
        signed(sergeant, first)
    assert in_step(offence)


def test_signed_once_is_signed(offence, detective, sergeant):
    row = decided(detective, offence)
    signed(sergeant, row)
    with pytest.raises(ConcurrentEdit):
        signed(a_member("supervisor"), row)


@each("new", ["rg_positive", "cg_negative", "another act", "other particulars", "age"])
def test_a_decision_or_a_new_fact_opens_it_again_and_a_new_version_closes_it(offence, detective, sergeant, new):
    person = offence.person
    referral = record_referral(
        by=detective, at=MET, person=person, route="nrm", direction="made_by_us", seen=0, as_it_happened=True
    )
    signed(sergeant, decided(detective, offence))
    assert owed(offence) == {"": "closed"}
    if new in ("rg_positive", "cg_negative"):
        file_decision(by=detective, at=NOW, referral=referral, kind=new, decided_on=date(2026, 3, 9), seen=0)
    elif new == "another act":
        an_offence(detective, person, section="4(3)")
    elif new == "other particulars":
        change_offence(by=detective, at=NOW, person=person, offence=offence, facts={"particulars": "Ten wraps."})
    else:
        change_person(by=detective, at=NOW, person=person, version=person.version, facts={"age_min": 16, "age_max": 16})
    assert owed(offence) == {"": "open"}
    assert in_step(offence)
    signed(sergeant, decided(detective, offence))
    assert owed(offence) == {"": "closed"}
    assert in_step(offence)


def test_a_move_to_the_next_stage_opens_nothing(offence, detective, sergeant):
    signed(sergeant, decided(detective, offence))
    change_offence(by=detective, at=NOW, person=offence.person, offence=offence, facts={"stage": "interview"})
    assert owed(offence) == {"": "closed"}


def test_what_changed_while_it_was_written_is_not_passed_over(offence, detective):
    before = Obligation.objects.get(code=RECORD).rests_on
    change_offence(by=detective, at=NOW, person=offence.person, offence=offence, facts={"particulars": "Ten wraps."})
    with pytest.raises(actions.FactsChanged):
        decided(detective, offence, rests_on=before)
    assert not FullRecord.objects.exists()


def test_what_changed_before_it_was_countersigned_is_not_agreed_to(offence, detective, sergeant):
    row = decided(detective, offence)
    change_offence(by=detective, at=NOW, person=offence.person, offence=offence, facts={"particulars": "Ten wraps."})
    with pytest.raises(actions.FactsChanged):
        signed(sergeant, row)
    signed(sergeant, row, "need_first", "The particulars have changed.")
    assert owed(offence) == {"": "open"}


def test_somebody_elses_version_meanwhile_is_not_passed_over(offence, detective):
    theirs = decided(a_member("investigator"), offence)
    with pytest.raises(ConcurrentEdit) as meanwhile:
        decided(detective, offence, seen=0)
    assert meanwhile.value.theirs == theirs


def test_what_is_lacking_is_said_and_nothing_is_written(offence, detective):
    with pytest.raises(actions.IncompleteDecision) as wanting:
        decided(detective, offence, answers(child_2_reading="", reason=" "))
    assert set(wanting.value.lacking) == {"child_2_reading", "reason"}
    assert not FullRecord.objects.exists()


def test_schedule_4_settled_by_a_person_closes_what_was_owed_for_it(met, detective, sergeant):
    offence = an_offence(met[0], met[2], **THEFT)
    assert owed(offence, "schedule4_person_must_look") == {"": "open"}
    told = answers(settled="not_excluded", settled_why="To steal only: nothing was damaged, nobody was in.")
    row = decided(detective, offence, told)
    assert row.schedule.startswith("It turns on whether there was intent")
    assert "paragraph 14" in row.schedule
    assert owed(offence, "schedule4_person_must_look") == {"": "closed"}
    assert owed(offence, "duress_and_public_interest") == {}
    signed(sergeant, row, "not_agree", "A door was broken.")
    assert owed(offence, "schedule4_person_must_look") == {"": "open"}, "sent back, it is not settled"
    assert in_step(offence)


def test_settled_as_excluded_what_remains_is_owed_and_answered_by_the_same_record(met, detective, sergeant):
    offence = an_offence(met[0], met[2], **THEFT)
    told = {"settled": "excluded", "settled_why": "He meant to hurt him.", "before": "charge", "reason": "As above."}
    row = decided(detective, offence, told | WEIGHED | {"conclusion": "not_open"})
    assert owed(offence, "duress_and_public_interest") == {"": "closed"}
    assert in_step(offence)
    signed(sergeant, row)
    assert owed(offence) == {"": "closed"}
    again = answers(settled="not_excluded", settled_why="To steal only.")
    decided(detective, offence, again)
    assert owed(offence, "duress_and_public_interest") == {}
    assert in_step(offence)


def test_on_schedule_4_each_of_what_remains_is_considered_with_reasons(met, detective, sergeant):
    offence = an_offence(met[0], met[2], **WOUNDING)
    assert owed(offence, "duress_and_public_interest") == {"": "open"}
    told = {"before": "charge", "conclusion": "not_open", "reason": "Schedule 4."}
    with pytest.raises(actions.IncompleteDecision):
        decided(detective, offence, told | WEIGHED | {"self_defence": ""})
    row = decided(detective, offence, told | WEIGHED)
    assert owed(offence, "duress_and_public_interest") == {"": "closed"}
    assert not Element.objects.exists()
    signed(sergeant, row)
    assert owed(offence) == {"": "closed"}
    assert in_step(offence)


def test_the_law_of_the_time_is_noted(detective):
    officer, _, person = callum(age_min=34, age_max=34)
    offence = an_offence(officer, person, on_from="2015-06-01", on_to="2015-06-01")
    assert owed(offence, "law_of_the_time") == {"": "open"}
    told = {"before": "charge", "conclusion": "not_open", "reason": "x", "law_note": "Duress, and the policy of 2015."}
    decided(detective, offence, told)
    assert owed(offence, "law_of_the_time") == {"": "closed"}
    assert in_step(offence)


def test_whoever_decides_in_another_jurisdiction_was_asked_and_answered(met, detective):
    offence = an_offence(met[0], met[2], where="scotland")
    assert owed(offence) == {}
    told = {"before": "charge", "conclusion": "not_open", "reason": "x", "asked_whom": "The procurator fiscal, 9 March"}
    with pytest.raises(actions.IncompleteDecision):
        decided(detective, offence, told)
    decided(detective, offence, told | {"their_answer": "No proceedings."})
    assert owed(offence, "ask_the_other_jurisdiction") == {"": "closed"}
    assert owed(offence, SIGN) == {}, "no full record is owed, so nobody waits for a second person"
    assert in_step(offence)


def test_where_the_age_then_is_not_certain_both_tests_are_answered(detective, sergeant):
    officer, _, person = callum(age_min=16, age_max=20)
    offence = an_offence(officer, person)
    with pytest.raises(actions.IncompleteDecision):
        decided(detective, offence)
    row = decided(detective, offence, answers() | answers("adult", 4))
    assert row.test == "both"
    assert Element.objects.filter(record=row).count() == 7
    signed(sergeant, row)
    assert owed(offence) == {"": "closed"}


def test_an_offence_with_a_record_cannot_be_taken_off_the_person(offence, detective):
    decided(detective, offence)
    assert not take_back_offence(by=detective, at=NOW, person=offence.person, offence=offence)


def test_the_log_names_what_was_written_and_never_what_it_says(offence, detective, sergeant):
    row = decided(detective, offence, answers(duress="A knife was shown."))
    signed(sergeant, row, "need_first", "Ask the school.")
    events = {event.code: event for event in Event.objects.filter(subject=str(row.id))}
    assert set(events) == {"section45.record_decided", "section45.sent_back"}
    assert events["section45.record_decided"].fields == ["before", "conclusion", "duress", "parts", "reason"]
    assert events["section45.record_decided"].people == [offence.person_id]
    assert events["section45.sent_back"].fields == ["kind", "reason"]


def test_what_is_written_stays_written(offence, detective, sergeant):
    signed(sergeant, decided(detective, offence))
    for table in ("fullrecord", "element", "countersignature"):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"update section45_{table} set tenant = tenant")
