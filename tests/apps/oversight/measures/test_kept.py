"""What is kept of cases says at any instant what their facts say, and goes with whatever changes them."""

from datetime import date, timedelta
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lodestar.casework.allocation.models import Allocation
from lodestar.casework.case_files.actions.people import change_person, record_offence
from lodestar.casework.cases.models import Case, EarlierReferral, Person
from lodestar.casework.disclosures.actions import decide_disclosure, propose_disclosure, record_disclosed, tell_as_approved
from lodestar.casework.disclosures.models import NothingDisclosed
from lodestar.casework.investigations.actions import record_crime
from lodestar.casework.ledger.actions import answer_duty
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.referrals.models import Referral
from lodestar.intelligence.earlier_records.models import EarlierRecord, Prompt
from lodestar.intelligence.earlier_records.rules.earlier import KINDS
from lodestar.oversight.measures import jobs
from lodestar.oversight.measures.access import scope_for
from lodestar.oversight.measures.actions import keep
from lodestar.oversight.measures.models import CaseVerdict
from lodestar.oversight.measures.queries import reading as kept
from lodestar.oversight.measures.queries.figure import BEFORE, Figure, listed, why
from lodestar.oversight.measures.queries.reading import Reading
from lodestar.oversight.measures.rules.facts import LOOK_BACK_RESULTS, VERDICTS, Period, last_quarter
from lodestar.oversight.measures.rules.failings import NUMBERS
from lodestar.platform.obligations.closing_records import Record
from lodestar.platform.time.days import london_date
from tests.apps.oversight.measures.test_figure_pages import taken
from tests.factories.accounts import a_member
from tests.factories.cases import (
    MET,
    AllegedOffenceFactory,
    DutyAnswerFactory,
    EarlierReferralFactory,
    ImmigrationDisclosureFactory,
    a_disclosure,
)
from tests.factories.figures import HOUR, MARCH, QUERY, answered, met, sealed_by
from tests.factories.investigations import AllocationFactory, CrimeFactory
from tests.factories.pure_figure import RecalculatedFigure
from tests.factories.records import (
    EarlierRecordFactory,
    MetBeforeFactory,
    PromptFactory,
    PromptStepFactory,
    RecordSignFactory,
    every_month,
)
from tests.factories.referrals import ReferralFactory
from tests.factories.section45 import FullRecordFactory, OutcomeRecordedFactory
from tests.factories.signed_in import signed_in
from tests.factories.statements import at_most
from tests.offenders import each

pytestmark = pytest.mark.usefixtures("fenmarch")

FEBRUARY = Period(date(2026, 2, 1), date(2026, 2, 28))
STEPS = ("make_safe", "safe_place")


@pytest.fixture
def coordinator():
    return a_member("coordinator")


def all_kept():
    keep(at=timezone.now(), most=500)
    assert not kept.without_stored_verdicts(timezone.now(), 1)


def told(member, period, at, is_past):
    """The figure and all its lists, quickly and afresh."""
    scope = scope_for(member)
    quick, pure = Figure(scope, period, at, is_past=is_past), RecalculatedFigure(scope, period, at, is_past=is_past)
    lists = {}
    for number in NUMBERS:
        reading = Reading(scope, period, at, is_past=is_past, only=number)
        for verdict in (*VERDICTS, BEFORE):
            found = listed(reading, number, verdict)
            told_why = {one.case.id: one.verdicts[number] for one in pure.cases}
            assert why(reading, number, found) == {one.id: told_why[one.id] for one in found}
            lists[number, verdict] = [[one.id for one in found if one.is_sealed == sealed] for sealed in (False, True)]
    pure_lists = {
        (number, verdict): [pure.of(number, verdict, sealed=sealed) for sealed in (False, True)]
        for number in NUMBERS
        for verdict in (*VERDICTS, BEFORE)
    }
    return (quick.counts, quick.before, lists), (pure.counts, pure.before, pure_lists)


