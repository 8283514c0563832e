"""The first screen as a whole: how it stands, who to ring, what else is to do."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.urls import reverse

from lodestar.casework.cases.presenters import labels
from lodestar.casework.ledger.presenters import handed_notes, holder_words
from lodestar.casework.safety.presenters.lines import AnswerSummary, Line, lines, people_words
from lodestar.casework.safety.queries import Scene
from lodestar.directory.contacts.presenters.numbers import Number
from lodestar.platform.design.when import due, is_late, moment
from lodestar.platform.design.words import in_words, listed

RINGS = ("emergency", "childrens_services", "duty_sergeant", "interpreters", "slavery_helpline")
LINKED_AT_ONCE = 8
TOLD, TELL_AND_LISTEN = "child_told_and_heard", "Explain what happens, and listen"
CRIMES = frozenset({"record_crime", "record_incident_overseas"})
ASKED = frozenset({"explain_who_will_know", "reach_nrm_or_dtn", "confirm_consent_conditions"})


@dataclass(frozen=True)
class Next:
    """A step after the lines, for one person or for a case: the name of the page where it is taken, who has it, and the page's
    address, empty where it does not open for the reader."""

    of: UUID | str
    words: str
    name: str
    page: str = "person-consent"
    holder: str = ""
    href: str = ""


def screen(
    scene: Scene,
    *,
    user: UUID,
    now: datetime,
    unfolded: str = "",
    sergeant: str = "",
    rings: Mapping[str, Sequence[Number]] = MappingProxyType({}),
    may_open: Callable[[str], bool],
) -> dict[str, Any]:
    """All that the screen says to one reader. `rings` are the numbers of `RINGS`; `sergeant` is who is on duty as supervisor, by
    name, or empty; `may_open` says of an address whether it leads somewhere for the reader: the screen names no other."""
    case_lines = tuple(_with_pages(line, may_open) for line in lines(scene, user=user, now=now, unfolded=unfolded))
    still = [line for line in case_lines if line.state != "done"]
    rings_by_code = _with_sergeant(rings, sergeant)
    panel = ("childrens_services", "duty_sergeant", "interpreters", "slavery_helpline")
    return {
        "people": people_words(scene.people, scene.case.encountered_at),
        "state": _state(case_lines, now),
        "next": next((line for line in still if line.state == "open"), None),
        "lines": case_lines,
        "asks_times": sum(line.ask is not None for line in case_lines) > 1,
        "save_after": _save_after(case_lines),
        "may_save": any(line.is_unfolded or line.ask or line.state != "done" for line in case_lines),
        "answered": "" if still or not case_lines else _answered(scene, case_lines, user, now),  # no line is open
        "rings": rings_by_code,
        "panel": [number for code in panel for number in rings_by_code.get(code, ())],
        "sergeant": sergeant or "the duty supervisor",
        "elsewhere": len(scene.elsewhere),
        "is_owned": scene.case.owner_id is None and scene.case.interim_owner_id == user,
        "handed": list(handed_notes(scene.handed, user, now)),
        "then": [_with_link(next_step, may_open) for next_step in _then(scene)],
        "hands_on": may_open(reverse("case-hand-on", args=[scene.case.reference])),
    }


def _save_after(case_lines: Sequence[Line]) -> str:
    """The first of several lines that may be filled in: what is done about it can be saved before the others are looked at."""
    open_lines = [line.code for line in case_lines if line.is_unfolded or line.state != "done"]
    return open_lines[0] if len(open_lines) > 1 else ""


def _with_link(step: Next, may_open: Callable[[str], bool]) -> Next:
    """The step with its address, where that opens for the reader."""
    address = reverse(step.page, args=[step.of])
    return replace(step, href=address if may_open(address) else "")


BESIDE = {"safe_place": "person-tonight"}  # pages that help with a line and do not answer it


def _with_pages(line: Line, may_open: Callable[[str], bool]) -> Line:
    """The line with whoever has a page of their own for it that may be opened."""
    page = line.wording.page or BESIDE.get(line.code, "")
    line.elsewhere = tuple(tick for tick in line.offered if page and may_open(reverse(page, args=[tick.person])))
    return line


def _state(case_lines: Sequence[Line], now: datetime) -> str:
    still = [line for line in case_lines if line.state != "done"]
    if not still:
        return ""
    shut = len(case_lines) - len(still)
    sentence = f"{shut} of {len(case_lines)} answered, {len(still)} open." if shut else f"{_all(len(case_lines))} open."
    dues = [line.due for line in still if line.due]
    if not dues:
        return sentence
    return f"{sentence} The {'first' if is_late(min(dues), now) else 'next is due'} {due(min(dues), now)}."


def _all(number: int) -> str:
    if number <= 2:
        return "The one line is" if number == 1 else "Both lines are"
    return f"All {in_words(number).lower()} lines are"


def _answered(scene: Scene, case_lines: Sequence[Line], user: UUID, now: datetime) -> str:
    """What may be said when every line is answered: what is recorded, never how anybody is."""
    last = _last(case_lines, scene, user)
    names = labels(scene.people)
    who = listed([names[person.id] for person in scene.people]) if len(scene.people) <= 3 else "they"
    entry = f": last entry {moment(last.at, now)}, by {last.by}" if last else ""
    return f"That is what is recorded{entry}. It does not show how {who} {'is' if len(scene.people) == 1 else 'are'} now."


def _last(case_lines: Sequence[Line], scene: Scene, user: UUID) -> AnswerSummary | None:
    turns = [
        AnswerSummary("done", event.happened_at, "", "", "you" if event.by == user else event.by_name, "")
        for turns in scene.happened.values()
        for event in turns
        if event.kind in ("closed", "not_owed")
    ]
    answers = [answer_summary for line in case_lines for answer_summary in line.said]
    return max(turns + answers, key=lambda latest: latest.at, default=None)


def _with_sergeant(rings: Mapping[str, Sequence[Number]], sergeant: str) -> dict[str, list[Number]]:
    """The numbers by what a line calls them, the sergeant by name where one is on duty and has a number."""
    named = {code: list(numbers) for code, numbers in rings.items()}
    if sergeant:
        numbers = named.get("duty_sergeant", ())
        named["duty_sergeant"] = [
            replace(one, label=sergeant, detail="duty supervisor") if one.number else one for one in numbers
        ]
    return named


def _both(number: int) -> str:
    return "Both children" if number == 2 else f"All {number} children"


def _then(scene: Scene) -> tuple[Next, ...]:
    """Whom to ask about a referral, or to tell what happens, and whose crime is to be recorded; nobody while there are too many
    to name."""
    codes: dict[UUID | None, dict[str, str]] = {}  # and who has each
    for open_item in scene.elsewhere:
        codes.setdefault(open_item.person_id, {}).setdefault(open_item.code, holder_words(open_item))
    names = labels(scene.people)
    children = [person for person in scene.people if TOLD in codes.get(person.id, ())]
    together = len(children) > 1
    next_steps = []
    if together:
        holder = codes[children[0].id][TOLD]
        next_steps.append(Next(scene.case.reference, TELL_AND_LISTEN, _both(len(children)), "case-children", holder))
    for person in scene.people:
        tasks = codes.get(person.id, {})
        asked, crimes = ASKED & tasks.keys(), CRIMES & tasks.keys()
        if TOLD in tasks and not together:
            next_steps.append(Next(person.id, TELL_AND_LISTEN, names[person.id], holder=tasks[TOLD]))
        elif asked:
            holder = tasks[min(asked)]
            next_steps.append(Next(person.id, "Ask them about a referral, alone", names[person.id], holder=holder))
        if crimes and "possible_victim" in person.roles:
            holder = tasks[min(crimes)]
            next_steps.append(Next(person.id, "The crime record, to copy", names[person.id], "person-crime-pack", holder))
    return tuple(next_steps) if len(next_steps) <= LINKED_AT_ONCE else ()
