"""National bodies by day: their names, and what took over from them; and what is stale. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from lodestar.platform.text.reference_lists import reference_list

KINDS: Mapping[str, str] = {
    "council": "Council", "nhs": "NHS", "charity": "Charity", "provider": "Provider", "regulator": "Regulator",
    "police": "Police and crime agencies", "prosecution": "Prosecution", "government": "Government", "oversight": "Oversight",
    "other": "Other",
}  # fmt: skip
AGREEMENTS: Mapping[str, str] = {
    "information_sharing": "Information sharing agreement",
    "memorandum": "Memorandum of understanding",
    "contract": "Contract or grant",
    "other": "Other agreement",
}
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Body:
    """An organisation as it is on a day: `last` is its last day, None where not known."""

    key: str
    name: str
    kind: str
    website: str
    powers: str
    last: date | None
    successor: str
    is_unconfirmed: bool = False

    def is_over(self, day: date) -> bool:
        """Whether it was closed, or another took over, before this day."""
        return self.last is not None and day > self.last


def bodies_on(day: date) -> dict[str, Body]:
    """Every national body that there was by that day, by code: by the name of that day, or by its last once it is over."""
    found = {}
    for code, rows in groupby(reference_list("partners", "bodies").rows, key=lambda row: row["code"]):
        names = list(rows)
        begun = [row for row in names if row.get("from", date.min) <= day]
        if begun:
            now = begun[-1]
            found[code] = Body(
                code, now["name"], now["kind"], now.get("website", ""), now["powers"], names[-1].get("to"),
                names[-1].get("successor", ""), now["confidence"] != "verified",
            )  # fmt: skip
    return found


def is_stale(confirmed_on: date | None, today: date, days: int) -> bool:
    """Whether nobody has confirmed it within so many days."""
    return confirmed_on is None or (today - confirmed_on).days > days
