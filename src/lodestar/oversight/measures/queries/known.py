"""Facts of many cases as they were known at one instant, in a constant number of queries.

What was owed then is read from the ledger and its events, what was answered, decided and recorded from rows that are only
ever added, whether somebody is British from the versions of their row. How far a case against somebody has gone is kept as
it is now alone.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import zip_longest
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Case as If
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Left, Length

from lodestar.casework.allocation.models import Allocation
from lodestar.casework.cases.models import AllegedOffence, Case, EarlierReferral, Person, PersonVersion
from lodestar.casework.disclosures.models import ImmigrationDisclosure, NothingDisclosed
from lodestar.casework.investigations.models import Crime
from lodestar.casework.ledger.models import Obligation, ObligationAnswer, ObligationEvent
from lodestar.casework.referrals.models import Referral
from lodestar.casework.section45.models import OutcomeRecorded
from lodestar.intelligence.earlier_records.queries.look_back import can_be_looked_for
from lodestar.oversight.measures.access import Scope
from lodestar.oversight.measures.queries.training import grades_in, handlers_of
from lodestar.oversight.measures.rules import facts, failings
from lodestar.platform.obligations.closing_records import value_in
from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import Tenant

# What is owed of every possible victim, so that it tells who was one at any time.
VICTIM = "look_back_for_missed_signs"
SUSPECTED, NO_OFFENCE, RECORD = "tell_cps", "section45_no_suspected_offence", "section45_full_record"
WAITS = ("ask_the_other_jurisdiction", "alternatives_to_arrest")
OWED = (*failings.SAFETY, VICTIM, SUSPECTED, NO_OFFENCE, RECORD, *WAITS)
TURNS = ("opened", "reopened", "closed", "not_owed")
INVESTIGATED = (failings.CRIME, failings.ALLOCATION)  # of which the time is read; of reviews only whether each was made
ANSWERED = {failings.MISSED: (VICTIM,), failings.UNSAFE: failings.SAFETY, failings.NOT_INVESTIGATED: INVESTIGATED}
BELOW_PIP2 = "happened_without"
LIKELY = "likely"


def _inside(column: str, period: facts.Period) -> Q:
    return Q(**{f"{column}__gte": period.begins, f"{column}__lt": period.ends})


def cases_of(scope: Scope, period: facts.Period, at: datetime, *, sealed: bool = True, earlier: bool = True) -> QuerySet[Case]:
    """The cases of a period that were recorded by `at`: those whose people were met in it, and with `earlier` those met before
    of which something happened in it. `sealed`: also the sealed ones that the member owns."""
    rows = Case.objects.filter(scope.counted | scope.sealed if sealed else scope.counted, recorded_at__lte=at)
    which = _inside("encountered_at", period)
    if earlier:
        which |= Q(encountered_at__lt=period.begins) & happened_in(period, at)
    return rows.filter(which)


def happened_in(period: facts.Period, at: datetime) -> Q:
    """Of cases: those of which anything that a failing may read happened in a period, by what was recorded by `at`."""
    inside = _inside("at", period) & Q(recorded_at__lte=at)
    outcomes = OutcomeRecorded.objects.filter(inside, Q(happened_without=True) | Q(record__conclusion=LIKELY))
    given, crimes = Allocation.objects.filter(inside), Crime.objects.filter(inside)
    codes = (*failings.SAFETY, *INVESTIGATED)
    steps = ObligationAnswer.objects.filter(_inside("happened_at", period), code__in=codes, recorded_at__lte=at)
    due = Obligation.objects.filter(_inside("due_at", period), code__in=codes)
    disclosures = ImmigrationDisclosure.objects.filter(_inside("told_at", period), happened_without=True, asked_at__lte=at)
    in_period = Q(id__in=outcomes.values("offence__person__case")) | Q(id__in=disclosures.values("person__case"))
    in_period |= _inside("recorded_at", period)  # opened in it by somebody untrained
    in_period |= Q(id__in=given.values("case")) | Q(id__in=crimes.values("person__case"))
    return in_period | Q(id__in=steps.values("case")) | Q(id__in=due.values("case"))


class Facts:
    """All that is read of some cases (a query of ids) as of an instant, put together case by case; what earlier records tell of
    their people comes in afterwards (`reading.py`). `is_past`: `at` was given, so that later changes are looked through; without
    it nothing can have come after. `only`: what one failing is judged by."""

    def __init__(self, cases: QuerySet[Any, Any], at: datetime, *, is_past: bool, only: int | None = None) -> None:
        self.people = _people(cases, at, is_past) if only in (None, failings.MISSED, failings.IMMIGRATION) else {}
        codes = ANSWERED.get(only, ()) if only else tuple(code for some in ANSWERED.values() for code in some)
        self.answers, self.look_backs = _answers(cases, at, codes) if codes else ({}, {})
        self.happened = _happened(cases, at)
        self.handlers = handlers_of(cases, at) if only in (None, failings.NOT_TRAINED) else {}
        self.grades = grades_in(cases, at) if only in (None, failings.NOT_INVESTIGATED) else {}
        self.owed: dict[UUID, dict[UUID, list[tuple[str, datetime | None, str]]]] = defaultdict(lambda: defaultdict(list))
        self.asked: dict[UUID, list[tuple[UUID | None, str, str, datetime | None, str]]] = defaultdict(list)
        for case, person, code, moment, due, state in _owed(cases, at, is_past):
            if code in OWED:
                self.owed[case][person].append((code, due, state))
            else:
                self.asked[case].append((person, code, moment, due, state))

    def victims(self, case: UUID) -> list[UUID]:
        """The possible victims of a case, the first recorded first."""
        owed_by_person = self.owed.get(case, {})
        return sorted(person for person, owed in owed_by_person.items() if any(code == VICTIM for code, _, _ in owed))

    def sought(self, case: UUID) -> list[bool]:
        """Of each possible victim of a case, in order, whether they can be looked for in earlier records."""
        return [person in self.people and self.people[person].is_sought for person in self.victims(case)]

    def of(self, case: UUID) -> facts.CaseFacts:
        below = tuple(row.at for row in self.happened.get((case, None), ()) if row.at and row.words[0] == BELOW_PIP2)
        people, steps, follow_ups = self.owed.get(case, {}), [], []
        for person, code, moment, due, state in sorted(self.asked.get(case, ()), key=lambda row: (row[1:3], str(row[0]))):
            if code in INVESTIGATED and not moment:
                steps.append(facts.Step(code, due, (*self._recorded(case, person), *self.answers.get((case, person, code), ()))))
            else:
                follow_ups.append(facts.FollowUp(code, due, state == facts.CLOSED))
        victims = tuple(self._victim(case, person, people[person]) for person in self.victims(case))
        done = self.handlers.get(case, ()), self.grades.get(case, "")
        return facts.CaseFacts(victims, below, tuple(steps), tuple(follow_ups), *done)

    def _recorded(self, case: UUID, person: UUID | None) -> tuple[facts.Answer, ...]:
        """The crimes recorded for a victim, or why there is none; without a person the owners with the skill or an authority."""
        rows = [row for row in self.happened.get((case, person), ()) if row.what in (_GIVEN, _CRIME) and row.at is not None]
        rows = [row for row in rows if row.words[0] != BELOW_PIP2]
        kinds = {"not_needed": "not_needed", "not_possible": "not_possible"}
        return tuple(
            facts.Answer(
                kinds.get(row.words[0], "done"), row.at or _NO_TIME, True, end if row.words[0] == "not_possible" else None
            )
            for row, end in zip_longest(rows, (later.at for later in rows[1:]))
        )

    def _victim(self, case: UUID, person: UUID, owed: list[tuple[str, datetime | None, str]]) -> facts.VictimFacts:
        states: dict[str, list[str]] = defaultdict(list)
        for code, _, state in owed:
            states[code].append(state)
        happened, of_case = self.happened.get((case, person), ()), self.happened.get((case, None), ())
        # The database gives them in no order: of two that are found the same the reasons would change places.
        in_order = sorted(owed, key=lambda obligation: (obligation[0], str(obligation[1]), obligation[2]))
        steps = [(code, due) for code, due, _ in in_order if code in failings.SAFETY]
        return facts.VictimFacts(
            steps=tuple(facts.Step(code, due, self.answers.get((case, person, code), ())) for code, due in steps),
            suspected=True if SUSPECTED in states else False if facts.CLOSED in states[NO_OFFENCE] else None,
            records=tuple(sorted(states[RECORD])),
            waits=any(facts.OPEN in states[code] for code in WAITS),
            outcomes=tuple(row.outcome for row in happened if row.what == _OUTCOME),
            british=self.people[person].british if person in self.people else None,
            disclosed=tuple(row.at for row in happened if row.what == _DISCLOSED and row.at is not None),
            none_disclosed_at=max((row.at for row in of_case if row.what == _NONE_DISCLOSED and row.at), default=None),
            offences=tuple(row.offence for row in happened if row.what == _OFFENCE),
            found_first=any(row.what in (_RECEIVED, _EARLIER) for row in happened),
            found_first_at=min((row.at for row in happened if row.what == _RECEIVED and row.at), default=None),
            look_back=self.look_backs.get(person, ""),
        )


def _owed(cases: QuerySet[Any, Any], at: datetime, is_past: bool) -> Iterable[tuple[Any, ...]]:
    """What was owed in these cases at `at`: case, person, code, moment, when due, and whether it was open or closed."""
    of_people = Q(code__in=OWED, moment="", person__isnull=False)
    rows = Obligation.objects.filter(of_people | Q(code__in=(*INVESTIGATED, failings.REVIEW)), case__in=cases, opened_at__lte=at)
    rows = rows.annotate(then=_state_at(at) if is_past else F("state")).filter(then__in=[facts.OPEN, facts.CLOSED])
    return rows.values_list("case_id", "person_id", "code", "moment", "due_at", "then")


def _state_at(at: datetime) -> If:
    """How a thing owed stood at `at`. What was closed by then, and not opened again since, stands as it is stored; of the rest
    its last turn by then says it."""
    turns = ObligationEvent.objects.filter(obligation=OuterRef("id"), kind__in=TURNS, recorded_at__lte=at)
    state_after = If(When(kind__in=TURNS[:2], then=Value(facts.OPEN)), default=F("kind"), output_field=models.CharField())
    last = turns.order_by("-recorded_at", "-id").annotate(said=state_after).values("said")[:1]
    return If(When(closed_at__lte=at, then=F("state")), default=Subquery(last), output_field=models.CharField())


@dataclass(frozen=True, slots=True)
class _Person:
    """Whether somebody was recorded as British, and whether they can be looked for in earlier records."""

    british: bool | None
    is_sought: bool


def _people(cases: QuerySet[Any, Any], at: datetime, is_past: bool) -> dict[UUID, _Person]:
    """Each person of these cases by id: what their row said of being British before its first change after `at` is what it said
    then. What they are called is what it says now."""
    rows = Person.objects.filter(case__in=cases, recorded_at__lte=at)
    if is_past:
        later = PersonVersion.objects.filter(person=OuterRef("id"), changed_at__gt=at).order_by("changed_at", "version")
        rows = rows.annotate(then=Subquery(later.values("said")[:1]))
    else:
        rows = rows.annotate(then=Value(None, output_field=models.JSONField()))
    return {
        person: _Person(now if then is None else then.get("british"), can_be_looked_for(name, birth_date))
        for person, name, birth_date, now, then in rows.values_list("id", "name", "birth_date", "british", "then")
    }


Answers = dict[tuple[UUID, UUID | None, str], tuple[facts.Answer, ...]]


def _answers(cases: QuerySet[Any, Any], at: datetime, codes: Collection[str]) -> tuple[Answers, dict[UUID, str]]:
    """The answers to what is owed of these codes by case, person and code, and what the last look through earlier records said
    of each person. A whole minute is a time that somebody gave (`casework/safety/actions.py`)."""
    rows = ObligationAnswer.objects.filter(case__in=cases, code__in=codes, moment="", recorded_at__lte=at)
    looks = If(When(code=VICTIM, then=F("details")), output_field=SealedTextField())
    answers: dict[tuple[UUID, UUID | None, str], list[list[Any]]] = defaultdict(list)
    look_backs: dict[UUID, str] = {}
    own: dict[tuple[Any, ...], list[Any]] = {}
    for case, person, code, by, kind, happened, recorded, details in rows.order_by("recorded_at", "id").values_list(
        "case_id", "person_id", "code", "by_id", "kind", "happened_at", "recorded_at", looks
    ):
        if code == VICTIM:
            look_backs[person] = value_in(details, "result") if kind == "done" else ""
            continue
        before = own.get((case, person, code, by))
        if before is not None:
            before[-1] = recorded
        row = [kind, happened, not happened.second and not happened.microsecond, None]
        own[case, person, code, by] = row
        answers[case, person, code].append(row)
    return {key: tuple(facts.Answer(*row) for row in answer_rows) for key, answer_rows in answers.items()}, look_backs


_OUTCOME, _GIVEN, _RECEIVED, _EARLIER, _OFFENCE = "outcome", "given", "received", "earlier", "offence"
_DISCLOSED, _NONE_DISCLOSED, _CRIME = "disclosed", "none_disclosed", "crime"
_NO_TIME = datetime.min.replace(tzinfo=UTC)  # an outcome always has one
_NOBODY, _NEVER = Cast(Value(None), models.UUIDField()), Cast(Value(None), models.DateTimeField())


def _text(words: str = "") -> Value:
    return Value(words, output_field=models.CharField())


_WORDLESS = (_text(),) * 4


@dataclass(frozen=True, slots=True)
class _Happened:
    """A row of one of several tables; what its words say depends on which."""

    what: str
    at: datetime | None
    words: tuple[str, str, str, str]

    @property
    def outcome(self) -> facts.Outcome:
        kind, without, conclusion, _ = self.words
        return facts.Outcome(kind, self.at or _NO_TIME, without == "yes", conclusion == LIKELY)

    @property
    def offence(self) -> facts.Offence:
        return facts.Offence(*self.words)


def _earlier(cases: QuerySet[Any, Any]) -> Any:
    """Referrals that another body made before, about the same events, on a day or in a month or year before they were met."""
    ours = Tenant.objects.filter(slug=OuterRef("tenant"), name__iexact=OuterRef("by"))
    nobody = Q(by="") | Q(on_date="") | Exists(ours)
    rows = EarlierReferral.objects.filter(person__case__in=cases, same_events=True).exclude(nobody)
    met = Func(F("person__case__encountered_at"), template="to_char(%(expressions)s at time zone 'Europe/London', 'YYYY-MM-DD')")
    before = rows.annotate(met=Left(Cast(met, models.CharField()), Length("on_date"))).filter(on_date__lt=F("met"))
    return before.values_list(_text(_EARLIER), "person__case_id", "person_id", _NEVER, *_WORDLESS)


def _happened(cases: QuerySet[Any, Any], at: datetime) -> Mapping[tuple[UUID, UUID | None], list[_Happened]]:
    """Outcomes, owners, crimes, referrals received of people whom we met later, what people are suspected of, and what told
    immigration of them before it was approved: by case and person, the case alone for owners."""
    without = If(When(happened_without=True, then=_text("yes")), default=_text(), output_field=models.CharField())
    outcomes = OutcomeRecorded.objects.filter(offence__person__case__in=cases, recorded_at__lte=at).values_list(
        _text(_OUTCOME), "offence__person__case_id", "offence__person_id", "at", "kind", without,
        Cast(F("record__conclusion"), models.CharField()), _text(),
    )  # fmt: skip
    given = Allocation.objects.filter(case__in=cases, recorded_at__lte=at).values_list(
        _text(_GIVEN), "case_id", _NOBODY, "at", "kind", _text(), _text(), _text()
    )
    crimes = Crime.objects.filter(person__case__in=cases, recorded_at__lte=at).values_list(
        _text(_CRIME), "person__case_id", "person_id", "at", "kind", _text(), _text(), _text()
    )
    received = Referral.objects.filter(person__case__in=cases, direction="received_for_investigation", recorded_at__lte=at)
    received = received.filter(sent_at__lt=F("person__case__encountered_at"))
    offences = AllegedOffence.objects.filter(person__case__in=cases).values_list(
        _text(_OFFENCE), "person__case_id", "person_id", _NEVER, "act", "section", "title", "stage"
    )
    without_approval = Q(happened_without=True, asked_at__lte=at, told_at__lte=at)
    disclosed = ImmigrationDisclosure.objects.filter(without_approval, person__case__in=cases)
    nothing = NothingDisclosed.objects.filter(case__in=cases, recorded_at__lte=at)
    rows_by_person: dict[tuple[UUID, UUID | None], list[_Happened]] = defaultdict(list)
    wordless = (
        received.values_list(_text(_RECEIVED), "person__case_id", "person_id", "sent_at", *_WORDLESS),
        disclosed.values_list(_text(_DISCLOSED), "person__case_id", "person_id", "told_at", *_WORDLESS),
        nothing.values_list(_text(_NONE_DISCLOSED), "case_id", _NOBODY, "looked_at", *_WORDLESS),
    )
    rows_of_all = outcomes.union(given, crimes, _earlier(cases), offences, *wordless, all=True)
    for what, case, person, when, *words in rows_of_all:
        first_word, two, three, four = (word or "" for word in words)
        rows_by_person[case, person].append(_Happened(what, when, (first_word, two, three, four)))
    for rows in rows_by_person.values():
        rows.sort(key=lambda row: (row.what, row.at.isoformat() if row.at else "", row.words))
    return rows_by_person
