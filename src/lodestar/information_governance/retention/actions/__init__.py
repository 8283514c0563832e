"""Keeping, holding, and letting go: it takes two people and the database's own consent (migration 0001); what lies beside people
goes by the clock, and the database looks again (migrations 0002 and 0005)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from lodestar.casework.case_files.actions.case import store
from lodestar.casework.case_files.models import CaseFile
from lodestar.casework.cases.models import Case, Person
from lodestar.casework.concerns.models import SuppressedImport
from lodestar.casework.concerns.queries import RECORD, Known, import_identifiers, marked
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.information_governance.retention import queries
from lodestar.information_governance.retention.models import Disposal, ErasureCount, Hold, RetentionDecision, ReviewDue
from lodestar.information_governance.retention.queries import AT_ONCE
from lodestar.information_governance.retention.queries.requests import asked_by
from lodestar.information_governance.retention.rules import MARKED, CodedRefusal, against, categories_of, last_day
from lodestar.intelligence.earlier_records.models import EarlierRecord, ImportedFile
from lodestar.intelligence.earlier_records.queries.records import keys_taken_in
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.models import Draft
from lodestar.platform.audit.actions import audit
from lodestar.platform.files.filestore import FileStore
from lodestar.platform.notices.models import Notice
from lodestar.platform.settings.queries import settings_in_force
from lodestar.platform.tenancy.tenant_transaction import within
from lodestar.platform.text.ids import new_id
from lodestar.platform.time.days import add_months

ASKED = "they_ask"


class Again(StrEnum):
    """What became of somebody who was let go after the moment that a restore went back to."""

    LET_GO = "let_go"
    NOT_THERE = "not_there"  # the restore brought nobody back: they came in later, or people let them go anew
    NOT_YET = "not_yet"  # people decide again


class StandsAgainst(CodedRefusal):
    """Something stands against letting a person go."""


def keep(*, by: Member, at: datetime, person: Person, category: str, until: date, reason: str, because: str) -> RetentionDecision:
    """Records that what is held about a person is still needed in a category: until when, and why."""
    row = RetentionDecision.objects.create(
        person=person, category=category, until=until, reason=reason, because=because, decided_at=at,
        recorded_at=timezone.now(), decided_by_id=by.user,
    )  # fmt: skip
    store_due([person])
    audit("keeping.kept", by=by, at=at, case=person.case_id, people=[person.id], subject=str(row.id), fields=[category])
    return row


def store_due(people: list[Person]) -> None:
    """Brings the stored review days of these people to what the rules say."""
    days = queries.due_days(people)
    rows = [
        ReviewDue(person_id=person, category=category, last_contact=last, due_on=day)
        for person, by_category in days.items()
        for category, (last, day) in by_category.items()
    ]
    ReviewDue.objects.filter(person__in=list(days)).delete()
    ReviewDue.objects.bulk_create(rows)


def hold(*, by: Member, at: datetime, case: Case, kind: str, because: str) -> Hold:
    """Puts a legal hold on a case: nobody in it is let go while it stands."""
    row = Hold.objects.create(
        case=case, kind=kind, because=because, placed_at=at, recorded_at=timezone.now(), placed_by_id=by.user
    )
    audit("keeping.held", by=by, at=at, case=case.id, subject=str(row.id))
    return row


def lift(*, by: Member, at: datetime, case: Case, because: str) -> int:
    """Lifts every hold that stands on a case, and returns how many."""
    rows = list(Hold.objects.select_for_update().filter(case=case, lifted_at__isnull=True))
    for row in rows:
        row.lifted_at, row.lifted_by_id, row.lifted_because = at, by.user, because
        row.save(update_fields=["lifted_at", "lifted_by", "lifted_because"])
        audit("keeping.hold_lifted", by=by, at=at, case=case.id, subject=str(row.id))
    return len(rows)


def ask_to_dispose(*, by: Member, at: datetime, person: Person, reason: str, because: str) -> Disposal:
    """Asks that a person is let go. Raises StandsAgainst."""
    codes = against(queries.erasure_facts(person), timezone.localtime(at).date(), reason)
    if codes:
        raise StandsAgainst(codes)
    request = asked_by(person.id) if reason == ASKED else None
    row = Disposal.objects.create(
        person=person.id, case=person.case, request=request, reason=reason, because=because, asked_at=at,
        recorded_at=timezone.now(), asked_by_id=by.user,
    )  # fmt: skip
    audit("keeping.disposal_asked", by=by, at=at, case=person.case_id, people=[person.id], subject=str(row.id))
    return row


def refuse_disposal(*, by: Member, at: datetime, disposal: Disposal, answer: str) -> Disposal:
    """A second person refuses: what is held stays. Raises StandsAgainst when somebody has decided it meanwhile."""
    _decide(disposal, by, at, "refused", answer)
    audit(
        "keeping.disposal_refused", by=by, at=at, case=disposal.case_id, people=[disposal.person],
        subject=str(disposal.id),
    )  # fmt: skip
    return disposal


def _decide(disposal: Disposal, by: Member, at: datetime, decision: str, answer: str) -> None:
    """Once: of two who decide at one moment the first has decided."""
    if not Disposal.objects.select_for_update().filter(id=disposal.id, decision="").exists():
        raise StandsAgainst(("decided",))
    disposal.decision, disposal.answer, disposal.decided_at, disposal.decided_by_id = decision, answer, at, by.user
    disposal.save(update_fields=["request", "decision", "answer", "decided_at", "decided_by"])


def dispose(*, by: Member, at: datetime, disposal: Disposal, answer: str) -> int:
    """A second person agrees, and the person is let go: all rows that hang on them, what was typed about them and not
    sent, and, when nobody is left in the case, its words and files. Returns how many rows went. Raises StandsAgainst.

    What stays are counts, the ids in the log, and that this was done, by whom and why.
    """
    with ledger.acting_on(disposal.case_id, by=by.user, at=at, code="keeping.disposed") as (case,):
        person = Person.objects.select_related("case").filter(id=disposal.person).first()
        codes = against(queries.erasure_facts(person), timezone.localtime(at).date(), disposal.reason) if person else ("gone",)
        if codes or person is None:
            raise StandsAgainst(codes)
        if disposal.reason == ASKED:
            disposal.request = asked_by(person.id)
        _decide(disposal, by, at, "agreed", answer)
        return _erase_person(case, person, disposal, by=by.user, role=by.role, at=at)


def _erase_person(case: Case, person: Person, disposal: Disposal, *, by: UUID, role: str, at: datetime) -> int:
    """Of a locked case; two people have agreed."""
    _count(person, disposal, at)
    Draft.objects.filter(path__contains=str(person.id)).delete()
    Notice.objects.filter(person=person.id).delete()
    is_last = not Person.objects.filter(case=case).exclude(id=person.id).exists()
    rows = queries.came_in_by(case, None if is_last else person)  # which do not make them again
    suppress_imports(by=by, at=at, identifiers=import_identifiers(case, rows, whole=is_last), by_two=True)
    files = _files(case) if is_last else []
    if is_last:
        Draft.objects.filter(case=case.id).delete()
    erased_count = _erased("select retention_dispose(%s)", disposal.id)
    if is_last:
        case.refresh_from_db()
        transaction.on_commit(lambda: _remove(case.tenant, files))
    audit(
        "keeping.disposed", by=by, role=role, at=at, case=case.id, people=[disposal.person], subject=str(disposal.id),
        fields=["case"] if is_last else [],
    )  # fmt: skip
    return erased_count


def erase_again(*, by: UUID, at: datetime, decided: Mapping[str, Any]) -> Again:
    """Lets somebody go whom a restore brought back, as the two people named decided before.

    A hold that stood at the moment restored to is not passed over: then people decide again.
    """
    person = Person.objects.filter(id=decided["people"][0]).first()
    if person is None:
        return Again.NOT_THERE
    if not decided["decided_by"] or Hold.objects.filter(case=person.case_id, lifted_at__isnull=True).exists():
        return Again.NOT_YET
    # The wish may say no more on which request it rested: then on the one that is here again too.
    again = asked_by(person.id) if decided["reason"] == ASKED and not decided.get("request") else None
    with ledger.acting_on(person.case_id, by=by, at=at, code="keeping.disposed") as (case,):
        wish = {
            "person": person.id, "case": case, "request_id": again.id if again else decided.get("request"),
            "reason": decided["reason"], "asked_at": decided["asked_at"],
            "recorded_at": timezone.now(), "asked_by_id": decided["asked_by"], "decision": "agreed",
            "decided_at": decided["decided_at"], "decided_by_id": decided["decided_by"],
        }  # fmt: skip
        row, _ = Disposal.objects.update_or_create(id=decided["subject"], defaults=wish)  # it may stand there undecided
        _erase_person(case, person, row, by=by, role="", at=at)
    return Again.LET_GO


def _files(case: Case) -> list[str]:
    """The addresses of the case's files that no other case has."""
    own = {digest for pair in CaseFile.objects.filter(case=case).values_list("sha256", "original") for digest in pair if digest}
    others = CaseFile.objects.exclude(case=case)
    shared = others.filter(Q(sha256__in=own) | Q(original__in=own)).values_list("sha256", "original")
    return sorted(own - {digest for pair in shared for digest in pair})


