"""What `./lodestar check` looks at: one function each, in one plain list."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from lodestar.directory.contacts.queries import contact_book
from lodestar.directory.contacts.rules import missing, stale
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.tenant_transaction import within
from lodestar.platform.time.days import london_date


@dataclass(frozen=True)
class Outcome:
    """What one check found: its name, whether all is well, and in one sentence what is."""

    name: str
    ok: bool
    message: str


def check_contacts(now: datetime) -> Iterator[Outcome]:
    """Each number to ring that a force has not set, or that nobody has checked within the days that it sets."""
    today = london_date(now)
    for force in Tenant.objects.order_by("slug").values_list("slug", flat=True):
        with within(force):
            book = contact_book(now)
        faults = [
            f"no number set for {kind.phrase}" + (f" in {district}" if district else "") for kind, district in missing(book)
        ]
        for one in stale(book, today):
            days = one.days_since_check(today)
            faults.append(f"{one.label}: {'never checked' if days is None else f'last checked {days} days ago'}")
        for fault in faults:
            yield Outcome(f"contacts of {force}", False, fault)
        if not faults:
            yield Outcome(f"contacts of {force}", True, "all set, and checked in time")


CHECKS: list[Callable[[datetime], Iterator[Outcome]]] = [check_contacts]


def check_all(now: datetime) -> list[Outcome]:
    """What every check found."""
    return [outcome for check in CHECKS for outcome in check(now)]
