"""`./lodestar manage check_ledger`: reckons every case afresh and says where the stored ledger differs.

With --mend the cases that differ are reckoned and stored: for the day a release brings new rules."""

import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from lodestar.casework.ledger.jobs import check_tenant, mend
from lodestar.platform.tenancy.models import Tenant

SHOWN = 20


class Command(BaseCommand):
    """Exits 1 when anything differs and was not mended."""

    help = "Compares the stored ledger with what the facts say."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--force", dest="tenant", default="")
        parser.add_argument("--mend", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        began, checked, wrong = time.process_time(), 0, 0
        tenants = Tenant.objects.filter(slug=options["tenant"]) if options["tenant"] else Tenant.objects.all()
        for tenant in tenants.values_list("slug", flat=True):
            for count, differences in check_tenant(tenant):
                checked += count
                wrong += len(differences)
                if options["mend"] and differences:
                    mend(tenant, sorted({difference.case for difference in differences}))
                for difference in differences[: max(0, SHOWN - wrong + len(differences))]:
                    self.stdout.write(f"{tenant} {difference.case} {difference.key}: {difference.says}")
        self.stdout.write(f"{checked} cases checked, {wrong} differences")
        self.stderr.write(f"{time.process_time() - began:.1f} s of our own processor time")
        if wrong and not options["mend"]:
            sys.exit(1)
