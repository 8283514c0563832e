"""How handing on is said: what is left, what waits, who took it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from lodestar.cases.models import Handover, Obligation, Person
from lodestar.cases.presenters.people import label, labels
from lodestar.design.when import moment
from lodestar.design.words import in_words, listed
from lodestar.kernel.obligations import obligation_rows

NAMED_AT_ONCE = 4  # names in one line; of more their number


def sentence_of(code: str) -> str:
    """What is owed, by its title in the list of obligations."""
    rows = obligation_rows().get(code, ())
    return rows[-1].title if rows else code.replace("_", " ")


@dataclass(frozen=True)
class OpenTask:
    """One kind of thing left to do, for everybody it is left for."""

    code: str
    sentence: str
    who: str
    due: datetime | None
    handed: str  # since when it waits to be taken; empty when it was not handed on


@dataclass(frozen=True)
class Waiting:
    """One row of the morning list: the same thing for one or more people of a case."""

    ids: tuple[UUID, ...]
    reference: str
    sentence: str
    who: str
    handed: str
    known: str  # what the officer said the next person must know
    due: datetime | None
    is_late: bool

    @property
    def value(self) -> str:
        """What its button sends."""
        return ",".join(str(hand_on_id) for hand_on_id in self.ids)


def who_words(names: Sequence[str]) -> str:
    """Names in a sentence; of many their number."""
    return listed(names) if len(names) <= NAMED_AT_ONCE else f"{len(names)} people"


def open_tasks(rows: Sequence[Obligation], people: Sequence[Person], handed: Sequence[Handover], now: datetime) -> list[OpenTask]:
    """What is left, one line for each kind, the soonest due first. What somebody has taken is no longer left."""
    names = labels(people)
    by_obligation = {row.obligation_id: row for row in handed}
    still = [row for row in rows if (hand_on := by_obligation.get(row.id)) is None or hand_on.taken_at is None]
    order = list(dict.fromkeys(row.code for row in still))
    return [_open_task(code, [row for row in still if row.code == code], names, by_obligation, now) for code in order]


def _open_task(
    code: str, rows: Sequence[Obligation], names: dict[UUID, str], handed: dict[UUID, Handover], now: datetime
) -> OpenTask:
    who = dict.fromkeys(names[row.person_id] for row in rows if row.person_id in names)
    waits = [handed[row.id].handed_at for row in rows if row.id in handed]
    return OpenTask(
        code=code,
        sentence=sentence_of(code),
        who=who_words(list(who)),
        due=min((row.due_at for row in rows if row.due_at), default=None),
        handed=moment(min(waits), now) if len(waits) == len(rows) else "",
    )


def handed_notes(handed: Sequence[Handover], user: UUID, now: datetime) -> list[dict[str, Any]]:
    """What was handed on, grouped by when, and who took it: what nobody has taken first."""
    groups: dict[tuple[str, str, str], set[str]] = {}
    for row in handed:
        taken = ""
        if row.taken_at and row.taken_by:
            taken = f"{'you' if row.taken_by_id == user else row.taken_by.name} at {moment(row.taken_at, now)}"
        whose = "you" if row.by_id == user else "the officer"
        groups.setdefault((moment(row.handed_at, now), taken, whose), set()).add(row.obligation.code)
    notes = [
        {
            "words": f"{in_words(len(of))} {'line' if len(of) == 1 else 'lines'} passed to the coordinator at {at}.",
            "taken": taken,
            "whose": whose,
        }
        for (at, taken, whose), of in groups.items()
    ]
    return sorted(notes, key=lambda note: note["taken"] != "")


def waiting(rows: Sequence[Handover], now: datetime) -> list[Waiting]:
    """The morning list: the same thing of one case, due at one moment and handed on by one officer, in one row."""
    groups: dict[tuple[object, ...], list[Handover]] = {}
    for row in rows:
        owed = row.obligation
        groups.setdefault((owed.due_at, owed.case_id, owed.code, row.by_id, row.known), []).append(row)
    waiting_rows = []
    for group in groups.values():
        first = group[0]
        owed = first.obligation
        people = sorted(
            (row.obligation.person for row in group if row.obligation.person),
            key=lambda case_person: case_person.number,
        )
        waiting_rows.append(
            Waiting(
                ids=tuple(row.id for row in group),
                reference=owed.case.reference,
                sentence=sentence_of(owed.code),
                who=who_words([label(person) for person in people]),
                handed=f"{first.by.name}, {moment(first.handed_at, now)}",
                known=first.known,
                due=owed.due_at,
                is_late=owed.due_at is not None and owed.due_at < now,
            )
        )
    return waiting_rows
