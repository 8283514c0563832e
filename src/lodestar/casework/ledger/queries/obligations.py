"""The rows of the ledger as they are stored, what was answered of them, also about one person; and what was handed
on, of one case and of the morning list."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from lodestar.casework.cases.models import Case as CaseRow
from lodestar.casework.cases.models import Person
from lodestar.casework.ledger.access import waiting_hand_ons
from lodestar.casework.ledger.models import Handover, Obligation, ObligationAnswer, ObligationEvent
from lodestar.casework.ledger.queries import as_text
from lodestar.platform.accounts.access import Member
from lodestar.platform.obligations.closing_records import BY_WORD, DONE_BY, OFFICERS_WORD
from lodestar.platform.obligations.obligation_status import Evidence, ObligationStatus
from lodestar.platform.text.paging import Place

Key = tuple[str | None, str, str, str]  # person, code, subject, moment: one row of a case
COMPARED = (
    "owed_by", "with_role", "holder_id", "when", "line", "due_at", "due_from", "due_before", "why", "rests_on", "state",
    "not_possible", "closed_with", "rule_from", "sealed", "unit_id", "opens_at", "gravity",
)  # fmt: skip


TAKEN, GIVEN, KEPT = "taken", "given", "kept"
REST: Key = (None, "", "", "")  # whatever an officer comes to owe in a case of which a coordinator took over all that was left
ROW = "row"  # in place of a record: the evidence is a row of another app
_others: list[Callable[[Sequence[UUID]], QuerySet[Any, Any]]] = []


def read_with_answers(rows: Callable[[Sequence[UUID]], QuerySet[Any, Any]]) -> None:
    """Has rows of another app read as evidence in the query of the answers, so that no recalculation asks once more: with the
    columns of `_rows`, `done` as kind and ROW as record. Called by that app as it starts."""
    _others.append(rows)


MOST_ANSWERS, MOST_ALIKE = 20, 40  # shown at once


@dataclass(frozen=True)
class Assigned:
    """Who has something owed by name, and since when: the coordinator who took it over, or the colleague it was given to;
    nobody, where the officer kept it when the rest was handed over."""

    to: UUID | None
    at: datetime
    is_given: bool


def answered(cases: Sequence[UUID]) -> tuple[dict[UUID, list[Evidence]], dict[UUID, dict[Key, Assigned]]]:
    """The answers that stand, and to whom something was assigned, the latest, in one query.

    Answering again about the same facts takes the place of one's own earlier answer: so the time of a tap is put right,
    and a tap made by mistake taken back, without a row being changed.
    """
    latest: dict[tuple[object, ...], tuple[str, Evidence]] = {}
    assigned: dict[UUID, dict[Key, Assigned]] = defaultdict(dict)
    kept: dict[UUID, dict[Key, bool]] = defaultdict(dict)
    ids = {str(case): case for case in cases}
    in_order = sorted(_rows(cases), key=lambda values: (values[0], values[-2]))
    for _, case, person, code, subject, moment, kind, at, rests_on, by, row, record in in_order:
        key = (person, code, subject, moment)
        if kind in (TAKEN, GIVEN):
            assigned[ids[case]][key] = Assigned(UUID(by), at, kind == GIVEN)
            if record == KEPT:  # by who has the case: with it goes what comes later
                assigned[ids[case]][REST] = assigned[ids[case]][key]
            continue
        if kind == KEPT:
            kept[ids[case]][key] = record == KEPT
            continue
        latest[(case, person, code, subject, moment, by, rests_on, row if record == ROW else "")] = (
            case,
            Evidence(person, code, subject, moment, kind, at, rests_on, by, row, record in ("", OFFICERS_WORD)),
        )
    evidence_by_case: dict[UUID, list[Evidence]] = defaultdict(list)
    for case, answer in latest.values():
        evidence_by_case[ids[case]].append(answer)
    for kept_case, keys in kept.items():
        rest = assigned[kept_case].pop(REST)
        if not any(keys.values()):  # else the officer goes on with the case
            assigned[kept_case] = {**{key: Assigned(None, rest.at, False) for key in keys}, REST: rest, **assigned[kept_case]}
    return evidence_by_case, assigned


def _rows(cases: Sequence[UUID]) -> Any:
    """Answers, takings-over, what was given, what an officer kept or had closed when the rest was handed over, and rows of other
    apps, with the same columns. `record` is KEPT for a handover by who has the case, and for what was kept open."""
    answers = ObligationAnswer.objects.filter(case__in=cases).values_list(
        "recorded_at", as_text("case_id"), as_text("person_id"), "code", "subject", "moment", "kind", "happened_at",
        "rests_on", as_text("by_id"), as_text("id"), "record",
    )  # fmt: skip
    handed = Handover.objects.filter(obligation__case__in=cases, taken_at__isnull=False, taken_by__isnull=False)
    taken = handed.values_list(
        F("taken_at"), as_text("obligation__case_id"), as_text("obligation__person_id"), "obligation__code",
        "obligation__subject", "obligation__moment", Value(TAKEN), F("taken_at"), Value(""), as_text("taken_by_id"),
        as_text("id"), Case(When(by=F("obligation__case__interim_owner"), then=Value(KEPT)), default=Value("")),
    )  # fmt: skip
    of_case = ObligationEvent.objects.filter(obligation__case__in=cases, kind=GIVEN)
    given = of_case.values_list(
        "recorded_at", as_text("obligation__case_id"), as_text("obligation__person_id"), "obligation__code",
        "obligation__subject", "obligation__moment", Value(GIVEN), "happened_at", Value(""), as_text("to_id"), as_text("id"),
        Value(""),
    )  # fmt: skip
    last = Handover.objects.filter(
        obligation__case=OuterRef("case"), taken_by__isnull=False, by=OuterRef("case__interim_owner")
    ).order_by("-handed_at")
    there = Obligation.objects.filter(case__in=cases, owed_by="frontline")
    there = there.annotate(handed_at=Subquery(last.values("handed_at")[:1]))
    there = there.filter(opened_at__lte=F("handed_at"), opens_at__lte=F("handed_at"))
    own = Handover.objects.filter(obligation=OuterRef("pk"))
    was_open = Q(closed_at__isnull=True) | Q(closed_at__gt=F("handed_at")) & ~Exists(own)  # what waits to be taken is open still
    kept = there.exclude(Exists(own.filter(taken_by__isnull=False))).values_list(
        "opened_at", as_text("case_id"), as_text("person_id"), "code", "subject", "moment", Value(KEPT), F("handed_at"),
        Value(""), as_text("holder_id"), as_text("id"),
        Case(When(was_open & ~Q(when="now") & ~Q(code=LEFT), then=Value(KEPT)), default=Value("")),
    )  # fmt: skip
    return answers.union(taken, given, kept, *(rows(cases) for rows in _others), all=True)


def who_has(case: CaseRow, status: ObligationStatus, by_key: Mapping[Key, Assigned]) -> tuple[str, UUID | None]:
    """The role and, where one is named, the person who has it now: first whoever it was given to, unless it was not possible
    since. What an officer comes to owe after all that was left was handed over goes to whoever took that."""
    role, assigned = DONE_BY.get(status.owed.code, status.owed.owed_by), by_key.get(status.owed.key)
    stuck = status.with_supervisor and status.evidence
    if assigned and assigned.is_given and not (stuck and stuck.happened_at > assigned.at):
        return role, assigned.to
    if status.with_supervisor and status.owed.code not in DONE_BY:
        return "supervisor", None
    if role == "frontline":
        taken = assigned or (by_key.get(REST) if status.owed.code != LEFT else None)
        return ("coordinator", taken.to) if taken and taken.to else (role, case.interim_owner_id)
    return (role, case.owner_id) if role == "investigator" else (role, None)


def answers_about(person: Person, most: int, before: Place | None = None) -> list[ObligationAnswer]:
    """What was answered of what was owed for a person, the latest written first."""
    rows = ObligationAnswer.objects.select_related("by").filter(case=person.case_id, person=person)
    return list(_before(rows, "recorded_at", before)[:most])


def answers_in(case: UUID, most: int, before: Place | None = None) -> list[ObligationAnswer]:
    """What was answered of what was owed in a case, the latest written first."""
    rows = ObligationAnswer.objects.select_related("by").filter(case=case)
    return list(_before(rows, "recorded_at", before)[:most])


def closings(rows: Sequence[Obligation]) -> dict[UUID, ObligationEvent]:
    """The event that closed each of these, in one query."""
    events = ObligationEvent.objects.filter(obligation__in=[row.id for row in rows], kind="closed")
    return {event.obligation_id: event for event in events.order_by("recorded_at", "id")}


def _before(rows: QuerySet[Any], at: str, before: Place | None) -> QuerySet[Any]:
    if before is not None and before.at is not None:
        earlier = Q(**{f"{at}__lt": before.at}) | Q(**{at: before.at, "id__lt": before.id})
        rows = rows.filter(**{f"{at}__lte": before.at}).filter(earlier)
    return rows.order_by(f"-{at}", "-id")


def answers_to(row: Obligation) -> list[ObligationAnswer]:
    """What was answered of one thing owed, the latest written first."""
    rows = ObligationAnswer.objects.select_related("by").filter(
        case=row.case_id, person=row.person_id, code=row.code, subject=row.subject, moment=row.moment
    )
    return list(rows.order_by("-recorded_at", "-id")[:MOST_ANSWERS])


def owed_alike(row: Obligation) -> list[Obligation]:
    """The same thing of other people of the case in the same state: one record may close it for several."""
    rows = Obligation.objects.select_related("case", "person", "holder").filter(
        case=row.case_id, code=row.code, moment=row.moment, state=row.state, closed_with=row.closed_with, person__isnull=False
    )
    return list(rows.exclude(id=row.id).order_by("person__number", "id")[:MOST_ALIKE]) if row.person_id else []


def how_many_on_a_word() -> Coalesce:
    """Of a case that is read, how many things `closed_on_a_word` would give."""
    rows = Obligation.objects.filter(case=OuterRef("pk"), state="closed", closed_with=BY_WORD).order_by().values("case")
    return Coalesce(Subquery(rows.annotate(number=Count("id")).values("number")), 0)


def closed_on_a_word(case: UUID, most: int) -> list[Obligation]:
    """What an officer's word alone closed in a case and a record could still be added to, the latest first."""
    rows = Obligation.objects.select_related("case", "person", "holder").filter(case=case, state="closed", closed_with=BY_WORD)
    return list(rows.order_by("-closed_at", "-id")[:most])


