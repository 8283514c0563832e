"""What somebody asks about themselves: by when it is answered, what comes before an answer, and what never goes out.

Data Protection Act 2018 sections 45 to 54 (law-enforcement processing): a month from the latest of receipt and proof of who
asks. The Data (Use and Access) Act 2025 section 76 changed time limits from 5 February 2026; its words were not to be had, so
the month is unconfirmed. What may be withheld is section 45(4), in our words and unconfirmed; what is not put right, erased or
restricted needs its reason (sections 46 to 48).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from lodestar.keeping.rules import months_after

KINDS = ("copy", "put_right", "erase", "restrict")
CAME = ("themselves", "letter", "agent", "relative")
STEPS = ("identity", "alone", "searched", "reviewed", "answered", "refused", "withdrawn")
ENDS = ("answered", "refused", "withdrawn")
SAY_WHY = ("searched", "refused")  # words are asked for: by what it was looked for, why not
NEVER = ("address", "support", "others")  # what never goes out to anybody who asks, whoever they say they are
KNOWN = ("identity", "alone")  # what has to be certain before anything is looked for
VERDICTS = ("they", "other", "unsure")  # what whoever has a case says of somebody in it
EXEMPT = ("inquiry", "crime", "public_security", "national_security", "others")  # section 45(4)
CARRIED = ("done", "not")


@dataclass(frozen=True)
class Request:
    """Where a request stands: by when it is answered, what has to come before an answer, by code, and how much of what was
    found is still open."""

    due_on: date
    before_answer: tuple[str, ...]
    is_over: bool
    waits: int = 0


def needs_alone(came: str) -> bool:
    """Whether the person has to say, alone, that they ask: a letter may be dictated, an agent may be the exploiter's, a
    relative may be who she fled from."""
    return came != "themselves"


def stands(came: str, received_on: date, steps: Iterable[tuple[str, date]], waits: int = 0) -> Request:
    """Where a request stands, of the steps by kind and day. `waits`: how much of what was found is open."""
    done = dict(sorted(steps, key=lambda one: one[1]))
    wanted = ["identity", *(["alone"] if needs_alone(came) else []), "searched", "reviewed"]
    begins = max(received_on, done.get("identity", received_on), done.get("alone", received_on))
    missing = tuple(one for one in wanted if one not in done)
    return Request(months_after(begins, 1), missing, bool(set(done) & set(ENDS)), waits)


def against(kind: str, stand: Request, ticked: Iterable[str], says_why: bool = False) -> tuple[str, ...]:
    """What stands against recording a step, by code: nothing is looked for before it is certain who asks, nothing is answered
    before what comes first or, without a reason, while something found is open; and what was redacted is looked through for the
    three things that never go out."""
    found: list[str] = []
    if stand.is_over:
        found.append("over")
    if kind == "searched":
        found += [one for one in stand.before_answer if one in KNOWN]
    if kind == "answered":
        found += stand.before_answer
        if stand.waits and not says_why:
            found.append("open")
    if kind == "reviewed":
        found += [f"left_{one}" for one in NEVER if one not in set(ticked)]
    return tuple(found)


def is_known(came: str, steps: Collection[str]) -> bool:
    """Whether it is certain who asks, and that they ask it themselves and alone: only then something is done for them that
    cannot be undone."""
    return "identity" in steps and ("alone" in steps or not needs_alone(came)) and not {"refused", "withdrawn"} & set(steps)


def may_be_said_after(kind: str) -> bool:
    """Whether whoever has the case may say something else once the request is over: what is used for less is used as before again
    when that is right, and it was not to be asked for anew."""
    return kind == "restrict"


@dataclass(frozen=True)
class Review:
    """What whoever has a case says: whether it is they; what may be given; what is withheld, and why; which of the three things
    were looked for and taken out; whether what they ask was done."""

    verdict: str
    gives: str = ""
    withheld: Collection[str] = ()
    because: str = ""
    ticked: Collection[str] = ()
    carried: str = ""


def review_against(kind: str, told: Review) -> tuple[str, ...]:
    """What is missing of a review, by code, of a request of this kind."""
    if told.verdict not in VERDICTS:
        return ("verdict",)
    found: list[str] = []
    if told.verdict == "unsure" and not told.because:
        found.append("because")
    if told.verdict == "they":
        if kind == "copy" and not (told.gives or told.withheld):
            found.append("gives")
        if kind != "copy" and told.carried not in CARRIED:
            found.append("carried")
        if (told.withheld or told.carried == "not" or (kind == "restrict" and told.carried)) and not told.because:
            found.append("because")
        if told.gives and set(NEVER) - set(told.ticked):
            found.append("ticked")
    return tuple(found)