class History:
    """What may happen in a force, in any order, by the throw of a die."""

    def __init__(self, by, seed):
        self.by, self.die, self.people, self.kinds = by, Random(seed), [], 0
        self.inspector = a_member("detective_inspector", rank="detective_inspector")
        self.steps = (
            self.meets, self.meets, self.answers, self.answers, self.suspects, self.outcome, self.allocates, self.receives,
            self.refers, self.tells, self.looks_back, self.records_crime,
            self.changes, self.takes_in, self.takes_in, self.considers, self.seals,
        )  # fmt: skip

    def turn(self):
        if not self.people:
            self.meets()
        self.die.choice(self.steps)()

    def day(self):
        return MET + timedelta(days=self.die.randint(-35, 20), minutes=self.die.randint(0, 3) * 30)

    def meets(self):
        child, witness = {"age_min": 15, "age_max": 15}, {"roles": ["witness"], "belief": "none"}
        facts = self.die.choice([{}, child, {"needs": ["safe_place"]}, witness])
        name = self.die.choice([{"name": "Ruben Castellane", "birth_date": "2001-02-14"}, {"name": "Mina"}])
        at = self.day()
        _, person = met(self.by, at=at, british=self.die.choice([True, False, None]), **facts, **name)
        self.people.append(person)

    def one(self):
        return Person.objects.select_related("case").get(id=self.die.choice(self.people).id)

    def answers(self):
        case, code = self.one().case, self.die.choice(STEPS)
        if Obligation.objects.filter(case=case, code=code).count() == 1:
            kind = self.die.choice(["done", "done", "not_possible"])
            at = case.encountered_at + self.die.choice([HOUR / 2, 2 * HOUR, timedelta(days=25)])
            answered(self.by, case, code, at, kind=kind, because="They left." if kind == "not_possible" else "")

    def suspects(self):
        facts = {"act": "Immigration Act 1971", "section": "24", "stage": self.die.choice(["stop", "arrest"])}
        record_offence(by=self.by, at=MET, person=self.one(), facts=facts)

    def outcome(self):
        offence = AllegedOffenceFactory(person=self.one())
        record = FullRecordFactory(offence=offence, conclusion="likely") if self.die.random() < 0.5 else None
        told = {"record": record, "happened_without": record is None, "at": self.day(), "recorded_at": timezone.now()}
        OutcomeRecordedFactory(offence=offence, **told)

    def allocates(self):
        case = self.one().case
        if not Allocation.objects.filter(case=case).exists():
            kind = self.die.choice(["happened_without", "pip2"])
            AllocationFactory(case=case, kind=kind, at=self.day(), recorded_at=timezone.now())

    def receives(self):
        person = self.one()
        sent = person.case.encountered_at + self.die.choice([-HOUR, HOUR])
        if not Referral.objects.filter(person=person).exists():
            ReferralFactory(person=person, direction="received_for_investigation", sent_at=sent, recorded_at=timezone.now())

    def refers(self):
        person = self.one()
        if not EarlierReferral.objects.filter(person=person).exists():
            EarlierReferralFactory(person=person, by="The Haven", on_date="2026-01", same_events=self.die.choice([True, None]))

    def tells(self):
        person, at = self.one(), self.day()
        if self.die.random() < 0.5:
            return record_disclosed(by=self.by, at=at, person=person, words=a_disclosure())
        row = propose_disclosure(by=self.by, at=at, person=person, words=a_disclosure())
        decide_disclosure(by=self.inspector, at=at, disclosure=row, approved=True, because="The least that will do")
        return tell_as_approved(by=self.by, at=at, disclosure=row)

    def changes(self):
        person = self.one()
        facts = self.die.choice([{"british": True}, {"roles": ["witness"], "belief": "none"}, {"name": "", "birth_date": ""}])
        change_person(by=self.by, at=MET, person=person, version=person.version, facts=facts)

    def takes_in(self):
        if self.die.random() < 0.3:
            every_month(self.die.sample(list(KINDS), 3))
            return
        record = EarlierRecordFactory(happened_at=self.day(), recorded_at=timezone.now())
        if self.die.random() < 0.8:
            RecordSignFactory(record=record)
        for person in self.die.sample(self.people, min(2, len(self.people))):
            MetBeforeFactory(earlier_person=record.earlier_person, person=person, is_sure=self.die.random() < 0.8)

    def looks_back(self):
        person = self.one()
        rows = Obligation.objects.filter(person=person, code="look_back_for_missed_signs", state="open")
        record = Record("look_back", {"result": self.die.choice(LOOK_BACK_RESULTS), "what": "Custody"})
        if rows:
            answer_duty(by=self.by, at=self.day(), case=person.case, obligations=list(rows), kind="done", record=record)

    def records_crime(self):
        kind = self.die.choice(["recorded", "recorded", "not_possible"])
        told = {"number": self.die.choice("12")} if kind == "recorded" else {"why_not": "The system is down."}
        record_crime(by=self.by, at=self.day(), person=self.one(), kind=kind, may_share=True, **told)

    def considers(self):
        record = EarlierRecord.objects.order_by("-recorded_at").first()
        if record and not Prompt.objects.filter(earlier_person=record.earlier_person).exists():
            prompt = PromptFactory(earlier_person=record.earlier_person, state="no")
            PromptStepFactory(prompt=prompt, what="no", reason="They work there.", to=None, at=self.day())

    def seals(self):
        case = self.one().case
        if not case.sealed and self.die.random() < 0.4:
            sealed_by(self.by, case)


