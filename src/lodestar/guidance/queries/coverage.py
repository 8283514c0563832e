"""How many of each team have read a version of a document: numbers and no names, and every team that is there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from lodestar.accounts.models import Membership
from lodestar.guidance.models import Reading, Version

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
    told = here.values("unit", "unit__name").annotate(
        people=Count("user", distinct=True),
        opened=Count("user", distinct=True, filter=Q(Exists(read))),
        understood=Count("user", distinct=True, filter=Q(Exists(read.filter(understood_at__isnull=False)))),
    )
    return [
        Team(row["unit__name"], row["people"], *((row["opened"], row["understood"]) if row["people"] >= FEW else (None, None)))
        for row in told.order_by("unit__name", "unit")
    ]
