"""Who hears of what happened although something owed before it was not done: the duty inspector and the coordinator.

What happened is always recorded. It makes owed, beside what it still lacks, that each of these two looks at it and writes
what they decided; that stands until they have, whatever else changes in the case.
"""

from collections.abc import Iterable
from datetime import datetime

from lodestar.cases.rules.readings import Events, PersonReading, Reading
from lodestar.kernel.obligations import Owed, owe

INSPECTOR, COORDINATOR = "inspector_looks_at_happened_without", "coordinator_looks_at_happened_without"
EVENT = "happened_without"


def inspector_looks_at_happened_without(why: str) -> tuple[str, ...]:
    """In the ledger: an outcome, an allocation or a referral that came without what it wants before it (force policy)."""
    return (why,)


def coordinator_looks_at_happened_without(why: str) -> tuple[str, ...]:
    """As the duty inspector's; of a referral out of line the coordinator has `put_referral_right` instead (force policy)."""
    return (why,)


def heard_of(
    of: Reading | PersonReading,
    times: Iterable[tuple[datetime, str]],
    why: str,
    *,
    subject: str = "",
    inspector_only: bool = False,
) -> list[Owed]:
    """What each time of something that happened without makes owed. `times` are instants with the moment that names them
    in the ledger; `why` is one sentence. It is due so long after it happened: recorded later, it is late at once."""
    person = of.id if isinstance(of, PersonReading) else None
    found: list[Owed] = []
    for at, moment in dict.fromkeys(times):
        events: Events = {**of.events, EVENT: (at,)}
        for code, reasons in _who_looks(why, inspector_only):
            owed = owe(code, events, of.day, person=person, subject=subject, moment=moment, why=reasons)
            found += owed
    return found


def _who_looks(why: str, inspector_only: bool) -> list[tuple[str, tuple[str, ...]]]:
    who = [(INSPECTOR, inspector_looks_at_happened_without(why))]
    return who if inspector_only else [*who, (COORDINATOR, coordinator_looks_at_happened_without(why))]
