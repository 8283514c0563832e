"""Promises in words: the register, the days ahead, the Victims' Code beside them, the paper for the person, what is due."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from lodestar.casework.case_facts.rules import KINDS as STEPS
from lodestar.casework.case_facts.rules import RULE_NAMES, SUSPECT
from lodestar.casework.case_files.casefile import Row
from lodestar.casework.cases.models import Case
from lodestar.casework.contact_promises import access
from lodestar.casework.contact_promises.models import Promise
from lodestar.casework.contact_promises.rules import KINDS, PROMISE, RHYTHMS, outcome
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.presenters import title_of
from lodestar.casework.service_referrals.presenters import HOW
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.design.when import day_time, due_at, weekday
from lodestar.platform.notices.due_items import DueItem, Kind
from lodestar.platform.registers.models import Column, Filter, Register
from lodestar.platform.time.uk_dates import day_in_words

MOST = 20  # of one kind that are read for a first page
TAGS = {"broken": ("Broken", "red"), "late": ("Done late", "orange")}
FEELINGS = {True: "Not worried about their safety", False: "Worried about their safety", None: ""}
STEP_NAMES = {RULE_NAMES.get(kind.event, kind.event): kind.words for kind in STEPS.values() if kind.of == SUSPECT}


def by_when(row: Promise, now: datetime) -> dict[str, str]:
    """When it is or was to be done, marked where it is broken or was done late."""
    tag, colour = TAGS.get(outcome(row.kind, row.state, row.by_when, row.done_at, now), ("", ""))
    return {"tag": tag, "colour": colour, "words": due_at(row.by_when, now) if row.due_at else f"by {day_time(row.by_when)}"}


def _what(row: Promise, now: datetime) -> dict[str, str]:
    return {"words": KINDS[row.kind], "href": f"/promises/{row.id}"}


def _to(row: Promise, now: datetime) -> dict[str, str]:
    """Whom it was promised, by their number: no name is on a list."""
    where = f"{row.person.case.reference}, person {row.person.number}"
    return {"words": where, "href": f"/people/{row.person_id}/promises"}


def _words(row: Promise, now: datetime) -> list[dict[str, Any]]:
    how = dict(HOW)
    pairs = (
        ("Promised", ". ".join(filter(None, (KINDS[row.kind], str(row.words))))),
        ("By", f"{row.promised_by.name}, {day_time(row.promised_at)}"),
        ("To be done", ". ".join(filter(None, (by_when(row, now)["words"], how.get(row.way, ""), RHYTHMS[row.rhythm])))),
        ("Done", f"{day_time(row.done_at)}. {how.get(row.done_how, '')}" if row.done_at else ""),
        ("They say", FEELINGS[row.feels_safe]),
        ("Safety plan", f"Looked at {day_time(row.plan_at)}" if row.plan_at else "Not looked at yet" if row.about else ""),
        ("Owner", row.owner.name),
    )
    return [{"key": key, "value": value} for key, value in pairs if value]


PROMISES = Register(
    name="promises",
    title="Promises",
    model=Promise,
    columns=(
        Column("Promise", _what),
        Column("To", _to, is_of_person=True),
        Column("By when", by_when),
        Column("Status", lambda row, now: PROMISE.states[row.state]),
        Column("Promised by", lambda row, now: row.promised_by.name),
        Column("Owner", lambda row, now: row.owner.name),
    ),
    filters=(Filter("kind", "Promise", "kind", tuple(KINDS.items())), Filter("case", "Case", "person__case__reference__iexact")),
    visible=access.promises_seen,
    changes=Permission.PROMISE_RECORD,
    words=_words,
    shown=access.record_shown,
    links=(("By day", "/promises/days"),),
)


def days_ahead(rows: Iterable[Promise], now: datetime) -> list[dict[str, Any]]:
    """What is to be done, day by day; all that is broken comes first."""
    by_day = groupby(rows, key=lambda row: "Broken" if row.by_when < now else weekday(row.by_when))
    return [
        {"title": title, "rows": [[_what(row, now), _to(row, now), row.owner.name] for row in of_day]} for title, of_day in by_day
    ]


def step_words(row: Obligation) -> str:
    """Of which step a victim is told: `Suspect bailed, 4 March 2026`."""
    step, _, on = row.moment.partition(" ")
    return f"{STEP_NAMES.get(step, title_of(row))}, {day_in_words(on[:10])}"


def case_lines(case: Case, member: Member, now: datetime) -> list[Row]:
    """Promises in a case, for the page of its investigation: how many are open and broken, and the next ones."""
    rows = list(access.promises_seen(member).filter(person__case=case, due_at__isnull=False).order_by("due_at", "id"))
    broken = sum(row.by_when < now for row in rows)
    first = Row(f"Promises to victims: {len(rows)} open, {broken} broken", f"/promises?case={case.reference}")
    return [first, *(Row(KINDS[row.kind], f"/promises/{row.id}", due_at(row.by_when, now)) for row in rows[:2])]


def _due(member: Member, until: datetime) -> QuerySet[Any, Any]:
    """What the member has to do of what was promised, what was promised to people of cases that are theirs, and for who reviews
    the work of others what is broken."""
    due = Promise.objects.filter(state="open", due_at__lt=until).order_by()
    own = [due.filter(owner=member.user), due.filter(person__case__owner=member.user)]
    if member.may(Permission.INVESTIGATION_REVIEW):
        own.append(due.filter(due_at__lt=timezone.now()).order_by("due_at", "id")[: 2 * MOST])
    first, *others = [rows.values("id") for rows in own]  # apart, so that each is found by an index of its own
    rows = access.promises_to_do(member).filter(id__in=first.union(*others, all=True))
    where = Concat("person__case__reference", Value(", person "), Cast("person__number", CharField()))
    return rows.values_list(Value("promise"), "id", "kind", where, "due_at")[:MOST]


def _item(promise: UUID, kind: str, where: str, due: datetime) -> DueItem:
    return DueItem("promise", f"{KINDS[kind]}: {where}", f"/promises/{promise}", due)


DUE_KINDS = (Kind("promise", "Promises", "/promises", Permission.PROMISE_RECORD, _due, _item),)
