"""Writes of recognition's own rows: signs, words, beliefs. Each runs inside an action that has locked the case."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from lodestar.casework.case_files.actions.people import change_person
from lodestar.casework.cases.models import Case, Person
from lodestar.casework.cases.people_listeners import compare_people
from lodestar.casework.concerns.models import BeliefDecision, ImportedRow, Note, SignSeen
from lodestar.casework.concerns.rules import NONE
from lodestar.casework.ledger import ledger
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit

CODE = "recognition.signs_recorded"
CONCERN = "recognition.concern_recorded"
Tick = tuple[str, UUID | None]  # the code of a sign, and whose it is; of the scene none


def record_signs(
    *, by: Member, at: datetime, case: Case, seen: Collection[Tick], taken_back: Collection[Tick], list_date: date
) -> None:
    """Adds signs seen at `at`, and takes back ticks by date and name. What stands already is left as it is."""
    with ledger.acting_on(case.id, by=by.user, at=at, code=CODE):
        now = timezone.now()
        if seen:
            SignSeen.objects.bulk_create(
                (
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
                ),
                ignore_conflicts=True,
            )
        if taken_back:
            ticks = Q()
            for code, person in taken_back:
                ticks |= Q(code=code, person=person)
            standing = SignSeen.objects.filter(ticks, case=case, withdrawn_at__isnull=True)
            standing.update(withdrawn_at=now, withdrawn_by=by.user)
        people = sorted({person for _, person in (*seen, *taken_back) if person})
        audit(CODE, by=by, at=at, case=case.id, people=people, fields=["signs"])


def add_notes(*, by: Member, at: datetime, case: Case, notes: Sequence[tuple[str, str, UUID | None]]) -> None:
    """Keeps words as they were said: (kind, words, whose they are about). What stands is never changed."""
    with ledger.acting_on(case.id, by=by.user, at=at, code=CODE):
        now = timezone.now()
        Note.objects.bulk_create(
            Note(case=case, person_id=person, kind=kind, words=words, recorded_at=now, recorded_by_id=by.user)
            for kind, words, person in notes
        )
        people = sorted({person for _, _, person in notes if person})
        audit(CODE, by=by, at=at, case=case.id, people=people, fields=["words"])


def keep_rows(*, by: Member, at: datetime, case: Case, rows: Sequence[tuple[str, str, str, UUID | None]]) -> list[ImportedRow]:
    """Keeps rows of a table as they came: (what it is known by, the person's own key or nothing, the row, whose it is)."""
    with ledger.acting_on(case.id, by=by.user, at=at, code=CONCERN):
        now = timezone.now()
        made = ImportedRow.objects.bulk_create(
            ImportedRow(
                case=case, person_id=person, key=key, person_key=person_key, typed=typed, recorded_at=now, recorded_by_id=by.user
            )
            for key, person_key, typed, person in rows
        )
        people = sorted({person for _, _, _, person in rows if person})
        audit(CONCERN, by=by, at=at, case=case.id, people=people, fields=["row"])
    return list(made)


def record_beliefs(
    *, by: Member, at: datetime, case: Case, beliefs: Mapping[UUID, str], how: str, because: str = "", would_change: str = ""
) -> None:
    """Adds what somebody answered on whether each of these people may be a victim. Their own rows the caller changes."""
    code = "recognition.belief_decided"
    with ledger.acting_on(case.id, by=by.user, at=at, code=code):
        now = timezone.now()
        BeliefDecision.objects.bulk_create(
            BeliefDecision(
                person_id=person,
                belief=belief,
                how=how,
                because=because,
                would_change=would_change,
                decided_at=at,
                recorded_at=now,
                by_id=by.user,
            )
            for person, belief in beliefs.items()
        )
        fields = ["belief", "because", "would_change"]
        audit(code, by=by, at=at, case=case.id, people=sorted(beliefs), fields=fields)


def decide_belief(
    *, by: Member, at: datetime, person: Person, version: int, belief: str, because: str = "", would_change: str = ""
) -> bool:
    """Records the decision with its reason, and what would change it. Certainty is not needed (Modern Slavery Act 2015
    s52(1)); without a reason *no grounds yet* leaves the reason owed. Of whom there were no grounds before nobody was told of:
    they are compared now. Whether anything of that is to be told to the decider.

    `version` is that of the person the decider had before them. Raises ConcurrentEdit.
    """
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="recognition.belief_decided"):
        is_new = person.belief != belief
        comes_back = person.belief == NONE != belief
        changed = change_person(by=by, at=at, person=person, version=version, facts={"belief": belief})
        record_beliefs(
            by=by,
            at=at,
            case=person.case,
            beliefs={person.id: belief},
            how="decided" if is_new else "recorded",
            because=because,
            would_change=would_change,
        )
        return comes_back and compare_people(by=by, at=at, case=person.case, people=[changed])
