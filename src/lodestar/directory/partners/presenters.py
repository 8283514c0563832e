"""Partners in the words of pages: the list, one page with its contacts and agreements."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from lodestar.directory.contacts.rules import read_hours
from lodestar.directory.partners.access import PartnerLine
from lodestar.directory.partners.models import Agreement, PartnerContact
from lodestar.directory.partners.rules import AGREEMENTS, DAY, KINDS
from lodestar.platform.audit.presenters import capital
from lodestar.platform.design.when import day
from lodestar.platform.reference.queries import contacts_on

HOURS = {"always": "day and night"}  # of the national list
Row = tuple[Any, ...]


def confirmed_cell(line: PartnerLine) -> dict[str, str]:
    """When it was last confirmed and by whom, marked where that is too long ago; to be said wherever a partner is shown."""
    row = line.row
    said = f"Last confirmed {day(row.confirmed_on)} by {row.confirmed_by.name}" if row.confirmed_on else "Not confirmed yet"  # type: ignore[union-attr]  # a constraint: both or none
    return {"words": said, "tag": "Check it" if line.is_stale else "", "colour": "yellow"}


def ended_words(line: PartnerLine, names: Mapping[str, str]) -> str:
    """Who took over and since when; empty for one that is there still."""
    if line.body.last is None or not line.is_over:
        return ""
    return f"Since {day(line.body.last + DAY)}: {names.get(line.body.successor, 'closed')}"


def partner_rows(lines: Iterable[PartnerLine], names: Mapping[str, str]) -> list[Row]:
    """Rows of the list: the name with its successor, the kind, when it was confirmed."""
    return [
        (
            {"words": line.body.name, "href": reverse("partner", args=[line.body.key]), "more": ended_words(line, names)},
            KINDS[line.body.kind],
            "" if line.is_over else confirmed_cell(line),
        )
        for line in lines
    ]


def fits(line: PartnerLine, *, q: str, kind: str, stale: bool) -> bool:
    """Whether a partner is looked for: every word in its name, the kind, due for a check."""
    text = line.body.name.casefold()
    return all(word in text for word in q.casefold().split()) and kind in ("", line.body.kind) and (line.is_stale or not stale)


def facts(line: PartnerLine) -> list[dict[str, str]]:
    """What is recorded of it, line by line: its powers by the national list, then what the force adds."""
    found = {
        "Kind": KINDS[line.body.kind],
        "What it can do": " ".join(filter(None, (line.body.powers, line.row.powers))),
        "Website": line.row.website or line.body.website,
    }
    return [{"key": key, "value": value} for key, value in found.items() if value]


def national_rows(key: str, today: date) -> list[Row]:
    """The national number of a body, from the list of numbers to ring."""
    found = [row for row in contacts_on(today) if row["code"] == key]
    return [("National number", _dial(row["number"]), "", capital(HOURS.get(row["hours"], row["hours"])), "") for row in found]


def contact_rows(rows: Iterable[PartnerContact], key: str, *, may_edit: bool) -> list[Row]:
    """Contacts: what they do, the number to dial, e-mail, when and where."""
    return [
        (
            {"words": row.role, "href": _part_href(key, "contact", row) if may_edit else "", "more": row.name},
            _dial(row.telephone) if row.telephone else "",
            {"words": row.email, "href": f"mailto:{row.email}"} if row.email else "",
            capital(read_hours(row.hours).words) if row.hours else "Hours not known",
            ", ".join(row.districts) or "Whole force",
        )
        for row in rows
    ]


def agreement_rows(rows: Iterable[Agreement], key: str, today: date, *, may_edit: bool) -> list[Row]:
    """Agreements: which, from when until when, under what reference."""
    return [
        (
            {
                "words": AGREEMENTS[row.kind],
                "href": _part_href(key, "agreement", row) if may_edit else "",
                "tag": "Ended" if row.to_date and row.to_date < today else "",
                "colour": "grey",
            },
            day(row.from_date),
            day(row.to_date) if row.to_date else "No end",
            row.reference,
        )
        for row in rows
    ]


def typed_of(row: Any, names: Iterable[str]) -> dict[str, Any]:
    """The values of a row as its form has them."""
    values = {name: getattr(row, name) for name in names}
    return {
        name: day(value) if isinstance(value, date) else ", ".join(value) if isinstance(value, list) else value
        for name, value in values.items()
    }


def _dial(number: str) -> dict[str, str]:
    return {"words": number, "href": f"tel:{number.replace(' ', '')}"}


def _part_href(key: str, part: str, row: PartnerContact | Agreement) -> str:
    return f"{reverse('partner-part', args=[key, part])}?row={row.id}"
