"""What no text of a case may hold that goes along in a file: who may be a victim, where anybody is and how to reach them. Read
for many cases at once."""

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from lodestar.cases.models import Person, SafeAddress
from lodestar.referrals.rules.held import HELD, says_held
from lodestar.referrals.rules.naming import Identifier, occurrences
from lodestar.referrals.rules.places_held import of_an_address
from lodestar.referrals.rules.withheld import cut

WHOLE_DAY = len("2009-09-04")


@dataclass
class Kept:
    """What is kept back of one case; `places` are those that were ticked for whoever may be a victim."""

    identifiers: list[Identifier] = field(default_factory=list)
    places: set[str] = field(default_factory=set)

    def told(self, what: str, place: str) -> str:
        """What happened as it may go, or without it the place."""
        is_held = bool(HELD & self.places) or says_held(place)
        words = what or ("" if is_held else place)
        return cut(words, occurrences(words, self.identifiers))


def kept_back(cases: Collection[UUID]) -> dict[UUID, Kept]:
    """What is kept back of each of these cases."""
    found = {case: Kept() for case in cases}
    for case, name, born, roles, place in Person.objects.filter(case__in=cases).values_list(
        "case", "name", "birth_date", "roles", "place"
    ):
        may_be_victim = "possible_victim" in roles
        if may_be_victim:
            found[case].places.add(place)
        if may_be_victim or "exploiter" not in roles:
            found[case].identifiers += [Identifier("name", name)] if name.strip() else []
            found[case].identifiers += [Identifier("birth", born)] if len(born) == WHOLE_DAY else []
    for row in SafeAddress.objects.select_related("person").filter(person__case__in=cases):
        found[row.person.case_id].identifiers += of_an_address(str(row.address or ""), str(row.contact or ""))
    return found
