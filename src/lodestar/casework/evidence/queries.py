"""Reads of exhibits and of the ledger of accounts, which begins with the videos of the first account; who sees one of these."""

from collections import defaultdict
from datetime import datetime
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import Count, F, Q, Value
from django.utils import timezone

from lodestar.casework.case_files.models import CaseFile
from lodestar.casework.cases.access import visible
from lodestar.casework.cases.models import Case, FirstAccount, Person
from lodestar.casework.cases.queries import first_accounts
from lodestar.casework.evidence.models import Account, AccountRequest, Exhibit
from lodestar.casework.evidence.rules import WAYS, count_officers
from lodestar.platform.accounts.access import Member, one_or_404
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.audit.actions import audit

FIRST = "body_worn"  # how a first account is taken

Thing = TypeVar("Thing", Account, Exhibit)
_CASE = {Exhibit: "case", Account: "person__case"}


def case_of(thing: Account | Exhibit) -> Case:
    """The case of an exhibit or account."""
    return thing.case if isinstance(thing, Exhibit) else thing.person.case


def material_for(member: Member, kind: type[Thing], thing: UUID, permission: Permission, *, viewed: bool = False) -> Thing:
    """One exhibit or account, if the member holds the permission and sees its case; Http404 otherwise."""
    case = _CASE[kind]
    rows = kind._default_manager.select_related("person", case, "recorded_by").filter(visible(member, f"{case}__"), id=thing)
    row = one_or_404(rows if member.may(permission) else rows.none())
    if viewed:
        people = filter(None, [row.person_id])
        audit("cases.viewed", by=member, at=timezone.now(), case=case_of(row).id, people=people, subject=str(row.id))
    return row


class LedgerAccount(NamedTuple):
    """One account of the ledger: of the first hour a video, and without `account`."""

    id: UUID
    title: str
    taken_at: datetime
    taker: str
    way: str
    reference: str
    account: Account | None = None


def accounts_of(person: Person) -> list[LedgerAccount]:
    """Every account that a person gave, in the order in which they were taken."""
    first = first_accounts([person.id])
    rows = [LedgerAccount(row.id, "First account", row.taken_at, row.officer, FIRST, row.reference) for row in first]
    rows += [
        LedgerAccount(row.id, f"Account {row.number}", row.taken_at, row.taker, row.way, row.reference, row)
        for row in Account.objects.select_related("request").filter(person=person)
    ]
    return sorted(rows, key=lambda row: (row.taken_at, row.id))


def _waiting(**whose: Any) -> Any:
    answered = Account.objects.filter(request__isnull=False).values("request")
    return AccountRequest.objects.filter(**whose).exclude(id__in=answered).order_by("-asked_at", "-id")


def open_requests(person: Person) -> list[AccountRequest]:
    """Further accounts of a person that were asked for and are not recorded yet, the latest first."""
    return list(_waiting(person=person).select_related("recorded_by"))


def exhibits_of(case: Case) -> list[Exhibit]:
    """The exhibits of a case with who had them, by reference."""
    return list(Exhibit.objects.filter(case=case).prefetch_related("holdings", "corrections").order_by("reference", "id"))


def files_of(case: Case) -> list[tuple[str, str]]:
    """The photographs and papers of a case, each of which may be an exhibit: ids and names."""
    return [(str(row.id), str(row.name)) for row in CaseFile.objects.filter(case=case).order_by("added_at")]


# --- for the hub, the checklist before closing and the timeline --------------------------------------------------------------


def accounts_in(case: Case) -> dict[tuple[UUID, int], tuple[int, int]]:
    """How many accounts each person of a case gave, and to how many officers; by the person and their number."""
    first = FirstAccount.objects.filter(person__case=case).values_list("person_id", "person__number", "officer", "id")
    later = Account.objects.filter(person__case=case).values_list("person_id", "person__number", "taker", "id")
    takers: dict[tuple[UUID, int], list[str]] = defaultdict(list)
    for person, number, taker, _ in first.union(later, all=True):
        takers[person, number].append(taker)
    return {person: (len(names), count_officers(names)) for person, names in takers.items()}


def exhibit_counts(case: Case) -> tuple[int, int]:
    """How many exhibits a case has, and of how many nobody is recorded as having had them."""
    loose = Count("id", filter=Q(holdings__isnull=True))
    counts = Exhibit.objects.filter(case=case).aggregate(every=Count("id", distinct=True), loose=loose)
    return counts["every"], counts["loose"]


def open_for_closing(case: Case) -> list[tuple[str, str]]:
    """Exhibits of which nobody is recorded as having them, and further accounts that were asked for and are not recorded."""
    loose = Exhibit.objects.filter(case=case, holdings__isnull=True).values_list("reference", "id", Value(0))
    asked = _waiting(person__case=case).order_by().values_list(Value(""), "person_id", "person__number")
    return [
        (f"Person {number}: an account was asked for and is not recorded", f"/people/{row}/accounts")
        if number
        else (f"Exhibit {reference}: who has it is not recorded", f"/exhibits/{row}")
        for reference, row, number in sorted(loose.union(asked, all=True), key=lambda line: (line[2], line[0]))
    ]


def timeline_rows(case: Case, *, is_masked: bool = False) -> list[tuple[datetime, str, str, str]]:
    """Exhibits found and accounts taken; never what is in them. Masked, without the reference of an exhibit."""
    found = Exhibit.objects.filter(case=case, found_at__isnull=False).values_list("found_at", "reference", "id")
    columns = ("taken_at", "person__number", "person_id", "gave")
    first = FirstAccount.objects.filter(person__case=case).annotate(gave=Value(FIRST)).values_list(*columns)
    later = Account.objects.filter(person__case=case).annotate(gave=F("way")).values_list(*columns)
    exhibits = [
        (at, "event", "Exhibit found" if is_masked else f"Exhibit {reference} found", f"/exhibits/{row}")
        for at, reference, row in found
        if at
    ]
    return exhibits + [
        (at, "account", f"Person {number} gave an account: {WAYS[way]}", f"/people/{person}/accounts")
        for at, number, person, way in first.union(later, all=True)
    ]
