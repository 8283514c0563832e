"""Where a referral stands, from what came of it. Pure: the same rows give the same state whoever asks, and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

LOOKED_AT_AGAIN = ("rec_asked", "rec_accepted")
FIRST = ("rg_positive", "rg_negative")
INFORMATION = ("info_asked", "info_sent")
# Nationality and Borders Act 2022 s63: before it came into force there was no disqualification.
DISQUALIFIED_FROM = date(2023, 1, 30)


@dataclass(frozen=True)
class Came:
    """One thing that came of a referral: its kind, its day, and its number among them."""

    kind: str
    on: date
    number: int


@dataclass(frozen=True)
class Stands:
    """A state, whether further information is asked for and was not sent since, and what was decided first, if anything."""

    state: str
    returned: bool
    first: str = ""


def stands(route: str, came: Iterable[Came]) -> Stands:
    """The state by the day of each thing and, within a day, by when it was filed. What was put right is not among `came`.

    A notification gets no decision. A request for reconsideration that is refused leaves what was decided before it.
    """
    state = before = "waiting" if route == "nrm" else "told"
    returned, first = False, ""
    for one in sorted(came, key=lambda one: (one.on, one.number)):
        if one.kind in FIRST:
            first = first or one.kind
        if one.kind in INFORMATION:
            returned = one.kind == "info_asked"
        elif one.kind in LOOKED_AT_AGAIN:
            state = "reconsidered"
        elif one.kind == "rec_refused":
            state = before
        else:
            state = before = one.kind
            returned = returned and one.kind == "suspended"
    return Stands(state, returned, first)


def could_disqualify(day: date) -> bool:
    """Whether a disqualification of this day can be one (Nationality and Borders Act 2022 s63, from 30 January 2023)."""
    return day >= DISQUALIFIED_FROM