FRONTLINE = "frontline"
LEFT = "hand_on_what_is_left"  # owed only while something is left: the one thing owed that turns on how the rest stands


def may_be_handed_on(case: CaseRow) -> QuerySet[Obligation]:
    """What the officer still owes in a case, now or later: everything frontline that is not for the scene itself."""
    rows = Obligation.objects.filter(case=case, state="open", owed_by=FRONTLINE)
    return rows.exclude(when="now").exclude(code=LEFT).exclude(with_role__in=("supervisor", "coordinator"))


def left_to_hand_on(case: CaseRow, now: datetime) -> QuerySet[Obligation]:
    """What may be handed on of what is owed by now, in the order of its hours."""
    return may_be_handed_on(case).filter(opens_at__lte=now).order_by(F("due_at").asc(nulls_last=True), "code", "id")


def handed_on(case: CaseRow) -> QuerySet[Handover]:
    """What was handed on in a case, taken or not, in its order."""
    return Handover.objects.filter(obligation__case=case).select_related("taken_by", "obligation").order_by("handed_at", "id")


def waiting(member: Member) -> QuerySet[Handover]:
    """What waits for a coordinator in the cases the member sees: the longest due first, what has no hour last. Of each no more is
    read than tells which line of a list it is part of, and where that line stands."""
    columns = ("by_id", "known", *(f"obligation__{name}" for name in ("due_at", "case_id", "code", "gravity")))
    rows = waiting_hand_ons(member).select_related(None).select_related("obligation").only(*columns)
    return rows.order_by(F("obligation__due_at").asc(nulls_last=True), "id")


def read_whole(ids: Collection[UUID], member: Member, since: datetime) -> tuple[list[Handover], list[Handover]]:
    """These of `waiting`, whole and in their order, and what the member took over since a moment, newest first."""
    taken = Q(taken_by_id=member.user, taken_at__gte=since)
    rows = Handover.objects.select_related("obligation__case", "obligation__person", "by").filter(Q(id__in=ids) | taken)
    by_id = {row.id: row for row in rows.order_by("-taken_at", "id")}
    return [by_id[row] for row in ids if row in by_id], [row for row in by_id.values() if row.taken_at]


def still_waiting(member: Member, ids: Sequence[UUID]) -> list[Handover]:
    """Those of these that nobody has taken yet and the member may take."""
    return list(waiting_hand_ons(member).filter(id__in=ids).order_by("id"))
