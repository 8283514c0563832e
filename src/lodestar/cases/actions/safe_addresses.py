"""Safe addresses and files: what is kept apart; who may see an address, and telling it to somebody outside.

Telling is asked by one and decided by another, and what happened without is always recorded."""

import hashlib
import logging
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Func, Value
from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.accounts.permissions import Permission
from lodestar.accounts.queries import at_work
from lodestar.cases import access, ledger
from lodestar.cases.actions.disclosures import CannotDecide, NotApproved, is_as_approved, record_purpose_changes, untold
from lodestar.cases.actions.duties import answer_duty
from lodestar.cases.models import AddressDisclosure, Case, CaseFile, Obligation, Person, SafeAddress, SafeAddressViewer
from lodestar.cases.people_listeners import announce_recorded
from lodestar.cases.rules.disclosures import ADDRESS, IMMIGRATION, use_in_effect
from lodestar.kernel.days import london_date
from lodestar.kernel.filestore import FileStore, NotAccepted, accepted
from lodestar.record import actions as record

RECORDED = "cases.address_recorded"
NO_ROOM = "The file could not be saved right now. Keep it and add it later; what you wrote is here."
_LOG = logging.getLogger(__name__)


class UnableToAddFile(ValueError):
    """The file is none of the kinds that can be kept, cannot be read, or there is no room for it."""


class AddressMeanwhile(Exception):
    """Somebody wrote another address of the person meanwhile: `theirs` is the latest."""

    def __init__(self, theirs: SafeAddress) -> None:
        super().__init__("written meanwhile")
        self.theirs = theirs


def store() -> FileStore:
    """The one file store."""
    return FileStore(settings.VAR / "files", settings.FILE_KEYS)


def record_address(
    *,
    by: Member,
    at: datetime,
    person: Person,
    address: str,
    contact: str,
    viewers: Iterable[UUID],
    seen: int | None = None,
    people: list[Person] | None = None,
) -> tuple[Person, list[str]]:
    """Records where a person is and how to contact them. Only the people named may be shown it.

    Whoever writes first names them, and is one. From then on only they name others, as long as one of them is at work:
    anybody else on the case may add what they know, and is not shown what is held for it. A way to contact them answers
    what is owed as `agree_safe_contact`. `seen`: how many were written when the writer began, None where nobody looked. The
    person as they are recorded now, whatever was saved since `person` was read, and what is held now of where they can be
    reached: by both they are compared with others. All people of the case are added to `people`, as in `ledger.acting_on`.
    Raises AddressMeanwhile when there are more by now: what is written last stands first, and would hide them unseen.
    """
    everybody = [] if people is None else people
    with ledger.acting_on(person.case_id, by=by.user, at=at, code=RECORDED, people=everybody) as (case,):
        written = list(SafeAddress.objects.select_related("recorded_by").filter(person=person).order_by("recorded_at", "id"))
        if seen is not None and len(written) > seen:
            raise AddressMeanwhile(written[-1])
        everybody += Person.objects.filter(case=case).order_by("number")
        person = next(case_person for case_person in everybody if case_person.id == person.id)
        row = SafeAddress(
            person=person, address=address, contact=contact, recorded_at=timezone.now(), recorded_by_id=by.user
        )
        row.save(force_insert=True)
        viewer_ids = {*viewers, by.user} if access.may_name_viewers(by, person) else ()
        SafeAddressViewer.objects.bulk_create(
            [SafeAddressViewer(person=person, user_id=viewer) for viewer in sorted(viewer_ids)], ignore_conflicts=True
        )
        reach = [str(text) for entry in (*written, row) for text in (entry.address, entry.contact) if text]
        announce_recorded([person], met={case.id: case.encountered_at}, known_reach={person.id: reach})
        _log_address(by, at, person)
        owed = Obligation.objects.filter(case=case, person=person, code="agree_safe_contact", state="open")
        if contact and (open_ones := list(owed)):
            answer_duty(by=by, at=at, case=case, obligations=open_ones, kind="done")
    return person, reach


def record_reported_addresses(
    *, by: Member, at: datetime, case: Case, addresses: Sequence[tuple[Person, str]], are_new: bool = False
) -> None:
    """Records where another system, or somebody at the scene, says that people of a case are and how to reach them, which nobody
    has checked. Whoever writes it down may know nothing of them and names nobody: until somebody of the case writes where they
    are, whoever has the case may be shown it (`access/addresses.py`). Once that is written it is shown to those who are named
    then. Of people who `are_new` nothing else is held yet."""
    with ledger.acting_on(case.id, by=by.user, at=at, code=RECORDED):
        now = timezone.now()
        SafeAddress.objects.bulk_create(
            SafeAddress(person=person, address=address, contact="", is_reported=True, recorded_at=now, recorded_by_id=by.user)
            for person, address in addresses
        )
        known_reach = {person.id: [address] for person, address in addresses} if are_new else None
        announce_recorded([*dict(addresses)], met={case.id: case.encountered_at}, known_reach=known_reach)
        for person, _ in addresses:
            _log_address(by, at, person)


