"""Two years of the demo force, lived through in order of time: concerns come, their first days are worked on hour by hour, and
after that each unit goes through its cases in rounds."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from heapq import heappop, heappush
from itertools import count
from unittest.mock import patch
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from lodestar.casework.case_files.actions import case as case_actions
from lodestar.casework.case_files.actions.people import add_person
from lodestar.casework.cases.models import Case, Person
from lodestar.casework.cases.rules import ARRESTED
from lodestar.casework.concerns.actions import ConcernInput, PersonInput, SignsInput, receive_concern, record_safety, record_signs
from lodestar.casework.concerns.rules import signs_on
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.actions import hand_on, take_hand_on
from lodestar.casework.ledger.models import Handover, Obligation
from lodestar.casework.ledger.queries.obligations import may_be_handed_on
from lodestar.demo.concerns import PlannedConcern, listed, numbered
from lodestar.demo.work import AT_ONCE, Life, Office, Sitting, go_on, happen, has_come, is_for_now, slip
from lodestar.platform.registry.demo_parts import Act
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.tenant_transaction import current_tenant
from lodestar.platform.text.ids import new_id
from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.time.days import london_date

FIRST_HOUR, TOUR, ALLOCATED = 22, 175, 225  # minutes after the encounter: while they are there, before the tour ends, and after
MORNING, OFFICE_HOUR = time(10, 20), time(9, 30)
ROUNDS_FROM, MONTHLY_FROM = timedelta(days=2), timedelta(days=42)  # the age of a case
HANDED_ON, HANDED_ON_LATELY = 0.2, timedelta(hours=40)
FIRST_REVIEW = timedelta(days=6)  # after the encounter: the review of day 7 falls between two rounds
LEFT_TO_OTHERS = frozenset({"agree_safe_contact", "child_told_and_heard", "explain_home_office_role"})
COURSE = "course"  # what comes of a case besides its tasks
ROUTINE = frozenset({"answer_directions", COURSE})  # of which nothing more comes on the same day
ROUND_BEFORE_END = timedelta(days=4)  # the last round lies so long before the demo is made
FORTNIGHT, A_LITTLE = timedelta(days=14), timedelta(hours=8)
Until = Callable[[Life], datetime]


class Years:
    """What happens, in order of time."""

    def __init__(self, office: Office, now: datetime, plan: Sequence[PlannedConcern]) -> None:
        self.office, self.end, self._order = office, now, count()
        self._places = {concern.key: place for place, concern in enumerate(plan)}
        self._numbers = numbered(plan)
        self._next: list[tuple[datetime, int, Callable[..., object], tuple[object, ...]]] = []

    def _at(self, at: datetime, what: Callable[..., object], *of: object) -> None:
        if at < self.end:
            heappush(self._next, (at, next(self._order), what, of))

    def live(self, concerns: Sequence[PlannedConcern], matters: Iterable[tuple[datetime, Act]]) -> None:
        """Lives through these concerns of the plan until the end, and what the force does besides."""
        for at, act in matters:
            self._at(at, act, self.office)
        for concern in concerns:
            self._at(concern.met + timedelta(minutes=concern.random.randint(9, 15)), self._receive, concern)
            for row in concern.told.get("records", ()):
                at, take_in = concern.met - timedelta(days=row["days"] - 1), self.office.events["take_in_record"]
                self._at(at, take_in, self.office, concern, row)
        self._rounds = list(_fortnightly(self.end - ROUND_BEFORE_END, concerns[0].met)) if concerns else []
        for number, at in enumerate(self._rounds):
            self._at(at, self._round, number)
        while self._next:
            at, _, what, of = heappop(self._next)
            self.office.clock.set(at)
            what(*of)

    # --- a concern comes -------------------------------------------------------------------------------------------

    def _receive(self, concern: PlannedConcern) -> None:
        """The three screens, and who is known to be behind it."""
        case, life = self._first_screen(concern)
        kind, met = concern.kind, concern.met
        by, at, now = self.office.members[life.officer], met, self.office.clock
        with ledger.acting_on(case.id, by=by.user, at=now.now(), code="recognition.signs_recorded") as (locked,):
            now.pass_by(2)
            facts = {"organised_group": True if kind.get("organised") else None, "deaths": concern.told.get("deaths", 0)}
            facts["controller_there"] = concern.random.choice(["yes", "no", "not_sure"])
            people = [PersonInput(who, 1, person.more) for who, person in life.people.items()]
            record_safety(by=by, at=at, case=locked, version=locked.version, facts=facts, people=people)
            now.pass_by(2)
            living = {who: person for who, person in life.people.items() if person.more["alive"]}
            seen: set[tuple[str, UUID | None]] = {(code, None) for code in kind.get("scene", ())}
            seen |= {(code, who) for who in living for code in kind["signs"][: concern.random.randint(2, 4)]}
            signs = {sign.code: sign for sign in signs_on(london_date(met))}
            believed = {who: person.belief for who, person in living.items() if person.belief != "signs_only"}
            ticked, list_date = SignsInput(seen=seen, beliefs=believed), reference_list("concerns", "signs").header["published"]
            record_signs(by=by, at=at, case=locked, signs_input=ticked, signs=signs, list_date=list_date)
            if "exploiter" in kind and concern.random.random() < 0.3:
                driver = {"description": kind["exploiter"], "roles": ["exploiter"], "age_min": 22, "age_max": 35}
                suspect = add_person(by=by, at=at, case=locked, facts={**driver, "age_basis": "estimated", "belief": "none"})
                day = london_date(met) + timedelta(days=concern.random.randint(6, 50))
                life.course.append((day, "suspect_arrested", suspect.id))
        self._first_days(life)

    def _first_screen(self, concern: PlannedConcern) -> tuple[Case, Life]:
        people = {new_id(): person for person in concern.people}
        life = Life(concern, new_id(), people, concern.random)
        by = self.office.members[life.officer]
        concern_input = ConcernInput(
            facts={"what": concern.what, "place": concern.place, "police_areas": _areas(concern)},
            people=[
                PersonInput(who, facts=person.facts, offence=person.offence, is_suspected=bool(person.offence))
                for who, person in people.items()
            ],
            place_kind=concern.kind["place"],
        )
        with given_number(*self._numbers[concern.key]):
            case, _ = receive_concern(by=by, at=concern.met, case_id=life.case, concern_input=concern_input)
        life.number = self._places[concern.key]
        self.office.lives[case.id] = life
        return case, life

    def _first_days(self, life: Life) -> None:
        met, morning = life.concern.met, _next_at(self.office.clock.now() + timedelta(hours=6), MORNING)
        first, on_tour, allocated = (met + timedelta(minutes=minutes) for minutes in (FIRST_HOUR, TOUR, ALLOCATED))
        self._at(first, self._on_tour, life, on_tour)
        people = life.people.values()
        is_held = any(person.offence and person.offence["stage"] in ARRESTED for person in people)
        if life.concern.kind["place"] == "custody" or is_held or any(person.is_child for person in people):
            self._at(allocated, self._sit, [life], lambda _: morning + timedelta(hours=1))
        self._at(met + FIRST_REVIEW, self._sit, [life], lambda _: met + FIRST_REVIEW + timedelta(days=2))
        self._at(morning, self._morning, life, next(at for at in self._rounds if at > morning + ROUNDS_FROM) + A_LITTLE)
        for row in life.concern.told.get("slips", ()):
            if "reason" in row:
                self._at(met + timedelta(minutes=57), slip, self.office, life, row, False)
            self._at(met + timedelta(minutes=row["minutes"]), slip, self.office, life, row, True)
        for row in life.concern.told.get("events", ()):
            self._at(met + timedelta(hours=row["after"]), happen, self.office, life, row)

    def _on_tour(self, life: Life, later: datetime) -> None:
        """While they are there what is to do at once is done; before the tour ends what is left is done, or handed on."""
        life.is_handed_on = life.random.random() < HANDED_ON or self._waits(life)
        self._sit([life], lambda _: later + A_LITTLE, later=later)
        if life.is_handed_on:
            case = Case.objects.get(id=life.case)
            left = list(may_be_handed_on(case))
            note = life.random.choice(listed("words")["notes"])
            if left:
                hand_on(by=self.office.members[life.officer], at=self.office.clock.now(), case=case, obligations=left, note=note)

    def _waits(self, life: Life) -> bool:
        """Whether it was handed on in these days, and waits on the coordinator's morning list."""
        return self.end - life.concern.met < HANDED_ON_LATELY

    def _morning(self, life: Life, until: datetime) -> None:
        """The coordinator takes what was handed on, and the day's work is done."""
        coordinator = self.office.members["coordinator"]
        waiting = list(Handover.objects.select_related("obligation").filter(obligation__case=life.case, taken_at=None))
        if waiting and not self._waits(life):
            take_hand_on(by=coordinator, at=self.office.clock.now(), hand_ons=waiting)
        self._sit([life], lambda _: until)
        if life.concern.told.get("records"):
            self.office.events["answer_questions"](self.office, Case.objects.get(id=life.case))

    def _sit(
        self, lives: Sequence[Life], until: Until, *, since: datetime | None = None, course: bool = False,
        later: datetime | None = None,
    ) -> set[str]:  # fmt: skip
        """One sitting over some cases, of which those with something to do are locked together; `until` is when each has its
        next. `since`: of what was opened from then on alone. With `course` also what comes of them otherwise. `later`: when that
        is done which need not be done at once. Return the codes of what was done, and COURSE for what came of the cases."""
        if not lives:
            return set()
        chosen = self._chosen(lives, until, since)
        today = london_date(self.office.clock.now())
        busy = [life for life in lives if chosen[life.case] or (course and has_come(life, today))]
        if not busy:
            return set()
        by, at = self.office.members["coordinator"].user, self.office.clock.now()
        people = _people_of(busy)
        with ledger.acting_on(*(life.case for life in busy), by=by, at=at, code="cases.duty_answered") as cases:
            for case in sorted(cases, key=lambda case: case.reference):
                life = self.office.lives[case.id]
                sitting = Sitting(self.office, life, case, people[case.id])
                if course:
                    go_on(sitting, today)
                at_once = [row for row in chosen[case.id] if not later or row.line is not None or row.code in AT_ONCE]
                sitting.do(at_once)
                if later:
                    self.office.clock.set(later)
                    sitting.do([row for row in chosen[case.id] if row not in at_once])
        return {row.code for rows in chosen.values() for row in rows} | {COURSE}

    def _chosen(self, lives: Sequence[Life], until: Until, since: datetime | None) -> Mapping[UUID, list[Obligation]]:
        now, chosen = self.office.clock.now(), defaultdict(list)
        rows = Obligation.objects.filter(case__in=[life.case for life in lives], state="open").order_by("id")
        rows = rows.filter(Q(opened_at__gte=since) | Q(code="section45_full_record")) if since else rows
        for row in rows.filter(Q(opens_at__isnull=True) | Q(opens_at__lte=now)):
            life = self.office.lives[row.case_id]
            if self._is_left(life, row) or not is_for_now(life, row, now, until(life), life.random):
                continue
            chosen[row.case_id].append(row)
        return chosen

    def _is_left(self, life: Life, row: Obligation) -> bool:
        """Whether it is left to others: by an officer whose tour ends, or because it goes wrong on purpose."""
        if row.code in {slip["code"] for slip in life.concern.told.get("slips", ())}:
            return True
        return life.is_handed_on and row.with_role == "frontline" and row.code in LEFT_TO_OTHERS

    def _round(self, number: int) -> None:
        """The units go through their cases, what is due before the next time, and what came with the post: the new ones every
        fortnight, the others together every four weeks, closed ones every eight. The day after they do what came of that."""
        now = self.office.clock.now()
        monthly = now - MONTHLY_FROM

        def fortnights(life: Life) -> int:
            return 4 if life.is_closed else 2 if life.concern.met < monthly else 1

        def until(life: Life) -> datetime:
            return now + fortnights(life) * FORTNIGHT + A_LITTLE

        worked_on = [life for life in self.office.lives.values() if life.concern.met < now - ROUNDS_FROM]
        before_end = len(self._rounds) - number - 2  # 0 is the last round: all cases are gone through in it
        is_monthly, today = before_end % 2 == 0, london_date(now)
        lives = [life for life in worked_on if before_end % fortnights(life) == 0 or (is_monthly and has_come(life, today))]
        if self._sit(lives, until, course=True):
            for step in self.office.after_round:
                step(self.office, lives, now)
            self._at(now + timedelta(days=1, hours=2), self._follow, lives, until, now)

    def _follow(self, lives: Sequence[Life], until: Until, since: datetime, again: bool = True) -> None:
        """What came of a round is done, and before that day ends what came of that: a record is countersigned."""
        now = self.office.clock.now()
        if self._sit(lives, until, since=since) - ROUTINE and again:
            self._at(now + timedelta(hours=6), self._follow, lives, until, now, False)


