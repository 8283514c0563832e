"""Which guidance was shown at a step of a case, by the versions that the log names."""

from collections.abc import Iterable

from lodestar.guidance.models import Version
from lodestar.record.models import Event

SHOWN = "guidance.shown"


def versions_shown(events: Iterable[Event]) -> dict[str, Version]:
    """The versions that events of showing are about, by the subject of the event; nothing is asked where there is none."""
    named = {event.subject for event in events if event.code == SHOWN}
    rows = Version.objects.filter(id__in=named).select_related("document") if named else ()
    return {str(row.id): row for row in rows}
