"""Reads of places and organisations: one with the right to see it, by exact key, by words; whether a value is protected."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.http import Http404

from lodestar.directory.entities.models import Entity, Organisation, Place
from lodestar.directory.entities.rules import compared_keys, organisation_keys, place_keys, protected_keys
from lodestar.platform.accounts.access import Member, one_or_404
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.tenancy.sealing import marks

VALUES: dict[type[Entity], tuple[str, ...]] = {
    Place: ("name", "kind", "address_line", "postcode", "uprn", "latitude", "longitude"),
    Organisation: ("name", "company_number", "telephone", "website"),
}
_SEARCHED: dict[type[Entity], tuple[str, ...]] = {
    Place: ("name", "address_line", "postcode"),
    Organisation: ("name", "company_number"),
}
_protected: dict[str, Callable[[Sequence[int]], bool]] = {}


def register_protected(name: str, holds: Callable[[Sequence[int]], bool]) -> None:
    """Adds a register of protected values: `holds` says whether one of these keyed hashes is among them, and never whose."""
    _protected[name] = holds


def protected_hashes(text: str) -> list[int]:
    """The keyed hashes under which a register keeps a protected text, made with the newest field key."""
    return sorted(marks(key, settings.FIELD_KEYS)[0] for key in protected_keys(text))


def is_protected(values: dict[str, Any]) -> bool:
    """Whether these values of a place or organisation say a safe address, a safe contact or a refuge, in whatever spelling."""
    name, line, code = (str(values.get(field, "")) for field in ("name", "address_line", "postcode"))
    texts = {f"{line}, {code}", f"{name}, {code}", f"{name}, {line}, {code}", str(values.get("telephone", ""))}
    hashes = _hashes(compared_keys(texts))
    return any(holds(hashes) for holds in _protected.values())


def _hashes(keys: Iterable[str]) -> list[int]:
    """The keyed hashes by every field key: what was kept under an earlier one is found as well."""
    return [hashed for key in keys for hashed in marks(key, settings.FIELD_KEYS)]


def _keys(model: type[Entity], values: dict[str, Any]) -> frozenset[str]:
    return place_keys(values) if model is Place else organisation_keys(values)


def stored_keys(model: type[Entity], values: dict[str, Any]) -> list[int]:
    """The keyed hashes that a row of these values is found again by."""
    return sorted(marks(key, settings.FIELD_KEYS)[0] for key in _keys(model, values))


def same_as(model: type[Entity], values: dict[str, Any]) -> list[Entity]:
    """What is recorded already under one of the keys of these values, at most five."""
    hashes = _hashes(_keys(model, values))
    return list(model._default_manager.filter(keys__overlap=hashes).order_by("name", "id")[:5]) if hashes else []


def listed(model: type[Entity], words: str, most: int) -> list[Entity]:
    """Places or organisations by name, of which every word is in the name, the address or the number."""
    rows = model._default_manager.order_by("name", "id")
    for word in words.split()[:8]:
        found = Q()
        for field in _SEARCHED[model]:
            found |= Q(**{f"{field}__icontains": word})
        rows = rows.filter(found)
    return list(rows[:most])


KINDS: dict[str, type[Entity]] = {"places": Place, "organisations": Organisation}


def model_of(kind: str) -> type[Entity]:
    """The table of a kind, as an address names it. Http404 for any other."""
    if kind not in KINDS:
        raise Http404
    return KINDS[kind]


def entity_for(member: Member, kind: str, entity: UUID) -> Entity:
    """A place or an organisation of the force. Http404 where there is none, or the member may not record them."""
    model = model_of(kind)
    if not member.may(Permission.ENTITY_RECORD):
        raise Http404
    return one_or_404(model._default_manager.select_related("recorded_by").filter(id=entity))
