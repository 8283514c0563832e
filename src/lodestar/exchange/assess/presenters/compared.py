"""Two answers of the rules to the same facts, side by side: what differs is said in words, and the rest is there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lodestar.casework.referral_forms.presenters import route_words
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
from lodestar.platform.obligations.obligations import Owed, obligation_rows
from lodestar.platform.obligations.settings import SHIPPED, Settings
from lodestar.platform.settings.presenters import LEVELS

CHANGED, REASONS, FIRST, SECOND, SAME = "Differs", "Reasons differ", "First date only", "Second date only", ""
CASE = "The case"
NOT_ASKED, NOT_OWED = "Not asked.", "Not required."
_TREATED = {"child": "A child", "adult": "An adult", "not_known": "Age not known"}
_TEST = {"child": "the test for a child", "adult": "the test for an adult", "both": "both tests"}
_BASES = {"law": "Law", "guidance": "Guidance", "policy": "Policy"}


@dataclass(frozen=True)
class Cell:
    """One thing that the rules answer on one date, in words and with its reasons. `decides` is what makes it another answer on
    another date, and `rule` is said with it then; `due` and `reckoned` are when it falls due and how long after the encounter.
    `absent` is what is said of a date on which it is not answered."""

    what: str
    text: str
    why: str
    decides: tuple[Any, ...]
    absent: str = ""
    rule: str = ""
    due: datetime | None = None
    reckoned: object = None

    @property
    def full_text(self) -> str:
        """What is answered, with its reasons; of something that is owed those are on a page of their own."""
        return self.text if self.absent == NOT_OWED else f"{self.text}. {self.why}".strip()

    def differs_from(self, other: "Cell") -> bool:
        """Whether it is another answer. That it falls due later because the meeting was later is no difference."""
        return self.decides != other.decides or (self.due != other.due and self.reckoned != other.reckoned)


@dataclass(frozen=True)
class Answered:
    """The answer on one date, and all that is in it, each by whom it is about and a key."""

    at: datetime
    answers: Mapping[str, Any]
    cells: Mapping[tuple[str, str], Cell]


@dataclass(frozen=True)
class Row:
    """One thing that the rules answer, on the first date and on the second. `how` says in words whether it differs."""

    who: str
    what: str
    first: str
    second: str
    how: str


def answered(encounter: Encounter, settings: Settings) -> Answered:
    """What the rules answer to the facts as of their date."""
    owed: dict[tuple[str | None, str], Owed] = {}  # of each person and code, what falls due first
    for obligation in everything_owed(encounter, settings):
        earlier = owed.setdefault((obligation.person, obligation.code), obligation)
        if obligation.due and (earlier.due is None or obligation.due < earlier.due):
            owed[(obligation.person, obligation.code)] = obligation
    answers, at, cells = answer(encounter, settings), encounter.encountered_at, dict[tuple[str, str], Cell]()
    for person, read in zip(answers["people"], reading(encounter, settings).people, strict=True):
        treated, route = _TREATED[person["treat_as"]], person["route"]
        cells[person["id"], "treated"] = _plain("Treated as", treated, ())
        cells[person["id"], "route"] = _plain("Route", route_words()[route["code"]]["heading"], route["why"])
        for act, act_answer in zip(acts_of(read), person["section45"], strict=True):
            cells[person["id"], f"act {act.subject}"] = _act(act_answer)
        cells |= {(person["id"], code): cell for code, cell in _obligations(person, person["id"], owed, at)}
    case = answers["case"]
    allocated = "A detective accredited PIP2 or higher" if case["allocate_to"] else "No one: no possible victim"
    levels = ", ".join(LEVELS[level["level"]] for level in case["tasking"]) or "None"
    cells[CASE, "allocated"] = _plain("Allocated to", allocated, ())
    cells[CASE, "tasking"] = _plain("Tasking", levels, [why for level in case["tasking"] for why in level["why"]])
    cells |= {(CASE, code): cell for code, cell in _obligations(case, None, owed, at)}
    return Answered(at, answers, cells)


def compared(first: Answered, second: Answered | None) -> list[Row]:
    """Both answers row by row, person by person, the case last; with one date no row differs."""
    if second is None:
        return [Row(who, cell.what, cell.full_text, "", SAME) for (who, _), cell in first.cells.items()]
    order = [*(person["id"] for person in first.answers["people"]), CASE]
    keys = dict.fromkeys([*first.cells, *second.cells])
    return [_row(key, first.cells, second.cells) for key in sorted(keys, key=lambda key: order.index(key[0]))]


def _row(key: tuple[str, str], before: Mapping[tuple[str, str], Cell], after: Mapping[tuple[str, str], Cell]) -> Row:
    who = key[0]
    if key not in after:
        return Row(who, before[key].what, before[key].full_text, before[key].absent, FIRST)
    if key not in before:
        return Row(who, after[key].what, after[key].absent, after[key].full_text, SECOND)
    first, second = before[key], after[key]
    if first.differs_from(second):
        return Row(who, first.what, f"{first.full_text}{first.rule}", f"{second.full_text}{second.rule}", CHANGED)
    if first.why == second.why:
        return Row(who, first.what, first.full_text, second.full_text, SAME)
    texts = [cell.full_text if cell.absent != NOT_OWED else f"{cell.full_text} {cell.why}" for cell in (first, second)]
    return Row(who, first.what, texts[0], texts[1], REASONS)


def _plain(what: str, text: str, why: list[str] | tuple[str, ...], absent: str = "") -> Cell:
    return Cell(what, text, " ".join(why), (text,), absent)


def _act(act: Mapping[str, Any]) -> Cell:
    schedule = act["schedule4"]
    excluded = {True: "excluded by Schedule 4", False: "not excluded by Schedule 4", None: "Schedule 4 needs a person to look"}
    force = {True: "in force", False: "not in force at the act", None: "whether it was in force is open"}
    consider = "To be considered" if act["consider"] else "Not to be considered"
    test = _TEST.get(act["test"], "no test")
    depends = f" ({schedule['depends_on']})" if schedule["depends_on"] else ""
    what = f"Section 45 of the Modern Slavery Act 2015: {act['act'] or 'an act'} {act['section'] or ''}".strip()
    text = f"{consider}, {test}; {excluded[schedule['excluded']]}{depends}; {force[act['in_force']]}"
    return _plain(what, text, act["why"], NOT_ASKED)


def _obligations(
    answers: Mapping[str, Any], person: str | None, owed: Mapping[tuple[str | None, str], Owed], at: datetime
) -> Iterator[tuple[str, Cell]]:
    """What is owed, by its code: when and by whom, and on what reckoning and authority."""
    for obligation in answers["obligations"]:
        code = obligation["code"]
        soonest, rows = owed[person, code], obligation_rows()[code]
        row = next((row for row in rows if row.start == soonest.rule_from), None)  # that decided
        clock, reckoned = (row.due if row else None) or {}, None
        if soonest.due and ("hours" in clock or "days" in clock):
            after = soonest.due - at
            reckoned = after if "hours" in clock else after.days
        said = [obligation[key] for key in ("when", "due_from", "due_before", "owed_by", "basis", "authority")]
        decides = (*said, soonest.rule_from, soonest.sentence, soonest.due is None)
        rule = f" {due_in_words(row.due)} {_BASES[obligation['basis']]}: {'; '.join(obligation['authority'])}." if row else ""
        title, why = curly((row or rows[-1]).title), " ".join(obligation["why"])
        yield code, Cell(title, _when(obligation), why, decides, NOT_OWED, rule, soonest.due, reckoned)


def _when(obligation: Mapping[str, Any]) -> str:
    if obligation["due"]:
        due = f"By {day_time(datetime.fromisoformat(obligation['due']))}"
    elif obligation["due_from"]:
        due = f"Counted from {event_in_words(obligation['due_from'])}"
    elif obligation["due_before"]:
        due = f"Before {event_in_words(obligation['due_before'][0])}"
    else:
        due = f"{capital(WHEN[obligation['when']])}, no clock"
    owed_by = obligation["owed_by"]
    return f"{due}. {ROLES[owed_by].name if owed_by in ROLES else owed_by.replace('_', ' ').capitalize()}."


def rules_words(answers: Mapping[str, Any]) -> str:
    """Which rules answered: the day that chose them, and whose settings since when."""
    whose, _, since = answers["settings"].partition(" ")
    if whose == SHIPPED.label:
        settings = "the settings shipped with Lodestar"
    else:
        settings = f"the force’s own settings{f' of {day(date.fromisoformat(since))}' if since else ''} ({answers['settings']})"
    return f"Rules of {day(date.fromisoformat(answers['rules']))}, with {settings}"
