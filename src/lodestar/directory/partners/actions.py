"""Recording and changing a partner, its contacts and agreements, and confirming that they are right."""

from datetime import datetime
from typing import Any

from lodestar.directory.partners.models import Agreement, Partner, PartnerContact
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.time.days import london_date


def record_partner(*, by: Member, at: datetime, values: dict[str, Any]) -> Partner:
    """Records a partner of the force's own, or what it adds to a national body."""
    row = Partner.objects.create(recorded_at=at, recorded_by_id=by.user, **values)
    audit("partners.recorded", by=by, at=at, subject=str(row.id), fields=[name for name in values if values[name]])
    return row


def change_partner(*, by: Member, at: datetime, partner: Partner, values: dict[str, Any], seen: int) -> None:
    """Changes a partner. `seen` is the version that the writer looked at. Raises ConcurrentEdit."""
    row = _stored(by, at, partner)
    if seen != row.version:
        raise ConcurrentEdit(row)
    if changed := [name for name in values if getattr(row, name) != values[name]]:
        Partner.objects.filter(id=row.id).update(version=row.version + 1, **values)
        audit("partners.changed", by=by, at=at, subject=str(row.id), fields=changed)


def confirm_partner(*, by: Member, at: datetime, partner: Partner) -> None:
    """Records that its contacts, powers and agreements were checked today and are right."""
    row = _stored(by, at, partner)
    Partner.objects.filter(id=row.id).update(confirmed_on=london_date(at), confirmed_by=by.user)
    audit("partners.confirmed", by=by, at=at, subject=str(row.id))


def record_part(*, by: Member, at: datetime, partner: Partner, part: PartnerContact | Agreement, values: dict[str, Any]) -> None:
    """Records a contact of the partner or an agreement with it, new or changed."""
    code = "partners.part_recorded" if part._state.adding else "partners.part_changed"
    changed = [name for name in values if getattr(part, name) != values[name]]
    for name, value in {**values, "partner": _stored(by, at, partner), "recorded_at": at, "recorded_by_id": by.user}.items():
        setattr(part, name, value)
    part.save()
    audit(code, by=by, at=at, subject=str(part.id), fields=changed)


def remove_part(*, by: Member, at: datetime, part: PartnerContact | Agreement) -> None:
    """Removes a contact, or an agreement that was recorded by mistake."""
    audit("partners.part_removed", by=by, at=at, subject=str(part.id))
    part.delete()


def _stored(by: Member, at: datetime, partner: Partner) -> Partner:
    """The row, held until the end; of a national body of which nothing is written yet a new one."""
    if partner._state.adding:
        return record_partner(by=by, at=at, values={"body": partner.body})
    return Partner.objects.select_for_update().get(id=partner.id)
