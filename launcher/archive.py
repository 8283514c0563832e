"""What the embedded server does with a finished segment of its log: nothing, until backups are taken; then it keeps a copy
in a spool beside its data, from where a backup takes it.

The server runs a command through a shell. Ours is one script of a fixed text, whose folder is quoted and whose two words are
the server's own. It writes under another name first, never over what is there, and says no where it cannot.
"""

import shlex
from pathlib import Path

from launcher.places import write_private

_SCRIPT = """\
#!/bin/sh
# PostgreSQL hands over a finished segment of its log: where it lies ($1) and its name ($2). See launcher/archive.py.
set -eu
umask 077
kept=$(dirname "$0")/spool
[ -d "$kept" ] || exit 0
case $2 in */*|.*|*.part) exit 1 ;; esac
if [ -e "$kept/$2" ]; then
    cmp -s "$1" "$kept/$2"
    exit
fi
cp "$1" "$kept/$2.part"
sync "$kept/$2.part"
mv "$kept/$2.part" "$kept/$2"
"""


def script(base: Path) -> Path:
    """The script for the server that lies in `base`, written if need be."""
    path = base / "archive.sh"
    if not path.exists() or path.read_text() != _SCRIPT:
        write_private(path, _SCRIPT)
        path.chmod(0o644)  # the server's user reads it
    return path


def spool(base: Path) -> Path:
    """Where the segments wait."""
    return base / "spool"


def settings(base: Path) -> tuple[str, ...]:
    """The settings with which a server of ours hands its log over. In a command of PostgreSQL's `%` begins a name."""
    quoted = shlex.quote(str(script(base))).replace("%", "%%")
    return ("archive_mode=on", f'archive_command=/bin/sh {quoted} "%p" "%f"')
