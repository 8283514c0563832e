"""Letting go what lies beside the people of cases, once its time is over. The database itself looks again (migration 0002)."""

from collections.abc import Iterable
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

NOBODY = UUID(int=0)  # the clock, and no person


def let_beside_go(at: datetime) -> dict[str, int]:
    """Lets go what is over of a force, some hundred of each kind; how many of each went. Each kind is one event of the log, with
    its number and nothing else."""
    today, found = timezone.localtime(at).date(), {}
    found["earlier"] = _by_the_database("keeping_let_earlier_go", queries.earlier_over(today))
    found["likeness"] = _by_the_database("keeping_let_likenesses_go", queries.likenesses_over(today))
    found["draft"] = Draft.objects.filter(id__in=queries.drafts_over(today)).delete()[0]
    # None is made of them; this finds what an older release left.
    found["marks"] = PersonMarks.objects.filter(person__belief=NOT_A_VICTIM).delete()[0]
    for kind, number in found.items():
        if number:
            let_go(kind, number, at)
    return found


def let_go(kind: str, number: int, at: datetime) -> None:
    """Counts what went and writes it into the log."""
    count({f"beside: {kind}": number}, timezone.localtime(at).year)
    record.append("keeping.beside_let_go", by=NOBODY, role="", at=at, subject=str(number), fields=[kind])


def _by_the_database(function: str, which: Iterable[UUID]) -> int:
    ids = list(which)
    if not ids:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"select {function}(%s)", [ids])  # one of two names of ours
        gone: int = cursor.fetchone()[0]
    return gone
