"""Alerts in sentences: who, how many, on which day; cases by their references, people by their numbers, nobody met by name."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from lodestar.information_governance.access_alerts.models import StandardsAlert
from lodestar.information_governance.access_alerts.queries import alerts_for
from lodestar.information_governance.access_alerts.rules import OWN_NAME, REFUSED, SEARCH
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.design.when import day, on
from lodestar.platform.notices.due_items import DueItem, Kind

SEALED = "a sealed case"
FIRST = 20  # open alerts that a first page reads


def _describe_alert(alert: StandardsAlert) -> str:
    on_day = day(alert.day)
    if alert.kind == "night":
        lists, pages = "was shown {} people in lists and on pages of cases", "opened the pages of {} people or cases"
        what = lists if alert.subject == "lists" else pages
        return f"{what.format(alert.number)} in the night that began on {on_day}."
    times = "once" if alert.number == 1 else f"{alert.number} times"
    if alert.kind == "leaving":
        return f"exported or disclosed records {times} in the last days before leaving on {on_day}."
    if alert.kind == "emergency" and alert.subject == REFUSED:
        return f"tried emergency access {times} on {on_day} and was shown nothing."
    if alert.kind == OWN_NAME and alert.subject == SEARCH:
        return f"searched {times} for their own name on {on_day}."
    return {
        "day": f"opened the pages of {alert.number} people or cases on {on_day}, between 6 am and 10 pm.",
        "refused": f"asked in one hour on {on_day} for {alert.number} cases, people or files not there or not theirs to see.",
        "own_name": f"opened a page showing someone with their own family name on {on_day}.",
        "address": f"opened or recorded someone at their own address on {on_day}.",
        "colleague": f"opened a page showing someone with a colleague’s full name on {on_day}.",
        "emergency": f"used emergency access on {on_day}.",
    }[alert.kind]


def lines(alerts: Sequence[StandardsAlert], references: Mapping[UUID, str]) -> list[tuple[StandardsAlert, str, list[str]]]:
    """Alerts, each in a sentence and with its cases. `references` are of unsealed cases: a sealed one is said to be there, and no
    more."""
    cases = [list(dict.fromkeys(references.get(case, SEALED) for case in alert.cases)) for alert in alerts]
    return [(alert, _describe_alert(alert), of) for alert, of in zip(alerts, cases, strict=True)]


def _open_alerts(member: Member, until: datetime) -> Iterator[DueItem]:
    """Alerts that nobody has settled, the longest waiting first; no rule sets a time for them."""
    for alert in alerts_for(member.user, settled=False).order_by("raised_at", "id")[:FIRST]:
        what = f"Alert: {alert.get_kind_display()}, {day(on(alert.raised_at))}"
        yield DueItem("access_alert", what, f"/standards/{alert.id}")


OPEN_ALERTS = Kind("access_alert", "Alerts", "/standards", Permission.ALERT_SETTLE, _open_alerts)