def _log_address(by: Member, at: datetime, person: Person) -> None:
    fields = ["address", "contact"]
    record.append(RECORDED, by=by, at=at, case=person.case_id, people=[person.id], fields=fields)


def show_address(*, by: Member, at: datetime, person: Person, reason: str) -> SafeAddress | None:
    """The latest safe address, one that somebody wrote before one that was reported, its showing written down with the reason.
    Who may ask is checked in `access.py`."""
    record.append(
        "cases.address_viewed", by=by, at=at, case=person.case_id, people=[person.id], fields=["address", "contact"],
        reason=reason.strip()[:400],
    )  # fmt: skip
    return SafeAddress.objects.filter(person=person).order_by("is_reported", "-recorded_at").first()


def add_file(*, by: Member, at: datetime, case: Case, name: str, content: bytes) -> CaseFile:
    """Keeps a photograph or paper on the case: byte for byte as it was added, and of a picture what is handed out besides,
    without what the camera added. The same bytes twice are one file.

    Raises UnableToAddFile.
    """
    try:
        clean, media_type = accepted(content)
        digest = store().put(case.tenant, clean)
        original = store().put(case.tenant, content) if clean != content else ""
    except NotAccepted as error:
        raise UnableToAddFile(str(error)) from None
    except OSError as error:
        _LOG.error("a file could not be kept: %s", error.strerror)
        raise UnableToAddFile(NO_ROOM) from None
    row, made = CaseFile.objects.get_or_create(
        case=case,
        sha256=digest,
        defaults={
            "name": name[:200],
            "original": original,
            "fingerprint": hashlib.sha256(content).hexdigest(),
            "media_type": media_type,
            "size": len(content),
            "added_at": timezone.now(),
            "added_by_id": by.user,
        },
    )
    if made:
        record.append("cases.file_added", by=by, at=at, case=case.id, subject=str(row.id))
    return row


class CannotChangeViewers(ValueError):
    """Nobody names themselves, and one of those named who is at work stays. The message says which."""


class TellsImmigration(ValueError):
    """Telling immigration is proposed and decided by itself (`actions/disclosures.py`)."""


def name_viewer(*, by: Member, at: datetime, person: Person, viewer: UUID, reason: str) -> None:
    """Lets somebody else be shown the person's safe address. Raises CannotChangeViewers."""
    if viewer == by.user:
        raise CannotChangeViewers("You cannot name yourself: ask a colleague who may")
    Case.objects.select_for_update().get(id=person.case_id)
    SafeAddressViewer.objects.get_or_create(person=person, user_id=viewer)
    _log("cases.address_viewer_named", by, at, person, subject=str(viewer), reason=reason)


def remove_viewer(*, by: Member, at: datetime, person: Person, viewer: UUID, reason: str) -> None:
    """Takes from somebody that they may be shown it. Raises CannotChangeViewers for the last one who is at work: where none
    is, whoever works the case could name themselves."""
    Case.objects.select_for_update().get(id=person.case_id)
    rows = SafeAddressViewer.objects.filter(person=person)
    others = rows.exclude(user_id=viewer).values("user")
    if not at_work(Permission.ADDRESS_VIEW).filter(user__in=others).exists():
        raise CannotChangeViewers("No other named person is working now: name someone first")
    if rows.filter(user_id=viewer).delete()[0]:
        _log("cases.address_viewer_removed", by, at, person, subject=str(viewer), reason=reason)


def ask_to_tell(
    *, by: Member, at: datetime, person: Person, recipient: str, power: str, reason: str, use: str, crossing: str = ""
) -> AddressDisclosure:
    """Asks a detective inspector whether somebody outside may be told the person's safe address. `use` is what for, and
    `crossing` why, where that is not what it was recorded for. Raises TellsImmigration."""
    if use_in_effect(use, recipient, london_date(at)) == IMMIGRATION:
        raise TellsImmigration("Propose immigration disclosures on their own page")
    columns = {"recipient": recipient[:120], "power": power[:120], "use": use, "reason": reason, "crossing": crossing}
    row = AddressDisclosure.objects.create(person=person, asked_at=at, asked_by_id=by.user, **columns)
    _log("cases.address_telling_asked", by, at, person, subject=str(row.id), recipient=row.recipient, power=row.power)
    return row


