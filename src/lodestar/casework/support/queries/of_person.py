"""Named reads of one person's support: stage, records, offers and what they prove, and who supports them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateTimeField, F, Q, QuerySet, Value
from django.db.models.functions import Cast

from lodestar.casework.cases.models import Case, CaseMember, Person
from lodestar.casework.cases.rules import Talk
from lodestar.casework.consent.queries import talks_of
from lodestar.casework.ledger.models import Obligation, ObligationAnswer
from lodestar.casework.ledger.queries.facts import as_talk
from lodestar.casework.needs.rules import Record
from lodestar.casework.support.models import BEGAN, CAME_BACK, ENDED, TRANSFER, WITHDREW, Offer, SupportRecord, SupportStage
from lodestar.casework.support.rules import CODE, MADE, met, since_mark
from lodestar.casework.support.rules.stages import Event, Stage, stages
from lodestar.platform.accounts.models import Membership
from lodestar.platform.accounts.permissions import ROLES, Permission
from lodestar.platform.accounts.queries import at_work
from lodestar.platform.obligations.closing_records import value_of
from lodestar.platform.obligations.obligation_status import Evidence
from lodestar.platform.obligations.obligations import When, as_day


def offers_of(person: Person) -> QuerySet[Offer]:
    """Every offer made again to a person, the latest first."""
    return Offer.objects.filter(person=person).select_related("recorded_by").order_by("-offered_at", "-recorded_at", "-id")


def refusals_of(person: Person) -> list[Record]:
    """The offers that a person answered, as needs read them: of help as a whole."""
    rows = Offer.objects.filter(person=person, outcome__in=["no", "yes"])
    return [Record("", "offer", row.outcome, row.id, row.offered_at) for row in rows]


def is_owed(person: Person) -> bool:
    """Whether help is to be offered again, or was, by the ledger as it stands."""
    return Obligation.objects.filter(person=person, code=CODE).exclude(state="not_owed").exists()


# How what is recorded is called by the rules.
RULE_EVENTS = {
    BEGAN: "support_began", TRANSFER: "support_transfer", WITHDREW: "support_withdrawn", ENDED: "support_closed",
    CAME_BACK: "support_resumed",
}  # fmt: skip


@dataclass(frozen=True)
class _Row:
    """A record of support or an offer, as the ledger reads both: of which kind, or what came of the offer."""

    what: str
    case: UUID
    person: UUID
    kind: str
    at: datetime
    since: datetime | None
    by: UUID
    id: UUID


def _rows_in(cases: Sequence[UUID]) -> QuerySet[Any, Any]:
    records = SupportRecord.objects.filter(person__case__in=cases, kind__in=list(RULE_EVENTS)).values_list(
        Value("record", CharField()), "person__case_id", "person_id", "kind", "happened_at",
        Cast(Value(None), DateTimeField()), "recorded_by_id", "id",
    )  # fmt: skip
    offers = Offer.objects.filter(person__case__in=cases, since__isnull=False, outcome__in=MADE).values_list(
        Value("offer", CharField()), "person__case_id", "person_id", "outcome", "offered_at", "since", "recorded_by_id", "id",
    )  # fmt: skip
    return records.union(offers, all=True)


def events_and_evidence(
    cases: Sequence[UUID],
) -> tuple[Mapping[UUID, Mapping[UUID | None, Sequence[Event]]], Mapping[UUID, Sequence[Evidence]]]:
    """What was recorded of support, by the names that the rules know; and which re-offers are met by offers that were made."""
    rows = sorted((_Row(*values) for values in _rows_in(cases)), key=lambda row: (row.at, row.id))
    by_case: dict[UUID, dict[UUID | None, list[Event]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.what == "record":
            by_case[row.case][row.person].append((RULE_EVENTS[row.kind], row.at))
    return by_case, _evidence([row for row in rows if row.what == "offer"])


def history_of(row: SupportStage, talks: Iterable[Talk]) -> list[Stage]:
    """Every stage that a person has been at, the last being the stored one: also those that a no began and a yes ended."""
    answers = [talk for talk in talks if not talk.leaves_referral]
    own: list[Event] = [("refusal" if talk.nrm is False and talk.counts else "accepted", talk.asked_at) for talk in answers]
    stored: list[Event] = [(name, _when(at)) for name, at in row.events if name != "refusal"]
    history = stages([*stored, *own], is_child=row.is_child)
    return history if history[-1].code == row.stage else [*history, Stage(row.stage, row.since)]


def stage_at(person: Person, at: datetime) -> str:
    """The stage of a person on a day, for what was recorded then; empty of who is no possible victim."""
    row, day = SupportStage.objects.filter(person=person).first(), as_day(at)
    if row is None or row.since is None or row.since <= day:
        return row.stage if row else ""
    return [stage for stage in history_of(row, talks_in_order(person)) if stage.since is None or stage.since <= day][-1].code


def _when(text: str) -> When:
    return date.fromisoformat(text) if len(text) == len("2026-03-02") else datetime.fromisoformat(text)


def talks_in_order(person: Person) -> list[Talk]:
    """Every talk about referral with a person, the earliest first."""
    return [as_talk(row) for row in reversed(talks_of(person))]


def records_of(person: Person, most: int) -> list[SupportRecord]:
    """What was recorded of a person's support, the latest first."""
    rows = SupportRecord.objects.filter(person=person).select_related("recorded_by")
    return list(rows.order_by("-happened_at", "-id")[:most])


