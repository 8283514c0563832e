"""The records that close what is owed, and which one each code wants. Pure.

The list is `platform/obligations/reference/closing_records.toml`. A record is opened in place of a bare tap; a tap without one is
an officer's word, marked as that and counted apart.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from lodestar.platform.text.reference_lists import reference_list

PAGE, CONTACT_RULE, OFFICERS_WORD = "page", "contact_rule", "officers_word"
ON_ITS_PAGE = (PAGE, CONTACT_RULE)
BY_RECORD, BY_WORD, BY_REASON = "record", "word", "reason"  # how a closed obligation was closed
LONGEST = 500


@dataclass(frozen=True)
class RecordField:
    """One field of a record; with `choices` (value to words) one of them."""

    label: str
    hint: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RecordKind:
    """One kind of record: its title, the verb that begins its summary, its fields in their order."""

    title: str
    verb: str
    fields: Mapping[str, RecordField]


KINDS: Mapping[str, RecordKind] = {
    code: RecordKind(kind["title"], kind["verb"], {name: RecordField(**row) for name, row in kind["fields"].items()})
    for code, kind in reference_list("obligations", "closing_records").header["kinds"].items()
}


@dataclass(frozen=True)
class Closing:
    """What closes one code. `needs` are the fields that must be filled."""

    record: str
    needs: tuple[str, ...]
    may_be_not_needed: bool
    contacts: bool

    @property
    def kind(self) -> RecordKind | None:
        """The record to open; None where a page or an officer's word closes it."""
        return KINDS.get(self.record)


@cache
def closings() -> Mapping[str, Closing]:
    """What closes each code of the list."""
    return {
        row["code"]: Closing(
            row["record"], tuple(row.get("needs", ())), row.get("not_needed", row["record"] != PAGE), row.get("contacts", False)
        )
        for row in reference_list("obligations", "closing_records").rows
    }


def closing_of(code: str) -> Closing:
    """What closes a code; for one that the list has no more, an officer's word."""
    return closings().get(code, Closing(OFFICERS_WORD, (), True, False))


@dataclass(frozen=True)
class Record:
    """A record as it was filled in; of the kind `page` it has no fields: a page of its own says more."""

    kind: str
    fields: Mapping[str, str] = field(default_factory=dict)

    def as_text(self) -> str:
        """As it is stored."""
        filled = {name: value.strip()[:LONGEST] for name, value in self.fields.items() if value.strip()}
        return json.dumps(filled, ensure_ascii=False) if filled else ""


BY_PAGE = Record(PAGE)


def boxed(code: str, words: str) -> Record | None:
    """The record of a code from the one box of the first screen: its first field; None from an empty box, a bare tap."""
    closing = closing_of(code)
    if not words.strip() or closing.kind is None:
        return None
    return Record(closing.record, {closing.needs[0]: words})


def is_complete(code: str, record: Record) -> bool:
    """Whether a record is of the kind that a code wants, with the fields that it needs, or from a page of its own."""
    closing = closing_of(code)
    if record.kind == PAGE:
        return True
    return record.kind == closing.record and all(record.fields.get(name, "").strip() for name in closing.needs)


def _filled(kind: str, text: str) -> list[tuple[str, RecordField, str]]:
    known, filled = KINDS.get(kind), json.loads(text) if text else {}
    fields = known.fields.items() if known else ()
    return [(name, row, row.choices.get(filled[name], filled[name])) for name, row in fields if name in filled]


def value_in(text: str | None, name: str) -> str:
    """One field of a stored record as it was chosen or typed; empty where it has none."""
    return str(json.loads(text).get(name, "")) if text else ""


def details_of(kind: str, text: str) -> list[tuple[str, str]]:
    """The filled fields of a stored record as (label, words), in the order of its kind."""
    return [(row.label, words) for _, row, words in _filled(kind, text)]


def value_of(kind: str, text: str, name: str) -> str:
    """What stands in one field of a stored record; empty where nothing does."""
    return next((words for field, _, words in _filled(kind, text) if field == name), "")


def summary_of(kind: str, text: str) -> str:
    """A stored record in a few words, as `Called: Suffolk MASH, ref 123`; empty where there is none."""
    parts = [f"ref {words}" if name == "reference" else words for name, _, words in _filled(kind, text)]
    return f"{KINDS[kind].verb}: {', '.join(parts)}" if parts else ""


def closed_with(kind: str, record: str) -> str:
    """How an answer closes: by a reason why it is not needed, by an officer's word, or by a record."""
    if kind == "not_needed":
        return BY_REASON
    return BY_WORD if record in ("", OFFICERS_WORD) else BY_RECORD


# --- which answers each thing owed takes: by its page, by a record, with a reason -----------------------------------------

# What is owed by one role and done by another, which alone has it and answers it: the force's list of who owes what keeps
# to the unit whose work it is.
DONE_BY = {
    "di_review_before_no_further_action": "detective_inspector",
    "immigration_disclosure_needs_approval": "detective_inspector",
}


def kinds_of(code: str) -> tuple[str, ...]:
    """Which answers the page of any one thing owed may give: `done`, `not_possible`, `not_needed`. What its own page records is
    done there alone; *not possible* may be said of everything."""
    closing = closing_of(code)
    done = () if closing.record in ON_ITS_PAGE else ("done",)
    return (*done, "not_possible", *(("not_needed",) if closing.may_be_not_needed else ()))


def wants_words(kind: str) -> bool:
    """Whether this answer says nothing without a reason in a few words."""
    return kind != "done"
