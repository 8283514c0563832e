"""Alerts to professional standards: raised by the job and by emergency access, settled by a named person."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from lodestar.casework.cases.models import Case, CaseMember
from lodestar.information_governance.access_alerts import queries, rules
from lodestar.information_governance.access_alerts.models import StaffAddress, StandardsAlert
from lodestar.intelligence.identities.queries import hashed
from lodestar.intelligence.identities.rules.blind_index import Mark
from lodestar.intelligence.identities.rules.match_reasons import Described
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.names.reported import to_compare
from lodestar.platform.notices.actions import notify
from lodestar.platform.settings.queries import emergency_lasts, settings_in_force
from lodestar.platform.time.days import london_date

LOOKED_BACK = timedelta(hours=36)  # of looks: the night before, whenever the job runs
MOST_NAMED = 50  # numbers of cases and people kept with an alert


class CannotSettle(ValueError):
    """It was settled before, or is about the one who would settle it."""


def raise_alerts(*, at: datetime) -> int:
    """Reckons from the log of this force what professional standards is to be asked about, and keeps what is new. How many
    alerts there are now of this reckoning."""
    thresholds = settings_in_force().on(london_date(at))
    leaving = int(thresholds["alert_leaving_days"])
    since = at - LOOKED_BACK
    seen = queries.watched(since)
    opened = {person for look in seen.looks if not look.is_list for person in look.people}
    homes = queries.staff_marks()
    leaves = {user: day for user, day in queries.last_days().items() if day >= london_date(at) - timedelta(days=1)}
    given = queries.watched(at - timedelta(days=leaving + 2)).given if leaves else []
    alerts = [
        *rules.many_in_a_night(
            seen.looks, opened=int(thresholds["alert_people_a_night"]), listed=int(thresholds["alert_listed_a_night"])
        ),
        *rules.many_in_a_day(seen.looks, opened=int(thresholds["alert_people_a_day"])),
        *rules.many_refused(queries.asked(queries.LOOK_REFUSED, since), most=int(thresholds["alert_refused_an_hour"])),
        *rules.names_looked_up(seen.looks, staff=queries.staff_names(), people=queries.names_of_people(opened)),
        *rules.own_name_searched(queries.asked(queries.SEARCHED, since, queries.OWN_NAME)),
        *rules.addresses_looked_up(seen.looks, staff=homes, people=queries.marks_of_people(opened) if homes else {}),
        *rules.given_out_before_leaving(given, leaves=leaves, days=leaving),
        *rules.tries_refused(queries.asked(queries.REFUSED, since)),
    ]
    alerts = [alert for alert in alerts if rules.is_whole(alert, since)]
    _keep(alerts, seen.cases, at)
    return len(alerts)


def _keep(alerts: Iterable[rules.Raised], cases: Mapping[str, UUID], at: datetime) -> None:
    """Keeps alerts: of one that is there already the count alone is raised."""
    rows = [
        StandardsAlert(
            kind=alert.kind,
            about_id=UUID(alert.about),
            day=alert.day,
            subject=alert.subject,
            number=alert.number,
            people=sorted(map(UUID, alert.people))[:MOST_NAMED],
            cases=sorted({cases[person] for person in alert.people if person in cases})[:MOST_NAMED],
            raised_at=at,
        )
        for alert in alerts
    ]
    StandardsAlert.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["tenant", "kind", "about", "day", "subject"], update_fields=["number"]
    )


def alerts_shown(*, by: Member, at: datetime, subject: str) -> None:
    """Writes down that alerts about members of staff were looked at: `list`, or the number of one."""
    audit("cases.alert_viewed", by=by, at=at, subject=subject)


class NoAddress(ValueError):
    """Nothing in it could be known again: a postcode with a number, or a street with one."""


def record_staff_address(*, by: Member, at: datetime, user: UUID, address: str) -> None:
    """Keeps by what the address of a member of staff would be known again, in place of what was kept before; without an address
    nothing is kept any more. The address itself is not. Raises NoAddress where it could not be known again."""
    marks = set(hashed(Mark("house", house) for house in Described(addresses=to_compare(address)).houses))
    if address and not marks:
        raise NoAddress
    StaffAddress.objects.filter(user_id=user).delete()
    if marks:
        StaffAddress.objects.create(user_id=user, marks=sorted(marks), recorded_at=timezone.now(), recorded_by_id=by.user)
    audit("cases.staff_address_recorded", by=by, at=at, subject=str(user))


def settle_alert(*, by: Member, at: datetime, alert: UUID, outcome: str, because: str) -> None:
    """Says that an alert is taken up, or of no concern, and why. Raises CannotSettle."""
    row = StandardsAlert.objects.filter(id=alert, settled_at__isnull=True).filter(~Q(about_id=by.user)).first()
    if row is None:
        raise CannotSettle("It is already closed, or about you")
    values = {"outcome": outcome, "because": because, "settled_at": at, "settled_by_id": by.user}
    if not StandardsAlert.objects.filter(id=alert, settled_at__isnull=True).update(**values):
        raise CannotSettle("It is already closed")
    audit("cases.alert_settled", by=by, at=at, subject=str(alert), fields=["outcome"])


def use_emergency_access(*, by: Member, at: datetime, case: Case, reason: str) -> None:
    """Opens an unsealed case to someone with no part in it, for the hours that the force sets. Data protection and whoever
    has the case are told by the event itself, professional standards by an alert in the same transaction."""
    until = at + emergency_lasts(at)
    CaseMember.objects.update_or_create(case=case, user_id=by.user, how="emergency", defaults={"from_at": at, "to_at": until})
    # Another time on the same day to the same case is the same alert.
    alert = {"kind": rules.EMERGENCY, "about_id": by.user, "day": london_date(at), "subject": str(case.id)}
    row = StandardsAlert(**alert, number=1, cases=[case.id], raised_at=timezone.now())
    StandardsAlert.objects.bulk_create([row], ignore_conflicts=True)
    audit("cases.emergency_access", by=by, at=at, case=case.id, reason=reason[:400])
    owners = {user for user in (case.owner_id, case.interim_owner_id) if user}
    notify(to=owners, kind="emergency_access", by=by, at=at, case=case.id)


def try_emergency_access(*, by: Member, at: datetime, reference: str, case: Case | None, reason: str) -> bool:
    """Uses emergency access on what was found under a reference, and says whether there was anything to open.

    A try that found nothing is written down too, with what was typed: it says nothing of what is there.
    """
    if case is None:
        audit("cases.emergency_refused", by=by, at=at, subject=reference[:60], reason=reason[:400])
        return False
    use_emergency_access(by=by, at=at, case=case, reason=reason)
    return True
