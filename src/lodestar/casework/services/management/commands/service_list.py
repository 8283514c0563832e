"""`./lodestar services import FILE --as USER [--apply]`, `services export --as USER`, `services tonight FILE --as USER`."""

import json
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lodestar.casework.services import actions, queries
from lodestar.casework.services.rules.records import NotServices, read_file
from lodestar.casework.services.rules.tonight import CannotAsk, as_json, read_question
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import member_named
from lodestar.platform.tenancy.tenant_transaction import within
from lodestar.platform.text.strict_json import read_json

HELP = """Services as Open Referral UK 3.0.

  import FILE   one service, a list, or a page with contents. One JSON line a record:
                {"id", "became": "created|updated|unchanged|refused", "errors"}. A dry run without --apply. Of records with
                the same id in one file the first is taken. Exit code 2 where any is refused.
  export        all services, a JSON list.
  tonight FILE  who can take the person in FILE. `refuses` are ids of services, names of services or organisations, and
                needs or other terms as attributes have them (need:accommodation, or accommodation), whole and exact.
"""
NEEDS = {"import": Permission.SERVICES_EDIT, "export": Permission.SERVICES_VIEW, "tonight": Permission.SERVICES_VIEW}


class Command(BaseCommand):
    """Answers go to standard output."""

    help = HELP

    def create_parser(self, prog_name: str, subcommand: str, **options: Any) -> Any:
        parser = super().create_parser(prog_name, subcommand, **options)
        parser.formatter_class = RawDescriptionHelpFormatter
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=sorted(NEEDS))
        parser.add_argument("file", nargs="?", help="the file, or - for standard input")
        parser.add_argument("--as", dest="user", required=True)
        parser.add_argument("--force", dest="tenant", default="")
        parser.add_argument("--apply", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        action, path = options["action"], options["file"]
        if (path is None) != (action == "export"):
            raise CommandError("Name a file to import or to ask by; an export goes to standard output.")
        member = member_named(options["user"], options["tenant"], NEEDS[action])
        content = _content(path) if path else b""
        refused = 0
        with within(member.tenant):
            if action == "export":
                self._export(member)
            elif action == "tonight":
                self._tonight(content)
            else:
                refused = self._import(member, content, applies=bool(options["apply"]))
        if refused:
            sys.exit(2)

    def _import(self, member: Member, content: bytes, *, applies: bool) -> int:
        try:
            file = read_file(content)
        except NotServices as fault:
            raise CommandError(f"Nothing was imported: {fault}.") from None
        outcomes = actions.import_services(by=member, at=timezone.now(), file=file, applies=applies)
        for one in outcomes:
            self._print({"id": one.id, "became": one.became, "errors": list(one.errors)})
        if not applies:
            self.stderr.write("Nothing was written: --apply imports it.")
        return sum(one.became == actions.REFUSED for one in outcomes)

    def _export(self, member: Member) -> None:
        documents = queries.documents()
        actions.services_exported(by=member, at=timezone.now(), number=len(documents))
        self._print(documents, indent=1)

    def _tonight(self, content: bytes) -> None:
        try:
            question = read_question(read_json(content))
        except CannotAsk as fault:
            raise CommandError(f"The question cannot be read: {fault}.") from None
        except ValueError as fault:
            raise CommandError(f"The question is no JSON: {fault}.") from None
        self._print(as_json(queries.tonight(question)), indent=1)

    def _print(self, value: object, indent: int | None = None) -> None:
        self.stdout.write(json.dumps(value, indent=indent))


def _content(path: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from None
