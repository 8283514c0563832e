"""How handing on is said: what is left, what waits, who took it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from lodestar.casework.cases.models import Case, Person
from lodestar.casework.cases.presenters import label, labels
from lodestar.casework.ledger.models import Handover, Obligation
from lodestar.casework.ledger.queries.role_gaps import covered_by
from lodestar.casework.ledger.queries.worklists import Tried
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.links import may_open
from lodestar.platform.accounts.permissions import DUTY_INSPECTOR, ROLES, Permission
from lodestar.platform.design.when import moment
from lodestar.platform.design.words import curly, in_words, listed, shortened
from lodestar.platform.obligations.closing_records import DONE_BY
from lodestar.platform.obligations.obligations import ObligationRow, obligation_rows
from lodestar.platform.text.grouping import grouped
from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.text.sorting import isolated

NAMED_AT_ONCE = 4  # names in one line; of more their number


def sentence_of(code: str) -> str:
    """What is owed, by its title in the list of obligations."""
    rows = obligation_rows().get(code, ())
    return short(rows[-1]) if rows else code.replace("_", " ")


def who_words(names: Collection[str], most: int = NAMED_AT_ONCE) -> str:
    """Names in a sentence; of many their number."""
    return listed([*names]) if len(names) <= most else f"{len(names)} people"


def open_tasks(
    rows: Sequence[Obligation], people: Sequence[Person], handed: Sequence[Handover], now: datetime
) -> list[dict[str, Any]]:
    """What is left, one line for each kind, the soonest due first. What somebody has taken is no longer left. `handed` says since
    when it waits to be taken, where all of it was handed on."""
    names, by_obligation = labels(people), {row.obligation_id: row for row in handed}
    still = [row for row in rows if (hand_on := by_obligation.get(row.id)) is None or hand_on.taken_at is None]
    lines_left = []
    for code, some in grouped((row.code, row) for row in still).items():
        who = dict.fromkeys(names[row.person_id] for row in some if row.person_id in names)
        waits = [by_obligation[row.id].handed_at for row in some if row.id in by_obligation]
        lines_left.append(
            {
                "code": code, "sentence": sentence_of(code), "who": who_words(who),
                "due": min((row.due_at for row in some if row.due_at), default=None),
                "handed": moment(min(waits), now) if len(waits) == len(some) else "",
            }
        )  # fmt: skip
    return lines_left


def handed_notes(handed: Sequence[Handover], user: UUID, now: datetime) -> list[dict[str, Any]]:
    """What was handed on, grouped by when, and who took it: what nobody has taken first."""
    groups: dict[tuple[str, str, str], set[str]] = {}
    for row in handed:
        taken = ""
        if row.taken_at and row.taken_by:
            taken = f"{'you' if row.taken_by_id == user else row.taken_by.name} at {moment(row.taken_at, now)}"
        whose = "you" if row.by_id == user else "the officer"
        groups.setdefault((moment(row.handed_at, now), taken, whose), set()).add(row.obligation.code)
    notes = [
        {
            "words": f"{in_words(len(of))} {'line' if len(of) == 1 else 'lines'} passed to the coordinator at {at}.",
            "taken": taken,
            "whose": whose,
        }
        for (at, taken, whose), of in groups.items()
    ]
    return sorted(notes, key=lambda note: note["taken"] != "")


def waiting_line(row: Handover) -> tuple[object, ...]:
    """What a row of `waiting` has in common."""
    owed = row.obligation
    return owed.due_at, owed.case_id, owed.code, row.by_id, row.known


def waiting(rows: Sequence[Handover], now: datetime) -> list[dict[str, Any]]:
    """The morning list: the same thing of one case, due at one moment and handed on by one officer, in one row; `known` is what
    the officer said the next person must know, `value` what its button sends."""
    waiting_rows = []
    for group in grouped((waiting_line(row), row) for row in rows).values():
        first, owed = group[0], group[0].obligation
        people = sorted((row.obligation.person for row in group if row.obligation.person), key=attrgetter("number"))
        waiting_rows.append(
            {
                "value": ",".join(str(row.id) for row in group), "reference": owed.case.reference,
                "sentence": sentence_of(owed.code), "who": who_words([label(person) for person in people]),
                "handed": f"{first.by.name}, {moment(first.handed_at, now)}", "known": first.known, "due": owed.due_at,
                "is_late": owed.due_at is not None and owed.due_at < now,
            }
        )  # fmt: skip
    return waiting_rows


LONGEST_PLACE = 40  # characters
MANY_PEOPLE = 3

OTHER_ROLES = {DUTY_INSPECTOR: "Duty inspector"}  # who owes something by rank and not by a role


PAGES = reference_list("ledger", "answer_pages").rows


def _pages(of: str) -> dict[str, tuple[str, Permission]]:
    """Where a thing is answered, when it has a page of its own, by code: below the address of the person, the case, or an act."""
    return {code: (row["page"], Permission[row["permission"]]) for row in PAGES if row["of"] == of for code in row["codes"]}


OF_PERSON, OF_CASE, OF_OFFENCE = _pages("person"), _pages("case"), _pages("offence")
BESIDE_WORDS = {
    code: row["words"] for row in reference_list("ledger", "answer_pages").rows for code in row["codes"] if "words" in row
}
BESIDE = _pages("beside")  # what a page of their own answers too, with more than a tap would say; without it the tap does


def may_answer(row: Obligation, member: Member) -> bool:
    """Whether this is the member's to answer: they hold it, their role owes it, or they cover a role that nobody has."""
    roles = {row.with_role} if row.code in DONE_BY else {row.with_role, row.owed_by}
    theirs = row.holder_id == member.user or bool(roles & {*member.owes, *covered_by(member)})
    meanwhile = row.code == "answer_directions" and row.holder_id is None and row.case.interim_owner_id == member.user
    return theirs or meanwhile or (row.with_role not in ROLES and member.may(Permission.CASE_GIVE))


