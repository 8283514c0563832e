"""What the demo force did about what it owed: most of it in time, some late, some not at all, as forces do."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Literal
from uuid import UUID

from django.db import connection

from lodestar.accounts.access import Member
from lodestar.cases import ledger
from lodestar.cases.models import Case, DutyAnswer, ObligationEvent
from lodestar.cases.queries.obligations import Key
from lodestar.demo.histories import Rows
from lodestar.demo.pages import AS_DIRECTED, Pages
from lodestar.kernel.answers import DONE_BY, kinds_of, wants_words
from lodestar.recognition.queries import decisions_changed

Kind = Literal["done", "not_needed", "not_possible"]

STILL_STUCK = timedelta(days=4)  # what was not possible is found a way for, as a rule
NEVER = 0.3  # of what was not done in time, how much was never done
ROUNDS = 3  # a review done opens the next one, so the answers are given in rounds
BY_ROLE = {
    "frontline": "officer", "custody": "custody", "supervisor": "supervisor", "investigator": "investigator",
    "coordinator": "coordinator", "advisor": "coordinator", "crime_allocation": "allocation",
    "crime_registrar": "allocation", "victim_liaison": "investigator", "analyst": "coordinator",
}  # fmt: skip
SUPERVISORS = ("supervisor", "supervisor2")
KINDS: tuple[Kind, ...] = ("done", "not_needed", "not_possible")
TOLD = "Told alone, with the interpreter they know; the solicitor\u2019s number given."
BECAUSE = {
    "done": "",
    "not_needed": "Nothing of the kind was there; checked with the officer who met them.",
    "not_possible": "Nobody could be had at that hour; passed up.",
}


def answer(
    rows: Rows, cases: Sequence[Case], members: Mapping[str, Member], now: datetime, only: Collection[str] = ()
) -> None:
    """Stores answers to what these cases owe, as well as each was looked after: as taps, or as what a page records. `only`
    are the codes that are answered, where not all are."""
    answered: set[tuple[UUID, Key]] = set()
    for _ in range(ROUNDS):
        reckoning = ledger.read(cases)
        made = Rows(rows.random, reviews=rows.reviews, once=rows.once)
        pages = Pages(made, reckoning, members, now)
        for case in cases:
            for key, wanted in ledger.expected(reckoning, case.id).items():
                if (case.id, key) in answered or not wanted.standing.is_open or (only and key[1] not in only):
                    continue
                at = _answer(pages, case, wanted, rows.care[case.id])
                if at is not None:
                    answered.add((case.id, key))
        pages.tie()
        made.store()
        decisions_changed()
        _given_to(pages.owners, cases)


def _given_to(owners: Mapping[UUID, UUID], cases: Sequence[Case]) -> None:
    """The detectives have their cases."""
    given = [case for case in cases if case.id in owners]
    for case in given:
        case.owner_id = owners[case.id]
    Case.objects.bulk_update(given, ["owner"])


def _answer(pages: Pages, case: Case, wanted: ledger.Expected, care: float) -> datetime | None:
    """Writes the answer, within the limits that the pages hold everybody to, and returns when it was given, if it was."""
    owed, rows, random, now = wanted.standing.owed, pages.rows, pages.random, pages.now
    at = _when(random, case.encountered_at, owed.opens_at, owed.due, care)
    if at is None or at > now:
        return None
    is_new = now - case.encountered_at < STILL_STUCK
    stuck = 8 if is_new else 0 if owed.when == "now" else 0.3
    kind: Kind = random.choices(KINDS, [92, 4, stuck])[0]
    by = _by(owed.code, owed.owed_by, case, pages.members)
    if kind not in kinds_of(owed.code):
        kind = "done"
    if kind == "done" and kind not in kinds_of(owed.code):
        pages.write(case, wanted, by, at)
        return at
    rows.add(
        DutyAnswer, at, case=case, person_id=wanted.person, code=owed.code, subject=owed.subject, moment=owed.moment, kind=kind,
        because=_words(owed.code, kind), rests_on=owed.rests_on,
        happened_at=_told(at, owed.due), recorded_at=pages.written(at), by_id=by,
    )  # fmt: skip
    return at


def _told(at: datetime, due: datetime | None) -> datetime:
    """When it happened, as told: of two things in three that were late somebody gave the time, which is a whole minute; the
    rest are bare taps."""
    return at.replace(second=0) if due and at > due and at.minute % 3 else at


def _words(code: str, kind: Kind) -> str:
    if kind != "done" or not wants_words(code, kind):
        return BECAUSE[kind]
    return TOLD if code == "tell_decision_safely" else AS_DIRECTED


def _by(code: str, owed_by: str, case: Case, members: Mapping[str, Member]) -> UUID:
    """Who answered: whoever has it in this case."""
    if owed_by == "frontline":
        return case.interim_owner_id
    if owed_by == "investigator" and case.owner_id:
        return case.owner_id
    if owed_by == "supervisor" and code not in DONE_BY:
        return next(one.user for name, one in members.items() if name in SUPERVISORS and one.unit == case.unit_id)
    return members["inspector" if code in DONE_BY else BY_ROLE.get(owed_by, "coordinator")].user


def name_who_closed(cases: Sequence[Case]) -> None:
    """The ledger of these cases was reckoned in one go by one person; each thing closed names whoever answered it."""
    reckoning = ledger.read(cases)
    by: dict[tuple[UUID, Key], UUID] = {}
    for case in cases:
        for key, wanted in ledger.expected(reckoning, case.id).items():
            found = wanted.standing.evidence
            if found and found.by:
                by[case.id, key] = UUID(found.by)
    of_these = [case.id for case in cases]
    closed = ObligationEvent.objects.select_related("obligation").filter(kind="closed", obligation__case__in=of_these)
    named = [(event.id, by.get((event.obligation.case_id, ledger.key_of(event.obligation)), event.by)) for event in closed]
    with connection.cursor() as cursor:  # one statement: a CASE of thousands of branches takes a quarter of the demo's making
        cursor.execute(
            "update cases_obligationevent e set by = named.by from unnest(%s::uuid[], %s::uuid[]) as named (id, by)"
            " where e.id = named.id",
            [[event for event, _ in named], [who for _, who in named]],
        )


def _when(
    random: Random, met: datetime, opens: datetime | None, due: datetime | None, care: float
) -> datetime | None:
    """When it was done, if it was: in time mostly, late sometimes, and not at all as often as care was lacking."""
    start = opens or met
    span = (due - start) if due and due > start else timedelta(days=20)
    if random.random() > care:
        if random.random() < NEVER:
            return None
        stretch = 2 + random.random() * 12  # found late, and done late
    else:
        stretch = random.random() if random.random() < care else 1 + random.random() * 3
    return (start + span * stretch).replace(microsecond=0)
