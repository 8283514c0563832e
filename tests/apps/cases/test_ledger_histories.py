"""Whatever happens in a case, in whatever order and by how many at once: the stored ledger is what the pure rules say."""

import threading
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lodestar.cases import actions, ledger
from lodestar.cases.models import AllegedOffence, Case, DutyAnswer, HandOn, Obligation, ObligationEvent, Person
from lodestar.cases.queries.settings import settings_in_force
from lodestar.journeys.concerns_imported import import_concern
from lodestar.kernel import facts as told
from lodestar.record.models import Event
from lodestar.section45 import actions as section45
from lodestar.tenancy.within import within
from tests.factories.accounts import TenantFactory, UnitFactory, a_member
from tests.factories.cases import MET, a_case
from tests.rules.generated import encounters


def often(times: int) -> settings:
    """This many examples, the same in each run."""
    return settings(
        max_examples=times,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
    )


NEVER = datetime(2200, 1, 1, tzinfo=UTC)


def agrees(case: Case) -> None:
    """The nightly check finds nothing, and the rows themselves hang together."""
    fresh = Case.objects.get(id=case.id)
    assert ledger.differences([fresh]) == []
    kinds: dict[object, list[str]] = defaultdict(list)
    rows = ObligationEvent.objects.filter(obligation__case=case).order_by("recorded_at", "id")
    for obligation, kind in rows.values_list("obligation", "kind"):
        kinds[obligation].append(kind)
    for row in Obligation.objects.filter(case=case):
        told_of = [kind for kind in kinds[row.id] if kind in ("opened", "closed", "reopened", "not_owed")]
        assert kinds[row.id][0] == "opened"
        assert told_of[-1] == {"open": told_of[-1] if told_of[-1] in ("opened", "reopened") else "opened"}.get(
            row.state, row.state
        )
        assert (row.closed_at is None) == (row.state == "open")


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


class History:
    """A case and the people who work it; each step does one thing that somebody could do next."""

    def __init__(self) -> None:
        unit = UnitFactory()
        self.officer, self.sergeant = a_member("frontline", unit=unit), a_member("supervisor", unit=unit)
        self.coordinator = a_member("coordinator", unit=unit)
        self.case = a_case(self.officer)
        self.at = MET
        self.seen: set[object] = set()

    def step(self, name: str, number: int, facts: dict) -> None:
        self.at += timedelta(minutes=7 + number)
        self.case.refresh_from_db()
        getattr(self, name)(number, facts)
        ids = set(Obligation.objects.filter(case=self.case).values_list("id", flat=True))
        assert self.seen <= ids, "what was owed once stays in the ledger"
        self.seen = ids

    def one(self, rows, number):
        found = list(rows)
        return found[number % len(found)] if found else None

    def somebody(self, number) -> Person | None:
        return self.one(Person.objects.filter(case=self.case).order_by("number"), number)

    def add_person(self, number, facts):
        actions.add_person(by=self.officer, at=self.at, case=self.case, facts=facts["person"])

    def change_person(self, number, facts):
        person = self.somebody(number)
        if person:
            actions.change_person(
                by=self.officer, at=self.at, person=person, version=person.version, facts=facts["person"]
            )

    def change_case(self, number, facts):
        actions.change_case(by=self.officer, at=self.at, case=self.case, facts=facts["case"])

    def consent(self, number, facts):
        person = self.somebody(number)
        if person:
            actions.record_consent(by=self.officer, at=self.at, person=person, answer=facts["consent"])

    def offence(self, number, facts):
        person = self.somebody(number)
        if person:
            actions.record_offence(by=self.officer, at=self.at, person=person, facts=facts["offence"])

    def exploitation(self, number, facts):
        person = self.somebody(number)
        if person:
            actions.record_exploitation(
                by=self.officer, at=self.at, person=person, facts={"type": "labour", "where": ["uk"]}
            )

    def answer(self, number, facts):
        owed = self.one(
            Obligation.objects.filter(case=self.case, state="open").order_by("code", "person", "moment"), number
        )
        if owed:
            self.answered([owed], facts)

    def answered(self, owed, facts):
        kind = facts["kind"]
        actions.answer_duty(
            by=self.officer, at=self.at, case=self.case, obligations=owed, kind=kind, because="so it was"
        )

    def first_question(self, number, facts):
        person = self.somebody(number)
        rows = Obligation.objects.filter(case=self.case, person=person, code="section45_first_question", state="open")
        if person and rows:
            section45.answer_first_question(
                by=self.officer,
                at=self.at,
                person=person,
                answer="cannot_rule_out",
                why="A driver.",
                questions=list(rows),
            )

    def hand_on(self, number, facts):
        rows = Obligation.objects.filter(case=self.case, state="open", owed_by="frontline").exclude(when="now")
        actions.hand_on(by=self.officer, at=self.at, case=self.case, obligations=list(rows[: number + 1]))

    def take(self, number, facts):
        rows = HandOn.objects.select_related("obligation").filter(obligation__case=self.case, taken_at__isnull=True)
        if rows:
            actions.take_hand_on(by=self.coordinator, at=self.at, hand_ons=list(rows))

    def seal(self, number, facts):
        if not self.case.sealed:
            owners = [self.officer.user, self.coordinator.user]
            actions.seal_case(by=self.sergeant, at=self.at, case=self.case, reason="A relative.", owners=owners)

    def unseal(self, number, facts):
        if self.case.sealed:
            actions.unseal_case(by=self.coordinator, at=self.at, case=self.case, reason="No more.")


