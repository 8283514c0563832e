"""`./lodestar export return 2026-10 --as USER --to WHOM --why WHY`, `export aggregate 2026-Q3`, `export figure 2026-Q3`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lodestar.exchange.exports.rules.files import FORMATS
from lodestar.oversight.releases import actions, presenters
from lodestar.oversight.releases.rules.releases import TellsOfFew, latest_over, period
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import member_named
from lodestar.platform.tenancy.tenant_transaction import within
from lodestar.platform.time.days import london_date


class Command(BaseCommand):
    """The file goes to standard output."""

    help = "Gives the numbers of a quarter or a month out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=["aggregate", "figure", "return"])
        parser.add_argument("period")
        parser.add_argument("--as", dest="user", required=True)
        parser.add_argument("--to", dest="recipient", required=True)
        parser.add_argument("--why", dest="reason", required=True)
        parser.add_argument("--format", dest="format", choices=sorted(FORMATS), default="json")
        parser.add_argument("--force", dest="tenant", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        today = london_date(timezone.now())
        of = period(options["kind"], options["period"].upper())
        if of is None or not of.is_over(today):
            raise CommandError(f"Name a period that is over, like {latest_over(options['kind'], today)}.")
        for name in ("recipient", "reason"):
            if not options[name].strip():
                raise CommandError("Say to whom it goes and why.")
        member = member_named(options["user"], options["tenant"], Permission.EXPORT)
        details = {"recipient": options["recipient"][:200], "reason": options["reason"][:400]}
        try:
            with within(member.tenant):
                row = actions.release(by=member, at=timezone.now(), kind=options["kind"], period=of, **details)
        except TellsOfFew as refusal:
            raise CommandError(f"{refusal}.") from None
        self.stdout.write(presenters.as_file(row, options["format"]).decode(), ending="")
