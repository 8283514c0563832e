"""What only the ledger tells of one act: events of the person whose names end with the key of the act.

`section45_excluded <act>`: a person settled that Schedule 4 excludes it. `section45_waits <act> <number>`: a full record
waits, or waited, for its countersignature; its instant is the end of the next tour. `section45_happened_without <act>`: a
charge or another outcome came while the full record was open. `section45_came <act> <kind>`: a charge, plea or hearing, with the
record or without it. `section45_account` is of the person: they gave a first or a further account.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from lodestar.platform.obligations.facts import PersonFacts
from lodestar.platform.obligations.obligations import as_instant
from lodestar.platform.time.days import after_hours

EXCLUDED, WAITS, WITHOUT = "section45_excluded", "section45_waits", "section45_happened_without"
CAME, ACCOUNT = "section45_came", "section45_account"
OUTCOMES = ("charge", "plea", "hearing")  # those after which it is considered again
CONSIDER_AGAIN = {
    "charge": "They were charged", "plea": "A plea was entered", "hearing": "A hearing was held", ACCOUNT: "They gave an account",
}  # fmt: skip
NEXT_TOUR = 24  # hours: the next tour ends so long after this one, and begins within so long after a decision


def name_of(event: str, act: str, number: int | str | None = None) -> str:
    """The name under which the ledger tells an event of one act."""
    return f"{event} {act}" if number is None else f"{event} {act} {number}"


def act_events(person: PersonFacts, event: str, act: str) -> Iterator[tuple[str, datetime]]:
    """Each such event of the act, with what stands behind its key (a number, or nothing)."""
    wanted = name_of(event, act)
    for name, when in person.events:
        if name == wanted or name.startswith(f"{wanted} "):
            yield name[len(wanted) + 1 :], as_instant(when)


def outcomes_without(person: PersonFacts) -> Iterator[tuple[str, datetime]]:
    """The act and the time of every outcome that came without the full record, whatever is known of the act by now."""
    for name, when in person.events:
        if name.startswith(f"{WITHOUT} "):
            yield name.removeprefix(f"{WITHOUT} "), as_instant(when)


def without(at: datetime) -> str:
    """The moment of `section45_full_record` that an outcome at `at` without it opens."""
    return f"happened without {at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def version(number: int | str) -> str:
    """The moment of `section45_countersign` of one version of a record."""
    return f"version {number}"


def countersign_by(decided_at: datetime, supervisors: Sequence[tuple[datetime, datetime]], tour_end: datetime | None) -> datetime:
    """The end of the next tour after a decision (force policy; a countersignature is never wanted out of hours).

    `supervisors` are the spans for which the roster has one on duty, `tour_end` is when the decider's own tour ends. The
    tour that begins next is the next one; where the roster holds none for the day after, it is reckoned to end 24 hours
    after the tour in which it was decided, or after the decision where no tour is known.
    """
    until = after_hours(decided_at, NEXT_TOUR)
    coming = sorted(span for span in supervisors if decided_at < span[0] <= until)
    if coming:
        return coming[0][1].astimezone(UTC)
    return after_hours(tour_end or decided_at, NEXT_TOUR)
