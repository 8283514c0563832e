"""Named reads of the dated lists that pages show."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from lodestar.kernel.reference_lists import rows_on


def contacts_on(day: date) -> tuple[Mapping[str, Any], ...]:
    """The contacts in force on a day, in the order of the list."""
    return rows_on("reference", "contacts", day)