def permission_to_answer(code: str) -> Permission:
    """What somebody must be allowed to do to answer this at all."""
    pages = (OF_PERSON.get(code), OF_CASE.get(code), OF_OFFENCE.get(code))
    return next((page[1] for page in pages if page), Permission.DUTY_ANSWER)


def asked(kinds: Sequence[str]) -> str:
    """The heading over the answers that may be given."""
    return "Outcome" if len(kinds) > 1 else "If it cannot be done yet"


def hints(row: Obligation, member: Member) -> dict[str, str]:
    """What each answer leads to."""
    goes = row.code not in DONE_BY and "supervisor" not in member.owes
    stays = "It stays open and goes to the supervisor" if goes else "It stays open, with what was tried"
    return {"not_possible": stays, "not_needed": "It closes, with your name and your reason"}


def related_page(row: Obligation, member: Member) -> tuple[str, str] | None:
    """Another page that answers it with more, where there is one: the words of its link, and the address."""
    where, permission = BESIDE.get(row.code, ("", Permission.SIGNED_IN))
    is_there = where and row.person_id and member.may(permission)
    return (BESIDE_WORDS[row.code], f"/people/{row.person_id}/{where}") if is_there else None


def rule_of(row: Obligation) -> ObligationRow | None:
    """The dated row of the list that made this owed; None for a code that the list has no more."""
    rows = obligation_rows().get(row.code, ())
    return next((rule for rule in rows if rule.start == row.rule_from), rows[-1] if rows else None)


def short(row: ObligationRow) -> str:
    """The title of a rule, as a list shows it."""
    return curly(row.title)


def title_of(row: Obligation) -> str:
    """What is owed, as a list shows it; of a code that the list has no more the code as words."""
    rule = rule_of(row)
    return short(rule) if rule else row.code.replace("_", " ")


def role_words(role: str) -> str:
    """A role that owes something, as people call it."""
    return ROLES[role].name if role in ROLES else OTHER_ROLES.get(role, role.replace("_", " ").capitalize())


def who_does(rule: ObligationRow) -> str:
    """The role that has what a rule makes owed, as people call it."""
    return role_words(DONE_BY.get(rule.code, rule.owed_by))


def whole_sentence(row: Obligation) -> tuple[str, str]:
    """What the rule says in full, and the record that closes it; both empty for a code that the list has no more."""
    rule = rule_of(row)
    return (curly(rule.sentence), curly(rule.closes_by)) if rule else ("", "")


def where_answered(row: Obligation, reference: str, member: Member) -> str:
    """Return the address at which the member answers a task: its own page, the seven lines, or the page of any task. Empty at
    the custody desk where the task is of nobody held."""
    if row.line and member.may(Permission.DUTY_ANSWER):
        return f"/cases/{reference}/do-now"
    if row.person_id and row.code in OF_PERSON and member.may(OF_PERSON[row.code][1]):
        return f"/people/{row.person_id}/{OF_PERSON[row.code][0]}"
    if row.person_id and row.subject and row.code in OF_OFFENCE and member.may(OF_OFFENCE[row.code][1]):
        return f"/people/{row.person_id}/section-45/{row.subject}{OF_OFFENCE[row.code][0]}"
    if row.code in OF_CASE and member.may(OF_CASE[row.code][1]):
        return f"/cases/{reference}/{OF_CASE[row.code][0]}"
    task_page = f"/owed/{row.id}"
    return task_page if member.only is None or may_open(member, task_page) else ""


