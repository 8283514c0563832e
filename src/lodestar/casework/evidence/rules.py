"""The dated choices about exhibits and accounts; gaps and overlaps in who had an exhibit; how many officers took accounts."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from lodestar.platform.text.reference_lists import reference_list


def names(app: str, questions: str, code: str) -> dict[str, str]:
    """The answers to choose from of a question, those of earlier days too: rows may hold them."""
    rows = [row for row in reference_list(app, questions).rows if row["code"] == code]
    return {value: words for row in rows for value, words in row["options"]}


KINDS, DISTRESS = names("evidence", "exhibit_questions", "kind"), names("evidence", "exhibit_questions", "distressing")
WAYS, COVERED = names("evidence", "account_questions", "way"), names("evidence", "account_questions", "covered")
INTERPRETERS = names("evidence", "account_questions", "interpreter")
LINES = {row["code"]: row["name"] for row in reference_list("enquiries", "enquiry_lines").rows}  # for which an account is asked
READ_LASTS = timedelta(minutes=30)  # how long material stays open to who said why they read it


class Break(NamedTuple):
    """Where continuity is broken before the holding of this number (from 0): a `gap` or an `overlap`, from when to when."""

    kind: str
    before: int
    first: datetime
    last: datetime


def breaks(found_at: datetime | None, spans: Sequence[tuple[datetime, datetime | None]]) -> list[Break]:
    """Gaps and overlaps between when an exhibit was found and who had it from when to when, in the order of time. A span without
    an end lasts until the next begins, so it leaves neither."""
    result, until = [], found_at
    for number, (first, last) in enumerate(spans):
        if until is not None and until < first:
            result.append(Break("gap", number, until, first))
        elif until is not None and number and until > first:
            result.append(Break("overlap", number, first, min(until, last or until)))
        ends = last or (spans[number + 1][0] if number + 1 < len(spans) else None)
        until = max(filter(None, (until, ends)), default=None)
    return result


def count_officers(takers: Iterable[str]) -> int:
    """How many different officers took accounts, by name or number as it was written, capitals and blanks apart; where it is not
    known who took one, nobody is counted."""
    return len({" ".join(taker.split()).casefold() for taker in takers} - {""})
