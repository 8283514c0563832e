"""The people whom a member supports: counted by stage, listed, how often they were reached, and whom to reach today."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case as Case_
from django.db.models import CharField, Count, Exists, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Greatest, TruncMonth

from lodestar.casework.cases.access import visible
from lodestar.casework.cases.models import CaseMember, Person
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.safe_addresses.queries import ContactGate, contact_gates, gate_columns, gate_of
from lodestar.casework.service_referrals.access import referrals_seen
from lodestar.casework.service_referrals.models import ServiceReferral
from lodestar.casework.support.models import NOT_REACHED, REACHED, Offer, SupportRecord, SupportStage
from lodestar.casework.support.rules import MADE
from lodestar.casework.support.rules.stages import ENDED
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.models import Unit
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import at_work, plain_name
from lodestar.platform.registers.queries import due_rows
from lodestar.platform.time.days import add_months, end_of_day, london_date, start_of_day

MONTHS = 12
QUIET, ENDING, COMING_OF_AGE = timedelta(days=28), timedelta(days=28), timedelta(days=90)
MOST_OWED, MOST_REACHED = 200, 25  # obligations read, and people shown, of a reach list
WORKERS = ("advisor", "victim_liaison", "navigator")
OF_SUPPORT = (
    "needs_assessment", "refer_victim_services", "refer_support_service", "offer_again_later", "plan_before_support_ends",
    "tell_decision_safely", "plan_move_on", "plan_support_at_18", "confirm_support_transfer", "tell_missing_from_support",
)  # fmt: skip
# What else of an advisor and a victim liaison officer means reaching somebody: it says something of the investigation.
OF_THE_CASE = (
    "agree_safe_contact", "consider_reconsideration", "victim_update", "tell_victim_before_release",
    "tell_legal_adviser_about_appeal",
)  # fmt: skip


def people_supported(member: Member) -> QuerySet[SupportStage]:
    """The possible victims of the cases that the member sees: those who asked to be left in peace are in no list."""
    return SupportStage.objects.filter(visible(member, "person__case__")).exclude(wish="unwanted")


def _reached_since(since: datetime) -> Q:
    records = SupportRecord.objects.filter(person=OuterRef("person"), kind=REACHED, happened_at__gte=since)
    offers = Offer.objects.filter(person=OuterRef("person"), outcome__in=MADE, offered_at__gte=since)
    return Q(Exists(records)) | Q(Exists(offers))


def _quiet(now: datetime) -> Q:
    since = now - QUIET
    return ~Q(stage__in=ENDED) & Q(person__case__encountered_at__lt=since) & ~_reached_since(since)


def _ending(now: datetime) -> Q:
    rows = Obligation.objects.filter(person=OuterRef("person"), code="plan_before_support_ends", state="open")
    return Q(Exists(rows.filter(due_at__lt=now + ENDING)))


def _turning_18(now: datetime) -> Q:
    today = london_date(now)
    return Q(turns_18__gte=today, turns_18__lte=today + COMING_OF_AGE)


NEAR: Mapping[str, Callable[[datetime], Q]] = {"quiet": _quiet, "ending": _ending, "turning_18": _turning_18}


def sought(rows: QuerySet[SupportStage], asked: Mapping[str, Any], now: datetime) -> QuerySet[SupportStage]:
    """The rows that were asked for (`PeopleSought`): a name by its words, a case by its whole reference; blank is everybody."""
    rows = rows.filter(stage=asked["stage"]) if asked["stage"] else rows
    rows = rows.filter(NEAR[asked["near"]](now)) if asked["near"] else rows
    rows = rows.filter(person__case__unit=asked["unit"]) if asked["unit"] else rows
    if asked["worker"]:
        given = CaseMember.objects.filter(case=OuterRef("person__case"), user=asked["worker"])
        rows = rows.filter(Exists(given.filter(Q(to_at__isnull=True) | Q(to_at__gt=now))))
    if asked["q"]:
        is_called = Q()
        for word in plain_name(asked["q"]).split():
            is_called &= Q(person__sort_key__contains=word)
        rows = rows.filter(is_called | Q(person__case__reference=asked["q"].upper()))
    return rows


def counts_of(rows: QuerySet[SupportStage], now: datetime) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """How many of these people are at each stage, and in each of the groups of NEAR."""
    by_stage = dict(rows.order_by().values_list("stage").annotate(number=Count("id")))
    return by_stage, rows.aggregate(**{name: Count("id", filter=holds(now)) for name, holds in NEAR.items()})


def page_of(rows: QuerySet[SupportStage], most: int, after: UUID | None) -> list[SupportStage]:
    """The people recorded last first, after a person; each with when they were last reached and what is due next."""
    records = SupportRecord.objects.filter(person=OuterRef("person"), kind=REACHED).order_by().values("person")
    offers = Offer.objects.filter(person=OuterRef("person"), outcome__in=MADE).order_by().values("person")
    owed = Obligation.objects.filter(person=OuterRef("person"), state="open", code__in=OF_SUPPORT, due_at__isnull=False)
    rows = rows.select_related("person__case").annotate(
        reached_at=Greatest(
            Subquery(records.annotate(last=Max("happened_at")).values("last")),
            Subquery(offers.annotate(last=Max("offered_at")).values("last")),
        ),
        next_due=Subquery(owed.order_by("due_at").values("due_at")[:1]),
    )
    rows = rows.filter(person_id__lt=after) if after else rows
    return list(rows.order_by("-person_id")[:most])


def worker_choices() -> list[tuple[str, str]]:
    """Who supports people in the force, by name."""
    rows = at_work(Permission.SUPPORT_RECORD).filter(roles__overlap=list(WORKERS))
    return [(str(row.user_id), row.user.name) for row in rows]


def unit_choices() -> list[tuple[str, str]]:
    """The districts and teams of the force."""
    return [(str(unit), name) for unit, name in Unit.objects.order_by("name", "id").values_list("id", "name")]


def engagement(member: Member, now: datetime) -> dict[date, dict[str, int]]:
    """How often the member's people were reached and not reached, by the first day of each of the last twelve months."""
    this_month = london_date(now).replace(day=1)
    months = [add_months(this_month, -count) for count in range(MONTHS - 1, -1, -1)]
    since, seen = start_of_day(months[0]), visible(member, "person__case__")
    records = SupportRecord.objects.filter(seen, kind__in=[REACHED, NOT_REACHED], happened_at__gte=since)
    outcome = Case_(When(outcome=NOT_REACHED, then=Value(NOT_REACHED)), default=Value(REACHED), output_field=CharField())
    offers = Offer.objects.filter(seen, outcome__in=[*MADE, NOT_REACHED], offered_at__gte=since)
    tried = records.order_by().values_list(Cast("kind", CharField()), TruncMonth("happened_at")).annotate(number=Count("id"))
    offered = offers.order_by().values_list(outcome, TruncMonth("offered_at")).annotate(number=Count("id"))
    by_month = {month: {REACHED: 0, NOT_REACHED: 0} for month in months}
    for kind, month, number in tried.union(offered, all=True):
        by_month[london_date(month)][kind] += number
    return by_month


