"""Builds what the rules see from the rows of many cases at once, in a constant number of queries; talks, and what they prove."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, Literal, TypeVar, cast
from uuid import UUID

from django.db.models import F, Model, QuerySet, Value
from django.db.models.functions import JSONObject

from lodestar.casework.cases.models import AllegedOffence, Case, ConsentAnswer, EarlierReferral, Exploitation, Person
from lodestar.casework.cases.rules import Talk, ladder
from lodestar.platform.obligations import facts
from lodestar.platform.obligations.ages import AgeReading, treat_as
from lodestar.platform.obligations.encounter_reading import HELD, IN_CUSTODY
from lodestar.platform.obligations.happened_without import ADDRESS_TOLD
from lodestar.platform.obligations.obligation_status import Evidence
from lodestar.platform.settings.queries import settings_in_force
from lodestar.platform.time.fuzzy import PartialDate, Span, partial_date

Fact = TypeVar("Fact")
Hanging = ConsentAnswer | Exploitation | AllegedOffence | EarlierReferral
HANGING: dict[str, type[Hanging]] = {row.__name__: row for row in (ConsentAnswer, Exploitation, AllegedOffence, EarlierReferral)}

# What an app adds to the facts: events of a case (under None) and of its people, by their ids.
Events = Mapping[UUID | None, Sequence[facts.Event]]


def _when(text: str) -> PartialDate | None:
    return partial_date(text) if text else None


def _span(offence: AllegedOffence) -> Span | None:
    if not offence.on_from and not offence.on_to:
        return None
    single = offence.on_from == offence.on_to
    return Span(_when(offence.on_from), _when(offence.on_to), single)


@cache
def _shared(kind: Any, model: type[Model]) -> tuple[str, ...]:
    """The columns of a table that this kind of fact has under the same names."""
    columns = {field.attname for field in model._meta.local_fields}
    return tuple(name for name in kind.__dataclass_fields__ if name in columns)


def _fact(kind: Callable[..., Fact], row: Model, **others: Any) -> Fact:
    """A row as a fact, with `others` for what is no column: blank text is not known."""
    values = {name: getattr(row, name) for name in _shared(kind, type(row))} | others
    return kind(
        **{name: tuple(value) if isinstance(value, list) else None if value == "" else value for name, value in values.items()}
    )


def _act(row: AllegedOffence) -> facts.SuspectedAct:
    return _fact(facts.SuspectedAct, row, on=_span(row), key=str(row.id))


_CAPACITY: dict[str, bool | Literal["in_doubt"] | None] = {"": None, "true": True, "false": False, "in_doubt": "in_doubt"}


def _consent(row: ConsentAnswer | None, may_be_named: bool | None) -> facts.Consent:
    """The answer about referral as it stands, with what stands of being named."""
    if row is None:
        return facts.Consent(may_be_named=may_be_named)
    return _fact(facts.Consent, row, capacity=_CAPACITY[row.capacity], may_be_named=may_be_named)


def _hanging(cases: Sequence[UUID]) -> QuerySet[Any, Any]:
    """The rows that hang on people, of four tables in one query: which table, a row's columns by their names, and its case. That
    keeps every value as it was but ids and times, since the days in them are words."""
    first, *others = [
        model.objects.filter(person__case__in=cases).values_list(Value(name), JSONObject(**_columns(model)), "person__case_id")
        for name, model in HANGING.items()
    ]
    return first.union(*others, all=True)


def _columns(model: type[Model]) -> dict[str, F]:
    return {field.attname: F(field.attname) for field in model._meta.local_fields if field.name != "tenant"}


def _rows_hanging(cases: Sequence[UUID]) -> Iterator[Hanging]:
    """What hangs on the people of these cases, in the order in which it was written down; each carries its case as `of_case`."""
    for name, columns, case in sorted(_hanging(cases), key=lambda row: row[1]["id"]):
        ids = {column: UUID(columns[column]) for column in ("id", "person_id", "recorded_by_id") if column in columns}
        times = {column: datetime.fromisoformat(columns[column]) for column in ("asked_at", "recorded_at") if column in columns}
        row = HANGING[name](**columns | ids | times)
        row.of_case = case  # type: ignore[union-attr]  # read with the row
        yield row


class Parts:
    """The child rows of many people, by person; `talks` are theirs, all of them and in the order in which they were asked."""

    def __init__(self, rows: Iterable[Hanging] = ()) -> None:
        talks: list[ConsentAnswer] = []
        self.consent: dict[UUID, facts.Consent] = {}
        self.asked: dict[UUID, list[facts.Event]] = {}
        self.exploitation: dict[UUID, list[facts.Exploitation]] = defaultdict(list)
        self.acts: dict[UUID, list[facts.SuspectedAct]] = defaultdict(list)
        self.earlier: dict[UUID, facts.EarlierReferral] = {}
        for row in rows:
            match row:
                case ConsentAnswer():
                    talks.append(row)
                case Exploitation():
                    exploitation = _fact(facts.Exploitation, row, start=_when(row.from_date), end=_when(row.to_date))
                    self.exploitation[row.person_id].append(exploitation)
                case AllegedOffence():
                    self.acts[row.person_id].append(_act(row))
                case EarlierReferral():
                    days = {"on": row.on_date, "decided_on": row.decided_on, "notice_on": row.notice_on}
                    days_read = {name: _when(day) for name, day in days.items()}
                    self.earlier[row.person_id] = _fact(facts.EarlierReferral, row, **days_read)
        self.talks = sorted(talks, key=lambda talk: (talk.asked_at, talk.recorded_at, talk.id))
        asked: dict[UUID, list[ConsentAnswer]] = defaultdict(list)
        for answer in self.talks:
            asked[answer.person_id].append(answer)
        for person, person_talks in asked.items():
            self._of_talks(person, person_talks)

    def _of_talks(self, person: UUID, talks: Sequence[ConsentAnswer]) -> None:
        """What stands of the talks with one person, and the events that rules count from."""
        status = ladder(as_talk(row) for row in talks)
        counts = next((row for row in reversed(talks) if not row.leaves_referral), None)
        self.consent[person] = _consent(counts, status.named)
        self.asked[person] = [
            (name, when)
            for name, when in (
                ("consent_asked", counts.asked_at if counts else None),
                ("refusal", status.refused_at),
                (f"contact_{status.contact}", None if status.is_offered_again else status.contact_at),
            )
            if when is not None
        ]


def _person(row: Person, parts: Parts, events: Sequence[facts.Event]) -> facts.PersonFacts:
    lost: bool | datetime | None = row.contact_lost_at if row.contact_lost and row.contact_lost_at else row.contact_lost
    own: list[facts.Event] = list(events)
    own += parts.asked.get(row.id, ())
    own += [(ADDRESS_TOLD, at) for at in row.address_told or ()]
    own += [(name, at) for name, at in _custody(row) if at is not None]
    return _fact(
        facts.PersonFacts, row, id=str(row.id), contact_lost=lost, exploitation=tuple(parts.exploitation.get(row.id, ())),
        birth=facts.Birth(_when(row.birth_date), row.age_min, row.age_max, row.age_basis or None),
        consent=parts.consent.get(row.id, facts.Consent()), earlier_referral=parts.earlier.get(row.id),
        suspected_of=tuple(parts.acts.get(row.id, ())), events=tuple(sorted(own, key=_order)),
    )  # fmt: skip


def _custody(row: Person) -> tuple[tuple[str, datetime | None], ...]:
    """When they were arrested, arrived in custody (its clock starts too soon rather than too late) and were released."""
    return (HELD, row.held_from), (IN_CUSTODY, row.in_custody_from), ("release", row.released_at)


def _order(event: facts.Event) -> tuple[str, str]:
    name, when = event
    return (name, when.isoformat())


def case_facts(case: Case, events: Sequence[facts.Event]) -> facts.CaseFacts:
    """What is known of the case as a whole."""
    return _fact(facts.CaseFacts, case, events=tuple(sorted(events, key=_order)))


OfCase = dict[UUID | None, list[facts.Event]]


def _merged(provided: Iterable[Mapping[UUID, Events]], cases: Sequence[UUID]) -> dict[UUID, OfCase]:
    merged: dict[UUID, OfCase] = {case: defaultdict(list) for case in cases}
    for by_case in provided:
        for case, events in by_case.items():
            for whose, person_events in events.items():
                merged[case][whose].extend(person_events)
    return merged


def parts_of(cases: Sequence[UUID]) -> Parts:
    """What hangs on the people of these cases, read once: talks, exploitation, offences, earlier referrals."""
    return Parts(_rows_hanging(cases))


def encounters(
    cases: Sequence[Case],
    provided: Iterable[Mapping[UUID, Events]] = (),
    persons: Iterable[Person] | None = None,
    parts: Parts | None = None,
) -> dict[UUID, facts.Encounter]:
    """What the rules see of each case, with the events that apps provided. `persons` are all people of these cases
    in their order, and `parts` all that hangs on them, from a caller who has them already."""
    ids = [case.id for case in cases]
    people: dict[UUID, list[Person]] = defaultdict(list)
    if persons is None:
        persons = Person.objects.filter(case__in=ids).order_by("case_id", "number")
    for row in persons:
        people[row.case_id].append(row)
    parts, events = parts or parts_of(ids), _merged(provided, ids)
    return {
        case.id: facts.Encounter(
            encountered_at=case.encountered_at,
            reference=case.reference,
            force=cast(Any, case.tenant),
            nation=case.nation,
            people=tuple(_person(row, parts, events[case.id].get(row.id, ())) for row in people[case.id]),
            case=case_facts(case, events[case.id].get(None, ())),
        )
        for case in cases
    }


def suspect(person: Person, acts: Sequence[AllegedOffence]) -> facts.Encounter:
    """A person alone with what they are suspected of: enough for what the rules say of an act, and nothing is read."""
    parts = Parts()
    parts.acts[person.id] = [_act(row) for row in acts]
    case = person.case
    return facts.Encounter(
        encountered_at=case.encountered_at,
        reference=case.reference,
        force=cast(Any, case.tenant),
        nation=case.nation,
        people=(_person(person, parts, ()),),
    )


OF_AGES = ("birth_date", "age_min", "age_max", "age_basis")
AgeColumns = tuple[UUID, datetime, str, int | None, int | None, str]


def ages_of(people: Iterable[AgeColumns]) -> dict[UUID, AgeReading]:
    """Whether each of these people is treated as a child, and why (Modern Slavery Act 2015 s51), by their id, when they were met,
    and what OF_AGES names. Where no age is recorded, what they are suspected of tells it, read for all in one query."""
    people, settings = list(people), settings_in_force()
    unknown = [person for person, _, born, low, high, _ in people if not born and low is None and high is None]
    acts: dict[UUID, list[facts.SuspectedAct]] = defaultdict(list)
    for act in AllegedOffence.objects.filter(person__in=unknown) if unknown else ():
        acts[act.person_id].append(_act(act))
    ages = {}
    for person, met, born, low, high, basis in people:
        birth = facts.Birth(_when(born), low, high, basis or None)
        seen = facts.PersonFacts(str(person), birth=birth, suspected_of=tuple(acts[person]))
        ages[person] = treat_as(facts.Encounter(met), seen, settings)
    return ages


def age_of(person: Person) -> AgeReading:
    """The same for one person."""
    row = (person.id, person.case.encountered_at, person.birth_date, person.age_min, person.age_max, person.age_basis)
    return ages_of([row])[person.id]


FOUR_THINGS = frozenset({"home_office_decides", "police_are_told", "need_not_talk", "if_no_note_goes"})
UNDERSTOOD_BY_ITSELF = frozenset({"independent", "not_needed"})


def answer_at(person: UUID, talks: Iterable[ConsentAnswer], at: datetime) -> ConsentAnswer | None:
    """The talk with this person that counts at `at`: of `talks`, in their order, the latest asked by then. None where none
    was."""
    own = [talk for talk in talks if talk.person_id == person and talk.asked_at <= at and not talk.leaves_referral]
    return own[-1] if own else None


def as_talk(row: ConsentAnswer) -> Talk:
    """A talk as the rules read it."""
    return Talk(
        row.asked_at, row.nrm, row.leaves_referral, row.spoke_alone, row.interpreter, row.wants_support, row.police_may_contact,
        row.may_be_named, row.contact_again,
    )  # fmt: skip


def talk_evidence(talks: Iterable[ConsentAnswer]) -> Mapping[UUID, Sequence[Evidence]]:
    """What a talk proves: that they were seen alone and understood (statutory guidance 2020, 5.4), and that the four
    things were said before the answer (5.29-5.31, 5.36)."""
    by_case: dict[UUID, list[Evidence]] = defaultdict(list)
    for talk in talks:
        proved = []
        if talk.spoke_alone is True and talk.interpreter in UNDERSTOOD_BY_ITSELF:
            proved.append("see_alone_with_independent_interpreter")
        if set(talk.said) >= FOUR_THINGS:
            proved.append("explain_who_will_know")
        who, by, row = str(talk.person_id), str(talk.recorded_by_id), str(talk.id)
        case: UUID = talk.of_case  # type: ignore[attr-defined]  # read with the talk
        by_case[case] += [Evidence(who, code, "", "", "done", talk.asked_at, "", by, row) for code in proved]
    return by_case
