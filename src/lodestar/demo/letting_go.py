"""What the demo force keeps and lets go, all invented: who is to be looked at, a hold, a request, a breach, a wish that waits
for its second person, and a use outside the purpose."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from lodestar.accounts.access import Member
from lodestar.cases.actions import record_crossings
from lodestar.cases.models import Person
from lodestar.keeping import actions, queries
from lodestar.keeping.actions import registers
from lodestar.keeping.models import ReviewDue
from lodestar.keeping.queries.requests import Sought
from lodestar.keeping.rules import against
from lodestar.kernel.days import london_date


def stands(members: Mapping[str, Member], now: datetime) -> None:
    """Writes it all down as the pages would."""
    _looked_at(members, now)
    _held(members, now)
    _asked(members, now)
    _breached(members, now)


def _looked_at(members: Mapping[str, Member], now: datetime) -> None:
    """The days of everybody; of those who are due one was kept longer, and of another it is asked that they are let go."""
    last = None
    while some := queries.people_after(last):
        actions.store_due(some)
        last = some[-1].id
    one, other = members["dataprotection"], members["dataprotection2"]
    day = london_date(now - timedelta(days=3))
    due = ReviewDue.objects.filter(due_on__lte=day, person__case__sealed=False)
    rows = list(due.select_related("person__case").order_by("due_on", "id")[:12])
    over = [row for row in rows[1:] if not against(queries.stands(row.person), day, "period_over")]
    if not over:
        return
    kept, asked = rows[0], over[-1]
    actions.keep(
        by=other, at=now - timedelta(days=9), person=kept.person, category=kept.category,
        until=london_date(now) + timedelta(days=400), reason="risk",
        because="Seen again with the same people this summer; the analyst looks at it in a year.",
    )  # fmt: skip
    actions.ask_to_dispose(
        by=one, at=now - timedelta(days=2), person=asked.person, reason="period_over",
        because="No grounds were recorded, nothing came since, and no colleague needs it.",
    )  # fmt: skip


def _held(members: Mapping[str, Member], now: datetime) -> None:
    case = Person.objects.select_related("case").filter(name="Kieran").latest("recorded_at").case
    actions.hold(
        by=members["coordinator"], at=now - timedelta(days=3), case=case, kind="prosecution",
        because="The file of those who ran the line goes to the Crown Prosecution Service.",
    )  # fmt: skip


def _asked(members: Mapping[str, Member], now: datetime) -> None:
    by = members["dataprotection"]
    request = registers.record_request(
        by=by, at=now - timedelta(days=12), kind="copy", came="agent",
        who="Ms Odalys Ferro of Ferro and Lake, for a woman met in the spring. To be met at the law centre, never by post.",
        received_on=london_date(now) - timedelta(days=12),
    )  # fmt: skip
    registers.request_step(by=by, at=now - timedelta(days=7), request=request, kind="identity", words="Seen with her papers.")
    registers.request_step(by=by, at=now - timedelta(days=7), request=request, kind="alone", words="Met alone, our interpreter.")
    victims = Person.objects.filter(case__sealed=False, roles__contains=["possible_victim"]).exclude(name="")
    person = victims.order_by("recorded_at", "id").first()
    if person is not None:
        sought = Sought(names=(person.name,), born=person.birth_date)
        registers.search_request(by=by, at=now - timedelta(days=6), request=request, sought=sought)


def _breached(members: Mapping[str, Member], now: datetime) -> None:
    by, aware = members["dataprotection"], now - timedelta(hours=31)
    breach = registers.record_breach(
        by=by, at=now - timedelta(hours=29), kind="shown", how_many=2, aware_at=aware,
        what="A list of appointments with two names in it went to the wrong charity by e-mail. They say that they deleted it.",
    )  # fmt: skip
    registers.breach_step(
        by=by, at=now - timedelta(hours=26), breach=breach, kind="put_right",
        words="The charity wrote that it is deleted; the address book was put right.",
    )  # fmt: skip
    person = Person.objects.filter(case__sealed=False, roles__contains=["possible_victim"]).order_by("-recorded_at", "id").first()
    if person is not None:
        record_crossings(
            by=members["investigator"], at=now - timedelta(days=4), people=[person], recorded_for=["support"], use="prosecution",
            recipient="Crown Prosecution Service, the reviewing lawyer", power="An order of the Crown Court",
            reason="The court ordered which help was offered and when. They were told first, and their adviser too.",
        )  # fmt: skip
