"""What was withdrawn since somebody read it or was shown it, and what holds instead."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from lodestar.guidance.models import Document, Reading, Version
from lodestar.guidance.queries.in_use import document_of, in_use
from lodestar.guidance.queries.library import replaced_by
from lodestar.record import queries as record

SHOWN_FOR = timedelta(days=90)  # how long whoever was only shown a version at a step is told of it


@dataclass(frozen=True)
class Withdrawn:
    """A version that was withdrawn, its title as it was, and the document that holds instead: its own where another version of it
    is in use, or the one that replaces it; None where nothing does."""

    version: Version
    title: str
    instead: Document | None


def withdrawn_since(user: UUID, now: datetime, on: date, most: int) -> list[Withdrawn]:
    """The versions, latest first, that were withdrawn after somebody opened them or had them beside what is owed in a case, or
    whose document has nothing in use any more of which they opened an older one. Whoever opened it since, with the reason, or a
    newer version, is told no more."""
    own = Reading.objects.filter(user_id=user)
    of_document = own.filter(version__document=OuterRef("document"))
    seen = own.filter(version=OuterRef("id"), withdrawal_seen_at__isnull=False)
    rows = Version.objects.filter(
        ~Exists(seen), ~Exists(of_document.filter(version__number__gt=OuterRef("number"))), state="withdrawn"
    )
    recent = rows.filter(withdrawn_at__gte=now - SHOWN_FOR).values_list("id", flat=True)
    shown = record.subjects_of(user, "guidance.shown", [str(one) for one in recent])
    older = Exists(of_document.filter(version__number__lt=OuterRef("number")))
    nothing = ~Exists(Version.objects.filter(state="published", document=OuterRef("document")))
    read = Q(Exists(own.filter(version=OuterRef("id")))) | (Q(older) & Q(nothing)) | Q(id__in=shown)
    found = rows.filter(read).select_related("document").order_by("-withdrawn_at", "id")[:most]
    return [Withdrawn(row, document_of(row).title, _instead(row, on)) for row in found]


def _instead(version: Version, on: date) -> Document | None:
    used = in_use(on).filter(document=version.document_id).select_related("document").first()
    return document_of(used) if used is not None else replaced_by(version.document, on)
