"""Deep dives in words: the material of a case, the register of findings, and the report on a page and on paper."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Value

from lodestar.casework.cases.models import Case, Exploitation, Person
from lodestar.casework.cases.presenters import age_words
from lodestar.casework.closures.queries import requests_of
from lodestar.casework.concerns.queries import sign_sentences, signs_of
from lodestar.casework.enquiries.queries import decisions_of, lines_of
from lodestar.casework.enquiries.rules import LINES
from lodestar.casework.evidence.queries import exhibit_counts
from lodestar.casework.investigations.queries import reviews_of
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.presenters import title_of
from lodestar.casework.section45.models import FullRecord
from lodestar.casework.section45.rules.record import CONCLUSIONS
from lodestar.oversight.deep_dives.access import findings_seen
from lodestar.oversight.deep_dives.models import CaseReview, DeepDive, Dispute, DrawnCase, Finding
from lodestar.oversight.deep_dives.queries.material import SOURCES_OF, Row, obligations_of, timeline_of
from lodestar.oversight.deep_dives.rules.questions import (
    ANSWERS,
    FINDING,
    GRADES,
    JUDGED,
    SECTIONS,
    STRATA,
    Item,
    Quarter,
    items_of,
)
from lodestar.oversight.deep_dives.rules.report import share_words
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import ROLES, Permission
from lodestar.platform.design.plots import Bar, bars
from lodestar.platform.design.when import day, day_time, on
from lodestar.platform.documents.description import Block, Document, Entry, Heading, Paragraph
from lodestar.platform.names.contact_normalisation import POSTCODE
from lodestar.platform.notices.due_items import DueItem, Kind
from lodestar.platform.reference.queries import exploitation_names
from lodestar.platform.registers.models import Column, Filter, Register
from lodestar.platform.registers.presenters import due_cell
from lodestar.platform.registers.queries import due_rows
from lodestar.platform.text.text_normalise import whole_number
from lodestar.platform.time.days import london_date

_NUMBER_OR_MAIL = re.compile(r"(?:\d[\s()-]?){9,}|@")
ABOUT_DRAWING = (
    "All cases of a quarter with a possible victim, up to 30; of more a sample by stratum. The seed is chosen by chance and "
    "stored. Sealed cases are only counted."
)
HIDDEN = "[Not shown: this text has an address, a number or an e-mail]"
MOST_DUE, EACH = 20, 50
PARTS = {"facts": "Case", "tasks": "Tasks", "decisions": "Events and decisions", "work": "Investigation", "texts": "Records"}
ROLE_NAMES = {role.code: role.name for role in ROLES.values()}
COMPARISONS = ("By stratum", "By type of exploitation")
CATEGORIES = {"victim": "possible victim", "suspect": "suspect", "witness": "witness", "other": "other person"}
CLOSED_BY = {"record": "Closed by a record", "word": "Closed on an officer’s word", "reason": "Not needed, with a reason"}


def quarter_words(dive: DeepDive | Quarter) -> str:
    """A deep dive by its quarter."""
    return f"quarter {dive.first.month // 3 + 1} of {dive.first.year}"


def shown_text(words: object) -> str:
    """A free text for a reviewer; not shown where it has a postcode, a long number or an e-mail address."""
    text = str(words or "")
    return HIDDEN if POSTCODE.search(text) or _NUMBER_OR_MAIL.search(text) else text


def fact_lines(case: Case) -> list[dict[str, str]]:
    """What a case is, with its people by number alone."""
    people = list(Person.objects.filter(case=case).order_by("number"))
    names, met = exploitation_names(), london_date(case.encountered_at)
    kinds = Exploitation.objects.filter(person__case=case).order_by("type").values_list("type", flat=True)
    lines = [
        ("Encountered", day_time(case.encountered_at)),
        ("Recorded", day_time(case.recorded_at)),
        *((f"Person {person.number}", _person_words(person, met)) for person in people),
        ("Exploitation", ", ".join(dict.fromkeys(names.get(kind, kind) for kind in kinds)) or "Not recorded"),
        ("Signs recorded", ". ".join(sign_sentences(sign.code for sign in signs_of(case))) or "None"),
        ("What was reported", shown_text(case.what) or "Nothing written"),
    ]
    return [{"key": key, "value": value} for key, value in lines]


def _person_words(person: Person, met: Any) -> str:
    parts = (CATEGORIES[person.category], age_words(person, met), "arrested or held" if person.held_from else "")
    return ", ".join(filter(None, parts))


def task_cells(rows: Iterable[Obligation]) -> list[list[Any]]:
    """What had to be done, for whom, by when, and how it was closed."""
    return [
        [
            title_of(row),
            f"Person {row.person.number}" if row.person else "The case",
            day_time(row.due_at) if row.due_at else "No time set",
            f"{CLOSED_BY.get(row.closed_with, 'Closed')}, {day_time(row.closed_at)}" if row.closed_at else "Open",
        ]
        for row in rows
    ]


def timeline_cells(rows: Iterable[Row]) -> list[list[Any]]:
    """What happened, without links: a reviewer opens no page of the case. Of what has a day alone no time is shown."""
    return [[day_time(at).removesuffix(", 00:00"), words] for at, _, words, _ in rows]


def record_lines(case: Case) -> list[tuple[str, list[str]]]:
    """The texts of the investigation: reviews, decisions, lines, section 45, exhibits, closing. Never support or contact."""
    conclusions, exhibits = dict(CONCLUSIONS), exhibit_counts(case)
    full = FullRecord.objects.filter(offence__person__case=case).select_related("offence__person").order_by("decided_at")
    closing = requests_of(case)
    return [
        ("Reviews and their directions", [f"{day(on(row.at))}: {shown_text(row.directions)}" for row in reviews_of(case)]),
        ("Decision log", [f"{row.number}. {shown_text(row.decision)} {shown_text(row.reason)}" for row in decisions_of(case)]),
        ("Lines of enquiry", [f"{LINES[row.code]['name']}: {row.rules.states[row.state].lower()}" for row in lines_of(case)]),
        ("Section 45, Modern Slavery Act 2015", [
            f"Person {row.offence.person.number}, version {row.number}: {conclusions[row.conclusion]}. {shown_text(row.reason)}"
            for row in full
        ]),
        ("Exhibits", [f"{exhibits[0]} recorded, {exhibits[1]} without a record of who had them"] if exhibits[0] else []),
        ("Closing", [f"Asked {day(on(row.asked_at))}: {shown_text(row.reason)}" for row in closing]),
    ]  # fmt: skip


def part_of(asked: Mapping[str, str]) -> str:
    """Which part of the material of a case an address asks for."""
    part = asked.get("part", "")
    return part if part in PARTS else "facts"


def material_of(
    case: Case, asked: Mapping[str, str], here: str, now: datetime, *, is_masked: bool = False
) -> dict[str, Any]:  # fmt: skip
    """One part of the material of a case, as `deep_dives/material.jinja` shows it; `asked` of the address says which part and
    from which row. `is_masked` without names of officers and references, for a reviewer of another force."""
    part, start, cells = part_of(asked), whole_number(asked.get("from", "")), list[Any]()
    if part == "tasks":
        cells = task_cells(obligations_of(case, now))
    elif part in SOURCES_OF:
        cells = timeline_cells(timeline_of(case, part, is_masked=is_masked))
    return {
        "part": part, "title": PARTS[part],
        "nav": [{"label": label, "href": f"{here}?part={code}", "current": code == part} for code, label in PARTS.items()],
        "facts": fact_lines(case) if part == "facts" else [], "texts": record_lines(case) if part == "texts" else [],
        "columns": ["What had to be done", "About", "By when", "How it was closed"] if part == "tasks" else ["When", "What"],
        "cells": cells[start : start + EACH], "next": start + EACH if len(cells) > start + EACH else 0,
    }  # fmt: skip


def strata_words(dive: DeepDive) -> str:
    """How many cases of each stratum the frame has."""
    sizes = Counter(stratum for _, stratum in dive.frame)
    return ", ".join(f"{name.lower()} {sizes[code]}" for code, name in STRATA.items() if sizes[code])


def _reviewers_cell(give: str, given: Sequence[CaseReview], wanted: int) -> dict[str, str]:
    """Who marks a case, with the way to give a marking that is not submitted, also once the first has graded it."""
    names = "; ".join(f"{row.reviewer.name}{', submitted' if row.submitted_at else ''}" for row in given)
    is_open, lacks = sum(bool(row.submitted_at) for row in given) < wanted, len(given) < wanted
    return {"tag": "No reviewer" if lacks else "", "colour": "red", "words": names or "Give it", "href": give if is_open else ""}


def case_cells(dive: DeepDive, cases: Iterable[DrawnCase], reviews: Mapping[UUID, Sequence[CaseReview]]) -> list[list[Any]]:
    """The cases of a sample with who marks them and how far that is."""
    here = f"/deep-dives/{dive.id}/cases"
    return [
        [
            {"words": f"{drawn.number}. {drawn.case.reference}", "href": f"{here}/{drawn.number}/result" if drawn.grade else "",
             "more": "Worked by the person who drew it" if drawn.drawer_works else ""},
            STRATA[drawn.stratum],
            _reviewers_cell(f"{here}/{drawn.number}/give", reviews.get(drawn.id, ()), 2 if drawn.is_twice else 1),
            GRADES.get(drawn.grade, "Not yet"),
        ]
        for drawn in cases
    ]  # fmt: skip


def answer_cells(items: Iterable[Item], answers: Mapping[str, Any], disputes: Iterable[Dispute]) -> list[list[Any]]:
    """What was answered other than Met, with note, evidence, and how a dispute stands."""
    disputed, rows = {row.question: _settled(row) for row in disputes}, ((item, answers[item.code]) for item in items)
    return [
        [f"{item.code}. {item.words}", ANSWERS[row["answer"]], f"{row['note']} ({row['evidence']})", disputed.get(item.code, "")]
        for item, row in rows
    ]


def _settled(row: Dispute) -> str:
    return f"{ANSWERS[row.settled]}. {row.reason!s}" if row.settled else "Disputed, to be settled"


def dispute_words(row: Dispute, answers: Mapping[str, Any]) -> str:
    """A dispute with the answer that it is about."""
    question = next(item for item in items_of(row.drawn.dive.version) if item.code == row.question)
    answer, note = ANSWERS.get(answers[row.question]["answer"], ""), answers[row.question]["note"]
    return f"{question.code}. {question.words} {answer}: {note}. {row.disputed_by.name} disputes it: {row.because!s}"


def finding_words(row: Finding, now: datetime) -> list[dict[str, Any]]:
    """All that is recorded of a finding."""
    question = next((item.words for item in items_of(row.dive.version) if item.code == row.question), "")
    pairs = (
        ("Deep dive", quarter_words(row.dive)),
        ("Question", f"{row.question}. {question}"),
        ("About", f"Case {row.drawn.number} of the sample" if row.drawn else "The whole quarter"),
        ("What has to change", str(row.words)),
        ("Training needed by", ROLE_NAMES.get(row.training_role, "")),
        ("Owner", row.owner.name),
        ("Due", due_cell(row, now).get("words", "") if row.due_at else ""),
    )
    return [{"key": key, "value": value} for key, value in pairs if value]


FINDINGS = Register(
    name="deep-dive-findings",
    title="Findings and actions",
    model=Finding,
    columns=(
        Column("Finding", lambda row, now: {"words": f"{row.question}: {row.words!s}", "href": f"/deep-dives/findings/{row.id}"}),
        Column("Deep dive", lambda row, now: quarter_words(row.dive)),
        Column("Training needed by", lambda row, now: ROLE_NAMES.get(row.training_role, "")),
        Column("Status", lambda row, now: FINDING.states[row.state]),
        Column("Due", due_cell),
        Column("Owner", lambda row, now: row.owner.name, is_exported=False),
    ),
    filters=(Filter("training_role", "Training needed by", "training_role", tuple(ROLE_NAMES.items())),),
    visible=findings_seen,
    named=lambda row: f"Finding on question {row.question}, {quarter_words(row.dive)}",
    changes=Permission.SIGNED_IN,
    words=finding_words,
    shown=lambda member, rows: None,  # it names nobody of a case
)


def _due(member: Member, until: datetime) -> QuerySet[Any, Any]:
    rows = due_rows(findings_seen(member).filter(owner=member.user), until)
    return rows.values_list(Value("finding"), "id", "question", Value(""), "due_at")[:MOST_DUE]


def _item(finding: UUID, question: str, _: str, due: datetime) -> DueItem:
    return DueItem("finding", f"Action from a deep dive, question {question}", f"/deep-dives/findings/{finding}", due)


DUE = Kind("finding", "Actions from deep dives", "/deep-dives/findings", Permission.SIGNED_IN, _due, _item)


@dataclass(frozen=True)
class Table:
    """A table of the report, on the page and on paper."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


