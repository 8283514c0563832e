"""What the demo force did about what it owed: most of it in time, some late, some not at all, as forces do."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from lodestar.accounts.access import Member
from lodestar.cases import ledger
from lodestar.cases.models import Case, DutyAnswer
from lodestar.demo.histories import Rows

STILL_STUCK = timedelta(days=4)  # what was not possible is found a way for, as a rule
NEVER = 0.3  # of what was not done in time, how much was never done
ROUNDS = 3  # a review done opens the next one, so the answers are given in rounds
BY_ROLE = {
    "frontline": "officer", "custody": "custody", "supervisor": "supervisor", "investigator": "investigator",
    "coordinator": "coordinator", "advisor": "coordinator", "crime_allocation": "allocation",
    "crime_registrar": "allocation", "victim_liaison": "investigator", "analyst": "coordinator",
}  # fmt: skip
NOT_NEEDED = "Nothing of the kind was there; checked with the officer who met them."
NOT_POSSIBLE = "Nobody could be had at that hour; passed up."


def answer(rows: Rows, cases: Sequence[Case], members: Mapping[str, Member], now: datetime) -> None:
    """Stores answers to what these cases owe, as well as each was looked after."""
    answered: set[tuple[UUID, ledger.Key]] = set()
    for _ in range(ROUNDS):
        reckoning = ledger.read(cases)
        made = Rows(rows.random)
        for case in cases:
            for key, wanted in ledger.expected(reckoning, case.id).items():
                if (case.id, key) in answered or not wanted.standing.is_open:
                    continue
                _answer(made, case, wanted, members, rows.care[case.id], now, answered)
        made.store()


def _answer(
    rows: Rows, case: Case, wanted: ledger.Expected, members: Mapping[str, Member], care: float, now: datetime, done: set[Any]
) -> None:
    owed, random = wanted.standing.owed, rows.random
    at = _when(random, case.encountered_at, owed.opens_at, owed.due, care)
    if at is None or at > now:
        return
    stuck = 8 if now - case.encountered_at < STILL_STUCK else 0.3
    kind = random.choices(["done", "not_needed", "not_possible"], [92, 4, stuck])[0]
    by = members[BY_ROLE.get(owed.owed_by, "coordinator")]
    person = UUID(owed.person) if owed.person else None
    rows.add(
        DutyAnswer, at, case=case, person_id=person, code=owed.code, subject=owed.subject, moment=owed.moment, kind=kind,
        because={"done": "", "not_needed": NOT_NEEDED, "not_possible": NOT_POSSIBLE}[kind], rests_on=owed.rests_on,
        happened_at=at, recorded_at=at + timedelta(minutes=random.randint(1, 40)), by_id=by.user,
    )  # fmt: skip
    done.add((case.id, (person, owed.code, owed.subject, owed.moment)))


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
