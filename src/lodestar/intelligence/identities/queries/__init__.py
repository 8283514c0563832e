"""Who may be known already: in this force, without asking who may see it, and in every other force.

For use while a concern is being recorded, and nowhere else: what the asker may be told of an answer is decided by the
outcomes, never by a page. Nothing here is a score.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, islice
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable, RawSQL
from django.db.models.functions import Coalesce

from lodestar.casework.cases.access import visible
from lodestar.casework.cases.models import Case, Person, SealOwner
from lodestar.intelligence.identities.access import alerts, links, matches
from lodestar.intelligence.identities.models import IdentityLink, Match, MatchAlert, MatchAnswer
from lodestar.intelligence.identities.rules.blind_index import Mark, sought_by, sought_by_name
from lodestar.intelligence.identities.rules.identities import CODES_WITHIN, group_of
from lodestar.intelligence.identities.rules.match_reasons import (
    Code,
    Described,
    NameFit,
    is_match,
    match_reasons,
    may_match,
    name_fit,
    rank,
)
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.models import Membership
from lodestar.platform.names.reported import to_compare
from lodestar.platform.tenancy import sealing
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.text.paging import Place
from lodestar.platform.text.sorting import sort_key
from lodestar.platform.time.days import london_date

OF_EACH_MARK = 80  # people looked at of one mark
COMPARED = 60  # people laid beside the one described, those whose marks tell most


# --- how a description is kept ------------------------------------------------------------------------------------------


def hashed(marks: Iterable[Mark]) -> list[int]:
    """The marks as they are kept, in their order."""
    return [sealing.mark(f"{mark.kind} {mark.value}", settings.FIELD_KEYS) for mark in marks]


def serialise_description(described: Described) -> str:
    """What the marks were made of, to be sealed beside them."""
    return json.dumps(
        [
            list(described.name_variants), described.born, described.age_min, described.age_max,
            described.age_on.isoformat() if described.age_on else "",
            [f"+{number}" for number in sorted(described.numbers)], sorted(described.houses),
        ],
        ensure_ascii=False, separators=(",", ":"),
    )  # fmt: skip


def unseal_description(sealed: bytes) -> Described:
    """The description that was sealed."""
    names, born, low, high, on, phones, houses = json.loads(sealing.unseal(bytes(sealed), settings.FIELD_KEYS))
    return Described(
        names=tuple(names), born=born, age_min=low, age_max=high, age_on=date.fromisoformat(on) if on else None,
        phones=tuple(phones), addresses=tuple(houses),
    )  # fmt: skip


def describe(person: Person, met: datetime | None, reach: Sequence[str] = ()) -> Described:
    """What somebody of a case is known by: `met` is when their ages were true, `reach` are texts that may hold addresses and
    telephones."""
    reach_values = tuple(value for text in reach for value in to_compare(text))
    return Described(
        names=(person.name,) if person.name else (), born=person.birth_date, age_min=person.age_min, age_max=person.age_max,
        age_on=london_date(met) if met else None, phones=reach_values, addresses=reach_values,
    )  # fmt: skip


LIKE_ANY = """
select asked.place, asked.far, found.case_id, found.person_id, found.told
from jsonb_to_recordset(%s::jsonb) as asked (place int, far boolean, marks bigint[], weights int[])
cross join lateral identities_people_marked(asked.marks, asked.weights, %s, %s, asked.far) as found
"""
LATEST_ANSWER = Subquery(MatchAnswer.objects.filter(match=OuterRef("pk")).order_by("-said_at", "-id").values("kind")[:1])
NOT_SETTLED = Q(said__isnull=True) | ~Q(said__in=("linked", "not_same"))
NAMED_OWNERS = ArraySubquery(SealOwner.objects.filter(case=OuterRef("case")).order_by("user").values("user"))
HOLDER = Coalesce("case__owner", "case__interim_owner")


@dataclass(frozen=True)
class Other:
    """Somebody recorded before, as far as it decides what is told and who is alerted."""

    id: UUID
    may_see: bool
    is_sealed: bool
    named_owners: Sequence[UUID]
    owner: UUID


@dataclass(frozen=True)
class SimilarPerson:
    """Whoever is like one of those described: which of them, who, whether of another force, and why. Of another force only that
    force's owner is told; whoever asked learns that there is somebody, and not where."""

    place: int
    person_id: UUID
    case_id: UUID
    is_elsewhere: bool
    reasons: tuple[Code, ...]


def who_is_like(
    described: Described, *, but: UUID | None = None, limit: int = 20, elsewhere: bool = False
) -> list[SimilarPerson]:
    """The people of this force who may be the one described, best known first, or those of other forces; not those of the case
    `but`."""
    return people_alike([described], but, limit, (elsewhere,))


