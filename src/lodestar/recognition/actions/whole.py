"""Saying that with a file all earlier records of a kind and a time are here, so that a month without one is none; and taking it
back."""

from datetime import date, datetime
from uuid import UUID

from django.db import connection

from lodestar.accounts.access import Member
from lodestar.kernel.days import london_date
from lodestar.recognition.models import SaidWhole
from lodestar.recognition.queries.held import said_of
from lodestar.recognition.rules.look_back import why_not_whole
from lodestar.record import actions as record
from lodestar.tenancy.within import current_tenant

LONGEST_FILE_NAME = 200


class NotWhole(ValueError):
    """It cannot be said of these days; the message says why."""


def say_whole(
    *, by: Member, at: datetime, kind: str, first: date, last: date, file_name: str, file_mark: str
) -> None:
    """Writes down that with this file all records of its kind from the one day to the other are here. Said of the same file
    again, other days take the place of these; the same days change nothing. Raises NotWhole."""
    if why := why_not_whole(first, last, london_date(at)):
        raise NotWhole(why)
    _hold_said(kind, file_mark)
    before = said_of(kind, file_mark)
    if before is not None and (before.first_day, before.last_day) == (first, last):
        return
    row = SaidWhole.objects.create(
        kind=kind, first_day=first, last_day=last, file_name=file_name[-LONGEST_FILE_NAME:], file_mark=file_mark, said_at=at,
        said_by_id=by.user,
    )  # fmt: skip
    record.append("recognition.said_whole", by=by, at=at, subject=str(row.id), fields=[kind])


def _hold_said(kind: str, file_mark: str) -> None:
    """Nobody else says anything of this file till the transaction ends: days said meanwhile would be taken back unseen."""
    with connection.cursor() as cursor:
        name = f"said whole of {kind} {file_mark} in {current_tenant()}"
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def take_whole_back(
    *, by: Member, at: datetime, kind: str, file_mark: str, shown: UUID | None = None
) -> SaidWhole | None:
    """Takes back what was said of a file. From then on its days are held as far as there are records in them, or others were said
    of another file. Gives what was taken back; None where nothing stood, or something else than whoever does it was `shown`, and
    nothing is written."""
    _hold_said(kind, file_mark)
    said = said_of(kind, file_mark)
    if said is None or (shown is not None and said.id != shown):
        return None
    row = SaidWhole.objects.create(
        kind=kind, first_day=said.first_day, last_day=said.last_day, file_name=said.file_name, file_mark=file_mark,
        taken_back=True, said_at=at, said_by_id=by.user,
    )  # fmt: skip
    record.append("recognition.whole_taken_back", by=by, at=at, subject=str(row.id), fields=[kind])
    return said
