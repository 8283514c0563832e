"""The dated lists that the rules read, for reading: where each comes from, and its rows with their days."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from lodestar.platform.audit.presenters import capital
from lodestar.platform.design.when import day
from lodestar.platform.design.words import curly
from lodestar.platform.reference.rules import confidence, is_confirmed, unconfirmed
from lodestar.platform.text.reference_lists import ReferenceList, every_reference_list

PAGE = 30
ELSEWHERE = {"obligations/obligations": "/rules", "obligations/settings": "/rules/settings"}  # lists with pages of their own
SURE = {
    "verified": "Source read",
    "excerpt": "An excerpt of the source",
    "background": "No source yet",
    "unconfirmed": "Not confirmed",
}
_SAYS = ("sentence", "name", "offence", "title", "meaning", "depends_on", "what", "words")
_TOLD_BY = ("number", "ons_code", "code", "short", "slug", "condition", "day")


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
        "rows": tuple(_row(dated_list, row) for row in dated_list.rows[first:after]),
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


def _row(dated_list: ReferenceList, row: Mapping[str, Any]) -> dict[str, Any]:
    sure = "Invented, for the demo" if row.get("demo") else SURE[confidence(dated_list, row)]
    if row.get("confirmed_by"):
        sure += f". Confirmed by {row['confirmed_by']}, {day(row['confirmed_on'])}"
    if row.get("review_by"):
        sure += f". {capital(row['owner'])} reviews it by {day(row['review_by'])}"
    return {
        "says": _row_words(row),
        "told_by": _row_source(row),
        "holds": _holds(row),
        "sure": sure,
        "is_confirmed": is_confirmed(dated_list, row),
    }


def _row_words(row: Mapping[str, Any]) -> str:
    value = next((row[key] for key in _SAYS if row.get(key)), "")
    words = ", ".join(value) if isinstance(value, list) else str(value)
    if "offence" in row and "condition" in row:
        words += ". Only on its condition"
    return capital(curly(words))


def _row_source(row: Mapping[str, Any]) -> str:
    """The law it cites, else its number or code."""
    if "act" not in row:
        value = next((row[key] for key in _TOLD_BY if key in row), "")
        return day(value) if isinstance(value, date) else str(value).replace("_", " ")
    act = " ".join(str(row[key]) for key in ("act", "year") if key in row)
    section = row.get("subsection") or row.get("section") or ", ".join(row.get("sections", ()))
    cited = curly(f"{act} s{section}" if section else act)
    return f"Paragraph {row['para']}: {cited}" if "para" in row else cited


def _holds(row: Mapping[str, Any]) -> str:
    start, end = row.get("from"), row.get("to")
    if start and end:
        return f"{day(start)} to {day(end)}"
    if start:
        return f"From {day(start)}"
    return f"To {day(end)}" if end else "Always"
