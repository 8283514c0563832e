"""Letting go what lies beside the people of cases, once its time is over. The database itself looks again (migrations
0002 and 0005)."""

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from lodestar.accounts.models import Draft
from lodestar.cases.models import PersonMarks
from lodestar.keeping import queries
from lodestar.keeping.actions.marks import mark_let_go
from lodestar.keeping.actions.people import count
from lodestar.keeping.rules import NOT_A_VICTIM
from lodestar.recognition.models import FileTakenIn
from lodestar.recognition.queries.records import RECORD, keys_taken_in
from lodestar.record import actions as record


def let_beside_go(*, by: UUID, at: datetime) -> dict[str, int]:
    """Lets go what is over of a force, some hundred of each kind; how many of each went. Each kind is one event of the log, with
    its number and nothing else."""
    today, found = timezone.localtime(at).date(), {}
    with connection.cursor() as cursor:
        found["earlier"] = _earlier(cursor, by, at)
        cursor.execute("select keeping_let_likenesses_go(%s::uuid[])", [queries.likenesses_over(today)])
        found["likeness"] = int(cursor.fetchone()[0])
        cursor.execute("select keeping_forget_asked(null, %s)", [queries.latest_request(today)])
        found["request"] = int(cursor.fetchone()[0])
        cursor.execute("select recognition_let_marks_go(%s)", [today])
        found["let_go"] = int(cursor.fetchone()[0])
    found["draft"] = Draft.objects.filter(id__in=queries.drafts_over(today)).delete()[0]
    found["taken_in"] = FileTakenIn.objects.filter(id__in=queries.reports_over(today)).delete()[0]
    # None is made of them; this finds what an older release left.
    found["marks"] = PersonMarks.objects.filter(person__belief=NOT_A_VICTIM).delete()[0]
    for kind, number in found.items():
        if number:
            let_go(by=by, at=at, kind=kind, number=number)
    return found


def _earlier(cursor: CursorWrapper, by: UUID, at: datetime) -> int:
    """Whom earlier records were about and who went. Their records are marked, so that the other system's next file does not
    bring them back."""
    people = queries.earlier_over(timezone.localtime(at).date())
    keys = queries.record_keys(people)
    cursor.execute("select keeping_let_earlier_go(%s::uuid[])", [people])
    gone: int = cursor.fetchone()[0]
    if gone:
        stayed = keys_taken_in(keys)
        mark_let_go(by=by, at=at, gone=[(RECORD, key) for key in keys if key not in stayed], by_two=False)
    return gone


def let_go(*, by: UUID, at: datetime, kind: str, number: int) -> None:
    """Counts what went and writes it into the log."""
    count({f"beside: {kind}": number}, timezone.localtime(at).year)
    record.append("keeping.beside_let_go", by=by, role="", at=at, subject=str(number), fields=[kind])