@dataclass
class Reach:
    """Somebody to contact today: what is due, late and gravest first, and whether and how they may be contacted."""

    person: Person
    gate: ContactGate
    owed: list[Obligation] = field(default_factory=list)
    referrals: list[ServiceReferral] = field(default_factory=list)  # of the member's own, those to be asked about again

    @property
    def gravity(self) -> int:
        """The gravest of what is due."""
        return max((row.gravity for row in self.owed), default=0)

    def place(self, now: datetime) -> tuple[bool, int, datetime]:
        """By what it is sorted: late before due, the gravest first, then by time."""
        first = min([*(row.sort_at for row in self.owed), *(row.due_at for row in self.referrals)])
        return first >= now, -self.gravity, first


def reach_list(member: Member, now: datetime) -> list[Reach]:
    """Whom to contact today, by what is due until its end: of what the member's roles owe, and of a navigator's people all that
    is for their support; and by the member's own referrals to services. Nobody who asked to be left in peace."""
    is_navigator = not member.may(Permission.CASE_VIEW)
    roles = WORKERS[:2] if is_navigator else [role for role in WORKERS[:2] if role in member.owes]
    codes = OF_SUPPORT if is_navigator else OF_SUPPORT + OF_THE_CASE
    peace = SupportStage.objects.filter(person=OuterRef("person"), wish="unwanted")
    rows = Obligation.objects.select_related("person__case").filter(
        visible(member, "case__"), Q(holder_id=member.user) | Q(holder__isnull=True, with_role__in=roles), ~Exists(peace),
        state="open", code__in=codes, person__isnull=False, opens_at__lte=now, sort_at__lte=end_of_day(london_date(now)),
    )  # fmt: skip
    people: dict[UUID, Reach] = {}
    for row in rows.annotate(**gate_columns("person")).order_by("-gravity", "sort_at", "id")[:MOST_OWED]:
        if row.person:
            people.setdefault(row.person.id, Reach(row.person, gate_of(vars(row)))).owed.append(row)
    own = due_rows(referrals_seen(member).filter(~Exists(peace), owner=member.user), end_of_day(london_date(now)))
    waiting = list(own[:MOST_REACHED])
    others = {row.person_id for row in waiting} - people.keys()
    gates = contact_gates(others) if others else {}
    for referral in waiting:
        person = referral.person
        reach = people.get(person.id) or people.setdefault(person.id, Reach(person, gates[person.id]))
        reach.referrals.append(referral)
    for reach in people.values():
        reach.owed.sort(key=lambda row: row.sort_at)
    return sorted(people.values(), key=lambda reach: reach.place(now))[:MOST_REACHED]
