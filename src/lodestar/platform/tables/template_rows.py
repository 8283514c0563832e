"""A table that was filled in by the template of its kind, heading for heading: what it would record, and what is refused."""

import hashlib
import io
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lodestar.platform.tables.rules import template_of
from lodestar.platform.tables.table_files import NotRead, TwoHeadings, columns_for, encoding_of, text_table
from lodestar.platform.tables.values import Unreadable
from lodestar.platform.tables.workbook import workbook_table
from lodestar.platform.text.text_normalise import one_line

MOST, LARGEST = 500, 2_000_000  # rows, bytes
Cells = Mapping[str, str]
TemplateRow = tuple[int, str, Cells]  # its number, why it cannot be read, and its cells by column


@dataclass
class LookedAt:
    """What a table holds: the rows to record, how many are recorded already, and those that are refused, each with the reason."""

    mark: str
    rows: list[dict[str, Any]] = field(default_factory=list)
    recorded: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)


def look_at(
    content: bytes, rows: Iterable[TemplateRow], seen: set[Any], read: Callable[[Cells], tuple[Hashable, dict[str, Any]]]
) -> LookedAt:
    """Reads rows of a file by `read`, which gives the key of each and what it records, or raises Unreadable; `seen` are the keys
    that are recorded already."""
    file = LookedAt(hashlib.sha256(content).hexdigest())
    for number, fault, cells in rows:
        try:
            if fault:
                raise Unreadable(fault)
            key, row = read(cells)
        except Unreadable as error:
            file.refused.append((str(number), str(error)))
            continue
        if key in seen:
            file.recorded += 1
        else:
            seen.add(key)
            file.rows.append(row)
    return file


def template_rows(content: bytes, kind: str) -> Iterator[TemplateRow]:
    """The rows of a file. Raises NotRead for one that cannot be read as a whole, or has too many."""

    def opened() -> io.BytesIO:
        return io.BytesIO(content)

    template = template_of(kind)
    try:
        parsed = workbook_table(opened, template.knows) if content.startswith(b"PK") else text_table(opened, encoding_of(opened))
        columns = columns_for(parsed.headings, template.names)
    except TwoHeadings as error:
        raise NotRead(str(error)) from None
    if None in columns or len(content) > LARGEST:
        raise NotRead(f"its headings are not those of the template, or it is larger than {LARGEST // 1_000_000} MB")
    for number, row in enumerate(parsed.rows()):
        if number == MOST:
            raise NotRead(f"the file holds more than {MOST} rows: split it")
        yield row.number, row.fault, {column: one_line(cell) for column, cell in zip(columns, row.cells, strict=False) if column}
