"""What was answered of something owed, with its record, and what an officer's word alone has closed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from lodestar.casework.ledger.models import Obligation, ObligationAnswer
from lodestar.casework.ledger.presenters import people_words, title_of
from lodestar.platform.design.when import moment

ANSWERED = {"done": "Done", "not_possible": "Not possible yet", "not_needed": "Not needed"}


def recorded_answer(answer: ObligationAnswer, now: datetime) -> dict[str, Any]:
    """One answer for reading, with every field of its record."""
    because = [("Because" if answer.kind != "done" else "Said", answer.because)] if answer.because else []
    return {
        "title": f"{ANSWERED[answer.kind]}, {moment(answer.happened_at, now)}, by {answer.by.name}",
        "is_word": answer.is_word,
        "fields": [{"key": key, "value": value} for key, value in (*answer.record_fields, *because)],
    }


def word_lines(rows: Iterable[Obligation]) -> list[dict[str, str]]:
    """What an officer's word alone closed, each with the page where its record can be added."""
    groups: dict[tuple[object, ...], list[Obligation]] = {}
    for row in rows:
        groups.setdefault((row.code, row.moment), []).append(row)
    return [
        {"words": title_of(first), "href": f"/owed/{first.id}", "who": people_words([row.person for row in group if row.person])}
        for first, group in ((group[0], group) for group in groups.values())
    ]
