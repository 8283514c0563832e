"""Whose plan a member sees; and which link a person outside holds."""

from datetime import datetime

from lodestar.casework.person_plans.models import PlanLink
from lodestar.casework.person_plans.rules import CHANNELS, is_open
from lodestar.casework.safe_addresses.queries import ContactGate, contact_gate
from lodestar.platform.accounts.access import secret_hash


def link_with(code: str) -> PlanLink | None:
    """The link of this code, live or not, within its force."""
    return PlanLink.objects.select_related("person__case").filter(secret_hash=secret_hash(code)).first()


def allows(gate: ContactGate, channel: str) -> bool:
    """Whether a contact rule allows a link by this channel now."""
    return gate.is_open and channel in CHANNELS and gate.channel == channel


def is_live(link: PlanLink, now: datetime) -> bool:
    """Whether a link may be opened: not ended, not over, and the contact rule of the person still allows its channel."""
    return is_open(link.ended_at, link.ends_at, now) and allows(contact_gate(link.person), link.channel)
