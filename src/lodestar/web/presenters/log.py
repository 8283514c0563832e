"""Lines of the log for data protection: officers by name, people by their numbers, cases by their references."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lodestar.guidance.models import Version
from lodestar.guidance.presenters.documents import version_words
from lodestar.record.models import Event
from lodestar.record.presenters import capital, fields_words, sentence
from lodestar.web.presenters.looks import role_names

MOST_PEOPLE = 3
SEALED = "sealed"  # its reference is its owners' alone


@dataclass(frozen=True)
class LogLine:
    """One event."""

    at: datetime
    happened: datetime | None  # when that was another minute than the writing down
    who: str
    role: str
    what: str
    case: str
    people: tuple[str, ...]
    more_people: int
    fields: str
    reason: str
    guide: str  # the version of guidance that was shown, with its date; empty for all else
    guide_href: str


def lines(
    events: Sequence[Event], names: Mapping[UUID, str], references: Mapping[UUID, str], guides: Mapping[str, Version]
) -> list[LogLine]:
    """Events as lines. `guides` are the versions of guidance that some of them are about, by their subjects."""
    return [_line(event, names, references, guides.get(event.subject)) for event in events]


def _line(event: Event, names: Mapping[UUID, str], references: Mapping[UUID, str], guide: Version | None) -> LogLine:
    apart = abs((event.recorded_at - event.happened_at).total_seconds()) >= 60
    typed = event.subject if event.code == "cases.emergency_refused" else ""
    return LogLine(
        at=event.recorded_at,
        happened=event.happened_at if apart else None,
        who=names.get(event.by, "somebody"),
        role=role_names(event.role),
        what=capital(sentence(event)),
        case=references.get(event.case, SEALED) if event.case else typed,
        people=tuple(str(person) for person in event.people[:MOST_PEOPLE]),
        more_people=max(len(event.people) - MOST_PEOPLE, 0),
        fields=fields_words(event),
        reason=event.reason,
        guide=version_words(guide) if guide else "",
        guide_href=f"/guidance/versions/{guide.id}" if guide else "",
    )
