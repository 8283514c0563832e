"""Makes the demo force whole: people, concerns, answers, the ledger, the log."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from lodestar.accounts.access import Member
from lodestar.cases import ledger
from lodestar.cases.actions.marks import mark_everybody
from lodestar.cases.actions.settings import propose_setting
from lodestar.cases.models import Case, Person
from lodestar.demo import answers
from lodestar.demo.histories import MONTHS, invent
from lodestar.demo.people import Colleague, make_colleagues
from lodestar.demo.people import add_missing as add_colleagues
from lodestar.demo.showcase import (
    earlier_records,
    kieran_and_jaz,
    the_night_handed_on,
    the_packing_shed,
    what_is_kept,
)
from lodestar.guidance.actions import stock as stock_the_library
from lodestar.kernel.days import london_date
from lodestar.kernel.ids import new_id
from lodestar.record.models import Event, Operation
from lodestar.tenancy.models import Tenant
from lodestar.tenancy.within import within

SLUG = "fenmarch"
CONCERNS = 300
AT_ONCE = 100


def is_there() -> bool:
    """Whether any tenant is: the demo force is made in an empty database only."""
    return Tenant.objects.exists()


def add_missing(password: str) -> list[Colleague]:
    """Makes the colleagues whom a demo force of an older release has not. Of a force that is no demo nothing is touched."""
    if not Tenant.objects.filter(slug=SLUG, made_by_demo=True).exists():
        return []
    with within(SLUG):
        return add_colleagues(password)


def make(password: str, now: datetime) -> dict[str, Member]:
    """Makes the demo force of 300 concerns. The caller is the database's owner, who may date what it writes."""
    Tenant.objects.create(slug=SLUG, name="Fenmarch Police", reference_prefix="FM", made_by_demo=True)
    _months_of_the_log(now)
    with within(SLUG):
        members = make_colleagues(password, now)
        stock_the_library(by=members["editor"], at=now)
        rows = invent(members, CONCERNS, now)
        rows.store()
        cases = list(Case.objects.order_by("encountered_at", "id"))
        for some in _in_batches(cases):
            answers.answer(rows, some, members, now)
            answers.came(some, members, now)
            answers.answer(rows, some, members, now, only=answers.FOLLOWED)
            answers.stand(some, members["coordinator"].user, now)
            ledger.reckon([case.id for case in some], ledger.Cause(by=some[0].opened_by_id, at=now, code="cases.opened"))
            answers.name_who_closed(some)
        _date_the_ledger()
        _write_the_log(cases)
        mark_everybody()
        the_packing_shed(members, now)
        kieran_and_jaz(members, now)
        the_night_handed_on(members, now)
        _a_change_waits(members, now)
        earlier_records(members, now)
        what_is_kept(members, now)
    return members


def _a_change_waits(members: dict[str, Member], now: datetime) -> None:
    """One policy owner has proposed a change of a setting; the other has yet to decide."""
    propose_setting(
        by=members["policy"],
        at=now,
        key="tasking_decision_victims",
        value="2",
        from_date=london_date(now) + timedelta(days=30),
        reason="In the car washes two in one place were enough for a tasking decision each time.",
    )


def _in_batches(cases: Sequence[Case]) -> Iterator[Sequence[Case]]:
    for start in range(0, len(cases), AT_ONCE):
        yield cases[start : start + AT_ONCE]


def _months_of_the_log(now: datetime) -> None:
    with connection.cursor() as cursor:
        for month in range(MONTHS + 1):
            cursor.execute("select record_make_month(%s)", [(now - timedelta(days=30 * month)).date()])


def _date_the_ledger() -> None:
    """The ledger was reckoned in one go; its rows are dated as if each had been reckoned when it happened."""
    with connection.cursor() as cursor:
        cursor.execute("analyze cases_case, cases_obligation, cases_obligationevent")  # else planned as if they were empty
        cursor.execute(
            "update cases_obligationevent e set happened_at = c.encountered_at, recorded_at = c.recorded_at"
            " from cases_obligation o join cases_case c on (c.tenant, c.id) = (o.tenant, o.case_id)"
            " where (o.tenant, o.id) = (e.tenant, e.obligation_id) and e.kind = 'opened'"
        )
        cursor.execute(
            "update cases_obligationevent e set recorded_at = e.happened_at + interval '10 minutes'"
            " where e.kind = 'closed'"
        )
        cursor.execute(
            "update cases_obligation o set opened_at = c.recorded_at,"
            " closed_at = case when o.state = 'open' then null else coalesce((select max(e.recorded_at)"
            " from cases_obligationevent e where (e.tenant, e.obligation_id) = (o.tenant, o.id) and e.kind = 'closed'),"
            " o.closed_at) end from cases_case c where (c.tenant, c.id) = (o.tenant, o.case_id)"
        )


def _write_the_log(cases: Sequence[Case]) -> None:
    people: dict[UUID, list[UUID]] = {}
    for case_id, person in Person.objects.values_list("case_id", "id"):
        people.setdefault(case_id, []).append(person)
    events = []
    for case in cases:
        for code, operation in (("cases.opened", Operation.COLLECTION), ("cases.person_recorded", Operation.COLLECTION),
                                ("cases.viewed", Operation.CONSULTATION)):  # fmt: skip
            events.append(
                Event(
                    id=new_id(), recorded_at=case.recorded_at, happened_at=case.encountered_at, operation=operation,
                    code=code, by=case.opened_by_id, role="frontline", case=case.id,
                    people=people.get(case.id, []) if code == "cases.person_recorded" else [],
                )
            )  # fmt: skip
    Event.objects.bulk_create(events, batch_size=1000)
