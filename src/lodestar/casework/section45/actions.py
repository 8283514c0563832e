"""Deciding the full record of section 45 of the Modern Slavery Act 2015 for one offence, and countersigning it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.utils import timezone

from lodestar.casework.case_files.actions.case import give_case
from lodestar.casework.case_files.actions.people import change_offence
from lodestar.casework.cases.models import AllegedOffence, Case, CaseMember, Person
from lodestar.casework.cases.queries import who_to_tell
from lodestar.casework.cases.rules import is_held
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.section45 import queries
from lodestar.casework.section45.models import Countersignature, Element, ElementLink, FirstAnswer, FullRecord, OutcomeRecorded
from lodestar.casework.section45.rules.acts import NEXT_TOUR, ActReading, countersign_by
from lodestar.casework.section45.rules.duties import act_fingerprint
from lodestar.casework.section45.rules.record import Asked, asked_of, lacking, may_countersign, schedule_summary
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.models import RotaEntry
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import tour_at
from lodestar.platform.audit.actions import audit
from lodestar.platform.notices.actions import notify
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.text.text_normalise import one_line, several_lines

LONGEST = 2000
WORDS = (
    "settled_why", "duress", "self_defence", "public_interest", "abuse_of_process", "law_note", "their_answer",
    "missing", "reason",
)  # fmt: skip


class IncompleteDecision(Exception):
    """A decision, or a countersignature, lacks something: `lacking` says what, in words, by the name of its field."""

    def __init__(self, lacking: Mapping[str, str]) -> None:
        super().__init__("not yet")
        self.lacking = lacking


class FactsChanged(Exception):
    """What the record rests on is no longer what the writer had before them: a decision or a new fact has come."""


class TookPart(Exception):
    """Whoever decided a version of the record cannot be the second person who looks at it."""


def decide(
    *, by: Member, at: datetime, offence: AllegedOffence, act: ActReading, answers: Mapping[str, str], seen: int, rests_on: str
) -> FullRecord:
    """Records what somebody decided of one offence at `at`, part by part, as the next version. `act` is the offence as the
    rules read it; `answers` are by the names of `rules/record.py`, the evidence of a part as codes of `queries.CaseItem`.

    Raises NotYet for what is lacking, Meanwhile when there are more versions than the `seen` that the writer had before
    them, FactsChanged when the facts are not those of `rests_on`.
    """
    case, person = offence.person.case, offence.person
    answers = {name: several_lines(words)[:LONGEST] for name, words in answers.items()}
    with ledger.acting_on(case.id, by=by.user, at=at, code="section45.record_decided"):
        earlier = queries.versions_of(offence)
        if len(earlier) > seen:
            raise ConcurrentEdit(earlier[-1])
        asked = asked_of(act)
        if missing := lacking(asked, answers):
            raise IncompleteDecision(missing)
        owed = queries.owed_for(person).get((queries.RECORD, str(offence.id)))
        if owed is not None and owed.rests_on != rests_on:
            raise FactsChanged
        row = FullRecord.objects.create(
            offence=offence, number=len(earlier) + 1, before=answers["before"], test=act.test if asked.limbs else "",
            schedule=schedule_summary(act)[:300], settled=answers.get("settled", "") if asked.settle else "",
            asked_whom=one_line(answers.get("asked_whom", ""))[:500], conclusion=answers["conclusion"],
            decided_by_id=by.user, decided_at=at, recorded_at=timezone.now(), countersign_by=_countersign_by(by, at, case),
            rests_on=owed.rests_on if owed else "", act_rests_on=act_fingerprint(act),
            **{name: answers.get(name, "") for name in WORDS},
        )  # fmt: skip
        elements = Element.objects.bulk_create(
            Element(
                record=row, test=limb.test, number=limb.number, reading=answers.get(f"{limb.name}_reading", ""),
                evidence_for=answers.get(f"{limb.name}_for", ""), evidence_against=answers.get(f"{limb.name}_against", ""),
            )
            for limb in asked.limbs
        )  # fmt: skip
        ElementLink.objects.bulk_create(
            ElementLink(element=element, **{f"{kind}_id": UUID(item)})
            for element, limb in zip(elements, asked.limbs, strict=True)
            for kind, _, item in (code.partition(":") for code in answers.get(f"{limb.name}_evidence", "").split())
        )
        _log("section45.record_decided", by, row, at, _written_fields(asked, answers))
        signers = who_to_tell(case, Permission.SECTION45_COUNTERSIGN) - {version.decided_by_id for version in earlier}
        _notify(by, row, "section45_countersign", signers)
    return row


def _written_fields(asked: Asked, answers: Mapping[str, str]) -> list[str]:
    """What was written, by name: the parts of the test together, the rest one by one."""
    of_parts = {f"{limb.name}_{name}" for limb in asked.limbs for name in ("for", "against", "evidence", "reading")}
    written = {name for name, words in answers.items() if words}
    return sorted({"parts"} | written - of_parts if written & of_parts else written)


def _countersign_by(by: Member, at: datetime, case: Case) -> datetime:
    """The end of the next tour, by the roster of the case's unit, else of the force; the decider counts for nothing."""
    coming = RotaEntry.objects.filter(post="supervisor", from_at__gt=at, from_at__lte=at + timedelta(hours=NEXT_TOUR))
    rows = list(coming.exclude(user_id=by.user).values_list("unit_id", "from_at", "to_at"))
    own = [span for unit, *span in rows if unit == case.unit_id]
    spans = [(start, end) for start, end in own or [span for _, *span in rows]]
    tour = tour_at(by.user, at)
    return countersign_by(at, spans, tour.to_at if tour else None)


