"""Prosecutions in words: the page of a case, what can be chosen on its forms, and the CPS summary of section 45."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Value

from lodestar.casework.case_files.casefile import Row
from lodestar.casework.cases.access import visible
from lodestar.casework.cases.models import AllegedOffence, Case
from lodestar.casework.decisions.models import KINDS as DECISIONS
from lodestar.casework.decisions.models import LETTERS, Decision, LetterFiled
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.prosecutions.models import ProsecutionEntry
from lodestar.casework.prosecutions.queries import Summary, entries_of, requests_of, unanswered
from lodestar.casework.prosecutions.rules import HOW, KINDS, PLEAS, SUMMARY_WORDS
from lodestar.casework.redaction.access import CheckedText, LeavingText, Subject, check_texts
from lodestar.casework.section45.models import Element, FullRecord
from lodestar.casework.section45.presenters import about, evidence_words, status, title, why_reopened
from lodestar.casework.section45.queries import linked_to, reopened_by
from lodestar.casework.section45.rules.record import BEFORE, CONCLUSIONS, READINGS, WEIGHED, Limb, asked_of, limbs_of
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.design.when import day, day_time, due_at, is_late, moment, on
from lodestar.platform.documents.description import Block, Bullets, Document, Entry, Heading, Paragraph
from lodestar.platform.notices.due_items import DueItem, Kind
from lodestar.platform.obligations.obligation_words import event_in_words

MOST = 20  # requests without a reply that are read for a first page


def case_lines(case: Case, member: Member, now: datetime) -> list[Row]:
    """At most three lines for the hub of an investigation: what came last, and what waits for the CPS."""
    latest, href = entries_of(case).first(), f"/cases/{case.reference}/cps"
    lines = [Row("CPS and court", href, about=request_words(latest, now) if latest else "Nothing recorded yet")]
    for row in requests_of(case)[:2]:
        words = due_at(row.reply_by, now) if row.reply_by else ""
        lines.append(Row(f"{KINDS[row.kind]}: no reply yet", href, **{"late" if _is_late(row.reply_by, now) else "side": words}))
    return lines


def _late_replies(member: Member, until: datetime) -> QuerySet[Any, Any]:
    """Requests of the member, or in a case that they own, to which the CPS has not replied."""
    theirs = Q(by=member.user) | Q(case__owner=member.user)
    rows = unanswered().filter(visible(member, "case__"), theirs, reply_by__lt=until)
    return rows.values_list(Value("cps_reply"), "id", "kind", "case__reference", "reply_by")[:MOST]


def _item(_: UUID, kind: str, reference: str, due: datetime) -> DueItem:
    return DueItem("cps_reply", f"{KINDS[kind]}: no reply, {reference}", f"/cases/{reference}/cps", due)


DUE = Kind("cps_reply", "Replies of the CPS", "/my-cases", Permission.INVESTIGATION_RECORD, _late_replies, _item)


def _is_late(at: datetime | None, now: datetime) -> bool:
    return at is not None and is_late(at, now)


def offence_words(row: Any) -> str:
    """An offence by its number within the case, where it was read as its place."""
    return f"{row.place}. {title(row) or 'Not named yet'}"


def request_words(row: ProsecutionEntry, now: datetime | None = None) -> str:
    """What was asked for or happened, and when."""
    return f"{KINDS[row.kind]}, {moment(row.at, now) if now else day_time(row.at)}"


def decision_words(row: Decision) -> str:
    """A decision of the competent authority and its day."""
    return f"{dict(DECISIONS)[row.kind]}, {day(row.decided_on)}"


def decision_of(row: Decision) -> str:
    """The same, with the person that it is about."""
    return f"Person {row.referral.person.number}: {decision_words(row)}"


def letter_words(row: LetterFiled) -> str:
    """A letter by what it is and its day: its title may name anybody."""
    return dict(LETTERS)[row.letter.kind] + (f", dated {day(row.letter.dated)}" if row.letter.dated else ", day not known")


def task_words(row: Obligation) -> str:
    """Of which event the CPS is to be informed: `Person 2: after the reasonable grounds decision of 2026-03-09`."""
    name, _, of_day = row.moment.partition(" ")
    after = f": after {event_in_words(name)} of {of_day}" if name else ": they may be a victim"
    return f"Person {row.person.number if row.person else ''}{after}{'' if row.state == 'open' else ' (done)'}"


def waiting_rows(requests: Iterable[ProsecutionEntry], tasks: Iterable[Obligation], now: datetime) -> list[list[Any]]:
    """What waits: replies of the CPS with their clocks, and what the CPS is still to be informed of."""
    asked = [(f"{request_words(row, now)}, {row.who}", row.reply_by) for row in requests]
    asked += [(f"Inform the CPS. {task_words(row)}", row.due_at) for row in tasks if row.state == "open"]
    late = {"tag": "Late", "colour": "red"}
    return [[words, {"words": due_at(at, now) if at else "", **(late if _is_late(at, now) else {})}] for words, at in asked]


def entry_lines(
    entries: Iterable[ProsecutionEntry], numbers: Mapping[Any, int], user: UUID, now: datetime
) -> list[dict[str, Any]]:
    """The entries as the macro `timeline` takes them."""
    lines = []
    for row in entries:
        parts = (
            row.who + (f" ({HOW[row.how].lower()})" if row.how else ""),
            f"Offence {numbers[row.offence_id]}" if row.offence_id in numbers else "",
            f"Plea: {PLEAS[row.plea].lower()}" if row.plea else "",
            f"Version {row.record.number} of the full record, section 45, Modern Slavery Act 2015" if row.record else "",
            decision_words(row.decision) if row.decision else "",
            f"Reply wanted by {day(row.reply_by)}" if row.reply_by else "",
            str(row.words),
        )
        by = "you" if row.by_id == user else row.by.name
        lines.append({"title": KINDS[row.kind], "by": by, "at": row.at, "words": ". ".join(filter(None, parts))})
    return lines


def offence_rows(offences: Sequence[AllegedOffence], lines: Sequence[Mapping[str, Any]], *, gives: bool) -> list[list[Any]]:
    """The suspected offences of a case with their numbers, how the record of each is, and its summary."""
    rows: list[list[Any]] = []
    for number, (row, line) in enumerate(zip(offences, lines, strict=True), 1):
        href, shown = f"/people/{row.person_id}/section-45/{row.id}/cps-summary", line["status"]
        words = {"words": f"{number}. {line['title']}", "href": f"/people/{row.person_id}/offences/{row.id}"}
        rows.append(
            [words, {"tag": shown.tag, "colour": shown.colour}, *([{"words": "CPS summary", "href": href}] if gives else [])]
        )
    return rows


# --- the summary ---------------------------------------------------------------------------------------------------------------

MARKING, USE = "OFFICIAL-SENSITIVE", "cps_summary"
LATER = timedelta(days=800)  # a day is written as from so much later: with its year
MORE = (
    ("settled_why", "Schedule 4, how it was settled"), ("law_note", "Law of the time"), ("asked_whom", "Who was asked"),
    ("their_answer", "Their answer"), ("missing", "Still missing"), ("reason", "Why"),
)  # fmt: skip


def _limbs(record: FullRecord) -> list[tuple[Limb, Element, str]]:
    """The parts of a version in their order, each with what it is called."""
    elements = {(element.test, element.number): element for element in record.elements.all()}
    return [
        (limb, elements[limb.test, limb.number], f"{limb.test.capitalize()}’s test, part {limb.number}")
        for limb in limbs_of(record.test)
        if (limb.test, limb.number) in elements
    ]


def summary_texts(summary: Summary) -> list[LeavingText]:
    """What of a summary was typed as free text, to be checked before it leaves."""
    texts = [("offence", "Offence", title(summary.offence)), ("particulars", "What was done", summary.offence.particulars)]
    for record in summary.records[-1:]:
        for limb, element, name in _limbs(record):
            texts.append((f"{limb.name}_for", f"{name}: points this way", element.evidence_for))
            texts.append((f"{limb.name}_against", f"{name}: points the other way", element.evidence_against))
        texts += [(column, words, getattr(record, column)) for column, words in (*WEIGHED, *MORE)]
        texts += [("signed", "Countersignature", signed.reason) for signed in record.countersignatures.all()]
    for row in summary.departures:
        texts += [(f"why-{row.id}", "Reasons for departing", str(row.words)), (f"who-{row.id}", "Who decided", row.who)]
    return [LeavingText(*text) for text in texts]


def check_summary(summary: Summary) -> list[CheckedText]:
    """The texts of a summary as they would leave, checked against what may not."""
    return check_texts(Subject(summary.person.case, summary.person), USE, summary_texts(summary))


def summary_document(summary: Summary, checked: Iterable[CheckedText], now: datetime, marking: str = MARKING) -> Document:
    """The summary as it may leave, with its texts as they were checked. Its title names nobody."""
    texts = {text.leaving.field: text.text for text in checked}
    return Document(
        title="CPS summary: section 45 of the Modern Slavery Act 2015",
        marking=marking,
        foot=f"Made {day_time(now)}",
        day=on(now),
        blocks=(
            Paragraph(SUMMARY_WORDS["about"]),
            _entry("Section 45 of the Modern Slavery Act 2015", status_words(summary, now)),
            *_offence_blocks(summary, texts, now),
            *(block for record in summary.records[-1:] for block in _record_blocks(summary, record, texts)),
            Heading("NRM decisions and letters"),
            Paragraph(SUMMARY_WORDS["brecani"]),
            _bullets([*map(decision_words, summary.decisions), *(f"Letter: {letter_words(row)}" for row in summary.letters)]),
            Heading("Underlying evidence"),
            _bullets(map(evidence_words, summary.underlying)),
            Heading("Departures from a decision"),
            Paragraph(SUMMARY_WORDS["aad"] if summary.departures else SUMMARY_WORDS["not_known"]),
            *(block for row in summary.departures for block in _departure(row, texts)),
            Heading("Versions, and what reopened them"),
            _bullets(_history(summary, now)),
            Heading("What is not known"),
            _bullets(_unknown(summary)),
        ),
    )


def _entry(label: str, text: str) -> Entry:
    return Entry(label, text or SUMMARY_WORDS["not_known"], is_remark=not text)


def _bullets(items: Iterable[str]) -> Block:
    lines = tuple(items)
    return Bullets(lines) if lines else Paragraph(SUMMARY_WORDS["not_known"])


def status_words(summary: Summary, now: datetime) -> str:
    """Whether section 45 was considered: only a countersigned record on the facts as they are says so."""
    if summary.is_considered:
        return f"Considered. {_version_words(summary.records[-1])}"
    shown = status(summary.status, now).tag
    return f"Open: {shown[:1].lower()}{shown[1:]}. No outcome is authorised on it."


def _version_words(record: FullRecord) -> str:
    conclusion = dict(CONCLUSIONS)[record.conclusion]
    decided = f"Version {record.number}, decided by {record.decided_by.name}, {day_time(record.decided_at)}: {conclusion}"
    for signed in record.countersignatures.all():
        words = "countersigned" if signed.kind == "agree" else "sent back"
        return f"{decided}; {words} by {signed.by.name}, {day_time(signed.signed_at)}"
    return f"{decided}; not countersigned"


def _offence_blocks(summary: Summary, texts: Mapping[str, str], now: datetime) -> Iterator[Block]:
    yield Heading("The offence")
    yield _entry("Who", f"{summary.person.case.reference}, person {summary.person.number}, offence {summary.number} of the case")
    checked = {"Offence": texts.get("offence", ""), "What was done": texts.get("particulars", "")}
    for row in about(summary.offence, summary.act, (), bool(asked_of(summary.act).limbs), now + LATER):
        if row["key"] != "NRM":
            yield _entry(row["key"], checked.get(row["key"], row["value"]))


def _record_blocks(summary: Summary, record: FullRecord, texts: Mapping[str, str]) -> Iterator[Block]:
    for limb, element, name in _limbs(record):
        yield Heading(f"{name}: {limb.title}")
        yield _entry("Points this way", texts.get(f"{limb.name}_for", ""))
        yield _entry("Points the other way", texts.get(f"{limb.name}_against", ""))
        yield _entry("Exhibits and accounts", "; ".join(map(evidence_words, linked_to(element, summary.items))))
        yield _entry("View", dict(READINGS).get(element.reading, ""))
    yield Heading("Also weighed, and the conclusion")
    yield from (_entry(words, texts.get(column, "")) for column, words in WEIGHED)
    yield from (_entry(words, texts[column]) for column, words in MORE if texts.get(column))
    yield _entry("Decided and countersigned", f"{_version_words(record)}. Before: {dict(BEFORE)[record.before].lower()}")
    yield from (_entry("Countersignature, in their words", words) for words in [texts.get("signed")] if words)


def _departure(row: ProsecutionEntry, texts: Mapping[str, str]) -> Iterator[Block]:
    who = f"{texts.get(f'who-{row.id}', '')}, {day(row.at)}, received: {HOW[row.how].lower()}"
    yield _entry("Decision", decision_words(row.decision) if row.decision else "")
    yield _entry("Who departed from it, when, and how it was received", who)
    yield _entry("Reasons", texts.get(f"why-{row.id}", ""))


def _history(summary: Summary, now: datetime) -> list[str]:
    lines = [(record.recorded_at, _version_words(record)) for record in summary.records]
    for turn in summary.turns:
        item = reopened_by(turn, summary.offence, summary.items, summary.records)
        why = why_reopened(turn, item, now + LATER) or "another fact was recorded"
        opened = f"Opened again: {why}" if turn.kind == "reopened" else "Opened"
        lines.append((turn.recorded_at, f"{opened} ({day_time(turn.recorded_at)})"))
    return [words for _, words in sorted(lines, key=itemgetter(0))]


def _unknown(summary: Summary) -> Iterator[str]:
    unread = [name for record in summary.records[-1:] for _, element, name in _limbs(record) if element.reading == "cannot_tell"]
    yield from (f"{name}: cannot tell yet" for name in unread)
    low, high = summary.act.ages
    gaps = {
        "The test: no full record is written": not summary.records,
        "Their exact age at the act": low is None or low != high,
        "What the competent authority decided: no decision is filed": not summary.decisions,
        "Any exhibit or account: none is recorded": not summary.underlying,
    }
    yield from (words for words, is_open in gaps.items() if is_open)