def in_a_list(person: Person) -> str:
    """A person as lists call them: the first name and the next one's initial, or what was seen."""
    names = person.name.split()
    if len(names) < 2:
        return label(person)
    return isolated(f"{names[0]} {names[-1][0]}.")


def place_words(case: Case) -> str:
    """Where it was, short."""
    return shortened(case.place, LONGEST_PLACE)


@dataclass(frozen=True)
class Line:
    """One thing owed, as a list shows it: the same thing of several people is one line."""

    sentence: str
    href: str
    about: str
    reference: str
    due: datetime | None
    holder: str
    because: tuple[str, ...] = ()
    authority: str = ""
    rule_href: str = ""
    stuck_since: str = ""
    tried: str = ""
    by: str = ""
    strong: bool = False
    ids: tuple[UUID, ...] = ()
    agreed: str = ""  # the working time that was agreed, and why
    passed: str = ""  # why it was given to who has it, or they were reminded of it

    @property
    def value(self) -> str:
        """What its tick sends."""
        return ".".join(map(str, self.ids))


def lines(rows: Iterable[Obligation], member: Member, *, place: bool = True, show_names: bool = True) -> list[Line]:
    """Rows as lines, in their order. The same thing due at one moment for several people of a case is one.

    `place` says where and in which case, `named` whom it is for: neither is said where the page says it already.
    """
    return [line_of(some, member, place=place, show_names=show_names) for some in same_tasks(rows)]


def same_tasks(rows: Iterable[Obligation]) -> list[list[Obligation]]:
    """Rows that are one line: the same thing of one case, due at one moment, which the same person or role has."""
    same = attrgetter("case_id", "code", "due_at", "with_role", "holder_id", "not_possible")
    return list(grouped((same(row), row) for row in rows).values())


def line_of(rows: Sequence[Obligation], member: Member, *, place: bool = True, show_names: bool = True) -> Line:
    """Rows that are alike as one line; `place` and `show_names` as in `lines`."""
    first = rows[0]
    rule = rule_of(first)
    sentence = title_of(first)
    who = people_words([row.person for row in rows if row.person]) if show_names else ""
    where = place_words(first.case) if place else ""
    return Line(
        sentence=sentence,
        href=where_answered(first, first.case.reference, member),
        about=", ".join(part for part in (who, where) if part),
        reference=first.case.reference if place else "",
        due=first.due_at,
        holder=holder_words(first),
        because=tuple(dict.fromkeys(why.rstrip(".") for row in rows for why in row.why)),
        authority="; ".join(rule.authority) if rule else "",
        rule_href=f"/rules/{first.code}" if rule else "",
        strong=first.when == "now",
        ids=tuple(row.id for row in rows),
    )


def people_words(people: Sequence[Person]) -> str:
    """People as a line names them; of many their number."""
    return who_words(dict.fromkeys(map(in_a_list, people)), MANY_PEOPLE)


def holder_words(row: Obligation) -> str:
    """Who has it: the name and the role, or the role alone."""
    role = role_words(row.with_role)
    return f"{row.holder.name}, {role[0].lower()}{role[1:]}" if row.holder else role


def passed_up(line: Line, answer: Tried, member: Member, now: datetime) -> Line:
    """The line of something that was not possible and waits for the supervisor, who may have said so themselves."""
    return replace(
        line,
        sentence=f"Not possible yet: {line.sentence[0].lower()}{line.sentence[1:]}",
        stuck_since=f"since {moment(answer.at, now)}",
        tried=answer.because,
        by="" if answer.by == member.user else answer.name,
    )


DO_NOW, OFFENCES = "/do-now", "/offences"


@dataclass(frozen=True)
class Step:
    """One step. `answered_at` is its page below the address of the case or person; empty where it has none of its own.
    `beside` is what else is answered there: its code and its sentence."""

    code: str
    sentence: str
    answered_at: str
    beside: tuple[tuple[str, str], ...]


def step_of(code: str, *, of_person: bool) -> Step | None:
    """The step of this code of the list of what is owed, as it is answered for a person or for a case; None where the list has
    none."""
    rows = obligation_rows().get(code)
    if not rows:
        return None
    where = _page(code, rows[-1], of_person)
    others = [(other, row[-1]) for other, row in obligation_rows().items() if where and other != code]
    beside = [(other, short(row)) for other, row in others if _page(other, row, of_person) == where]
    return Step(code, short(rows[-1]), where, tuple(beside))


def _page(code: str, row: ObligationRow, of_person: bool) -> str:
    if not of_person:
        return DO_NOW if row.line else f"/{OF_CASE[code][0]}" if code in OF_CASE else ""
    if code in OF_OFFENCE:
        return OFFENCES
    return f"/{OF_PERSON[code][0]}" if code in OF_PERSON else ""
