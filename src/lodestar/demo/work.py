"""How the demo force does what it has to do: open tasks are read in the ledger, as on a worklist, and each is done through the
action of the page that closes it, by the colleague who has it."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch
from uuid import UUID

from django.utils import timezone

from lodestar.casework.case_files.actions.people import change_person
from lodestar.casework.cases.models import Case, ConsentAnswer, Person
from lodestar.casework.concerns.actions import decide_belief
from lodestar.casework.consent.actions import Talk, record_talks
from lodestar.casework.investigations import actions as investigations
from lodestar.casework.investigations.models import Crime
from lodestar.casework.ledger.actions import NoContactRule, answer_duty
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.queries.facts import FOUR_THINGS
from lodestar.casework.referrals.actions import record_referral
from lodestar.casework.referrals.models import Referral
from lodestar.casework.safe_addresses.actions import agree_contact
from lodestar.casework.section45.actions import FactsChanged, answer_first_question
from lodestar.demo.concerns import SEED, PlannedConcern, PlannedPerson, listed
from lodestar.platform.accounts.access import Member
from lodestar.platform.obligations.closing_records import DONE_BY, Record, closing_of, kinds_of
from lodestar.platform.text import ids
from lodestar.platform.time.days import add_working_days, london_date

BY_ROLE = {
    "custody": "custody", "coordinator": "coordinator", "advisor": "advisor", "crime_allocation": "allocation",
    "crime_registrar": "registrar", "victim_liaison": "liaison", "analyst": "analyst", "duty_inspector": "inspector",
    "detective_inspector": "inspector", "investigator": "investigator",
}  # fmt: skip
OF_UNIT = {"Marlsea response": ("officer", "supervisor"), "Eldham response": ("officer2", "supervisor2")}
DETECTIVES = ("investigator", "investigator2")
LATE, LATE_DAYS, LATE_DAYS_CHILD = 0.08, 16, 4  # how many tasks are done late, and by how much at most
EARLY, UNDATED = 0.3, 0.35  # of what is due later, or has no time, how much is done in the round of a week
IN_TIME = frozenset({"supervise_investigation", "offer_again_later", "recovery_period_minimum", "turning_18_consent",
                     "watch_reasonable_grounds_decision", "plan_before_support_ends"})  # fmt: skip  # never before its time
FIRST = ("explain_who_will_know", "record_crime", "agree_safe_contact")  # on which others rest
AT_ONCE = frozenset({"explain_who_will_know", "record_crime", "threat_to_life_assessment", "report_missing", "tell_coroner",
                     "consider_senior_investigator_pip3", "alternatives_to_arrest"})  # fmt: skip  # besides the first lines
FIRST_REVIEWS = ("72 hours", "day 7", "day 28")  # by which the figure judges an investigation
ON_TOUR = timedelta(hours=12)  # after the encounter: the officer does what is left before this tour ends
PASSED_BY = frozenset({"hand_on_what_is_left", "watch_reconsideration_reply"})  # what ends by itself, or with another act
AGAIN = (("rg_positive", 6),)  # what comes of a second referral, after the first was withdrawn
Step = tuple[str, date]  # what comes of a referral or a case, and on which day


@dataclass
class Life:
    """One concern as it goes on: whose it is, who is in it, and what is still to come of it."""

    concern: PlannedConcern
    case: UUID
    people: dict[UUID, PlannedPerson]
    random: Random
    referrals: dict[UUID, list[Step]] = field(default_factory=dict)  # by person
    course: list[tuple[date, str, UUID]] = field(default_factory=list)  # what is planned: when, what, of whom or of which act
    is_handed_on: bool = False
    is_closed: bool = False
    number: int = 0  # in the order in which they came

    @property
    def officer(self) -> str:
        """Who met them."""
        return OF_UNIT[self.concern.unit][0]

    @property
    def sergeant(self) -> str:
        """Who decides in that unit."""
        return OF_UNIT[self.concern.unit][1]

    def lateness(self, row: Obligation) -> timedelta:
        """How late this will be done: mostly not at all."""
        person = self.people.get(row.person_id) if row.person_id else None
        random = Random(f"{SEED} {self.concern.key} {person.name if person else ''} {row.code} {row.moment}")
        if row.line is not None or random.random() > LATE or row.code == "allocate_pip2_owner" or row.moment in FIRST_REVIEWS:
            return timedelta()
        is_child = any(one.is_child for one in self.people.values())
        return timedelta(days=random.randint(1, LATE_DAYS_CHILD if is_child else LATE_DAYS))


class Clock:
    """A time that is set, and goes on by itself from there. It never shows one after `ends`."""

    def __init__(self, at: datetime, ends: datetime) -> None:
        self.ends = ends
        self.set(at)

    def set(self, at: datetime) -> None:
        """From now on it is `at`."""
        self._at, self._since = at, time.perf_counter_ns()

    def now(self) -> datetime:
        """The time that it shows."""
        return min(self._at + timedelta(microseconds=(time.perf_counter_ns() - self._since) // 1000), self.ends)

    def pass_by(self, minutes: float) -> datetime:
        """Lets some minutes pass; the time then."""
        self.set(self.now() + timedelta(minutes=minutes))
        return self.now()

    def time_ns(self) -> int:
        """The same in nanoseconds since 1970, of which ids are made."""
        return round(self._at.timestamp() * 1_000_000) * 1000 + time.perf_counter_ns() - self._since


@contextmanager
def clock_at(at: datetime, ends: datetime) -> Iterator[Clock]:
    """While this lasts, Django and the ids of rows go by a clock that begins at `at` and stops at `ends`."""
    clock = Clock(at, ends)
    with patch.object(timezone, "now", clock.now), patch.object(ids, "time", SimpleNamespace(time_ns=clock.time_ns)):
        yield clock


class Office:
    """The colleagues of the force, and the clock by which they work."""

    def __init__(self, members: Mapping[str, Member], clock: Clock, counters: Sequence[int] = (20400, 99)) -> None:
        self.members, self.clock = members, clock
        self.by_user = {member.user: member for member in members.values()}
        self.lives: dict[UUID, Life] = {}
        self._number, self._telephone = counters

    @property
    def counters(self) -> list[int]:
        """The last numbers given out, from which the next step of the making goes on."""
        return [self._number, self._telephone]

    def number(self) -> int:
        """The next number of whatever has one: of interpreters' jobs, crimes, letters."""
        self._number += 7
        return self._number

    def telephone(self) -> str:
        """The next of the telephone numbers that Ofcom keeps for drama."""
        self._telephone = (self._telephone + 1) % 1000
        return f"07700 900{self._telephone:03d}"

    def who(self, row: Obligation, life: Life) -> Member:
        """The colleague who has a task."""
        if row.holder_id in self.by_user:
            return self.by_user[row.holder_id]
        role = DONE_BY.get(row.code, row.with_role)
        name = {"supervisor": life.sergeant, "frontline": life.officer}.get(role) or BY_ROLE.get(role, "coordinator")
        return self.members[name]


