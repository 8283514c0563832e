"""Cases that wait for a detective, the gravest first, and what is grave in them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from lodestar.casework.cases.models import Exploitation, Person
from lodestar.casework.cases.rules import is_held
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.queries.worklists import Worklists, listed, obligations
from lodestar.platform.accounts.access import Member

ALLOCATE, OF_EVERY_CHILD = "allocate_pip2_owner", "tell_childrens_services_now"
MOST = 500  # those due first; of what has no time yet as many as there is room for
BELIEVED = ("reasonable_grounds", "signs_only")
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass
class Gravity:
    """How many possible victims a case has, how many of its people are children and how many held now, and whether somebody is
    still exploited. Each of the last three asks for an owner sooner."""

    victims: int = 0
    children: int = 0
    held: int = 0
    is_still_exploited: bool = False

    @property
    def is_grave(self) -> bool:
        """Whether an owner is wanted in four hours (force policy)."""
        return bool(self.children or self.held or self.is_still_exploited)


def gravity_of(cases: Collection[UUID], now: datetime) -> dict[UUID, Gravity]:
    """What is grave in each of these cases, which the member sees."""
    found: dict[UUID, Gravity] = defaultdict(Gravity)
    owed = Obligation.objects.filter(case__in=cases, code=OF_EVERY_CHILD).exclude(state="not_owed")
    children = set(owed.values_list("person_id", flat=True))
    for person in Person.objects.filter(case__in=cases):
        case = found[person.case_id]
        case.victims += "possible_victim" in person.roles or person.belief in BELIEVED
        case.children += person.id in children
        case.held += is_held(person.held_from, person.in_custody_from, person.released_at, now)
    still = Exploitation.objects.filter(person__case__in=cases, still_in_situation=True)
    for case_id in still.values_list("person__case_id", flat=True).distinct():
        found[case_id].is_still_exploited = True
    return found


def waiting_for_owner(member: Member, now: datetime) -> list[tuple[Obligation, Gravity]]:
    """What is open of the owner in the cases that the member allocates, once a case: children, people held and those still
    exploited first, in each part the soonest due first."""
    branches = [branch.filter(code=ALLOCATE) for branch in Worklists(member).mine()]
    items = listed({"cases": branches}, now, MOST)["cases"]
    by_id = obligations([item.id for item in items])
    rows = {by_id[item.id].case_id: by_id[item.id] for item in reversed(items) if item.id in by_id}
    gravity = gravity_of(list(rows), now)
    waiting = [(row, gravity[case]) for case, row in rows.items()]
    return sorted(waiting, key=lambda each: (not each[1].is_grave, each[0].due_at or NEVER, each[0].case.recorded_at))
