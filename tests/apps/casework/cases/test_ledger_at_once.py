"""Two and more at once: nothing lost, nothing on the wrong person, and a ledger that agrees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.casework.case_files.actions.case import name_operation
from lodestar.casework.case_files.actions.people import add_person, change_offence, change_person, record_offence
from lodestar.casework.cases.models import AllegedOffence, Case, OperationGroup, Person
from lodestar.casework.investigations.models import Crime
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.actions import answer_duty, hand_on, take_hand_on
from lodestar.casework.ledger.models import Handover, Obligation, ObligationAnswer
from lodestar.exchange.imports.actions.htcds import take_reference
from lodestar.exchange.imports.import_files import RowRejected
from lodestar.exchange.imports.rules.htcds import CRIME, Returned
from lodestar.platform.accounts.actions import begin_tour, on_tour
from lodestar.platform.accounts.models import Shift
from lodestar.platform.audit.models import Event
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.tenancy.tenant_transaction import within
from tests.apps.casework.cases.histories import FACTS, STEPS, History, agrees, often
from tests.factories.accounts import TenantFactory, a_member
from tests.factories.at_once import at_once
from tests.factories.cases import MET, a_case


@pytest.fixture
def shared(own_database):
    TenantFactory()
    with within("fenmarch"):
        history = History()
        for facts in ({"roles": ["possible_victim"], "age_min": 15, "age_max": 15}, {"roles": ["possible_victim", "suspect"]}):
            history.add_person(0, {"person": facts | {"belief": "reasonable_grounds", "place": "custody"}})
        return history


PAIRS = st.tuples(*(st.tuples(st.sampled_from(STEPS[:10]), st.integers(0, 9), FACTS) for _ in range(2)))


@often(12)
@given(PAIRS)
def test_two_at_once_leave_a_ledger_that_agrees(shared, pair):
    def deed(name, number, facts):
        def do():
            mine = object.__new__(History)
            mine.__dict__ |= shared.__dict__ | {"case": Case.objects.get(id=shared.case.id)}
            getattr(mine, name)(number, facts)

        return do

    faults = at_once(*(deed(*step) for step in pair))
    assert [fault for fault in faults if not isinstance(fault, ConcurrentEdit)] == []
    with within("fenmarch"):
        agrees(shared.case)


def test_two_officers_who_answer_at_once_are_both_heard(shared):
    with within("fenmarch"):
        rows = list(Obligation.objects.filter(case=shared.case, state="open", owed_by="frontline")[:6])

    def answer(some):
        answer_duty(by=shared.officer, at=MET, case=shared.case, obligations=some, kind="not_possible")

    assert at_once(lambda: answer(rows[:3]), lambda: answer(rows[3:])) == []
    with within("fenmarch"):
        assert ObligationAnswer.objects.filter(case=shared.case).count() == 6
        agrees(shared.case)


def test_two_who_change_a_person_at_once_one_is_shown_the_other(shared):
    with within("fenmarch"):
        person = Person.objects.filter(case=shared.case).order_by("number").first()

    def change(by, name):
        change_person(by=by, at=MET, person=person, version=person.version, facts={"name": name})

    faults = at_once(lambda: change(shared.officer, "Kieran"), lambda: change(shared.sergeant, "Ciaran"))
    assert [type(fault) for fault in faults] == [ConcurrentEdit]
    with within("fenmarch"):
        row = Person.objects.get(id=person.id)
        assert row.version == person.version + 1
        assert faults[0].theirs.name == row.name
        agrees(shared.case)


def test_two_who_change_an_act_at_once_one_is_told(shared):
    with within("fenmarch"):
        person = Person.objects.filter(case=shared.case).order_by("number").last()
        act = record_offence(by=shared.officer, at=MET, person=person, facts={"title": "theft", "stage": "arrest"})
        rows = [AllegedOffence.objects.select_related("person").get(id=act.id) for _ in range(2)]

    def change(row, facts):
        change_offence(by=shared.officer, at=MET, person=row.person, offence=row, facts=facts)

    faults = at_once(lambda: change(rows[0], {"stage": "charged"}), lambda: change(rows[1], {"section": "1"}))
    assert [type(fault) for fault in faults] == [ConcurrentEdit]
    with within("fenmarch"):
        row = AllegedOffence.objects.get(id=act.id)
        assert (row.stage, row.section) in (("charged", ""), ("arrest", "1"))
        agrees(shared.case)


def test_two_who_name_the_operation_at_once_one_is_told(shared):
    with within("fenmarch"):
        cases = [Case.objects.get(id=shared.case.id) for _ in range(2)]

    def name(case, words):
        name_operation(by=shared.sergeant, at=MET, case=case, name=words)

    faults = at_once(lambda: name(cases[0], "Heron"), lambda: name(cases[1], "Larkspur"))
    assert [type(fault) for fault in faults] == [ConcurrentEdit]
    with within("fenmarch"):
        assert OperationGroup.objects.count() == 1, "the name that was not taken is not kept"


def test_eight_people_recorded_at_once_have_eight_numbers(shared):
    def add():
        add_person(by=shared.officer, at=MET, case=shared.case, facts={"roles": ["possible_victim"]})

    assert at_once(*[add] * 8) == []
    with within("fenmarch"):
        numbers = list(Person.objects.filter(case=shared.case).order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, 11))
        agrees(shared.case)


def test_eight_cases_opened_at_once_have_eight_references(shared):
    assert at_once(*[lambda: a_case(shared.officer)] * 8) == []
    with within("fenmarch"):
        references = list(Case.objects.values_list("reference", flat=True))
        assert len(references) == len(set(references)) == 9


def test_who_signs_in_several_times_at_one_instant_has_one_tour(shared):
    deeds = [lambda: begin_tour(user=shared.officer.user, at=MET)] * 6 + [lambda: on_tour(user=shared.officer.user, at=MET)] * 2
    assert at_once(*deeds) == []
    with within("fenmarch"):
        assert Shift.objects.filter(user_id=shared.officer.user).count() == 1


def test_a_crime_number_that_comes_back_for_several_at_once_is_one_persons(shared):
    with within("fenmarch"):
        for _ in range(4):
            add_person(by=shared.officer, at=MET, case=shared.case, facts={"roles": ["possible_victim"]})

    def take(number):
        told = Returned(case=shared.case.reference, person=number, kind=CRIME, reference="37/1/26", at="")
        take_reference(by=shared.coordinator, at=MET, entry=told, applies=True)

    faults = at_once(*(lambda number=number: take(number) for number in range(3, 7)))
    assert [type(fault) for fault in faults] == [RowRejected] * 3
    with within("fenmarch"):
        assert Crime.objects.count() == 1
        agrees(shared.case)


def test_two_coordinators_who_take_at_once_one_has_it(shared):
    with within("fenmarch"):
        rows = Obligation.objects.filter(case=shared.case, state="open", owed_by="frontline").exclude(when="now")[:2]
        hand_on(by=shared.officer, at=MET, case=shared.case, obligations=list(rows))
        hand_ons = list(Handover.objects.select_related("obligation").filter(obligation__case=shared.case))
        second = a_member("coordinator")
    faults = at_once(
        lambda: take_hand_on(by=shared.coordinator, at=MET, hand_ons=hand_ons),
        lambda: take_hand_on(by=second, at=MET, hand_ons=hand_ons),
    )
    assert faults == []
    with within("fenmarch"):
        takers = {row.taken_by_id for row in Handover.objects.filter(obligation__case=shared.case)}
        assert len(takers) == 1
        assert {event.by for event in Event.objects.filter(code="cases.hand_on_taken")} == takers, "one took, one is logged"
        agrees(shared.case)


def test_actions_on_two_cases_in_either_order_do_not_wait_for_each_other_for_ever(shared):
    with within("fenmarch"):
        other = a_case(shared.officer)
        people = [add_person(by=shared.officer, at=MET, case=case, facts={}) for case in (shared.case, other)]

    def both(first, second):
        with ledger.acting_on(first.case_id, second.case_id, by=shared.officer.user, at=MET, code="cases.person_changed"):
            for person in (first, second):
                Person.objects.filter(id=person.id).update(place="street")

    assert at_once(*[lambda: both(*people), lambda: both(*reversed(people))] * 3) == []
    with within("fenmarch"):
        agrees(shared.case)
        agrees(other)
