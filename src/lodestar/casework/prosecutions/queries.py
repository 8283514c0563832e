"""Named reads of prosecutions: the entries of a case, what waits for the CPS, the counts of section 45, and the summary."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value

from lodestar.casework.cases.access import visible
from lodestar.casework.cases.models import AllegedOffence, Case, Person
from lodestar.casework.decisions.models import Decision, LetterFiled
from lodestar.casework.ledger.models import Obligation, ObligationEvent
from lodestar.casework.ledger.queries import as_text
from lodestar.casework.ledger.queries.obligations import ROW
from lodestar.casework.prosecutions import rules
from lodestar.casework.prosecutions.models import ProsecutionEntry
from lodestar.casework.section45 import queries as section45
from lodestar.casework.section45.models import Countersignature, FirstAnswer, FullRecord, OutcomeRecorded
from lodestar.casework.section45.rules.acts import ActReading
from lodestar.platform.accounts.access import Member
from lodestar.platform.time.days import start_of_day


def entries_of(case: Case) -> QuerySet[ProsecutionEntry]:
    """Everything of the prosecutions of a case, the latest first."""
    rows = ProsecutionEntry.objects.filter(case=case).select_related("by", "decision", "record")
    return rows.order_by("-at", "-recorded_at", "-id")


def unanswered() -> QuerySet[ProsecutionEntry]:
    """Requests to which no reply of the CPS is recorded, that due first first."""
    replied = Exists(ProsecutionEntry.objects.filter(case=OuterRef("case"), answers=OuterRef("id")))
    return ProsecutionEntry.objects.filter(~replied, kind__in=rules.ASKS).order_by("reply_by", "id")


def requests_of(case: Case) -> QuerySet[ProsecutionEntry]:
    """Those of one case."""
    return unanswered().filter(case=case)


def tasks_of(case: Case) -> QuerySet[Obligation]:
    """What the CPS is to be informed of in a case, done or not."""
    rows = Obligation.objects.filter(case=case, code=rules.TELL_CPS, person__isnull=False).exclude(state="not_owed")
    return rows.select_related("person").order_by("opened_at", "moment", "id")


def decisions_in(case: Case) -> QuerySet[Decision]:
    """The decisions filed for the people of a case, the earliest first."""
    rows = Decision.objects.filter(referral__person__case=case).select_related("referral__person")
    return rows.order_by("decided_on", "id")


def letters_in(case: Case) -> QuerySet[LetterFiled]:
    """The letters of the competent authority filed in a case."""
    return LetterFiled.objects.filter(referral__person__case=case).select_related("letter", "referral").order_by("filed_at", "id")


# --- for the checklist before closing, the timeline and the ledger -------------------------------------------------------------


def open_for_closing(case: Case) -> list[tuple[str, str]]:
    """Requests to the CPS without a reply."""
    return [(f"{rules.KINDS[row.kind]}: no reply recorded", f"/cases/{case.reference}/cps") for row in requests_of(case)]


def timeline_rows(case: Case) -> list[tuple[datetime, str, str, str]]:
    """What passed with the CPS and in court, by its kind alone."""
    kinds = {rules.DEPARTURE: "decision", rules.REPLY: "decision"}
    rows = ProsecutionEntry.objects.filter(case=case).values_list("at", "kind")
    return [(at, kinds.get(kind, "event"), rules.KINDS[kind], f"/cases/{case.reference}/cps") for at, kind in rows]


def done_rows(cases: Sequence[UUID]) -> QuerySet[Any, Any]:
    """That the CPS was informed, for the query of the answers."""
    return ProsecutionEntry.objects.filter(case__in=cases, kind=rules.CPS_INFORMED).values_list(
        "recorded_at", as_text("case_id"), as_text("person_id"), Value(rules.TELL_CPS), Value(""), F("moment"), Value("done"),
        F("at"), Value(""), as_text("by_id"), as_text("id"), Value(ROW),
    )  # fmt: skip


def counts(member: Member, first: date, last: date) -> list[tuple[str, int, int, int]]:
    """At each moment: how many suspected offences of possible victims reached it, how many had section 45 considered then, and
    how many had not. Of cases that the member sees, met between two days, sealed ones left out. The short question answers for
    all acts of a person; an act with several pleas or hearings counts once; each decision counts with each act, until the next
    one."""
    met = {"person__case__encountered_at__gte": start_of_day(first)}
    met |= {"person__case__encountered_at__lt": start_of_day(last + timedelta(days=1))}
    shown = visible(member, "person__case__") & Q(person__case__sealed=False, person__roles__contains=["possible_victim"])
    acts: dict[Any, list[UUID]] = defaultdict(list)
    for person, act in AllegedOffence.objects.filter(shown, **met).values_list("person_id", "id"):
        acts[person].append(act)
    of_acts = [act for rows in acts.values() for act in rows]
    looks: dict[str, dict[Any, bool]] = {moment: {} for moment in rules.MOMENTS}
    asked = Obligation.objects.filter(person__in=acts, code=section45.CODE, moment__in=rules.QUESTIONS)  # whatever came of it
    answers = set(FirstAnswer.objects.filter(person__in=acts, moment__in=rules.QUESTIONS).values_list("person_id", "moment"))
    for person, stage in asked.values_list("person_id", "moment"):
        for act in acts[person]:
            moment = rules.QUESTIONS[stage]
            looks[moment][act] = looks[moment].get(act, True) and (person, stage) in answers
    outcomes = OutcomeRecorded.objects.filter(offence__in=of_acts, kind__in=rules.OUTCOMES)
    for act, kind, without in outcomes.values_list("offence_id", "kind", "happened_without"):
        looks[kind][act] = looks[kind].get(act, True) and not without
    signed: dict[UUID, list[datetime]] = defaultdict(list)
    for act, at in Countersignature.objects.filter(record__offence__in=of_acts, kind="agree").values_list(
        "record__offence_id", "signed_at"
    ):
        signed[act].append(at)
    next_one: dict[Any, datetime] = {}  # of each person, walking back from the latest
    decisions = Decision.objects.filter(referral__person__in=acts, kind__in=[*section45.FINAL, "rg_positive"])
    for person, at in decisions.order_by("-filed_at").values_list("referral__person_id", "filed_at"):
        until = next_one.get(person)
        for act in acts[person]:
            looks[rules.DECIDED][act, at] = any(at <= when and (until is None or when < until) for when in signed[act])
        next_one[person] = at
    rows = [(rules.MOMENTS[moment], len(done), sum(done.values())) for moment, done in looks.items()]
    return [(words, reached, considered, reached - considered) for words, reached, considered in rows]


# --- the summary ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Summary:
    """All that the CPS summary of one suspected offence is made from; `number` is that of the offence within the case."""

    offence: AllegedOffence
    number: int
    act: ActReading
    records: Sequence[FullRecord]
    items: Sequence[section45.CaseItem]
    turns: Sequence[ObligationEvent]
    decisions: Sequence[Decision]
    letters: Sequence[LetterFiled]
    departures: Sequence[ProsecutionEntry]

    @property
    def person(self) -> Person:
        """Whose offence it is."""
        return self.offence.person

    @property
    def status(self) -> section45.RecordStatus:
        """How the record stands."""
        owed = next((turn.obligation for turn in self.turns[-1:] if turn.obligation.state != "not_owed"), None)
        return section45.record_status_of(self.records[-1] if self.records else None, owed)

    @property
    def is_considered(self) -> bool:
        """Whether the latest version is countersigned and rests on the facts as they are."""
        return self.status.state == "agreed" and not self.status.has_changed and not self.status.is_owed

    @property
    def underlying(self) -> list[section45.CaseItem]:
        """The evidence under the decisions: accounts of the person, and exhibits of them or of nobody in particular."""
        return underlying(self.items, self.person.id)


def underlying(items: Iterable[section45.CaseItem], *people: UUID) -> list[section45.CaseItem]:
    """Of what is recorded in a case the accounts of these people, and exhibits of them or of nobody in particular."""
    return [item for item in section45.evidence_among(items) if item.subject in (None, *people)]


def summary_of(offence: AllegedOffence, all_of: Sequence[AllegedOffence], number: int) -> Summary | None:
    """What the summary of an offence is made from; None for somebody under ten then, who is nobody's suspect."""
    act, person = section45.act_of(offence, all_of), offence.person
    if act is None:
        return None
    about = Q(offence=offence) | Q(offence=None)
    return Summary(
        offence, number, act, section45.records_of(offence), section45.items_of(person.case), section45.turns_of(offence),
        section45.decisions_about(person), list(letters_in(person.case).filter(referral__person=person)),
        list(entries_of(person.case).filter(about, kind=rules.DEPARTURE, person=person)),
    )  # fmt: skip
