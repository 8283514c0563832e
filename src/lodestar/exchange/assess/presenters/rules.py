"""A rule on a page of its own: its words, who owes it, by when, on what authority, how sure that is, since when; and the dated
lists that the rules read: where each comes from, and its rows with their days."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from lodestar.casework.ledger.presenters import OF_CASE, OF_OFFENCE, OF_PERSON, short, who_does
from lodestar.exchange.assess.models import RuleConfirmation
from lodestar.exchange.assess.presenters.rule_pages import rule_functions, tests_of
from lodestar.platform.audit.presenters import capital
from lodestar.platform.design.when import day
from lodestar.platform.design.words import count, curly
from lodestar.platform.obligations.obligation_words import due_in_words
from lodestar.platform.obligations.obligations import ObligationRow, obligation_rows
from lodestar.platform.reference.rules import confidence, is_confirmed, unconfirmed
from lodestar.platform.text.fingerprint import fingerprint
from lodestar.platform.text.grouping import grouped
from lodestar.platform.text.reference_lists import ReferenceList, every_reference_list

PAGES = {
    "contact": "Safe contact",
    "immigration": "Immigration disclosures",
    "allocate": "Allocate the case to a detective",
    "closing": "Closing the case",
    "plan/write": "Investigation plan",
    "belief": "Reasonable grounds, or not yet",
    "consent": "Explained, asked and answered",
    "crime": "Crime number",
    "hand-on": "Hand over what is left",
    "needs/assess": "Assess their needs",
    "offers": "Help offered again",
    "referral": "The referral",
    "review": "Review of the investigation",
    "section-45-question": "Short question, section 45 of the Modern Slavery Act 2015",
}


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
        "used": tuple(_used(row)),
        "written": rule_functions()[code].path if code in rule_functions() else "src/lodestar/casework/ledger/ledger.py",
        "tests": tests_of(code),
    }


def _mark(row: ObligationRow) -> str:
    return fingerprint(row.title, row.sentence, row.due, row.applies, row.closes_by, row.authority)


def _row_name(row: ObligationRow) -> str:
    start = day(row.start) if row.start else "the beginning"
    return f"From {start}" + (f" to {day(row.end)}" if row.end else "")


def row_choices(code: str) -> list[tuple[str, str]]:
    """The dated rows of a rule, each with its days and its time, to choose from."""
    return [(str(number), f"{_row_name(row)}: {due_in_words(row.due)}") for number, row in enumerate(obligation_rows()[code])]


def chosen_row(code: str, chosen: str) -> tuple[date | None, str]:
    """The day from which a chosen row holds, and the fingerprint of what it says."""
    row = obligation_rows()[code][int(chosen)]
    return row.start, _mark(row)


def confirmed(code: str, rows: Sequence[RuleConfirmation]) -> list[dict[str, Any]]:
    """Who confirmed each dated row of a rule last."""
    row_confirmations = []
    for row in reversed(obligation_rows()[code]):
        by = next((confirmation for confirmation in rows if confirmation.row_from == row.start), None)
        row_confirmations.append({"row": _row_name(row), "by": by, "is_stale": by is not None and by.words != _mark(row)})
    return row_confirmations


def _used(row: ObligationRow) -> Iterable[str]:
    if row.line:
        yield f"What to do now, line {row.line}"
    page = OF_PERSON.get(row.code, OF_CASE.get(row.code, ("",)))[0]
    if page:
        yield PAGES[page]
    if row.code in OF_OFFENCE:
        yield "The full record of each offence, section 45 of the Modern Slavery Act 2015"
    yield f"My work for: {who_does(row).lower()}"
    yield "The page of the person and of the case, with the reason"
    if not row.ledger_only:
        yield "The answer to one encounter (assess)"


def _plain(words: str) -> str:
    return capital(curly(words.replace("_", " ")))


def called_wrong(number: int) -> str:
    """What those who answer are told of remarks that wait: `3 things were called wrong and wait for your answer`."""
    things, wait = ("thing was", "waits") if number == 1 else ("things were", "wait")
    return f"{count(number)} {things} called wrong and {wait} for an answer" if number else ""


# --- dated lists -------------------------------------------------------------------------------------------------------------

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
