"""`./lodestar figure --from DAY --to DAY --as USER --why WHY [--known DAY] [--json]`: the six failings, for the police alone,
small numbers as they are. What leaves policing is `export figure`."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lodestar.oversight.measures import actions
from lodestar.oversight.measures.access import scope_for
from lodestar.oversight.measures.presenters.asked import Asked, counted_words, day, evening
from lodestar.oversight.measures.presenters.figure import figure_csv, figure_rows
from lodestar.oversight.measures.queries.figure import Figure
from lodestar.oversight.measures.queries.open_items import figure_context
from lodestar.oversight.measures.rules.facts import Period
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import member_named
from lodestar.platform.tenancy.tenant_transaction import within
from lodestar.platform.time.days import london_date


class Command(BaseCommand):
    """The figure goes to standard output; that it was taken, and why, into the log."""

    help = "The six failings over a period: could have happened, happened, did not, cannot tell."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="first", required=True)
        parser.add_argument("--to", dest="last", required=True)
        parser.add_argument("--known", dest="known", default="")
        parser.add_argument("--as", dest="user", required=True)
        parser.add_argument("--why", dest="reason", required=True)
        parser.add_argument("--force", dest="tenant", default="")
        parser.add_argument("--json", dest="json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
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
            scope = scope_for(member)
            figure = Figure(scope, period, asked.at, is_past=asked.is_past)
            open_items = figure_context(scope, period, asked.at)
            actions.take(by=member, at=now, what=asked.word(), reason=options["reason"].strip()[:400])
        counted = counted_words(scope)
        if options["json"]:
            self.stdout.write(json.dumps(figure_rows(figure, open_items, counted), ensure_ascii=False, indent=1))
        else:
            self.stdout.write(figure_csv(figure, open_items, counted).decode().removeprefix("\ufeff"), ending="")


def _day(typed: str) -> date:
    parsed_day = day(typed)
    if parsed_day is None:
        raise CommandError(f"{typed!r} is not a day: write it like 2026-07-01.")
    return parsed_day
