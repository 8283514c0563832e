"""How full the disks of the file store and of the database are."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.conf import settings

from lodestar.platform.tenancy.force_checks import Finding


def watched_folders() -> Mapping[str, Path]:
    """The folders whose disks are looked at, by what lies in them. The database is among them where its folder is known: one on
    a server of its own is watched there."""
    folders = {"the file store": Path(settings.VAR)}
    for name in ("files", "guidance"):  # which may be disks of their own
        if (Path(settings.VAR) / name).exists():
            folders[f"the file store ({name})"] = Path(settings.VAR) / name
    return folders | ({"the database": Path(settings.DATABASE_FOLDER)} if settings.DATABASE_FOLDER else {})


def disk_warnings() -> list[str]:
    """A sentence for each disk that is fuller than the setting allows (LODESTAR_DISK_ALARM), or cannot be looked at."""
    warnings, seen = [], set()
    for what, folder in watched_folders().items():
        try:
            device, usage = folder.stat().st_dev, shutil.disk_usage(folder)
        except OSError as error:
            warnings.append(f"The disk of {what} cannot be looked at ({error.strerror}).")
            continue
        used = 100 - usage.free * 100 // max(usage.total, 1)
        if used > settings.DISK_ALARM and device not in seen:
            warnings.append(f"The disk of {what} is {used} % full: free some space, or make it larger.")
        seen.add(device)
    return warnings


def check_disks() -> Iterator[Finding]:
    """What `./lodestar check` says of full disks."""
    yield from (Finding("disk_full", warning) for warning in disk_warnings())
