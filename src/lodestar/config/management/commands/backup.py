"""`./lodestar backup`: takes a backup, goes on with the log, tells which there are, or reads one back. Run as the owner."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from lodestar.config.backup import create, log, restore
from lodestar.config.backup.folder import Fault, Folder, own_keys

_OUTSIDE = "The log of this server is kept by its administrator"


def source() -> create.Source:
    """The database that the launcher names to us: the embedded one with its spool, or an outside one as its owner."""
    spool = os.environ.get("LODESTAR_LOG_SPOOL", "")
    address = os.environ.get("LODESTAR_SUPERUSER_URL") or os.environ.get("LODESTAR_OWNER_URL", "")
    programs = os.environ.get("LODESTAR_PG_PROGRAMS", "")
    return create.Source(address, programs, Path(settings.VAR), log.Spool(Path(spool)) if spool else None)


class Command(BaseCommand):
    """What is told stands on standard output, one line; trouble on standard error, with a code of its own kind."""

    help = "Takes an encrypted backup and reads it back."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--to", metavar="FOLDER", help="takes a backup into this folder")
        what.add_argument("--list", metavar="FOLDER", help="tells which backups are in this folder")
        what.add_argument("--check", metavar="FOLDER", help="reads the newest backup back, or --backup NAME")
        parser.add_argument("--log", action="store_true", help="only the log and the files since the last time")
        parser.add_argument("--dump", action="store_true", help="the rows by pg_dump, in place of the server's files")
        parser.add_argument("--keep", type=int, default=0, metavar="N", help="removes all but the newest N afterwards")
        parser.add_argument("--backup", default="", metavar="NAME")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            folder = Folder(Path(options["to"] or options["list"] or options["check"]).absolute(), own_keys())
            if options["list"]:
                self._list(folder)
            elif options["check"]:
                self._check(folder, options["backup"])
            elif options["log"]:
                until, files = create.ship_log(source(), folder)
                reaches = f"The log in {folder.path} reaches until {restore.describe_moment(until)}" if until else _OUTSIDE
                self.stdout.write(f"{reaches}; {files} files are new.")
            else:
                self._take(folder, options)
        except Fault as fault:
            self.stderr.write(f"lodestar: {fault}")
            sys.exit(fault.code)

    def _take(self, folder: Folder, options: Any) -> None:
        manifest, files = create.take(source(), folder, as_dump=options["dump"], keep=max(options["keep"], 0))
        kind = "the server's files and log" if manifest["kind"] == "base" else "a dump"
        rows, size = sum(manifest["counts"].values()), sum(part["size"] for part in manifest["parts"].values())
        self.stdout.write(
            f"Backup {manifest['name']} in {folder.path} ({kind}): {rows} rows and {files} files as of "
            f"{restore.describe_moment(create.ended(manifest))}, {size / 1_000_000:.1f} MB, read back and whole."
        )

    def _list(self, folder: Folder) -> None:
        for name in folder.names():
            manifest = folder.manifest(name)
            chosen = restore.choose(folder, name, None)
            rows, start = sum(manifest["counts"].values()), restore.describe_moment(create.ended(manifest))
            self.stdout.write(f"{name}  {manifest['kind']}  {start} to {restore.describe_moment(chosen.until)}  {rows} rows")

    def _check(self, folder: Folder, backup_name: str) -> None:
        name = restore.choose(folder, backup_name, None).name
        files = create.check(folder, name)
        self.stdout.write(f"Backup {name} in {folder.path} is whole, with {files} files.")
