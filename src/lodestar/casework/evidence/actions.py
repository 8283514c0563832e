"""Recording exhibits and who had them; asking for a further account, and recording one; opening what may distress."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from lodestar.casework.cases.models import Case, Person
from lodestar.casework.evidence.models import Account, AccountRequest, Exhibit, ExhibitCorrection, ExhibitHolding
from lodestar.casework.evidence.queries import accounts_of, case_of
from lodestar.casework.ledger import ledger
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit


def _now(by: Member) -> dict[str, Any]:
    return {"recorded_at": timezone.now(), "recorded_by_id": by.user}


def record_exhibit(*, by: Member, at: datetime, case: Case, **facts: Any) -> Exhibit:
    """Records an exhibit by its reference. Raises ConcurrentEdit where another of the case has it."""
    if Exhibit.objects.filter(case=case, reference__iexact=facts["reference"]).exists():
        raise ConcurrentEdit(case)
    row = Exhibit.objects.create(case=case, **facts, **_now(by))
    people = [row.person_id] if row.person_id else []
    audit("evidence.exhibit_recorded", by=by, at=at, case=case.id, people=people, subject=str(row.id), fields=facts)
    return row


def correct_exhibit(*, by: Member, at: datetime, exhibit: Exhibit, words: str) -> None:
    """Adds what is wrong in the record of an exhibit and what is right."""
    ExhibitCorrection.objects.create(exhibit=exhibit, words=words, **_now(by))
    audit("evidence.exhibit_corrected", by=by, at=at, case=exhibit.case_id, subject=str(exhibit.id), fields=["words"])


def record_holding(*, by: Member, at: datetime, exhibit: Exhibit, **facts: Any) -> ExhibitHolding:
    """Records who had an exhibit, as it happened: a gap or an overlap is shown and never refused."""
    row = ExhibitHolding.objects.create(exhibit=exhibit, **facts, **_now(by))
    audit("evidence.exhibit_moved", by=by, at=at, case=exhibit.case_id, subject=str(exhibit.id), fields=facts)
    return row


def ask_for_account(
    *, by: Member, at: datetime, person: Person, shown: Sequence[UUID], line: str, reason: str
) -> AccountRequest:  # fmt: skip
    """Asks for a further account of a person, after the accounts `shown` were on the page. Raises ConcurrentEdit where these are
    not all there are, or there is none: a first account is nobody's to ask for."""
    if not shown or {row.id for row in accounts_of(person)} != set(shown):
        raise ConcurrentEdit(person)
    facts = {"shown": [*shown], "line": line, "reason": reason, "asked_at": at}
    row = AccountRequest.objects.create(person=person, **facts, **_now(by))
    audit("evidence.account_asked", by=by, at=at, case=person.case_id, people=[person.id], subject=str(row.id), fields=[line])
    return row


def record_account(*, by: Member, at: datetime, person: Person, request: AccountRequest | None = None, **facts: Any) -> Account:
    """Records an account taken at `at`. A further one that nobody had asked for before it was taken is accepted as happened
    without, and counted."""
    code = "evidence.account_recorded"
    with ledger.acting_on(person.case_id, by=by.user, at=at, code=code):
        earlier = len(accounts_of(person))
        request = request if request and request.asked_at <= at else None
        row = Account.objects.create(
            person=person, number=earlier + 1, request=request, happened_without=bool(earlier) and request is None,
            taken_at=at, **facts, **_now(by),
        )  # fmt: skip
        fields = [name for name, value in facts.items() if value] + ["happened_without"] * row.happened_without
        audit(code, by=by, at=at, case=person.case_id, people=[person.id], subject=str(row.id), fields=fields)
    return row


def open_material(*, by: Member, at: datetime, thing: Account | Exhibit, why: str) -> None:
    """Logs why somebody reads the words of an account, or looks at an exhibit that may distress."""
    people = [thing.person_id] if thing.person_id else []
    fields, subject = [f"for_{why}"], str(thing.id)
    audit("evidence.material_read", by=by, at=at, case=case_of(thing).id, people=people, subject=subject, fields=fields)
