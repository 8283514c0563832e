"""The only way to a case or a person: the thing together with the right to see it. Not yours and not there look the same."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, Model, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable
from django.http import Http404
from django.utils import timezone

from lodestar.casework.cases.models import Case, CaseMember, Person, SealOwner
from lodestar.casework.cases.rules import LONGEST_HELD
from lodestar.platform.accounts import access as accounts
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.models import Membership, Unit
from lodestar.platform.accounts.permissions import AT_THE_DESK, Permission, Reach
from lodestar.platform.accounts.queries import at_work
from lodestar.platform.audit.actions import audit
from lodestar.platform.tenancy.request_cache import read_once
from lodestar.platform.text.paging import Place

Found = TypeVar("Found")
NOBODY = Q(pk__in=[])
RELEASED_LATELY = timedelta(hours=72)


def or_404(row: Found | None) -> Found:
    """What was found; Http404 where nothing was."""
    if row is None:
        raise Http404
    return row


def units_below(unit: UUID) -> list[UUID]:
    """The unit and those under it, of all units of the force."""
    return accounts.units_below(unit, Unit.objects.only("id", "parent_id"))


def units_of(member: Member) -> list[UUID]:
    """The member's unit and those under it, read once a transaction."""
    return read_once(f"cases.units_below:{member.unit}", lambda: units_below(member.unit))


def sees_cases(member: Member) -> bool:
    """Whether any role of the member's sees cases at all."""
    return bool(member.reaches - {Reach.NOTHING})


def given_cases(member: Member) -> QuerySet[CaseMember, Any]:
    """The ids of the cases that the member opened, owns, was given, or reached by emergency access, for use in a query."""
    now = timezone.now()
    return CaseMember.objects.filter(user_id=member.user).filter(Q(to_at__isnull=True) | Q(to_at__gt=now)).values("case")


def own_seals(member: Member) -> QuerySet[SealOwner, Any]:
    """The ids of the sealed cases of which the member is a named owner, for use in a query."""
    return SealOwner.objects.filter(user_id=member.user).values("case")


def held_people(now: datetime) -> QuerySet[Person]:
    """Everybody arrested or held now, as far as is recorded: not released, and either their arrival in custody is recorded, or
    their arrest is not longer ago than anybody may be held without charge (Police and Criminal Evidence Act 1984 s44)."""
    rows = Person.objects.filter(held_from__isnull=False, released_at__isnull=True)
    return rows.filter(Q(in_custody_from__isnull=False) | Q(held_from__gt=now - LONGEST_HELD))


def people_of_the_desk(now: datetime) -> QuerySet[Person]:
    """Everybody held now, and whoever was released lately: the desk finishes what it has to do for them, and puts right what it
    recorded."""
    is_held = Q(released_at__isnull=True) & (Q(in_custody_from__isnull=False) | Q(held_from__gt=now - LONGEST_HELD))
    return Person.objects.filter(is_held | Q(released_at__gt=now - RELEASED_LATELY), held_from__isnull=False)


def at_the_desk(member: Member, permission: Permission, **whose: OuterRef) -> Q:
    """Whom the custody desk sees besides, for `visible`: those held now or released lately. `whose` says which person or case is
    asked about."""
    if Reach.HELD not in member.reaches or permission not in AT_THE_DESK:
        return NOBODY
    return Q(Exists(people_of_the_desk(timezone.now()).filter(**whose)))


def visible(member: Member, prefix: str = "", besides: Q = NOBODY) -> Q:
    """Which cases the member sees, as a condition on a case (or on what leads to one, by `prefix` such as "case__").

    A sealed case is its named owners' alone, whatever else anyone may do. An unsealed one is seen by those who opened
    it or were given it, by its unit's supervisors, by the roles that reach the whole force, and by who has it `besides`.
    Whoever has come to a role that sees no case sees none of those they worked before either.
    """
    if not sees_cases(member):
        return NOBODY
    is_named_owner = Exists(own_seals(member).filter(case=OuterRef(f"{prefix}id")))
    sealed = Q(**{f"{prefix}sealed": True}) & Q(is_named_owner)
    reach = within_reach(member, prefix)
    return sealed | (Q(**{f"{prefix}sealed": False}) & (reach | besides if reach else reach))  # an empty one is everything


def within_reach(member: Member, prefix: str = "") -> Q:
    """Which cases the member would see if none were sealed: what somebody was told of a case before."""
    if not sees_cases(member):
        return NOBODY
    if Reach.TENANT in member.reaches:
        return Q()
    # Asked of the one case, not of all that the member was ever given: those are thousands after some years.
    reach = Q(Exists(given_cases(member).filter(case=OuterRef(f"{prefix}id"))))
    return reach | Q(**{f"{prefix}unit__in": units_of(member)}) if Reach.UNIT in member.reaches else reach


def visible_cases(member: Member) -> QuerySet[Case]:
    """The cases that the member sees."""
    return Case.objects.filter(visible(member))


def cases_of_notices(member: Member) -> QuerySet[Case]:
    """The cases about which the member is shown notices: those they see, and at the custody desk those of whoever is held."""
    return Case.objects.filter(visible(member, besides=at_the_desk(member, Permission.CASE_VIEW, case=OuterRef("pk"))))