def countersign(*, by: Member, at: datetime, version: FullRecord, kind: str, reason: str = "") -> Countersignature:
    """Records that a second person agreed with one version of a record, or sent it back with a reason, at `at`.

    Raises TookPart for whoever decided any version of it; Meanwhile when it was signed already or is not the latest;
    FactsChanged when it would be agreed to and no longer rests on the facts as they are; NotYet when it is sent back
    without a reason.
    """
    offence = version.offence
    person = offence.person
    reason = several_lines(reason)[:LONGEST]
    code = "section45.countersigned" if kind == "agree" else "section45.sent_back"
    with ledger.acting_on(person.case_id, by=by.user, at=at, code=code):
        rows = queries.versions_of(offence)
        if not may_countersign(by.user, frozenset(row.decided_by_id for row in rows)):
            raise TookPart
        if rows[-1].id != version.id or Countersignature.objects.filter(record=version).exists():
            raise ConcurrentEdit(rows[-1])
        owed = queries.owed_for(person).get((queries.RECORD, str(offence.id)))
        if kind == "agree" and owed is not None and owed.rests_on != version.rests_on:
            raise FactsChanged
        if kind != "agree" and not reason:
            raise IncompleteDecision({"reason": "Write what is wanted, so that it can be done"})
        row = Countersignature.objects.create(
            record=version, decided_by_id=version.decided_by_id, by_id=by.user, kind=kind, reason=reason, signed_at=at,
            recorded_at=timezone.now(),
        )  # fmt: skip
        _log(code, by, version, at, ["kind", *(["reason"] if reason else [])])
        if kind != "agree":
            _notify(by, version, "section45_sent_back", {version.decided_by_id})
    return row


def _notify(by: Member, record: FullRecord, kind: str, to: Collection[UUID]) -> None:
    person, subject = record.offence.person, str(record.offence_id)
    notify(to=to, kind=kind, by=by, at=timezone.now(), case=person.case_id, person=person.id, subject=subject)


def _log(code: str, by: Member, row: FullRecord, at: datetime, fields: list[str]) -> None:
    audit(
        code, by=by, at=at, case=row.offence.person.case_id, people=[row.offence.person_id], subject=str(row.id),
        fields=fields,
    )  # fmt: skip


STAGE = {
    "charge": "charged",
    "caution": "out_of_court_disposal",
    "other_disposal": "out_of_court_disposal",
    "no_further_action": "no_further_action",
    "plea": "hearing",
    "hearing": "hearing",
}


class RecordOpen(Exception):
    """The full record of section 45 of the Modern Slavery Act 2015 was open, so that no outcome is authorised."""


