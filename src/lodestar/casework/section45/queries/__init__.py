"""Named reads for section 45 of the Modern Slavery Act 2015."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import CharField, DateTimeField, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from lodestar.casework.cases.access import visible
from lodestar.casework.cases.models import AllegedOffence, Case, FirstAccount, Person
from lodestar.casework.cases.rules import is_held
from lodestar.casework.decisions.models import Decision
from lodestar.casework.evidence.models import Account, Exhibit
from lodestar.casework.ledger.models import Obligation, ObligationEvent
from lodestar.casework.ledger.queries.facts import suspect
from lodestar.casework.referrals.models import Referral
from lodestar.casework.section45.models import OUTCOMES as OUTCOMES_IN_WORDS
from lodestar.casework.section45.models import SIGNED, Countersignature, Element, FirstAnswer, FullRecord, OutcomeRecorded
from lodestar.casework.section45.rules.acts import OUTCOMES, ActReading, acts_of
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.models import Shift, User
from lodestar.platform.accounts.queries import in_force, on_duty
from lodestar.platform.obligations.encounter_reading import reading
from lodestar.platform.settings.queries import settings_in_force


def words_as_column(words: str = "") -> Value:
    """The same words in every row of a query."""
    return Value(words, output_field=CharField())


CODE = "section45_first_question"
TOLD_OF = ("yes", "cannot_rule_out")  # the answers that others are told


def answers_of(person: Person) -> QuerySet[FirstAnswer]:
    """The answers for a person so far, the latest first."""
    return FirstAnswer.objects.filter(person=person).select_related("by").order_by("-recorded_at", "-id")


def latest_answers(case: Case) -> dict[UUID, FirstAnswer]:
    """The last answer for each person of a case."""
    rows = FirstAnswer.objects.filter(person__case=case).select_related("by").order_by("recorded_at", "id")
    return {row.person_id: row for row in rows}


def answers_by_stage(case: Case) -> dict[tuple[UUID, str], FirstAnswer]:
    """The last answer of each person of a case at each stage, as the first screen says it."""
    rows = FirstAnswer.objects.filter(person__case=case).select_related("by").order_by("recorded_at", "id")
    return {(row.person_id, row.moment): row for row in rows}


def answers_since(member: Member, since: datetime, most: int) -> list[FirstAnswer]:
    """In the cases that the member sees the people of whom *yes* or *cannot rule out* was said since then and nothing else
    after it: the latest answer of each with the `gravity` of what is open for them, the latest first."""
    gravity = Obligation.objects.filter(person=OuterRef("person"), state="open").order_by("-gravity").values("gravity")[:1]
    rows = FirstAnswer.objects.select_related("person__case", "by").annotate(gravity=Subquery(gravity))
    rows = rows.filter(recorded_at__gte=since)
    rows = rows.filter(visible(member, "person__case__"))
    latest: dict[UUID, FirstAnswer] = {}
    for answer in rows.order_by("-recorded_at", "-id")[: most * 2]:
        latest.setdefault(answer.person_id, answer)
    return [answer for answer in latest.values() if answer.answer in TOLD_OF][:most]


def questions_of(person: Person) -> list[Obligation]:
    """The question at each stage at which it is owed, answered or not."""
    rows = Obligation.objects.filter(person=person, code=CODE).exclude(state="not_owed")
    return list(rows.order_by("opened_at", "moment"))


def suspected_of(person: Person) -> QuerySet[AllegedOffence]:
    """What the person is suspected of, in the order recorded."""
    return AllegedOffence.objects.filter(person=person).order_by("id")


def people_to_inform(person: Person, now: datetime) -> list[tuple[str, User]]:
    """Whom *yes* and *cannot rule out* are told to, with what they are: the duty supervisor, the owner of the case, and
    while the person is held the custody sergeants at work."""
    case = person.case
    recipients: list[tuple[str, User]] = []
    duty = on_duty("supervisor", now, case.unit_id)
    if duty is not None:
        recipients.append(("duty supervisor", duty.user))
    if case.owner_id:
        recipients += [("investigator", user) for user in User.objects.filter(id=case.owner_id)]
    if person.place == "custody" or is_held(person.held_from, person.in_custody_from, person.released_at, now):
        recipients += [("custody", user) for user in _at_work("custody", now)]
    return recipients


def _at_work(role: str, now: datetime) -> QuerySet[User]:
    """Those with this role whose tour is under way."""
    on_tour = Shift.objects.filter(from_at__lte=now, to_at__gt=now).values("user")
    members = in_force(timezone.localdate(now)).filter(roles__contains=[role], user__in=on_tour)
    return User.objects.filter(id__in=members.values("user"), is_active=True).order_by("name", "id")


RECORD = "section45_full_record"
SIGN = "section45_countersign"
MINUTE = timedelta(minutes=1)  # what is typed to the minute lies before its own seconds


@dataclass(frozen=True)
class RecordStatus:
    """How the record of one offence stands: none, sent_back, waiting, agreed; `has_changed` when it rests on facts that
    have changed since, `is_owed` while what is owed stands open."""

    state: str
    has_changed: bool
    is_owed: bool
    latest: FullRecord | None = None

    @property
    def is_to_write(self) -> bool:
        """Whether the next thing is to write the record, for the first time or again."""
        return self.state in ("none", "sent_back") or self.has_changed


def records_of(offence: AllegedOffence) -> list[FullRecord]:
    """Every version of an offence's record, the first first, with its parts and its countersignature."""
    rows = FullRecord.objects.select_related("decided_by").filter(offence=offence)
    signed = Prefetch("countersignatures", Countersignature.objects.select_related("by"))
    link = Coalesce("links__exhibit", "links__account", "links__first_account")
    elements = Element.objects.annotate(linked=ArrayAgg(link, filter=Q(links__isnull=False), default=Value([])))
    return list(rows.prefetch_related(Prefetch("elements", elements), signed).order_by("number"))


