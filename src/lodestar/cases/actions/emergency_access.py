"""Emergency access: an unsealed case is opened for some hours to somebody with no part in it, with a reason, and reviewed."""

from datetime import datetime

from lodestar.accounts.access import Member
from lodestar.cases.actions.alerts import emergency_alert
from lodestar.cases.models import Case, CaseMember
from lodestar.cases.queries.settings import emergency_lasts
from lodestar.record import actions as record


def use_emergency_access(*, by: Member, at: datetime, case: Case, reason: str) -> None:
    """Opens an unsealed case to someone with no part in it, for the hours that the force sets. Data protection and whoever
    has the case are told by the event itself, professional standards by an alert."""
    until = at + emergency_lasts(at)
    CaseMember.objects.update_or_create(
        case=case, user_id=by.user, how="emergency", defaults={"from_at": at, "to_at": until}
    )
    emergency_alert(by=by, at=at, case=case.id)
    record.append("cases.emergency_access", by=by, at=at, case=case.id, reason=reason[:400])


def try_emergency_access(*, by: Member, at: datetime, reference: str, case: Case | None, reason: str) -> bool:
    """Uses emergency access on what was found under a reference, and says whether there was anything to open.

    A try that found nothing is written down too, with what was typed: it says nothing of what is there.
    """
    if case is None:
        record.append("cases.emergency_refused", by=by, at=at, subject=reference[:60], reason=reason[:400])
        return False
    use_emergency_access(by=by, at=at, case=case, reason=reason)
    return True