STEPS = (
    "add_person", "change_person", "change_case", "consent", "offence", "exploitation", "answer", "answer", "answer",
    "first_question", "hand_on", "take", "seal", "unseal",
)  # fmt: skip
FLAG = st.sampled_from([True, False, None])
FACTS = st.fixed_dictionaries(
    {
        "person": st.fixed_dictionaries(
            {
                "roles": st.lists(st.sampled_from(told.ROLES), max_size=2, unique=True),
                "belief": st.sampled_from(["", *told.BELIEFS]),
                "age_min": st.sampled_from([None, 9, 14]),
                "age_max": st.sampled_from([None, 15, 17, 40]),
                "place": st.sampled_from(["", "street", "custody", "hospital"]),
                "care_and_support_needs": FLAG,
                "contact_lost": FLAG,
            }
        ),
        "case": st.fixed_dictionaries(
            {
                "organised_group": FLAG,
                "links_abroad": FLAG,
                "deaths": st.integers(0, 1),
                "nation": st.sampled_from(told.NATIONS),
            }
        ),
        "consent": st.fixed_dictionaries(
            {
                "nrm": FLAG,
                "wants_time": FLAG,
                "spoke_alone": FLAG,
                "capacity": st.sampled_from(["", "true", "in_doubt"]),
            }
        ),
        "offence": st.fixed_dictionaries(
            {
                "act": st.sampled_from(["Misuse of Drugs Act 1971", "Theft Act 1968", ""]),
                "section": st.sampled_from(["5(3)", "9", ""]),
                "stage": st.sampled_from([*told.STAGES, ""]),
            }
        ),
        "kind": st.sampled_from(["done", "done", "not_possible", "not_needed"]),
    }
)
HISTORIES = st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 9), FACTS), min_size=2, max_size=9)


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
        rows = {(r.person_id, r.code, r.subject, r.moment): r for r in Obligation.objects.filter(case=case)}
        for key, wanted in should.items():
            assert {name: getattr(rows[key], name) for name in wanted.columns} == wanted.columns
        ledger.reckon([case.id], ledger.Cause(by=history.officer.user, at=NEVER, code="cases.changed"))
        assert stored(case) == before
        assert not ObligationEvent.objects.filter(happened_at=NEVER).exists(), "reckoning again changes nothing"
        transaction.set_rollback(True)


# --- what is planted ---------------------------------------------------------------------------------------------------


