"""What is read of a file, whatever it is: its entries one by one, each with the text that goes back to whoever puts it right."""

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from lodestar.journeys.times_beside import is_of_a_time
from lodestar.journeys.ways_to_reach import is_of_a_home, tells
from lodestar.kernel.cells import NOT_WORKED_OUT, harmless
from lodestar.kernel.table_text import NotRead, is_undecoded, known_name, may_name
from lodestar.kernel.typed import one_line

_SEALED = {"address": "each address", "phone": "each phone", "postcode": "a second postcode"}  # of columns that stand twice
HEAD = 20  # lines, in which the names of the columns are looked for
# Begins a table of rejected rows: without it a spreadsheet spoils the letters of whoever puts a row right there, and a few rows
# with broken letters would be taken for an older encoding.
AS_UTF8 = "\ufeff"
_LOOKED_AT = 6  # cells of a row, by which it may be one of names
_NOTHING = frozenset(("NULL", "\\N", "(null)", "(NULL)", "<null>", "<NULL>", "[NULL]"))
Cells = list[tuple[str, str]]


@dataclass(frozen=True)
class Entry:
    """One line or row: `cells` with the names of their columns, or `line`, what a line of JSON holds; or a `fault`. `raw` is its
    text as it goes back, empty where it is too long for that. `sheet` is named where a workbook has several. `is_object`: the
    names are keys of its own, not those above a table."""

    number: int
    raw: str
    cells: Cells | None = None
    line: bytes | None = None
    fault: str = ""
    notes: tuple[str, ...] = ()
    sheet: str = ""
    is_object: bool = False


@dataclass
class Source:
    """An open file: what its entries are called, how a file of rejected ones ends and begins, what is to be told of the whole."""

    unit: str
    ending: str
    entries: Iterator[Entry]
    head: str = ""
    notes: list[str] = field(default_factory=list)

    def place(self, entry: Entry) -> str:
        """Where an entry stands, as it is told: line 3, or sheet March, row 3."""
        sheet = f"sheet {entry.sheet}, " if entry.sheet else ""
        return f"{sheet}{self.unit} {entry.number}"


def is_of_a_day(name: str) -> bool:
    """Whether a known column of this name holds a day."""
    return name.endswith(("_at", "_date")) or name in ("born", "dob")


def no_names(columns: Sequence[str]) -> NotRead:
    """The refusal of a table of which nothing says which column is which."""
    return NotRead(
        f"its first lines do not name the columns, of which there are {', '.join(columns[:4])} and others: "
        "put the names of the columns into the first line"
    )


def names_of(head: Sequence[str], known: frozenset[str]) -> tuple[list[str], list[str]]:
    """The names of the columns, and what is to be told of them. One without a name is called by its place."""
    names = [name if name in known else one_line(cell) or f"column {at}" for at, (name, cell) in
             enumerate(((column_of(cell, known), cell) for cell in head), 1)]  # fmt: skip
    unknown = [name for name, cell in zip(names, head, strict=True) if name not in known and cell.strip()]
    notes = []
    times = [name for name in unknown if is_of_a_time(name)]
    twice = sorted({name for name in names if name in known and names.count(name) > 1})
    if sealed := [*(name for name in unknown if tells(name)), *(_SEALED[name] for name in twice if name in _SEALED)]:
        notes.append(f"columns that say where somebody is or how to reach them, kept sealed: {', '.join(sealed)}")
    if strangers := [name for name in unknown if name not in times and not tells(name)]:
        notes.append(f"columns that are not known, kept as text: {', '.join(strangers)}")
    if times:
        notes.append(f"columns of a time, put to the day beside it where both can be read, and kept as text: {', '.join(times)}")
    if rest := [name for name in twice if name not in _SEALED]:
        notes.append(f"columns that stand twice, of which the first with something in it counts: {', '.join(rest)}")
    return names, notes


def column_of(cell: str, known: frozenset[str]) -> str:
    """The known name of a column, or its own. A postcode or place that is said to be somebody's home is not the incident's."""
    name = known_name(cell, known)
    return one_line(cell) if name in ("postcode", "place") and is_of_a_home(cell) else name


def of_strangers(cells: Cells, known: Collection[str], used: Collection[str]) -> Iterator[str]:
    """What is told of keys of an object that are no columns, nor `used` for their time; nothing where there are none."""
    unknown = [one_line(name) for name, text in cells if text.strip() and name not in known and name not in used]
    if sealed := [name for name in unknown if tells(name)]:
        yield f"keys that say where somebody is or how to reach them, kept sealed: {', '.join(sealed)}"[:200]
    if strangers := [name for name in unknown if not tells(name)]:
        yield f"keys that are not known, kept as text: {', '.join(strangers)}"[:200]


def as_said(held: Cells, known: Collection[str]) -> tuple[Cells, list[str]]:
    """The cells that say something, without what databases write for nothing; what a spreadsheet could not work out stands under
    a name of its own. And what is to be told of them."""
    halves = [name for name, text in held if not text.isascii() and is_undecoded(text)]
    notes = [f"half a sign, which is none of any script, was left out: {one_line(', '.join(halves))}"] if halves else []
    if (_NOTHING | NOT_WORKED_OUT).isdisjoint(text.strip() for _, text in held):
        return held, notes
    wrong = [name for name, text in held if text.strip() in NOT_WORKED_OUT and name in known]
    said = [
        (f"{name} in the file" if name in wrong and text.strip() in NOT_WORKED_OUT else name, text)
        for name, text in held
        if text.strip() not in _NOTHING
    ]
    told = f"what the spreadsheet could not work out is kept as text alone: {', '.join(dict.fromkeys(wrong))}"
    return said, [*notes, told] if wrong else notes


def headed(cells: Sequence[str], names: Sequence[str], known: frozenset[str]) -> list[str]:
    """The names of the columns, where a row further down gives them once more, as pages and files put together do; empty for any
    other row. They may be others than `names`, those of the rows before."""
    if not any(may_name(cell, known) for cell in cells[:_LOOKED_AT]):
        return []
    held = [known_name(cell, known) for cell in cells if cell.strip()]
    among = sum(1 for name in held if name in known)
    if among < 2 and set(held) != set(names):
        return []
    again = names_of(cells, known)[0]
    strangers = sum(1 for name, cell in zip(again, cells, strict=True) if cell.strip() and name not in known.union(names))
    # A row may hold such words: A7, Phone, Address.
    return again if again[: len(names)] == list(names) or among > strangers * 2 else []


def as_csv(cells: Sequence[str]) -> str:
    """A line of a table that no spreadsheet runs anything of."""
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow([harmless(cell) for cell in cells])
    return out.getvalue()
