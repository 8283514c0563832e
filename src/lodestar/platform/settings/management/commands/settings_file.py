"""`./lodestar settings export|import FILE --as USER [--force SLUG] [--apply]`: everything that a force sets, in one file."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import member_named
from lodestar.platform.files.whole_file import write_whole
from lodestar.platform.settings.presenters import file_lines
from lodestar.platform.settings.rules import REFUSED
from lodestar.platform.settings.settings_file import NotSettings, read_settings, write_settings
from lodestar.platform.tenancy.tenant_transaction import within


class Command(BaseCommand):
    """Reading in is a dry run without --apply. What needs a second person is proposed. The exit code is 2 where any of it
    is refused."""

    help = "Writes all that a force sets to a file, or reads one in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["export", "import"])
        parser.add_argument("file")
        parser.add_argument("--as", dest="user", required=True)
        parser.add_argument("--force", dest="tenant", default="")
        parser.add_argument("--apply", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        member = member_named(options["user"], options["tenant"], Permission.SETTINGS_FILE)
        path, now, applies = Path(options["file"]), timezone.now(), bool(options["apply"])
        try:
            with within(member.tenant):
                if options["action"] == "export":
                    write_whole(path, write_settings(by=member, at=now))
                    self.stdout.write(f"{path}: all that {member.tenant} sets")
                    return
                lines = read_settings(by=member, at=now, text=path.read_text(encoding="utf-8-sig"), applies=applies)
        except NotSettings as fault:
            raise CommandError(f"Nothing was read in: {fault}.") from None
        except (OSError, UnicodeDecodeError) as fault:
            raise CommandError(f"{path} cannot be read or written: {fault}.") from None
        for what, outcome, why in file_lines(lines):
            self.stdout.write(f"{outcome.lower()}: {what}{f' ({why})' if why else ''}")
        self.stdout.write("Read in." if applies else "Nothing is changed yet: --apply reads it in.")
        if any(line.outcome == REFUSED for line in lines):
            sys.exit(2)
