"""Two answers of the rules to the same facts, side by side: what differs is said in words, and the rest is there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lodestar.accounts.permissions import ROLES
from lodestar.assess.rules import answer, everything_owed
from lodestar.cases.presenters.settings import LEVELS
from lodestar.cases.rules import SHIPPED, Settings, reading
from lodestar.design.when import day, day_time
from lodestar.design.words import curly
from lodestar.kernel.facts import Encounter
from lodestar.kernel.obligation_words import due_in_words, event_in_words
from lodestar.kernel.obligations import ObligationRow, Owed, obligation_rows
from lodestar.referrals.presenters.route import SAID
from lodestar.section45.rules import acts_of

CHANGED, REASONS, FIRST, SECOND, SAME = (
    "Differs", "Reasons differ", "First date only", "Second date only", "",
)  # fmt: skip
_WHEN = {"now": "now", "this_tour": "this shift", "next_working_day": "the next working day", "later": "later"}
_TREATED = {"child": "A child", "adult": "An adult", "not_known": "Age not known"}
_TEST = {"child": "the test for a child", "adult": "the test for an adult", "both": "both tests"}
_BASES = {"law": "Law", "guidance": "Guidance", "policy": "Policy"}


@dataclass(frozen=True)
class Answered:
    """The answer on one date. `owed` has, of each person and code, what falls due first; `acts` of each person what is
    answered to each act, by its number."""

    at: datetime
    told: Mapping[str, Any]
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
    for one in everything_owed(encounter, settings):
        earlier = first.setdefault((one.person, one.code), one)
        if one.due and (earlier.due is None or one.due < earlier.due):
            first[(one.person, one.code)] = one
    told, read = answer(encounter, settings), reading(encounter, settings)
    acts = {
        person.id: {act.subject: said for act, said in zip(acts_of(person), one["section45"], strict=True)}
        for person, one in zip(read.people, told["people"], strict=True)
    }
    return Answered(encounter.encountered_at, told, first, acts)


def compared(first: Answered, second: Answered | None) -> Compared:
    """Both answers row by row, person by person, the case last. People stand in the same order in both."""
    rows: list[Row] = []
    others = second.told["people"] if second else [None] * len(first.told["people"])
    for one, other in zip(first.told["people"], others, strict=True):
        who = one["id"]
        rows += [_row(who, "Treated as", one, other, _treated), _row(who, "Route", one, other, _route)]
        rows += _acts(who, first.acts[who], second.acts[who] if second else None)
        rows += _obligations(who, who, one, other, first, second)
    case, other = first.told["case"], second.told["case"] if second else None
    rows += [_row(CASE, "Allocated to", case, other, _allocation), _row(CASE, "Tasking", case, other, _tasking)]
    rows += _obligations(CASE, None, case, other, first, second)
    return Compared(first, second, tuple(rows))


CASE = "The case"
Acts = Mapping[str, Mapping[str, Any]]
Words = Callable[[Mapping[str, Any]], tuple[str, str]]  # what is answered, and the reasons


def _row(who: str, what: str, one: Mapping[str, Any], other: Mapping[str, Any] | None, words: Words) -> Row:
    said, why = words(one)
    if other is None:
        return Row(who, what, _with(said, why), "", SAME)
    said_then, why_then = words(other)
    how = CHANGED if said != said_then else REASONS if why != why_then else SAME
    return Row(who, what, _with(said, why), _with(said_then, why_then), how)


def _with(said: str, why: str) -> str:
    return f"{said}. {why}".strip() if why else f"{said}."


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
        one, other = ones.get(subject), (others or {}).get(subject)
        act = one or other or {}
        what = f"Section 45 of the Modern Slavery Act 2015: {act['act'] or 'an act'} {act['section'] or ''}".strip()
        if one and (other or others is None):
            rows.append(_row(who, what, one, other, _act))
        elif one:
            rows.append(Row(who, what, _with(*_act(one)), NOT_ASKED, FIRST))
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
    said = f"{consider}, {test}; {excluded[schedule['excluded']]}{depends}; {force[act['in_force']]}"
    return said, " ".join(act["why"])


def _obligations(
    who: str,
    person: str | None,
    one: Mapping[str, Any],
    other: Mapping[str, Any] | None,
    first: Answered,
    second: Answered | None,
) -> list[Row]:
    mine = {told["code"]: told for told in one["obligations"]}
    theirs = {told["code"]: told for told in other["obligations"]} if other else None
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
    who: str,
    title: str,
    first: tuple[Mapping[str, Any], Owed | None],
    second: tuple[Mapping[str, Any], Owed | None],
    moved: bool,
) -> Row:
    """One obligation on both dates. That it falls due later because the meeting was later is no difference."""
    differs = moved or any(first[0][key] != second[0][key] for key in ("when", "due_from", "due_before", "owed_by", "basis"))
    differs = differs or first[0]["authority"] != second[0]["authority"]
    whys = [" ".join(told["why"]) for told, _ in (first, second)]
    how = CHANGED if differs else REASONS if whys[0] != whys[1] else SAME
    said = [_owed(told, owed, rule=differs) for told, owed in (first, second)]
    if how == REASONS:
        said = [f"{words} {why}" for words, why in zip(said, whys, strict=True)]
    return Row(who, title, said[0], said[1], how)


def _moved(one: Owed | None, other: Owed | None, first: Answered, second: Answered | None) -> bool:
    """Whether another dated row of the list decides, or hours or days counted from the meeting are not as many."""
    if one is None or other is None or second is None:
        return False
    if one.rule_from != other.rule_from or one.sentence != other.sentence or (one.due is None) != (other.due is None):
        return True
    row = row_of(one)
    if one.due is None or other.due is None or one.due == other.due or row is None or not row.due:
        return False
    if "hours" in row.due:
        return one.due - first.at != other.due - second.at
    return "days" in row.due and (one.due - first.at).days != (other.due - second.at).days


def row_of(owed: Owed) -> ObligationRow | None:
    """The dated row of the list that decided."""
    return next((row for row in obligation_rows()[owed.code] if row.start == owed.rule_from), None)


def _owed(told: Mapping[str, Any], owed: Owed | None, *, rule: bool = False) -> str:
    """When, by whom, and with `rule` on what reckoning and authority."""
    if told["due"]:
        due = f"By {day_time(datetime.fromisoformat(told['due']))}"
    elif told["due_from"]:
        due = f"Counted from {event_in_words(told['due_from'])}"
    elif told["due_before"]:
        due = f"Before {event_in_words(told['due_before'][0])}"
    else:
        due = f"{_WHEN[told['when']][:1].upper()}{_WHEN[told['when']][1:]}, no clock"
    words = f"{due}. {_role(told['owed_by'])}."
    row = row_of(owed) if owed and rule else None
    if row:
        words += f" {due_in_words(row.due)} {_BASES[told['basis']]}: {'; '.join(told['authority'])}."
    return words


def _role(owed_by: str) -> str:
    return ROLES[owed_by].name if owed_by in ROLES else owed_by.replace("_", " ").capitalize()


def rules_words(told: Mapping[str, Any]) -> str:
    """Which rules answered: the day that chose them, and whose settings since when."""
    whose, _, since = told["settings"].partition(" ")
    if whose == SHIPPED.label:
        settings = "the settings shipped with Lodestar"
    else:
        settings = f"the force’s own settings{f' of {day(date.fromisoformat(since))}' if since else ''} ({told['settings']})"
    return f"Rules of {day(date.fromisoformat(told['rules']))}, with {settings}"