def people_alike(
    asked: Sequence[Described], but: UUID | None, most: int, far: Sequence[bool] = (False, True)
) -> list[SimilarPerson]:
    """Who is like these, in this force and elsewhere, in one statement for all of them. `but` is the case being recorded, which
    is left out; of one person at most `most` here and `most` elsewhere."""
    sought = [(place, marks) for place, description in enumerate(asked) if (marks := sought_by(description))]
    wanted = [
        {"place": place, "far": is_far, "marks": hashed(marks), "weights": [mark.weight for mark in marks]}
        for place, marks in sought
        for is_far in far
    ]
    if not wanted:
        return []
    with connection.cursor() as cursor:
        cursor.execute(LIKE_ANY, [json.dumps(wanted), OF_EACH_MARK, COMPARED])
        rows = cursor.fetchall()
    similar_people = []
    for place, is_far, case, person, sealed_description in rows:
        other = unseal_description(sealed_description)
        if case != but and may_match(asked[place], other) and is_match(reasons := match_reasons(asked[place], other)):
            similar_people.append(SimilarPerson(place, person, case, is_far, reasons))
    similar_people.sort(key=lambda like: (like.place, like.is_elsewhere, rank(like.reasons), like.person_id))
    by_place = groupby(similar_people, key=lambda like: (like.place, like.is_elsewhere))
    return [row for _, group in by_place for row in islice(group, most)]


def others(by: Member, ids: Iterable[UUID], own: UUID, now: datetime) -> tuple[dict[UUID, Other], int]:
    """What decides of these people, by id; and how many codes the writer was given to quote within the last hours. `own` is of
    the case being recorded: it is read with them, so that the same is asked of the database whether anybody is like them or
    nobody."""
    may_see = ExpressionWrapper(visible(by, "case__"), output_field=BooleanField())
    lately = Match.objects.filter(found_by=by.user, found_at__gt=now - CODES_WITHIN, outcome="ring").order_by()
    codes = Subquery(lately.values("outcome").annotate(codes=Count("code", distinct=True)).values("codes"))
    asked = RawSQL("select unnest(%s::uuid[])", [[*ids, own]])  # one statement, word for word, however many there are
    rows = Person.objects.filter(id__in=asked).annotate(may_see=may_see, named=NAMED_OWNERS, holder=HOLDER, codes=codes)
    values = list(rows.values_list("id", "may_see", "case__sealed", "named", "holder", "codes"))
    others_by_id = {person: Other(person, bool(sees), sealed, named, who) for person, sees, sealed, named, who, _ in values}
    return others_by_id, next((codes or 0 for *_, codes in values), 0)


def matches_to_show(case: Case, member: Member) -> tuple[list[Match], list[Match]]:
    """What whoever records this concern is told: those whom they see, and those with a code to quote. A likeness that was
    told once and has been answered is not told again."""
    seen = matches(member).filter(person__case=case, outcome="shown").annotate(said=LATEST_ANSWER)
    codes = Match.objects.filter(person__case=case, outcome="ring").select_related("person")
    order = ("person__number", "found_at", "id")
    return list(seen.order_by(*order)[:20]), list(codes.order_by(*order)[:20])


def has_matches_to_show(member: Member) -> Combinable:
    """Of a case that is read, whether `told_in` has anything for this member."""
    seen = matches(member).filter(person__case=OuterRef("pk"), outcome="shown")
    codes = Match.objects.filter(person__case=OuterRef("pk"), outcome="ring")
    return ExpressionWrapper(Exists(seen) | Exists(codes), output_field=BooleanField())


def open_matches(member: Member, most: int, before: Place | None = None) -> list[Match]:
    """Likenesses that nobody has settled, the latest first, each with what the officer thought (`said`)."""
    rows = matches(member).annotate(said=LATEST_ANSWER).filter(NOT_SETTLED)
    if before is not None and before.at is not None:
        rows = rows.filter(found_at__lte=before.at).filter(Q(found_at__lt=before.at) | Q(id__lt=before.id))
    return list(rows.order_by("-found_at", "-id")[:most])


def of_code(member: Member, code: str) -> list[Match]:
    """What an officer was given this code for, of the cases that the member sees."""
    return list(matches(member).filter(code=code).order_by("found_at", "id")[:20]) if code else []


def answers_to(match: Match) -> list[MatchAnswer]:
    """Everything that was said of a likeness, the latest first."""
    return list(MatchAnswer.objects.filter(match=match).select_related("said_by").order_by("-said_at", "-id")[:50])


def latest_answer(match: Match) -> MatchAnswer | None:
    """What was said of a likeness last, which counts."""
    return MatchAnswer.objects.filter(match=match).order_by("-said_at", "-id").first()


def link_between(person_id: UUID, other: UUID) -> IdentityLink | None:
    """The link that holds between these two, whichever way."""
    pair = Q(one=person_id, other=other) | Q(one=other, other=person_id)
    return IdentityLink.objects.select_related("linked_by").filter(pair, undone_at__isnull=True).first()


