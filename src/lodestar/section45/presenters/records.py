"""One full record as its pages show it: what it is about, part by part, how it stands, and what became of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lodestar.accounts.models import User
from lodestar.cases.models import AllegedOffence, ObligationEvent
from lodestar.design.when import due, moment, short_day
from lodestar.record.codes import CODES
from lodestar.referrals.models import KINDS, Decision
from lodestar.section45.models import ANSWERS, SIGNED, FirstAnswer, FullRecord
from lodestar.section45.presenters.question import title, when_done
from lodestar.section45.queries import Stands
from lodestar.section45.rules import ActReading
from lodestar.section45.rules.record import BEFORE, CONCLUSIONS, READINGS, SETTLED, WEIGHED, limbs_of

COLOURS = {"met": "green", "not_met": "grey", "cannot_tell": "yellow"}
TESTS = {
    "child": "Child: three parts. Compulsion need not be shown",
    "adult": "Adult: four parts",
    "both": "Child’s and adult’s, since the age then is not certain: three parts and four",
}
NOTHING = "Nothing recorded"
TURNS = 8


@dataclass(frozen=True)
class ShownPart:
    """One part of the test, as decided."""

    title: str
    about: str
    this_way: str
    other_way: str
    reading: str
    colour: str


@dataclass(frozen=True)
class ShownRecord:
    """One version, for reading: its parts by test, what was weighed besides, the decision, and the second person's."""

    number: int
    parts: tuple[tuple[str, tuple[ShownPart, ...]], ...]
    weighed: tuple[tuple[str, str], ...]
    before: str
    decided: str
    conclusion: str
    reason: str
    signed: str
    signed_reason: str


@dataclass(frozen=True)
class Status:
    """How a record stands, in a word and a sentence."""

    tag: str
    colour: str
    words: str


def ages_words(ages: tuple[int | None, int | None]) -> str:
    """An age at the act: `17`, `16 to 18`, `at least 20`; empty when nothing is known."""
    low, high = ages
    if low is None and high is None:
        return ""
    if low is None:
        return f"at most {high}"
    if high is None:
        return f"at least {low}"
    return str(low) if low == high else f"{low} to {high}"


def about(
    offence: AllegedOffence, act: ActReading, decisions: Sequence[Decision], is_asked: bool, now: datetime
) -> list[dict[str, str]]:
    """What the record is about: the offence, when, the test, Schedule 4, and what the Home Office decided."""
    age = ages_words(act.ages)
    when = when_done(offence, now) or "Not recorded"
    rows = {
        "Offence": title(offence) or "Not named yet",
        "What was done": offence.particulars,
        "When": f"{when}. They were {age}" if age else f"{when}. Their age then is not known",
        "Test": TESTS[act.test] if is_asked else "Its parts are not asked: the defence is not open for this act",
        "Schedule 4": _schedule(act, offence, now),
        "NRM": _decided(decisions, now),
    }
    return [{"key": key, "value": value} for key, value in rows.items() if value]


def _schedule(act: ActReading, done: AllegedOffence, now: datetime) -> str:
    found, day = act.schedule, when_done(done, now)
    as_of = f"as in force on {day}" if day else "as in force when it was done"
    if found.entry:
        section = f", section {found.entry.shown_section}" if found.entry.shown_section else ""
        offence = f"{found.entry.offence[:1].lower()}{found.entry.offence[1:]}"
        where = f"paragraph {found.entry.para}: {found.entry.shown_act}{section}, {offence}"
    else:
        where = ""
    if found.excluded is None:
        turns = f"It turns on {found.depends_on}"
        return f"{turns} ({where}). A person settles it" if where else f"{turns}. A person settles it"
    return f"On the list {as_of}, {where}" if found.excluded else f"Not on the list {as_of}"


def _decided(rows: Sequence[Decision], now: datetime) -> str:
    words = dict(KINDS)
    told = [f"{words[row.kind]}, {short_day(row.decided_on, now)}" for row in rows]
    return f"{'. '.join(told)}. Not evidence at trial; its material is listed separately" if told else "No decision is filed"