def question_table(dive: DeepDive, numbers: Mapping[str, Any], section: str) -> Table:
    """The questions of a section: how often each was answered how, and the share Met with its interval."""
    rows, items = {row["code"]: row for row in numbers["questions"]}, [i for i in items_of(dive.version) if i.section == section]
    cells = [
        [f"{item.code}. {item.words}{' (critical)' if item.is_critical else ''}",
         *(str(rows[item.code]["counts"][answer]) for answer in ANSWERS),
         share_words(rows[item.code]["met"], rows[item.code]["judged"])]
        for item in items
    ]  # fmt: skip
    return Table(SECTIONS[section], ["Question", *ANSWERS.values(), "Share Met"], cells)


def _sections(numbers: Mapping[str, Any]) -> dict[str, Counter[str]]:
    counts = {code: Counter[str]() for code in SECTIONS}
    for row in numbers["questions"]:
        counts[row["code"][0]].update(row["counts"])
    return {f"{code}. {name}": counts[code] for code, name in SECTIONS.items()}


def section_bars(numbers: Mapping[str, Any]) -> list[Bar]:
    """How often each section was Not met, Partly and Met, for the plot."""
    return bars([(words, [(kind, counts[kind]) for kind in reversed(JUDGED)]) for words, counts in _sections(numbers).items()])


