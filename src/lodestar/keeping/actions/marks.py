"""Marking what is let go, so that it does not come in again from wherever it came."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from lodestar.cases.queries.settings import settings_in_force
from lodestar.keeping.rules.beside import marked_until
from lodestar.recognition.models import LetGo
from lodestar.recognition.queries.records import Known, marked


def mark_let_go(*, by: UUID, at: datetime, gone: Iterable[Known], by_two: bool) -> None:
    """Marks what is let go; what is marked already stays as it is. By whom stands in the log, where whoever lets it go writes
    it, and not with the mark."""
    today = timezone.localtime(at).date()
    until = marked_until(today, settings_in_force().on(today))
    rows = [LetGo(mark=marked(one)[0], gone_on=today, by_two=by_two, until=until) for one in dict.fromkeys(gone)]
    LetGo.objects.bulk_create(rows, ignore_conflicts=True)
