"""The frame of a deep dive: the cases of a quarter with their strata."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from lodestar.casework.cases.models import Case, CaseMember, Exploitation, Person
from lodestar.casework.closures.models import CaseStatus, CrimeOutcome
from lodestar.casework.closures.rules import NO_FURTHER_ACTION, codes_on
from lodestar.casework.ledger.queries.facts import OF_AGES, ages_of
from lodestar.casework.referrals.models import Referral
from lodestar.casework.section45.models import FirstAnswer, FullRecord
from lodestar.oversight.deep_dives.rules.questions import Quarter, stratum_of
from lodestar.platform.time.days import london_date, start_of_day


@dataclass(frozen=True)
class Framed:
    """One case of the frame: what it is drawn by, and for later comparisons its kinds of exploitation."""

    case: UUID
    reference: str
    stratum: str
    kinds: tuple[str, ...]
    is_worked_by: frozenset[UUID]


@dataclass(frozen=True)
class Frame:
    """The cases of a quarter, and how many sealed ones are not among them."""

    cases: tuple[Framed, ...]
    not_drawn: int

    @property
    def rows(self) -> list[tuple[str, str]]:
        """References with their strata, as a sample is drawn from them."""
        return [(row.reference, row.stratum) for row in self.cases]


def _of_quarter(period: Quarter) -> QuerySet[Case]:
    """Cases with a possible victim that were encountered or recorded in the quarter."""
    between = start_of_day(period.first), start_of_day(period.last + timedelta(days=1))
    met = Q(encountered_at__gte=between[0], encountered_at__lt=between[1])
    written = Q(recorded_at__gte=between[0], recorded_at__lt=between[1])
    return Case.objects.filter(met | written, Exists(Person.objects.filter(case=OuterRef("pk"), category="victim")))


def frame_of(period: Quarter, now: datetime) -> Frame:
    """Every unsealed case of the force with a possible victim encountered or recorded in that quarter."""
    cases = list(_of_quarter(period).filter(sealed=False).order_by("reference"))
    of_case = _facts([case.id for case in cases])
    kinds: dict[UUID, dict[str, None]] = defaultdict(dict)
    for case, kind in Exploitation.objects.filter(person__case__in=cases).order_by("type").values_list("person__case", "type"):
        kinds[case][kind] = None
    workers: dict[UUID, set[UUID]] = defaultdict(set)
    for case, user in CaseMember.objects.filter(case__in=cases).values_list("case_id", "user_id"):
        workers[case].add(user)
    day = london_date(now)
    return Frame(
        tuple(
            Framed(
                case.id, case.reference, stratum_of(of_case[case.id], day), tuple(kinds[case.id]),
                frozenset({*workers[case.id], *filter(None, (case.owner_id, case.interim_owner_id, case.opened_by_id))}),
            )
            for case in cases
        ),
        _of_quarter(period).filter(sealed=True).count(),
    )  # fmt: skip


def _facts(cases: list[UUID]) -> dict[UUID, set[str]]:
    """Which strata are true of each case."""
    facts: dict[UUID, set[str]] = defaultdict(set)
    people: dict[UUID, list[Any]] = defaultdict(list)
    met, *columns = "case__encountered_at", "case_id", "in_custody_from"
    rows = Person.objects.filter(case__in=cases, category="victim").values_list("id", met, *OF_AGES, *columns)
    victims = list(rows)
    ages = ages_of([row[: 2 + len(OF_AGES)] for row in victims])
    for person, *_, case, custody in victims:
        people[case].append(person)
        if ages[person].is_child:
            facts[case].add("child")
        elif custody:
            facts[case].add("custody")
    for case, those in people.items():
        if len(those) > 1:
            facts[case].add("several")
    raised = FirstAnswer.objects.filter(person__case__in=cases, answer__in=["yes", "cannot_rule_out"]).values_list("person__case")
    recorded = FullRecord.objects.filter(offence__person__case__in=cases).values_list("offence__person__case")
    for (case,) in (*raised, *recorded):
        facts[case].add("section45")
    routes: dict[UUID, set[str]] = defaultdict(set)
    for case, route in Referral.objects.filter(person__case__in=cases).values_list("person__case", "route"):
        routes[case].add(route)
    for case, sent in routes.items():
        if sent == {"dtn"}:
            facts[case].add("dtn_only")
    for case in _closed_without_action(cases):
        facts[case].add("closed_nfa")
    return facts


def _closed_without_action(cases: list[UUID]) -> set[UUID]:
    """Those that are closed now, and whose outcomes all stand for no further action."""
    latest = CaseStatus.objects.filter(case=OuterRef("case")).order_by("-recorded_at", "-id").values("id")[:1]
    closed = CaseStatus.objects.filter(case__in=cases, id=Subquery(latest), status="closed").values("case")
    of_crime: dict[tuple[UUID, UUID | None], str] = {}
    for case, crime, code, on in (
        CrimeOutcome.objects.filter(case__in=closed)
        .order_by("recorded_at", "id")
        .values_list("case_id", "crime_id", "code", F("on"))
    ):
        of_crime[case, crime] = codes_on(on).get(code, {}).get("kind", "")
    kinds: dict[UUID, set[str]] = defaultdict(set)
    for (case, _), kind in of_crime.items():
        kinds[case].add(kind)
    return {case for case, those in kinds.items() if those == {NO_FURTHER_ACTION}}