def alerts_of(member: Member, most: int, before: Place | None = None) -> list[MatchAlert]:
    """All alerts of the member, seen or not, the latest first."""
    rows = alerts(member).select_related("seen_by", "did_by")
    if before is not None and before.at is not None:
        rows = rows.filter(alerted_at__lte=before.at).filter(Q(alerted_at__lt=before.at) | Q(id__lt=before.id))
    return list(rows.order_by("-alerted_at", "-id")[:most])


def force_names(slugs: Iterable[str]) -> dict[str, str]:
    """What these forces are called."""
    return dict(Tenant.objects.filter(slug__in=set(slugs)).values_list("slug", "name"))


def how_to_reach(users: Iterable[UUID], day: datetime) -> dict[UUID, tuple[str, str]]:
    """Of each colleague their telephone, which may be empty, and the name of their unit."""
    rows = Membership.objects.filter(user__in=set(users), from_date__lte=day.date()).exclude(to_date__lt=day.date())
    memberships = rows.order_by("-from_date", "id").values_list("user", "phone", "unit__name")
    contacts: dict[UUID, tuple[str, str]] = {}
    for user, phone, unit in memberships:
        if user not in contacts or (phone and not contacts[user][0]):
            contacts[user] = (phone, unit)
    return contacts


def _hanging_together(rows: QuerySet[IdentityLink], people: Iterable[UUID]) -> list[IdentityLink]:
    """Of these links those that hang together with these people."""
    links_by_id: dict[UUID, IdentityLink] = {}
    reached = set(people)
    while reached:
        new = rows.filter(Q(one__in=reached) | Q(other__in=reached)).exclude(id__in=list(links_by_id)).in_bulk()
        links_by_id |= new
        reached = {person for link in new.values() for person in (link.one_id, link.other_id)}
    return list(links_by_id.values())


def also_recorded(member: Member, people: Sequence[UUID]) -> dict[UUID, list[Person]]:
    """Of each of these people the other records of the same human, as far as the member sees their cases and the links
    between them: a link to somebody they do not see leads nowhere."""
    rows = _hanging_together(links(member).select_related("one__case", "other__case"), people)
    pairs = [(link.one_id, link.other_id) for link in rows]
    others_by_person = {person: group_of(person, pairs) - {person} for person in people}
    records = {row.id: row for link in rows for row in (link.one, link.other)}
    return {
        person: sorted((records[person_id] for person_id in group), key=lambda row: (row.recorded_at, row.id))
        for person, group in others_by_person.items()
        if group
    }


def linked_records(person: UUID) -> QuerySet[Person]:
    """The other records of the same human, whoever sees them: for actions that must reach all of them, never for a page."""
    rows = _hanging_together(IdentityLink.objects.filter(undone_at__isnull=True), [person])
    return Person.objects.filter(id__in={record for link in rows for record in (link.one_id, link.other_id)}).exclude(id=person)


MOST_FILED = 5000  # looked at, of this force, whoever may see them
MOST_COMPARED = 300  # names laid beside the one sought: those written so, then those whose index keys tell most
FILED = "select person_id from identities_people_filed(%s::bigint[], %s::int[], %s)"


def _filed(marks: Sequence[Mark], rows: QuerySet[Person]) -> list[tuple[UUID, str, str]]:
    """Of these people those filed under any of the marks, with their names as written and as sorted, who shares most first."""
    with connection.cursor() as cursor:
        cursor.execute(FILED, [hashed(marks), [mark.weight for mark in marks], MOST_FILED])
        order = {person: place for place, (person,) in enumerate(cursor.fetchall())}
    seen = rows.filter(id__in=RawSQL("select unnest(%s::uuid[])", [list(order)])).values_list("id", "name", "sort_key")
    return sorted(seen, key=lambda row: order[row[0]])


def people_called(rows: QuerySet[Person], name: str, most: int) -> list[tuple[UUID, NameFit]]:
    """Of these people those of a name, or with it as a part of theirs, who fits best first."""
    sought = Described(names=(name,))
    filed = _filed(sought_by_name(sought.name_variants), rows)
    typed = _words(sort_key(name))
    filed.sort(key=lambda row: not typed <= _words(row[2]))
    return compared(sought, [(person, called) for person, called, _ in filed[:MOST_COMPARED]])[:most]


def _words(filed_name: str) -> set[str]:
    return set(filed_name.partition("\t")[0].split())


def compared(sought: Described, named: Sequence[tuple[UUID, str]]) -> list[tuple[UUID, NameFit]]:
    """Those of these people whose name is the one sought, who fits best first."""
    fits = [(person, fit) for person, name in named if (fit := name_fit(sought, Described(names=(name,))))]
    return sorted(fits, key=lambda row: (row[1], row[0]))


def people_reached(rows: QuerySet[Person], words: str, most: int) -> list[UUID]:
    """Of these people those of whom this telephone number, or this address, is held."""
    sought = Described(phones=(words,), addresses=(words,))
    marks = [*(Mark("phone", tail) for tail in sorted(sought.tails)), *(Mark("house", house) for house in sorted(sought.houses))]
    return [person for person, *_ in _filed(marks, rows)][:most]
