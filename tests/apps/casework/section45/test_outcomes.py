"""Outcomes: never authorised while the full record is open, always recorded when they have come, and counted."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from lodestar.casework.case_files.actions.people import record_exploitation, record_first_account
from lodestar.casework.cases.models import AllegedOffence
from lodestar.casework.decisions.actions import file_decision
from lodestar.casework.evidence.actions import record_account
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.referrals.actions import record_referral
from lodestar.casework.section45 import actions, queries
from lodestar.casework.section45.models import FullRecord, OutcomeRecorded
from lodestar.casework.section45.presenters import case_lines
from lodestar.platform.audit.models import Event
from tests.factories.accounts import a_member
from tests.factories.cases import MET
from tests.factories.full_records import an_offence, answers, callum, decided, signed
from tests.offenders import each

pytestmark = pytest.mark.usefixtures("fenmarch")
HOUR = timedelta(hours=1)
NOW = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)
RECORD = "section45_full_record"
STAGES = {
    "charge": "charged",
    "caution": "out_of_court_disposal",
    "other_disposal": "out_of_court_disposal",
    "no_further_action": "no_further_action",
    "plea": "hearing",
    "hearing": "hearing",
}


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
def offence():
    officer, _, person = callum()
    return an_offence(officer, person)


def owed(offence):
    rows = Obligation.objects.filter(code=RECORD, subject=str(offence.id)).exclude(state="not_owed")
    return {row.moment: row.state for row in rows}


def in_step(offence):
    return ledger.differences([type(offence.person.case).objects.get(id=offence.person.case_id)]) == []


def outcome(by, offence, kind="charge", at=NOW, **more):
    return actions.record_outcome(by=by, at=at, offence=offence, kind=kind, **more)


def came(by, offence, kind="charge", at=NOW, **more):
    return actions.record_happened_without(by=by, at=at, offence=offence, kind=kind, **more)


@each("kind", STAGES)
def test_no_outcome_is_authorised_while_the_record_is_open(offence, detective, kind):
    with pytest.raises(actions.RecordOpen):
        outcome(detective, offence, kind)
    decided(detective, offence)
    with pytest.raises(actions.RecordOpen):
        outcome(detective, offence, kind)
    assert not OutcomeRecorded.objects.exists()
    assert AllegedOffence.objects.get(id=offence.id).stage == "arrest"


@pytest.mark.parametrize(("kind", "stage"), STAGES.items())
def test_countersigned_it_is_and_the_stage_follows(offence, detective, sergeant, kind, stage, clock):
    row = decided(detective, offence)
    signed(sergeant, row)
    clock.shift(HOUR)
    found = outcome(detective, offence, kind, at=NOW + HOUR)
    assert (found.record_id, found.happened_without) == (row.id, False)
    assert AllegedOffence.objects.get(id=offence.id).stage == stage
    assert owed(offence) == {"": "open" if kind in ("charge", "plea", "hearing") else "closed"}
    assert in_step(offence)


@each(("kind", "stage"), STAGES.items())
def test_what_has_happened_is_always_recorded_owed_as_late_at_once_and_counted(offence, detective, kind, stage):
    at = NOW - 3 * HOUR
    found = came(detective, offence, kind, at=at, reason="Charged at the station.")
    assert (found.happened_without, found.record_id) == (True, None)
    assert AllegedOffence.objects.get(id=offence.id).stage == stage
    late = Obligation.objects.get(code=RECORD, moment="happened without 2026-03-10T11:00:00Z")
    assert (late.state, late.due_at, late.opens_at) == ("open", at, at)
    assert Event.objects.filter(code="section45.happened_without", subject=str(found.id)).count() == 1
    assert in_step(offence)


def test_the_record_made_afterwards_answers_it_late_and_it_stays_counted(offence, detective, sergeant, clock):
    came(detective, offence)
    clock.shift(HOUR)
    signed(sergeant, decided(detective, offence))
    assert set(owed(offence).values()) == {"closed"}
    late = Obligation.objects.get(code=RECORD, moment__startswith="happened")
    assert late.closed_at > late.due_at
    assert in_step(offence)


def test_answered_once_no_later_fact_opens_it_again(offence, detective, sergeant, clock):
    came(detective, offence)
    clock.shift(HOUR)
    signed(sergeant, decided(detective, offence))
    an_offence(detective, offence.person, section="4(3)")
    assert owed(offence) == {"": "open", "happened without 2026-03-10T14:00:00Z": "closed"}
    assert in_step(offence)


def test_a_version_agreed_to_before_does_not_answer_it(offence, detective, sergeant, clock):
    signed(sergeant, decided(detective, offence))
    an_offence(detective, offence.person, section="4(3)")
    clock.shift(2 * HOUR)
    came(detective, offence, at=NOW + 2 * HOUR)
    assert owed(offence) == {"": "open", "happened without 2026-03-10T16:00:00Z": "open"}
    clock.shift(HOUR)
    signed(sergeant, decided(detective, offence))
    assert set(owed(offence).values()) == {"closed"}


def test_each_outcome_without_it_is_owed_apart(offence, detective):
    came(detective, offence, "charge", at=NOW - 2 * HOUR)
    came(detective, offence, "plea", at=NOW - HOUR)
    assert len(owed(offence)) == 3
    assert in_step(offence)


def test_recorded_as_happened_without_while_the_record_stood_it_is_as_any_other(offence, detective, sergeant, clock):
    row = decided(detective, offence)
    signed(sergeant, row)
    clock.shift(HOUR)
    found = came(detective, offence, at=NOW + HOUR)
    assert (found.happened_without, found.record_id) == (False, row.id)
    assert owed(offence) == {"": "open"}  # a charge wants it considered again


def test_what_was_known_then_counts_and_not_what_came_afterwards(offence, detective, sergeant, clock):
    clock.shift(timedelta(seconds=1))
    row = decided(detective, offence)
    signed(sergeant, row)
    clock.shift(2 * HOUR)
    an_offence(detective, offence.person, at=MET, section="4(3)")  # told of a day before it was signed
    assert owed(offence) == {"": "open"}
    then = outcome(detective, offence, at=NOW + HOUR)
    assert (then.happened_without, then.record_id) == (False, row.id)
    with pytest.raises(actions.RecordOpen):
        outcome(detective, offence, "plea", at=NOW + 2 * HOUR)
    with pytest.raises(actions.RecordOpen):
        outcome(detective, offence, "caution", at=NOW - HOUR)
    assert came(detective, offence, "caution", at=NOW - HOUR).happened_without


def test_a_minute_typed_is_the_minute_in_which_it_was_signed(offence, detective, sergeant, clock):
    clock.shift(timedelta(seconds=40))
    signed(sergeant, decided(detective, offence))
    assert not outcome(detective, offence, at=NOW).happened_without


def test_a_charge_before_the_nrm_decision_wants_a_reason_and_nothing_else_does(offence, detective, sergeant):
    signed(sergeant, decided(detective, offence))
    with pytest.raises(actions.IncompleteDecision):
        outcome(detective, offence, waits_for_nrm=True, reason=" ")
    outcome(detective, offence, "no_further_action", waits_for_nrm=True)
    outcome(detective, offence, waits_for_nrm=True, reason="A public protection order runs out tonight.")
    assert OutcomeRecorded.objects.count() == 2


def test_whether_the_nrm_decision_is_waited_for(offence, detective):
    from lodestar.casework.section45.queries import waits_for_nrm

    person = offence.person
    assert not waits_for_nrm(person)
    referral = record_referral(
        by=detective, at=MET, person=person, route="nrm", direction="made_by_us", seen=0, as_it_happened=True
    )
    assert waits_for_nrm(person)
    for number, (kind, waits) in enumerate({"rg_positive": True, "cg_positive": False}.items()):
        file_decision(by=detective, at=NOW, referral=referral, kind=kind, decided_on=date(2026, 3, 9), seen=number)
        assert waits_for_nrm(person) is waits


def test_where_no_record_is_asked_for_an_outcome_needs_none(detective):
    officer, _, person = callum(roles=["suspect"], belief="none", age_min=40, age_max=40)
    offence = an_offence(officer, person, act="Road Traffic Act 1988", section="87", title="driving without a licence")
    assert owed(offence) == {}
    found = outcome(detective, offence)
    assert (found.happened_without, found.record_id) == (False, None)


def test_an_earlier_outcome_told_later_leaves_the_stage_as_it_is(offence, detective):
    came(detective, offence, "hearing", at=NOW - HOUR)
    came(detective, offence, "charge", at=NOW - 5 * HOUR)
    assert AllegedOffence.objects.get(id=offence.id).stage == "hearing"


# --- opened again by events ---------------------------------------------------------------------------------------------


def gave_account(by, person):
    record_account(by=by, at=timezone.now(), person=person, way="abe")


REOPENS = {
    "charge": lambda by, offence: outcome(by, offence, at=timezone.now()),
    "plea": lambda by, offence: outcome(by, offence, "plea", at=timezone.now()),
    "hearing": lambda by, offence: outcome(by, offence, "hearing", at=timezone.now()),
    "first account": lambda by, offence: record_first_account(by=by, at=NOW, people=[offence.person], reference="BWV 7"),
    "account": lambda by, offence: gave_account(by, offence.person),
    "exploitation": lambda by, offence: record_exploitation(by=by, at=NOW, person=offence.person, facts={"type": "criminal"}),
}


@each(("event", "act"), REOPENS.items())
def test_each_event_opens_the_record_again_with_its_reason_and_the_record_before_stays(
    offence, detective, sergeant, clock, event, act
):
    row = decided(detective, offence)
    signed(sergeant, row)
    clock.shift(timedelta(seconds=30))
    act(detective, offence)
    assert owed(offence) == {"": "open"}
    turn = queries.turns_of(offence)[-1]
    item = queries.reopened_by(turn, offence, queries.items_of(offence.person.case), queries.records_of(offence))
    assert (turn.kind, item and item.kind.replace("_", " ")) == ("reopened", None if event == "exploitation" else event)
    assert FullRecord.objects.get(offence=offence).id == row.id
    assert in_step(offence)
    signed(sergeant, decided(detective, offence))
    assert owed(offence) == {"": "closed"}


def test_a_part_rests_on_what_was_chosen_of_the_case_and_on_nothing_else(offence, detective):
    record_first_account(by=detective, at=NOW, people=[offence.person], reference="BWV 7")
    (item,) = queries.evidence_among(queries.items_of(offence.person.case))
    decided(detective, offence, answers(child_2_evidence=item.code))
    (row,) = queries.records_of(offence)
    linked = {element.number: queries.linked_to(element, [item]) for element in row.elements.all()}
    assert linked == {1: [], 2: [item], 3: []}


def test_the_hub_the_closing_and_the_timeline_of_a_case(offence, detective, sergeant):
    case = offence.person.case
    row = decided(detective, offence)
    assert [href.endswith(str(offence.id)) for _, href in queries.open_for_closing(case)] == [True, True]
    assert len(case_lines(case, detective, NOW)) == 3
    signed(sergeant, row)
    assert (queries.open_for_closing(case), len(case_lines(case, detective, NOW))) == ([], 1)
    outcome(detective, offence, at=timezone.now())
    assert sorted(kind for _, kind, _, _ in queries.timeline_rows(case)) == ["decision", "decision", "event"]
