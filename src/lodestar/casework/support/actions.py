"""Writing down that help was offered again, and what happens to support; giving it to navigators; storing stages."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from lodestar.casework.case_files.actions.case import give_case
from lodestar.casework.cases.models import CaseMember, Person
from lodestar.casework.cases.rules import ENDS_OFFERS
from lodestar.casework.consent.actions import record_consent
from lodestar.casework.consent.queries import ladder_of
from lodestar.casework.ledger import ledger
from lodestar.casework.needs.actions import find_reasons
from lodestar.casework.safe_addresses.actions import contact_made
from lodestar.casework.support.models import CAME_TO_US, NOT_REACHED, NOT_TRIED, REACHED, Offer, SupportRecord, SupportStage
from lodestar.casework.support.rules import CODE
from lodestar.casework.support.rules.stages import stage_events, stage_of
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.notices.actions import notify
from lodestar.platform.obligations.ages import is_birthday_known
from lodestar.platform.obligations.encounter_reading import PersonReading, reading
from lodestar.platform.obligations.facts import Encounter
from lodestar.platform.obligations.obligations import as_day
from lodestar.platform.obligations.settings import Settings

CONTACT = "support_contact"  # as what a contact with nothing owed is looked at, where no rule allowed it


def offer_again(*, by: Member, at: datetime, person: Person, facts: Mapping[str, Any], without: str = "") -> Offer:
    """Records an offer made at `at`, or a try at one. That contact is unwanted, or unsafe, is their answer about contact
    from then on, and ends what would be offered later; nobody has to agree to it. Raises
    NoContactRule where we went to them, no rule allows it, and `without` does not say why."""
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="support.offered_again"):
        if facts.get("how") not in CAME_TO_US and facts["outcome"] not in NOT_TRIED:
            contact_made(by=by, at=at, people=[person], code=CODE, without=without)
        row = Offer.objects.create(
            person=person, offered_at=at, since=ladder_of(person).refused_at, recorded_at=timezone.now(), recorded_by_id=by.user,
            **facts,
        )  # fmt: skip
        if row.outcome in ENDS_OFFERS:
            wish = {"contact_again": row.outcome, "leaves_referral": True, "leaflet": row.leaflet}
            record_consent(by=by, at=at, person=person, answer=wish)
        find_reasons(by=by, at=at, person=person)
        audit(
            "support.offered_again", by=by, at=at, case=person.case_id, people=[person.id], subject=str(row.id),
            fields=sorted(name for name, value in facts.items() if value not in (None, "")),
        )  # fmt: skip
    return row


def record_support(
    *, by: Member, at: datetime, person: Person, kind: str, who: str = "", words: str = "", they_came: bool = False,
    without: str = "",
) -> SupportRecord:  # fmt: skip
    """Records a contact or a try at one, or that support began, is to move, ended, that they withdrew or came back. Raises
    NoContactRule where we went to them, no rule allows it, and `without` does not say why."""
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="support.recorded"):
        if kind in (REACHED, NOT_REACHED) and not they_came:
            contact_made(by=by, at=at, people=[person], code=CONTACT, without=without)
        row = SupportRecord.objects.create(
            person=person,
            kind=kind,
            happened_at=at,
            who=who.strip(),
            words=words.strip(),
            recorded_at=timezone.now(),
            recorded_by_id=by.user,
        )
        audit("support.recorded", by=by, at=at, case=person.case_id, people=[person.id], subject=kind, fields=["kind"])
    return row


def give_support(*, by: Member, at: datetime, person: Person, to: UUID) -> None:
    """Gives a navigator the support of the possible victims of a person's case, and notice of it. Raises ConcurrentEdit for a
    sealed case."""
    give_case(by=by, at=at, case=person.case, to=to, how="support", notice="")
    notify(to=[to], kind="support_given", by=by, at=at, case=person.case_id, person=person.id)


def revoke_support(*, by: Member, at: datetime, person: Person, given: CaseMember) -> None:
    """Takes it from a navigator, from their next page on."""
    CaseMember.objects.filter(id=given.id, case=person.case_id, how="support").update(to_at=at)
    audit("support.revoked", by=by, at=at, case=person.case_id, people=[person.id], recipient=str(given.user_id))


STORED = ("stage", "since", "events", "is_child", "turns_18", "wish")


def keep_stages(encounters: Sequence[Encounter], settings: Settings) -> None:
    """Stores the stages of the people of these encounters, as the ledger is reckoned, in one statement: an empty stage for who is
    no possible victim."""
    people = [person for encounter in encounters for person in reading(encounter, settings).people]
    rows = [SupportStage(person_id=UUID(person.id), **_stage_columns(person)) for person in people]
    SupportStage.everybody.bulk_create(rows, update_conflicts=True, unique_fields=["tenant", "person"], update_fields=STORED)


def _stage_columns(person: PersonReading) -> dict[str, Any]:
    if not person.is_possible_victim:
        return {"stage": ""}
    stage, wish = stage_of(person), person.events.keys() & {"contact_unwanted", "contact_unsafe"}
    is_dated = person.is_child and is_birthday_known(person.facts, person.day)
    return {
        "stage": stage.code,
        "since": stage.since,
        "events": [[name, at.isoformat()] for name, at in sorted(stage_events(person), key=str)],
        "is_child": person.is_child,
        "turns_18": as_day(person.events["birthday_18"][0]) if is_dated and "birthday_18" in person.events else None,
        "wish": min(wish).removeprefix("contact_") if wish else "",
    }
