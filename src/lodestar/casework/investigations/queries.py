"""Named reads of investigations: what is recorded, who could be given a case, and what the ledger is told."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import (
    CharField,
    DateTimeField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat

from lodestar.casework.cases.access import visible
from lodestar.casework.cases.models import Case
from lodestar.casework.investigations.models import Allocation, Crime, Review
from lodestar.casework.investigations.rules.duties import asked_anew
from lodestar.casework.investigations.rules.policies import directed, is_pip2, of_review
from lodestar.casework.ledger.models import Obligation, ObligationAnswer
from lodestar.casework.ledger.queries.compiled import compiled
from lodestar.casework.ledger.queries.worklists import Tried
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.models import Accreditation, Membership
from lodestar.platform.accounts.permissions import Permission, permissions_of
from lodestar.platform.accounts.queries import in_force
from lodestar.platform.obligations.obligation_status import CLOSING, Evidence
from lodestar.platform.text.sorting import sort_key


@dataclass(frozen=True)
class Detective:
    """A colleague as the list shows them: `cases` are those they own in which something is open."""

    user: UUID
    name: str
    unit: str
    skills: frozenset[str]
    is_pip2: bool
    cases: int


DETECTIVE_SKILLS = ("pip1", "pip2", "pip3", "pip4", "trainee_detective")  # a course or a language makes nobody a detective


def _at_work(day: date) -> QuerySet[Membership]:
    return in_force(day).filter(user__is_active=True).select_related("user", "unit").order_by("from_date", "id")


def _accreditations_on(day: date) -> QuerySet[Accreditation]:
    return Accreditation.objects.filter(from_date__lte=day).exclude(to_date__lt=day)


def skills_of(user: UUID, day: date) -> frozenset[str]:
    """The skills that a person held on a day."""
    return frozenset(_accreditations_on(day).filter(user_id=user).values_list("code", flat=True))


def detectives(day: date, find: str = "") -> list[Detective]:
    """Those with a detective's skill on the day, or an investigator's role, who may open a case; by name. `find` keeps those
    whose name or unit holds the words."""
    skills: dict[UUID, set[str]] = defaultdict(set)
    for user, code in _accreditations_on(day).filter(code__in=DETECTIVE_SKILLS).values_list("user_id", "code"):
        skills[user].add(code)
    members: dict[UUID, Membership] = {}
    for row in _at_work(day).filter(Q(user__in=list(skills)) | Q(roles__contains=["investigator"])):
        if Permission.CASE_VIEW in permissions_of(row.roles):
            members[row.user_id] = row
    cases = _open_cases(members)
    wanted = find.casefold().split()
    matches = [
        Detective(
            user=user,
            name=row.user.name,
            unit=row.unit.name,
            skills=frozenset(skills[user]),
            is_pip2=is_pip2(skills[user], day),
            cases=cases[user],
        )
        for user, row in members.items()
        if all(word in f"{row.user.name} {row.unit.name}".casefold() for word in wanted)
    ]
    return sorted(matches, key=lambda detective: (sort_key(detective.name), detective.user))


def _open_cases(users: Collection[UUID]) -> Counter[UUID]:
    """How many cases each owns in which something is open. Sealed ones are not counted: a count would tell of them."""
    is_open = Exists(Obligation.objects.filter(case=OuterRef("id"), state="open"))
    owned: Iterable[UUID] = Case.objects.filter(is_open, owner__in=users, sealed=False).values_list("owner_id", flat=True)
    return Counter(owned)


def colleague(user: UUID, day: date) -> Membership | None:
    """The colleague of this id, when they are at work on the day."""
    return _at_work(day).filter(user_id=user).first()


def colleague_named(words: str, day: date) -> list[Membership]:
    """The colleagues at work on the day whose user name or name is what was typed, in any case; each once."""
    typed = " ".join(words.split()).casefold()
    rows = _at_work(day).filter(user__username=typed) or _at_work(day).filter(user__name__iexact=typed)
    return list({row.user_id: row for row in rows}.values())


DIRECTIONS = "answer_directions"
WITH_A_NUMBER = ("record_crime", "record_incident_overseas")


def crimes_of(people: Sequence[UUID]) -> list[Crime]:
    """Crimes and reasons for these people, the earliest written first."""
    return list(Crime.objects.select_related("by").filter(person__in=people).order_by("recorded_at", "id"))


def numbers_of(person: UUID) -> list[str]:
    """The crime numbers recorded for a person, the earliest written first."""
    rows = Crime.objects.filter(person=person, kind="recorded").order_by("recorded_at", "id")
    return list(rows.values_list("number", flat=True))


def crime_numbers_in(case: UUID) -> QuerySet[Crime, Any]:
    """Every crime number recorded for the people of a case, and whose it is."""
    return Crime.objects.filter(person__case=case, kind="recorded").values_list("person", "number")


def why_no_number(rows: Iterable[Obligation]) -> dict[UUID, Tried]:
    """For each of these rows that a crime number answers and that was passed up on its page, the latest reason, in one
    query."""
    stuck = {row.person_id: row.id for row in rows if row.not_possible and row.code in WITH_A_NUMBER}
    if not stuck:
        return {}
    return {stuck[person]: tried for person, tried in _latest_reasons([*filter(None, stuck)], ["not_possible"]).items()}


def why_no_crime(people: Sequence[UUID]) -> dict[UUID, Tried]:
    """The latest reason for each of these people why they have no crime number, or none yet; of whoever has one, what was
    said before."""
    return _latest_reasons(people, ["not_needed", "not_possible"])


def _latest_reasons(people: Sequence[UUID], kinds: Sequence[str]) -> dict[UUID, Tried]:
    rows = Crime.objects.select_related("by").filter(person__in=people, kind__in=kinds).order_by("recorded_at", "id")
    return {row.person_id: Tried(row.by_id, row.by.name, row.at, row.why_not) for row in rows}


def allocations_of(case: Case) -> list[Allocation]:
    """Who was given the case, the latest first."""
    rows = Allocation.objects.select_related("owner", "by", "authorised_by", "supervised_by").filter(case=case)
    return list(rows.order_by("-at", "-number"))


def allocation_owed(case: Case) -> list[Obligation]:
    """What is open of the PIP2 owner, also what opens only when an authority ends."""
    return list(Obligation.objects.filter(case=case, code="allocate_pip2_owner", state="open"))


def review_owed(case: Case) -> list[Obligation]:
    """The reviews that are owed and not answered, the soonest due first, also those that open later."""
    rows = Obligation.objects.filter(case=case, code="supervise_investigation", state="open")
    return list(rows.order_by(F("due_at").asc(nulls_last=True), "moment"))


def reviews_of(case: Case) -> list[Review]:
    """The reviews of the case, the latest first."""
    return list(Review.objects.select_related("by", "to").filter(case=case).order_by("-at", "-number"))


def authority_of(case: Case) -> Allocation | None:
    """The detective inspector's authority under which the case is held, or was held until it ended; None where whoever
    has it needs none."""
    latest = Allocation.objects.select_related("owner", "authorised_by").filter(case=case).order_by("-at", "-number").first()
    return latest if latest is not None and latest.expires_at else None


def authorities_seen(member: Member, now: datetime, most: int) -> list[Allocation]:
    """The authorities that run now in the cases that the member sees, the first to end first."""
    later = Allocation.objects.filter(case=OuterRef("case")).filter(
        Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), number__gt=OuterRef("number"))
    )
    rows = Allocation.objects.select_related("case", "owner", "authorised_by").filter(
        visible(member, "case__"), ~Exists(later), kind="authority", expires_at__gt=now
    )
    return list(rows.order_by("expires_at", "id")[:most])


@dataclass(frozen=True)
class Given:
    """The directions of one review, and how their latest answer was meant; empty while there is none."""

    review: Review
    answer: str


def answers_to_directions(cases: Collection[UUID]) -> dict[tuple[UUID, str], ObligationAnswer]:
    """The latest answer to each review's directions in these cases, by the case and the moment that names the review."""
    rows = ObligationAnswer.objects.select_related("by").filter(case__in=cases, code=DIRECTIONS).order_by("recorded_at", "id")
    return {(row.case_id, row.moment): row for row in rows}


