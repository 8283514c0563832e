"""What somebody asks about themselves: by when it is answered, what comes before an answer, and what never goes out.

Data Protection Act 2018 sections 45 to 54 (law-enforcement processing): a month from the latest of receipt and proof of who
asks. The Data (Use and Access) Act 2025 section 76 changed time limits from 5 February 2026; its words were not to be had, so
the month is unconfirmed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lodestar.keeping.rules import months_after

KINDS = ("copy", "put_right", "erase", "restrict")
CAME = ("themselves", "letter", "agent", "relative")
STEPS = ("identity", "alone", "searched", "reviewed", "answered", "refused", "withdrawn")
ENDS = ("answered", "refused", "withdrawn")
SAY_WHY = ("searched", "refused")  # words are asked for: what was found, why not
NEVER = ("address", "support", "others")  # what never goes out to anybody who asks, whoever they say they are


@dataclass(frozen=True)
class Request:
    """Where a request stands: by when it is answered, and what has to come before an answer, by code."""

    due_on: date
    before_answer: tuple[str, ...]
    is_over: bool


def needs_alone(came: str) -> bool:
    """Whether the person has to say, alone, that they ask: a letter may be dictated, an agent may be the exploiter's, a
    relative may be who she fled from."""
    return came != "themselves"


def stands(came: str, received_on: date, steps: Iterable[tuple[str, date]]) -> Request:
    """Where a request stands, of the steps by kind and day."""
    done = dict(sorted(steps, key=lambda one: one[1]))
    wanted = ["identity", *(["alone"] if needs_alone(came) else []), "searched", "reviewed"]
    begins = max(received_on, done.get("identity", received_on), done.get("alone", received_on))
    return Request(months_after(begins, 1), tuple(one for one in wanted if one not in done), bool(set(done) & set(ENDS)))


def against(kind: str, stand: Request, ticked: Iterable[str]) -> tuple[str, ...]:
    """What stands against recording a step, by code: nothing is answered before what comes first, and what was redacted is
    looked through for the three things that never go out."""
    found: list[str] = []
    if stand.is_over:
        found.append("over")
    if kind == "answered":
        found += stand.before_answer
    if kind == "reviewed":
        found += [f"left_{one}" for one in NEVER if one not in set(ticked)]
    return tuple(found)
