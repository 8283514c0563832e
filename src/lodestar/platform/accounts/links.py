"""Whether a link leads its reader to a page: by the permission that the address declares, and by access to its object.

Lists, steps, timelines, notices and duties ask `may_open` before they link an address. What the permission does not settle, the
app that owns the address settles by a function registered here.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from django.urls import resolve

from lodestar.platform.accounts.access import Member

ObjectAccess = Callable[..., bool]  # called with the member and the parts of the address by their names
_object_access: dict[str, ObjectAccess] = {}


class HasLink(Protocol):
    """A row of a list with the address that it leads to, empty where it leads nowhere."""

    @property
    def href(self) -> str: ...


Row = TypeVar("Row", bound=HasLink)


def register_object_access(url_name: str, may_see: ObjectAccess) -> None:
    """Register a check for an address whose object is closed to some who hold its permission and see its case. Called by an app
    as it starts. The check gets the member and the parts of the address, and costs at most one query."""
    _object_access[url_name] = may_see


def may_open(member: Member, address: str) -> bool:
    """Whether the page at an address of Lodestar's own opens for the member: one of its permissions is held, and its registered
    check agrees. Pass the member as `casework.cases.access.as_seen` returns them where a case limits them. Raises Resolver404
    for an address of no page."""
    match = resolve(address.partition("?")[0].partition("#")[0])
    allowed = getattr(match.func, "allowed", ())
    if allowed and not any(member.may(permission) for permission in allowed):
        return False
    may_see = _object_access.get(match.url_name or "")
    return may_see is None or may_see(member, **match.kwargs)


def open_links(member: Member, rows: Iterable[Row]) -> list[Row]:
    """Return the rows, those whose address does not open for the member without it. Rows are dataclasses with a field `href`."""
    answers: dict[str, bool] = {"": True}
    kept = []
    for row in rows:
        address: Any = row.href
        if address not in answers:
            answers[address] = may_open(member, address)
        kept.append(row if answers[address] else replace(row, href=""))  # type: ignore[type-var]  # a dataclass, as said above
    return kept
