"""Workbooks for tests: sheets of values, and what no spreadsheet would save."""

import io
import zipfile
from collections.abc import Sequence

from openpyxl import Workbook


def workbook(*sheets: Sequence[Sequence[object]], **parts: bytes) -> bytes:
    """The bytes of a workbook of these sheets, called S1, S2 ...; a text that begins with = is a formula. `parts` are added."""
    book, out = Workbook(), io.BytesIO()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"S{number}")
        for row in rows:
            sheet.append(list(row))
    book.save(out)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()
