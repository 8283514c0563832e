"""`./lodestar match suggest --as USER [--force SLUG]`: compares all people of a force with each other, and puts the pairs that
may be one where coordinators look at them. It links nobody."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lodestar.intelligence.identities.actions.matching import suggest_links
from lodestar.intelligence.identities.linker import NoLinker, scored_pairs
from lodestar.intelligence.identities.queries import everybody
from lodestar.intelligence.identities.rules.identities import likely_pairs
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import member_named
from lodestar.platform.tenancy.tenant_transaction import within


class Command(BaseCommand):
    """Reads in one transaction, compares outside any, writes in a second one, which asks anew what may be written."""

    help = "Suggests which people of a force may have been recorded twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--as", dest="user", required=True)
        parser.add_argument("--force", dest="tenant", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        member = member_named(options["user"], options["tenant"], Permission.PEOPLE_LINK)
        with within(member.tenant):
            people = everybody()
        try:
            pairs = likely_pairs(people, scored_pairs)
        except NoLinker as missing:
            raise CommandError(f"{missing}: ./lodestar match suggest installs it.") from None
        with within(member.tenant):
            count = suggest_links(by=member, at=timezone.now(), pairs=pairs)
        wait = "1 new pair waits" if count == 1 else f"{count or 'no'} new pairs wait"
        self.stdout.write(f"{wait} to be looked at (Possible duplicates and matches, /matches). Nothing was linked")
