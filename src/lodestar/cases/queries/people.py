"""Named reads about one person of a case, for their page."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case as Case_
from django.db.models import Count, Exists, JSONField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Concat, JSONObject

from lodestar.accounts.access import Member
from lodestar.accounts.models import Accreditation
from lodestar.accounts.permissions import Reach
from lodestar.cases.access.addresses import holder_of_reported
from lodestar.cases.models import (
    AllegedOffence,
    Case,
    CaseMember,
    ConsentAnswer,
    Exploitation,
    FirstAccount,
    Obligation,
    Person,
    SafeAddress,
    SafeAddressViewer,
    SealOwner,
)
from lodestar.kernel.days import london_date


@dataclass(frozen=True)
class Seen:
    """Why somebody sees a case: how, since when, and until when where that ends."""

    how: str
    since: datetime | None = None
    until: datetime | None = None


def why_seen(member: Member, case: Case, let_in: Iterable[CaseMember]) -> Seen:
    """Why the member sees this case, which they were let into: by name first, then by what their role reaches."""
    if case.sealed:
        return Seen("seal")
    order = ("owner", "opened", "given", "emergency")
    own = [row for row in let_in if row.user_id == member.user]
    for row in sorted(own, key=lambda row: order.index(row.how)):
        return Seen(row.how, row.from_at, row.to_at)
    return Seen("force" if Reach.TENANT in member.reaches else "unit")


def let_into(case: Case, now: datetime) -> list[CaseMember]:
    """Everybody who sees the case by name, emergency access included, the earliest first; `is_pip2` is their skill today."""
    day = london_date(now)
    accreditations = Accreditation.objects.filter(user=OuterRef("user"), code="pip2", from_date__lte=day).exclude(to_date__lt=day)
    rows = (
        CaseMember.objects.select_related("user")
        .annotate(is_pip2=Exists(accreditations))
        .filter(case=case)
        .exclude(to_at__lt=now)
    )
    return list(rows.order_by("from_at", "id"))


def team_of(case: Case, now: datetime) -> list[CaseMember]:
    """Who works the case: those who opened it, own it or were given it; emergency access is no part of it."""
    return [row for row in let_into(case, now) if row.how != "emergency"]


@dataclass(frozen=True)
class About:
    """What hangs on a person, for their page. `consent` is the conversation that counts, None when there was none."""

    viewers: Mapping[UUID, str]  # who may be shown the safe address; nobody means that none is recorded
    consent: Mapping[str, Any] | None
    contact: str  # what they last said of being contacted again: yes, unsafe, unwanted, or nothing
    exploitation: Sequence[str]
    offences: Sequence[str]
    closed: int
    accounts: Sequence[FirstAccount] = ()  # the videos of their first account, as much as finds them again
    beside: Mapping[str, Any] | None = None  # what another app asked to be read with it


_HOLDERS = ("case__owner_id", "case__owner__name", "case__interim_owner_id", "case__interim_owner__name")


def about(person: Person, beside: Subquery | None = None) -> About:
    """All of it in one query. `beside`: what another app reads of the person with it."""
    of = {"person": OuterRef("pk")}
    viewers = SafeAddressViewer.objects.filter(**of).order_by("user__name")
    consent = ConsentAnswer.objects.filter(**of, leaves_referral=False).order_by("-asked_at", "-recorded_at")
    contact = ConsentAnswer.objects.filter(**of).exclude(contact_again="").order_by("-asked_at", "-recorded_at")
    fields = ("nrm", "wants_time", "spoke_alone", "interpreter", "language", "job_number")
    closed = Obligation.objects.filter(case=OuterRef("case"), state="closed", **of).order_by()
    row = (
        Person.objects.filter(id=person.id)
        .annotate(
            viewer_ids=ArraySubquery(viewers.values("user_id")),
            viewer_names=ArraySubquery(viewers.values("user__name")),
            reported=ArraySubquery(SafeAddress.objects.filter(**of).values("is_reported")),
            asked=Subquery(
                consent.values(latest=JSONObject(asked_at="asked_at", **{name: name for name in fields}))[:1]
            ),
            contact=Subquery(contact.values("contact_again")[:1]),
            types=ArraySubquery(Exploitation.objects.filter(**of).order_by("id").values("type")),
            acts=ArraySubquery(AllegedOffence.objects.filter(**of).order_by("id").values_list(_act())),
            closed=Subquery(closed.values("person").annotate(number=Count("id")).values("number")),
            accounts=first_accounts_subquery(),
            beside=beside if beside is not None else Value(None, JSONField()),
        )
        .values(
            *_HOLDERS, "viewer_ids", "viewer_names", "reported", "asked", "contact", "types", "acts", "closed", "accounts",
            "beside",
        )
        .get()
    )
    return About(
        viewers=dict(zip(row["viewer_ids"], row["viewer_names"], strict=True)) | _holding(row),
        consent=row["asked"],
        contact=row["contact"] or "",
        exploitation=row["types"],
        offences=row["acts"],
        closed=row["closed"] or 0,
        accounts=as_accounts(row["accounts"]),
        beside=row["beside"],
    )


def _holding(row: Mapping[str, Any]) -> dict[UUID, str]:
    """Who may be shown what another system says, while nobody has written more (`access/addresses.py`)."""
    if not row["reported"] or not all(row["reported"]):
        return {}
    holder = "owner" if row["case__owner_id"] else "interim_owner"
    return {row[f"case__{holder}_id"]: row[f"case__{holder}__name"]}


def _act() -> Any:
    """An alleged offence in the words that were recorded: its title, else its Act and section."""
    cited = Concat("act", Value(" section "), "section")
    return Case_(When(~Q(title=""), then="title"), When(~Q(section=""), then=cited), default="act")


def address_viewers(person: Person) -> dict[UUID, str]:
    """Who may be shown the safe address, by name. Nobody means that none is recorded."""
    return named_viewers(person) | reported_to(person)


def named_viewers(person: Person) -> dict[UUID, str]:
    """Who is named for the safe address, by name."""
    rows = SafeAddressViewer.objects.filter(person=person).order_by("user__name", "id")
    return dict(rows.values_list("user_id", "user__name"))


def reported_to(person: Person) -> dict[UUID, str]:
    """Who has the case, where another system's address is all that is held; else nobody."""
    if holder_of_reported(person) is None:
        return {}
    holder = person.case.owner or person.case.interim_owner
    return {holder.id: holder.name}


