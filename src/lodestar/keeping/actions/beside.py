"""Letting go what lies beside the people of cases, once its time is over. The database itself looks again (migration 0002)."""

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils import timezone

from lodestar.accounts.models import Draft
from lodestar.cases.models import PersonMarks
from lodestar.keeping import queries
from lodestar.keeping.actions.people import count
from lodestar.keeping.rules import NOT_A_VICTIM
from lodestar.record import actions as record


def let_beside_go(*, by: UUID, at: datetime) -> dict[str, int]:
    """Lets go what is over of a force, some hundred of each kind; how many of each went. Each kind is one event of the log, with
    its number and nothing else."""
    today, found = timezone.localtime(at).date(), {}
    with connection.cursor() as cursor:
        cursor.execute("select keeping_let_earlier_go(%s::uuid[])", [queries.earlier_over(today)])
        found["earlier"] = int(cursor.fetchone()[0])
        cursor.execute("select keeping_let_likenesses_go(%s::uuid[])", [queries.likenesses_over(today)])
        found["likeness"] = int(cursor.fetchone()[0])
    found["draft"] = Draft.objects.filter(id__in=queries.drafts_over(today)).delete()[0]
    # None is made of them; this finds what an older release left.
    found["marks"] = PersonMarks.objects.filter(person__belief=NOT_A_VICTIM).delete()[0]
    for kind, number in found.items():
        if number:
            let_go(by=by, at=at, kind=kind, number=number)
    return found


def let_go(*, by: UUID, at: datetime, kind: str, number: int) -> None:
    """Counts what went and writes it into the log."""
    count({f"beside: {kind}": number}, timezone.localtime(at).year)
    record.append("keeping.beside_let_go", by=by, role="", at=at, subject=str(number), fields=[kind])
