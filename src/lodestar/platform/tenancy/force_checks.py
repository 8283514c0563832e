"""What `./lodestar check` looks at: an app registers its check when it starts (`apps.py`)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """What a check has to say of a force, by a code and in words. One that is no fault does not fail the command."""

    code: str
    words: str
    is_fault: bool = True


Check = Callable[[str], Iterable[Finding]]  # given the force's slug, within its transaction
CHECKS: dict[str, Check] = {}
SERVICE_CHECKS: dict[str, Callable[[], Iterable[Finding]]] = {}


def register_check(option: str, check: Check) -> None:
    """Has `./lodestar check` run this; `--option` runs it without the others."""
    CHECKS[option] = check


def register_service_check(option: str, check: Callable[[], Iterable[Finding]]) -> None:
    """The same for a check of what all forces share, such as a disk: it is run once."""
    SERVICE_CHECKS[option] = check