def addresses_written(person: Person) -> int:
    """How many times an address or a way to contact the person was written down."""
    return SafeAddress.objects.filter(person=person).count()


def reach_of(people: Iterable[UUID]) -> dict[UUID, list[str]]:
    """All that is held of where these people are and how to contact them, by person: what they are compared by."""
    contact_details: dict[UUID, list[str]] = {}
    for row in SafeAddress.objects.filter(person__in=people):
        contact_details.setdefault(row.person_id, []).extend(str(text) for text in (row.address, row.contact) if text)
    return contact_details


def named_alone(case: Case) -> frozenset[UUID] | None:
    """The named owners of a sealed case, who alone can have it; None where it is not sealed."""
    if not case.sealed:
        return None
    return frozenset(SealOwner.objects.filter(case=case).values_list("user_id", flat=True))


_FINDS_IT = ("reference", "officer", "taken_words", "taken_at")


def first_accounts(people: Collection[UUID]) -> list[FirstAccount]:
    """The videos that hold the first accounts of these people, the first recorded first."""
    rows = FirstAccount.objects.select_related("recorded_by").filter(person__in=people)
    return list(rows.order_by("recorded_at", "id"))


def first_accounts_subquery() -> ArraySubquery:
    """What finds the videos of a person again, to be read in the one query that reads the person; for `as_accounts`."""
    rows = FirstAccount.objects.filter(person=OuterRef("pk")).order_by("recorded_at", "id")
    return ArraySubquery(rows.values_list(JSONObject(**{name: name for name in _FINDS_IT})))


def as_accounts(rows: Iterable[Mapping[str, Any]]) -> list[FirstAccount]:
    """The videos that `accounts_told` read, as much of each as finds it again."""
    return [FirstAccount(**{**row, "taken_at": datetime.fromisoformat(row["taken_at"])}) for row in rows]
