"""Named reads of suspects: of a case, the victims of a release, the same human in other cases, and for the ledger."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, Value

from lodestar.casework.case_facts.queries import IS_VICTIM
from lodestar.casework.cases.models import Case, Person
from lodestar.casework.contact_promises.models import Promise
from lodestar.casework.ledger.queries import as_text
from lodestar.casework.ledger.queries.obligations import ROW
from lodestar.casework.suspects.models import Suspect, SuspectMove, SuspectRelease
from lodestar.casework.suspects.rules import SEPARATE, STEPS

IS_SUSPECT = Q(category="suspect") | Q(roles__overlap=["suspect", "exploiter"])
_linked: list[Callable[[UUID], QuerySet[Person]]] = []


def register_linked(records: Callable[[UUID], QuerySet[Person]]) -> None:
    """Has the records of the same human be found by this function: links belong to an area above."""
    _linked[:] = [records]


def linked_suspects(person: Person) -> list[Person]:
    """The records of the same human as a suspect in other cases, whose victims are reached too. For actions alone: no page of
    this case shows them. From a sealed case nothing reaches another."""
    if person.case.sealed:
        return []
    rows = [records(person.id).filter(IS_SUSPECT).exclude(case=person.case_id).select_related("case") for records in _linked]
    return [other for records in rows for other in records]


def not_recorded(case: Case) -> list[Person]:
    """The suspects and exploiters among the people of a case who are not recorded as one here."""
    return list(Person.objects.filter(IS_SUSPECT, case=case).exclude(id__in=Suspect.objects.values("person")).order_by("number"))


def victims_of(suspect: Person) -> list[Person]:
    """The possible victims of a suspect's case who live."""
    rows = Person.objects.filter(IS_VICTIM, case=suspect.case_id).exclude(alive=False).exclude(id=suspect.id)
    return list(rows.select_related("case").order_by("number"))


def not_informed(release: SuspectRelease) -> list[Person]:
    """The possible victims who were recorded since a release was planned, and are not among those to inform."""
    there = {promise.person_id for promise in to_inform([release.id])}
    return [person for person in victims_of(release.suspect.person) if person.id not in there]


def to_inform(releases: Sequence[UUID]) -> list[Promise]:
    """Who is to be informed of these releases, by their numbers."""
    rows = Promise.objects.filter(about__in=releases).select_related("person__case", "owner")
    return list(rows.order_by("person__number", "id"))


def open_for_closing(case: Case) -> list[tuple[str, str]]:
    """Bail that runs and releases to come: looked at before a case is closed."""
    bailed = Suspect.objects.filter(person__case=case, bail_began__isnull=False).values_list("person__number", "id")
    coming = SuspectRelease.objects.filter(suspect__person__case=case, happened_at=None, cancelled_at=None)
    rows = bailed.union(coming.values_list(Value(0), "id"), all=True)
    return [
        (f"Person {number} is on bail", f"/suspects/{row}") if number else ("A release is planned", f"/releases/{row}")
        for number, row in sorted(rows, key=lambda line: line[0] or 1000)
    ]


def timeline_rows(case: Case) -> list[tuple[datetime, str, str, str]]:
    """When what happened to a suspect of a case, for the timeline."""
    rows = SuspectMove.objects.filter(row__person__case=case).exclude(before=F("after")).select_related("row__person")
    return [
        (move.moved_at, "event", f"{STEPS[move.after]['name']}: person {move.row.person.number}", f"/suspects/{move.row_id}")
        for move in rows
    ]


def done_rows(cases: Sequence[UUID]) -> QuerySet[Any, Any]:
    """What closes an obligation, for the query of the answers: two officers by name for one who is victim and suspect."""
    rows = Suspect.objects.filter(person__case__in=cases, officers_at__isnull=False).exclude(owner=F("victim_officer"))
    return rows.values_list(
        "recorded_at", as_text("person__case_id"), as_text("person_id"), Value(SEPARATE), Value(""), Value(""), Value("done"),
        F("officers_at"), Value(""), as_text("recorded_by_id"), as_text("id"), Value(ROW),
    )  # fmt: skip
