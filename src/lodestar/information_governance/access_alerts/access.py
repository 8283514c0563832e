"""Alerts to professional standards, and the case that emergency access may open."""

from uuid import UUID

from lodestar.casework.cases.access import or_404
from lodestar.casework.cases.models import Case
from lodestar.information_governance.access_alerts.models import StandardsAlert
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission


def unsealed_case(reference: str) -> Case | None:
    """The case that emergency access may open; None for one that is sealed or is not there, which is the same."""
    return Case.objects.filter(reference=reference, sealed=False).first()


def standards_alert_for(member: Member, alert: UUID) -> StandardsAlert:
    """An alert to professional standards that is not about the member; Http404 otherwise."""
    rows = StandardsAlert.objects.select_related("about", "settled_by").exclude(about_id=member.user)
    return or_404(rows.filter(id=alert).first() if member.may(Permission.ALERT_SETTLE) else None)