def owed_to(person: Person, codes: Iterable[str]) -> list[Obligation]:
    """What of these is open for a person, now or on a later day, the soonest first."""
    rows = Obligation.objects.filter(person=person, state="open", code__in=list(codes))
    return list(rows.order_by(F("due_at").asc(nulls_last=True), "id"))


def yes_without_talk(person: Person) -> datetime | None:
    """When they said yes to an offer, or that they want to hear more, where no talk about referral was recorded since."""
    offer = Offer.objects.filter(person=person, outcome="yes").order_by("-offered_at").first()
    talks = talks_of(person)
    if offer is None or any(talk.asked_at >= offer.offered_at and not talk.leaves_referral for talk in map(as_talk, talks)):
        return None
    return offer.offered_at


def single_point_of_contact(person: Person) -> str:
    """Who was decided to be the person's single point of contact, as the answer to that obligation says it."""
    rows = ObligationAnswer.objects.filter(person=person, code="victim_liaison_or_navigator", kind="done")
    answer = rows.order_by("-recorded_at", "-id").first()
    return value_of(answer.record, str(answer.details or ""), "decided") if answer else ""


def supported_in(case: Case) -> list[Person]:
    """The possible victims of a case, in their order: whoever is given the support of one sees that of all."""
    people = SupportStage.objects.filter(person__case=case).values("person")
    return list(Person.objects.filter(id__in=people).order_by("number"))


def navigators_at_work() -> list[Membership]:
    """Who can be given people to support: navigators who see no case, at work today, by name."""
    rows = at_work(Permission.SUPPORT_RECORD).filter(roles__contains=["navigator"])
    sees_cases = {role.code for role in ROLES.values() if Permission.CASE_VIEW in role.permissions}
    return [row for row in rows if not sees_cases & set(row.roles)]


def supporters_of(person: Person, now: datetime) -> list[CaseMember]:
    """The navigators who were given the person's case for support, by name."""
    rows = CaseMember.objects.filter(case=person.case_id, how="support").filter(Q(to_at__isnull=True) | Q(to_at__gt=now))
    return list(rows.select_related("user").order_by("user__name", "id"))


def _evidence(offers: Sequence[_Row]) -> Mapping[UUID, Sequence[Evidence]]:
    """Which re-offers are met: each by the first offer made on its day or later."""
    made: dict[tuple[UUID, UUID, date], list[_Row]] = defaultdict(list)
    for row in offers:
        if row.since:
            made[(row.case, row.person, as_day(row.since))].append(row)
    by_case: dict[UUID, list[Evidence]] = defaultdict(list)
    for (case, person, since), rows in made.items():
        for moment, row in met(since, [(row.at, row) for row in rows]).items():
            mark, by, proof = since_mark(since), str(row.by), str(row.id)
            by_case[case].append(Evidence(str(person), CODE, "", moment, "done", row.at, mark, by, proof))
    return by_case
