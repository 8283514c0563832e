"""Named reads of safe addresses: who may be shown one, and what people are compared by."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery

from lodestar.casework.cases.models import ConsentAnswer, Person
from lodestar.casework.cases.rules import ENDS_OFFERS
from lodestar.casework.safe_addresses.access import holder_of_reported
from lodestar.casework.safe_addresses.models import ContactRule, SafeAddress, SafeAddressViewer
from lodestar.casework.safe_addresses.rules import NO_CONTACT, limits_words
from lodestar.platform.names.contact_normalisation import addresses


def address_viewers(person: Person) -> dict[UUID, str]:
    """Who may be shown the safe address, by name. Nobody means that none is recorded."""
    return named_viewers(person) | reported_to(person)


def named_viewers(person: Person) -> dict[UUID, str]:
    """Who is named for the safe address, by name."""
    rows = SafeAddressViewer.objects.filter(person=person).order_by("user__name", "id")
    return dict(rows.values_list("user_id", "user__name"))


def reported_to(person: Person) -> dict[UUID, str]:
    """Who has the case, where another system's address is all that is held; else nobody."""
    if holder_of_reported(person) is None:
        return {}
    holder = person.case.owner or person.case.interim_owner
    return {holder.id: holder.name}


def addresses_written(person: Person) -> int:
    """How many times an address of the person was written down."""
    return SafeAddress.objects.filter(person=person).count()


def reach_of(people: Iterable[UUID]) -> dict[UUID, list[str]]:
    """All that is held of where these people are and how to contact them, by person: what they are compared by."""
    contact_details: dict[UUID, list[str]] = {}
    for row in SafeAddress.objects.filter(person__in=people):
        contact_details.setdefault(row.person_id, []).append(str(row.address))
    for rule in ContactRule.objects.filter(person__in=people):
        contact_details.setdefault(rule.person_id, []).extend(str(text) for text in (rule.to_use,) if text)
    return contact_details


def is_protected(hashes: Sequence[int]) -> bool:
    """Whether one of these keyed hashes is of a safe address or a safe contact, of today or earlier. What another system reported
    counts until somebody has written since where the person is."""
    written = SafeAddress.objects.filter(person=OuterRef("person"), is_reported=False, recorded_at__gt=OuterRef("recorded_at"))
    addresses = SafeAddress.objects.filter(Q(is_reported=False) | ~Exists(written), index_keys__overlap=hashes)
    return addresses.exists() or ContactRule.objects.filter(index_keys__overlap=hashes).exists()


def rules_of(person: Person, most: int = 10) -> list[ContactRule]:
    """How the person may be contacted, the rule that counts first and then its history."""
    rows = ContactRule.objects.select_related("recorded_by").filter(person=person)
    return list(rows.order_by("-recorded_at", "-id")[:most])


@dataclass(frozen=True)
class ContactGate:
    """Whether the person may be contacted now, in which limits, and whether any rule was agreed."""

    is_open: bool
    words: str
    is_agreed: bool
    channel: str = ""  # that the rule allows


GATE_FIELDS = ("channel", "times", "voicemail", "language", "recorded_at")
GATE_COLUMNS = (*(f"rule_{name}" for name in GATE_FIELDS), "wish", "wished_at")


def gate_columns(person: str = "pk") -> dict[str, Subquery]:
    """What the gate is read from, beside a person in one query (or beside what leads to one, by the name of that column): the
    latest rule, and what they last said of contact."""
    rules = ContactRule.objects.filter(person=OuterRef(person)).order_by("-recorded_at", "-id")
    talks = ConsentAnswer.objects.filter(person=OuterRef(person)).exclude(contact_again="").order_by("-asked_at", "-recorded_at")
    said = {"wish": Subquery(talks.values("contact_again")[:1]), "wished_at": Subquery(talks.values("recorded_at")[:1])}
    return {f"rule_{name}": Subquery(rules.values(name)[:1]) for name in GATE_FIELDS} | said


def gate_of(row: Mapping[str, Any]) -> ContactGate:
    """No rule is no contact; nor is there any once they asked for none, by the rule or in a later talk (practice, harm F1)."""
    channel, times, voicemail, language, agreed_at = (row[f"rule_{name}"] for name in GATE_FIELDS)
    if channel is None:
        return ContactGate(False, "No safe way to contact them is agreed", False)
    if row["wish"] in ENDS_OFFERS and row["wished_at"] > agreed_at:
        return ContactGate(False, "Since then they asked not to be contacted", True)
    return ContactGate(channel != NO_CONTACT, limits_words(channel, times or "", voicemail, language), True, channel)


def contact_gate(person: Person) -> ContactGate:
    """Whether the person may be contacted now (`gate_of`)."""
    return contact_gates([person.id])[person.id]


def contact_gates(people: Iterable[UUID]) -> dict[UUID, ContactGate]:
    """Whether each of these people may be contacted now, in one query."""
    rows = Person.objects.filter(id__in=list(people)).annotate(**gate_columns()).values("id", *GATE_COLUMNS)
    return {row["id"]: gate_of(row) for row in rows}


def words_of(rule: ContactRule) -> str:
    """The limits of a rule, in words that everybody who works the case may read."""
    return limits_words(rule.channel, str(rule.times), rule.voicemail, rule.language)


def safe_address_keys() -> frozenset[str]:
    """What each safe address that is held would be known again by (postcode with the number, street with the number): to keep
    them out of directories. Nothing of it is shown to anybody."""
    rows = SafeAddress.objects.values_list("address", flat=True)
    return frozenset(key for address in rows for key in addresses(str(address)))
