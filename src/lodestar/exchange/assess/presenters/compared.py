"""Two answers of the rules to the same facts, side by side: what differs is said in words, and the rest is there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lodestar.casework.referral_forms.presenters import SAID
from lodestar.casework.section45.rules.acts import acts_of
from lodestar.exchange.assess.presenters.rule_pages import WHEN
from lodestar.exchange.assess.rules import answer, everything_owed
from lodestar.platform.accounts.permissions import ROLES
from lodestar.platform.audit.presenters import capital
from lodestar.platform.design.when import day, day_time
from lodestar.platform.design.words import curly
from lodestar.platform.obligations.encounter_reading import reading
from lodestar.platform.obligations.facts import Encounter
from lodestar.platform.obligations.obligation_words import due_in_words, event_in_words
from lodestar.platform.obligations.obligations import ObligationRow, Owed, obligation_rows
from lodestar.platform.obligations.settings import SHIPPED, Settings
from lodestar.platform.settings.presenters import LEVELS

CHANGED, REASONS, FIRST, SECOND, SAME = (
    "Differs", "Reasons differ", "First date only", "Second date only", "",
)  # fmt: skip
_TREATED = {"child": "A child", "adult": "An adult", "not_known": "Age not known"}
_TEST = {"child": "the test for a child", "adult": "the test for an adult", "both": "both tests"}
_BASES = {"law": "Law", "guidance": "Guidance", "policy": "Policy"}


@dataclass(frozen=True)
class Answered:
    """The answer on one date. `owed` has, of each person and code, what falls due first; `acts` of each person what is
    answered to each act, by its number."""

    at: datetime
    answers: Mapping[str, Any]
    owed: Mapping[tuple[str | None, str], Owed]
    acts: Mapping[str, Mapping[str, Mapping[str, Any]]]

    @property
    def when(self) -> str:
        """The date and time in words."""
        return day_time(self.at)


@dataclass(frozen=True)
class Row:
    """One thing that the rules answer, on the first date and on the second. `how` says in words whether it differs."""

    who: str
    what: str
    first: str
    second: str
    how: str


@dataclass(frozen=True)
class Compared:
    """The answers, row by row. With one date `second` is None and no row differs."""

    first: Answered
    second: Answered | None
    rows: tuple[Row, ...]

    @property
    def different(self) -> list[Row]:
        """The rows that differ."""
        return [row for row in self.rows if row.how]

    def of(self, *who: str) -> list[Row]:
        """The rows about these: ids of people, or the case."""
        return [row for row in self.rows if row.who in who]


def answered(encounter: Encounter, settings: Settings) -> Answered:
    """What the rules answer to the facts as of their date."""
    first: dict[tuple[str | None, str], Owed] = {}
    for obligation in everything_owed(encounter, settings):
        earlier = first.setdefault((obligation.person, obligation.code), obligation)
        if obligation.due and (earlier.due is None or obligation.due < earlier.due):
            first[(obligation.person, obligation.code)] = obligation
    answers, read = answer(encounter, settings), reading(encounter, settings)
    acts = {
        person.id: {act.subject: act_answer for act, act_answer in zip(acts_of(person), person_answers["section45"], strict=True)}
        for person, person_answers in zip(read.people, answers["people"], strict=True)
    }
    return Answered(encounter.encountered_at, answers, first, acts)


def compared(first: Answered, second: Answered | None) -> Compared:
    """Both answers row by row, person by person, the case last. People stand in the same order in both."""
    rows: list[Row] = []
    others = second.answers["people"] if second else [None] * len(first.answers["people"])
    for person_answers, other in zip(first.answers["people"], others, strict=True):
        who = person_answers["id"]
        rows += [_row(who, "Treated as", person_answers, other, _treated), _row(who, "Route", person_answers, other, _route)]
        rows += _acts(who, first.acts[who], second.acts[who] if second else None)
        rows += _obligations(who, who, person_answers, other, first, second)
    case, other = first.answers["case"], second.answers["case"] if second else None
    rows += [_row(CASE, "Allocated to", case, other, _allocation), _row(CASE, "Tasking", case, other, _tasking)]
    rows += _obligations(CASE, None, case, other, first, second)
    return Compared(first, second, tuple(rows))


CASE = "The case"
Acts = Mapping[str, Mapping[str, Any]]
Words = Callable[[Mapping[str, Any]], tuple[str, str]]  # what is answered, and the reasons


def _row(who: str, what: str, first: Mapping[str, Any], other: Mapping[str, Any] | None, words: Words) -> Row:
    text, why = words(first)
    if other is None:
        return Row(who, what, _with(text, why), "", SAME)
    said_then, why_then = words(other)
    how = CHANGED if text != said_then else REASONS if why != why_then else SAME
    return Row(who, what, _with(text, why), _with(said_then, why_then), how)


def _with(text: str, why: str) -> str:
    return f"{text}. {why}".strip() if why else f"{text}."


def _treated(person: Mapping[str, Any]) -> tuple[str, str]:
    return _TREATED[person["treat_as"]], ""


def _route(person: Mapping[str, Any]) -> tuple[str, str]:
    return SAID[person["route"]["code"]].heading, " ".join(person["route"]["why"])


def _allocation(case: Mapping[str, Any]) -> tuple[str, str]:
    return "A detective accredited PIP2 or higher" if case["allocate_to"] else "No one: no possible victim", ""


def _tasking(case: Mapping[str, Any]) -> tuple[str, str]:
    levels = [LEVELS[level["level"]] for level in case["tasking"]]
    return ", ".join(levels) or "None", " ".join(why for level in case["tasking"] for why in level["why"])


def _acts(who: str, ones: Acts, others: Acts | None) -> list[Row]:
    """Acts in their order. One done under the age of ten is not asked about."""
    rows = []
    for subject in sorted({*ones, *(others or {})}, key=int):
        first, other = ones.get(subject), (others or {}).get(subject)
        act = first or other or {}
        what = f"Section 45 of the Modern Slavery Act 2015: {act['act'] or 'an act'} {act['section'] or ''}".strip()
        if first and (other or others is None):
            rows.append(_row(who, what, first, other, _act))
        elif first:
            rows.append(Row(who, what, _with(*_act(first)), NOT_ASKED, FIRST))
        else:
            rows.append(Row(who, what, NOT_ASKED, _with(*_act(act)), SECOND))
    return rows


NOT_ASKED = "Not asked."
NOT_OWED = "Not required."


def _act(act: Mapping[str, Any]) -> tuple[str, str]:
    schedule = act["schedule4"]
    excluded = {True: "excluded by Schedule 4", False: "not excluded by Schedule 4", None: "Schedule 4 needs a person to look"}
    force = {True: "in force", False: "not in force at the act", None: "whether it was in force is open"}
    consider = "To be considered" if act["consider"] else "Not to be considered"
    test = _TEST.get(act["test"], "no test")
    depends = f" ({schedule['depends_on']})" if schedule["depends_on"] else ""
    text = f"{consider}, {test}; {excluded[schedule['excluded']]}{depends}; {force[act['in_force']]}"
    return text, " ".join(act["why"])


def _obligations(
    who: str,
    person: str | None,
    answers: Mapping[str, Any],
    other: Mapping[str, Any] | None,
    first: Answered,
    second: Answered | None,
) -> list[Row]:
    mine = {obligation["code"]: obligation for obligation in answers["obligations"]}
    theirs = {obligation["code"]: obligation for obligation in other["obligations"]} if other else None
    rows = []
    for code in [*mine, *(code for code in theirs or () if code not in mine)]:
        key = (person, code)
        before, after = first.owed.get(key), second.owed.get(key) if second else None
        owed = before or after
        title = curly(((owed and row_of(owed)) or obligation_rows()[code][-1]).title)
        if theirs is None:
            rows.append(Row(who, title, _owed(mine[code], before), "", SAME))
        elif code not in theirs:
            rows.append(Row(who, title, _owed(mine[code], before), NOT_OWED, FIRST))
        elif code not in mine:
            rows.append(Row(who, title, NOT_OWED, _owed(theirs[code], after), SECOND))
        else:
            rows.append(_both(who, title, (mine[code], before), (theirs[code], after), _moved(before, after, first, second)))
    return rows


def _both(
    who: str, title: str, first: tuple[Mapping[str, Any], Owed | None], second: tuple[Mapping[str, Any], Owed | None], moved: bool
) -> Row:
    """One obligation on both dates. That it falls due later because the meeting was later is no difference."""
    differs = moved or any(first[0][key] != second[0][key] for key in ("when", "due_from", "due_before", "owed_by", "basis"))
    differs = differs or first[0]["authority"] != second[0]["authority"]
    whys = [" ".join(obligation["why"]) for obligation, _ in (first, second)]
    how = CHANGED if differs else REASONS if whys[0] != whys[1] else SAME
    texts = [_owed(obligation, owed, rule=differs) for obligation, owed in (first, second)]
    if how == REASONS:
        texts = [f"{words} {why}" for words, why in zip(texts, whys, strict=True)]
    return Row(who, title, texts[0], texts[1], how)


def _moved(owed: Owed | None, other: Owed | None, first: Answered, second: Answered | None) -> bool:
    """Whether another dated row of the list decides, or hours or days counted from the meeting are not as many."""
    if owed is None or other is None or second is None:
        return False
    if owed.rule_from != other.rule_from or owed.sentence != other.sentence or (owed.due is None) != (other.due is None):
        return True
    row = row_of(owed)
    if owed.due is None or other.due is None or owed.due == other.due or row is None or not row.due:
        return False
    if "hours" in row.due:
        return owed.due - first.at != other.due - second.at
    return "days" in row.due and (owed.due - first.at).days != (other.due - second.at).days


def row_of(owed: Owed) -> ObligationRow | None:
    """The dated row of the list that decided."""
    return next((row for row in obligation_rows()[owed.code] if row.start == owed.rule_from), None)


def _owed(obligation: Mapping[str, Any], owed: Owed | None, *, rule: bool = False) -> str:
    """When, by whom, and with `rule` on what reckoning and authority."""
    if obligation["due"]:
        due = f"By {day_time(datetime.fromisoformat(obligation['due']))}"
    elif obligation["due_from"]:
        due = f"Counted from {event_in_words(obligation['due_from'])}"
    elif obligation["due_before"]:
        due = f"Before {event_in_words(obligation['due_before'][0])}"
    else:
        due = f"{capital(WHEN[obligation['when']])}, no clock"
    words = f"{due}. {_role(obligation['owed_by'])}."
    row = row_of(owed) if owed and rule else None
    if row:
        words += f" {due_in_words(row.due)} {_BASES[obligation['basis']]}: {'; '.join(obligation['authority'])}."
    return words


def _role(owed_by: str) -> str:
    return ROLES[owed_by].name if owed_by in ROLES else owed_by.replace("_", " ").capitalize()


def rules_words(answers: Mapping[str, Any]) -> str:
    """Which rules answered: the day that chose them, and whose settings since when."""
    whose, _, since = answers["settings"].partition(" ")
    if whose == SHIPPED.label:
        settings = "the settings shipped with Lodestar"
    else:
        settings = f"the force’s own settings{f' of {day(date.fromisoformat(since))}' if since else ''} ({answers['settings']})"
    return f"Rules of {day(date.fromisoformat(answers['rules']))}, with {settings}"
