"""Whatever happens in a case, in whatever order and by how many at once: the stored ledger is what the pure rules say."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from lodestar.casework.case_facts.actions import change_earlier_referral
from lodestar.casework.case_files.actions.case import change_case
from lodestar.casework.case_files.actions.people import change_person, record_exploitation, record_offence
from lodestar.casework.cases.models import AllegedOffence, Case, EarlierReferral, Person
from lodestar.casework.cases.rules import ARRESTED
from lodestar.casework.consent.actions import record_consent
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation, ObligationEvent
from lodestar.casework.ledger.queries.obligations import COMPARED, LEFT
from lodestar.exchange.imports.actions.encounter_import import import_concern
from lodestar.platform.audit.models import Event
from lodestar.platform.obligations import facts as told
from lodestar.platform.settings.queries import settings_in_force
from tests.apps.casework.cases.histories import HISTORIES, NEVER, History, agrees, often
from tests.factories.accounts import a_member
from tests.offenders import each
from tests.rules.generated import encounters

# --- what comes in as a whole ----------------------------------------------------------------------------------------


@often(20)
@given(encounters())
def test_a_concern_owes_in_the_ledger_what_assess_says(fenmarch, encounter):
    """Two ways from the same facts: through rows and back, and straight."""
    encounter = replace(encounter, force="fenmarch", nation=encounter.nation or "england")
    with transaction.atomic():
        officer = a_member("frontline")
        case = import_concern(by=officer, at=encounter.encountered_at, encounter=encounter, key="one").case
        assert but_by_arrest(stored(case), encounter) == but_by_arrest(pure(encounter), encounter)
        agrees(case)
        transaction.set_rollback(True)


def but_by_arrest(owed, encounter):
    """Without the owner within four hours of an arrest, and what follows an outcome that came before section 45 was considered:
    the ledger knows since when somebody is held and that it happened, `assess` does not."""
    came = ("They were charged", "A hearing was held")
    rows = [row for row in owed.elements() if not row[3].startswith("happened without")]
    owed = Counter((*row[:9], tuple(why for why in row[9] if not why.startswith(came)), *row[10:]) for row in rows)
    if not any(person.place == "custody" or ARRESTED & {act.stage for act in person.suspected_of} for person in encounter.people):
        return owed
    return Counter({row: times for row, times in owed.items() if row[1] != "allocate_pip2_owner"})


def stored(case):
    number = {person.id: f"p{person.number}" for person in Person.objects.filter(case=case)}
    acts = place_of_acts(case)
    return Counter(
        (
            number.get(row.person_id), row.code, acts.get(row.subject, row.subject), row.moment, row.owed_by, row.when, row.line,
            row.due_at, tuple(row.due_before), tuple(row.why), row.rule_from,
        )
        for row in Obligation.objects.filter(case=case).exclude(state="not_owed").exclude(code=LEFT)
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
        if owed.code != LEFT
    )  # fmt: skip


# --- what happens one after the other --------------------------------------------------------------------------------


@often(20)
@given(HISTORIES)
def test_after_each_step_the_ledger_is_what_the_rules_say(fenmarch, steps):
    with transaction.atomic():
        history = History()
        history.add_person(0, {"person": {"roles": ["possible_victim", "suspect"], "belief": "signs_only", "place": "custody"}})
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
        ledger.recalculate([case.id], ledger.Cause(by=history.officer.user, at=NEVER, code="cases.changed"))
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
    st.tuples(st.sampled_from(["alive", "contact_lost", "care_and_support_needs", "british", "found_after_missing"]), FLAG),
    st.tuples(st.sampled_from(["nrm", "wants_time", "spoke_alone"]), FLAG),
    st.tuples(st.just("capacity"), st.sampled_from(["true", "false", "in_doubt"])),
    st.tuples(st.just("exploitation"), st.sampled_from([["uk"], ["overseas"], []])),
    st.tuples(st.just("allegedoffence"), st.sampled_from(["Theft Act 1968", "common law"])),
    st.tuples(st.just("earlierreferral"), st.sampled_from(["nrm", "dtn"])),
    st.tuples(st.sampled_from(["organised_group", "links_abroad", "people_out_of_force", "diplomat"]), FLAG),
    st.tuples(st.just("deaths"), st.sampled_from([0, 1])),
)
OF_THE_TALK = ("nrm", "wants_time", "spoke_alone", "capacity")
OF_THE_CASE = ("organised_group", "links_abroad", "people_out_of_force", "diplomat", "deaths")


def tell(history, name, value):
    """Records the one fact."""
    person = Person.objects.get(case=history.case)
    about = {"by": history.officer, "at": history.at, "person": person}
    if name in OF_THE_TALK:
        record_consent(**about, answer={name: value})
    elif name in OF_THE_CASE:
        change_case(by=history.officer, at=history.at, case=history.case, facts={name: value})
    elif name == "exploitation":
        record_exploitation(**about, facts={"type": "labour", "where": value})
    elif name == "allegedoffence":
        record_offence(**about, facts={"act": value, "title": "theft", "stage": "arrest"})
    elif name == "earlierreferral":
        if not EarlierReferral.objects.filter(person=person).exists():
            change_earlier_referral(**about, facts={"route": value, "same_events": True})
    else:
        change_person(**about, version=person.version, facts={name: value})


def not_owed(case):
    return set(Obligation.objects.filter(case=case, state="not_owed").values_list("id", flat=True))


def closing_rows(case):
    """The rows that say that something is owed no more, each with the event of the log that it names."""
    return {row.id: row for row in ObligationEvent.objects.filter(obligation__case=case, kind="not_owed")}


def names_of_what_went(facts):
    """What went, after each fact: the closing rows are one for each thing, and name that fact and its event alone."""
    history, seen = History(), set()
    history.add_person(0, {"person": {"roles": ["possible_victim"], "belief": "signs_only", "age_max": 40}})
    for name, value in facts:
        before, rows = not_owed(history.case), set(closing_rows(history.case))
        history.at += timedelta(minutes=1)
        tell(history, name, value)
        said = [row for key, row in closing_rows(history.case).items() if key not in rows]
        assert Counter(row.obligation_id for row in said) == Counter(not_owed(history.case) - before), "one row for each"
        for row in said:
            assert row.facts == [name]
            assert row.happened_at == history.at
            assert Event.objects.get(id=row.event).fields == [name], "the event of the log that told it"
            seen.add(name)
    return seen


@often(20)
@given(st.lists(ONE_FACT, min_size=3, max_size=8))
def test_what_goes_when_one_fact_is_told_names_that_fact_and_no_other(fenmarch, facts):
    with transaction.atomic():
        assert names_of_what_went(facts) <= {name for name, _ in facts}
        transaction.set_rollback(True)


@each(
    ("facts", "ends"),
    [
        ([("belief", "none")], "belief"),
        ([("belief", "reasonable_grounds"), ("nrm", True), ("spoke_alone", True)], "spoke_alone"),
        ([("belief", "reasonable_grounds"), ("place", "overseas")], "place"),
        ([("belief", "reasonable_grounds"), ("alive", False)], "alive"),
        ([("belief", "reasonable_grounds"), ("exploitation", ["overseas"])], "exploitation"),
        ([("belief", "reasonable_grounds"), ("earlierreferral", "nrm")], "earlierreferral"),
        ([("roles", ["suspect"]), ("allegedoffence", "Theft Act 1968")], "allegedoffence"),
        ([("diplomat", True), ("diplomat", False)], "diplomat"),
        ([("deaths", 1), ("deaths", 0)], "deaths"),
    ],
)
def test_each_kind_of_fact_makes_something_go(fenmarch, facts, ends):
    """Without this the property could hold because nothing ever goes."""
    assert ends in names_of_what_went(facts)
