"""Named reads of promises: of one person and case, the Victims' Code beside them, and for the ledger."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, Value

from lodestar.casework.cases.models import Case, Person
from lodestar.casework.contact_promises.models import Promise
from lodestar.casework.contact_promises.rules import BEFORE_RELEASE, KINDS, PAUSE, UPDATE
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.queries import as_text
from lodestar.casework.ledger.queries.obligations import ROW, closings


def promises_of(person: Person) -> list[Promise]:
    """Every promise to a person, the one due last first."""
    return list(Promise.objects.filter(person=person).select_related("owner", "promised_by").order_by("-by_when", "-id"))


def pauses_of(people: Sequence[Person], now: datetime) -> dict[UUID, Promise]:
    """The pause that each of these people asked for and that is not over; the one recorded last counts."""
    rows = Promise.objects.filter(person__in=people, kind=PAUSE, state="open", by_when__gte=now)
    return {row.person_id: row for row in rows.order_by("recorded_at", "id")}


def code_steps_of(person: Person) -> list[tuple[Obligation, datetime | None]]:
    """What the Victims' Code makes due for a person after each step against a suspect, and when it was done."""
    rows = Obligation.objects.filter(person=person, code__in=[UPDATE, BEFORE_RELEASE]).exclude(state="not_owed")
    steps = list(rows.order_by("-due_at", "id"))
    done = closings([row for row in steps if row.state == "closed"])
    return [(row, done[row.id].happened_at if row.id in done else None) for row in steps]


def open_for_closing(case: Case) -> list[tuple[str, str]]:
    """What was promised and is not done yet: looked at before a case is closed."""
    rows = Promise.objects.filter(person__case=case, due_at__isnull=False).select_related("person").order_by("due_at", "id")
    return [(f"Promise to person {row.person.number}: {KINDS[row.kind]}", f"/promises/{row.id}") for row in rows]


def timeline_rows(case: Case) -> list[tuple[datetime, str, str, str]]:
    """When something was promised to a person of a case and when it was done, for the timeline."""
    return [
        (at, "contact", f"{word}: {KINDS[row.kind]}, person {row.person.number}", f"/promises/{row.id}")
        for row in Promise.objects.filter(person__case=case).select_related("person")
        for word, at in (("Promised", row.promised_at), ("Done", row.done_at))
        if at
    ]


def done_rows(cases: Sequence[UUID]) -> QuerySet[Any, Any]:
    """What closes obligations, for the query of the answers: that a victim was informed of a release and, where that was after it
    happened, of the step itself."""
    rows = Promise.objects.filter(person__case__in=cases, state="done", moves__after="done").exclude(moment="")
    late = rows.filter(done_at__gte=F("by_when")).exclude(update_moment="")
    before, after = (
        of_code.values_list(
            "recorded_at", as_text("person__case_id"), as_text("person_id"), Value(code), Value(""), F(moment), Value("done"),
            F("done_at"), Value(""), as_text("moves__mover_id"), as_text("id"), Value(ROW),
        )
        for of_code, code, moment in ((rows, BEFORE_RELEASE, "moment"), (late, UPDATE, "update_moment"))
    )  # fmt: skip
    return before.union(after, all=True)
