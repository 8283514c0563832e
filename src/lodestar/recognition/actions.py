"""Writes of recognition's own rows: signs, words, beliefs. Each runs inside an action that has locked the case."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.cases import ledger
from lodestar.cases.models import Case, Person
from lodestar.recognition.models import BeliefDecision, Note, SignSeen
from lodestar.record import actions as record

CODE = "recognition.signs_recorded"
Tick = tuple[str, UUID | None]  # the code of a sign, and whose it is; of the scene none


def record_signs(
    *, by: Member, at: datetime, case: Case, seen: Collection[Tick], taken_back: Collection[Tick], list_date: date
) -> None:
    """Adds signs seen at `at`, and takes back ticks by date and name. What stands already is left as it is."""
    with ledger.acting_on(case.id, by=by.user, at=at, code=CODE):
        now = timezone.now()
        standing = {
            (row.code, row.person_id): row for row in SignSeen.objects.filter(case=case, withdrawn_at__isnull=True)
        }
        SignSeen.objects.bulk_create(
            SignSeen(
                case=case,
                person_id=person,
                code=code,
                list_date=list_date,
                seen_at=at,
                recorded_at=now,
                recorded_by_id=by.user,
            )
            for code, person in sorted(seen, key=str)
            if (code, person) not in standing
        )
        gone = [standing[tick].id for tick in taken_back if tick in standing]
        if gone:
            SignSeen.objects.filter(id__in=gone).update(withdrawn_at=now, withdrawn_by=by.user)
        people = sorted({person for _, person in (*seen, *taken_back) if person})
        record.append(CODE, by=by.user, role=by.role, at=at, case=case.id, people=people, fields=["signs"])


def add_notes(*, by: Member, at: datetime, case: Case, notes: Sequence[tuple[str, str, UUID | None]]) -> None:
    """Keeps words as they were said: (kind, words, whose they are about). What stands is never changed."""
    with ledger.acting_on(case.id, by=by.user, at=at, code=CODE):
        now = timezone.now()
        Note.objects.bulk_create(
            Note(case=case, person_id=person, kind=kind, words=words, recorded_at=now, recorded_by_id=by.user)
            for kind, words, person in notes
        )
        people = sorted({person for _, _, person in notes if person})
        record.append(CODE, by=by.user, role=by.role, at=at, case=case.id, people=people, fields=["words"])


def record_belief(
    *, by: Member, at: datetime, person: Person, belief: str, how: str, because: str = "", would_change: str = ""
) -> BeliefDecision:
    """Adds what somebody answered on whether this person may be a victim. The person's own row is changed by the caller."""
    code = "recognition.belief_decided"
    with ledger.acting_on(person.case_id, by=by.user, at=at, code=code):
        row = BeliefDecision.objects.create(
            person=person,
            belief=belief,
            how=how,
            because=because,
            would_change=would_change,
            decided_at=at,
            recorded_at=timezone.now(),
            by_id=by.user,
        )
        record.append(
            code,
            by=by.user,
            role=by.role,
            at=at,
            case=person.case_id,
            people=[person.id],
            subject=str(row.id),
            fields=["belief", "because", "would_change"],
        )
    return row