def directions_by(member: Member, most: int) -> list[Given]:
    """The latest directions that the member gave, in cases that they see, each with its answer."""
    moment = Concat(Value(of_review("")), Cast(OuterRef("number"), CharField()))
    answers = ObligationAnswer.objects.filter(case=OuterRef("case"), code=DIRECTIONS, moment=moment)
    kind = Subquery(answers.order_by("-recorded_at", "-id").values("kind")[:1])
    rows = Review.objects.select_related("case", "to").annotate(answer=kind)
    rows = rows.filter(visible(member, "case__"), by=member.user).order_by("-at", "-id")
    return [Given(row, getattr(row, "answer", None) or "") for row in rows[:most]]


def directions_of(owed: Obligation) -> Review | None:
    """The review whose directions this asks to be answered; None for anything else that is owed."""
    if owed.code != DIRECTIONS:
        return None
    rows = Review.objects.select_related("by").filter(case=owed.case)
    return next((row for row in rows if of_review(row.number) == owed.moment), None)


def recorded_in(begins: datetime, ends: datetime) -> QuerySet[Crime]:
    """Crimes that the force's crime system took from `begins` up to `ends`."""
    return Crime.objects.filter(person__case__sealed=False, kind="recorded", at__gte=begins, at__lt=ends)


REVIEW, ALLOCATE = "supervise_investigation", "allocate_pip2_owner"
CRIME, INCIDENT, APART = "record_crime", "record_incident_overseas", "record_each_crime_apart"

