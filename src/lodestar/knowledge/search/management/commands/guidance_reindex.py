"""`./lodestar guidance reindex [--force SLUG]`: what search reads, made anew as this release cuts words."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from lodestar.knowledge.library.queries.library import force_named
from lodestar.knowledge.search.actions import index_anew
from lodestar.platform.tenancy.tenant_transaction import within


class Command(BaseCommand):
    """One transaction, in which the library is searched meanwhile. Passages, versions, who read them and what was shown of them
    stay: only what is made from them is made anew. Run twice it changes nothing more."""

    help = "Makes anew what search reads of the published guidance."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--force", dest="tenant", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        tenant = force_named(options["tenant"])
        with within(tenant):
            documents, passages = index_anew()
        self.stdout.write(f"{_many(documents, 'document')}, {_many(passages, 'passage')} indexed anew")


def _many(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
