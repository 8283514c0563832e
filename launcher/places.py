"""Where things lie: the clone, its packages, and the folder of its embedded PostgreSQL."""

import hashlib
import os
import secrets
import tempfile
from pathlib import Path

from launcher.say import Trouble

CLONE = Path(__file__).resolve().parents[1]
SRC = CLONE / "src"
VAR = CLONE / "var"
ROOTS_FOLDER = Path("/var/lib/lodestar")
_SOCKET_NAME = "/.s.PGSQL.5432"
_SHORTEST = "/tmp"  # nosec B108  # only a private folder in it is used, and its owner is checked
_LONGEST_SOCKET = 107  # bytes: what the system's address of a Unix socket holds


def is_root() -> bool:
    """Whether this is root, whom PostgreSQL refuses to serve as."""
    return os.geteuid() == 0


def private(folder: Path) -> Path:
    """`folder`, made if need be, that nobody but this user may enter. Raises Trouble when it is somebody else's."""
    folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    found = os.lstat(folder)
    if folder.is_symlink() or found.st_uid != os.geteuid():
        raise Trouble(f"{folder} belongs to somebody else: remove it, or run as its owner.")
    folder.chmod(0o700)
    return folder


def database_folder() -> Path:
    """The folder of this clone's PostgreSQL, made if need be.

    Clones often lie under folders that only their owner may enter. Root's server runs as another user, so nothing of
    it may lie in the clone. The mark in var/ tells a fresh clone from an older one at the same path.
    """
    if not is_root():
        return private(VAR / "postgres")
    mark = VAR / "clone"
    VAR.mkdir(exist_ok=True)
    if not mark.exists() or not mark.read_text():
        mark.write_text(secrets.token_hex(8))
    name = hashlib.sha256(f"{CLONE}\n{mark.read_text()}".encode()).hexdigest()[:12]
    try:
        for folder in (ROOTS_FOLDER, ROOTS_FOLDER / name):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o711)  # the server's user has to pass through
    except PermissionError:
        raise Trouble(f"Root may not write {ROOTS_FOLDER}: run as an ordinary user, or set DATABASE_URL.") from None
    return ROOTS_FOLDER / name


def socket_folder(base: Path) -> Path:
    """Where a server kept in `base` has its socket: there, or, when that path is too long, in a short private one."""
    here = base / "socket"
    if len(os.fsencode(here)) + len(_SOCKET_NAME) <= _LONGEST_SOCKET:
        return here
    name = f"lodestar-{os.geteuid()}-{hashlib.sha256(os.fsencode(base)).hexdigest()[:12]}"
    for parent in (os.environ.get("XDG_RUNTIME_DIR", ""), tempfile.gettempdir(), _SHORTEST):
        fits = len(os.fsencode(parent)) + 1 + len(name) + len(_SOCKET_NAME) <= _LONGEST_SOCKET
        if parent and fits and os.access(parent, os.W_OK | os.X_OK):
            return Path(parent) / name
    raise Trouble("No folder has a path short enough for PostgreSQL's socket: set TMPDIR to a short one.")


def write_private(path: Path, text: str) -> None:
    """Writes `path` whole or not at all, for this user's eyes only."""
    new = path.with_name(f"{path.name}.new")
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    new.rename(path)
