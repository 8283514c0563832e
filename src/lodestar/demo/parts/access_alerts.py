"""Emergency access in the demo force, and what came of the alerts."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from lodestar.casework.cases.models import Case
from lodestar.demo.work import Office
from lodestar.information_governance.access_alerts.actions import settle_alert, use_emergency_access
from lodestar.information_governance.access_alerts.models import StandardsAlert
from lodestar.platform.registry.demo_parts import Act, DemoPart, DemoWork, register_demo_part


def _emergency(username: str, reason: str, office: Office) -> None:
    by, at = office.members[username], office.clock.now()
    case = Case.objects.filter(sealed=False).exclude(unit=by.unit).order_by("-recorded_at").first()
    if case is None:
        return  # a demo of a few cases
    use_emergency_access(by=by, at=at, case=case, reason=reason)
    alert = StandardsAlert.objects.get(subject=str(case.id), about=by.user)
    at = office.clock.pass_by(2400)
    because = "Rung at once, and the sergeant confirms it."
    settle_alert(by=office.members["standards"], at=at, alert=alert.id, outcome="no_concern", because=because)


def _acts(begins: datetime, now: datetime) -> Iterator[tuple[datetime, Act]]:
    in_cells, at_desk = "She is in my cells and says that she was here before.", "A man asks for her at the desk."
    yield now - timedelta(days=330, minutes=2310), partial(_emergency, "custody", in_cells)
    yield now - timedelta(days=128, minutes=896), partial(_emergency, "officer2", at_desk)


register_demo_part(DemoPart("access_alerts", work=DemoWork(acts=_acts)))