def section_table(numbers: Mapping[str, Any]) -> Table:
    """The numbers of the plot."""
    rows = [[words, *(str(counts[kind]) for kind in JUDGED)] for words, counts in _sections(numbers).items()]
    return Table("Answers by section", ["Section", *(ANSWERS[kind] for kind in JUDGED)], rows)


def _kappa(title: str, numbers: Mapping[str, Any]) -> list[str]:
    kappa = "Cannot be worked out" if numbers["kappa"] is None else f"{numbers['kappa']:.2f}"
    return [title, str(numbers["n"]), str(numbers["same"]), kappa if numbers["n"] >= 10 else f"Too few to say ({kappa})"]


def group_tables(numbers: Mapping[str, Any]) -> list[Table]:
    """Grades, critical failures, agreement, and comparisons by stratum and type of exploitation."""
    names, columns = exploitation_names(), ["Cases", *GRADES.values(), "With a critical failure", "Share good"]

    def cells(name: str, group: Mapping[str, Any]) -> list[str]:
        counts = [str(group["cases"]), *(str(group[code]) for code in GRADES), str(group["failed"])]
        return [name, *counts, share_words(group["good"], group["cases"])]

    return [
        Table("Grades", ["Which", *columns], [cells("All cases", numbers["all"])]),
        Table("Critical failures", ["Question", "Cases"], [[code, str(n)] for code, n in sorted(numbers["critical"].items())]),
        Table(COMPARISONS[0], ["Stratum", *columns], [cells(STRATA[code], group) for code, group in numbers["strata"].items()]),
        Table(COMPARISONS[1], ["Type", *columns],
              [cells(names.get(code, code), group) for code, group in numbers["kinds"].items()]),
        Table("Agreement (Cohen’s kappa)", ["Who", "Answers compared", "The same", "Kappa"], [
            _kappa("Two reviewers", numbers["reviewers"]),
            _kappa("Records and reviewer, where the answer came blank", numbers["machine_blank"]),
            _kappa("Records and reviewer, where it was filled in", numbers["machine_filled"]),
        ]),
    ]  # fmt: skip


