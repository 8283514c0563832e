"""The plan: its domains, the states of an item, and its status (RAG) by rule. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from lodestar.oversight.requirements.evidence import EVIDENCED, NONE, WEAK
from lodestar.platform.registers.rules import state_rules
from lodestar.platform.text.reference_lists import reference_list

ITEM = state_rules("plan", "item_states")
NOT_STARTED, UNDER_WAY, COMPLETE, STOPPED = ITEM.states
DOMAINS: Mapping[str, str] = {row["code"]: row["name"] for row in reference_list("plan", "domains").rows}
FOUR_P: Mapping[str, str] = {"pursue": "Pursue", "prevent": "Prevent", "protect": "Protect", "prepare": "Prepare"}
GREEN, AMBER, RED = OVERRIDES = ("green", "amber", "red")
RECOMMENDATION = "recommendation"
SOURCES = (RECOMMENDATION, "peer_review", "board", "deep_dive")
RAGS: Mapping[str, str] = {
    "not_started": "Not started", "green": "Green", "amber": "Amber", "red": "Red", "complete": "Complete", "stopped": "Stopped",
}  # fmt: skip
COLOURS: Mapping[str, str] = {
    "not_started": "grey", "green": "green", "amber": "orange", "red": "red", "complete": "blue", "stopped": "grey",
}  # fmt: skip
SLIPPED = timedelta(days=14)  # a milestone that is later than this makes an item red
SOON = timedelta(days=28)  # an item that is due within this has every milestone met


@dataclass(frozen=True)
class Step:
    """A milestone: by when it is due, and when it was met."""

    due_on: date
    met_on: date | None


@dataclass(frozen=True)
class Facts:
    """What the status of an item follows from. `baseline`, `target` and `actual` are in the unit of its measure; `actual` is
    None where that cannot be told; `direction` is whether the measure should go up or down, or neither."""

    state: str
    starts_on: date | None
    original_due_on: date
    due_on: date
    steps: tuple[Step, ...] = ()
    has_measure: bool = False
    direction: str = ""
    unit: str = ""
    baseline: float | None = None
    target: float | None = None
    actual: float | None = None


@dataclass(frozen=True)
class Rag:
    """A status and the reason for it, in words."""

    code: str
    why: str


def is_reached(baseline: float | None, target: float, actual: float, direction: str) -> bool:
    """Whether a measure has reached its target: from above where the target is below the baseline, or the measure should fall."""
    falls = target < baseline if baseline is not None and baseline != target else direction == "down"
    return actual <= target if falls else actual >= target


def is_worse(baseline: float, target: float, actual: float) -> bool:
    """Whether a measure is further from its target than it was at first."""
    return abs(target - actual) > abs(target - baseline)


def rag_of(facts: Facts, day: date) -> Rag:
    """The status of an item on a day: the worst that its dates, its milestones or its measure say."""
    if facts.state == STOPPED:
        return Rag(STOPPED, "It will not be done.")
    missed = _target_words(facts)
    if facts.state == COMPLETE:
        return Rag(COMPLETE, " ".join(("Its owner says that it is done.", missed)).strip())
    late = [day - step.due_on for step in facts.steps if step.met_on is None and step.due_on < day]
    if facts.due_on < day:
        return Rag(RED, f"Its due day passed {_days(day - facts.due_on)} ago.")
    if late and max(late) > SLIPPED:
        return Rag(RED, f"A milestone is {_days(max(late))} late.")
    if facts.state == NOT_STARTED and (facts.starts_on is None or facts.starts_on >= day):
        return Rag(NOT_STARTED, "It has not begun, and need not have.")
    reasons = []
    if facts.state == NOT_STARTED and facts.starts_on:
        reasons.append(f"It should have begun {_days(day - facts.starts_on)} ago.")
    if late:
        reasons.append(f"A milestone is {_days(max(late))} late.")
    if facts.due_on > facts.original_due_on:
        reasons.append(f"It is due {_days(facts.due_on - facts.original_due_on)} later than at first.")
    if facts.due_on - day <= SOON and any(step.met_on is None for step in facts.steps):
        reasons.append(f"It is due in {_days(facts.due_on - day)} and a milestone is not met.")
    if missed and (facts.due_on - day <= SOON or _is_worse(facts)):
        reasons.append(missed)
    return Rag(AMBER, " ".join(reasons)) if reasons else Rag(GREEN, "On time, and every milestone that is due is met.")


def _days(several: timedelta) -> str:
    return "1 day" if several.days == 1 else f"{several.days} days"


def _is_worse(facts: Facts) -> bool:
    if facts.baseline is None or facts.target is None or facts.actual is None:
        return False
    return is_worse(facts.baseline, facts.target, facts.actual)


def _target_words(facts: Facts) -> str:
    """What the measure says against the target; empty where it is reached, or where there is none."""
    if facts.target is None or not facts.has_measure:
        return ""
    if facts.actual is None:
        return "The measure cannot tell whether its target is reached."
    if is_reached(facts.baseline, facts.target, facts.actual, facts.direction):
        return ""
    actual, target = (value_words(value, facts.unit) for value in (facts.actual, facts.target))
    return f"The measure is {actual} and its target {target}."


def value_words(value: float, unit: str) -> str:
    """A number of a measure with its unit: per cent without decimals."""
    return f"{value:.0f}%" if unit == "%" else f"{value:g}{unit}"


def misses_target(facts: Facts) -> bool:
    """Whether it is not known that the measure reached its target; false where there is none."""
    return bool(_target_words(facts))


def evidence_state(state: str, *, is_missed: bool) -> str:
    """How much an item of the plan shows: a thing to be done is weak until it is complete, and after that where it missed its
    target; one that was stopped shows nothing."""
    if state == STOPPED:
        return NONE
    return EVIDENCED if state == COMPLETE and not is_missed else WEAK
