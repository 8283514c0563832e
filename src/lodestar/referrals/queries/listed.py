"""What was listed once while a referral was written: how somebody was controlled, in what trade, and where it happened."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from lodestar.referrals.models import Answer
from lodestar.referrals.rules.made import CONTROL, PLACES, SECTORS, Place, places


@dataclass(frozen=True)
class Listed:
    """The codes of `means_of_control.toml` and `sectors.toml` that were ticked, and the places in the order of time."""

    control: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()


def listed_of(people: Collection[UUID]) -> Mapping[UUID, Listed]:
    """What stands listed of each of these people, by person; of several versions of the form what was written last."""
    rows = Answer.objects.filter(writing__person__in=people, code__in=(CONTROL, SECTORS, PLACES))
    told: dict[UUID, dict[str, str]] = {}
    for person, code, words in rows.order_by("written_at", "number").values_list("writing__person", "code", "words"):
        told.setdefault(person, {})[code] = str(words)
    return {
        person: Listed(
            tuple(filter(None, found.get(CONTROL, "").split("\n"))),
            tuple(filter(None, found.get(SECTORS, "").split("\n"))),
            tuple(places(found.get(PLACES, ""))),
        )
        for person, found in told.items()
    }
