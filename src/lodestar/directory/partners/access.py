"""Which partners somebody may see: everyone signed in at the force may. Editing asks `PARTNERS_EDIT` at the door."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from lodestar.directory.partners.models import Agreement, Partner, PartnerContact
from lodestar.directory.partners.rules import Body, bodies_on, is_stale
from lodestar.platform.accounts.access import Member, one_or_404
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.settings.queries import settings_in_force
from lodestar.platform.text.ids import id_in

STALE_AFTER = "partner_stale_days"


@dataclass(frozen=True)
class PartnerLine:
    """One partner as pages show it: what it is, what the force wrote of it, and whether it is over or due for a check."""

    body: Body
    row: Partner
    is_over: bool
    is_stale: bool


def partners_seen(member: Member, today: date) -> list[PartnerLine]:
    """Every partner by name, those that are over last: the national bodies by that day, and the force's own."""
    if not member.may(Permission.SIGNED_IN):
        return []
    days = int(settings_in_force().on(today)[STALE_AFTER])
    rows = list(Partner.objects.select_related("confirmed_by"))
    of_bodies = {row.body: row for row in rows if row.body}
    pairs = [(body, of_bodies.get(code) or Partner(body=code)) for code, body in bodies_on(today).items()]
    pairs += [(Body(str(row.id), row.name, row.kind, "", "", row.closed_on, row.successor), row) for row in rows if not row.body]
    lines = [
        PartnerLine(body, row, body.is_over(today), not body.is_over(today) and is_stale(row.confirmed_on, today, days))
        for body, row in pairs
    ]
    return sorted(lines, key=lambda line: (line.is_over, line.body.name.casefold()))


def partner_for(member: Member, key: str, today: date) -> tuple[PartnerLine, dict[str, str]]:
    """A partner by the code of a national body or the id of the force's own; and the names of all by key. The row of a body of
    which the force has written nothing yet is not stored. Http404 for anything else."""
    lines = partners_seen(member, today)
    found = next((line for line in lines if line.body.key == key), None)
    if found is None:
        raise Http404
    return found, {line.body.key: line.body.name for line in lines}


def part_for(model: type[PartnerContact] | type[Agreement], partner: Partner, part: str) -> PartnerContact | Agreement | None:
    """A contact of, or an agreement with, this partner; None where none is named. Http404 where it is not this partner's."""
    if not part:
        return None
    rows: QuerySet[Any] = model._default_manager.filter(partner=partner.id)
    return one_or_404(rows.filter(id=id_in(part)))


def contacts_of(partner: Partner) -> list[PartnerContact]:
    """Whom to ring there, by what they do."""
    return list(PartnerContact.objects.filter(partner=partner.id).order_by("role", "id"))


def agreements_of(partner: Partner) -> list[Agreement]:
    """What was agreed with it, the latest first."""
    return list(Agreement.objects.filter(partner=partner.id).order_by("-from_date", "id"))
