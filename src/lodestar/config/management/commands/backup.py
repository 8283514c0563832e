"""`./lodestar backup`: takes a backup, notes who was erased, tells which backups there are, or reads one back. As the owner."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from lodestar.config.backup import create, restore
from lodestar.config.backup.folder import Fault, Folder, own_keys


class Command(BaseCommand):
    """What is told stands on standard output, one line; trouble on standard error, with a code of its own kind."""

    help = "Takes an encrypted backup and reads it back."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--to", metavar="FOLDER", help="takes a backup into this folder")
        what.add_argument("--list", metavar="FOLDER", help="tells which backups are in this folder")
        what.add_argument("--check", metavar="FOLDER", help="reads the newest backup back, or --backup NAME")
        parser.add_argument("--log", action="store_true", help="only who was erased since the last time")
        parser.add_argument("--dump", action="store_true", help="the rows by pg_dump, as every backup has them")
        parser.add_argument("--keep", type=int, default=0, metavar="N", help="removes all but the newest N afterwards")
        parser.add_argument("--backup", default="", metavar="NAME")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            folder = Folder(Path(options["to"] or options["list"] or options["check"]).absolute(), own_keys())
            if options["list"]:
                for name in folder.names():
                    chosen = restore.choose(folder, name, None)
                    self.stdout.write(f"{name}  {restore.moment_of(chosen)}  {sum(chosen['counts'].values())} rows")
            elif options["check"]:
                name = restore.choose(folder, options["backup"], None)["name"]
                files = create.check(folder, name)
                self.stdout.write(f"Backup {name} in {folder.path} is whole, with {files} files.")
            elif options["log"]:
                create.note_erased(_source(), folder)
                self.stdout.write("Who was erased is noted. Rows and files since the last backup are not in it.")
            else:
                self._take(folder, options["keep"])
        except Fault as fault:
            self.stderr.write(f"lodestar: {fault}")
            sys.exit(fault.code)

    def _take(self, folder: Folder, keep: int) -> None:
        manifest, files = create.take(_source(), folder, keep=max(keep, 0))
        name, rows = manifest["name"], sum(manifest["counts"].values())
        size = folder.backup(name).stat().st_size
        self.stdout.write(
            f"Backup {name} in {folder.path}: {rows} rows and {files} files as of "
            f"{restore.moment_of(manifest)}, {size / 1_000_000:.1f} MB, read back and whole."
        )


def _source() -> create.Source:
    """The database that the launcher names to us, as its owner."""
    address, programs = os.environ.get("LODESTAR_OWNER_URL", ""), os.environ.get("LODESTAR_PG_PROGRAMS", "")
    return create.Source(address, programs, Path(settings.VAR))
