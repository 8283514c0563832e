"""What waits on the first page of somebody's work, and what hangs on one person, each in one statement; and where pages lead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import Case as Case_
from django.db.models import (
    CharField,
    DateTimeField,
    Expression,
    Func,
    JSONField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, JSONObject

from lodestar.casework.cases.access import visible
from lodestar.casework.cases.models import AllegedOffence, ConsentAnswer, Exploitation, FirstAccount, Person
from lodestar.casework.cases.queries import as_accounts, first_accounts_subquery
from lodestar.casework.contact_promises.access import promises_to_do
from lodestar.casework.court_orders.queries import orders_seen
from lodestar.casework.decisions.models import Decision, Letter, LetterFiled
from lodestar.casework.enquiries.models import LineOfEnquiry
from lodestar.casework.enquiries.queries import rows_seen
from lodestar.casework.safe_addresses.models import SafeAddress, SafeAddressViewer
from lodestar.casework.safe_addresses.queries import GATE_COLUMNS, ContactGate, gate_columns, gate_of
from lodestar.casework.support.models import SupportStage
from lodestar.casework.suspects.access import suspects_seen
from lodestar.information_governance.retention.access import own_sealed_due, own_sealed_wishes, own_tasks
from lodestar.information_governance.retention.queries.requests import unanswered
from lodestar.intelligence.earlier_records.queries.records import waiting
from lodestar.intelligence.identities.access import alerts
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.models import RotaEntry
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import at_work, drafts_of
from lodestar.platform.design.words import MOST_COUNTED
from lodestar.platform.notices.queries import new_rows
from lodestar.platform.staff.models import Leave
from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.time.days import london_date

ALERTS = 3  # the latest; all stand on their own page
REVIEWS = 5  # the longest waiting; the next come up as these are done
MOST_DUE = 20  # of one kind in one investigation
TOLD_FOR, TOLD = timedelta(days=7), 5  # of emergency access


@dataclass(frozen=True)
class Waits:
    """One thing that waits; of an alert of a report `what` is what that has to do with the case. `words` is the address of a
    form that was not sent, or the reference of a case; `name` who did it, empty for another force."""

    what: str
    id: UUID | None
    words: str
    name: str
    at: datetime


def waits_for(member: Member, now: datetime, due: Mapping[str, Any]) -> dict[str, list[Waits]]:
    """By what it is (`draft`, `new`, `alert`, `asked`, `review`): the form the member was writing last, notices, alerts they
    have not said they have seen, questions from earlier records put to them, what people ask about themselves that they review;
    and of sealed cases of theirs who is to be let go, or looked at (`let_go`, `needed`); and what is `due` by its code."""
    rows, more = _draft(member), [new_rows(member)]
    if member.may(Permission.CASE_VIEW):
        more += [_alerts(member), _reviews(member), _erasure_requests(member), _needed(member, now)]
    more += [_asked(member)] if member.may(Permission.PROMPT_ANSWER) else []
    by_kind: dict[str, list[Waits]] = {
        what: [] for what in ("draft", "new", "alert", "asked", "review", "let_go", "needed", *due)
    }
    for row in rows.union(*more, *due.values(), all=True):
        by_kind[row[0]].append(Waits(*row))
    return by_kind


def _draft(member: Member) -> QuerySet[Any, Any]:
    return drafts_of(member.user).values_list(Value("draft"), "key", "path", Value(""), "saved_at")[:1]


def _alerts(member: Member) -> QuerySet[Any, Any]:
    rows = alerts(member).filter(seen_at__isnull=True).order_by("-alerted_at", "-id")
    return rows.values_list(
        Value("alert"), "id", Coalesce("match__other__case__reference", "about__case__reference", Value("")),
        Coalesce("match__found_by__name", Value("")),
        Coalesce("match__found_at", "alerted_at"),
    )[:ALERTS]  # fmt: skip


def _reviews(member: Member) -> QuerySet[Any, Any]:
    rows = unanswered(own_tasks(member)).order_by("asked_at", "id")
    return rows.values_list(Value("review"), "id", "case__reference", Value(""), "asked_at")[:REVIEWS]


def _erasure_requests(member: Member) -> QuerySet[Any, Any]:
    rows = own_sealed_wishes(member).order_by("asked_at", "id")
    return rows.values_list(Value("let_go"), "id", "case__reference", "asked_by__name", "asked_at")[:REVIEWS]


def _needed(member: Member, now: datetime) -> QuerySet[Any, Any]:
    rows = own_sealed_due(member, london_date(now)).order_by("due_on", "id")
    due = Cast("due_on", DateTimeField())
    return rows.values_list(Value("needed"), "person_id", "person__case__reference", Value(""), due)[:REVIEWS]


def _asked(member: Member) -> QuerySet[Any, Any]:
    rows = waiting().filter(asked_of_id=member.user).order_by("asked_at", "id")
    return rows.values_list(Value("asked"), "id", Value(""), Value(""), "asked_at")[: MOST_COUNTED + 1]


def investigation_due(member: Member) -> Expression:
    """Of a case that is read what its investigation makes due, besides what the ledger holds: lines of enquiry of its plan, bail
    that ends, court orders and promises to look at. Each a kind, an id, the code of what it is and a time; none for a member who
    does not see the investigation."""
    if not member.may(Permission.INVESTIGATION_VIEW):
        return Value([], output_field=JSONField())
    case, parts = OuterRef("pk"), []
    of_person = {"person__case": case, "due_at__isnull": False}
    for kind, rows, code in (
        ("line", rows_seen(member, LineOfEnquiry).filter(case=case, due_at__isnull=False), "code"),
        ("bail", suspects_seen(member).filter(**of_person), "state"),
        ("order", orders_seen(member).filter(**of_person), "kind"),
        ("promise", promises_to_do(member).filter(**of_person), "kind"),
    ):
        if kind != "promise" or member.may(Permission.PROMISE_RECORD):
            row = JSONObject(kind=Value(kind), id="id", code=code, due="due_at")
            parts.append(ArraySubquery(rows.order_by("due_at", "id").values(due_row=row)[:MOST_DUE]))
    return Func(*parts, function="", template="(%(expressions)s)", arg_joiner=" || ", output_field=ArrayField(JSONField()))


@dataclass(frozen=True)
class About:
    """What hangs on a person, for their page. `consent` is the conversation that counts, None when there was none."""

    viewers: Mapping[UUID, str]  # who may be shown the safe address; nobody means that none is recorded
    consent: Mapping[str, Any] | None
    contact: str  # what they last said of being contacted again: yes, unsafe, unwanted, or nothing
    gate: ContactGate
    exploitation: Sequence[str]
    offences: Sequence[str]
    accounts: Sequence[FirstAccount] = ()  # the videos of their first account, as much as finds them again
    support: Mapping[str, Any] | None = None  # the stage of support and since when, for those who may see support
    beside: Mapping[str, Any] | None = None  # what another app asked to be read with it
    is_only_received: bool = False  # what is held of contact came from another system alone: no agreement


_BESIDE_PERSON = ("viewer_ids", "viewer_names", "reported", "asked", "types", "acts", "accounts", "support", "beside")
_HOLDERS = ("case__owner_id", "case__owner__name", "case__interim_owner_id", "case__interim_owner__name")


def about(person: Person, beside: Subquery | None = None) -> About:
    """All of it in one query. `beside`: what another app reads of the person with it."""
    of = {"person": OuterRef("pk")}
    viewers = SafeAddressViewer.objects.filter(**of).order_by("user__name")
    consent = ConsentAnswer.objects.filter(**of, leaves_referral=False).order_by("-asked_at", "-recorded_at")
    fields = ("nrm", "wants_time", "spoke_alone", "interpreter", "language", "job_number")
    row = (
        Person.objects.filter(id=person.id)
        .annotate(
            viewer_ids=ArraySubquery(viewers.values("user_id")),
            viewer_names=ArraySubquery(viewers.values("user__name")),
            reported=ArraySubquery(SafeAddress.objects.filter(**of).values("is_reported")),
            asked=Subquery(consent.values(latest=JSONObject(asked_at="asked_at", **{name: name for name in fields}))[:1]),
            **gate_columns(),
            types=ArraySubquery(Exploitation.objects.filter(**of).order_by("id").values("type")),
            acts=ArraySubquery(AllegedOffence.objects.filter(**of).order_by("id").values_list(_act())),
            accounts=first_accounts_subquery(),
            support=Subquery(SupportStage.objects.filter(**of).values(row=JSONObject(stage="stage", since="since"))),
            beside=beside if beside is not None else Value(None, JSONField()),
        )
        .values(*_HOLDERS, *_BESIDE_PERSON, *GATE_COLUMNS)
        .get()
    )
    return About(
        viewers=dict(zip(row["viewer_ids"], row["viewer_names"], strict=True)) | _holding(row),
        consent=row["asked"],
        contact=row["wish"] or "",
        gate=gate_of(row),
        exploitation=row["types"],
        offences=row["acts"],
        accounts=as_accounts(row["accounts"]),
        support=row["support"],
        beside=row["beside"],
        is_only_received=bool(row["reported"]) and all(row["reported"]),
    )


def _holding(row: Mapping[str, Any]) -> dict[UUID, str]:
    """Who may be shown what another system says, while nobody has written more (`casework/safe_addresses/access.py`)."""
    if not row["reported"] or not all(row["reported"]):
        return {}
    holder = "owner" if row["case__owner_id"] else "interim_owner"
    return {row[f"case__{holder}_id"]: row[f"case__{holder}__name"]}


def _act() -> Any:
    """An alleged offence in the words that were recorded: its title, else its Act and section."""
    cited = Concat("act", Value(" section "), "section")
    return Case_(When(~Q(title=""), then="title"), When(~Q(section=""), then=cited), default="act")


def linked_pages(of: str) -> list[tuple[str, str, Permission, str]]:
    """Where the bar, a case or a person leads, in the order of the list: words, address, who may, and a sentence or nothing."""
    rows = (row for row in reference_list("accounts", "pages").rows if row["of"] == of)
    return [(row["words"], row["page"], Permission[row["permission"]], row.get("about", "")) for row in rows]


# --- the coordinator's morning -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CameIn:
    """One thing that came in: a letter that waits, a decision (`kind` says which), or a letter that filed itself."""

    what: int
    id: UUID
    at: datetime
    kind: str
    person: UUID | None
    reference: str


WAITS, DECISION, FILED_ITSELF = range(3)


def came_in(member: Member, since: datetime, most: int) -> list[CameIn]:
    """Letters that nobody has filed, whenever they came; and of the cases that the member sees the decisions and the letters
    that filed themselves since then; each the latest first. In one statement."""
    none, of_case = Value("", output_field=CharField()), ("referral__person_id", "referral__person__case__reference")
    seen, latest = visible(member, "referral__person__case__"), {"filed_at__gte": since}
    waits = Letter.objects.filter(waits=True).order_by("-added_at", "-id")
    decided = Decision.objects.filter(seen, **latest).order_by("-filed_at", "-id")
    filed = LetterFiled.objects.filter(seen, how="itself", **latest).order_by("-filed_at", "-id")
    rows = waits.values_list(Value(WAITS), "id", "added_at", none, Cast(Value(None), UUIDField()), none)[:most].union(
        decided.values_list(Value(DECISION), "id", "filed_at", "kind", *of_case)[:most],
        filed.values_list(Value(FILED_ITSELF), "letter_id", "filed_at", none, *of_case)[:most],
        all=True,
    )
    return sorted((CameIn(*row) for row in rows), key=lambda row: (row.what, -row.at.timestamp(), row.id))


def coordinators(member: Member, now: datetime) -> tuple[list[RotaEntry], list[str]]:
    """Who is on duty as coordinator now and who comes within a day; and who else is at work as one and on no leave."""
    rota = RotaEntry.objects.select_related("user").filter(post="coordinator", to_at__gt=now, from_at__lt=now + timedelta(days=1))
    today = london_date(now)
    away = Leave.objects.filter(withdrawn_at__isnull=True, first_day__lte=today, last_day__gte=today).values("user")
    others = at_work(Permission.HAND_ON_TAKE).exclude(user=member.user).exclude(user__in=away)
    return list(rota.order_by("from_at", "id")[:ALERTS]), list(others.values_list("user__name", flat=True)[:ALERTS])
