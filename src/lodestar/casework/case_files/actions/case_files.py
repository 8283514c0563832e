"""Photographs and papers of a case: where their bytes are kept, and adding one."""

import hashlib
import logging
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from lodestar.casework.case_files.models import CaseFile
from lodestar.casework.cases.models import Case
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.files.filestore import FileStore, NotAccepted, accepted

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
