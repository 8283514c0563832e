"""The files of the library as they came."""

from django.conf import settings

from lodestar.guidance.models.library import Version
from lodestar.kernel.filestore import FileStore


def originals() -> FileStore:
    """Where the bytes lie as they came."""
    return FileStore(settings.VAR / "guidance", settings.FILE_KEYS)


def original(version: Version) -> bytes:
    """The bytes of a version as they came. Raises FileNotFoundError, or CannotUnseal when they were changed."""
    return originals().get(version.tenant, version.digest)
