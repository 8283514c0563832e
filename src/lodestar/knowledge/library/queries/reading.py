"""Who has read what: how many of each team, what somebody read before, and what was withdrawn since."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from lodestar.knowledge.library.models import Document, Reading, Version
from lodestar.knowledge.library.queries.documents import document_of, in_use
from lodestar.knowledge.library.queries.library import replaced_by
from lodestar.platform.accounts.models import Membership
from lodestar.platform.audit import queries as record
from lodestar.platform.audit.models import Event

FEW = 3  # people: of a smaller team a number would say who


@dataclass(frozen=True)
class Team:
    """One team: how many serve in it today, how many of those opened the version, and how many say that they have
    understood it. Of a team of fewer than three people the two are None."""

    name: str
    people: int
    opened: int | None
    understood: int | None


def coverage(version: Version, units: Iterable[UUID] | None, today: date) -> list[Team]:
    """Every team in which somebody serves today, by name: of these units, or of the whole force where they are None. Who has
    moved counts where they serve now."""
    here = Membership.objects.filter(from_date__lte=today, user__is_active=True).exclude(to_date__lt=today)
    if units is not None:
        here = here.filter(unit__in=list(units))
    read = Reading.objects.filter(user=OuterRef("user"), version=version)
    counts = here.values("unit", "unit__name").annotate(
        people=Count("user", distinct=True),
        opened=Count("user", distinct=True, filter=Q(Exists(read))),
        understood=Count("user", distinct=True, filter=Q(Exists(read.filter(understood_at__isnull=False)))),
    )
    return [
        Team(row["unit__name"], row["people"], *((row["opened"], row["understood"]) if row["people"] >= FEW else (None, None)))
        for row in counts.order_by("unit__name", "unit")
    ]


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
    shown = record.subjects_of(user, "guidance.shown", [str(version_id) for version_id in recent])
    older = Exists(of_document.filter(version__number__lt=OuterRef("number")))
    nothing = ~Exists(Version.objects.filter(state="published", document=OuterRef("document")))
    read = Q(Exists(own.filter(version=OuterRef("id")))) | (Q(older) & Q(nothing)) | Q(id__in=shown)
    withdrawn = rows.filter(read).select_related("document").order_by("-withdrawn_at", "id")[:most]
    return [Withdrawn(row, document_of(row).title, _instead(row, on)) for row in withdrawn]


def _instead(version: Version, on: date) -> Document | None:
    used = in_use(on).filter(document=version.document_id).select_related("document").first()
    return document_of(used) if used is not None else replaced_by(version.document, on)


SHOWN = "guidance.shown"


def versions_shown(events: Iterable[Event]) -> dict[str, Version]:
    """The versions that events of showing are about, by the subject of the event; nothing is asked where there is none."""
    subjects = {event.subject for event in events if event.code == SHOWN}
    rows = Version.objects.filter(id__in=subjects).select_related("document") if subjects else ()
    return {str(row.id): row for row in rows}
