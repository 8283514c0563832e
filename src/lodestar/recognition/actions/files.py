"""What became of the rows of a file is kept for whoever took it in by a page."""

import json
from collections.abc import Sequence
from datetime import datetime

from lodestar.accounts.access import Member
from lodestar.recognition.models import FileTakenIn
from lodestar.record import actions as record

Row = tuple[str, str, str, Sequence[str]]  # where it stands, what became of it, the reference, what is told of it


def keep_report(
    *, by: Member, at: datetime, kind: str, rows: Sequence[Row], rejected: str, ending: str
) -> FileTakenIn:
    """Keeps what became of each row, and the rows that were not taken in as a file to put right."""
    row = FileTakenIn(
        kind=kind, told=json.dumps(rows), rejected=rejected, ending=ending if rejected else "", taken_at=at, taken_by_id=by.user
    )
    row.save(force_insert=True)
    return row


def rejected_taken(*, by: Member, at: datetime, report: FileTakenIn) -> None:
    """Writes down that the rows that were not taken in were fetched."""
    record.append("recognition.rejected_taken", by=by, at=at, subject=str(report.id))
