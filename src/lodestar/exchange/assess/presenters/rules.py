"""A rule on a page of its own: its words, who owes it, by when, on what authority, how sure that is, since when."""

from collections.abc import Iterable, Sequence
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
from lodestar.platform.text.fingerprint import fingerprint
from lodestar.platform.text.grouping import grouped

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
