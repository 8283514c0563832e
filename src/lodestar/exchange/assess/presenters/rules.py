"""A rule on a page of its own: its words, who owes it, by when, on what authority, how sure that is, since when; and the dated
lists that the rules read: where each comes from, and its rows with their days."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from lodestar.casework.ledger.presenters import short, who_does
from lodestar.platform.audit.presenters import capital
from lodestar.platform.design.when import day
from lodestar.platform.design.words import count, curly
from lodestar.platform.obligations.obligation_words import due_in_words
from lodestar.platform.obligations.obligations import ObligationRow, obligation_rows
from lodestar.platform.reference.rules import confidence, is_confirmed, unconfirmed
from lodestar.platform.text.fingerprint import fingerprint
from lodestar.platform.text.grouping import grouped
from lodestar.platform.text.reference_lists import ReferenceList, every_reference_list


def every_rule() -> dict[str, list[tuple[ObligationRow, str, str]]]:
    """All rules by how soon they want to be met, in the order of the list: each with its short words and who does it."""
    latest = (rows[-1] for rows in obligation_rows().values())
    return grouped((row.when, (row, short(row), who_does(row))) for row in latest)


def rule(code: str) -> dict[str, Any] | None:
    """The rule of this code, or None. Of several dated `rows` the `latest` is told; all stand in the table."""
    rows = obligation_rows().get(code)
    if rows is None:
        return None
    row = rows[-1]
    return {
        "latest": row,
        "rows": [(dated_row, due_in_words(dated_row.due)) for dated_row in rows],
        "title": short(row),
        "sentence": curly(row.sentence),
        "applies": row.applies_in_words or _plain(row.applies),
        "owner": who_does(row),
        "due": due_in_words(row.due),
        "closed_by": _plain(row.closes_by),
    }


def mark_of(code: str) -> str:
    """The fingerprint of what a rule says, of all its dated rows."""
    rows = obligation_rows()[code]
    wording = [(row.start, row.title, row.sentence, row.due, row.applies, row.closes_by, row.authority) for row in rows]
    return fingerprint(wording)


def _plain(words: str) -> str:
    return capital(curly(words.replace("_", " ")))


def called_wrong(number: int) -> str:
    """What those who answer are told of remarks that wait: `3 things were called wrong and wait for your answer`."""
    things, wait = ("thing was", "waits") if number == 1 else ("things were", "wait")
    return f"{count(number)} {things} called wrong and {wait} for an answer" if number else ""


# --- dated lists -------------------------------------------------------------------------------------------------------------

PAGE, LONGEST_SHOWN = 30, 200  # rows of a page, characters of a value
ELSEWHERE = {"obligations/obligations": "/rules", "obligations/settings": "/rules/settings"}  # lists with pages of their own
SURE = {
    "verified": "Source read",
    "excerpt": "An excerpt of the source",
    "background": "No source yet",
    "unconfirmed": "Not confirmed",
}
_ON_CONFIRMATION = frozenset({"demo", "confidence", "confirmed_by", "confirmed_on", "review_by", "owner"})


def every_list(today: date) -> list[dict[str, Any]]:
    """All lists by title, with how much of each waits for a named person."""
    entries = [
        {
            "title": curly(dated_list.header["title"]),
            "href": ELSEWHERE.get(dated_list.name, f"/rules/lists/{dated_list.name}"),
            "rows": len(dated_list.rows),
            "waiting": unconfirmed(dated_list),
            "review_by": day(dated_list.header["review_by"]),
            "is_late": dated_list.header["review_by"] < today,
        }
        for dated_list in every_reference_list()
    ]
    return sorted(entries, key=lambda entry: str(entry["title"]))


def one_list(app: str, name: str, first: int) -> dict[str, Any] | None:
    """A page of a list from its row `first` (0 is the first), or None where there is no such list or row."""
    dated_list = next((dated_list for dated_list in every_reference_list() if dated_list.name == f"{app}/{name}"), None)
    if dated_list is None or dated_list.name in ELSEWHERE or not 0 <= first < len(dated_list.rows):
        return None
    after = first + PAGE
    return {
        "title": curly(dated_list.header["title"]),
        "about": _about(dated_list),
        "rows": tuple(_list_row(dated_list, row) for row in dated_list.rows[first:after]),
        "first": first + 1,
        "count": len(dated_list.rows),
        "next": after if after < len(dated_list.rows) else None,
    }


def _about(dated_list: ReferenceList) -> tuple[tuple[str, str], ...]:
    header, waits = dated_list.header, unconfirmed(dated_list)
    return (
        ("From", curly(header["source"])),
        ("Licence", f"{header['licence']}. {header['attribution']}"),
        ("Version of", day(header["published"])),
        ("Who is responsible", f"{capital(header['owner'])}; due for review by {day(header['review_by'])}"),
        ("Not confirmed", f"{waits} of {len(dated_list.rows)} rows" if waits else "Every entry is confirmed"),
    )


def _list_row(dated_list: ReferenceList, row: Mapping[str, Any]) -> dict[str, Any]:
    sure = "Invented, for the demo" if row.get("demo") else SURE[confidence(dated_list, row)]
    if row.get("confirmed_by"):
        sure += f". Confirmed by {row['confirmed_by']}, {day(row['confirmed_on'])}"
    if row.get("review_by"):
        sure += f". {capital(row['owner'])} reviews it by {day(row['review_by'])}"
    says = "; ".join(
        f"{key.replace('_', ' ')}: {_value_text(value)}" for key, value in row.items() if key not in _ON_CONFIRMATION
    )
    return {"says": capital(curly(says)), "sure": sure, "is_confirmed": is_confirmed(dated_list, row)}


def _value_text(value: Any) -> str:
    words = ", ".join(map(str, value)) if isinstance(value, list) else day(value) if isinstance(value, date) else str(value)
    return words if len(words) <= LONGEST_SHOWN else f"{words[: LONGEST_SHOWN - 1]}…"
