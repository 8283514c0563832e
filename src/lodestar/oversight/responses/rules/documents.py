"""A response as documents: briefing, letter and annex, in parts for pages, and what changed between two versions. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from lodestar.oversight.requirements.evidence import WEAK, Evidence
from lodestar.oversight.requirements.rules.small_numbers import COUNTS_PEOPLE, hidden_words, small_numbers
from lodestar.oversight.responses.rules import paragraphs as rules
from lodestar.oversight.responses.rules.paragraphs import ADDRESSEES, Content, evidence_of
from lodestar.platform.design.when import day, day_time, on
from lodestar.platform.documents.description import Block, Bullets, Document, Entry, Heading, Paragraph, Table

DOCUMENTS = {"briefing": "Briefing", "letter": "Letter", "annex": "Evidence annex"}
STATES = {"none": "Nothing recorded", "cannot_tell": "Cannot tell", "weak": "Weak", "expired": "Out of date",
          "evidenced": "Evidenced"}  # fmt: skip
LETTER = {
    "sender": "The local policing body",
    "addressee": "The Home Secretary\nHome Office, 2 Marsham Street, London SW1P 4DF",
    "opening": "I comment on this report as section 55 of the Police Act 1996 requires. The chief constable’s comments are "
    "enclosed, with the evidence for each claim and what the records cannot show.",
    "closing": "",
    "copies": "His Majesty’s Inspectorate of Constabulary and Fire & Rescue Services",
}
HOW_TO_READ = (
    "[E] with a number leads to the evidence annex, where each number is said again with the query that counts it. A claim "
    "without evidence, or with evidence that is weak, out of date or cannot tell, is marked so."
)
SECTION_55 = (
    "Under section 55 of the Police Act 1996 the comments of the local policing body, with those of the chief constable, are "
    "published by {} at the latest."
)
PAST_DAY = (
    "Under section 55 of the Police Act 1996 the comments of the local policing body, with those of the chief constable, were to "
    "be published by {}; this is {} later."
)
ABOUT_STATES = "A state is that of the best evidence. It shows that something is counted, not that it is good."
NOT_SHOWN = "What the records cannot show"
SHOWN = {rules.FACT: "What the records show", rules.GAP: NOT_SHOWN}  # a paragraph that is evidence alone


def _day(iso: Any) -> str:
    return day(date.fromisoformat(iso))


def status_words(step: str, at: datetime, publication: Mapping[str, Any] | None = None) -> str:
    """How far a response was at a moment, in a sentence that stands first in each document."""
    when = day(on(at))
    return {
        "suggested": f"As at {when} no response was written. These are suggestions from the evidence linked to each "
        "recommendation. They are not approved by anyone.",
        rules.DRAFT: f"Draft as at {when}. It is not approved by anyone.",
        rules.SUBMITTED: f"Submitted on {when}. The chief officer has not approved it.",
        rules.APPROVED: f"Approved by the chief officer on {when}.",
        rules.COMMENTED: f"Approved by the chief officer, with the comments of the local policing body of {when}.",
        rules.PUBLISHED: f"Published on {_day(publication['happened_on'])}: {publication['url']}" if publication else "",
    }[step]


def marks(numbers: Iterable[int]) -> str:
    """References of evidence as they stand in a text."""
    return " ".join(f"[E{number}]" for number in numbers)


def paragraph_words(row: Mapping[str, Any], evidence: Mapping[int, Evidence]) -> str:
    """A paragraph as documents have it: the author's words, who and by when, how it is marked, what this evidence of it says."""
    lines = [f"{row['words']} {marks(row['evidence'])}".strip()] if row["words"] else []
    if row["due_on"]:
        lines.append(f"By: {row['role']}, by {_day(row['due_on'])}.")
    if row["mark"] and row["words"]:  # what is evidence alone says it with each piece
        lines.append(f"{rules.MARKS[row['mark']]}.")
    stated = [rules.sentence(evidence[number], f"[E{number}]", row["kind"]) for number in row["evidence"] if number in evidence]
    return "\n".join([*lines, *stated])


def _entries(content: Content, recommendation: str, side: str = "") -> list[Entry]:
    """Its paragraphs. What a piece of evidence says is printed once; what nobody added words to stands together."""
    evidence, stated = evidence_of(content), set[int]()
    rows = [row for row in content["paragraphs"] if row["recommendation"] == recommendation and side in ("", row["side"])]
    entries: list[Entry] = []
    for row in rows:
        new = [number for number in row["evidence"] if number not in stated or not row["words"]]
        stated |= set(new)
        is_planned = any(evidence[number].state == WEAK for number in row["evidence"])
        is_shown = not row["words"] and (row["kind"] == rules.FACT or not is_planned)
        label = SHOWN.get(row["kind"], rules.KINDS[row["kind"]]) if is_shown else rules.KINDS[row["kind"]]
        label = f"Local policing body: {label}" if row["side"] == rules.BODY and not side else label
        entry = Entry(label, paragraph_words(row, {number: evidence[number] for number in new}))
        if entries and not row["words"] and entries[-1].label == label and label in SHOWN.values():
            entry = Entry(label, f"{entries.pop().text}\n{entry.text}")
        entries.append(entry)
    return entries