def is_for_now(life: Life, row: Obligation, now: datetime, until: datetime, random: Random) -> bool:
    """Whether a task is done in a sitting after which the next one is at `until`."""
    if row.code in PASSED_BY or (row.code == "allocate_pip2_owner" and now < _owner_from(life)):
        return False
    if row.code == "section45_full_record":
        is_due = row.due_at is not None and row.due_at < until
        is_charged = any(event["act"] == "charged" for event in life.concern.told.get("events", ()))
        return now > life.concern.met + timedelta(days=8) and (is_due or is_charged or random.random() < UNDATED)
    if row.code in AT_ONCE:
        return True
    if row.code == "safe_release_plan":  # made before they go, and not while they are booked in
        return until - now > ON_TOUR
    if row.due_at is None:
        return row.when in ("now", "this_tour") or (until - now > timedelta(days=2) and random.random() < UNDATED)
    if row.code == "offer_again_later":
        return row.due_at.date() <= now.date()
    late = life.lateness(row)
    if late:
        return row.due_at + late < until
    if row.with_role == "frontline" and now - life.concern.met < ON_TOUR:
        return True
    is_early = until - now > timedelta(days=2) and row.code not in IN_TIME and random.random() < EARLY
    return row.due_at < until or is_early


def _owner_from(life: Life) -> datetime:
    return life.concern.met + timedelta(hours=life.concern.told.get("owner_after", 0))


