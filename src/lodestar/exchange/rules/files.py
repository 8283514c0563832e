"""Records as a file, JSON or CSV, and back. Pure; text that was not written here is read strictly."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from lodestar.exchange.rules.standard import EVENTS, OWN, OWN_FIELDS, TEXTS, VERSION, Refused, fields
from lodestar.kernel.cells import as_it_was, table
from lodestar.kernel.strict_json import read_json

LARGEST = 5_000_000  # bytes
FORMATS = {"json": "application/json", "csv": "text/csv; charset=utf-8"}
_NOT_READ = "the file is neither JSON nor CSV in UTF-8 that can be read"


def written(records: Sequence[Mapping[str, Any]], kind: str) -> bytes:
    """The records as a file of this kind (json or csv)."""
    if kind == "json":
        told = {"standard": "HTCDS", "version": VERSION, "records": records}
        return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
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
            told = read_json(content)
        except ValueError:
            raise Refused(_NOT_READ) from None
        if isinstance(told, dict):
            if told.get("version", VERSION) != VERSION:
                raise Refused(f"the file is not of HTCDS {VERSION}")
            return told.get("records")
        return told
    return _rows(content)


def _rows(content: bytes) -> list[dict[str, Any]]:
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        raise Refused(_NOT_READ) from None
    if not rows or len(set(rows[0])) != len(rows[0]) or not any(key in fields() or key.startswith(OWN) for key in rows[0]):
        raise Refused(_NOT_READ)
    found = []
    for number, row in enumerate((row for row in rows[1:] if row), 1):
        if len(row) != len(rows[0]):
            raise Refused(f"record {number} has another number of cells than there are columns")
        cells = zip(rows[0], row, strict=True)
        found.append({key: _value(number, key, as_it_was(cell)) for key, cell in cells if cell.strip()})
    return found


def _value(number: int, key: str, cell: str) -> Any:
    kind = fields()[key].kind if key in fields() else ""
    if _is_json(key):
        try:
            return read_json(cell.encode())
        except ValueError:
            raise Refused(f"record {number}: {key} holds no JSON") from None
    if kind in ("several", "codes"):
        return [one.strip() for one in cell.split(";") if one.strip()]
    if kind == "yes_no" and cell.lower() in ("true", "false"):
        return cell.lower() == "true"
    if kind == "number":
        try:
            return int(cell)
        except ValueError:
            raise Refused(f"record {number}: {key} takes a number") from None
    return cell
