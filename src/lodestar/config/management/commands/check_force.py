"""`./lodestar check`: what is missing or wrong in each force here, one line each."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lodestar.platform.audit.log_check import forces_of_heads
from lodestar.platform.tenancy.force_checks import CHECKS
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.tenant_transaction import within


class Command(BaseCommand):
    """Runs the checks that apps registered, or those that are named, in every force."""

    help = "What is missing or wrong in each force here. Exit status 1 when anything is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One option for each check, and the force."""
        for option in sorted(CHECKS):
            parser.add_argument(f"--{option}", action="store_true", help="this check alone")
        parser.add_argument("--force", help="the short name of one force; all without")

    def handle(self, *args: Any, force: str | None, **options: Any) -> None:
        """One line for each finding, and the exit status."""
        wanted = [option for option in sorted(CHECKS) if options.get(option)] or sorted(CHECKS)
        forces = {force} if force else set(Tenant.objects.values_list("slug", flat=True)) | forces_of_heads()
        faults = 0
        for tenant in sorted(forces):
            for option in wanted:
                with within(tenant):
                    for finding in CHECKS[option](tenant):
                        faults += finding.is_fault
                        kind = "fault" if finding.is_fault else "note"
                        self.stdout.write(f"{kind}: {tenant} {option} {finding.code}: {finding.words}")
        if faults:
            raise CommandError(f"{faults} {'fault' if faults == 1 else 'faults'}.")
