"""Safe addresses and files: what is kept apart."""

import hashlib
import logging
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.cases import access, ledger
from lodestar.cases.actions.duties import answer_duty
from lodestar.cases.actions.marks import mark_people
from lodestar.cases.models import Case, CaseFile, Obligation, Person, SafeAddress, SafeAddressViewer
from lodestar.kernel.filestore import FileStore, NotAccepted, accepted
from lodestar.record import actions as record

ADDRESS = "cases.address_recorded"
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
    with ledger.acting_on(person.case_id, by=by.user, at=at, code=ADDRESS, people=everybody) as (case,):
        written = list(SafeAddress.objects.select_related("recorded_by").filter(person=person).order_by("recorded_at", "id"))
        if seen is not None and len(written) > seen:
            raise AddressMeanwhile(written[-1])
        everybody += Person.objects.filter(case=case).order_by("number")
        person = next(one for one in everybody if one.id == person.id)
        row = SafeAddress(
            person=person, address=address, contact=contact, recorded_at=timezone.now(), recorded_by_id=by.user
        )
        row.save(force_insert=True)
        named = {*viewers, by.user} if access.may_name_viewers(by, person) else ()
        SafeAddressViewer.objects.bulk_create(
            [SafeAddressViewer(person=person, user_id=viewer) for viewer in sorted(named)], ignore_conflicts=True
        )
        reach = [str(text) for held in (*written, row) for text in (held.address, held.contact) if text]
        mark_people([person], met={case.id: case.encountered_at}, told={person.id: reach})
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
    with ledger.acting_on(case.id, by=by.user, at=at, code=ADDRESS):
        now = timezone.now()
        SafeAddress.objects.bulk_create(
            SafeAddress(person=person, address=address, contact="", is_reported=True, recorded_at=now, recorded_by_id=by.user)
            for person, address in addresses
        )
        told = {person.id: [address] for person, address in addresses} if are_new else None
        mark_people([*dict(addresses)], met={case.id: case.encountered_at}, told=told)
        for person, _ in addresses:
            _log_address(by, at, person)


def _log_address(by: Member, at: datetime, person: Person) -> None:
    fields = ["address", "contact"]
    record.append(ADDRESS, by=by.user, role=by.role, at=at, case=person.case_id, people=[person.id], fields=fields)


def show_address(*, by: Member, at: datetime, person: Person, reason: str) -> SafeAddress | None:
    """The latest safe address, one that somebody wrote before one that was reported, its showing written down with the reason.
    Who may ask is checked in `access.py`."""
    record.append(
        "cases.address_viewed",
        by=by.user,
        role=by.role,
        at=at,
        case=person.case_id,
        people=[person.id],
        fields=["address", "contact"],
        reason=reason.strip()[:400],
    )
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
        record.append("cases.file_added", by=by.user, role=by.role, at=at, case=case.id, subject=str(row.id))
    return row
