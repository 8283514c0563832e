"""Support in the demo force: who supports whom, what is recorded of it, and offers made again."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from random import Random

from lodestar.casework.case_files.actions.case import give_case
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.support.actions import give_support, offer_again, record_support
from lodestar.casework.support.models import BEGAN, ENDED, NOT_REACHED, REACHED, SupportStage
from lodestar.casework.support.queries.lists import people_supported
from lodestar.casework.support.rules.stages import BEFORE, DECLINED, NEGATIVE, NOT_ACCEPTED, POSITIVE
from lodestar.casework.support.rules.stages import ENDED as ENDED_STAGES
from lodestar.demo.concerns import SEED, listed
from lodestar.demo.work import Sitting
from lodestar.platform.accounts.access import Member
from lodestar.platform.registry.demo_parts import YEARS, DemoPart, DemoWork, register_demo_part

PEOPLE, OF_NAVIGATOR = 16, 3  # how many the liaison officer supports, and every which of them the navigator does
SERVICE = "Harbour outreach, a support service"
GOES_ON = {POSITIVE: 75, NEGATIVE: 20, NOT_ACCEPTED: 14}  # days of support after a last decision
DECLINED_REACHED = 95  # days for which who declined is offered help again
MISSED, QUIET = 0.25, 0.1  # how often somebody is not reached, and how many have not been reached lately
WORDS = ("", "", "Well; asks about college", "Wishes to see a doctor with a woman interpreter", "Moved rooms; sleeps better")


def offer_support(sitting: Sitting, row: Obligation) -> None:
    """Offer support again after a refusal."""
    person, _ = sitting.person_of(row)
    if not sitting.once("offer", person.id):
        return
    outcome = sitting.random.choices(["no", "time", "yes", "not_reached"], [60, 15, 10, 15])[0]
    said = "" if outcome == "not_reached" else sitting.random.choice(listed("words")["offers"])
    facts = {"how": sitting.random.choice(["met", "agreed_call"]), "as_agreed": True, "known_officer": True, "outcome": outcome}
    offer_again(by=sitting.by(row), at=sitting.now, person=person, facts={**facts, "said": said})


def give_people_to_support(members: Mapping[str, Member], now: datetime) -> None:
    """Records the support of everybody whose case goes on, and gives the latest of them to who supports them."""
    advisor, coordinator = members["advisor"], members["coordinator"]
    rows = people_supported(advisor).exclude(stage__in=[BEFORE, *ENDED_STAGES]).filter(person__case__sealed=False)
    for number, row in enumerate(rows.select_related("person__case").order_by("-person_id")):
        person = row.person
        if number < PEOPLE:
            give_case(by=coordinator, at=now, case=person.case, to=members["liaison"].user, notice="")
            if number % OF_NAVIGATOR == 0:
                give_support(by=advisor, at=now, person=person, to=members["navigator"].user)
        with ledger.acting_on(person.case_id, by=advisor.user, at=now, code="support.recorded"):
            for at, kind, words in _course(row, now):
                who = SERVICE if kind == BEGAN else ""
                record_support(by=advisor, at=at, person=person, kind=kind, who=who, words=words, they_came=True)


def _course(row: SupportStage, now: datetime) -> Iterator[tuple[datetime, str, str]]:
    """What is recorded of somebody's support, in order of time."""
    met = row.person.case.encountered_at
    random = Random(f"{SEED} support {row.person.case.reference} {row.person.number}")
    last = datetime.combine(row.since, time(9), now.tzinfo) if row.since else met
    until = last + timedelta(days=GOES_ON[row.stage]) if row.stage in GOES_ON else now
    until = met + timedelta(days=DECLINED_REACHED) if row.stage == DECLINED else until
    until -= timedelta(days=40) if until >= now and random.random() < QUIET else timedelta()
    at = met + timedelta(days=1)
    if at < now and row.stage != DECLINED:
        yield at, BEGAN, ""
    at += timedelta(days=random.randint(4, 9))
    while at < min(until, now):
        is_missed = random.random() < MISSED
        yield at, NOT_REACHED if is_missed else REACHED, "" if is_missed else random.choice(WORDS)
        at += timedelta(days=random.randint(4, 9) if is_missed else random.randint(24, 40), minutes=random.randint(0, 300))
    if row.stage in GOES_ON and until < now:
        yield until, ENDED, "Moved on with the plan that was agreed"


register_demo_part(
    DemoPart("support", give_people_to_support, needs=(YEARS,), work=DemoWork(closes={"offer_again_later": offer_support}))
)
