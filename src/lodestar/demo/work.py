"""How the demo force does what it has to do: open tasks are read in the ledger, as on a worklist, and each is done through the
action of the page that closes it, by the colleague who has it. What is done on an app's own page is in `demo/parts`."""

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch
from uuid import UUID

from django.utils import timezone

from lodestar.casework.cases.models import Case, Person
from lodestar.casework.ledger.actions import NoContactRule, answer_duty
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.section45.actions import FactsChanged
from lodestar.demo.concerns import SEED, PlannedConcern, PlannedPerson, listed
from lodestar.platform.accounts.access import Member
from lodestar.platform.obligations.closing_records import DONE_BY, Record, boxed, closing_of, kinds_of
from lodestar.platform.registry.demo_parts import DEMO_PARTS
from lodestar.platform.text import ids

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
        work = [part.work for part in DEMO_PARTS.values()]
        self.closes = {code: close for each in work for code, close in each.closes.items()}
        self.events = {name: happen for each in work for name, happen in each.events.items()}
        self.courses = {word: come for each in work for word, come in each.courses.items()}
        self.after_round = [each.after_round for each in work if each.after_round]
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


class Sitting:
    """What is done in one case at one time, by whom. What an app's own page closes is done by that app's part."""

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
                if code in self.office.closes:
                    for row in of_code:
                        self.office.closes[code](self, row)
                else:
                    self.record(of_code)

    def by(self, row: Obligation) -> Member:
        """Who does it."""
        return self.office.who(row, self.life)

    @property
    def detective(self) -> Member:
        """The owner of the case, else the first detective."""
        return self.office.by_user.get(self.case.owner_id or UUID(int=0)) or self.office.members["investigator"]

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

    def record(self, rows: Sequence[Obligation]) -> None:
        """Closes tasks of one kind with a record, or an officer's word; sometimes with a reason why they are not needed."""
        code, reasons = rows[0].code, listed("records")["not_needed"]
        closing, choices = closing_of(code), listed("records")["done"].get(code, ())
        if code in reasons and (not choices or self.random.random() < 0.1) and "not_needed" in kinds_of(code):
            self.answer(rows, kind="not_needed", because=reasons[code])
        elif closing.kind is None and "done" in kinds_of(code):
            self.answer(rows, kind="done")
        elif choices:
            words = {name: said.format(n=self.office.number()) for name, said in self.random.choice(choices).items()}
            self.answer(rows, kind="done", record=Record(closing.record, words))

    def answer(self, rows: Sequence[Obligation], **answer: Any) -> None:
        """Answer tasks of one kind on the page that all tasks have."""
        answer_duty(by=self.by(rows[0]), at=self.now, case=self.case, obligations=rows, **answer)


def has_come(life: Life, today: date) -> bool:
    """Whether something comes of it by this day."""
    dates = [steps[0][1] for steps in life.referrals.values() if steps] + [planned[0] for planned in life.course]
    return any(day <= today for day in dates)


def go_on(sitting: Sitting, today: date) -> None:
    """Record what comes of a case besides what is done: decisions on referrals, steps against suspects, outcomes."""
    life, courses = sitting.life, sitting.office.courses
    for person, steps in life.referrals.items():
        while steps and steps[0][1] <= today:
            sitting.office.clock.pass_by(3)
            courses["decision"](sitting, person, *steps.pop(0))
    for planned in [planned for planned in life.course if planned[0] <= today]:
        life.course.remove(planned)
        sitting.office.clock.pass_by(4)
        word = planned[1].replace("_", " ").split()[0]
        life.course += list(courses[word](sitting, planned[1], planned[2], today))


def slip(office: Office, life: Life, row: Mapping[str, Any], is_late: bool) -> None:
    """A step of safety was not possible when it was due, or was done late, at a time that somebody gave."""
    case = Case.objects.get(id=life.case)
    owed = list(Obligation.objects.filter(case=case, code=row["code"], state="open"))
    by, at = office.members[life.officer], office.clock.now()
    if not is_late:
        answer_duty(by=by, at=at, case=case, obligations=owed, kind="not_possible", because=row["reason"])
        return
    words = listed("records")["done"][row["code"]][0][closing_of(row["code"]).needs[0]]
    at = at.replace(second=0, microsecond=0)  # a time that somebody gave
    answer_duty(by=by, at=at, case=case, obligations=owed, kind="done", record=boxed(row["code"], words))


def happen(office: Office, life: Life, row: Mapping[str, Any]) -> None:
    """One event of a case happens, of its first person."""
    person = Person.objects.select_related("case").filter(case=life.case).order_by("number")[0]
    office.events[row["act"]](office, life, person, row)