CHANGES = {
    "state": {"state": "closed", "closed_at": MET},
    "not owed": {"state": "not_owed", "closed_at": MET},
    "due": {"due_at": MET},
    "due from": {"due_from": "nothing"},
    "due before": {"due_before": ["charge"]},
    "whose": {"owed_by": "custody"},
    "with whom": {"with_role": "custody"},
    "when": {"when": "later"},
    "line": {"line": 9},
    "why": {"why": ["because"]},
    "rests on": {"rests_on": "something else"},
    "not possible": {"not_possible": True},
    "rule": {"rule_from": MET.date()},
    "sealed": {"sealed": True},
    "opens": {"opens_at": NEVER},
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_of_any_column_is_found(fenmarch, what):
    history = History()
    history.add_person(0, {"person": {"roles": ["possible_victim"], "belief": "reasonable_grounds"}})
    row = Obligation.objects.filter(case=history.case, code="record_crime").get()
    Obligation.objects.filter(id=row.id).update(**CHANGES[what])
    (found,) = ledger.differences([history.case])
    assert found.key[1] == "record_crime"


def test_a_unit_or_a_holder_changed_is_found(fenmarch):
    history = History()
    history.add_person(0, {"person": {"roles": ["possible_victim"], "belief": "reasonable_grounds"}})
    rows = Obligation.objects.filter(case=history.case, code="record_crime")
    rows.update(unit=UnitFactory())
    assert [found.key[1] for found in ledger.differences([history.case])] == ["record_crime"]
    rows.update(unit=history.case.unit_id, holder=history.sergeant.user)
    assert [found.key[1] for found in ledger.differences([history.case])] == ["record_crime"]


def test_a_row_that_nothing_owes_and_one_that_is_missing_are_found(fenmarch):
    history = History()
    history.add_person(0, {"person": {"roles": ["possible_victim"], "belief": "reasonable_grounds"}})
    row = Obligation.objects.filter(case=history.case, code="record_crime").get()
    Obligation.objects.filter(id=row.id).update(code="make_tea")
    assert sorted((found.key[1], found.says) for found in ledger.differences([history.case])) == [
        ("make_tea", "stored as owed, and nothing owes it"),
        ("record_crime", "owed, and not stored"),
    ]


def test_a_fact_written_past_the_actions_is_found(fenmarch):
    history = History()
    history.add_person(0, {"person": {"roles": ["possible_victim"], "age_min": 40, "age_max": 40}})
    Person.objects.filter(case=history.case).update(age_min=14, age_max=14)
    assert "tell_childrens_services_now" in {found.key[1] for found in ledger.differences([history.case])}


def test_evidence_written_past_the_actions_is_found(fenmarch):
    history = History()
    history.add_person(0, {"person": {"roles": ["possible_victim"], "belief": "reasonable_grounds"}})
    owed = Obligation.objects.filter(case=history.case, code="record_crime").get()
    DutyAnswer.objects.create(
        case=history.case, person=owed.person, code=owed.code, kind="done", rests_on=owed.rests_on,
        happened_at=MET, recorded_at=MET, by_id=history.officer.user,
    )  # fmt: skip
    assert [(found.key[1], found.says) for found in ledger.differences([history.case])] == [
        ("record_crime", "differs in state")
    ]


# --- two at once -------------------------------------------------------------------------------------------------------


def at_once(*deeds: Callable[[], object]) -> list[BaseException]:
    """Does all of these at the same moment, each in a transaction of its own; the faults that came of it."""
    ready, faults = threading.Barrier(len(deeds)), []

    def one(deed):
        try:
            with within("fenmarch"):
                ready.wait()
                deed()
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


@pytest.fixture
def shared(own_database):
    TenantFactory()
    with within("fenmarch"):
        history = History()
        for facts in (
            {"roles": ["possible_victim"], "age_min": 15, "age_max": 15},
            {"roles": ["possible_victim", "suspect"]},
        ):
            history.add_person(0, {"person": facts | {"belief": "reasonable_grounds", "place": "custody"}})
        return history


PAIRS = st.tuples(*(st.tuples(st.sampled_from(STEPS[:10]), st.integers(0, 9), FACTS) for _ in range(2)))


@often(25)
@given(PAIRS)
def test_two_at_once_leave_a_ledger_that_agrees(shared, pair):
    def deed(name, number, facts):
        def do():
            mine = object.__new__(History)
            mine.__dict__ |= shared.__dict__ | {"case": Case.objects.get(id=shared.case.id)}
            getattr(mine, name)(number, facts)

        return do

    faults = at_once(*(deed(*step) for step in pair))
    assert [fault for fault in faults if not isinstance(fault, actions.StaleVersion)] == []
    with within("fenmarch"):
        agrees(shared.case)


def test_two_officers_who_answer_at_once_are_both_heard(shared):
    with within("fenmarch"):
        rows = list(Obligation.objects.filter(case=shared.case, state="open", owed_by="frontline")[:6])

    def answer(some):
        actions.answer_duty(by=shared.officer, at=MET, case=shared.case, obligations=some, kind="done")

    assert at_once(lambda: answer(rows[:3]), lambda: answer(rows[3:])) == []
    with within("fenmarch"):
        assert DutyAnswer.objects.filter(case=shared.case).count() == 6
        agrees(shared.case)


def test_two_who_change_a_person_at_once_one_is_shown_the_other(shared):
    with within("fenmarch"):
        person = Person.objects.filter(case=shared.case).order_by("number").first()

    def change(by, name):
        actions.change_person(by=by, at=MET, person=person, version=person.version, facts={"name": name})

    faults = at_once(lambda: change(shared.officer, "Kieran"), lambda: change(shared.sergeant, "Ciaran"))
    assert [type(fault) for fault in faults] == [actions.StaleVersion]
    with within("fenmarch"):
        row = Person.objects.get(id=person.id)
        assert row.version == person.version + 1
        assert faults[0].theirs.name == row.name
        agrees(shared.case)


def test_eight_people_recorded_at_once_have_eight_numbers(shared):
    def add():
        actions.add_person(by=shared.officer, at=MET, case=shared.case, facts={"roles": ["possible_victim"]})

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


def test_two_coordinators_who_take_at_once_one_has_it(shared):
    with within("fenmarch"):
        rows = Obligation.objects.filter(case=shared.case, state="open", owed_by="frontline")[:2]
        actions.hand_on(by=shared.officer, at=MET, case=shared.case, obligations=list(rows))
        hand_ons = list(HandOn.objects.select_related("obligation").filter(obligation__case=shared.case))
        second = a_member("coordinator")
    faults = at_once(
        lambda: actions.take_hand_on(by=shared.coordinator, at=MET, hand_ons=hand_ons),
        lambda: actions.take_hand_on(by=second, at=MET, hand_ons=hand_ons),
    )
    assert faults == []
    with within("fenmarch"):
        takers = {row.taken_by_id for row in HandOn.objects.filter(obligation__case=shared.case)}
        assert len(takers) == 1
        assert {event.by for event in Event.objects.filter(code="cases.hand_on_taken")} == takers, (
            "one took, one is logged"
        )
        agrees(shared.case)


def test_actions_on_two_cases_in_either_order_do_not_wait_for_each_other_for_ever(shared):
    with within("fenmarch"):
        other = a_case(shared.officer)
        people = [actions.add_person(by=shared.officer, at=MET, case=case, facts={}) for case in (shared.case, other)]

    def both(first, second):
        with ledger.acting_on(
            first.case_id, second.case_id, by=shared.officer.user, at=MET, code="cases.person_changed"
        ):
            for person in (first, second):
                Person.objects.filter(id=person.id).update(place="street")

    assert at_once(*[lambda: both(*people), lambda: both(*reversed(people))] * 3) == []
    with within("fenmarch"):
        agrees(shared.case)
        agrees(other)
