"""Full records of offences that were got through `access.py`, how they stand, and what became of what is owed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Prefetch

from lodestar.cases.models import AllegedOffence, Obligation, ObligationEvent, Person
from lodestar.cases.queries.facts import suspect
from lodestar.cases.queries.settings import settings_in_force
from lodestar.cases.rules import reading
from lodestar.referrals.models import Decision, Referral
from lodestar.section45.models import Countersignature, FullRecord
from lodestar.section45.rules import ActReading, acts_of

RECORD = "section45_full_record"
SIGN = "section45_countersign"
MINUTE = timedelta(minutes=1)  # what is typed to the minute lies before its own seconds


@dataclass(frozen=True)
class Stands:
    """How the record of one offence stands: none, sent_back, waiting, agreed; `has_changed` when it rests on facts that
    have changed since, `is_owed` while what is owed stands open."""

    state: str
    has_changed: bool
    is_owed: bool
    latest: FullRecord | None = None

    @property
    def is_to_write(self) -> bool:
        """Whether the next thing is to write the record, for the first time or again."""
        return self.state in ("none", "sent_back") or self.has_changed


def records_of(offence: AllegedOffence) -> list[FullRecord]:
    """Every version of an offence's record, the first first, with its parts and its countersignature."""
    rows = FullRecord.objects.select_related("decided_by").filter(offence=offence)
    signed = Prefetch("countersignatures", Countersignature.objects.select_related("by"))
    return list(rows.prefetch_related("elements", signed).order_by("number"))


def versions_of(offence: AllegedOffence) -> list[FullRecord]:
    """The versions alone, with who decided each, the first first."""
    return list(FullRecord.objects.select_related("decided_by").filter(offence=offence).order_by("number"))


def latest_records(offences: Sequence[UUID]) -> dict[UUID, FullRecord]:
    """The latest version of each of these offences' records, with its countersignature."""
    rows = FullRecord.objects.filter(offence__in=offences).prefetch_related("countersignatures")
    return {row.offence_id: row for row in rows.order_by("number")}


def owed_for(person: Person) -> dict[tuple[str, str], Obligation]:
    """What stands, or stood, in the ledger for the acts of a person: by code and by act; the main moment of each."""
    codes = (RECORD, "duress_and_public_interest", "schedule4_person_must_look", "law_of_the_time", "ask_the_other_jurisdiction")
    rows = Obligation.objects.filter(person=person, code__in=codes, moment="").exclude(state="not_owed")
    return {(row.code, row.subject): row for row in rows}


def stands_of(latest: FullRecord | None, owed: Obligation | None) -> Stands:
    """How a record stands, from its latest version and what is owed for it now."""
    is_owed = owed is not None and owed.state == "open"
    if latest is None:
        return Stands("none", False, is_owed)
    signed = next(iter(latest.countersignatures.all()), None)
    has_changed = owed is not None and owed.rests_on != latest.rests_on
    if signed is None:
        return Stands("waiting", has_changed, is_owed, latest)
    return Stands("agreed" if signed.kind == "agree" else "sent_back", has_changed, is_owed, latest)


def turns_of(owed: Obligation | None) -> list[ObligationEvent]:
    """When the record of an offence came to be owed, and each time it was owed again; the earliest first."""
    if owed is None:
        return []
    rows = ObligationEvent.objects.filter(obligation=owed, kind__in=("opened", "reopened"))
    return list(rows.order_by("recorded_at", "id"))


def was_closed(owed: Obligation, at: datetime) -> bool:
    """Whether what was owed was closed, or not owed, by what was known at an instant."""
    turns = ObligationEvent.objects.filter(obligation=owed, kind__in=("opened", "closed", "reopened", "not_owed"))
    then = at + MINUTE
    if not turns.filter(recorded_at__gte=then).exists():
        return owed.state == "closed"
    last = turns.filter(recorded_at__lt=then).order_by("-recorded_at", "-id").values_list("kind", flat=True).first()
    return last in ("closed", "not_owed")


def decisions_about(person: Person) -> list[Decision]:
    """The decisions of the Home Office about a person that count, on our own referrals, the earliest first."""
    rows = list(Decision.objects.filter(referral__person=person).order_by("decided_on", "id"))
    replaced = {row.replaces_id for row in rows}
    return [row for row in rows if row.id not in replaced]


FINAL = frozenset({"cg_positive", "cg_negative", "rg_negative", "withdrawn"})


def waits_for_nrm(person: Person) -> bool:
    """Whether an NRM referral about the person still waits for a decision that ends it: so far as possible no charge
    comes before (ministers to Parliament, 2026)."""
    referrals = list(Referral.objects.filter(person=person, route="nrm").values_list("id", flat=True))
    if not referrals:
        return False
    ended = {row.referral_id for row in decisions_about(person) if row.kind in FINAL}
    return bool(set(referrals) - ended)


def act_of(offence: AllegedOffence, all_of: Sequence[AllegedOffence]) -> ActReading | None:
    """One offence as the rules read it, of all that its person is suspected of; None for somebody under ten then, who is
    children's services' and nobody's suspect."""
    (person,) = reading(suspect(offence.person, all_of), settings_in_force()).people
    return next((act for act in acts_of(person) if act.subject == str(offence.id)), None)