Events = Mapping[UUID | None, Sequence[tuple[str, datetime]]]

_NOBODY = Cast(Value(None), UUIDField())
_NEVER = Cast(Value(None), DateTimeField())
_NO_NUMBER = Cast(Value(None), IntegerField())
_NO_MOMENT = Value([""], output_field=ArrayField(CharField()))
_EACH_MOMENT = Func(  # a review besides those owed is one row too, with no moment
    models.Case(When(moments=[], then=_NO_MOMENT), default=F("moments")), function="unnest", output_field=CharField()
)


def _words(text: str) -> Value:
    return Value(text, output_field=CharField())


@dataclass(frozen=True)
class _SourceRow:
    """A row of any of the tables: `what` is its kind, `moment` the review owed that it answers."""

    case: UUID
    person: UUID | None
    what: str
    moment: str
    at: datetime
    by: UUID
    row: UUID
    number: int | None
    ends: datetime | None
    written: datetime


def _rows(cases: Sequence[UUID]) -> list[_SourceRow]:
    """The rows of these cases in the order in which they were written."""
    return sorted((_SourceRow(*row) for row in _union(cases)), key=lambda row: (row.written, row.row))


@compiled
def _union(cases: Sequence[UUID]) -> Any:
    """Three tables and the answers to reviews, in one query."""
    crimes = Crime.objects.filter(person__case__in=cases).values_list(
        "person__case_id", "person_id", "kind", _words(""), "at", "by_id", "id", _NO_NUMBER, _NEVER, "recorded_at"
    )
    allocations = Allocation.objects.filter(case__in=cases).values_list(
        "case_id", _NOBODY, "kind", _words(""), "at", "by_id", "id", "number", "expires_at", "recorded_at"
    )
    reviews = Review.objects.filter(case__in=cases).values_list(
        "case_id", _NOBODY, _words("review"), _EACH_MOMENT, "at", "by_id", "id", "number", _NEVER, "recorded_at"
    )
    answers = ObligationAnswer.objects.filter(case__in=cases, code=REVIEW).values_list(
        "case_id", _NOBODY, "kind", "moment", "happened_at", "by_id", "id", _NO_NUMBER, _NEVER, "recorded_at"
    )
    return crimes.union(allocations, reviews, answers, all=True)


