"""Places and organisations in the words of a page."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from lodestar.directory.entities.models import Entity, Place
from lodestar.directory.entities.rules import PLACE_KINDS
from lodestar.platform.design.when import day

LABELS = {
    "name": "Name", "kind": "Kind of place", "address_line": "Address", "postcode": "Postcode", "coordinates": "Coordinates",
    "uprn": "Property reference number (UPRN)", "company_number": "Company number", "telephone": "Telephone",
    "website": "Website",
}  # fmt: skip


def name_of(entity: Entity) -> str:
    """What it is called: its name, else the address or the kind of a place."""
    return entity.name or getattr(entity, "address_line", "") or PLACE_KINDS.get(getattr(entity, "kind", ""), "")


def typed_of(entity: Entity) -> dict[str, Any]:
    """Its values as its form has them."""
    values = {name: getattr(entity, name) for name in LABELS if hasattr(entity, name)}
    if isinstance(entity, Place) and entity.latitude is not None:
        values["coordinates"] = f"{entity.latitude}, {entity.longitude}"
    return values


def facts(entity: Entity) -> list[dict[str, Any]]:
    """What is recorded of it, line by line; what is not known is left out."""
    values = typed_of(entity)
    values["kind"] = PLACE_KINDS.get(values.get("kind", ""), "")
    rows = [{"key": label, "value": values[name]} for name, label in LABELS.items() if values.get(name)]
    return [*rows, {"key": "Recorded", "value": f"{day(entity.recorded_at)} by {entity.recorded_by.name}"}]


def lines(kind: str, rows: Iterable[Entity]) -> list[tuple[Any, ...]]:
    """Rows of a list: a link, and what tells it from others."""
    return [({"words": name_of(row), "href": reverse("entity", args=[kind, row.id])}, *_cells(typed_of(row))) for row in rows]


def _cells(values: dict[str, Any]) -> tuple[str, str]:
    if "kind" in values:
        return PLACE_KINDS[values["kind"]], ", ".join(filter(None, (values["address_line"], values["postcode"])))
    return values["company_number"], values["telephone"]
