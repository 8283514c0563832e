"""Section 45 of the Modern Slavery Act 2015 as its pages show it: the short question, offences, and full records."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.forms import Form

from lodestar.casework.case_files.casefile import Row
from lodestar.casework.cases.models import AllegedOffence, Case
from lodestar.casework.decisions.models import KINDS, Decision
from lodestar.casework.ledger.models import Obligation, ObligationEvent
from lodestar.casework.section45.access import offences_in
from lodestar.casework.section45.models import ANSWERS, FirstAnswer, FullRecord, OutcomeRecorded
from lodestar.casework.section45.queries import RECORD, SIGN, CaseItem, RecordStatus, linked_to, open_in, record_status_of
from lodestar.casework.section45.rules.acts import ACCOUNT, CONSIDER_AGAIN, ActReading
from lodestar.casework.section45.rules.record import LIMBS
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.models import User
from lodestar.platform.audit.codes import CODES
from lodestar.platform.design.when import counted, due, moment, on, short_day
from lodestar.platform.design.words import listed
from lodestar.platform.obligations.ages import ADULT, numbers


def case_lines(case: Case, member: Member, now: datetime) -> list[Row]:
    """At most three lines for the hub of an investigation: how many suspected offences there are and records open, and those."""
    offences, waiting = offences_in(case), open_in(case)
    if not offences:
        return []
    say = f"{counted(len(offences), 'suspected offence')}, {len({row.subject for row in waiting})} open"
    lines = [
        Row(f"Person {row.person.number}: {'countersign' if row.code == SIGN else 'full record'}", _offence_href(row))
        for row in waiting[:2]
        if row.person
    ]
    return [Row("Section 45 of the Modern Slavery Act 2015", f"/cases/{case.reference}/cps", about=say), *lines]


def _offence_href(row: Obligation) -> str:
    return f"/people/{row.person_id}/offences/{row.subject}"


def recipients_words(recipients: Sequence[tuple[str, User]], is_sealed: bool, user: UUID) -> str:
    """Who is told, as the page says it before the answer is given."""
    if is_sealed:
        return "stays with the named owners of this sealed case"
    names = list(dict.fromkeys(f"{who.name} ({what})" for what, who in recipients if who.id != user))
    return f"goes at once to {listed(names)}" if names else "is shown to everyone who has this case"


def title(row: AllegedOffence) -> str:
    """What an offence is called: its words, and the Act and section they are from."""
    section = f"{row.act}{f' s{row.section}' if row.section else ''}"
    return f"{row.title[:1].upper()}{row.title[1:]} ({section})" if row.title and row.act else row.title or section


def when_done(row: AllegedOffence, now: datetime) -> str:
    """When an act was done, as far as it is known; empty when it is not."""
    first, last = day_done(row.on_from, now), day_done(row.on_to, now)
    if not last or first == last:
        return first
    return f"{first} to {last}" if first else f"until {last}"


def day_done(text: str, now: datetime) -> str:
    """One such day, or the month or the year that is all that is known of it."""
    try:
        return short_day(date.fromisoformat(text), now) if len(text) == 10 else text
    except ValueError:
        return text


COLOURS = {"met": "green", "not_met": "grey"}
PARTS = {(limb.test, limb.number): limb for limb in LIMBS}
TESTS = {
    "child": "Child: three parts. Compulsion need not be shown",
    "adult": "Adult: four parts",
    "both": "Child’s and adult’s, since the age then is not certain: three parts and four",
}
TURNS = 8


class Status(NamedTuple):
    """How a record stands, in a word and a sentence."""

    tag: str
    colour: str
    words: str


def ages_words(ages: tuple[int | None, int | None]) -> str:
    """An age at the act: `17`, `16 or 17`, `at least 20`; empty when nothing is known. A bound that only a tick gave is no
    number."""
    low, high = ages
    if low is None:
        return "" if high is None else "under 18" if high < ADULT else "perhaps under 18"
    return "18 or over" if high is None and low == ADULT else numbers(ages)


def about(
    offence: AllegedOffence, act: ActReading, decisions: Sequence[Decision], is_asked: bool, now: datetime
) -> list[dict[str, str]]:
    """What the record is about: the offence, when, the test, Schedule 4, and what the Home Office decided."""
    age = ages_words(act.ages)
    when = when_done(offence, now) or "Not recorded"
    rows = {
        "Offence": title(offence) or "Not named yet",
        "What was done": offence.particulars,
        "When": f"{when}. They were {age}" if age else f"{when}. Their age then is not known",
        "Test": TESTS[act.test] if is_asked else "Its parts are not asked: the defence is not open for this act",
        "Schedule 4": _schedule(act, offence, now),
        "NRM": _decided(decisions, now),
    }
    return [{"key": key, "value": value} for key, value in rows.items() if value]


def _schedule(act: ActReading, done: AllegedOffence, now: datetime) -> str:
    judgement, day = act.schedule, when_done(done, now)
    as_of = f"as in force on {day}" if day else "as in force when it was done"
    where, entry = "", judgement.entry
    if entry:
        section = f", section {entry.shown_section}" if entry.shown_section else ""
        where = f"paragraph {entry.para}: {entry.shown_act}{section}, {entry.offence[:1].lower()}{entry.offence[1:]}"
    if judgement.excluded is None:
        return f"It turns on {judgement.depends_on}{f' ({where})' if where else ''}. A person settles it"
    return f"On the list {as_of}, {where}" if judgement.excluded else f"Not on the list {as_of}"


def _decided(rows: Sequence[Decision], now: datetime) -> str:
    words = dict(KINDS)
    decisions = ". ".join(f"{words[row.kind]}, {short_day(row.decided_on, now)}" for row in rows)
    return f"{decisions}. Not evidence at trial; its material is listed separately" if decisions else "No decision is filed"


def evidence_words(item: CaseItem) -> str:
    """What a part can rest on, in words that hold nothing of what it says."""
    return {
        "exhibit": f"Exhibit {item.reference}",
        "account": f"Account {item.reference} of person {item.person}",
        "first_account": f"First account of person {item.person}, video {item.reference}",
    }[item.kind]


KEPT = ("settled_why", "duress", "self_defence", "public_interest", "abuse_of_process", "law_note", "asked_whom",
        "their_answer", "missing", "before")  # fmt: skip


def as_typed(latest: Sequence[FullRecord], evidence: Sequence[CaseItem]) -> dict[str, str]:
    """What was written before stays written, as the form would send it; what to make of it is asked anew."""
    initial: dict[str, str] = {}
    numbers = {item.id: str(number) for number, item in enumerate(evidence, 1)}
    for record in latest:
        initial |= {name: getattr(record, name) for name in KEPT}
        for element in record.elements.all():
            name = f"{element.test}_{element.number}"
            initial[f"{name}_evidence"] = ", ".join(numbers[item.id] for item in linked_to(element, evidence))
            initial |= {f"{name}_for": element.evidence_for, f"{name}_against": element.evidence_against}
    return initial


def _who(user: User, reader: UUID) -> str:
    return "you" if user.id == reader else user.name


def status(record_status: RecordStatus, now: datetime) -> Status:
    """How the record stands. Open, it lets no outcome be authorised."""
    latest = record_status.latest
    if record_status.has_changed:
        return Status("Open again", "orange", "What it was based on has changed. Review it on the current facts.")
    if record_status.state == "waiting" and latest:
        by = due(latest.countersign_by, now)
        words = f"For a supervisor who took no part, {by}. Never delay release or care for it."
        return Status("Waiting for countersign", "yellow", words)
    if record_status.state == "agreed":
        words = "It is up to date with the current facts. A decision or a new fact opens it again."
        return Status("Countersigned", "green", words)
    if record_status.state == "sent_back":
        return Status("Sent back", "orange", "A colleague reviewed it and wants more. Their comments are with it.")
    words = "It comes before any charge, caution or other disposal, no further action, plea or hearing."
    return Status("Not written yet", "yellow", words)


def why_reopened(event: ObligationEvent, item: CaseItem | None, now: datetime) -> str:
    """What opened a record again: a charge, plea, hearing, decision or account with its day; else what was recorded."""
    if item is not None:
        words = (CONSIDER_AGAIN | dict(KINDS)).get(item.kind, CONSIDER_AGAIN[ACCOUNT])
        return f"{words[:1].lower()}{words[1:]}, {short_day(on(item.at or item.recorded_at), now)}"
    if any(name.startswith("exploitation") for name in event.facts):
        return "a new fact about exploitation"
    return f"someone {CODES[event.cause][1]}" if event.cause in CODES else ""


def turns(
    events: Sequence[tuple[ObligationEvent, CaseItem | None]],
    records: Sequence[FullRecord],
    answers: Sequence[FirstAnswer],
    user: UUID,
    now: datetime,
) -> list[str]:
    """When it was opened, decided, signed, and opened again and why, the latest eight, the earliest of them first."""
    answer_words: Mapping[str, str] = dict(ANSWERS)
    entries = [
        (answer.recorded_at, f"The short question: {answer_words[answer.answer].lower()}. {_who(answer.by, user)}")
        for answer in answers
    ]
    for event, item in events:
        cause = why_reopened(event, item, now)
        again = f"Opened again: {cause}" if cause else "Opened again"
        entries.append((event.recorded_at, again if event.kind == "reopened" else "Full record opened"))
    for row in records:
        entries.append((row.recorded_at, f"Decided, version {row.number}. {_who(row.decided_by, user)}"))
        for signed in row.countersignatures.all():
            kind = "Countersigned" if signed.kind == "agree" else "Sent back"
            entries.append((signed.recorded_at, f"{kind}, version {row.number}. {_who(signed.by, user)}"))
    entries.sort(key=lambda entry: entry[0])
    return [f"{moment(at, now)} {words}" for at, words in entries[-TURNS:]]


STAGES = {
    "stop": "Stopped",
    "voluntary_interview": "To be interviewed",
    "arrest": "Arrested",
    "interview": "Interviewed",
    "bail_or_remand": "On bail or remand",
    "out_of_court_disposal": "Dealt with out of court",
    "no_further_action": "No further action",
    "charge_decision": "With the prosecutor",
    "charged": "Charged",
    "hearing": "At court",
    "convicted": "Convicted",
    "appeal": "On appeal",
}
NOT_ASKED = Status("Not asked for", "grey", "Nothing recorded requires the full record of this act.")


def offence_lines(
    rows: Sequence[AllegedOffence],
    owed: Mapping[tuple[str, str], Obligation],
    records: Mapping[UUID, FullRecord],
    outcomes: Mapping[UUID, Sequence[OutcomeRecorded]],
    now: datetime,
) -> list[dict[str, Any]]:
    """The offences in the order recorded."""
    return [
        {
            "id": row.id,
            "title": title(row) or "Not named yet",
            "meta": ". ".join(part for part in (when_done(row, now), STAGES.get(row.stage, "")) if part),
            "status": _status_of(records.get(row.id), owed.get((RECORD, str(row.id))), now),
            "outcomes": outcomes.get(row.id, ()),
        }
        for row in rows
    ]


def _status_of(latest: FullRecord | None, own: Obligation | None, now: datetime) -> Status:
    """How the record of an offence stands; that it is not asked for, where nothing calls for it and none was written."""
    return NOT_ASKED if own is None and latest is None else status(record_status_of(latest, own), now)


def theirs(written: Mapping[str, str], form: Form) -> list[str]:
    """What is written of an act by now where a form that was read says something else, a line for each field."""
    lines = []
    for name, field in form.fields.items():
        if name in written and form.cleaned_data[name] != written[name]:
            words = STAGES | dict(getattr(field, "choices", ()))
            label = field.label if str(field.label).endswith("?") else f"{field.label}:"
            lines.append(f"{label} {words.get(written[name], written[name]) or 'nothing'}")
    return lines
