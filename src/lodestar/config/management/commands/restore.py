"""The steps of `./lodestar restore`, which the launcher takes one by one: choose, load, finish."""

import json
import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from lodestar.config.backup import after, restore
from lodestar.config.backup.database import Programs
from lodestar.config.backup.folder import Fault, Folder, Manifest, own_keys, refuse_other_keys


class Command(BaseCommand):
    """`choose` answers with JSON for the launcher; `finish` with the lines that a person reads."""

    help = "A step of ./lodestar restore."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("step", choices=["choose", "load", "finish"])
        parser.add_argument("--from", dest="folder", default="")
        parser.add_argument("--backup", default="")
        parser.add_argument("--at", default="")
        parser.add_argument("--without-rows", action="store_true", help="the administrator brought the rows back")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, options["step"])(options)
        except Fault as fault:
            self.stderr.write(f"lodestar: {fault}")
            sys.exit(fault.code)

    def _chosen(self, options: Any) -> tuple[Folder, Manifest]:
        folder = Folder(Path(options["folder"]).absolute(), own_keys())
        return folder, restore.choose(folder, options["backup"], restore.moment(options["at"]))

    def choose(self, options: Any) -> None:
        _, chosen = self._chosen(options)
        restore.refuse_unusable(chosen)
        self.stdout.write(json.dumps({"name": chosen["name"], "at": restore.moment_of(chosen)}))

    def load(self, options: Any) -> None:
        folder, chosen = self._chosen(options)
        programs = Programs(os.environ["LODESTAR_PG_PROGRAMS"], os.environ["LODESTAR_OWNER_URL"])
        files = restore.load(folder, chosen, programs, Path(settings.VAR))
        self.stdout.write(f"{files} stored files brought back.")

    def finish(self, options: Any) -> None:
        folder, chosen = self._chosen(options) if options["folder"] else (None, None)
        if chosen and options["without_rows"]:
            refuse_other_keys(chosen["keys"])  # with others every name and file would stay sealed
            chosen = None
        done = after.finish(
            folder, chosen, owner=os.environ["LODESTAR_OWNER_URL"], app=os.environ["DATABASE_URL"], var=Path(settings.VAR)
        )
        for line in _lines(done):
            self.stdout.write(line)


def _lines(done: after.Done) -> list[str]:
    lines = [
        f"Restored: {sum(done.counts.values())} rows in {len(done.counts)} tables.",
        "The wall between forces holds: in raw SQL no table shows a row of any force.",
        f"{done.jobs} jobs that waited will not be done twice; {done.sessions} sign-ins were ended.",
    ]
    if done.letters:
        lines.append(f"{done.letters} newsletters that waited are not sent: perhaps they were. Whoever asked decides anew.")
    if done.again:
        lines.append(f"{done.again} people who were deleted after this moment were deleted again, as two people had decided.")
    if done.erasures:
        lines.append(
            f"{done.erasures} erasures were made after this moment and must be made again: "
            f"{Path(settings.VAR) / after.ERASURES} lists them, by ids."
        )
    if done.is_older:
        lines.append("The data are older than this Lodestar: run ./lodestar migrate.")
    return lines
