"""Opening, giving, sealing a case, putting it into an operation; and adding a photograph or paper to it."""

import hashlib
import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import timezone

from lodestar.casework.case_files.models import CaseFile
from lodestar.casework.cases.models import Case, CaseMember, CaseNumber, OperationGroup, SealOwner
from lodestar.casework.ledger import ledger
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.files.filestore import FileStore, NotAccepted, accepted
from lodestar.platform.notices.actions import notify
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.tenancy.tenant_transaction import current_tenant
from lodestar.platform.text.ids import new_id


class UnableToSeal(ValueError):
    """A seal needs a reason and at least two named owners; unsealing needs one of them who did not seal."""


def _next_reference(year: int) -> str:
    """The next reference of the tenant's year: FM-26-0001. The row is locked until the transaction ends."""
    tenant = current_tenant()
    with connection.cursor() as cursor:
        cursor.execute(
            f'insert into "{CaseNumber._meta.db_table}" (id, tenant, year, last) values (%s, %s, %s, 1)'
            " on conflict (tenant, year) do update set last = cases_casenumber.last + 1"
            " returning last, (select reference_prefix from tenancy_tenant where slug = %s)",
            [new_id(), tenant, year, tenant],
        )
        last, prefix = cursor.fetchone()
    return f"{prefix}-{year % 100:02d}-{last:04d}"


def open_case(*, by: Member, at: datetime, case_id: UUID | None = None, facts: Mapping[str, Any] | None = None) -> Case:
    """Opens a case. `at` is when it was met; `facts` are columns of the case that are known. The opener owns it meanwhile;
    where `interim_owner_id` is one of the columns that colleague does, and is given it."""
    now = timezone.now()
    case = Case.objects.create(
        id=case_id or new_id(),
        reference=_next_reference(timezone.localtime(at).year),
        opened_by_id=by.user,
        encountered_at=at,
        recorded_at=now,
        **{"unit_id": by.unit, "interim_owner_id": by.user, **(facts or {})},
    )
    members = [CaseMember(case=case, user_id=by.user, how="opened", from_at=now)]
    audit("cases.opened", by=by, at=at, case=case.id, fields=list(facts or {}))
    if case.interim_owner_id != by.user:
        members.append(CaseMember(case=case, user_id=case.interim_owner_id, how="given", from_at=now))
        whose = str(case.interim_owner_id)
        audit("cases.given", by=by, at=at, case=case.id, recipient=whose, subject="given")
    CaseMember.objects.bulk_create(members)
    ledger.opened(case, by=by.user, at=at, code="cases.opened")
    return case


def change_case(*, by: Member, at: datetime, case: Case, facts: Mapping[str, Any]) -> Case:
    """Changes what the case says, and raises its version."""
    with ledger.acting_on(case.id, by=by.user, at=at, code="cases.changed") as (locked,):
        changed = [name for name, value in facts.items() if getattr(locked, name) != value]
        for name, value in facts.items():
            setattr(locked, name, value)
        locked.version += 1
        locked.save(update_fields=[*facts, "version"])
        audit("cases.changed", by=by, at=at, case=case.id, fields=changed)
    return locked


def give_case(*, by: Member, at: datetime, case: Case, to: UUID, how: str = "given", notice: str = "case_given") -> None:
    """Lets a colleague see and work the case, and gives notice of it, where there is no other. Raises ConcurrentEdit for a
    sealed one."""
    if Case.objects.select_for_update().get(id=case.id).sealed:
        raise ConcurrentEdit
    CaseMember.objects.update_or_create(case=case, user_id=to, how=how, defaults={"from_at": at, "to_at": None})
    audit("cases.given", by=by, at=at, case=case.id, recipient=str(to), subject=how)
    if notice:
        notify(to=[to], kind=notice, by=by, at=at, case=case.id)


