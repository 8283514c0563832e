"""What became known after the first hour, in words."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from lodestar.casework.case_facts.models import CaseEvent
from lodestar.casework.case_facts.rules import FOUND, KINDS, MISSING
from lodestar.casework.cases.models import Exploitation
from lodestar.platform.audit.presenters import capital
from lodestar.platform.design.when import moment
from lodestar.platform.reference.queries import exploitation_names
from lodestar.platform.time.uk_dates import day_in_words

_OTHERS = {MISSING: "Contact lost", FOUND: "Found again"}
_COUNTRIES = {"uk": "in the UK", "overseas": "abroad"}


def event_lines(rows: Iterable[CaseEvent], names: Mapping[UUID, str], user: UUID, now: datetime) -> list[dict[str, Any]]:
    """What happened, one line each, in the order given."""
    return [_line(row, names.get(row.person_id, "") if row.person_id else "", user, now) for row in rows]


def _line(row: CaseEvent, name: str, user: UUID, now: datetime) -> dict[str, Any]:
    words = _OTHERS.get(row.kind) or KINDS[row.kind].words
    reference = f"reference {row.reference}" if row.reference else ""
    about = ". ".join(part for part in (row.locality, row.by_whom, reference, row.source, row.note.rstrip(".")) if part)
    return {
        "id": row.id,
        "words": f"{words}: {name}" if name else words,
        "when": row.at_words or moment(row.happened_at, now),
        "about": about,
        "by": "you" if row.recorded_by_id == user else row.recorded_by.name,
    }


def exploitation_lines(rows: Iterable[Exploitation]) -> list[dict[str, Any]]:
    """What exploitation is recorded, one line each."""
    return [{"id": row.id, "words": capital(exploitation_names().get(row.type, row.type)), "about": _about(row)} for row in rows]


def _about(row: Exploitation) -> str:
    since = f" since {day_in_words(row.still_since)}" if row.still_since else ""
    parts = (
        {True: f"Still happening{since}", False: "No longer happening", None: ""}[row.still_in_situation],
        f"From {day_in_words(row.from_date)}" if row.from_date else "",
        f"Until {day_in_words(row.to_date)}" if row.to_date else "",
        ", ".join(_COUNTRIES[code] for code in row.where if code in _COUNTRIES).capitalize().replace(" uk", " UK"),
        row.locality,
        f"By {row.by_whom}" if row.by_whom else "",
        {True: "An organised group is behind it", False: "No organised group", None: ""}[row.organised],
    )
    return ". ".join(part for part in parts if part)
