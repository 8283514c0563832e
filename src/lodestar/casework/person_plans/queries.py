"""Named reads of plans and links, interpreters, the options of a person, and whether feedback may be asked."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db.models import Q

from lodestar.casework.case_facts.models import CaseEvent
from lodestar.casework.case_facts.rules import MISSING, TO_BE_RELEASED
from lodestar.casework.cases.models import CaseMember, Person
from lodestar.casework.consent.queries import ladder_of, languages_of, text_in
from lodestar.casework.consent.rules import ENGLISH, OPTIONS, Part, languages
from lodestar.casework.contact_promises.models import Promise
from lodestar.casework.contact_promises.rules import ROWS
from lodestar.casework.decisions.models import Decision
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.queries.facts import age_of
from lodestar.casework.person_plans import models
from lodestar.casework.person_plans.rules import Situation, counts_by_quarter, quarter_of, same_interpreter
from lodestar.casework.service_referrals.models import ServiceReferral
from lodestar.casework.services.forms import question_of
from lodestar.casework.services.queries import areas_of, known_of, latest_search, tonight
from lodestar.casework.support.access import stage_row
from lodestar.casework.support.models import SupportRecord
from lodestar.casework.support.queries.of_person import is_owed
from lodestar.casework.support.rules.stages import PENDING
from lodestar.platform.accounts.access import Member
from lodestar.platform.design.when import on
from lodestar.platform.design.words import listed
from lodestar.platform.obligations.gravity import NOT_OUT_OF_DANGER, WITH_DANGER
from lodestar.platform.time.days import london_date

MOST_SERVICES, SHOWN = 5, 10
RELEASES = (TO_BE_RELEASED, "suspect_released", "suspect_bailed")
OF_DANGER = ("make_safe", "threat_to_life_assessment")  # obligations
READ_OUT = "(in English, to be read out)"
COULD = "These services may take you tonight: {}."


def own_language(person: Person) -> str:
    """The language of the leaflet that is the person's, by its exact name; English where it is none of them."""
    spoken = person.language.strip().casefold()
    return next((code for code, item in languages().items() if item["name"].casefold() == spoken), ENGLISH)


def languages_of_options(person: Person, day: date) -> list[tuple[str, str]]:
    """The languages in which the options are printed, the person's own first, by code: those without a checked translation say
    that it is in English."""
    checked, own = languages_of(OPTIONS, day), own_language(person)
    rows = sorted(languages().values(), key=lambda item: item["code"] != own)
    return [(item["code"], item["name"] if item["code"] in checked else f"{item['name']} {READ_OUT}") for item in rows]


def services_tonight(person: Person, now: datetime) -> list[str]:
    """The services of the directory that would take this person tonight, by name, none near a place of danger."""
    latest = latest_search(person)
    answers = json.loads(str(latest.answers)) if latest else known_of(person, now)
    circles = [(area.latitude, area.longitude, area.km) for area in areas_of(person)]
    places = tonight(question_of(answers, circles, now)).places
    return [place.name for place in places if not place.is_near_danger][:MOST_SERVICES]


def text_for(person: Person, language: str, text_of: str, day: date) -> tuple[Sequence[Part], bool]:
    """A text as it is for an adult or a child, in a language, and whether it is in that: else it is the English."""
    who = "child" if age_of(person).is_child else "adult"
    parts, is_own = text_in(language, text_of, day)
    return [part for part in parts if part.who in ("", who)], is_own


def options_of(person: Person, now: datetime) -> Sequence[Part]:
    """The same to be read out in English, with the services that would take the person tonight by name."""
    names = services_tonight(person, now)
    more = (COULD.format(listed(names)),) if names else ()
    parts, _ = text_for(person, ENGLISH, OPTIONS, on(now))
    return [replace(part, text=(*part.text, *more)) if part.code == "tonight" else part for part in parts]


def read_backs(person: Person) -> list[models.ReadBack]:
    """What the person said when options were read out, the latest first."""
    return list(models.ReadBack.objects.filter(person=person).select_related("recorded_by").order_by("-recorded_at")[:SHOWN])


# --- interpreters ----------------------------------------------------------------------------------------------------------


def interpreter_need(person: Person) -> models.InterpreterNeed | None:
    """Which interpreter the person needs, as it was recorded last."""
    return models.InterpreterNeed.objects.filter(person=person).order_by("-recorded_at", "-id").first()


def blocks_of(person: Person) -> list[models.InterpreterBlock]:
    """The interpreters who are blocked for the person now."""
    rows = models.InterpreterBlock.objects.filter(person=person).select_related("recorded_by").order_by("recorded_at", "id")
    latest = {same_interpreter(row.job_number): row for row in rows}
    return [row for row in latest.values() if row.is_blocked]