def references_seen(member: Member, among: Collection[str]) -> set[str]:
    """Of these references those of cases that the member sees."""
    if not member.may(Permission.CASE_VIEW):
        return set()
    return set(visible_cases(member).filter(reference__in=among).values_list("reference", flat=True))


def case_for(
    member: Member, reference: str, permission: Permission, *, viewed: bool = False,
    beside: Mapping[str, Combinable] | None = None,
) -> Case:  # fmt: skip
    """The case of this reference, if the member holds the permission and sees it; Http404 otherwise.

    `viewed` writes the showing into the log; `beside` is read with it.
    """
    here = visible(member, besides=at_the_desk(member, permission, case=OuterRef("pk")))
    rows = Case.objects.filter(here).select_related("owner", "interim_owner", "operation")
    rows = rows.annotate(**(beside or {}), **is_theirs(member))
    case = or_404(rows.filter(reference=reference).first() if member.may(permission) else None)
    if viewed:
        audit("cases.viewed", by=member, at=timezone.now(), case=case.id)
    return case


def person_for(member: Member, person: UUID, permission: Permission, *, viewed: bool = False) -> Person:
    """The person of this id, if the member holds the permission and sees the case; Http404 otherwise."""
    here = visible(member, "case__", besides=at_the_desk(member, permission, pk=OuterRef("pk")))
    rows = Person.objects.select_related("case").annotate(**is_theirs(member, "case__")).filter(here, id=person)
    person_row = or_404(rows.first() if member.may(permission) else None)
    if viewed:
        audit("cases.person_viewed", by=member, at=timezone.now(), case=person_row.case_id, people=[person_row.id])
    return person_row


def is_theirs(member: Member, prefix: str = "") -> dict[str, ExpressionWrapper]:
    """For the custody desk: whether a case is the member's otherwise than by somebody held in it; for `as_seen`."""
    if Reach.HELD not in member.reaches:
        return {}
    return {"is_theirs": ExpressionWrapper(visible(member, prefix), output_field=BooleanField())}


def as_seen(member: Member, seen: Model) -> Member:
    """Return the member with what they may do about a case, a person or a task that an `access` function gave them: of a case
    that the custody desk sees for a person held in it, only AT_THE_DESK. `may_open` is asked with this member."""
    return member if getattr(seen, "is_theirs", True) else replace(member, only=AT_THE_DESK)


def own_cases(member: Member, most: int, before: Place | None = None) -> list[Case]:
    """The cases that are the member's by name, not by what their role reaches: the newest first, after a place."""
    theirs = Q(id__in=given_cases(member)) | Q(id__in=own_seals(member))
    rows = visible_cases(member).select_related("owner", "interim_owner").filter(theirs)
    if before is not None and before.at is not None:
        rows = rows.filter(recorded_at__lte=before.at).filter(Q(recorded_at__lt=before.at) | Q(id__lt=before.id))
    return list(rows.order_by("-recorded_at", "-id")[:most])


def people_of(case: Case) -> list[Person]:
    """The people of a case that was got through `case_for`, in their order."""
    return list(Person.objects.filter(case=case).order_by("number"))


def case_shown(member: Member, case: Case, people: Iterable[UUID]) -> None:
    """Writes down that the page of a case was shown, and which of its people stood on it."""
    audit("cases.viewed", by=member, at=timezone.now(), case=case.id, people=sorted(people))


def people_shown(member: Member, people: Iterable[UUID], *, case: Case | None = None) -> None:
    """Writes down that a list of people was shown: one event that names them by their ids, and the page they stood on. No people,
    no event."""
    shown = sorted(set(people))
    if shown:
        on = case.id if case else None
        audit("cases.people_listed", by=member, at=timezone.now(), case=on, people=shown, subject=member.page)


def case_to_give(member: Member, reference: str, *, viewed: bool) -> Case:
    """A case that the member may give to a colleague: of their own unit or below, or any for those who serve the force.

    Http404 otherwise, and for a sealed case: it has named owners, and is given to nobody.
    """
    case = case_for(member, reference, Permission.CASE_GIVE, viewed=viewed)
    reaches_it = Reach.TENANT in member.reaches or case.unit_id in units_of(member)
    if case.sealed or not reaches_it:
        raise Http404
    return case


def case_to_pass_on(member: Member, reference: str, *, viewed: bool) -> Case:
    """A case of which the member may name the interim owner: as `case_to_give`, and a sealed one for its named owners.

    Http404 otherwise.
    """
    case = case_for(member, reference, Permission.CASE_GIVE, viewed=viewed)
    return case if case.sealed else case_to_give(member, reference, viewed=False)


def possible_interim_owners(case: Case) -> QuerySet[Membership]:
    """Who may have this case meanwhile: those at work in its unit who record; of a sealed one its named owners alone."""
    rows = at_work(Permission.CONCERN_RECORD).exclude(user=case.interim_owner_id)
    if case.sealed:
        return rows.filter(user__in=SealOwner.objects.filter(case=case).values("user"))
    return rows.filter(unit=case.unit_id)


def owners_of(case: Case) -> list[str]:
    """The names of a sealed case's owners, for one of them."""
    return list(SealOwner.objects.filter(case=case).order_by("user__name").values_list("user__name", flat=True))


# --- who may have been met before --------------------------------------------------------------------------------------
