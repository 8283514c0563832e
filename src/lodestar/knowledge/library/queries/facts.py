"""The facts that no longer hold, as a force keeps them."""

from lodestar.knowledge.library.models import StaleFact
from lodestar.knowledge.library.rules.superseded import Fact
from lodestar.platform.tenancy.request_cache import read_once


def facts() -> list[Fact]:
    """The facts that no longer hold, as the force keeps them."""
    return read_once("guidance.facts", _facts)


def _facts() -> list[Fact]:
    return [fact_of(row) for row in StaleFact.objects.filter(is_used=True).order_by("code")]


def fact_of(row: StaleFact) -> Fact:
    """A kept fact as its rule reads it."""
    return Fact(row.code, row.called, tuple(row.says), row.replaced_by, row.from_date)
