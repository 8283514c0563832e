"""Named reads for section 45 of the Modern Slavery Act 2015, and what the ledger is told of it: events and evidence."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import (
    CharField,
    DateTimeField,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.utils import timezone

from lodestar.casework.cases.access import visible
from lodestar.casework.cases.models import AllegedOffence, Case, Person
from lodestar.casework.cases.rules import is_held
from lodestar.casework.decisions.models import Decision
from lodestar.casework.ledger.models import Obligation, ObligationEvent
from lodestar.casework.ledger.queries.compiled import compiled
from lodestar.casework.ledger.queries.facts import suspect
from lodestar.casework.referrals.models import Referral
from lodestar.casework.safety.queries import Answers, QuestionAnswer
from lodestar.casework.section45.models import Countersignature, FirstAnswer, FullRecord, OutcomeRecorded
from lodestar.casework.section45.rules.act_fingerprint import EXCLUDED, WAITS, WITHOUT, name_of, version, without
from lodestar.casework.section45.rules.acts import ActReading, acts_of
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.models import Shift, User
from lodestar.platform.accounts.queries import in_force, on_duty
from lodestar.platform.obligations.encounter_reading import reading
from lodestar.platform.obligations.obligation_status import Evidence
from lodestar.platform.settings.queries import settings_in_force

CODE = "section45_first_question"
TOLD_OF = ("yes", "cannot_rule_out")  # the answers that others are told


def answers_of(person: Person) -> QuerySet[FirstAnswer]:
    """The answers for a person so far, the latest first."""
    return FirstAnswer.objects.filter(person=person).select_related("by").order_by("-recorded_at", "-id")


def latest_answers(case: Case) -> dict[UUID, FirstAnswer]:
    """The last answer for each person of a case."""
    rows = FirstAnswer.objects.filter(person__case=case).select_related("by").order_by("recorded_at", "id")
    return {row.person_id: row for row in rows}


def answers_by_stage(case: Case) -> Answers:
    """The last answer of each person of a case at each stage, as the first screen says it."""
    rows = FirstAnswer.objects.filter(person__case=case).select_related("by").order_by("recorded_at", "id")
    return {
        (row.person_id, row.moment): QuestionAnswer(row.answer, row.why, row.by_id, row.by.name, row.happened_at) for row in rows
    }


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
    return list(rows.prefetch_related("elements", signed).order_by("number"))


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


def turns_of(owed: Obligation | None) -> list[ObligationEvent]:
    """When the record of an offence came to be owed, and each time it was owed again; the earliest first."""
    if owed is None:
        return []
    rows = ObligationEvent.objects.filter(obligation=owed, kind__in=("opened", "reopened"))
    return list(rows.order_by("recorded_at", "id"))


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


SETTLES, WEIGHS = "schedule4_person_must_look", "duress_and_public_interest"
LAW, ELSEWHERE = "law_of_the_time", "ask_the_other_jurisdiction"

Events = Mapping[UUID | None, Sequence[tuple[str, datetime]]]


def _text(words: str = "") -> Value:
    return Value(words, output_field=CharField())


_NO_ID, _NEVER, _NO_NUMBER = (Cast(Value(None), field) for field in (UUIDField(), DateTimeField(), IntegerField()))


def _if(condition: Q, code: str) -> models.Case:
    return models.Case(When(condition, then=_text(code)), default=_text())


_WEIGHED = ~Q(duress="") & ~Q(self_defence="") & ~Q(public_interest="") & ~Q(abuse_of_process="")


@dataclass(frozen=True)
class _LedgerRow:
    """A row of any of the three tables: `what` is answer, record or outcome."""

    what: str
    case: UUID
    person: UUID
    offence: UUID | None
    number: int | None
    word: str  # the stage of an answer; what was settled of Schedule 4; whether an outcome came without
    rests_on: str
    act_rests_on: str
    parts: tuple[str, ...]  # the codes that a record answers besides
    at: datetime
    by: UUID
    countersign_by: datetime | None
    signed_at: datetime | None
    signed: str
    signed_by: UUID | None
    row: UUID


def _rows(cases: Sequence[UUID]) -> list[_LedgerRow]:
    """The answers, records and outcomes of these cases; of an offence the records in the order of their versions."""
    rows = [_ledger_row(values) for values in _union(cases)]
    return sorted(rows, key=lambda row: (row.what, row.number or 0, row.at, row.row))


@compiled
def _union(cases: Sequence[UUID]) -> Any:
    answers = FirstAnswer.objects.filter(person__case__in=cases).values_list(
        _text("answer"), "person__case_id", "person_id", _NO_ID, _NO_NUMBER, "moment", "rests_on", _text(), _text(),
        _text(), _text(), "happened_at", "by_id", _NEVER, _NEVER, _text(), _NO_ID, "id",
    )  # fmt: skip
    records = FullRecord.objects.filter(offence__person__case__in=cases).values_list(
        _text("record"), "offence__person__case_id", "offence__person_id", "offence_id",
        Cast(F("number"), IntegerField()), "settled", "rests_on", "act_rests_on", _if(_WEIGHED, WEIGHS),
        _if(~Q(law_note=""), LAW), _if(~Q(their_answer=""), ELSEWHERE), "decided_at", "decided_by_id",
        "countersign_by", "countersignatures__signed_at", "countersignatures__kind", "countersignatures__by_id", "id",
    )  # fmt: skip
    outcomes = OutcomeRecorded.objects.filter(offence__person__case__in=cases, happened_without=True).values_list(
        _text("outcome"), "offence__person__case_id", "offence__person_id", "offence_id",
        Cast(F("number"), IntegerField()), _text("without"), _text(), _text(), _text(), _text(), _text(), "at",
        "by_id", _NEVER, _NEVER, _text(), _NO_ID, "id",
    )  # fmt: skip
    return answers.union(records, outcomes, all=True)


def _ledger_row(values: tuple[Any, ...]) -> _LedgerRow:
    parts: tuple[Any, ...] = tuple(filter(None, values[8:11]))
    columns = (*values[:8], parts, *values[11:15], values[15] or "", *values[16:])
    return _LedgerRow(*columns)


def events_and_evidence(cases: Sequence[UUID]) -> tuple[Mapping[UUID, Events], Mapping[UUID, Sequence[Evidence]]]:
    """Events and evidence of these cases."""
    events: dict[UUID, dict[UUID | None, list[tuple[str, datetime]]]] = defaultdict(lambda: defaultdict(list))
    evidence: dict[UUID, list[Evidence]] = defaultdict(list)
    by_offence: dict[UUID, list[_LedgerRow]] = defaultdict(list)
    for row in _rows(cases):
        if row.offence is None:
            evidence[row.case].append(_answer(row, CODE, moment=row.word, rests_on=row.rests_on))
        else:
            by_offence[row.offence].append(row)
    for rows in by_offence.values():
        case, person = rows[0].case, rows[0].person
        records = [row for row in rows if row.what == "record"]
        outcomes = [row for row in rows if row.what == "outcome"]
        events[case][person] += [*_events(records), *((name_of(WITHOUT, _act(row)), row.at) for row in outcomes)]
        evidence[case] += [*_evidence(records), *_made_good(records, outcomes)]
    return events, evidence


def _act(row: _LedgerRow) -> str:
    return str(row.offence)


def _events(records: Sequence[_LedgerRow]) -> Iterator[tuple[str, datetime]]:
    """That a version waits or has waited for a second person; and what was last settled of Schedule 4."""
    for row in records:
        if row.rests_on and row.countersign_by and (row.signed or row is records[-1]):
            yield name_of(WAITS, _act(row), row.number), row.countersign_by
    settled = [row for row in records if row.word and row.signed in ("", "agree")]
    if settled and settled[-1].word == "excluded":
        yield name_of(EXCLUDED, _act(settled[-1])), settled[-1].at


def _evidence(records: Sequence[_LedgerRow]) -> Iterator[Evidence]:
    """A version that a second person agreed to answers the full record, as long as the facts are those it rests on. What
    was settled, weighed or asked in one answers that, unless it was sent back."""
    for row in records:
        if row.signed and row.signed_at:
            signed: dict[str, Any] = {"by": row.signed_by, "at": row.signed_at}
            yield _answer(row, SIGN, moment=version(row.number or 0), **signed)
            if row.signed == "agree":
                yield _answer(row, RECORD, rests_on=row.rests_on, at=row.signed_at)
        if row.signed in ("", "agree"):
            for code in (*([SETTLES] if row.word else []), *row.parts):
                yield _answer(row, code, rests_on=row.act_rests_on)


def _made_good(records: Sequence[_LedgerRow], outcomes: Sequence[_LedgerRow]) -> Iterator[Evidence]:
    """What an outcome came without is answered by the first record agreed to from then on."""
    agreed = [row for row in records if row.signed == "agree" and row.signed_at]
    for outcome in outcomes:
        after = [row for row in agreed if row.signed_at and row.signed_at >= outcome.at]
        for row in after[:1]:
            yield _answer(row, RECORD, moment=without(outcome.at), at=row.signed_at)


def _answer(
    row: _LedgerRow, code: str, *, moment: str = "", rests_on: str = "", at: datetime | None = None, by: UUID | None = None
) -> Evidence:
    subject = str(row.offence) if row.offence else ""
    when, who = at or row.at, by or row.by
    return Evidence(str(row.person), code, subject, moment, "done", when, rests_on, str(who), str(row.row))
