"""The sample of a deep dive: all of a small frame, else a share of each stratum, drawn by a stored seed. Pure."""

import csv
import io
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import partial
from hashlib import sha256

HEADING = ("reference", "stratum")
CENSUS = 30  # up to so many cases all are reviewed


def shares_of(sizes: Mapping[str, int], size: int) -> dict[str, int]:
    """How many are drawn of each stratum: in proportion, at least one of each. A stratum whose share is below one gets one, and
    what remains is shared anew among the others until none is below one; then whole numbers by the largest remainder, ties by
    name. Raises ValueError where there are more strata than are drawn."""
    if size >= sum(sizes.values()):
        return dict(sizes)
    if size < len(sizes):
        raise ValueError(f"{len(sizes)} strata, and {size} to draw: at least one of each is drawn")
    ones: dict[str, int] = {}
    while True:
        others = {name: rows for name, rows in sizes.items() if name not in ones}
        remaining, rows_left = size - len(ones), sum(others.values())
        shares = {name: Fraction(remaining * rows, rows_left) for name, rows in others.items()}
        small = [name for name, share in shares.items() if share < 1]
        if not small:
            break
        ones |= dict.fromkeys(small, 1)
    drawn = {name: int(share) for name, share in shares.items()}
    by_remainder = sorted(shares, key=lambda name: (drawn[name] - shares[name], name))
    for name in by_remainder[: remaining - sum(drawn.values())]:
        drawn[name] += 1
    return ones | drawn


def draw(frame: Iterable[tuple[str, str]], seed: int, size: int) -> list[tuple[str, str]]:
    """The sample of a frame of references with their strata, by stratum and reference. The seed alone decides which: the order of
    the frame, the machine and the version of Python do not. Raises ValueError as `shares_of`, and for a reference given twice."""
    strata: dict[str, list[str]] = {}
    for reference, stratum in frame:
        strata.setdefault(stratum, []).append(reference)
    references = [reference for rows in strata.values() for reference in rows]
    if len(set(references)) != len(references):
        raise ValueError("a reference is there twice")
    shares = shares_of({name: len(rows) for name, rows in strata.items()}, size)

    def lot(stratum: str, reference: str) -> bytes:
        return sha256("\x1f".join((str(seed), stratum, reference)).encode()).digest()

    drawn = {name: sorted(rows, key=partial(lot, name))[: shares[name]] for name, rows in strata.items()}
    return sorted(((reference, name) for name, rows in drawn.items() for reference in rows), key=lambda row: row[::-1])


def read_frame(text: str) -> list[tuple[str, str]]:
    """The rows of a CSV with the heading `reference,stratum`. Raises ValueError with the line that is wrong."""
    rows = list(csv.reader(io.StringIO(text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")), strict=True))
    if not rows or tuple(rows[0]) != HEADING:
        raise ValueError("line 1: the heading is reference,stratum")
    frame = []
    for line, row in enumerate(rows[1:], 2):
        if not row:
            continue
        if len(row) != len(HEADING) or not all(cell.strip() for cell in row):
            raise ValueError(f"line {line}: a reference and its stratum")
        frame.append((row[0].strip(), row[1].strip()))
    return frame


def sample_csv(sample: Iterable[tuple[str, str]]) -> str:
    """A sample as the CSV of a frame."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([HEADING, *sample])
    return out.getvalue()