def is_blocked(person: Person, job_number: str) -> bool:
    """Whether the interpreter of this job number is blocked for the person."""
    return same_interpreter(job_number) in {same_interpreter(row.job_number) for row in blocks_of(person)}


# --- the plan --------------------------------------------------------------------------------------------------------------


def plan_of(person: Person) -> models.PersonPlan | None:
    """What the person agreed that their plan says of whom to ring, the last time."""
    return models.PersonPlan.objects.filter(person=person).select_related("to_ring").order_by("-recorded_at", "-id").first()


def promises_in_plan(person: Person, now: datetime) -> list[Promise]:
    """What was promised and is not done, the earliest first: what may be on paper."""
    rows = Promise.objects.filter(person=person, state="open").select_related("owner").order_by("by_when", "id")
    return [row for row in rows if ROWS[row.kind]["paper"] and (row.due_at or row.by_when >= now)]


def promises_contact(person: Person, now: datetime) -> bool:
    """Whether keeping what the plan promises means contact with the person."""
    return any(ROWS[row.kind].get("contacts") for row in promises_in_plan(person, now))


def help_in_plan(person: Person) -> Iterator[str]:
    """The codes of what the plan says of help: a service agreed, one was asked, it is offered again, or they wish for peace."""
    states = set(ServiceReferral.objects.filter(person=person, agreed="yes").values_list("state", flat=True))
    if states & {"accepted", "started"}:
        yield "service_yes"
    if states & {"made", "waiting"}:
        yield "service_asked"
    if ladder_of(person).contact == "unwanted":
        yield "peace"
    elif is_owed(person):
        yield "offer"


def links_of(person: Person) -> list[models.PlanLink]:
    """The links made for a person, the latest first."""
    return list(
        models.PlanLink.objects.filter(person=person).select_related("recorded_by").order_by("-recorded_at", "-id")[:SHOWN]
    )


# --- feedback --------------------------------------------------------------------------------------------------------------


def is_on_team(member: Member, person: Person, now: datetime) -> bool:
    """Whether somebody works with a person: has the case or did, promised something, or recorded support."""
    case, user = person.case, member.user
    return (
        user in (case.owner_id, case.interim_owner_id)
        or CaseMember.objects.filter(case=case, user=user).exists()
        or Promise.objects.filter(Q(owner=user) | Q(promised_by=user), person=person).exists()
        or SupportRecord.objects.filter(person=person, recorded_by=user).exists()
    )


def has_open_danger(person: Person) -> bool:
    """Whether danger is still to be dealt with in the case, or what is open for the person is marked with it."""
    owed = Obligation.objects.filter(case=person.case_id, state="open")
    return owed.filter(Q(code__in=OF_DANGER) | Q(person=person, gravity__in=WITH_DANGER)).exists()


def situation_of(member: Member, person: Person, now: datetime) -> Situation:
    """What decides whether the member may ask the person now, from structured facts alone."""
    events = CaseEvent.objects.filter(case=person.case_id, taken_back_at__isnull=True).filter(
        Q(kind__in=RELEASES) | Q(kind=MISSING, person=person)
    )
    worried = Promise.objects.filter(person=person, feels_safe=False)
    own = (person.case.encountered_at, person.held_from, person.released_at, person.contact_lost_at)
    times = [*events.values_list("happened_at", flat=True), *worried.values_list("done_at", flat=True), *own]
    stage = stage_row(person)
    decisions = Decision.objects.filter(referral__person=person).order_by("-decided_on", "-number")
    month = london_date(now).replace(day=1)
    asked = models.FeedbackAsked.objects.filter(person=person).order_by("-recorded_at").first()
    return Situation(
        crisis_at=max((at for at in times if at), default=None),
        in_danger=person.out_of_danger in NOT_OUT_OF_DANGER or has_open_danger(person),
        decision_waits=bool(stage and stage.stage == PENDING) or decisions.values_list("kind", flat=True).first() == "rec_asked",
        is_on_team=is_on_team(member, person, now),
        asked_in_month=asked is not None and london_date(asked.recorded_at) >= month,
    )


def answers_given() -> list[tuple[date, str, str]]:
    """Every answer to the two questions: month, who to ring, told when promised."""
    return list(models.FeedbackAnswer.objects.order_by("month").values_list("month", "knows", "informed"))


def paraphrases(now: datetime) -> list[str]:
    """What people said, in the advisor's words, in no order of time, of quarters that are over with five answers or more."""
    quarters = {quarter for quarter, counts in counts_by_quarter(answers_given(), now).items() if counts}
    rows = models.FeedbackAnswer.objects.exclude(paraphrase="").order_by("id").values_list("month", "paraphrase")
    return [words for month, words in rows if quarter_of(month) in quarters]
