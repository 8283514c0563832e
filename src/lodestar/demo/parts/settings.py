"""Changes of settings in the demo force: one agreed, one that waits."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from lodestar.demo.work import Office
from lodestar.platform.registry.demo_parts import Act, DemoPart, DemoWork, Members, register_demo_part
from lodestar.platform.settings.actions import decide_setting, propose_setting
from lodestar.platform.time.days import london_date


def _setting(office: Office) -> None:
    day = london_date(office.clock.now())
    change = propose_setting(
        by=office.members["policy"], at=office.clock.now(), key="keep_draft_days", value="60", from_date=day + timedelta(days=7),
        reason="Drafts of a quarter ago are finished by nobody.",
    )  # fmt: skip
    at = office.clock.pass_by(60)
    because = "Agreed with the coordinator."
    decide_setting(by=office.members["policy2"], at=at, row=change, approved=True, because=because)


def _a_change_waits(members: Members, now: datetime) -> None:
    """One policy owner has proposed a change of a setting; the other has yet to decide."""
    propose_setting(
        by=members["policy"], at=now, key="tasking_decision_victims", value="2",
        from_date=london_date(now) + timedelta(days=30),
        reason="In the car washes two in one place were enough for a tasking decision each time.",
    )  # fmt: skip


def _acts(begins: datetime, now: datetime) -> Iterator[tuple[datetime, Act]]:
    yield now - timedelta(days=410, minutes=2870), _setting


register_demo_part(DemoPart("settings", _a_change_waits, before_sign_in=True, work=DemoWork(acts=_acts)))