def events_and_evidence(cases: Sequence[UUID]) -> tuple[Mapping[UUID, Events], Mapping[UUID, Sequence[Evidence]]]:
    """Events and evidence of these cases."""
    rows = _rows(cases)
    return _events(rows), _evidence(rows)


def _events(rows: Sequence[_SourceRow]) -> Mapping[UUID, Events]:
    """Crimes recorded, ends of authorities, allocations below PIP2, one event for each review owed that is answered, and one
    for each review that gave directions."""
    events_by_case: dict[UUID, dict[UUID | None, list[tuple[str, datetime]]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.person and row.what == "recorded":
            events_by_case[row.case][row.person].append(("crime_recorded", row.at))
        elif row.ends:
            events_by_case[row.case][None].append(("allocation_authority_ends", row.ends))
        elif row.what == "happened_without":
            events_by_case[row.case][None].append(("allocated_below_pip2", row.at))
    for row in {row.row: row for row in rows if row.what == "review"}.values():
        events_by_case[row.case][None].append((directed(row.number or 0), row.at))
    for case, reviewed in _reviews_answered(rows).items():
        events_by_case[case][None] += [("investigation_reviewed", at) for at in reviewed.values()]
    return events_by_case


def _reviews_answered(rows: Sequence[_SourceRow]) -> Mapping[UUID, Mapping[str, datetime]]:
    """When each review owed was answered: by a review, or on the worklist, where one's own later answer takes the earlier
    one's place."""
    answered: dict[UUID, dict[str, datetime]] = defaultdict(dict)
    latest: dict[tuple[UUID, str, UUID], _SourceRow] = {}
    for row in rows:
        if row.what == "review" and row.moment:
            answered[row.case].setdefault(row.moment, row.at)
        elif row.person is None and row.moment:
            latest[row.case, row.moment, row.by] = row
    for row in latest.values():
        if row.what in CLOSING:
            answered[row.case].setdefault(row.moment, row.at)
    return answered


def _evidence(rows: Sequence[_SourceRow]) -> Mapping[UUID, Sequence[Evidence]]:
    """Crime numbers or why there are none, a second number of one person; owners with the skill or the authority; reviews
    with directions."""
    evidence_by_case: dict[UUID, list[Evidence]] = defaultdict(list)
    numbers: Counter[UUID] = Counter()
    allocations: dict[UUID, list[_SourceRow]] = defaultdict(list)
    for row in rows:
        if row.person:
            kind = "done" if row.what == "recorded" else row.what
            evidence_by_case[row.case] += [_answer(row, code, "", kind) for code in (CRIME, INCIDENT)]
            numbers[row.person] += row.what == "recorded"
            if numbers[row.person] > 1:
                evidence_by_case[row.case].append(_answer(row, APART, ""))
        elif row.what == "review":
            evidence_by_case[row.case] += [_answer(row, REVIEW, row.moment)] if row.moment else []
        elif row.number:
            allocations[row.case].append(row)
    for case, given in allocations.items():
        evidence_by_case[case] += _owners(sorted(given, key=lambda row: (row.at, row.number or 0)))
    return evidence_by_case


def _answer(row: _SourceRow, code: str, moment: str, kind: Any = "done") -> Evidence:
    person = str(row.person) if row.person else None
    return Evidence(person, code, "", moment, kind, row.at, by=str(row.by), reference=str(row.row))


def _owners(given: Sequence[_SourceRow]) -> Iterator[Evidence]:
    """What each allocation answers, of one case's in order of time: the first good one what is owed from the start, and the
    next good one after an authority, or after one below PIP2, what that had asked for anew."""
    wanted: list[str] = [""]
    for row in given:
        if row.what != "happened_without":
            yield from (_answer(row, ALLOCATE, moment) for moment in wanted)
            wanted = []
        if row.ends:
            wanted.append(asked_anew("allocation_authority_ends", row.ends))
        elif row.what == "happened_without":
            wanted.append(asked_anew("allocated_below_pip2", row.at))