LINKED = ("exhibit", "account", "first_account")  # what a part of the test can rest on: the columns of ElementLink


@dataclass(frozen=True)
class CaseItem:
    """One thing of a case beside a record: an exhibit or account that a part can rest on, or a charge, plea, hearing or decision.
    `reference` is an account's number, `person` the number in the case of whose account it is, `subject` the id of the person
    or offence it is about."""

    kind: str
    id: UUID
    reference: str
    person: int | None
    recorded_at: datetime
    at: datetime | None
    subject: UUID | None

    @property
    def code(self) -> str:
        """As a form and an action name it."""
        return f"{self.kind}:{self.id}"


def items_of(case: Case) -> list[CaseItem]:
    """All these of a case in one query, in the order recorded: a later one never changes an earlier one's place."""
    number, no_number = Cast("person__number", IntegerField()), Cast(Value(None), IntegerField())
    exhibits = Exhibit.objects.filter(case=case).values_list(
        words_as_column("exhibit"), "id", "reference", no_number, "recorded_at", "found_at", "person_id"
    )
    accounts = Account.objects.filter(person__case=case).values_list(
        words_as_column("account"), "id", Cast("number", CharField()), number, "recorded_at", "taken_at", "person_id"
    )
    first = FirstAccount.objects.filter(person__case=case).values_list(
        words_as_column("first_account"), "id", "reference", number, "recorded_at", "taken_at", "person_id"
    )
    outcomes = OutcomeRecorded.objects.filter(offence__person__case=case, kind__in=OUTCOMES).values_list(
        "kind", "id", words_as_column(), no_number, "recorded_at", "at", "offence_id"
    )
    decisions = Decision.objects.filter(referral__person__case=case).values_list(
        "kind", "id", words_as_column(), no_number, "filed_at", Cast("decided_on", DateTimeField()), "referral__person_id"
    )
    rows = exhibits.union(accounts, first, outcomes, decisions, all=True)
    return sorted((CaseItem(*row) for row in rows), key=attrgetter("recorded_at", "id"))