def change_interim_owner(*, by: Member, at: datetime, case: Case, to: UUID) -> None:
    """A colleague has the case from now until a detective has it, with what the officer before still owes in it, by the
    same times. The colleague is given the case; the officer before keeps seeing what they opened. A sealed case goes to one
    of its named owners: raises UnableToSeal for anybody else. Raises ConcurrentEdit where another than the one in `case` has
    it now."""
    with ledger.acting_on(case.id, by=by.user, at=at, code="cases.interim_owner_changed") as (locked,):
        if locked.interim_owner_id != case.interim_owner_id:
            raise ConcurrentEdit
        if locked.sealed and not SealOwner.objects.filter(case=locked, user_id=to).exists():
            raise UnableToSeal(f"{locked.reference} is sealed: only one of its named owners can have it.")
        locked.interim_owner_id = to
        locked.save(update_fields=["interim_owner"])
        CaseMember.objects.update_or_create(case=case, user_id=to, how="given", defaults={"from_at": at, "to_at": None})
        audit("cases.interim_owner_changed", by=by, at=at, case=case.id, recipient=str(to), fields=["interim_owner"])
        notify(to=[to], kind="case_handed_over", by=by, at=at, case=case.id)


def name_operation(*, by: Member, at: datetime, case: Case, name: str) -> None:
    """Puts the case into the operation of this name, making it when it is new; an empty name takes it out. Raises
    ConcurrentEdit where the case is no longer in the operation that `case` says."""
    with ledger.acting_on(case.id, by=by.user, at=at, code="cases.operation_named") as (locked,):
        if locked.operation_id != case.operation_id:
            raise ConcurrentEdit
        operation = OperationGroup.objects.get_or_create(name=name.strip())[0] if name.strip() else None
        locked.operation = operation
        locked.save(update_fields=["operation"])
        audit("cases.operation_named", by=by, at=at, case=case.id, fields=["operation"])


def seal_case(*, by: Member, at: datetime, case: Case, reason: str, owners: Sequence[UUID]) -> None:
    """Seals the case: from now on its named owners alone know that it exists. Raises UnableToSeal."""
    owner_ids = set(owners)
    if not reason.strip() or len(owner_ids) < 2:
        raise UnableToSeal("Give a reason and name at least two owners.")
    with ledger.acting_on(case.id, by=by.user, at=at, code="cases.sealed") as (locked,):
        if locked.sealed:
            raise UnableToSeal("The case is already sealed.")
        locked.sealed, locked.seal_reason, locked.sealed_by_id = True, reason.strip()[:400], by.user
        locked.save(update_fields=["sealed", "seal_reason", "sealed_by"])
        for owner in owner_ids:
            SealOwner.objects.get_or_create(case=locked, user_id=owner)
        audit("cases.sealed", by=by, at=at, case=case.id, subject=str(by.user), reason=reason[:400])


def unseal_case(*, by: Member, at: datetime, case: Case, reason: str) -> None:
    """Unseals the case, by a named owner who is not the one who sealed it. Raises UnableToSeal."""
    if not reason.strip():
        raise UnableToSeal("Give a reason.")
    with ledger.acting_on(case.id, by=by.user, at=at, code="cases.unsealed") as (locked,):
        if not locked.sealed:
            raise UnableToSeal("Someone else has just unsealed the case.")
        if by.user == locked.sealed_by_id or not SealOwner.objects.filter(case=locked, user_id=by.user).exists():
            raise UnableToSeal("One of its named owners other than the one who sealed the case has to unseal it.")
        locked.sealed, locked.seal_reason, locked.sealed_by_id = False, "", None
        locked.save(update_fields=["sealed", "seal_reason", "sealed_by"])
        SealOwner.objects.filter(case=locked).delete()
        audit("cases.unsealed", by=by, at=at, case=case.id, reason=reason[:400])


NO_ROOM = "The file could not be saved right now. Keep it and add it later; what you wrote is here."
_LOG = logging.getLogger(__name__)


class UnableToAddFile(ValueError):
    """The file is none of the kinds that can be kept, cannot be read, or there is no room for it."""


def store() -> FileStore:
    """The one file store."""
    return FileStore(settings.VAR / "files", settings.FILE_KEYS)


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
        audit("cases.file_added", by=by, at=at, case=case.id, subject=str(row.id))
    return row