def record_outcome(
    *, by: Member, at: datetime, offence: AllegedOffence, kind: str, waits_for_nrm: bool = False, words: str = "",
    reason: str = "", has_happened: bool = False,
) -> OutcomeRecorded:  # fmt: skip
    """Records an outcome at `at`, authorised by the countersigned record; the stage of the case against them follows.

    Raises RecordOpen when the full record was open then, and IncompleteDecision for a charge without a reason while the
    decision of the NRM is waited for (so far as possible it comes first). One that `has_happened` is never refused: where the
    full record was open it is owed as late from that very moment, and the outcome stays counted. Where it was not, it is
    recorded as any other.
    """
    person = offence.person
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="section45.outcome_recorded"):
        is_open, rests = _record_then(offence, at)
        if is_open and not has_happened:
            raise RecordOpen
        if kind == "charge" and waits_for_nrm and not reason.strip() and not has_happened:
            raise IncompleteDecision({"reason": "Write why the charge does not wait for the NRM decision"})
        earlier = list(OutcomeRecorded.objects.filter(offence=offence).order_by("number"))
        row = OutcomeRecorded.objects.create(
            offence=offence, number=len(earlier) + 1, kind=kind, at=at, at_words=words[:40], happened_without=is_open,
            record=rests, reason=several_lines(reason)[:2000], recorded_at=timezone.now(), by_id=by.user,
        )  # fmt: skip
        act = AllegedOffence.objects.get(id=offence.id)  # as it is by now, under the lock
        if all(outcome.at <= at for outcome in earlier) and act.stage != STAGE[kind]:
            change_offence(by=by, at=at, person=person, offence=act, facts={"stage": STAGE[kind]})
        audit(
            "section45.happened_without" if is_open else "section45.outcome_recorded", by=by, at=at, case=person.case_id,
            people=[person.id], subject=str(row.id), fields=["kind", "at", "stage", *(["reason"] if reason else [])],
        )  # fmt: skip
    return row


record_happened_without = partial(record_outcome, has_happened=True)


def _record_then(offence: AllegedOffence, at: datetime) -> tuple[bool, FullRecord | None]:
    """Whether the full record was open at `at`, and the countersigned version that stood then."""
    owed: Obligation | None = queries.owed_for(offence.person).get((queries.RECORD, str(offence.id)))
    if owed is None:
        return False, None
    if not queries.was_closed(owed, at):
        return True, None
    agreed = FullRecord.objects.filter(
        offence=offence, countersignatures__kind="agree", countersignatures__signed_at__lt=at + queries.MINUTE
    )
    return False, agreed.order_by("number").last()


def answer_first_question(
    *, by: Member, at: datetime, person: Person, answer: str, why: str, questions: Sequence[Obligation]
) -> list[FirstAnswer]:
    """Records one answer, for the person and all offences together, at `at`. It is kept for each of the `questions`.

    *Yes* and *cannot rule out* give the case, and notice, to those who must know: the duty supervisor, the owner, custody. A
    sealed case stays its named owners' own.
    """
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="section45.question_answered") as (locked,):
        now = timezone.now()
        rows = FirstAnswer.objects.bulk_create(
            FirstAnswer(
                person=person, moment=moment, answer=answer, why=why.strip()[:1000], rests_on=rests_on, happened_at=at,
                recorded_at=now, by_id=by.user,
            )
            for moment, rests_on in [(row.moment, row.rests_on) for row in questions] or [("", "")]
        )  # fmt: skip
        audit(
            "section45.question_answered", by=by, at=at, case=person.case_id, people=[person.id],
            fields=["answer", "why"],
        )  # fmt: skip
        if answer in queries.TOLD_OF:
            recipients = who_to_tell(locked, Permission.CASE_VIEW) if locked.sealed else _share_case(by, now, person)
            notify(to=recipients, kind="section45_yes", by=by, at=now, case=person.case_id, person=person.id)
    return rows


def answer_open_questions(*, by: Member, at: datetime, person: Person, answer: str, why: str) -> list[FirstAnswer]:
    """Records one answer at every stage at which the question is open; where it is nowhere, the answers there are get a newer
    one."""
    questions = queries.questions_of(person)
    wanted = [row for row in questions if row.state == "open"] or questions
    return answer_first_question(by=by, at=at, person=person, answer=answer, why=why, questions=wanted)


def _share_case(by: Member, now: datetime, person: Person) -> set[UUID]:
    """Lets those who must know see the case, where they do not already by having been given it. The custody desk sees whoever
    is held, until they are released. Who must know, with the supervisors of its unit where nobody is on duty."""
    at_the_desk = is_held(person.held_from, person.in_custody_from, person.released_at, now)
    informed = [(role, user.id) for role, user in queries.people_to_inform(person, now) if user.id != by.user]
    recipients = {user for role, user in informed if role != "custody" or not at_the_desk}
    with_access = CaseMember.objects.filter(case=person.case_id, user__in=recipients, to_at__isnull=True)
    for user in sorted(recipients - set(with_access.values_list("user_id", flat=True))):
        give_case(by=by, at=now, case=person.case, to=user, notice="")
    must_know = {user for _, user in informed}
    is_on_duty = any(role == "duty supervisor" for role, _ in informed)
    return must_know if is_on_duty else must_know | who_to_tell(person.case, Permission.SECTION45_COUNTERSIGN)
