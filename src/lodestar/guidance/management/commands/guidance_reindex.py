"""`./lodestar guidance reindex [--force SLUG]`: what search reads, made anew as this release cuts words."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from lodestar.guidance import actions
from lodestar.guidance.models import Version
from lodestar.guidance.queries.force import NoForce, force_named
from lodestar.tenancy.within import within


class Command(BaseCommand):
    """Each version is a transaction of its own, so that the library is searched and changed meanwhile. Passages, versions, who
    read them and what was shown of them stay: only what is made from them is made anew. Run twice it changes nothing more."""

    help = "Makes anew what search reads of the published guidance."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--force", dest="tenant", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            tenant = force_named(options["tenant"])
        except NoForce as none:
            raise CommandError(str(none)) from None
        done: set[UUID] = set()
        spelt: set[str] = set()
        documents = passages = 0
        is_settled = False
        while not is_settled:
            for version in sorted(_published(tenant) - done):  # what is published meanwhile is read too, for its words
                with within(tenant):
                    actions.mark_again(version)
                    held, words = actions.index_again(version)
                done.add(version)
                spelt |= words
                documents, passages = documents + bool(words), passages + held
            with within(tenant):
                is_settled = actions.settle_terms(spelt, done)
        self.stdout.write(f"{_many(documents, 'document')}, {_many(passages, 'passage')} indexed anew")


def _published(tenant: str) -> set[UUID]:
    with within(tenant):
        return set(Version.objects.filter(state="published").values_list("id", flat=True))


def _many(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
