"""Worklists in finished words: what a list holds in numbers, and its rows grouped by whom and which case they are about."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.presenters import Line, line_of, passed_up, people_words, place_words, role_words, same_tasks
from lodestar.casework.ledger.queries.worklists import Counts, Tried
from lodestar.casework.section45.models import FirstAnswer
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.models import Shift
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.design.when import clock, moment
from lodestar.platform.design.words import MOST_COUNTED, count, shortened
from lodestar.platform.obligations.gravity import gravity_words

MOST_OF_A_CASE = 15  # lines of one case that are open on a page; the rest is folded
LONGEST_NAMES = 44
WHOLE_CASE = "The whole case"


@dataclass(eq=False)
class Group:
    """What is to do for the same people of one case: `lines` are shown, `folded` is the rest by who has it. `facts` are sentences
    that come before the lines."""

    who: str
    reference: str
    place: str
    tags: tuple[str, ...]
    people: frozenset[UUID] = frozenset()
    lines: list[Line] = field(default_factory=list)
    folded: dict[str, list[Line]] = field(default_factory=lambda: defaultdict(list))
    facts: list[tuple[str, str, str]] = field(default_factory=list)  # words, the words of a link, its address


def grouped(rows: Iterable[Obligation], member: Member, now: datetime, tried: Mapping[UUID, Tried]) -> list[Group]:
    """Rows as lines, in groups for the same people of one case; the groups in the order of their first row. Of one case at most
    MOST_OF_A_CASE lines are open. `tried` is what was said of those that were not possible."""
    groups: dict[object, Group] = {}
    shown: dict[UUID, int] = defaultdict(int)
    for some in same_tasks(rows):
        first = some[0]
        people = sorted({row.person_id: row.person for row in some if row.person}.values(), key=lambda person: person.number)
        group = groups.setdefault(
            (first.case_id, *(person.id for person in people)),
            Group(
                shortened(people_words(people), LONGEST_NAMES) or WHOLE_CASE, first.case.reference, place_words(first.case),
                gravity_words(reduce(or_, (row.gravity for row in some))) if people else (),
                frozenset(person.id for person in people),
            ),
        )  # fmt: skip
        line = _line(some, member, now, tried)
        shown[first.case_id] += 1
        (group.lines if shown[first.case_id] <= MOST_OF_A_CASE else group.folded[line.holder]).append(line)
    return list(groups.values())


def _line(rows: Sequence[Obligation], member: Member, now: datetime, tried: Mapping[UUID, Tried]) -> Line:
    line = line_of(rows, member, place=False, show_names=False)
    line = replace(line, agreed=agreed_words(rows[0], now), passed=passed_words(rows[0]))
    if attempt := next((tried[row.id] for row in rows if row.id in tried), None):
        line = passed_up(line, attempt, member, now)
        if member.may(Permission.CASE_GIVE):
            line = replace(line, href=f"/tasks/change?{urlencode({'line': line.value})}")
    return line


def agreed_words(row: Obligation, now: datetime) -> str:
    """The working time that was agreed for a row of a list, with its reason, and whether it is later than the row is due; empty
    where none was."""
    if not (agreed := getattr(row, "agreed", None)):
        return ""
    at = datetime.fromisoformat(agreed["at"])
    late = f", after the time it is due ({moment(row.due_at, now)})" if row.due_at and at > row.due_at else ""
    return f"{moment(at, now)}{late}: {agreed['because']}"


def passed_words(row: Obligation) -> str:
    """Why a row of a list was given to who has it, or they were reminded of it; empty where neither was."""
    passed = getattr(row, "passed", None)
    return f"{'Given' if passed['kind'] == 'given' else 'Reminder'}: {passed['because']}" if passed else ""


ANSWERS = {"yes": "Yes", "cannot_rule_out": "Cannot rule it out"}


def with_answers(groups: Sequence[Group], answers: Iterable[FirstAnswer], now: datetime) -> list[Group]:
    """The groups with what was answered to the first question of section 45, whoever it is about first. The answers are the
    latest of each person, and the latest comes first."""
    first: list[Group] = []
    for answer in answers:
        person, case, who = answer.person, answer.person.case, people_words([answer.person])
        group = next((one for one in (*first, *groups) if person.id in one.people), None)
        tags = gravity_words(getattr(answer, "gravity", 0) or 0)
        group = group or Group(who, case.reference, place_words(case), tags, frozenset({person.id}))
        if group not in first:
            first.append(group)
        words = f"{ANSWERS[answer.answer]}: section 45 of the Modern Slavery Act 2015, {who}"
        by = f"{answer.by.name}, {moment(answer.happened_at, now)}{': ' if answer.why else ''}{answer.why}"
        group.facts.append((by, words, f"/people/{person.id}/section-45-question"))
    return [*first, *(group for group in groups if group not in first)]


def head(number: Counts | None, tour: Shift | None = None) -> list[str]:
    """What a list holds, in a few numbers; nothing on a later page, which counts nothing."""
    if number is None:
        return []
    late = [f"{late_count(number.late, number.all)} late"] if number.late else []
    words = [f"{count(number.all)} to do", *late]
    if number.all <= MOST_COUNTED:  # of a longer list only the beginning is read, which says nothing of the rest
        words += [] if late else ["none late"]
        words += [f"{count(number.child)} about a child"] if number.child else []
        words += [f"{count(number.custody)} about someone arrested or held"] if number.custody else []
    return [*words, *([f"hand over what is left by {clock(tour.to_at)}"] if tour else [])]


def late_count(late: int, of: int) -> str:
    """How many of the rows that were read of a list are late: of a list that is longer than is counted that many at least."""
    return f"at least {late}" if late <= MOST_COUNTED < of else count(late)


def changed_words(asked: Mapping[str, Any]) -> str:
    """What a page says after tasks were changed, by the numbers that its address carries."""
    numbers = (str(asked.get(name, ""))[:4] for name in ("done", "missed", "after"))
    done, missed, after = (int(word) if word.isdecimal() else 0 for word in numbers)
    what = {"give": "given", "remind": "reminded of", "time": "given a working time", "not_needed": "closed as not needed"}
    if asked.get("changed") not in what:
        return ""
    words = f"{_tasks(done)} {what[asked['changed']]}."
    if missed:
        words += f" {_tasks(missed)} not changed: already answered, not assigned to a person, or not theirs to see or answer."
    if after:
        words += f" For {_tasks(after)} it is after the time by law or policy, which stays: the task counts as late from then."
    return words[0].upper() + words[1:]


def _tasks(number: int) -> str:
    return f"{number:,} {'task' if number == 1 else 'tasks'}"


def next_words(total: int | None, page: int) -> str:
    """What the link to the next page says. `total` is how many the list holds, where that is known."""
    if total is None or total > 2 * page:
        return f"Show the next {page}"
    return f"Show the next {total - page}"


def role_choices(roles: Sequence[str], current: str) -> tuple[dict[str, Any], ...]:
    """The roles that nobody has, as links to what each owes."""
    return tuple(
        {"label": role_words(role), "href": f"/unfilled-roles?role={role}", "current": role == current} for role in roles
    )