@each("seed", range(2))
def test_the_quick_figure_is_the_pure_one_over_any_history(coordinator, seed):
    history, then = History(coordinator, seed), []
    for turn in range(20):
        history.turn()
        if turn % 4 == 3:
            then.append(timezone.now())
        if turn % 6 == 5:
            keep(at=timezone.now(), most=history.die.choice([2, 500]))
    for period in (MARCH, FEBRUARY):
        quick, pure = told(coordinator, period, timezone.now(), is_past=False)
        assert quick == pure
        for at in then[:: history.die.choice([2, 3])]:
            quick, pure = told(coordinator, period, at, is_past=True)
            assert quick == pure
    all_kept()
    assert kept.differences(list(Case.objects.values_list("id", flat=True)), timezone.now()) == []


CHANGES = {
    "cases_case": lambda case, person, offence: Case.objects.filter(id=case.id).update(what="Another word."),
    "cases_person": lambda case, person, offence: Person.objects.filter(id=person.id).update(british=True),
    "ledger_obligation": lambda case, person, offence: Obligation.objects.filter(case=case, code="make_safe").update(due_at=MET),
    "ledger_obligationanswer": lambda case, person, offence: DutyAnswerFactory(case=case, person=person, code="make_safe"),
    "cases_allegedoffence": lambda case, person, offence: offence.delete(),
    "cases_earlierreferral": lambda case, person, offence: EarlierReferralFactory(person=person),
    "disclosures_immigrationdisclosure": lambda case, person, offence: ImmigrationDisclosureFactory(person=person),
    "disclosures_nothingdisclosed": lambda case, person, offence: NothingDisclosed.objects.create(
        case=case, looked_at=MET, note="Asked", recorded_at=MET, recorded_by_id=case.opened_by_id
    ),
    "referrals_referral": lambda case, person, offence: ReferralFactory(person=person),
    "investigations_crime": lambda case, person, offence: CrimeFactory(person=person),
    "allocation_allocation": lambda case, person, offence: AllocationFactory(case=case),
    "section45_fullrecord": lambda case, person, offence: FullRecordFactory(offence=offence),
    "section45_outcomerecorded": lambda case, person, offence: OutcomeRecordedFactory(offence=offence),
}


