"""Named reads of the dated lists that pages show."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from lodestar.platform.text.reference_lists import reference_list, rows_on


def contacts_on(day: date) -> tuple[Mapping[str, Any], ...]:
    """The contacts in force on a day, in the order of the list."""
    return rows_on("reference", "contacts", day)


def exploitation_names() -> Mapping[str, str]:
    """What each kind of exploitation is called, by its code; withdrawn kinds too, since rows may hold them."""
    return {row["code"]: row["name"] for row in reference_list("reference", "exploitation_types").rows}


def need_domains() -> Mapping[str, str]:
    """What each domain of need is called, by its code, in the order of the list; withdrawn ones too."""
    return {row["code"]: row["name"] for row in reference_list("reference", "need_domains").rows}


def form_headings(kinds: Iterable[str]) -> tuple[str, ...]:
    """The headings of the Home Office's form under which these kinds of exploitation are asked, in the form's order."""
    wanted = set(kinds)
    rows = reference_list("reference", "exploitation_types").rows
    return tuple(row["heading"] for row in rows if row["code"] in wanted and "heading" in row)
