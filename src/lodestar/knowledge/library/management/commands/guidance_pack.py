"""`./lodestar guidance pack [--to FILE] [--force SLUG]`: the essentials in one file for a device without a network."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lodestar.directory.contacts.queries import contact_book
from lodestar.knowledge.library.presenters.essentials import HOLDS, pack
from lodestar.knowledge.library.queries.essentials import published_essentials
from lodestar.knowledge.library.queries.library import facts, force_named, name_of
from lodestar.platform.files.whole_file import write_whole
from lodestar.platform.tenancy.tenant_transaction import within


class Command(BaseCommand):
    """One transaction, which writes nothing but the file."""

    help = "Writes the published essentials into one HTML file that holds for 14 days."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", default="", help="the file; without it a dated name in this folder")
        parser.add_argument("--force", dest="tenant", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        tenant = force_named(options["tenant"])
        with within(tenant):
            today = timezone.localdate(now)
            made = pack(name_of(tenant), published_essentials(today), facts(), contact_book(now), now)
        path = Path(options["to"] or made.name)
        try:
            write_whole(path, made.html)
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from None
        until = timezone.localtime(now + HOLDS)
        self.stdout.write(f"{path}: {len(made.html.encode()):,} bytes, holds until {until:%-d %B %Y}")
        for title in made.left_out:
            self.stdout.write(f"Left out, no room or no text: {title}")
