"""What stands in the tables of a page."""

import re

_ROW = re.compile(r'<tr class="govuk-table__row" role="row">(.*?)</tr>', re.DOTALL)
_CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)


def cells(html: str) -> list[list[str]]:
    """The cells of every row but the heads, as marked up."""
    rows = [_CELL.findall(row) for row in _ROW.findall(html) if 'scope="col"' not in row]
    return [[cell.strip() for cell in row] for row in rows]


def words(html: str) -> list[list[str]]:
    """The same as words."""
    return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in cells(html)]