@contextmanager
def given_number(year: int, number: int) -> Iterator[None]:
    """While this lasts, a case that is opened has this number of its year: months are made in another order than they came,
    and none of them holds the counter of a year."""
    prefix = Tenant.objects.values_list("reference_prefix", flat=True).get(slug=current_tenant())
    with patch.object(case_actions, "_next_reference", lambda _: f"{prefix}-{year % 100:02d}-{number:04d}"):
        yield


def _people_of(lives: Iterable[Life]) -> Mapping[UUID, list[Person]]:
    people: dict[UUID, list[Person]] = defaultdict(list)
    for person in Person.objects.select_related("case").filter(case__in=[life.case for life in lives]).order_by("number"):
        people[person.case_id].append(person)
    return people


def _areas(concern: PlannedConcern) -> list[str]:
    return ["fenmarch", "essex"] if concern.kind.get("organised") and concern.random.random() < 0.25 else ["fenmarch"]


def _next_at(after: datetime, hour: time) -> datetime:
    local = timezone.localtime(after)
    at = datetime.combine(local.date(), hour, tzinfo=local.tzinfo)
    return at if at > after else at + timedelta(days=1)


def _fortnightly(last: datetime, first: datetime) -> Iterator[datetime]:
    """The rounds from the first concern to the last of them, and the one that comes after it."""
    last -= timedelta(days=max(timezone.localtime(last).weekday() - 4, 0))  # no round on a Saturday or Sunday
    many = (last - first) // FORTNIGHT
    for before in range(many, -2, -1):
        yield _next_at(last - before * FORTNIGHT, OFFICE_HOUR)
