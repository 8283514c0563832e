"""Letters in words: what each is, that it is no evidence at trial where it is not, and where it was filed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from lodestar.casework.decisions.models import LETTERS, Letter, LetterFiled
from lodestar.casework.decisions.rules import is_evidence_at_trial
from lodestar.platform.design.when import moment, short_day
from lodestar.platform.design.words import shortened

NOT_EVIDENCE = "Not evidence at trial"
KINDS = dict(LETTERS)
MOST_SHOWN = 11_500  # characters of a letter on its page; the rest is in the mail


def listed(rows: Iterable[Letter], now: datetime) -> list[dict[str, Any]]:
    """Letters for a list."""
    return [{"href": f"/letters/{row.id}", "title": _title(row), "words": _words(row, now), "mark": _mark(row)} for row in rows]


def letter_details(row: Letter, now: datetime) -> dict[str, Any]:
    """One letter."""
    return {
        "title": _title(row),
        "kind": KINDS[row.kind],
        "mark": _mark(row),
        "words": _words(row, now),
        "text": str(row.words)[:MOST_SHOWN],
        "is_cut": len(row.words) > MOST_SHOWN,
        "notes": row.notes,
        "mail_href": f"/letters/{row.id}/mail" if row.sha256 else "",
        "file_href": f"/letters/{row.id}/file",
        "waits": row.waits,
    }


def filed(row: LetterFiled, now: datetime) -> tuple[str, str]:
    """Where a letter was filed, by whom and when, and where that leads."""
    by = f"{row.filed_by.name}, {moment(row.filed_at, now)}"
    if row.referral is None:
        return f"Put aside by {by}: {row.reason}", ""
    how = "by its reference, brought by" if row.how == "itself" else "by"
    sent = short_day(row.referral.sent_at, now)
    words = f"To the referral of {sent} in {row.referral.person.case.reference}, {how} {by}"
    return words, f"/referrals/{row.referral_id}/decision"


def _title(row: Letter) -> str:
    return shortened(str(row.title), 90) or "Without a title"


def _words(row: Letter, now: datetime) -> str:
    dated = f"Dated {short_day(row.dated, now)}. " if row.dated else ""
    return f"{KINDS[row.kind]}. {dated}Kept {moment(row.added_at, now)}."


def _mark(row: Letter) -> str:
    return "" if is_evidence_at_trial(row.kind) else NOT_EVIDENCE
