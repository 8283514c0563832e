"""The plan and the options in words: sections for a page, and the same on paper. No word of a plan says what it is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lodestar.casework.cases.models import Person
from lodestar.casework.consent.rules import ENGLISH, PLAN, Language, Part, languages
from lodestar.casework.contact_promises.models import Promise
from lodestar.casework.person_plans import queries
from lodestar.casework.person_plans.models import PersonPlan, PlanLink
from lodestar.casework.person_plans.rules import CHANNELS, FEW, without_small
from lodestar.casework.service_referrals.queries import phone_of
from lodestar.platform.audit.presenters import capital
from lodestar.platform.design.when import day as day_words
from lodestar.platform.design.when import day_time, on, weekday
from lodestar.platform.documents.description import Block, Bullets, Document, Heading, Paragraph
from lodestar.platform.reference.queries import contacts_on

HELPLINE = "slavery_helpline"  # its number: its name is not on the plan
READ_OUT = "To be read out by an interpreter: {}"


@dataclass(frozen=True)
class PlanText:
    """A plan as the person reads it: `sections` are headings with their lines; `note` that it has to be read out."""

    language: Language
    title: str
    note: str
    sections: Sequence[tuple[str, Sequence[str]]]


def plan_text(person: Person, plan: PersonPlan, now: datetime) -> PlanText:
    """The plan of a person as it is now, from what was promised, asked of services and offered: codes in fixed words, days, a
    name or none, telephone numbers, and nothing that anybody typed besides that name."""
    parts, is_own = queries.text_for(person, plan.language, PLAN, on(now))
    words: Mapping[str, Part] = {part.code: part for part in parts}
    wanted, shown = languages()[plan.language], languages()[plan.language if is_own else ENGLISH]
    who, is_english = plan.shown_name or words[plan.role].heading, shown["code"] == ENGLISH
    lines = [_promise(row, plan, who, words, is_english=is_english) for row in queries.promises_in_plan(person, now)]
    helps = [words[code].heading for code in queries.help_in_plan(person)]
    numbers = {row["code"]: row["number"] for row in contacts_on(on(now))}
    phone, role = phone_of(plan.to_ring_id), f", {words[plan.role].heading}" if plan.shown_name else ""
    helpline = f"{words['helpline'].heading}: {numbers[HELPLINE]}"
    rings = [f"{capital(who)}{role}{f': {phone}' if phone else ''}", words["danger"].heading, helpline]
    sections = [
        ("", [words["keep"].heading]), ("", lines or [words["nothing"].heading]), ("", helps), (words["ring"].heading, rings),
        *((part.heading, part.text) for part in parts if part.text),
    ]  # fmt: skip
    note = "" if is_own else READ_OUT.format(wanted["name"])
    return PlanText(shown, words["title"].heading, note, [(heading, items) for heading, items in sections if items])


def _promise(row: Promise, plan: PersonPlan, who: str, words: Mapping[str, Part], *, is_english: bool) -> str:
    """One promise: who will do what, before or until the end of which day. A translation keeps its own order of words."""
    until, day = words["by" if row.due_at else "until"].heading, on(row.by_when)
    by = capital(who if row.owner_id == plan.to_ring_id else words["someone"].heading)
    if is_english:
        return f"{by} {words[row.kind].heading} {until} {weekday(day)}."
    return f"{by}: {words[row.kind].heading} {until} {day.day}.{day.month}.{day.year}"


def plan_document(text: PlanText, now: datetime) -> Document:
    """The plan on paper, in large letters."""
    blocks: list[Block] = [Paragraph(text.note)] if text.note else []
    for heading, items in text.sections:
        blocks += [*([Heading(heading)] if heading else []), Bullets(tuple(items))]
    return Document(text.title, "", "", on(now), tuple(blocks), text.language["lang"], is_large=True)


def options_document(parts: Sequence[Part], language: Language, now: datetime, *, is_own: bool) -> Document:
    """The options on paper: no name, no case, and no service by name, since paper may be found."""
    blocks: list[Block] = [] if is_own else [Paragraph(READ_OUT.format(language["name"]))]
    for part in parts[1:]:
        blocks += [Heading(part.heading), *map(Paragraph, part.text)]
    shown = language if is_own else languages()[ENGLISH]
    return Document(parts[0].heading, "", "", on(now), tuple(blocks), shown["lang"], is_large=True)


def link_words(row: PlanLink, now: datetime) -> str:
    """What became of a link."""
    ended = "Opened" if row.opened_at else "Ended" if row.ended_at or row.ends_at <= now else "May be opened until"
    return f"{CHANNELS[row.channel]}, made {day_time(row.recorded_at)}. {ended} {day_time(row.ended_at or row.ends_at)}"


QUESTIONS = ("I know who to ring", "I was told when promised")


def feedback_tables(counts: Mapping[date, tuple[int, Sequence[Mapping[str, int]]] | None]) -> list[dict[str, Any]]:
    """The answers of each quarter, or that there are too few to show."""
    tables = []
    for quarter, counted in counts.items():
        number, by_question = counted or (0, ())
        rows = [
            [name, *("Not shown" if cell is None else str(cell) for cell in without_small(item))]
            for name, item in zip(QUESTIONS, by_question, strict=False)
        ]
        few = "" if counted else f"Fewer than {FEW} answers: not shown"
        tables.append({"title": f"Quarter from {day_words(quarter)}", "few": few, "rows": rows, "number": number})
    return tables
