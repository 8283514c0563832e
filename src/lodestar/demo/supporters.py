"""Support in the demo force: who supports whom and what is recorded of it over the two years, needs and the first days, referrals
to services and where somebody slept first, from the demo's own lists."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from random import Random

from lodestar.casework.case_files.actions.case import give_case
from lodestar.casework.cases.models import Person
from lodestar.casework.ledger import ledger
from lodestar.casework.needs.actions import arrange_first_days, move_need, record_assessment
from lodestar.casework.needs.queries import needs_now, questions_on
from lodestar.casework.service_referrals.actions import ask_for_place, make_referral, move_place, move_referral
from lodestar.casework.service_referrals.queries import services_of
from lodestar.casework.support.actions import give_support, record_support
from lodestar.casework.support.models import BEGAN, ENDED, NOT_REACHED, REACHED, SupportStage
from lodestar.casework.support.queries.lists import people_supported
from lodestar.casework.support.rules.stages import BEFORE, DECLINED, NEGATIVE, NOT_ACCEPTED, POSITIVE
from lodestar.casework.support.rules.stages import ENDED as ENDED_STAGES
from lodestar.demo.concerns import SEED, listed
from lodestar.platform.accounts.access import Member
from lodestar.platform.time.days import london_date

PEOPLE, OF_NAVIGATOR = 16, 3  # how many the liaison officer supports, and every which of them the navigator does
SERVICE = "Harbour outreach, a support service"
GOES_ON = {POSITIVE: 75, NEGATIVE: 20, NOT_ACCEPTED: 14}  # days of support after a last decision
DECLINED_REACHED = 95  # days for which who declined is offered help again
MISSED, QUIET = 0.25, 0.1  # how often somebody is not reached, and how many have not been reached lately
WORDS = ("", "", "Well; asks about college", "Wishes to see a doctor with a woman interpreter", "Moved rooms; sleeps better")


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


MET_AT_ONCE, BY_ANOTHER = 0.9, 0.1
LACKING, LACKING_MET = 0.85, 0.05  # how many ask for each thing that the towns lack, and how many get it at once


def assess(by: Member, at: datetime, person: Person, chance: Random) -> None:
    """An assessment, ours or another's; of ours some needs are met and of some it is known why not, and the first days stand."""
    told = listed("needs")
    if chance.random() < BY_ANOTHER:
        record_assessment(by=by, at=at, person=person, provider=chance.choice(told["providers"]))
        return
    lacking = {row["domain"]: row for row in told["lacking"] if chance.random() < LACKING}
    others = {row["domain"]: row for row in chance.sample(told["found"], chance.randint(1, 3))}
    answers = {
        f"{domain}_{name}": row[name]
        for domain, row in (others | lacking).items() for name in ("level", "wish", "words", "provider") if row[name]
    }  # fmt: skip
    record_assessment(by=by, at=at, person=person, version=questions_on(london_date(at)).version, answers=answers)
    for need in needs_now(person):
        draw, row = chance.random(), lacking.get(need.domain)
        if draw < (LACKING_MET if row else MET_AT_ONCE):
            move_need(by=by, at=at, row=need, to="met", seen=need.version)
        elif row:
            move_need(by=by, at=at, row=need, to="unmet", seen=need.version, reason=row["reason"])
    days = {(row["day"], row["part"]): row["words"] for row in chance.sample(told["arranged"], chance.randint(3, 8))}
    arrange_first_days(by=by, at=at, person=person, arranged=days)


REFUSED, PLACED = 0.12, 0.3
OVER = ("ended", "rejected", "revoked")


def refer(by: Member, at: datetime, person: Person, chance: Random, *, is_victim_services: bool, is_long_ago: bool) -> bool:
    """A referral and what came of it; one of long ago has ended. Whether the directory has a service to refer to."""
    rows = listed("service_referrals")
    asked = dict(chance.choice([row for row in rows["asked"] if row["is_victim_services"] == is_victim_services]))
    services = services_of(asked["domain"], "")
    if not services:
        return False
    answer = {"agreed": "no" if chance.random() < REFUSED else "yes", "agreed_who": "person", "agreed_how": "met"}
    facts = asked | answer | {"languages": person.language}
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="support.service_referred"):
        row = make_referral(by=by, at=at, person=person, service=chance.choice(services), facts=facts)
        if row.state == "made":
            courses = [course for course in rows["courses"] if not is_long_ago or (course and course[-1].startswith(OVER))]
            for step in chance.choice(courses):
                to, _, reason = step.partition(" ")
                move_referral(by=by, at=at, row=row, to=to, seen=row.version, reason=reason)
    return True


def place(by: Member, at: datetime, person: Person, chance: Random) -> None:
    """Of some it is recorded where they slept first, and for how many nights."""
    if chance.random() > PLACED:
        return
    place_row, met = chance.choice(listed("service_referrals")["places"]), person.case.encountered_at
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="support.place_asked"):
        row = ask_for_place(by=by, at=max(at - timedelta(days=place_row["nights"]), met), person=person)
        place = {"kind": place_row["kind"], "unsuitable": bool(place_row["why"]), "unsuitable_why": place_row["why"]}
        move_place(by=by, at=row.asked_at, row=row, to="taken", seen=1, **place)
        move_place(by=by, at=at, row=row, to="left", seen=2)