def shown_record(row: FullRecord, user: UUID, now: datetime) -> ShownRecord:
    """One version with its parts and its countersignature."""
    signed = next(iter(row.countersignatures.all()), None)
    words = dict(SIGNED)
    return ShownRecord(
        number=row.number,
        parts=tuple(_parts(row)),
        weighed=tuple(_weighed(row)),
        before=dict(BEFORE)[row.before],
        decided=f"{_who(row.decided_by, user)}, {moment(row.decided_at, now)}",
        conclusion=dict(CONCLUSIONS)[row.conclusion],
        reason=row.reason,
        signed=f"{words[signed.kind]}: {_who(signed.by, user)}, {moment(signed.signed_at, now)}" if signed else "",
        signed_reason=signed.reason if signed else "",
    )


def _parts(row: FullRecord) -> Iterator[tuple[str, tuple[ShownPart, ...]]]:
    found = {(one.test, one.number): one for one in row.elements.all()}
    words = dict(READINGS)
    for test, heading in (("child", "If a child then"), ("adult", "If an adult then")):
        parts = tuple(
            ShownPart(
                title=f"{limb.number}. {limb.title}",
                about=limb.about,
                this_way=one.evidence_for or NOTHING,
                other_way=one.evidence_against or NOTHING,
                reading=words.get(one.reading, "Not said"),
                colour=COLOURS.get(one.reading, "yellow"),
            )
            for limb in limbs_of(test)
            if (one := found.get((test, limb.number))) is not None
        )
        if parts:
            yield (heading if row.test == "both" else "Part by part"), parts


def _weighed(row: FullRecord) -> Iterator[tuple[str, str]]:
    if row.settled:
        yield "Schedule 4, settled", f"{dict(SETTLED)[row.settled]}. {row.settled_why}"
    for name, words in WEIGHED:
        if said := getattr(row, name):
            yield words, said
    for words, said in (
        ("Law of the time", row.law_note),
        ("Asked", row.asked_whom),
        ("Their answer", row.their_answer),
        ("Missing", row.missing),
    ):
        if said:
            yield words, said


def _who(user: User, reader: UUID) -> str:
    return "you" if user.id == reader else user.name


def status(stands: Stands, now: datetime) -> Status:
    """How the record stands. Open, it lets no outcome be authorised."""
    latest = stands.latest
    if stands.has_changed:
        words = "What it was based on has changed. Review it on the current facts."
        return Status("Open again", "orange", words)
    if stands.state == "waiting" and latest:
        by = due(latest.countersign_by, now)
        words = f"For a supervisor who took no part, {by}. Never delay release or care for it."
        return Status("Waiting for countersign", "yellow", words)
    if stands.state == "agreed":
        words = "It is up to date with the current facts. A decision or a new fact opens it again."
        return Status("Countersigned", "green", words)
    if stands.state == "sent_back":
        return Status("Sent back", "orange", "A colleague reviewed it and wants more. Their comments are with it.")
    words = "It comes before any charge, caution or other disposal, no further action, plea or hearing."
    return Status("Not written yet", "yellow", words)


def turns(
    events: Sequence[ObligationEvent],
    records: Sequence[FullRecord],
    answers: Sequence[FirstAnswer],
    user: UUID,
    now: datetime,
) -> list[str]:
    """When it was opened, decided, signed, and opened again, the latest eight, the earliest of them first."""
    said: Mapping[str, str] = dict(ANSWERS)
    found = [
        (answer.recorded_at, f"The short question: {said[answer.answer].lower()}. {_who(answer.by, user)}")
        for answer in answers
    ]
    for event in events:
        cause = CODES[event.cause][1] if event.cause in CODES else ""
        again = f"Opened again: someone {cause}" if cause else "Opened again"
        found.append((event.recorded_at, again if event.kind == "reopened" else "Full record opened"))
    for row in records:
        found.append((row.recorded_at, f"Decided, version {row.number}. {_who(row.decided_by, user)}"))
        for signed in row.countersignatures.all():
            kind = "Countersigned" if signed.kind == "agree" else "Sent back"
            found.append((signed.recorded_at, f"{kind}, version {row.number}. {_who(signed.by, user)}"))
    found.sort(key=lambda one: one[0])
    return [f"{moment(at, now)} {words}" for at, words in found[-TURNS:]]
