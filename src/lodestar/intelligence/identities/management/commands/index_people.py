"""`./lodestar manage index_people`: files everybody anew for the search that comes before recording somebody.

Needed once after a release that changed the marks (it says so), after the oldest field key was dropped, and for people who
were there before there were marks. Run again it changes nothing."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from lodestar.intelligence.identities.actions.matching import mark_some
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.tenant_transaction import within


def mark_tenant(tenant: str, *, only_new: bool) -> int:
    """Files the people of a force anew, or those who are not filed yet, some thousands in a transaction: how many."""
    count, last = 0, None
    while True:
        with within(tenant):
            some, filed = mark_some(after=last, only_new=only_new)
        if not some:
            return count
        count, last = count + filed, some


class Command(BaseCommand):
    """Force by force, some thousands of people in a transaction."""

    help = "Files people anew for the search before recording."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--force", dest="tenant", default="")
        parser.add_argument("--only-new", action="store_true", help="only those who are not filed yet")

    def handle(self, *args: Any, **options: Any) -> None:
        tenants = Tenant.objects.filter(slug=options["tenant"]) if options["tenant"] else Tenant.objects.all()
        count = sum(mark_tenant(tenant, only_new=options["only_new"]) for tenant in tenants.values_list("slug", flat=True))
        self.stdout.write(f"{count} people filed")
