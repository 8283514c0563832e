"""The template of each kind of table that comes in, as the dated list says it, and as a file to fill in. Pure."""

import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from openpyxl import Workbook

from lodestar.platform.tables.table_files import IGNORED, folded_heading
from lodestar.platform.text.csv_safety import table
from lodestar.platform.text.reference_lists import reference_list

KINDS = {
    "concerns": "First reports: people who may be victims",
    "custody": "Custody records",
    "missing": "Reports of missing people",
    "stop": "Stops",
    "address": "Visits to addresses",
    "call": "Calls",
    "references": "References from other systems",
    "detained": "People in custody now",
    "charges": "People charged",
    "staff": "People to be added to staff",
    "attendance": "People who attended training",
    "requirements": "Requirements of the force",
    "recommendations": "Recommendations of a report",
}
OWN = (
    "concerns", "references", "detained", "charges", "staff", "attendance", "requirements", "recommendations",
)  # fmt: skip  # their own columns; others are earlier records
REASON = "not_imported_because"  # the last column of a file of rejected rows; read again it is passed over
CONFIRMED = "references_confirmed"


@dataclass(frozen=True)
class Template:
    """The columns of one kind, in their order: `names` are folded headings that need nobody, `proposed` those that a person
    confirms, `several` the columns that may stand more than once, `required` groups of which a row fills in one each."""

    kind: str
    columns: tuple[str, ...]
    meanings: Mapping[str, str]
    example: tuple[str, ...]
    names: Mapping[str, str]
    proposed: Mapping[str, str]
    several: frozenset[str]
    required: tuple[tuple[str, ...], ...]

    def missing_from(self, filled: Collection[str]) -> str:
        """What a row that fills in these columns lacks, in words; empty where nothing."""
        lacking = [group for group in self.required if not set(group) & set(filled)]
        return " and ".join(" or ".join(group) for group in lacking)

    def knows(self, heading: str, decided: Collection[str] = ()) -> bool:
        """Whether a heading is the template's, one that it proposes for, or one that a person decided about."""
        plain = folded_heading(heading)
        return plain in self.names or plain in self.proposed or plain in decided


@cache
def template_of(kind: str) -> Template:
    """The template of a kind. Raises KeyError for a kind that is none."""
    group = kind if kind in OWN else "records"
    listed = reference_list("tables", "import_templates")
    rows = [{"column": row["code"], **row} for row in listed.rows if group in row["kinds"]]
    return Template(
        kind=kind,
        columns=tuple(row["column"] for row in rows),
        meanings={row["column"]: row["meaning"] for row in rows},
        example=tuple(row["example"] for row in rows),
        names={**_folded(rows, lambda row: (row["column"], *row.get("also", ()))), folded_heading(REASON): IGNORED},
        proposed=_folded(rows, lambda row: row.get("headings", ())),
        several=frozenset(row["column"] for row in rows if row.get("several")),
        required=tuple(map(tuple, listed.header["required"][group])),
    )


def _folded(rows: Iterable[Mapping[str, Any]], headings: Any) -> dict[str, str]:
    return {folded_heading(heading): row["column"] for row in rows for heading in headings(row)}


def role_of(words: str) -> str | None:
    """The role that a word of the list stands for."""
    role: str | None = reference_list("tables", "import_templates").header["roles"].get(words)
    return role


def as_csv(template: Template) -> bytes:
    """The template as CSV: its headings, and no example that somebody might leave there."""
    return table(template.columns, [])


def as_xlsx(template: Template) -> bytes:
    """The template as a workbook: a sheet to fill in, of which every cell is text, and one that says what each column means,
    with an example."""
    book, out = Workbook(), io.BytesIO()
    sheet: Any = book.active
    sheet.title = template.kind
    _write(sheet, [template.columns])
    rows = zip(template.columns, template.meanings.values(), template.example, strict=True)
    _write(book.create_sheet("What it means"), [("Column", "What it means", "Example"), *rows])
    book.save(out)
    return out.getvalue()


def _write(sheet: Any, rows: Sequence[Sequence[str]]) -> None:
    for row in rows:
        sheet.append(row)
    for at in range(1, len(rows[0]) + 1):
        letter = sheet.cell(1, at).column_letter
        sheet.column_dimensions[letter].number_format = "@"
        sheet.column_dimensions[letter].width = 20