def action_table(findings: Iterable[Finding]) -> Table:
    """The findings of a deep dive and how far their actions are; of nobody by name."""
    rows = [
        [row.question, str(row.words), FINDING.states[row.state], day(on(row.due_at)) if row.due_at else "",
         ROLE_NAMES.get(row.training_role, "")]
        for row in findings
    ]  # fmt: skip
    return Table("Findings and actions", ["Question", "What has to change", "Status", "Due", "Training needed by"], rows)


def re_audit_table(
    findings: Iterable[Finding], before: Mapping[str, tuple[int, int]], after: Mapping[str, tuple[int, int]]
) -> Table:
    """Each question under which the deep dive before found something: its share then and now."""
    rows = [
        [row.question, str(row.words), *(share_words(*shares.get(row.question, (0, 0))) for shares in (before, after)),
         FINDING.states[row.state]]
        for row in findings
    ]  # fmt: skip
    return Table("Re-audit of earlier findings", ["Question", "What had to change", "Met then", "Met now", "Status"], rows)


def sample_words(dive: DeepDive, numbers: Mapping[str, Any]) -> str:
    """What was drawn from what, and what was not."""
    return (
        f"{numbers['drawn']} of {numbers['in_frame']} cases drawn, {numbers['all']['cases']} reviewed. "
        f"Sealed cases not drawn: {numbers['not_drawn']}. Seed {dive.seed}. Questions of {dive.version}."
    )


def paper(dive: DeepDive, numbers: Mapping[str, Any], tables: Sequence[Table], now: datetime) -> Document:
    """The whole report to print."""
    blocks: list[Block] = [Paragraph(sample_words(dive, numbers))]
    for table in [*tables, *(question_table(dive, numbers, section) for section in SECTIONS)]:
        if table.rows:
            blocks.append(Heading(table.title))
        for first, *rest in table.rows:
            pairs = [f"{column}: {cell}" for column, cell in zip(table.columns[1:], rest, strict=True) if cell]
            blocks.append(Entry(first or table.title, "\n".join(pairs)))
    return Document("Deep dive report", "OFFICIAL-SENSITIVE", f"Deep dive, {quarter_words(dive)}", on(now), tuple(blocks))
