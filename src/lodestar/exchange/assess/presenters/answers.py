"""The answer of the rules to a made-up case, in words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from lodestar.casework.referral_forms.presenters import route_words
from lodestar.exchange.assess.presenters.rule_pages import WHEN
from lodestar.platform.accounts.permissions import ROLES
from lodestar.platform.audit.presenters import capital
from lodestar.platform.design.when import day, day_time
from lodestar.platform.design.words import curly
from lodestar.platform.obligations.obligation_words import event_in_words
from lodestar.platform.obligations.obligations import obligation_rows
from lodestar.platform.obligations.settings import SHIPPED
from lodestar.platform.settings.presenters import LEVELS

_TREATED = {"child": "A child", "adult": "An adult", "not_known": "Age not known"}
_TEST = {"child": "the test for a child", "adult": "the test for an adult", "both": "both tests", None: "no test"}
_EXCLUDED = {True: "excluded by Schedule 4", False: "not excluded by Schedule 4", None: "Schedule 4 needs a person to look"}
_IN_FORCE = {True: "in force", False: "not in force at the act", None: "whether it was in force is open"}

Row = tuple[str, str]  # what is answered, and the answer with its reasons


def person_rows(person: Mapping[str, Any]) -> Iterator[Row]:
    """What is answered about one person."""
    route = person["route"]
    yield "Treated as", _TREATED[person["treat_as"]]
    yield "Route", _with_reasons(route_words()[route["code"]]["heading"], route["why"])
    for act in person["section45"]:
        what = f"{act['act'] or 'an act'} {act['section'] or ''}".strip()
        yield f"Section 45 of the Modern Slavery Act 2015: {what}", _with_reasons(_act(act), act["why"])
    yield from map(_obligation, person["obligations"])


def case_rows(case: Mapping[str, Any]) -> Iterator[Row]:
    """What is answered about the case."""
    yield "Allocated to", "A detective accredited PIP2 or higher" if case["allocate_to"] else "No one: no possible victim"
    levels = ", ".join(LEVELS[level["level"]] for level in case["tasking"]) or "None"
    yield "Tasking", _with_reasons(levels, [why for level in case["tasking"] for why in level["why"]])
    yield from map(_obligation, case["obligations"])


def _with_reasons(text: str, why: Sequence[str]) -> str:
    return f"{text}. {' '.join(why)}".strip()


def _act(act: Mapping[str, Any]) -> str:
    schedule = act["schedule4"]
    consider = "To be considered" if act["consider"] else "Not to be considered"
    depends = f" ({schedule['depends_on']})" if schedule["depends_on"] else ""
    return f"{consider}, {_TEST[act['test']]}; {_EXCLUDED[schedule['excluded']]}{depends}; {_IN_FORCE[act['in_force']]}"


def _obligation(obligation: Mapping[str, Any]) -> Row:
    """What is owed: when, and by whom. Its reasons stand on the page of the rule."""
    if obligation["due"]:
        due = f"By {day_time(datetime.fromisoformat(obligation['due']))}"
    elif obligation["due_from"]:
        due = f"Counted from {event_in_words(obligation['due_from'])}"
    elif obligation["due_before"]:
        due = f"Before {event_in_words(obligation['due_before'][0])}"
    else:
        due = f"{capital(WHEN[obligation['when']])}, no clock"
    owed_by = obligation["owed_by"]
    who = ROLES[owed_by].name if owed_by in ROLES else owed_by.replace("_", " ").capitalize()
    return curly(obligation_rows()[obligation["code"]][-1].title), f"{due}. {who}."


def rules_words(answer: Mapping[str, Any]) -> str:
    """Which rules answered: the day that chose them, and whose settings since when."""
    whose, _, since = answer["settings"].partition(" ")
    if whose == SHIPPED.label:
        settings = "the settings shipped with Lodestar"
    else:
        settings = f"the force’s own settings{f' of {day(date.fromisoformat(since))}' if since else ''} ({answer['settings']})"
    return f"Rules of {day(date.fromisoformat(answer['rules']))}, with {settings}"