def _remove(tenant: str, files: list[str]) -> None:
    for digest in files:
        store().forget(tenant, digest)


def _count(person: Person, disposal: Disposal, at: datetime) -> None:
    """Adds the person to the counts of the year: in which categories, what was believed, why, and what had been owed."""
    year = timezone.localtime(at).year
    categories = " and ".join(categories_of(person.category, person.roles))
    counted = Counter([f"person: {categories}; {person.belief or 'not decided'}; {disposal.reason}"])
    left = Obligation.objects.filter(person=person).exclude(state="not_owed").values_list("code", "state")
    counted.update(f"owed: {code}; {state}" for code, state in left)
    count(counted, year)


def count(counted: Mapping[str, int], year: int) -> None:
    """Adds to the counts of a year."""
    for what, number in sorted(counted.items()):
        row, _ = ErasureCount.objects.get_or_create(year=year, what=what, defaults={"id": new_id()})
        ErasureCount.objects.filter(id=row.id).update(number=F("number") + number)


def suppress_imports(*, by: UUID, at: datetime, identifiers: Iterable[Known], by_two: bool) -> None:
    """Marks what is let go; what is marked already stays as it is. By whom stands in the log, where whoever lets it go writes
    it, and not with the mark."""
    today = timezone.localtime(at).date()
    until = add_months(today, int(settings_in_force().on(today)[MARKED]))
    rows = [
        SuppressedImport(mark=marked(identifier)[0], gone_on=today, by_two=by_two, until=until)
        for identifier in dict.fromkeys(identifiers)
    ]
    SuppressedImport.objects.bulk_create(rows, ignore_conflicts=True)


