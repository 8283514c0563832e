"""Whatever happens in a case, in whatever order and by how many at once: the stored ledger is what the pure rules say."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from lodestar.cases import actions, ledger
from lodestar.cases.models import AllegedOffence, Case, Obligation, ObligationEvent, Person
from lodestar.cases.queries.settings import settings_in_force
from lodestar.cases.queries.stored import COMPARED
from lodestar.journeys.concerns_imported import import_concern
from lodestar.kernel import facts as told
from tests.apps.cases.histories import HISTORIES, NEVER, History, agrees, often
from tests.factories.accounts import a_member
from tests.rules.generated import encounters

# --- what comes in as a whole ----------------------------------------------------------------------------------------


@often(40)
@given(encounters())
def test_a_concern_owes_in_the_ledger_what_assess_says(fenmarch, encounter):
    """Two ways from the same facts: through rows and back, and straight."""
    encounter = replace(encounter, force="fenmarch", nation=encounter.nation or "england")
    with transaction.atomic():
        officer = a_member("frontline")
        case = import_concern(by=officer, at=encounter.encountered_at, encounter=encounter, key="one").case
        assert stored(case) == pure(encounter)
        agrees(case)
        transaction.set_rollback(True)


def stored(case):
    number = {person.id: f"p{person.number}" for person in Person.objects.filter(case=case)}
    acts = place_of_acts(case)
    return Counter(
        (
            number.get(row.person_id), row.code, acts.get(row.subject, row.subject), row.moment, row.owed_by, row.when, row.line,
            row.due_at, tuple(row.due_before), tuple(row.why), row.rule_from,
        )
        for row in Obligation.objects.filter(case=case).exclude(state="not_owed").exclude(code=ledger.LEFT)
    )  # fmt: skip


def place_of_acts(case):
    places: dict[str, str] = {}
    by_person: dict[object, int] = Counter()
    for offence in AllegedOffence.objects.filter(person__case=case).order_by("id"):
        by_person[offence.person_id] += 1
        places[str(offence.id)] = str(by_person[offence.person_id])
    return places


def pure(encounter):
    people = {person.id: f"p{number}" for number, person in enumerate(encounter.people, 1)}
    return Counter(
        (
            people.get(owed.person), owed.code, owed.subject, owed.moment, owed.owed_by, owed.when, owed.line, owed.due,
            tuple(owed.due_before), tuple(owed.why), owed.rule_from,
        )
        for owed in ledger.all_owed(encounter, settings_in_force())
        if owed.code != ledger.LEFT
    )  # fmt: skip


# --- what happens one after the other --------------------------------------------------------------------------------


@often(40)
@given(HISTORIES)
def test_after_each_step_the_ledger_is_what_the_rules_say(fenmarch, steps):
    with transaction.atomic():
        history = History()
        history.add_person(
            0, {"person": {"roles": ["possible_victim", "suspect"], "belief": "signs_only", "place": "custody"}}
        )
        for name, number, facts in steps:
            history.step(name, number, facts)
            agrees(history.case)
        transaction.set_rollback(True)


@often(10)
@given(HISTORIES)
def test_time_alone_changes_nothing_in_it(fenmarch, steps):
    """What comes with time is written at once. A check years later says what today's says."""
    with transaction.atomic():
        history = History()
        history.add_person(0, {"person": {"roles": ["possible_victim"], "age_min": 16, "age_max": 16}})
        for name, number, facts in steps:
            history.step(name, number, facts)
        for years in (1, 3, 10):
            with time_machine.travel(timezone.now() + timedelta(days=366 * years)):
                agrees(history.case)
        transaction.set_rollback(True)


@often(10)
@given(HISTORIES)
def test_reckoned_again_from_nothing_it_is_the_same(fenmarch, steps):
    """Only the facts and the evidence count, not the way there."""
    with transaction.atomic():
        history = History()
        history.add_person(0, {"person": {"roles": ["possible_victim"], "belief": "reasonable_grounds"}})
        for name, number, facts in steps:
            history.step(name, number, facts)
        case = Case.objects.get(id=history.case.id)
        before = stored(case)
        should = ledger.expected(ledger.read([case]), case.id)
        rows = {ledger.key_of(row): row for row in Obligation.objects.filter(case=case)}
        for key, wanted in should.items():
            assert tuple(getattr(rows[key], name) for name in COMPARED) == wanted.columns(case)
        ledger.reckon([case.id], ledger.Cause(by=history.officer.user, at=NEVER, code="cases.changed"))
        assert stored(case) == before
        assert not ObligationEvent.objects.filter(happened_at=NEVER).exists(), "reckoning again changes nothing"
        transaction.set_rollback(True)


FLAG = st.sampled_from([True, False])
ONE_FACT = st.one_of(
    st.tuples(st.just("belief"), st.sampled_from(told.BELIEFS)),
    st.tuples(st.just("place"), st.sampled_from(told.PLACES)),
    st.tuples(st.just("age_min"), st.sampled_from([9, 15, 18, 40])),
    st.tuples(st.just("age_basis"), st.sampled_from(told.AGE_BASES)),
    st.tuples(st.just("roles"), st.lists(st.sampled_from(told.ROLES), min_size=1, unique=True)),
    st.tuples(
        st.sampled_from(["alive", "contact_lost", "care_and_support_needs", "british", "found_after_missing"]), FLAG
    ),
    st.tuples(st.sampled_from(["nrm", "wants_time", "spoke_alone"]), FLAG),
    st.tuples(st.just("capacity"), st.sampled_from(["true", "false", "in_doubt"])),
)


@often(40)
@given(st.lists(ONE_FACT, min_size=3, max_size=8))
def test_what_goes_when_one_fact_is_told_names_that_fact_and_no_other(fenmarch, facts):
    with transaction.atomic():
        history = History()
        history.add_person(0, {"person": {"roles": ["possible_victim"], "belief": "signs_only", "age_max": 40}})
        for name, value in facts:
            gone = set(ObligationEvent.objects.filter(kind="not_owed").values_list("id", flat=True))
            person = Person.objects.get(case=history.case)
            if name in ("nrm", "wants_time", "spoke_alone", "capacity"):
                actions.record_consent(by=history.officer, at=history.at, person=person, answer={name: value})
            else:
                actions.change_person(
                    by=history.officer, at=history.at, person=person, version=person.version, facts={name: value}
                )
            for event in ObligationEvent.objects.filter(kind="not_owed").exclude(id__in=gone):
                assert (event.facts, event.event is not None) == ([name], True)
        transaction.set_rollback(True)
