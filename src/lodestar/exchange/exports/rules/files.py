"""The fields of HTCDS 2.0 and our own beside them: what each takes (a dated list); records as a file, JSON or CSV, and back.
Pure; text that was not written here is read strictly."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from lodestar.platform.obligations.facts import CaseFacts
from lodestar.platform.text.csv_safety import as_it_was, table
from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.text.strict_json import read_json

OWN = "x_lodestar_"
VERSION = "2.0"
EVENTS = "hte"  # the list of what happened to a person, each with its own fields
LONGEST = {"text": 2000, "code": 40}
MOST_VALUES = 50
# Our own facts of a person and of a case, as `assess` takes them, and three that it does not.
PERSON = (
    "belief", "roles", "birth", "alive", "place", "contact_lost", "exploitation", "consent", "helpers", "threats",
    "care_and_support_needs", "british", "found_after_missing", "earlier_referral", "needs",
)  # fmt: skip
CASE = tuple(CaseFacts.__dataclass_fields__.keys() - {"events"})
TEXTS = ("record", "name", "language", "case", "encountered_at", "nation")  # record: by which we know our own again
OWN_FIELDS = tuple(f"{OWN}{name}" for name in (*TEXTS, *PERSON, *sorted(CASE)))
# What is never taken along of a person: it could be turned against them, and nobody who helps them needs it.
KEPT_BACK = ("suspected_of", "seized")
# The same as a value of a fact that goes: that they are suspected, where they were held, who stood by them when they were asked.
# Where somebody is who is suspected of something: told of a possible victim, it would say that they are.
HELD = frozenset(("custody", "prison", "immigration_detention"))
KEPT_VALUES = {"roles": frozenset(("suspect",)), "place": HELD, "helpers": frozenset(("appropriate_adult",))}
EXPLOITER = "exploiter"  # of somebody who may be a victim it is what they are suspected of


class Refused(ValueError):
    """What came cannot be taken in; the words are one sentence for whoever sent it."""


@dataclass(frozen=True)
class Field:
    """One field of the standard: what it takes (text, number, day, yes_no, one, several, code, codes), its values, and what
    becomes of it when it comes in: `taken` into facts, or kept as a `note`."""

    code: str
    kind: str
    values: frozenset[str] = frozenset()
    taken: str = ""
    note: str = ""


@cache
def fields() -> Mapping[str, Field]:
    """Every field of the standard by its name, in the standard's order."""
    return {
        row["code"]: Field(row["code"], row["kind"], frozenset(row.get("values", ())), row.get("taken", ""), row.get("note", ""))
        for row in reference_list("exports", "htcds_fields").rows
    }


def checked(code: str, value: Any) -> Any:
    """The value if the field takes it. Raises Refused otherwise, with words that name the field and not the value's whole."""
    kind = fields()[code].kind
    if kind in ("several", "codes"):
        if not isinstance(value, list) or len(value) > MOST_VALUES:
            raise Refused(f"{code} takes a list of at most {MOST_VALUES} values")
        for item in value:
            _check_value(code, "one" if kind == "several" else "code", item)
        return value
    _check_value(code, kind, value)
    return value


def _check_value(code: str, kind: str, value: Any) -> None:
    if kind == "yes_no":
        _must(isinstance(value, bool), f"{code} takes true or false")
    elif kind == "number":
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        _must(is_number and abs(value) <= 1_000_000, f"{code} takes a number")
    else:
        _must(isinstance(value, str), f"{code} takes text")
        longest = LONGEST.get(kind, LONGEST["text"])
        _must(len(value) <= longest, f"{code} takes at most {longest} characters")
        _must(value.isprintable() or kind == "text", f"{code} has characters that are no writing")
        if kind == "one":
            _must(value in fields()[code].values, f"{code}: “{value[:40]}” is no value of HTCDS {VERSION}")
        if kind == "day":
            _must(_is_day(value), f"{code} takes a day like 2026-03-09")


def _must(holds: bool, words: str) -> None:
    if not holds:
        raise Refused(words)


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


LARGEST = 5_000_000  # bytes
FORMATS = {"json": "application/json", "csv": "text/csv; charset=utf-8"}
_NOT_READ = "the file is neither JSON nor CSV in UTF-8 that can be read"


def encode_records(records: Sequence[Mapping[str, Any]], kind: str) -> bytes:
    """The records as a file of this kind (json or csv)."""
    if kind == "json":
        document = {"standard": "HTCDS", "version": VERSION, "records": records}
        return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
    present = {key for record in records for key in record}
    columns = [key for key in (*fields(), EVENTS, *OWN_FIELDS) if key in present]
    return table(columns, [[_cell(key, record.get(key)) for key in columns] for record in records])


def _cell(key: str, value: Any) -> str:
    if value is None:
        return ""
    if _is_json(key):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return ";".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _is_json(key: str) -> bool:
    return key == EVENTS or (key.startswith(OWN) and key.removeprefix(OWN) not in TEXTS)


def read(content: bytes) -> object:
    """The records of a file. Raises Refused."""
    if len(content) > LARGEST:
        raise Refused(f"the file is larger than {LARGEST // 1_000_000} MB")
    content = content.removeprefix(b"\xef\xbb\xbf")
    if content.lstrip()[:1] in (b"{", b"["):
        try:
            parsed = read_json(content)
        except ValueError:
            raise Refused(_NOT_READ) from None
        if isinstance(parsed, dict):
            if parsed.get("version", VERSION) != VERSION:
                raise Refused(f"the file is not of HTCDS {VERSION}")
            return parsed.get("records")
        return parsed
    return _rows(content)


def _rows(content: bytes) -> list[dict[str, Any]]:
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        raise Refused(_NOT_READ) from None
    if not rows or len(set(rows[0])) != len(rows[0]) or not any(key in fields() or key.startswith(OWN) for key in rows[0]):
        raise Refused(_NOT_READ)
    records = []
    for number, row in enumerate((row for row in rows[1:] if row), 1):
        if len(row) != len(rows[0]):
            raise Refused(f"record {number} has another number of cells than there are columns")
        cells = zip(rows[0], row, strict=True)
        records.append({key: _value(number, key, as_it_was(cell)) for key, cell in cells if cell.strip()})
    return records


def _value(number: int, key: str, cell: str) -> Any:
    kind = fields()[key].kind if key in fields() else ""
    if _is_json(key):
        try:
            return read_json(cell.encode())
        except ValueError:
            raise Refused(f"record {number}: {key} holds no JSON") from None
    if kind in ("several", "codes"):
        return [part.strip() for part in cell.split(";") if part.strip()]
    if kind == "yes_no" and cell.lower() in ("true", "false"):
        return cell.lower() == "true"
    if kind == "number":
        try:
            return int(cell)
        except ValueError:
            raise Refused(f"record {number}: {key} takes a number") from None
    return cell