def _asked(row: Mapping[str, Any]) -> Entry:
    return Entry("What was recommended", row["text"] + ("" if row["verified"] else "\n(Not compared with the report itself.)"))


def _summary(content: Content) -> Table:
    evidence, rows = evidence_of(content), []
    for row in content["recommendations"]:
        own = [each for each in content["paragraphs"] if each["recommendation"] == row["id"]]
        cited = sorted({number for each in own for number in each["evidence"]})
        state = STATES[rules.best_of(evidence[number].state for number in cited)]
        answers = [each for each in own if rules.is_answered([each["kind"]])]
        does = ["Local policing body: " * (each["side"] == rules.BODY) + paragraph_words(each, {}) for each in answers]
        answer = "\n".join([row["number"], *(does or ["Neither an action nor a reason for none"])])
        rows.append((answer, f"{state} {marks(cited)}".strip()))
    return Table(("Recommendation, and action or reason for none", "What the records show"), tuple(rows))


def not_shown(content: Content) -> tuple[str, ...]:
    """What the records cannot show: evidence that cannot tell, gaps, and claims that are marked."""
    evidence, numbers = evidence_of(content), {row["id"]: row["number"] for row in content["recommendations"]}
    untold = [number for number, each in evidence.items() if each.state in rules.UNTOLD_STATES]
    stated = [rules.sentence(evidence[number], f"[E{number}]") for number in untold]
    for row in content["paragraphs"]:
        if row["words"] and (row["kind"] == rules.GAP or row["mark"]):
            mark = f" ({rules.MARKS[row['mark']]})" if row["mark"] else ""
            stated.append(f"{_heading_of(numbers.get(row['recommendation'], ''))}: {row['words']}{mark}")
    return tuple(stated)


def _when(content: Content) -> date:
    return on(datetime.fromisoformat(str(content.get("stored_at") or content["read_at"])))


def _heading_of(number: str) -> str:
    return f"Recommendation {number}" if number else "Governance"


def _document(content: Content, title: str, blocks: Iterable[Block]) -> Document:
    marking = "OFFICIAL" if content.get("step") == rules.PUBLISHED else "OFFICIAL-SENSITIVE"
    return Document(title, marking, "Response to a report", _when(content), (Paragraph(content["status"]), *blocks))


def _day_to_publish(last: date, today: date) -> Paragraph:
    late = (today - last).days
    if late <= 0:
        return Paragraph(SECTION_55.format(day(last)))
    return Paragraph(PAST_DAY.format(day(last), "1 day" if late == 1 else f"{late} days"))


def briefing(content: Content) -> Document:
    """The chief officer's briefing: what is asked, what is answered to each recommendation, and what cannot be shown."""
    report, (first, last), untold = content["report"], content["period"], not_shown(content)
    blocks: list[Block] = [
        Heading("Introduction"),
        Paragraph(f"This answers “{report['title']}” of {report['body']}, published on {_day(report['published_on'])}."),
        *([_day_to_publish(date.fromisoformat(report["last_day"]), _when(content))] if report["last_day"] else []),
        Paragraph(
            f"Evidence is of the days from {_day(first)} to {_day(last)}, as known "
            f"{day_time(datetime.fromisoformat(content['read_at']))}. Sealed cases are in none of it. {HOW_TO_READ}"
        ),
        Heading("Summary"),
        Paragraph(ABOUT_STATES),
        _summary(content),
        Heading(NOT_SHOWN),
        Bullets(untold) if untold else Paragraph("Nothing cited here is a gap, and no claim is marked."),
    ]  # fmt: skip
    if content["others"]:
        blocks.insert(2, Paragraph(f"Addressed to others, and not answered here: {', '.join(content['others'])}."))
    for row in content["recommendations"]:
        own = _entries(content, row["id"])
        blocks += [
            Heading(_heading_of(row["number"])),
            _asked(row),
            *(own or [Entry("Answer", "Not written yet.", is_remark=True)]),
        ]
    governance = _entries(content, "")
    if governance:
        blocks += [Heading("Governance"), *governance]
    return _document(content, "Chief officer’s briefing", blocks)


