"""The kinds of notices, which each app registers as it starts, and how it is known which cases somebody sees."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from lodestar.platform.accounts.access import Member

CaseAccess = Callable[[Member], QuerySet[Any]]  # the cases that a member sees, each with `id` and `reference`


@dataclass(frozen=True)
class Kind:
    """One kind of notice: its sentence, and the address of what it is about, with `{reference}`, `{person}` and `{subject}`."""

    code: str
    sentence: str
    href: str

    def address(self, *, reference: str, person: Any, subject: str) -> str:
        """Where a notice leads: where several people of a case are meant, or an id is lacking, to the case."""
        known = {"reference": reference, "person": person, "subject": subject}
        lacking = any(f"{{{name}}}" in self.href and not value for name, value in known.items())
        return f"/cases/{reference}" if lacking and reference else self.href.format(**known)


KINDS: dict[str, Kind] = {}
_case_access: list[CaseAccess] = []


def register_kind(code: str, sentence: str, href: str) -> None:
    """Makes a kind of notice known. Called by an app as it starts, and by nothing else."""
    KINDS[code] = Kind(code, sentence, href)


def register_case_access(visible_cases: CaseAccess) -> None:
    """Has the cases that a member sees found by this function: cases belong to an area above."""
    _case_access[:] = [visible_cases]


def cases_seen(member: Member) -> QuerySet[Any]:
    """The cases that the member sees."""
    return _case_access[0](member)
