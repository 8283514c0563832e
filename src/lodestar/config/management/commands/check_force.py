"""`./lodestar check`: what is missing or wrong in each force here and in what they share, one line each."""

from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lodestar.platform.audit.heads import forces_of_heads
from lodestar.platform.tenancy.force_checks import CHECKS, SERVICE_CHECKS, Finding
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.tenant_transaction import within


class Command(BaseCommand):
    """Runs the checks that apps registered, or those that are named, in every force."""

    help = "What is missing or wrong in each force here. Exit status 1 when anything is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One option for each check, and the force."""
        for option in sorted(CHECKS | SERVICE_CHECKS):
            parser.add_argument(f"--{option}", action="store_true", help="this check alone")
        parser.add_argument("--force", help="the short name of one force; all without")

    def handle(self, *args: Any, force: str | None, **options: Any) -> None:
        """One line for each finding, and the exit status."""
        every = sorted(CHECKS | SERVICE_CHECKS)
        wanted = [option for option in every if options.get(option)] or every
        faults = sum(self._write("service", option, SERVICE_CHECKS[option]()) for option in wanted if option in SERVICE_CHECKS)
        forces = {force} if force else set(Tenant.objects.values_list("slug", flat=True)) | forces_of_heads()
        for tenant in sorted(forces):
            for option in [option for option in wanted if option in CHECKS]:
                with within(tenant):
                    faults += self._write(tenant, option, CHECKS[option](tenant))
        if faults:
            raise CommandError(f"{faults} {'fault' if faults == 1 else 'faults'}.")

    def _write(self, where: str, option: str, findings: Iterable[Finding]) -> int:
        """Writes a line for each finding; returns how many are faults."""
        faults = 0
        for finding in findings:
            faults += finding.is_fault
            kind = "fault" if finding.is_fault else "note"
            self.stdout.write(f"{kind}: {where} {option} {finding.code}: {finding.words}")
        return faults
