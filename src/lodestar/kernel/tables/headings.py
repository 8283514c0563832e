"""Which column of a template a heading is: the same letters and figures, or what a person decided. Pure."""

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence

IGNORED = ""  # what stands for the column of a heading that a person said is not read


class TwoHeadings(ValueError):
    """Two headings of a file are one column, which has room for one; `str` says which."""


def folded_heading(heading: str) -> str:
    """A heading as it is compared: its letters and figures in small letters; one that has none as it stands."""
    plain = unicodedata.normalize("NFKC", heading).casefold()
    return "".join(filter(str.isalnum, plain)) or plain.strip()


def headings_as_shown(headings: Sequence[str]) -> tuple[str, ...]:
    """The headings, of which a blank one is called by its place."""
    return tuple(" ".join(heading.split()) or f"column {place}" for place, heading in enumerate(headings, 1))


def columns_for(
    headings: Sequence[str], names: Mapping[str, str], several: frozenset[str] = frozenset()
) -> tuple[str | None, ...]:
    """The column of each heading by `names`, which holds folded headings; IGNORED where it is not read, None where nobody has
    decided. Raises TwoHeadings where two are one column that is not among `several`."""
    columns = tuple(names.get(folded_heading(heading)) for heading in headings)
    for column, count in Counter(column for column in columns if column and column not in several).items():
        if count > 1:
            both = [heading for heading, own in zip(headings, columns, strict=True) if own == column]
            raise TwoHeadings(f"the headings {' and '.join(both)} both mean {column}: leave one of them out")
    return columns