def evidence_among(items: Iterable[CaseItem]) -> list[CaseItem]:
    """Those that a part of the test can rest on."""
    return [item for item in items if item.kind in LINKED]


def linked_to(element: Element, items: Iterable[CaseItem]) -> list[CaseItem]:
    """What one part, read by `records_of`, rests on."""
    linked = set(getattr(element, "linked", ()))
    return [item for item in items if item.id in linked]


def versions_of(offence: AllegedOffence) -> list[FullRecord]:
    """The versions alone, with who decided each, the first first."""
    return list(FullRecord.objects.select_related("decided_by").filter(offence=offence).order_by("number"))


def latest_records(offences: Sequence[UUID]) -> dict[UUID, FullRecord]:
    """The latest version of each of these offences' records, with its countersignature."""
    rows = FullRecord.objects.filter(offence__in=offences).prefetch_related("countersignatures")
    return {row.offence_id: row for row in rows.order_by("number")}


def owed_for(person: Person) -> dict[tuple[str, str], Obligation]:
    """What stands, or stood, in the ledger for the acts of a person: by code and by act; the main moment of each."""
    codes = (RECORD, "duress_and_public_interest", "schedule4_person_must_look", "law_of_the_time", "ask_the_other_jurisdiction")
    rows = Obligation.objects.filter(person=person, code__in=codes, moment="").exclude(state="not_owed")
    return {(row.code, row.subject): row for row in rows}


def owed_in(case: Case) -> dict[tuple[str, str], Obligation]:
    """The full records that are asked for in a case, as `owed_for` gives those of one person."""
    rows = Obligation.objects.filter(case=case, code=RECORD, moment="").exclude(state="not_owed")
    return {(row.code, row.subject): row for row in rows}


def record_status_of(latest: FullRecord | None, owed: Obligation | None) -> RecordStatus:
    """How a record stands, from its latest version and what is owed for it now."""
    is_owed = owed is not None and owed.state == "open"
    if latest is None:
        return RecordStatus("none", False, is_owed)
    signed = next(iter(latest.countersignatures.all()), None)
    has_changed = owed is not None and owed.rests_on != latest.rests_on
    if signed is None:
        return RecordStatus("waiting", has_changed, is_owed, latest)
    return RecordStatus("agreed" if signed.kind == "agree" else "sent_back", has_changed, is_owed, latest)


def turns_of(offence: AllegedOffence) -> list[ObligationEvent]:
    """When the record of an offence came to be owed, and each time it was owed again; the earliest first, each with the
    obligation."""
    rows = ObligationEvent.objects.select_related("obligation").filter(
        obligation__person=offence.person_id, obligation__code=RECORD, obligation__subject=str(offence.id), obligation__moment=""
    )
    return list(rows.filter(kind__in=("opened", "reopened")).order_by("recorded_at", "id"))


def reopened_by(
    event: ObligationEvent, offence: AllegedOffence, items: Iterable[CaseItem], records: Iterable[FullRecord]
) -> CaseItem | None:
    """The charge, plea, hearing, decision or account that opened a record again, where one of those did: the last that was
    recorded after the version that stood then was decided."""
    decided = [record.recorded_at for record in records if record.recorded_at <= event.recorded_at]
    came = [
        item
        for item in items
        if item.subject in (offence.id, offence.person_id) and item.kind != "exhibit" and decided
        and decided[-1] < item.recorded_at <= event.recorded_at
    ]  # fmt: skip
    return came[-1] if came else None


def was_closed(owed: Obligation, at: datetime) -> bool:
    """Whether what was owed was closed, or not owed, by what was known at an instant."""
    turns = ObligationEvent.objects.filter(obligation=owed, kind__in=("opened", "closed", "reopened", "not_owed"))
    then = at + MINUTE
    if not turns.filter(recorded_at__gte=then).exists():
        return owed.state == "closed"
    last = turns.filter(recorded_at__lt=then).order_by("-recorded_at", "-id").values_list("kind", flat=True).first()
    return last in ("closed", "not_owed")


