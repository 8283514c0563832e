"""The rota and the leave of the demo force."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from lodestar.demo.work import Office
from lodestar.platform.accounts.actions import set_duty
from lodestar.platform.accounts.models import Unit
from lodestar.platform.registry.demo_parts import Act, DemoPart, DemoWork, register_demo_part
from lodestar.platform.staff.actions.requests import enter_leave
from lodestar.platform.time.days import london_date

POSTS = (("supervisor", "Marlsea response", "supervisor"), ("supervisor2", "Eldham response", "supervisor"),
         ("coordinator", "Modern slavery team", "coordinator"), ("inspector", "Modern slavery team", "inspector"))  # fmt: skip
ROTA = timedelta(days=28)


def _rota(office: Office) -> None:
    by, at = office.members["inspector"], office.clock.now()
    for username, unit, post in POSTS:
        row = Unit.objects.get(name=unit)
        set_duty(by=by, at=at, unit=row, user=office.members[username].user, post=post, from_at=at, to_at=at + ROTA)


def _leave(office: Office) -> None:
    by, at = office.members["inspector"], office.clock.now()
    for name, days in (("trainee", 20), ("liaison", 33)):
        first = london_date(at) + timedelta(days=days)
        enter_leave(by=by, at=at, user=office.members[name].user, first_day=first, last_day=first + timedelta(days=8))


def _acts(begins: datetime, now: datetime) -> Iterator[tuple[datetime, Act]]:
    at = begins
    while at < now:
        yield at, _rota
        at += ROTA
    yield now - timedelta(days=5, minutes=35), _leave


register_demo_part(DemoPart("staff", work=DemoWork(acts=_acts)))
