"""Workbooks made by hand, so that a test can make them as broken as it likes."""

import io
import zipfile
from xml.sax.saxutils import escape

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATION = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
STYLES = (
    f'<styleSheet {MAIN}><numFmts count="1"><numFmt numFmtId="170" formatCode="dd/mm/yyyy\\ hh:mm"/></numFmts>'
    '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs></styleSheet>'
)
Raw = tuple[str, str]  # the attributes of a cell, and what stands in it


def letters(place: int) -> str:
    return letters(place // 26 - 1) + chr(65 + place % 26) if place >= 26 else chr(65 + place)


def cell(at: str, value: object) -> str:
    if isinstance(value, tuple):
        return f'<c r="{at}" {value[0]}>{value[1]}</c>'
    if isinstance(value, int | float):
        return f'<c r="{at}"><v>{value}</v></c>'
    return f'<c r="{at}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>' if value else ""


def sheet(rows: list[list[object]], before: str = "") -> str:
    told = "".join(
        f'<row r="{number}">' + "".join(cell(f"{letters(at)}{number}", one) for at, one in enumerate(row)) + "</row>"
        for number, row in enumerate(rows, 1)
    )
    return f'<?xml version="1.0"?>{before}<worksheet {MAIN}><sheetData>{told}</sheetData></worksheet>'


def workbook(*sheets: str, shared: str = "", properties: str = "", **more: str) -> bytes:
    """The bytes of a workbook with these sheets; `more` are parts by name, with `__` for what stands between folders."""
    names = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId{n}"/>' for n in range(1, len(sheets) + 1))
    targets = "".join(f'<Relationship Id="rId{n}" Target="worksheets/sheet{n}.xml"/>' for n in range(1, len(sheets) + 1))
    parts = {
        "xl/workbook.xml": f"<workbook {MAIN} {RELATION}>{properties}<sheets>{names}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{targets}</Relationships>'
        ),
        "xl/styles.xml": STYLES,
        **{f"xl/worksheets/sheet{n}.xml": one for n, one in enumerate(sheets, 1)},
        **({"xl/sharedStrings.xml": f"<sst {MAIN}>{shared}</sst>"} if shared else {}),
        **{f"{name.replace('__', '/')}.xml": content for name, content in more.items()},
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return made.getvalue()
