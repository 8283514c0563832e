"""What `./lodestar check` looks at: one function a check, each with one answer."""

from collections.abc import Callable
from typing import NamedTuple

from django.utils import timezone

from lodestar.platform.accounts.queries import tokens_ending
from lodestar.platform.files.disk_space import disk_warnings
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.tenant_transaction import within


class CheckResult(NamedTuple):
    """What a check found: a sentence, also where all is well."""

    name: str
    ok: bool
    message: str


Check = Callable[[], CheckResult]


def check_disks() -> CheckResult:
    """Whether the disks of database and file store have room."""
    warnings = disk_warnings()
    return CheckResult("disks", not warnings, " ".join(warnings) or "The disks have room.")


def check_tokens() -> CheckResult:
    """Whether a token of another system of any force ends soon: that system is refused from the day after."""
    ending = []
    for slug in Tenant.objects.order_by("slug").values_list("slug", flat=True):
        with within(slug):
            ending += [f"{slug}: {token.name} ({token.last_day})" for token in tokens_ending(timezone.localdate())]
    words = f"Tokens of other systems that end soon: {'; '.join(ending)}." if ending else "No token of another system ends soon."
    return CheckResult("tokens", not ending, words)


CHECKS: tuple[Check, ...] = (check_disks, check_tokens)
