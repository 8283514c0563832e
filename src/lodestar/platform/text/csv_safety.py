"""Cells of a CSV file that no spreadsheet takes for a formula, and back. Pure."""

import csv
import io
import re
from collections.abc import Sequence

# A spreadsheet runs a cell that begins with one of these, also in their wide forms and after a space; a tab or a line break may
# move what follows into another cell.
_RUNS = re.compile(r"'*\s*[=+\-@＝＋－＠\t\r\n]")
_FORCED = re.compile(r'="((?:[^"]|"")*+)"\s*')


def forced_text(cell: str) -> str:
    """The text of a cell that a system wrote as `="00123"`, so that a spreadsheet leaves it as it is; any other as it stands."""
    match = _FORCED.fullmatch(cell) if cell.startswith("=") else None
    return match[1].replace('""', '"') if match else cell


def harmless(cell: str) -> str:
    """The text as it stands in a cell: an apostrophe before what a spreadsheet would run."""
    return f"'{cell}" if _RUNS.match(cell) else cell


def as_it_was(cell: str) -> str:
    """What `harmless` was given."""
    return cell[1:] if cell.startswith("'") and _RUNS.match(cell) else cell


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """A CSV file that no spreadsheet runs anything of."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return ("\ufeff" + out.getvalue()).encode()
