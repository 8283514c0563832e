"""What the demo force keeps and lets go."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from lodestar.casework.cases.models import Person
from lodestar.casework.disclosures.actions import record_purpose_changes
from lodestar.demo.concerns import listed
from lodestar.information_governance.retention import actions as keeping
from lodestar.information_governance.retention import queries
from lodestar.information_governance.retention.actions import registers
from lodestar.information_governance.retention.models import ReviewDue
from lodestar.information_governance.retention.queries.requests import Sought
from lodestar.information_governance.retention.rules import against
from lodestar.platform.accounts.access import Member
from lodestar.platform.registry.demo_parts import YEARS, DemoPart, register_demo_part
from lodestar.platform.time.days import london_date


def add_retention_examples(members: Mapping[str, Member], now: datetime) -> None:
    """Writes it all down as the pages would."""
    data, by = listed("showcase")["retention"], members["dataprotection"]
    _looked_at(members, now, data)
    case = Person.objects.select_related("case").filter(name="Kieran").latest("recorded_at").case
    keeping.hold(by=members["coordinator"], at=now - timedelta(days=3), case=case, **data["hold"])
    victims = Person.objects.filter(case__sealed=False, roles__contains=["possible_victim"]).order_by("recorded_at", "id")
    at = now - timedelta(days=12)
    request = registers.record_request(by=by, at=at, received_on=london_date(at), **data["request"])
    for kind, words in data["request_steps"]:
        registers.request_step(by=by, at=now - timedelta(days=7), request=request, kind=kind, words=words)
    for person in victims.exclude(name="")[:1]:
        sought = Sought(names=(person.name,), born=person.birth_date)
        registers.search_request(by=by, at=now - timedelta(days=6), request=request, sought=sought)
    aware, at = now - timedelta(hours=31), now - timedelta(hours=29)
    breach = registers.record_breach(by=by, at=at, aware_at=aware, **data["breach"])
    at = now - timedelta(hours=26)
    registers.breach_step(by=by, at=at, breach=breach, kind="put_right", words=data["put_right"])
    at = now - timedelta(days=4)
    for person in victims.order_by("-recorded_at", "id")[:1]:
        record_purpose_changes(by=members["investigator"], at=at, people=[person], **data["purpose"])


def _looked_at(members: Mapping[str, Member], now: datetime, data: Mapping[str, Any]) -> None:
    """The days of everybody; of those who are due one was kept longer, and of another it is asked that they are let go."""
    last = None
    while some := queries.people_after(last):
        keeping.store_due(some)
        last = some[-1].id
    first_officer, other = members["dataprotection"], members["dataprotection2"]
    day = london_date(now - timedelta(days=3))
    due = ReviewDue.objects.filter(due_on__lte=day, person__case__sealed=False)
    rows = list(due.select_related("person__case").order_by("due_on", "id")[:12])
    over = [row for row in rows[1:] if not against(queries.erasure_facts(row.person), day, "period_over")]
    if not over:
        return
    extended, asked, until = rows[0], over[-1], london_date(now) + timedelta(days=400)
    keeping.keep(
        by=other, at=now - timedelta(days=9), person=extended.person, category=extended.category, until=until, **data["keep"]
    )
    keeping.ask_to_dispose(by=first_officer, at=now - timedelta(days=2), person=asked.person, **data["dispose"])


register_demo_part(DemoPart("retention", add_retention_examples, needs=(YEARS, "case_files", "suspects")))
