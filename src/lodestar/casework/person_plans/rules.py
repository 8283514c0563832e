"""Which link lives, whether somebody may be asked for feedback, and counts that name nobody. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from lodestar.platform.statistics.suppression import suppressed
from lodestar.platform.text.reference_lists import reference_list, words_of
from lodestar.platform.time.days import add_months, london_date

APP = "person_plans"
_OPTIONS = reference_list(APP, "form_questions").header["options"]
UNDERSTOOD, ANSWERS = dict[str, str](_OPTIONS["understood"]), dict[str, str](_OPTIONS["answer"])
CHANNELS = dict[str, str](_OPTIONS["channel"])  # by which a link may go, as contact rules know them
REFUSALS = words_of(APP, "plan_codes", "refusal")
MESSAGE = str(reference_list(APP, "plan_codes").header["message"])  # all that is sent with a link
RANKS = frozenset(reference_list(APP, "plan_codes").header["ranks"])
ROLES = tuple(code for code, _ in _OPTIONS["role"])
FORBIDDEN = tuple(reference_list(APP, "plan_codes").header["forbidden"])  # on no plan, link or message
LINK_LIVES, MOST_TRIES = timedelta(hours=72), 5
QUIET_DAYS = timedelta(days=28)  # after a crisis
FEW = 5
SHORTEST_CODE, LONGEST_NAME = 6, 30
INSIDE_A_NAME = str.maketrans("", "", "-'’")


def names_us(text: str, *names: str) -> bool:
    """Whether a text for the person says what the plan is about or whose it is: a forbidden word, or one of these names."""
    words = text.casefold()
    return any(item.casefold() in words for item in (*FORBIDDEN, *names) if item)


def is_first_name(text: str) -> bool:
    """Whether a text has the shape of one first name: a word of letters, with hyphens and apostrophes inside alone."""
    letters = text.translate(INSIDE_A_NAME)
    return len(text) <= LONGEST_NAME and letters.isalpha() and text[:1].isalpha() and text[-1:].isalpha()


def is_neutral_address(address: str, *names: str) -> bool:
    """Whether the host of an address says nothing of police, slavery, a victim or a force."""
    return not names_us(urlsplit(address).hostname or "police", *names)


def same_interpreter(number: str) -> str:
    """A job number as numbers are compared: letters and figures alone."""
    return re.sub(r"[\W_]+", "", number.casefold())


def is_open(ended_at: datetime | None, ends_at: datetime, now: datetime) -> bool:
    """Whether a link has neither been ended nor run out."""
    return ended_at is None and now < ends_at


def agreed_code(code: str) -> str:
    """A code as it is compared: capitals and spaces make no difference."""
    return "".join(code.split()).casefold()


@dataclass(frozen=True)
class Situation:
    """What decides whether a person may be asked now: when a crisis was last, and the rest as it is."""

    crisis_at: datetime | None = None
    in_danger: bool = False
    decision_waits: bool = False
    is_on_team: bool = False
    asked_in_month: bool = False


def refusal_to_ask(situation: Situation, now: datetime) -> str:
    """Why feedback is not asked now, as a code of `REFUSALS`; empty where it may be (practice 8)."""
    recent = situation.crisis_at is not None and now - situation.crisis_at < QUIET_DAYS
    reasons = {
        "team": situation.is_on_team, "crisis": recent or situation.in_danger, "decision": situation.decision_waits,
        "asked": situation.asked_in_month,
    }  # fmt: skip
    return next((code for code, holds in reasons.items() if holds), "")


def quarter_of(month: date) -> date:
    """The first day of the quarter of a month."""
    return month.replace(month=month.month - (month.month - 1) % 3, day=1)


def without_small(counts: Mapping[str, int]) -> list[int | None]:
    """How often each answer was given, in their order; None for what is hidden, so that the sum gives no small number away."""
    return list(suppressed([[counts.get(code, 0) for code in ANSWERS]]).cells[0])


def counts_by_quarter(
    rows: Iterable[tuple[date, str, str]], now: datetime
) -> Mapping[date, tuple[int, Sequence[Mapping[str, int]]] | None]:
    """How often each answer was given to the two questions (month, first, second), by quarter that is over, with how many
    answered; None of a quarter with fewer than five."""
    answers_by_quarter: dict[date, list[tuple[str, str]]] = {}
    for month, *answers in rows:
        if add_months(quarter_of(month), 3) <= london_date(now):
            answers_by_quarter.setdefault(quarter_of(month), []).append((answers[0], answers[1]))
    return {
        quarter: (len(given), [Counter(item[place] for item in given) for place in (0, 1)]) if len(given) >= FEW else None
        for quarter, given in sorted(answers_by_quarter.items(), reverse=True)
    }
