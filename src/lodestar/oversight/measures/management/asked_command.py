"""What the commands have in common that answer for a period, to a member who says why."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lodestar.oversight.measures import actions
from lodestar.oversight.measures.access import Scope, scope_for
from lodestar.oversight.measures.presenters.asked import Asked, day, evening
from lodestar.oversight.measures.rules.facts import Period
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import member_named
from lodestar.platform.tenancy.tenant_transaction import within
from lodestar.platform.time.days import london_date


class AskedCommand(BaseCommand):
    """Answers on standard output; that it was taken, and why, goes into the log."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The period, who asks, and why."""
        for name, dest in (("--from", "first"), ("--to", "last"), ("--as", "user"), ("--why", "reason")):
            parser.add_argument(name, dest=dest, required=True)
        parser.add_argument("--known", dest="known", default="")
        parser.add_argument("--force", dest="tenant", default="")
        parser.add_argument("--json", dest="json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Reads what is asked, logs it, and answers. Raises CommandError for what is no period, or no reason."""
        now = timezone.now()
        period = Period(_day(options["first"]), _day(options["last"]))
        if period.last < period.first:
            raise CommandError("The last day is before the first.")
        known_on = _day(options["known"]) if options["known"] else None
        if known_on and known_on > london_date(now):
            raise CommandError(f"{known_on} has not come yet.")
        if not options["reason"].strip():
            raise CommandError("Say why you are downloading it.")
        asked = Asked(period, evening(known_on, now) if known_on else now, is_past=bool(known_on))
        member = member_named(options["user"], options["tenant"], Permission.FIGURE_VIEW)
        with within(member.tenant):
            answer = self.answer(scope_for(member), asked, as_json=options["json"])
            actions.take(by=member, at=now, what=asked.word(), reason=options["reason"].strip()[:400])
        self.stdout.write(answer, ending="")

    def answer(self, scope: Scope, asked: Asked, *, as_json: bool) -> str:
        """What is written."""
        raise NotImplementedError


def _day(typed: str) -> date:
    parsed_day = day(typed)
    if parsed_day is None:
        raise CommandError(f"{typed!r} is not a day: write it like 2026-07-01.")
    return parsed_day
