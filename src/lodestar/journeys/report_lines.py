"""What a report writes above, below and between the rows of a table, and is none of them. Pure."""

import re
from collections.abc import Sequence

from lodestar.journeys.typed_days import plain

A_HINT = "it says in brackets how to fill the columns in, as a second line of names does, and no row: leave it out"
A_REPORT = "it is a total or a line about the report, by what it says, and no row: leave it out, or say more of what it means"
_LONGEST = 120  # characters of such a line
_COUNT = re.compile(r"[\d.,]+")
# Nobody says so of a concern. It must stand alone, or before numbers.
_NEVER_A_CONCERN = re.compile(
    r"page \d+ ?(?:of|/) ?\d+|\(\d{1,9} (?:rows?|records?|results?)(?: (?:affected|selected|returned|found|in set))?\)\.?|"
    r"[*= -]{0,9}end of (?:report|file|data|export)[*= .-]{0,9}|completion time:\s?\d{4}-.*"
)
# And what as a few words in the column of what happened may be all that somebody told of one.
_OF_A_REPORT = re.compile(
    r"(?:(?:grand |sub|sub-)?totals?|count)(?: of)?(?: records| rows| incidents)?\s?[:=]?\s?\d*|page \d+|"
    r"\d{1,9} (?:rows?|records?|results?)(?: (?:affected|selected|returned|found|in set))?\.?"
)
# And what as well may be all that is told of somebody where their name stands.
_OF_A_PRINT = re.compile(
    r"(?:completion time|report run(?: on)?|(?:run|printed|exported|extracted|generated|produced) on):?\s?(?:[a-z]{3,9},? )?\d.*|"
    r"(?:report )?(?:run|printed|exported|extracted|generated|produced) by: .*|"
    r"(?:protective )?(?:marking:? )?(?:official|restricted|confidential|not protectively marked|protect)"
    r"(?:[ :/(-]{1,3}sensitive\)?)?"
)
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>")  # (dd/mm/yyyy)
_HINT = re.compile(
    r"dd|mm|yy|yyyy|ddmmyyyy|hh|ss|hhmm|date|time|number|text|free|optional|mandatory|required|format|surname|first|forename|"
    r"last|family|name|yes|no|y|n|or|if|known|max|characters|digits|letters|string"
)
_WORD = re.compile(r"[^\W\d_]+")  # of any script
_LONG_NUMBER = re.compile(r"\d{5}")  # somebody's, and no count of letters


def why_no_row(cells: Sequence[tuple[str, str]]) -> str:
    """Why the cells of a line of a table, each with the name of its column, are no row of it; empty where they are one."""
    held = [(name, text) for name, text in cells if text.strip()]
    if len(held) > 1 and all(_is_hint(text.strip()) for _, text in held):
        return A_HINT
    return A_REPORT if held and _is_of_a_report(held) else ""


def _is_hint(text: str) -> bool:
    """Whether it says how to fill a column in: (dd/mm/yyyy)."""
    said = _WORD.findall(plain(text))
    is_told = bool(said) and all(map(_HINT.fullmatch, said)) and not _LONG_NUMBER.search(plain(text))
    return is_told and bool(_IN_BRACKETS.fullmatch(text))


def _is_of_a_report(held: Sequence[tuple[str, str]]) -> bool:
    words = [text for _, text in held if not _COUNT.fullmatch(text.strip())]
    name, first = held[0]
    if len(words) != 1 or words[0] != first or len(first) >= _LONGEST:
        return False
    forms = {"narrative": (_NEVER_A_CONCERN,), "name": (_NEVER_A_CONCERN, _OF_A_REPORT)}
    line = plain(first)
    return any(form.fullmatch(line) for form in forms.get(name, (_NEVER_A_CONCERN, _OF_A_REPORT, _OF_A_PRINT)))
