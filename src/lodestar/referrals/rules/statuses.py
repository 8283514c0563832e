"""Where a referral is, by all that came of it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

LOOKED_AT_AGAIN = ("rec_asked", "rec_accepted")
FIRST = ("rg_positive", "rg_negative")
INFORMATION = ("info_asked", "info_sent")


@dataclass(frozen=True)
class Came:
    """One thing that came of a referral: its kind, its day, and its number among them."""

    kind: str
    on: date
    number: int


@dataclass(frozen=True)
class DecisionState:
    """A state, whether further information is asked for and was not sent since, and what was decided first, if anything."""

    state: str
    returned: bool
    first: str = ""


def decision_state(route: str, came: Iterable[Came]) -> DecisionState:
    """The state by the day of each thing and, within a day, by when it was filed. What was put right is not among `came`.

    A notification gets no decision. A request for reconsideration that is refused leaves what was decided before it.
    """
    state = before = "waiting" if route == "nrm" else "told"
    returned, first = False, ""
    for event in sorted(came, key=lambda event: (event.on, event.number)):
        if event.kind in FIRST:
            first = first or event.kind
        if event.kind in INFORMATION:
            returned = event.kind == "info_asked"
        elif event.kind in LOOKED_AT_AGAIN:
            state = "reconsidered"
        elif event.kind == "rec_refused":
            state = before
        else:
            state = before = event.kind
            returned = returned and event.kind == "suspended"
    return DecisionState(state, returned, first)