# --- by the clock ----------------------------------------------------------------------------------------------------


def erase_expired(*, by: UUID, at: datetime) -> dict[str, int]:
    """Lets go what is over of a force, some hundred of each kind; how many of each went. Each kind is one event of the log, with
    its number and nothing else."""
    today, counts = timezone.localtime(at).date(), {}
    counts["earlier"] = _earlier(by, at)
    counts["likeness"] = _erased("select retention_remove_matches(%s::uuid[])", queries.likenesses_over(today))
    counts["request"] = _erased("select retention_remove_requests(null, %s)", queries.since("request", today))
    counts["let_go"] = _erased("select concerns_remove_suppressed_imports(%s)", today)
    counts["draft"] = Draft.objects.filter(id__in=queries.drafts_over(today)).delete()[0]
    counts["taken_in"] = ImportedFile.objects.filter(id__in=queries.reports_over(today)).delete()[0]
    for kind, number in counts.items():
        if number:
            record_erasure(by=by, at=at, kind=kind, number=number)
    return counts


def _erased(query: str, value: Any) -> int:
    """How many rows a function of the database erased, which looks again itself whether it may."""
    with connection.cursor() as cursor:
        cursor.execute(query, [value])
        return int(cursor.fetchone()[0])


def _earlier(by: UUID, at: datetime) -> int:
    """Whom earlier records were about and who went. Their records are marked, so that the other system's next file does not
    bring them back."""
    people = queries.earlier_over(timezone.localtime(at).date())
    keys = list(EarlierRecord.objects.filter(earlier_person__in=people).values_list("key", flat=True))
    erased_count = _erased("select retention_remove_earlier_records(%s::uuid[])", people)
    if erased_count:
        stayed = keys_taken_in(keys)
        suppress_imports(by=by, at=at, identifiers=[(RECORD, key) for key in keys if key not in stayed], by_two=False)
    return erased_count


def record_erasure(*, by: UUID, at: datetime, kind: str, number: int) -> None:
    """Counts what went and writes it into the log."""
    count({f"beside: {kind}": number}, timezone.localtime(at).year)
    audit("keeping.beside_let_go", by=by, role="", at=at, subject=str(number), fields=[kind])


def sweep_files(*, by: UUID, at: datetime, tenant: str, stores: Iterable[FileStore]) -> int:
    """Forgets the files of a force that nothing refers to and that are older than its setting says; how many they were.

    Each is written into the log before it goes. While a row of a file is missing in a case under a legal hold none goes: it could
    be that one.
    """
    return sum(_sweep(file_store, tenant, by, at) for file_store in stores)


def _sweep(files: FileStore, tenant: str, by: UUID, at: datetime) -> int:
    today, number = timezone.localtime(at).date(), 0
    with within(tenant):
        settings = settings_in_force().on(today)
    old = [
        digest for digest, changed in files.listed(tenant)
        if last_day("file", timezone.localtime(changed).date(), settings) < today
    ]  # fmt: skip
    for begin in range(0, len(old), AT_ONCE):
        some = old[begin : begin + AT_ONCE]
        with within(tenant):
            if queries.misses_a_held_file():
                return number
            orphans = sorted(set(some) - queries.referred_to(some))
            for digest in orphans:
                audit("keeping.file_swept", by=by, role="", at=at, subject=digest[:60], fields=["file"])
            if orphans:
                record_erasure(by=by, at=at, kind="file", number=len(orphans))
        for digest in orphans:
            files.forget(tenant, digest)
        number += len(orphans)
    return number
