"""Plans of people in the demo force, their links, a blocked interpreter, feedback and reasons of needs."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta

from lodestar.casework.cases.models import Person
from lodestar.casework.consent.rules import ENGLISH
from lodestar.casework.contact_promises.actions import make_promise
from lodestar.casework.needs.actions import find_reasons
from lodestar.casework.needs.models import Need
from lodestar.casework.person_plans import actions
from lodestar.casework.person_plans.access import link_with
from lodestar.casework.person_plans.queries import own_language
from lodestar.casework.person_plans.rules import ANSWERS, quarter_of
from lodestar.casework.safe_addresses.actions import agree_contact
from lodestar.casework.support.queries.lists import people_supported
from lodestar.casework.support.rules.stages import DECLINED, PENDING
from lodestar.platform.accounts.access import Member
from lodestar.platform.registry.demo_parts import YEARS, DemoPart, register_demo_part
from lodestar.platform.time.days import add_months, end_of_day, london_date

PLANS, ASKED, NEEDS, CODE = 4, 24, 60, "harbour 52"
MET_BEFORE, NAME = timedelta(days=60), "Bronagh"
SAID = {0: "Wants to hear before a date is moved", 3: "Likes that it is always the same person who rings"}
RULE = {"channel": "text", "to_use": "07700 900461", "words": "", "words_not": "", "times": "After six", "who_may_answer": "",
        "voicemail": None, "agreed_by": ""}  # fmt: skip


def person_plans(members: Mapping[str, Member], now: datetime) -> None:
    """Plans with promises, their links, feedback of the quarter before this, and reasons that records say."""
    advisor, coordinator, today = members["advisor"], members["coordinator"], london_date(now)
    rows = (
        people_supported(advisor)
        .exclude(stage__in=[PENDING, DECLINED])
        .filter(person__case__sealed=False, person__case__encountered_at__lt=now - MET_BEFORE)
    )
    people = [row.person for row in rows.select_related("person__case").order_by("-person_id")]
    with_plan = [person for person in people if own_language(person) != ENGLISH][:PLANS]  # who need an interpreter
    due = end_of_day(today + timedelta(days=5))
    for number, person in enumerate(with_plan):
        agreed = {"role": "adviser", "shown_name": (NAME, "")[number % 2], "shown_in": own_language(person)}
        days = {"agreed_on": today - timedelta(days=6), "confirmed_on": today - timedelta(days=6)}
        agree_contact(by=advisor, at=now - timedelta(days=6), person=person, rule=RULE | days | {"language": person.language})
        make_promise(
            by=advisor, at=now - timedelta(days=5), people=[person], kind=("update", "decision")[number % 2], by_when=due
        )
        actions.agree_plan(by=advisor, at=now - timedelta(days=5), person=person, **agreed)
        actions.paper_made(by=advisor, at=now - timedelta(days=5), person=person, what="plan")
        if number < 2:  # the first was opened, the other nobody opened in its 72 hours
            at = now - timedelta(days=4)
            link = link_with(actions.make_link(by=advisor, at=at, person=person, channel="text", code=CODE))
            if link and not number:
                actions.open_link(by=None, at=at + timedelta(hours=2), link=link, typed=CODE)
    if with_plan:
        why = {"reason": "Came with their employer’s cousin once before.", "community": "Book from outside the region"}
        actions.block_interpreter(by=advisor, at=now, person=with_plan[0], is_blocked=True, job_number="LW-I-208", **why)
    month, asked = add_months(quarter_of(today.replace(day=1)), -2), 0
    for person in people:
        with suppress(actions.NotNow):
            stated = {
                "knows": tuple(ANSWERS)[asked % 3 // 2],
                "informed": tuple(ANSWERS)[asked % 3],
                "paraphrase": SAID.get(asked, ""),
            }
            at = end_of_day(month + timedelta(days=11)) - timedelta(hours=9)
            actions.record_feedback(by=coordinator, at=at, person=person, they_came="yes", **stated)
            asked += 1
        if asked == ASKED:
            break
    waiting = Need.objects.filter(state="unmet", unmet_reason="").values("person")
    for person in Person.objects.select_related("case").filter(id__in=waiting, case__sealed=False).order_by("-id")[:NEEDS]:
        find_reasons(by=advisor, at=now, person=person)


register_demo_part(DemoPart("person_plans", person_plans, needs=(YEARS, "needs")))
