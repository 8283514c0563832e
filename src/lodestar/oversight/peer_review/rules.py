"""What a peer review asks and when it is due: themes, scores, what is left to answer, the weight of a finding. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from lodestar.oversight.requirements.evidence import CANNOT_TELL, EVIDENCED, EXPIRED, NONE, WEAK
from lodestar.platform.questionnaires.rules import Question, QuestionSet, question_set
from lodestar.platform.registers.rules import state_rules
from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.time.days import add_months

APP = "peer_review"
REVIEW, FINDING = state_rules(APP, "review_states"), state_rules(APP, "finding_states")
_HEADER = reference_list(APP, "questions").header
THEMES: Mapping[str, str] = _HEADER["themes"]
SCORES: Mapping[str, str] = dict(_HEADER["options"]["score"])
KINDS: Mapping[str, str] = dict(_HEADER["options"]["finding"])
REFUSALS: Mapping[str, str] = {row["code"]: row["name"] for row in reference_list(APP, "refusals").rows}
OWN, PEER = "own", "peer"  # whose assessment: the force's own, the reviewer's
PRACTICE, AREA = KINDS
SHOWS = {"noted": EVIDENCED, "better": EVIDENCED, "in_plan": WEAK, "open": CANNOT_TELL}  # anything else shows nothing
GRACE = 2  # months after the next review was due in which what the last one found still counts


def activities(version: str, theme: str) -> tuple[Question, ...]:
    """What is scored under a theme in the questions of a version, the day since which they are these."""
    return question_set(APP, "questions", date.fromisoformat(version)).sections()[theme]


def theme_questions(version: str, theme: str, kind: str) -> QuestionSet:
    """What is asked of a theme of whoever assesses it: each activity, a remark, and of the force its evidence; else nothing."""
    asked = question_set(APP, "questions", date.fromisoformat(version))
    sections = asked.sections()
    wanted = {OWN: (theme, "each", "cite"), PEER: (theme, "each")}.get(kind, ())
    return replace(asked, questions=tuple(each for section in wanted for each in sections[section]))


def unanswered(assessed: Mapping[str, Any], version: str) -> list[str]:
    """The themes of which an activity has no score yet."""
    return [theme for theme in THEMES if not all(assessed.get(theme, {}).get(each.code) for each in activities(version, theme))]


def next_due(last: date, months: int) -> date:
    """The day by which the next review is due, so many months after the last day of one."""
    return add_months(last, months)


def evidence_state(state: str, ended: date, day: date, months: int) -> str:
    """How much a finding shows on a day: good practice, or an area found better, that it is done; an area in the plan little;
    expired once the next review is two months late."""
    shows = SHOWS.get(state, NONE)
    return EXPIRED if shows != NONE and day > next_due(ended, months + GRACE) else shows


def state_at(moves: Iterable[Any], now: str, at: datetime) -> str:
    """The state that a row had as known at a moment; `now` is what it has. `moves` are its history in their order."""
    rows = list(moves)
    before = [move.after for move in rows if move.recorded_at <= at]
    return before[-1] if before else rows[0].before if rows else now