def decide_address_disclosure(*, by: Member, at: datetime, telling: AddressDisclosure, approved: bool, because: str) -> None:
    """A detective inspector who did not ask approves or refuses. Of what was told already it says whether it was right. Who
    may is checked in `access.py`. Raises CannotDecide."""
    if by.user in (telling.asked_by_id, telling.first_asked_by_id):
        raise CannotDecide("Someone other than the person who asked or recorded it must decide")
    rows = AddressDisclosure.objects.filter(id=telling.id, decided_at__isnull=True)
    telling.because = because
    if not rows.update(approved=approved, because=telling.because, decided_at=at, decided_by_id=by.user):
        raise CannotDecide("It is already decided")
    code = "cases.address_telling_approved" if approved else "cases.address_telling_refused"
    _log(code, by, at, telling.person, subject=str(telling.id), recipient=telling.recipient, power=telling.power)


def tell_address(*, by: Member, at: datetime, telling: AddressDisclosure) -> None:
    """Writes down that the recipient was told at `at`, as it was approved by then: the disclosure itself. Raises NotApproved,
    and AlreadyTold."""
    with transaction.atomic():
        row = untold(telling)
        if not is_as_approved(row, at):
            raise NotApproved("It is not approved, or the approval has expired")
        AddressDisclosure.objects.filter(id=telling.id).update(told_at=at, told_by_id=by.user)
        _record_address_disclosure("cases.address_told", by, at, telling.person, row)


def record_address_disclosed(*, by: Member, at: datetime, telling: AddressDisclosure) -> bool:
    """Writes down that the recipient was told at `at`, by whoever of the case writes it and whenever: as approved, where the
    approval held then; else that they were told without, once. Whether as approved. Raises AlreadyTold."""
    person = telling.person
    code = "cases.address_told" if is_as_approved(telling, at) else "cases.address_told_without"
    with ledger.acting_on(person.case_id, by=by.user, at=at, code=code):
        row = untold(telling)
        if is_as_approved(row, at):
            tell_address(by=by, at=at, telling=telling)
            return True
        record_unapproved_address_disclosure(
            by=by, at=at, person=person, recipient=row.recipient, power=row.power, reason=str(row.reason), use=row.use,
            crossing=str(row.crossing), first_asked_by=row.asked_by_id,
        )  # fmt: skip
        AddressDisclosure.objects.filter(id=row.id).update(told_outside=True)
    return False


def record_unapproved_address_disclosure(
    *,
    by: Member,
    at: datetime,
    person: Person,
    recipient: str,
    power: str,
    reason: str,
    use: str,
    crossing: str = "",
    first_asked_by: UUID | None = None,
) -> AddressDisclosure:
    """Records that somebody outside was told at `at`, before anybody had decided it. It is never refused: it is counted, and
    the duty inspector and the coordinator are to look at it. `first_asked_by`: who had asked for what was told, where it was
    approved for another time."""
    now = timezone.now()
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="cases.address_told_without"):
        row = AddressDisclosure.objects.create(
            person=person,
            recipient=recipient[:120],
            power=power[:120],
            use=use,
            reason=reason,
            crossing=crossing,
            happened_without=True,
            asked_at=now,
            asked_by_id=by.user,
            told_at=at,
            told_by_id=by.user,
            first_asked_by_id=first_asked_by,
        )
        Person.objects.filter(id=person.id).update(address_told=Func(F("address_told"), Value(at), function="array_append"))
        _record_address_disclosure("cases.address_told_without", by, at, person, row)
    return row


def _record_address_disclosure(code: str, by: Member, at: datetime, person: Person, row: AddressDisclosure) -> None:
    """The disclosure, and where it is outside the purpose for which addresses are recorded, that crossing."""
    details = {"recipient": row.recipient, "power": row.power}
    _log(code, by, at, person, subject=str(row.id), fields=[f"for_{row.use}"] if row.use else [], **details)
    if row.use:
        record_purpose_changes(
            by=by, at=at, people=[person], recorded_for=ADDRESS, use=row.use, reason=str(row.crossing or row.reason),
            is_written=bool(row.approved), **details,
        )  # fmt: skip


def _log(
    code: str,
    by: Member,
    at: datetime,
    person: Person,
    *,
    subject: str,
    recipient: str = "",
    power: str = "",
    reason: str = "",
    fields: Sequence[str] = (),
) -> None:
    record.append(
        code, by=by, at=at, case=person.case_id, people=[person.id], subject=subject, recipient=recipient, power=power,
        reason=reason.strip()[:400], fields=fields,
    )  # fmt: skip