class FirstHours:
    """What is done in one case at one time, by whom; of what its own page closes what belongs to the first hours."""

    pages: Mapping[str, Callable[..., None]] = {}  # by code, what its own page closes

    def __init__(self, office: Office, life: Life, case: Case, people: Iterable[Person]) -> None:
        self.office, self.life, self.case, self.random = office, life, case, life.random
        self.people = {person.id: person for person in people}
        self.done: set[object] = set()

    def do(self, rows: Sequence[Obligation]) -> None:
        """Does these tasks, those first on which others rest."""
        alike: dict[str, list[Obligation]] = defaultdict(list)
        for row in sorted(rows, key=lambda row: (row.line or 99, row.code not in FIRST, row.due_at is None, row.due_at, row.id)):
            alike[row.code].append(row)
        for code, of_code in alike.items():
            self.office.clock.pass_by(self.random.uniform(1, 3))
            with suppress(NoContactRule, FactsChanged):
                if code in self.pages:
                    for row in of_code:
                        self.pages[code](self, row)
                else:
                    self._record(of_code)

    def by(self, row: Obligation) -> Member:
        """Who does it."""
        return self.office.who(row, self.life)

    @property
    def now(self) -> datetime:
        """The time."""
        return self.office.clock.now()

    def once(self, *what: object) -> bool:
        """Whether this is done for the first time in this sitting."""
        is_new = what not in self.done
        self.done.add(what)
        return is_new

    def person_of(self, row: Obligation) -> tuple[Person, PlannedPerson]:
        """Whose task it is."""
        person = self.people[row.person_id]  # type: ignore[index]  # of these codes every task is a person's
        return person, self.life.people[person.id]

    def _record(self, rows: Sequence[Obligation]) -> None:
        """Closes tasks of one kind with a record, or an officer's word; sometimes with a reason why they are not needed."""
        code, reasons = rows[0].code, listed("records")["not_needed"]
        closing, choices = closing_of(code), listed("records")["done"].get(code, ())
        if code in reasons and (not choices or self.random.random() < 0.1) and "not_needed" in kinds_of(code):
            self._answer(rows, kind="not_needed", because=reasons[code])
        elif closing.kind is None and "done" in kinds_of(code):
            self._answer(rows, kind="done")
        elif choices:
            words = {name: said.format(n=self.office.number()) for name, said in self.random.choice(choices).items()}
            self._answer(rows, kind="done", record=Record(closing.record, words))

    def _answer(self, rows: Sequence[Obligation], **answer: Any) -> None:
        answer_duty(by=self.by(rows[0]), at=self.now, case=self.case, obligations=rows, **answer)

    # --- the first hours -------------------------------------------------------------------------------------------

    def first_question(self, row: Obligation) -> None:
        person, planned = self.person_of(row)
        if not self.once(row.code, person.id):
            return
        rows = list(Obligation.objects.filter(case=self.case, person=person, code=row.code, state="open"))
        words = listed("words")
        answer = "no_sign_seen" if planned.conclusion == "unlikely" else self.random.choice(["yes", "cannot_rule_out"])
        why = words["first_no"] if answer == "no_sign_seen" else self.random.choice(words["first_yes"])
        answer_first_question(by=self.by(row), at=self.now, person=person, answer=answer, why=why, questions=rows)

    def seen_alone(self, row: Obligation) -> None:
        _, planned = self.person_of(row)
        is_foreign = planned.facts["language"] not in ("", "English")
        words = f"Job {self.office.number()}, by telephone" if is_foreign else "None needed"
        self._answer([row], kind="done", record=Record("talk", {"interpreter": words}))

    def establish_age(self, row: Obligation) -> None:
        person, planned = self.person_of(row)
        facts = {"age_basis": "stated", "age_min": planned.age, "age_max": planned.age}
        self._change(row, person, facts)

    def _change(self, row: Obligation, person: Person, facts: Mapping[str, Any]) -> None:
        version = Person.objects.values_list("version", flat=True).get(id=person.id)
        change_person(by=self.by(row), at=self.now, person=person, version=version, facts=facts)

    def talk(self, row: Obligation) -> None:
        person, planned = self.person_of(row)
        if not self.once("talk", person.id):
            return
        is_first = not ConsentAnswer.objects.filter(person=person).exists()
        answer = planned.consent if is_first or planned.consent != "time" else self.random.choice(["yes", "yes", "no"])
        is_foreign = planned.facts["language"] not in ("", "English")
        words = listed("words")
        talk = Talk(
            person, self.now,
            answer={
                "nrm": {"yes": True, "no": False}.get(answer), "wants_time": True if answer == "time" else None,
                "capacity": "true", "spoke_alone": True, "interpreter": "independent" if is_foreign else "not_needed",
                "job_number": str(self.office.number()) if is_foreign else "", "language": planned.facts["language"],
                "said": sorted(FOUR_THINGS), "privacy_notice": "read_out" if is_foreign else "written",
                "refusal_reason": self.random.choice(words["refusals"]) if answer == "no" else "",
            },
        )  # fmt: skip
        record_talks(by=self.by(row), at=self.now, case=person.case_id, talks=[talk])

    def decide_belief(self, row: Obligation) -> None:
        person, _ = self.person_of(row)
        words, is_grounds = listed("words"), row.code == "decide_belief" and self.random.random() < 0.7
        belief, why = ("reasonable_grounds", words["grounds"]) if is_grounds else ("none", words["no_grounds"])
        version = Person.objects.values_list("version", flat=True).get(id=person.id)
        decide_belief(by=self.by(row), at=self.now, person=person, version=version, belief=belief, because=why)

    def safe_contact(self, row: Obligation) -> None:
        person, planned = self.person_of(row)
        agreed = london_date(self.now)
        agree_contact(
            by=self.by(row), at=self.now, person=person,
            rule={
                "channel": self.random.choice(["text", "ring"]), "to_use": self.office.telephone(), "times": "10:00 to 11:30",
                "voicemail": False, "words": "From Anna, about the appointment", "words_not": "", "agreed_on": agreed,
                "who_may_answer": "Their social worker" if planned.is_child else "", "confirmed_on": agreed,
            },
        )  # fmt: skip

    def crime(self, row: Obligation) -> None:
        person, _ = self.person_of(row)
        if self.once("crime", person.id):
            number = f"37/{self.office.number()}/{self.now:%y}"
            investigations.record_crime(by=self.by(row), at=self.now, person=person, kind="recorded", number=number)

    def referral(self, row: Obligation) -> None:
        person, planned = self.person_of(row)
        route = "nrm" if row.code == "refer_nrm" else "dtn"
        if not self.once("referral", person.id):
            return
        seen = Referral.objects.filter(person=person).count()
        crimes = list(Crime.objects.filter(person=person, kind="recorded").values_list("number", flat=True))
        record_referral(
            by=self.by(row), at=self.now, person=person, route=route, direction="made_by_us", seen=seen, crimes=crimes,
            reference=f"NRM-{self.office.number() * 31 % 900000 + 100000}" if route == "nrm" else "", another=seen > 0,
            details={"identity_checked": True} if route == "dtn" else {},
        )  # fmt: skip
        if route == "nrm":
            day, steps = london_date(self.now), []
            for kind, wait in planned.plot if not seen else AGAIN:
                day = add_working_days(day, wait)
                steps.append((kind, day))
            self.life.referrals[person.id] = steps
