"""Worklists in finished words: late first, then what is for now, for this tour, and for later."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from lodestar.accounts.access import Member
from lodestar.accounts.models import Tour
from lodestar.cases.models import Case, Obligation
from lodestar.cases.queries.became import Became
from lodestar.cases.queries.worklists import Listed, Tried
from lodestar.design.when import clock, day, moment, short_day
from lodestar.design.words import count
from lodestar.referrals.models import KINDS, Decision
from lodestar.web.presenters.owed import Line, lines, passed_up, place_words
from lodestar.web.queries import Waits

LATE, NOW, TOUR, LATER = "Late", "Now", "This shift", "Later"
DECIDED = dict(KINDS)
NEWS = {
    "investigations.allocated": "a detective has the case",
    "investigations.crime_recorded": "the crime has a number",
    "recognition.belief_decided": "it was decided on reasonable grounds",
    "referrals.sent": "the referral was sent",
}


@dataclass(frozen=True)
class Group:
    """Things owed that are as urgent as each other, under one heading."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class News:
    """What became of a case, in one line."""

    words: str
    reference: str


def urgency(due: datetime | None, when: str, now: datetime) -> str:
    """Under which heading something owed stands."""
    if due is not None and due < now:
        return LATE
    return {"now": NOW, "this_tour": TOUR}.get(when, LATER)


def groups(
    shown: Sequence[Obligation], every: Sequence[Listed] | None, member: Member, tour: Tour | None, now: datetime
) -> list[Group]:
    """The rows of a page under their headings. `every` counts the whole list where it is known; None leaves counts out."""
    found = []
    for name in (LATE, NOW, TOUR, LATER):
        rows = [row for row in shown if urgency(row.due_at, row.when, now) == name]
        if rows:
            own = tuple(lines(rows, member))
            found.append(Group(_heading(name, tour, _number(name, own, len(shown), every, now)), own))
    return found


def _number(name: str, own: Sequence[Line], shown: int, every: Sequence[Listed] | None, now: datetime) -> str:
    if every is None:
        return ""
    if len(every) == shown:
        return str(len(own))
    return count(sum(urgency(one.due, one.when, now) == name for one in every))


def _heading(name: str, tour: Tour | None, number: str) -> str:
    words = f"{name}, or handed over by {clock(tour.to_at)}" if name == TOUR and tour else name
    return f"{words} ({number})" if number else words


def decisions(
    shown: Sequence[Obligation], answers: Mapping[UUID, Tried], member: Member, now: datetime
) -> list[Line]:
    """What a supervisor decides, each line with the facts it rests on; what was not possible says what was tried."""
    found: list[Line] = []
    plain: list[Obligation] = []

    def flush() -> None:
        found.extend(lines(plain, member))
        plain.clear()

    for row in shown:
        if row.id in answers:
            flush()
            found.append(passed_up(lines([row], member)[0], answers[row.id], member, now))
        else:
            plain.append(row)
    flush()
    return found


def next_words(total: int | None, page: int) -> str:
    """What the link to the next page says. `total` is how many the list holds, where that is known."""
    if total is None or total > 2 * page:
        return f"Show the next {page}"
    return f"Show the next {total - page}"


@dataclass(frozen=True)
class OwnCase:
    """One of the member's own cases."""

    reference: str
    place: str
    met: str
    owner: str
    is_sealed: bool


def own_cases(rows: Iterable[Case], now: datetime) -> list[OwnCase]:
    """Cases as lines."""
    return [
        OwnCase(
            reference=case.reference,
            place=place_words(case),
            met=case.encountered_as or f"{short_day(case.encountered_at, now)}, {clock(case.encountered_at)}",
            owner=case.owner.name if case.owner else f"{case.interim_owner.name}, until a detective has it",
            is_sealed=case.sealed,
        )
        for case in rows
    ]


def decided(rows: Iterable[Decision], now: datetime) -> list[News]:
    """What was decided on the referrals of somebody, a line each: which, when, and on the one sent when."""
    return [
        News(
            f"{DECIDED[row.kind]}, {short_day(row.decided_on, now)}, on the referral of {short_day(row.referral.sent_at, now)}",
            row.referral.person.case.reference,
        )
        for row in rows
    ]


def news(became: Iterable[Became], now: datetime) -> list[News]:
    """What others did in the officer's cases, one line each."""
    return [
        News(
            f"{place_words(one.case) or 'Your case'}: {NEWS[one.code]}, {short_day(one.happened_at, now)}",
            one.case.reference,
        )
        for one in became
        if one.code in NEWS
    ]


@dataclass(frozen=True)
class Alerted:
    """An alert in one line: in which of one's cases somebody is whom it is about, and who recorded somebody like them; or what a
    report from elsewhere has to do with it. No name of theirs stands on a first page, which others see over a shoulder."""

    id: UUID | None
    what: str
    reference: str
    recorded: str


def alerted(rows: Iterable[Waits], now: datetime) -> list[Alerted]:
    """Alerts that nobody has said they have seen, a line each. What it says of the other case: nothing."""
    return [Alerted(row.id, row.what, row.words, f"{row.name or 'another force'}, {moment(row.at, now)}") for row in rows]


def called_wrong(number: int) -> str:
    """What those who answer are told of remarks that wait: `3 things were called wrong and wait for your answer`."""
    if not number:
        return ""
    one = number == 1
    return f"{count(number)} {'thing was' if one else 'things were'} called wrong and {'waits' if one else 'wait'} for an answer"


def asked(number: int) -> str:
    """What somebody is told of questions from earlier records that wait for their own answer."""
    if not number:
        return ""
    whom = "somebody" if number == 1 else f"each of {count(number)} people"
    return f"You are asked whether {whom} in earlier records could be a possible victim"


@dataclass(frozen=True)
class ToReview:
    """What somebody asks about themselves and waits for whoever has a case."""

    id: UUID | None
    reference: str
    due: str


def reviews(rows: Iterable[Waits], due: Mapping[UUID, date]) -> list[ToReview]:
    """Each with the day by which it is answered; who asks stands on its own page."""
    return [ToReview(row.id, row.words, day(due[row.id])) for row in rows if row.id is not None and row.id in due]


def to_agree(number: int) -> str:
    """What policy owners are told of colleagues' changes that wait for them."""
    if not number:
        return ""
    return f"{count(number)} {'change of a setting waits' if number == 1 else 'changes of settings wait'} for a second person"
