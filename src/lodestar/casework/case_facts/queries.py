"""What happened, read for a page and for the ledger; events and rows of a person got through the access of cases."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.http import Http404

from lodestar.casework.case_facts.models import CaseEvent
from lodestar.casework.case_facts.rules import (
    AGE_SETTLED,
    CASE,
    FOUND,
    KINDS,
    MISSING,
    SUSPECT,
    TO_BE_RELEASED,
    release_moment,
    update_moments,
)
from lodestar.casework.cases.access import or_404
from lodestar.casework.cases.models import Case, EarlierReferral, Exploitation, Person
from lodestar.casework.safety.rules import missing_mark
from lodestar.platform.obligations.obligation_status import Evidence

NamedEvents = dict[UUID | None, list[tuple[str, datetime]]]
IS_VICTIM = Q(roles__contains=["possible_victim"]) | Q(belief__in=["reasonable_grounds", "signs_only"])


def happened_in(case: Case) -> list[CaseEvent]:
    """What is recorded as having happened in a case, the latest first."""
    rows = CaseEvent.objects.select_related("person", "recorded_by").filter(case=case, taken_back_at__isnull=True)
    return list(rows.order_by("-happened_at", "-id"))


def missing_of(person: Person) -> list[CaseEvent]:
    """When contact with a person was lost and when they were found, the latest first."""
    rows = CaseEvent.objects.select_related("recorded_by").filter(person=person, kind__in=[MISSING, FOUND])
    return list(rows.filter(taken_back_at__isnull=True).order_by("-happened_at", "-id"))


def exploitations_of(person: Person) -> list[Exploitation]:
    """What exploitation of a person is recorded, in the order of writing."""
    return list(Exploitation.objects.filter(person=person).order_by("id"))


def earlier_referral_of(person: Person) -> EarlierReferral | None:
    """The earlier referral of a person, if one is recorded."""
    return EarlierReferral.objects.filter(person=person).first()


def events_and_evidence(cases: Sequence[UUID]) -> tuple[Mapping[UUID, NamedEvents], Mapping[UUID, Sequence[Evidence]]]:
    """The events of these cases by the names that rules know, and what telling a victim or reporting somebody missing
    answers."""
    by_case: dict[UUID, list[CaseEvent]] = defaultdict(list)
    rows_in_order = CaseEvent.objects.filter(case__in=cases, taken_back_at__isnull=True).order_by("happened_at", "id")
    for row in rows_in_order:
        by_case[row.case_id].append(row)
    reaching = [case for case, rows in by_case.items() if any(_of(row) in (SUSPECT, CASE) for row in rows)]
    victims = _victims(reaching)
    events = {case: _events(rows, victims.get(case, ())) for case, rows in by_case.items()}
    evidence = {case: _evidence(rows) for case, rows in by_case.items()}
    return events, evidence


def _of(row: CaseEvent) -> str:
    kind = KINDS.get(row.kind)
    return kind.of if kind else ""


def _victims(cases: Sequence[UUID]) -> Mapping[UUID, Sequence[UUID]]:
    """The possible victims of each of these cases; of a case with none everybody."""
    if not cases:
        return {}
    people: dict[UUID, list[tuple[UUID, bool]]] = defaultdict(list)
    rows = Person.objects.filter(case__in=cases).order_by("number")
    victims = set(rows.filter(IS_VICTIM).values_list("id", flat=True))
    for case, person in rows.values_list("case_id", "id"):
        people[case].append((person, person in victims))
    return {
        case: [person for person, is_victim in of_case if is_victim] or [person for person, _ in of_case]
        for case, of_case in people.items()
    }


def _events(rows: Iterable[CaseEvent], victims: Sequence[UUID]) -> NamedEvents:
    events: NamedEvents = defaultdict(list)
    found: dict[UUID, datetime] = {}
    for row in rows:
        kind = KINDS.get(row.kind)
        if row.kind == FOUND and row.person_id:
            found[row.person_id] = row.happened_at
        elif row.kind == MISSING and row.person_id:
            found.pop(row.person_id, None)
        elif row.kind == "found_adult" and row.was_child:
            events[row.person_id].append((AGE_SETTLED, row.happened_at))
        elif kind and kind.event:
            theirs = [person for person in victims if person != row.person_id]
            whose = theirs if kind.of == SUSPECT else victims if row.person_id is None else [row.person_id]
            for person in whose:
                events[person].append((kind.event, row.happened_at))
    for person, at in found.items():
        events[person].append(("found", at))
    return events


def _evidence(rows: Sequence[CaseEvent]) -> list[Evidence]:
    """What was known when somebody was told is answered by it; what is recorded later is not."""
    evidence: list[Evidence] = []
    for row in rows:
        known = [other for other in rows if other.recorded_at <= row.recorded_at and other.person_id != row.person_id]
        if row.kind == "victim_updated":
            steps = [(KINDS[other.kind].event, other.happened_at) for other in known if _of(other) == SUSPECT]
            evidence += [_answer(row, "victim_update", moment) for moment in update_moments(row.happened_at, steps)]
        elif row.kind == "victim_told_of_release":
            releases = [other.happened_at for other in known if other.kind == TO_BE_RELEASED]
            evidence += [_answer(row, "tell_victim_before_release", release_moment(at)) for at in releases]
        elif row.kind == MISSING and row.by_whom:
            evidence.append(_answer(row, "report_missing", "", missing_mark(row.happened_at)))
    return evidence


def _answer(row: CaseEvent, code: str, moment: str, rests_on: str = "") -> Evidence:
    by, proof = str(row.recorded_by_id), str(row.id)
    return Evidence(str(row.person_id), code, "", moment, "done", row.happened_at, rests_on, by, proof)


def event_of(case: Case, event: str) -> CaseEvent:
    """The event of this id in a case; Http404 where there is none."""
    return or_404(CaseEvent.objects.select_related("person__case").filter(case=case, id=_id(event)).first())


def exploitation_of(person: Person, row: str) -> Exploitation:
    """The exploitation of this id of a person; Http404 where there is none."""
    return or_404(Exploitation.objects.filter(person=person, id=_id(row)).first())


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