@each("table", sorted(CHANGES))
def test_whatever_it_rests_on_takes_it_away_when_it_changes(coordinator, table):
    case, person = met(coordinator)
    offence = record_offence(by=coordinator, at=MET, person=person, facts={"act": "Theft Act 1968"})
    other, _ = met(coordinator)
    all_kept()
    CHANGES[table](case, person, offence)
    assert set(CaseVerdict.objects.values_list("case", flat=True)) == {other.id}


def test_the_database_watches_every_table_that_it_rests_on():
    with connection.cursor() as cursor:
        cursor.execute("select tgrelid::regclass::text from pg_trigger where tgname like 'measures_judge_anew_%'")
        found = [table for (table,) in cursor.fetchall()]
    watched = {table: found.count(table) for table in found if table.split("_")[0] not in ("training", "deep")}
    assert watched == dict.fromkeys({*CHANGES, "tenancy_tenant", "accounts_membership"}, 3)


def test_it_holds_until_a_step_falls_due(coordinator):
    case, _ = met(coordinator, at=timezone.now())
    due = Obligation.objects.get(case=case, code="make_safe").due_at
    all_kept()
    assert CaseVerdict.objects.get().holds_until == due
    assert kept.without_stored_verdicts(due - timedelta(seconds=1), 5) == []
    assert kept.without_stored_verdicts(due, 5) == [case.id]


def test_what_other_rules_said_is_not_read(coordinator):
    case, _ = met(coordinator)
    all_kept()
    CaseVerdict.objects.update(rules="of another release", said="hhhhh")
    quick, pure = told(coordinator, MARCH, timezone.now(), is_past=False)
    assert quick == pure
    assert kept.without_stored_verdicts(timezone.now(), 5) == [case.id]
    all_kept()
    assert CaseVerdict.objects.get().rules == kept.RULES


def test_the_full_check_finds_what_does_not_say_what_the_facts_say(coordinator):
    case, _ = met(coordinator)
    all_kept()
    assert [found for _, found in jobs.check_tenant(case.tenant)] == [[]]
    CaseVerdict.objects.update(said="ddddd")
    assert [found for _, found in jobs.check_tenant(case.tenant)] == [[case.id]]
    CaseVerdict.objects.all().delete()
    assert jobs.keep_tenant(case.tenant) == 1
    assert [found for _, found in jobs.check_tenant(case.tenant)] == [[]]


def test_the_full_check_holds_the_last_quarter_against_the_one_reckoned_afresh(coordinator):
    quarter = last_quarter(london_date(timezone.now()))
    case, _ = met(coordinator, at=quarter.begins)
    all_kept()
    assert not jobs.quarter_differs(case.tenant)
    CaseVerdict.objects.update(said="ddddd")
    assert jobs.quarter_differs(case.tenant)
    with pytest.raises(RuntimeError, match="1 cases of the figure differ"):
        jobs.check_figure(0)
    CaseVerdict.objects.all().delete()
    assert (jobs.keep_figure(0), jobs.check_figure(0)) == (1, 0)


def test_pages_and_files_read_no_more_for_more_cases(client, coordinator):
    signed_in(client, coordinator)
    asked = {}
    for many in (3, 12):
        for _ in range(many):
            case, _ = met(coordinator, british=False)
            answered(coordinator, case, "make_safe", MET + 2 * HOUR)
        all_kept()
        files = [f"{taken(client, **of).url}/file" for of in ({}, {"failing": "not-trained", "verdict": "cannot-tell"})]
        pages = ("/figures", "/figures/no-immediate-safety/happened", "/figures/missed-signs/cannot-tell")
        for place, address in enumerate((*pages, *files)):
            with CaptureQueriesContext(connection) as found:
                assert client.get(address, QUERY).status_code == 200
            asked.setdefault(place, []).append(len(found))
    assert all(first == second for first, second in asked.values()), asked
    with at_most(10):  # what is open is asked for by itself where few things are late
        client.get("/figures", QUERY)