def letter(content: Content) -> Document:
    """The letter of the local policing body to the Home Secretary, with its comments on what is addressed to it."""
    words, report = LETTER | content.get("letter", {}), content["report"]
    blocks: list[Block] = [
        Paragraph(f"{words['sender']}\n{day(_when(content))}"),
        Paragraph(words["addressee"]),
        Paragraph("Dear Home Secretary"),
        Paragraph(f"“{report['title']}”, {report['body']}, published on {_day(report['published_on'])}"),
        Paragraph(words["opening"]),
    ]
    ours = [row for row in content["recommendations"] if ADDRESSEES[rules.BODY] in row["to"]]
    if theirs := [row["number"] for row in content["recommendations"] if row not in ours]:
        blocks.append(
            Paragraph(f"The enclosed comments answer what is addressed to chief constables alone: {', '.join(theirs)}.")
        )
    evidence = evidence_of(content)
    for row in ours:
        own = _entries(content, row["id"], rules.BODY)
        blocks += [Heading(_heading_of(row["number"])), _asked(row)]
        blocks += own or [Entry("Comments", "The local policing body has not written its comments yet.", is_remark=True)]
        cited = {n for each in content["paragraphs"] if each["recommendation"] == row["id"] for n in each["evidence"]}
        counted = [rules.sentence(evidence[n], f"[E{n}]") for n in sorted(cited) if evidence[n].kind in COUNTS_PEOPLE]
        blocks += [Entry("What the force’s records show", "\n".join(counted))] if counted else []
    blocks += [Paragraph(text) for text in (words["closing"], f"Yours sincerely\n{words['sender']}") if text]
    blocks += [Paragraph(f"Enclosed: the chief constable’s comments; evidence annex\nCopies: {words['copies']}")]
    document = _document(content, "Letter to the Home Secretary", blocks)
    is_sent = content.get("step") in (rules.COMMENTED, rules.PUBLISHED)  # until then that nobody approved it stands first
    return replace(document, blocks=document.blocks[1:]) if is_sent else document


def annex(content: Content) -> Document:
    """The evidence: of each piece its words, state and day, the query that gives it again, and the page of its rows."""
    blocks: list[Block] = [Heading("Evidence"), Paragraph(HOW_TO_READ)]
    for number, each in evidence_of(content).items():
        lines = [each.words, f"State: {STATES[each.state]}" + (f", {day(each.day)}" if each.day else ""), f"Query: {each.query}"]
        blocks.append(Entry(f"[E{number}] {each.title}", "\n".join([*lines, *([f"Page: {each.href}"] if each.href else [])])))
    return _document(content, "Evidence annex", blocks)


MADE = {"briefing": briefing, "letter": letter, "annex": annex}


def corrected(document: Document, corrections: Iterable[tuple[datetime, str, str]]) -> Document:
    """A published document with its dated corrections before it: nothing of it is changed."""
    stated: list[Block] = [Entry(f"{day(on(at))}, {part}", words) for at, part, words in corrections]
    return replace(document, blocks=(*([Heading("Corrections"), *stated] if stated else ()), *document.blocks))


def for_publication(content: Content) -> tuple[Content, list[tuple[str, str, str]]]:
    """The response with small numbers hidden by the rule of releases, and of each piece of evidence that leaves its title, its
    words as they leave, and whether something is hidden."""
    hidden = {n: small_numbers(e.kind, e.words, e.numbers) for n, e in evidence_of(content).items()}
    evidence = [
        row | {"words": hidden_words(row["words"], hidden[n]), "numbers": [] if hidden[n] else row["numbers"]}
        for n, row in enumerate(content["evidence"], 1)
    ]
    paragraphs = [
        row | {"words": hidden_words(row["words"], frozenset().union(*(hidden[n] for n in row["evidence"])))}
        for row in content["paragraphs"]
    ]
    left = [
        (f"[E{n}] {row['title']}", row["words"], "Yes" if hidden[n] else "No")
        for n, row in enumerate(evidence, 1)
        if row["kind"] in COUNTS_PEOPLE
    ]
    return content | {"evidence": evidence, "paragraphs": paragraphs}, left


def compared(before: Content, after: Content) -> list[tuple[str, list[tuple[str, str]]]]:
    """What changed from one version to another, paragraph by paragraph: a heading, and the words kept, taken out and put in."""
    numbers = {row["id"]: row["number"] for row in (*before["recommendations"], *after["recommendations"])}
    texts: list[dict[str, str]] = []
    heads: dict[str, str] = {}
    for content in (before, after):
        evidence = evidence_of(content)
        heads |= {row["line"]: _heading_of(numbers.get(row["recommendation"], "")) for row in content["paragraphs"]}
        own = {row["line"]: f"{rules.KINDS[row['kind']]}: {paragraph_words(row, evidence)}" for row in content["paragraphs"]}
        texts.append(own | {f"letter {name}": words for name, words in content.get("letter", {}).items()})
    old, new = texts
    changed = [line for line in {**new, **old} if old.get(line, "") != new.get(line, "")]
    return [(heads.get(line, line.capitalize()), rules.differences(old.get(line, ""), new.get(line, ""))) for line in changed]
