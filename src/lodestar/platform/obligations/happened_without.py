"""Who hears of what happened although something owed before it was not done: the duty inspector and the coordinator.

What happened is always recorded. It makes owed, beside what it still lacks, that each of these two looks at it and writes
what they decided; that stands until they have, whatever else changes in the case.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from lodestar.platform.obligations.encounter_reading import Events, PersonReading, Reading, reading
from lodestar.platform.obligations.facts import Encounter
from lodestar.platform.obligations.obligations import Owed, as_instant, owe
from lodestar.platform.obligations.settings import Settings

INSPECTOR, COORDINATOR = "inspector_looks_at_happened_without", "coordinator_looks_at_happened_without"
EVENT = "happened_without"


def inspector_looks_at_happened_without(why: str) -> tuple[str, ...]:
    """In the ledger: what came without what it wants before it: an outcome, an allocation, a referral, a telling (force
    policy)."""
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
    obligations: list[Owed] = []
    for at, moment in dict.fromkeys(times):
        events: Events = {**of.events, EVENT: (at,)}
        for code, reasons in _who_looks(why, inspector_only):
            owed = owe(code, events, of.day, person=person, subject=subject, moment=moment, why=reasons)
            obligations += owed
    return obligations


ADDRESS_TOLD = "address_told_without"
CONTACT_WITHOUT = "contact_without"
# Each event with its moment in the ledger and what is said of it.
_LOOKED_AT = (
    (ADDRESS_TOLD, "address told", "A safe address was disclosed before a detective inspector had decided"),
    (CONTACT_WITHOUT, "contact", "The person was contacted without an agreed contact rule"),
)


def owed_looks(encounter: Encounter, settings: Settings) -> list[Owed]:
    """That a safe address was told before anybody decided it, or a person contacted without a rule (force policy)."""
    obligations: list[Owed] = []
    for person in reading(encounter, settings).people:
        for event, moment, why in _LOOKED_AT:
            instants = map(as_instant, person.events.get(event, ()))
            times = [(at, f"{moment} {at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}") for at in instants]
            obligations += heard_of(person, times, why)
    return obligations


def _who_looks(why: str, inspector_only: bool) -> list[tuple[str, tuple[str, ...]]]:
    who = [(INSPECTOR, inspector_looks_at_happened_without(why))]
    return who if inspector_only else [*who, (COORDINATOR, coordinator_looks_at_happened_without(why))]
