"""Histories of a case: what several people do to it, one thing after the other."""

from collections import defaultdict
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from lodestar.casework.case_files.actions import case as case_files_case
from lodestar.casework.case_files.actions import people
from lodestar.casework.case_files.actions.case import seal_case, unseal_case
from lodestar.casework.case_files.actions.people import record_exploitation, record_offence
from lodestar.casework.cases.models import Case, Person
from lodestar.casework.consent.actions import record_consent
from lodestar.casework.ledger import actions as ledger_actions
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.actions import take_hand_on
from lodestar.casework.ledger.models import Handover, Obligation, ObligationEvent
from lodestar.casework.section45 import actions as section45
from lodestar.platform.obligations import facts as told
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from tests.factories.accounts import UnitFactory, a_member
from tests.factories.cases import MET, a_case, closed_somehow


def often(times: int) -> settings:
    """This many examples, the same in each run; half of them where the default run asks for all tests but the longest."""
    return settings(
        max_examples=times // 2 if settings.get_current_profile_name() == "fewer" else times,
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
        people.add_person(by=self.officer, at=self.at, case=self.case, facts=facts["person"])

    def change_person(self, number, facts):
        person = self.somebody(number)
        if person:
            people.change_person(by=self.officer, at=self.at, person=person, version=person.version, facts=facts["person"])

    def change_case(self, number, facts):
        case_files_case.change_case(by=self.officer, at=self.at, case=self.case, facts=facts["case"])

    def consent(self, number, facts):
        person = self.somebody(number)
        if person:
            record_consent(by=self.officer, at=self.at, person=person, answer=facts["consent"])

    def offence(self, number, facts):
        person = self.somebody(number)
        if person:
            record_offence(by=self.officer, at=self.at, person=person, facts=facts["offence"])

    def exploitation(self, number, facts):
        person = self.somebody(number)
        if person:
            record_exploitation(by=self.officer, at=self.at, person=person, facts={"type": "labour", "where": ["uk"]})

    def answer(self, number, facts):
        owed = self.one(Obligation.objects.filter(case=self.case, state="open").order_by("code", "person", "moment"), number)
        if owed:
            self.answered([owed], facts)

    def answered(self, owed, facts):
        closed_somehow(self.officer, self.case, owed, at=self.at, kind=facts["kind"])

    def first_question(self, number, facts):
        person = self.somebody(number)
        rows = Obligation.objects.filter(case=self.case, person=person, code="section45_first_question", state="open")
        if person and rows:
            section45.answer_first_question(
                by=self.officer, at=self.at, person=person, answer="cannot_rule_out", why="A driver.", questions=list(rows)
            )

    def hand_on(self, number, facts):
        rows = Obligation.objects.filter(case=self.case, state="open", owed_by="frontline").exclude(when="now")
        with suppress(ConcurrentEdit):  # all of it by the step before, or at the same moment
            ledger_actions.hand_on(by=self.officer, at=self.at, case=self.case, obligations=list(rows[: number + 1]))

    def take(self, number, facts):
        rows = Handover.objects.select_related("obligation").filter(obligation__case=self.case, taken_at__isnull=True)
        if rows:
            take_hand_on(by=self.coordinator, at=self.at, hand_ons=list(rows))

    def seal(self, number, facts):
        if not self.case.sealed:
            owners = [self.officer.user, self.coordinator.user]
            seal_case(by=self.sergeant, at=self.at, case=self.case, reason="A relative.", owners=owners)

    def unseal(self, number, facts):
        if self.case.sealed:
            unseal_case(by=self.coordinator, at=self.at, case=self.case, reason="No more.")


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
            {"organised_group": FLAG, "links_abroad": FLAG, "deaths": st.integers(0, 1), "nation": st.sampled_from(told.NATIONS)}
        ),
        "consent": st.fixed_dictionaries(
            {"nrm": FLAG, "wants_time": FLAG, "spoke_alone": FLAG, "capacity": st.sampled_from(["", "true", "in_doubt"])}
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
