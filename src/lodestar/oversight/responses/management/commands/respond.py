"""`./lodestar respond REPORT --as-at DATE --as USER --out FOLDER`: briefing, letter and annex of the response to a report as it
was on a day, each as PDF and Word."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lodestar.oversight.measures.presenters.asked import day, evening
from lodestar.oversight.recommendations.queries import NoSuchReport, report_named
from lodestar.oversight.responses.access import responses_seen
from lodestar.oversight.responses.queries import documents_at
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import member_named
from lodestar.platform.audit.actions import audit
from lodestar.platform.documents.made import KINDS, made
from lodestar.platform.tenancy.tenant_transaction import within
from lodestar.platform.time.days import london_date


class Command(BaseCommand):
    """Six files in the folder, and one line for each on standard output."""

    help = "The answer to a report as it was on a day: briefing, letter and annex, as PDF and Word."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The report by its title or its beginning, the day, who asks, and where the files go."""
        parser.add_argument("report")
        for name, dest in (("--as-at", "as_at"), ("--as", "user"), ("--out", "folder")):
            parser.add_argument(name, dest=dest, required=True)
        parser.add_argument("--force", dest="tenant", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Writes the files. Raises CommandError for what is no report, no day that has come, or no folder."""
        now, asked = timezone.now(), day(options["as_at"])
        if asked is None or asked > london_date(now):
            raise CommandError(f"{options['as_at']!r} is not a day that has come: write it like 2026-07-01.")
        member, folder = member_named(options["user"], options["tenant"], Permission.OVERSIGHT_VIEW), Path(options["folder"])
        with within(member.tenant):
            try:
                report = report_named(options["report"])
            except NoSuchReport as refusal:
                raise CommandError(f"{refusal}.") from None
            documents = documents_at(report, responses_seen(member).filter(report=report).first(), evening(asked, now))
            audit("responses.saved", by=member, at=now, subject=str(report.id), fields=[*documents])
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name, document in documents.items():
                for kind in KINDS:
                    (folder / f"{name}.{kind}").write_bytes(made(document, kind))
                    self.stdout.write(str(folder / f"{name}.{kind}"))
        except OSError as error:
            raise CommandError(f"{folder}: {error.strerror}.") from None
