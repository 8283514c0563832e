"""`./lodestar boards pack BOARD --as-at DATE --as USER --out FILE`: the pack of a board as at a day, as PDF or Word."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lodestar.oversight.boards import actions, queries
from lodestar.oversight.boards.models import Pack
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import member_named
from lodestar.platform.audit.actions import audit
from lodestar.platform.documents.made import KINDS, made
from lodestar.platform.tenancy.tenant_transaction import within
from lodestar.platform.time.uk_dates import read_any_day


class Command(BaseCommand):
    """Writes the file: the pack that was stored as at that day, else one that is stored now. Exit code 2 for bad input."""

    help = "The pack of a board as at a day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The board, the day, who asks, and where the file goes."""
        parser.add_argument("board", help="its name, or how it begins")
        parser.add_argument("--as-at", dest="as_at", required=True)
        parser.add_argument("--as", dest="user", required=True)
        parser.add_argument("--out", type=Path, required=True, help="a file that ends in .pdf or .docx")
        parser.add_argument("--force", dest="tenant", default="")

    def handle(self, *args: Any, board: str, as_at: str, user: str, out: Path, tenant: str, **options: Any) -> None:
        """Reads what is asked, and writes. Raises CommandError."""
        kind, day = out.suffix.removeprefix(".").lower(), read_any_day(as_at)
        try:
            if kind not in KINDS:
                raise ValueError(f"{out}: name a file that ends in .pdf or .docx")
            if day is None:
                raise ValueError(f"{as_at!r} is not a day: write it like 2026-07-01")
            member = member_named(user, tenant, Permission.BOARD_MANAGE)
            with within(member.tenant):
                content = made(queries.document_of(self._pack(member, board, day, kind)), kind)
            out.touch(mode=0o600)
            out.write_bytes(content)
        except (CommandError, OSError, ValueError) as fault:
            raise CommandError(str(fault), returncode=2) from None
        self.stdout.write(str(out.resolve()))

    def _pack(self, member: Member, board: str, day: date, kind: str) -> Pack:
        row, now = queries.board_named(board), timezone.now()
        pack = queries.pack_stored(row, day) or actions.store_pack(by=member, at=now, board=row, as_at=day)
        audit("boards.pack_saved", by=member, at=now, subject=str(pack.id), fields=[kind])
        return pack