def decisions_about(person: Person) -> list[Decision]:
    """The decisions of the Home Office about a person that count, on our own referrals, the earliest first."""
    rows = list(Decision.objects.filter(referral__person=person).order_by("decided_on", "id"))
    replaced = {row.replaces_id for row in rows}
    return [row for row in rows if row.id not in replaced]


FINAL = frozenset({"cg_positive", "cg_negative", "rg_negative", "withdrawn"})


def waits_for_nrm(person: Person) -> bool:
    """Whether an NRM referral about the person still waits for a decision that ends it: so far as possible no charge
    comes before (ministers to Parliament, 2026)."""
    referrals = list(Referral.objects.filter(person=person, route="nrm").values_list("id", flat=True))
    if not referrals:
        return False
    ended = {row.referral_id for row in decisions_about(person) if row.kind in FINAL}
    return bool(set(referrals) - ended)


def act_of(offence: AllegedOffence, all_of: Sequence[AllegedOffence]) -> ActReading | None:
    """One offence as the rules read it, of all that its person is suspected of; None for somebody under ten then, who is
    children's services' and nobody's suspect."""
    (person,) = reading(suspect(offence.person, all_of), settings_in_force()).people
    return next((act for act in acts_of(person) if act.subject == str(offence.id)), None)


def outcomes_of(offences: Sequence[UUID]) -> dict[UUID, list[OutcomeRecorded]]:
    """The outcomes of each of these offences, the earliest first."""
    by_offence: dict[UUID, list[OutcomeRecorded]] = defaultdict(list)
    rows = OutcomeRecorded.objects.select_related("by").filter(offence__in=offences)
    for row in rows.order_by("at", "number"):
        by_offence[row.offence_id].append(row)
    return by_offence


# --- for the hub, the checklist before closing and the timeline ----------------------------------------------------------------

ACT = "section 45 of the Modern Slavery Act 2015"


def open_in(case: Case) -> list[Obligation]:
    """The full records that are open in a case, and those that wait for a countersignature."""
    rows = Obligation.objects.filter(case=case, code__in=(RECORD, SIGN), state="open", person__isnull=False)
    return list(rows.select_related("person").order_by("person__number", "code", "opened_at", "id"))


def open_for_closing(case: Case) -> list[tuple[str, str]]:
    """The same, in words and with their pages."""
    words = {RECORD: f"full record open, {ACT}", SIGN: f"full record not countersigned, {ACT}"}
    return [
        (f"Person {row.person.number}: {words[row.code]}", f"/people/{row.person_id}/offences/{row.subject}")
        for row in open_in(case)
        if row.person
    ]


def timeline_rows(case: Case) -> list[tuple[datetime, str, str, str]]:
    """Full records decided and countersigned, and what came of offences."""
    of_case, kinds, signed = {"offence__person__case": case}, dict(OUTCOMES_IN_WORDS), dict(SIGNED)
    columns = ("offence__person__number", "offence__person_id", "offence_id")
    records = FullRecord.objects.filter(**of_case).values_list("decided_at", "number", *columns)
    signatures = Countersignature.objects.filter(record__offence__person__case=case).values_list(
        "signed_at", "kind", *(f"record__{column}" for column in columns)
    )
    outcomes = OutcomeRecorded.objects.filter(**of_case).values_list("at", "kind", *columns)
    lines = [(at, "decision", f"version {number} of the full record, {ACT}", *of) for at, number, *of in records]
    lines += [(at, "decision", f"countersigning, {ACT}: {signed[kind].lower()}", *of) for at, kind, *of in signatures]
    lines += [(at, "event", kinds[kind].lower(), *of) for at, kind, *of in outcomes]
    return [
        (at, kind, f"Person {number}: {words}", f"/people/{person}/offences/{offence}")
        for at, kind, words, number, person, offence in lines
    ]
