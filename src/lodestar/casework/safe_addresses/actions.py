"""Safe addresses: recording where a person is and how to contact them, showing it, and who may see it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from lodestar.casework.cases.models import Case, Person
from lodestar.casework.cases.people_listeners import announce_recorded, compare_people
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.actions import NoContactRule, answer_duty
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.safe_addresses.access import may_name_viewers
from lodestar.casework.safe_addresses.models import ContactRule, ContactWithout, SafeAddress, SafeAddressViewer
from lodestar.casework.safe_addresses.queries import contact_gates, reach_of
from lodestar.directory.entities.queries import protected_hashes
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import at_work
from lodestar.platform.audit.actions import audit
from lodestar.platform.obligations.closing_records import BY_PAGE
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.time.days import london_date

RECORDED, AGREED = "cases.address_recorded", "cases.contact_agreed"
RULE_FIELDS = (
    "channel", "to_use", "words", "words_not", "times", "who_may_answer", "voicemail", "language", "agreed_on", "agreed_by",
)  # fmt: skip


def record_address(
    *, by: Member, at: datetime, person: Person, address: str, viewers: Iterable[UUID], seen: int | None = None
) -> bool:
    """Records where a person is, and compares them. Only the people named may be shown it. Whether anything new is to be told to
    the writer.

    Whoever writes first names them, and is one. From then on only they name others, as long as one of them is at work:
    anybody else on the case may add what they know, and is not shown what is held for it. `seen`: how many were written when the
    writer began, None where nobody looked. The person is compared as they are recorded now, whatever was saved since `person` was
    read, and by all that is held of where they can be reached.
    Raises ConcurrentEdit when there are more by now: what is written last stands first, and would hide them unseen.
    """
    with ledger.acting_on(person.case_id, by=by.user, at=at, code=RECORDED) as (case,):
        written = list(SafeAddress.objects.select_related("recorded_by").filter(person=person).order_by("recorded_at", "id"))
        if seen is not None and len(written) > seen:
            raise ConcurrentEdit(written[-1])
        now = Person.objects.get(id=person.id)
        SafeAddress.objects.create(
            person=now, address=address, index_keys=protected_hashes(address), recorded_at=timezone.now(), recorded_by_id=by.user
        )
        _name_viewers(by, now, viewers)
        reach = reach_of([now.id])
        announce_recorded([now], met={case.id: case.encountered_at}, known_reach=reach)
        _log_address(by, at, now)
        return compare_people(by=by, at=at, case=case, people=[now], reach=reach)


def _name_viewers(by: Member, person: Person, viewers: Iterable[UUID]) -> None:
    """Whoever writes first names who may be shown it, and is one; from then on only those named name others."""
    viewer_ids = {*viewers, by.user} if may_name_viewers(by, person) else ()
    SafeAddressViewer.objects.bulk_create(
        [SafeAddressViewer(person=person, user_id=viewer) for viewer in sorted(viewer_ids)], ignore_conflicts=True
    )


def agree_contact(*, by: Member, at: datetime, person: Person, rule: Mapping[str, Any]) -> bool:
    """Records how the person agreed to be contacted, or that they are not to be; answers `agree_safe_contact`. Earlier rules stay
    as history. The number or address in it is compared as a safe address is: whether anything new is to be told to the writer."""
    with ledger.acting_on(person.case_id, by=by.user, at=at, code=AGREED) as (case,):
        index_keys = protected_hashes(str(rule.get("to_use") or ""))
        row = ContactRule.objects.create(
            person=person, index_keys=index_keys, recorded_at=timezone.now(), recorded_by_id=by.user, **rule
        )
        _name_viewers(by, person, ())
        audit(AGREED, by=by, at=at, case=case.id, people=[person.id], fields=sorted(name for name in rule if rule[name]))
        owed = list(Obligation.objects.filter(case=case, person=person, code="agree_safe_contact", state="open"))
        if owed:
            answer_duty(by=by, at=at, case=case, obligations=owed, kind="done", record=BY_PAGE)
        if not row.to_use:
            return False
        reach = {person.id: reach_of([person.id])[person.id]}
        now = Person.objects.get(id=person.id)  # whatever was saved since `person` was read
        announce_recorded([now], met={case.id: case.encountered_at}, known_reach=reach)
        return compare_people(by=by, at=at, case=case, people=[now], reach=reach)


def confirm_contact(*, by: Member, at: datetime, person: Person, rule: ContactRule) -> bool:
    """Records that the person said the rule is still right, as a further rule with that day."""
    same = {field: getattr(rule, field) for field in RULE_FIELDS}
    return agree_contact(by=by, at=at, person=person, rule=same | {"confirmed_on": london_date(at)})


def contact_made(*, by: Member, at: datetime, people: Iterable[Person], code: str, without: str) -> None:
    """Passes a contact with these people that their rules allow, and records `without` (why it was made all the same) for those
    whose rules do not: happened without. Raises NoContactRule where that is not said."""
    people = list(people)
    gates = contact_gates(person.id for person in people)
    refused = [person for person in people if not gates[person.id].is_open]
    if not refused:
        return
    if not without.strip():
        raise NoContactRule(code)
    for person in refused:
        ContactWithout.objects.create(
            person=person, code=code, why=without.strip()[:400], at=at, recorded_at=timezone.now(), recorded_by_id=by.user
        )
        audit("cases.contact_without_rule", by=by, at=at, case=person.case_id, people=[person.id], subject=code)


def record_reported_addresses(
    *, by: Member, at: datetime, case: Case, addresses: Sequence[tuple[Person, str]], are_new: bool = False
) -> None:
    """Records where another system, or somebody at the scene, says that people of a case are and how to reach them, which nobody
    has checked. Whoever writes it down may know nothing of them and names nobody: until somebody of the case writes where they
    are, whoever has the case may be shown it (`access.py`). Once that is written it is shown to those who are named
    then. Of people who `are_new` nothing else is held yet."""
    with ledger.acting_on(case.id, by=by.user, at=at, code=RECORDED):
        now = timezone.now()
        SafeAddress.objects.bulk_create(
            SafeAddress(
                person=person, address=address, index_keys=protected_hashes(address), is_reported=True, recorded_at=now,
                recorded_by_id=by.user,
            )
            for person, address in addresses
        )  # fmt: skip
        known_reach = {person.id: [address] for person, address in addresses} if are_new else None
        announce_recorded([*dict(addresses)], met={case.id: case.encountered_at}, known_reach=known_reach)
        for person, _ in addresses:
            _log_address(by, at, person)


def _log_address(by: Member, at: datetime, person: Person) -> None:
    audit(RECORDED, by=by, at=at, case=person.case_id, people=[person.id], fields=["address"])


def show_address(*, by: Member, at: datetime, person: Person, reason: str) -> SafeAddress | None:
    """The latest safe address, one that somebody wrote before one that was reported, its showing written down with the reason.
    Who may ask is checked in `access.py`."""
    audit(
        "cases.address_viewed", by=by, at=at, case=person.case_id, people=[person.id], fields=["address", "contact"],
        reason=reason.strip()[:400],
    )  # fmt: skip
    return SafeAddress.objects.filter(person=person).order_by("is_reported", "-recorded_at").first()


class CannotChangeViewers(ValueError):
    """Nobody names themselves, and one of those named who is at work stays. The message says which."""


def name_viewer(*, by: Member, at: datetime, person: Person, viewer: UUID, reason: str) -> None:
    """Lets somebody else be shown the person's safe address. Raises CannotChangeViewers."""
    if viewer == by.user:
        raise CannotChangeViewers("You cannot name yourself: ask a colleague who may")
    Case.objects.select_for_update().get(id=person.case_id)
    SafeAddressViewer.objects.get_or_create(person=person, user_id=viewer)
    _log_viewer("cases.address_viewer_named", by, at, person, viewer, reason)


def remove_viewer(*, by: Member, at: datetime, person: Person, viewer: UUID, reason: str) -> None:
    """Takes from somebody that they may be shown it. Raises CannotChangeViewers for the last one who is at work: where none
    is, whoever works the case could name themselves."""
    Case.objects.select_for_update().get(id=person.case_id)
    rows = SafeAddressViewer.objects.filter(person=person)
    others = rows.exclude(user_id=viewer).values("user")
    if not at_work(Permission.ADDRESS_VIEW).filter(user__in=others).exists():
        raise CannotChangeViewers("No other named person is working now: name someone first")
    if rows.filter(user_id=viewer).delete()[0]:
        _log_viewer("cases.address_viewer_removed", by, at, person, viewer, reason)


def _log_viewer(code: str, by: Member, at: datetime, person: Person, viewer: UUID, reason: str) -> None:
    audit(code, by=by, at=at, case=person.case_id, people=[person.id], subject=str(viewer), reason=reason.strip()[:400])
