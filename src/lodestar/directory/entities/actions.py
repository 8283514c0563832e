"""Recording and changing a place or an organisation. A safe address, a safe contact or a refuge is refused."""

from datetime import datetime
from typing import Any

from lodestar.directory.entities.models import Entity
from lodestar.directory.entities.queries import VALUES, is_protected, stored_keys
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit


class ProtectedValue(ValueError):
    """The values say a safe address, a safe contact or a refuge. Nothing was written but that it was refused."""


def record_entity(*, by: Member, at: datetime, model: type[Entity], values: dict[str, Any]) -> Entity:
    """Records a place or an organisation. Raises ProtectedValue."""
    _refuse_protected(by, at, model, values)
    row = model._default_manager.create(keys=stored_keys(model, values), recorded_at=at, recorded_by_id=by.user, **values)
    filled = [name for name in values if values[name] not in ("", None)]
    audit("entities.recorded", by=by, at=at, subject=str(row.id), fields=filled)
    return row


def change_entity(*, by: Member, at: datetime, entity: Entity, values: dict[str, Any], seen: int) -> None:
    """Changes what is recorded of it. `seen` is the version that the writer looked at; the same values change nothing.

    Raises ConcurrentEdit where another was written since, and ProtectedValue.
    """
    model = type(entity)
    row = model._default_manager.select_for_update().get(id=entity.id)
    changed = [name for name in VALUES[model] if getattr(row, name) != values[name]]
    if seen != row.version:
        raise ConcurrentEdit(row)
    if not changed:
        return
    _refuse_protected(by, at, model, values)
    model._default_manager.filter(id=row.id).update(keys=stored_keys(model, values), version=row.version + 1, **values)
    audit("entities.changed", by=by, at=at, subject=str(row.id), fields=changed)


def _refuse_protected(by: Member, at: datetime, model: type[Entity], values: dict[str, Any]) -> None:
    if is_protected(values):
        audit("entities.refused", by=by, at=at, subject=model._meta.model_name or "")
        raise ProtectedValue
