"""Named reads about people who may have been met before: what is known of the other record, codes, alerts, links."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, islice
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, Subquery
from django.db.models.expressions import Combinable, RawSQL
from django.db.models.functions import Coalesce

from lodestar.accounts.access import Member
from lodestar.accounts.models import Membership
from lodestar.cases import access
from lodestar.cases.access import visible
from lodestar.cases.models import Case, IdentityLink, Match, MatchAlert, MatchAnswer, Person, SealOwner
from lodestar.cases.queries.matching import COMPARED, OF_EACH_MARK, hashed, reasons_of
from lodestar.cases.rules.matching import Described, Reason, is_match, rank, sought_by
from lodestar.cases.rules.met_before import CODES_WITHIN, group_of
from lodestar.kernel.paging import Place
from lodestar.tenancy.models import Tenant

LIKE_ANY = """
select asked.place, asked.far, found.tenant, found.case_id, found.person_id, found.told
from jsonb_to_recordset(%s::jsonb) as asked (place int, far boolean, marks bigint[], weights int[])
cross join lateral cases_people_marked(asked.marks, asked.weights, %s, %s, asked.far) as found
"""
CLOSED = ("linked", "not_same")


@dataclass(frozen=True)
class Other:
    """Somebody recorded before, as far as it decides what is told and who is alerted."""

    id: UUID
    may_see: bool
    is_sealed: bool
    named: Sequence[UUID]
    owner: UUID


@dataclass(frozen=True)
class Alike:
    """Whoever is like one of the people being recorded: which of them, who, whether of another force, and why."""

    place: int
    tenant: str
    person: UUID
    is_elsewhere: bool
    reasons: tuple[Reason, ...]


def people_alike(asked: Sequence[Described], but: UUID, most: int) -> list[Alike]:
    """Who is like these, in this force and elsewhere: what `who_is_like` and `is_like_elsewhere` answer of each, in one
    statement for all of them. `but` is the case being recorded, which is left out; of one person at most `most` here and `most`
    elsewhere."""
    sought = [(place, marks) for place, told in enumerate(asked) if (marks := sought_by(told))]
    wanted = [
        {"place": place, "far": far, "marks": hashed(marks), "weights": [mark.tells for mark in marks]}
        for place, marks in sought
        for far in (False, True)
    ]
    if not wanted:
        return []
    with connection.cursor() as cursor:
        cursor.execute(LIKE_ANY, [json.dumps(wanted), OF_EACH_MARK, COMPARED])
        rows = cursor.fetchall()
    found = [
        Alike(place, tenant, person, far, reasons)
        for place, far, tenant, case, person, told in rows
        if case != but and is_match(reasons := reasons_of(asked[place], told))
    ]
    found.sort(key=lambda one: (one.place, one.is_elsewhere, rank(one.reasons), one.person))
    return [row for _, group in groupby(found, key=lambda one: (one.place, one.is_elsewhere)) for row in islice(group, most)]


def others(
    by: Member, ids: Iterable[UUID], own: UUID, now: datetime, codes_drawn: Collection[str]
) -> tuple[dict[UUID, Other], int, frozenset[str]]:
    """What decides of these people, by id; how many codes the writer was given to quote within the last hours; and which of
    the codes drawn stand for something already. `own` is of the case being recorded: it is read with them, so that the same
    is asked of the database whether anybody is like them or nobody."""
    may_see = ExpressionWrapper(visible(by, "case__"), output_field=BooleanField())
    named = ArraySubquery(SealOwner.objects.filter(case=OuterRef("case")).order_by("user").values("user"))
    holder = Coalesce("case__owner", "case__interim_owner")
    lately = Match.objects.filter(found_by=by.user, found_at__gt=now - CODES_WITHIN, outcome="ring").order_by()
    codes = Subquery(lately.values("outcome").annotate(codes=Count("code", distinct=True)).values("codes"))
    drawn = RawSQL("select unnest(%s::text[])", [list(codes_drawn)])
    taken = ArraySubquery(Match.objects.filter(code__in=drawn).exclude(code="").order_by("code").values("code"))
    asked = RawSQL("select unnest(%s::uuid[])", [[*ids, own]])  # one statement, word for word, however many there are
    rows = Person.objects.filter(id__in=asked).annotate(may_see=may_see, named=named, holder=holder, codes=codes, taken=taken)
    told = list(rows.values_list("id", "may_see", "case__sealed", "named", "holder", "codes", "taken"))
    found = {person: Other(person, bool(sees), sealed, named, who) for person, sees, sealed, named, who, *_ in told}
    given, used = next(((given or 0, used) for *_, given, used in told), (0, []))
    return found, given, frozenset(used)


def is_code_taken(code: str) -> bool:
    """Whether the code stands for something already."""
    return Match.objects.filter(code=code).exists()


def told_in(case: Case, member: Member) -> tuple[list[Match], list[Match]]:
    """What whoever records this concern is told: those whom they see, and those with a code to quote. A likeness that was
    told once and has been answered is not told again."""
    answered = MatchAnswer.objects.filter(match=OuterRef("pk"))
    latest = Subquery(answered.order_by("-said_at", "-id").values("kind")[:1])
    seen = access.matches(member).filter(person__case=case, outcome="shown").annotate(said=latest)
    codes = Match.objects.filter(person__case=case, outcome="ring").select_related("person")
    order = ("person__number", "found_at", "id")
    return list(seen.order_by(*order)[:20]), list(codes.order_by(*order)[:20])


def is_told_of(member: Member) -> Combinable:
    """Of a case that is read, whether `told_in` has anything for this member."""
    seen = access.matches(member).filter(person__case=OuterRef("pk"), outcome="shown")
    codes = Match.objects.filter(person__case=OuterRef("pk"), outcome="ring")
    return ExpressionWrapper(Exists(seen) | Exists(codes), output_field=BooleanField())


def open_matches(member: Member, most: int, before: Place | None = None) -> list[Match]:
    """Likenesses that nobody has settled, the latest first, each with what the officer thought (`said`)."""
    answers = MatchAnswer.objects.filter(match=OuterRef("pk")).order_by("-said_at", "-id")
    rows = access.matches(member).annotate(said=Subquery(answers.values("kind")[:1]))
    rows = rows.filter(Q(said__isnull=True) | ~Q(said__in=CLOSED))
    if before is not None and before.at is not None:
        rows = rows.filter(found_at__lte=before.at).filter(Q(found_at__lt=before.at) | Q(id__lt=before.id))
    return list(rows.order_by("-found_at", "-id")[:most])


def of_code(member: Member, code: str) -> list[Match]:
    """What an officer was given this code for, of the cases that the member sees."""
    return list(access.matches(member).filter(code=code).order_by("found_at", "id")[:20]) if code else []


def answers_to(match: Match) -> list[MatchAnswer]:
    """Everything that was said of a likeness, the latest first."""
    return list(MatchAnswer.objects.filter(match=match).select_related("said_by").order_by("-said_at", "-id")[:50])


def latest_answer(match: Match) -> MatchAnswer | None:
    """What was said of a likeness last, which counts."""
    return MatchAnswer.objects.filter(match=match).order_by("-said_at", "-id").first()


def link_between(one: UUID, other: UUID) -> IdentityLink | None:
    """The link that holds between these two, whichever way."""
    pair = Q(one=one, other=other) | Q(one=other, other=one)
    return IdentityLink.objects.select_related("linked_by").filter(pair, undone_at__isnull=True).first()


def alerts_of(member: Member, most: int, before: Place | None = None) -> list[MatchAlert]:
    """All alerts of the member, seen or not, the latest first."""
    rows = access.alerts(member).select_related(
        "match__other__case", "match__person__case__owner", "match__person__case__interim_owner",
        "match__person__recorded_by", "match__found_by", "about__case", "of_case", "came_by", "seen_by", "did_by",
    )
    if before is not None and before.at is not None:
        rows = rows.filter(alerted_at__lte=before.at).filter(Q(alerted_at__lt=before.at) | Q(id__lt=before.id))
    return list(rows.order_by("-alerted_at", "-id")[:most])


def force_names(slugs: Iterable[str]) -> dict[str, str]:
    """What these forces are called."""
    return dict(Tenant.objects.filter(slug__in=set(slugs)).values_list("slug", "name"))


def how_to_reach(users: Iterable[UUID], day: datetime) -> dict[UUID, tuple[str, str]]:
    """Of each colleague their telephone, which may be empty, and the name of their unit."""
    rows = Membership.objects.filter(user__in=set(users), from_date__lte=day.date()).exclude(to_date__lt=day.date())
    told = rows.order_by("-from_date", "id").values_list("user", "phone", "unit__name")
    found: dict[UUID, tuple[str, str]] = {}
    for user, phone, unit in told:
        if user not in found or (phone and not found[user][0]):
            found[user] = (phone, unit)
    return found


def also_recorded(member: Member, people: Sequence[UUID]) -> dict[UUID, list[Person]]:
    """Of each of these people the other records of the same human, as far as the member sees their cases and the links
    between them: a link to somebody they do not see leads nowhere."""
    if not people:
        return {}
    touching = IdentityLink.objects.filter(Q(one__in=people) | Q(other__in=people), undone_at__isnull=True)
    rows = access.links(member).filter(identity__in=touching.values("identity"))
    pairs = [(link.one_id, link.other_id) for link in rows.only("one", "other")]
    found = {person: group_of(person, pairs) - {person} for person in people}
    wanted = frozenset().union(*found.values())
    records = {row.id: row for row in Person.objects.filter(id__in=wanted).select_related("case")} if wanted else {}
    return {
        person: sorted((records[one] for one in group), key=lambda row: (row.recorded_at, row.id))
        for person, group in found.items()
        if group
    }

