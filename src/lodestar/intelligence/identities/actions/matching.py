"""Index keys of people, pairs found among all records that wait for a coordinator, and alerts of what came in from elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from lodestar.casework.cases.models import Case, Person, SealOwner
from lodestar.casework.cases.people_listeners import PersonChange
from lodestar.casework.safe_addresses.queries import reach_of
from lodestar.intelligence.identities import queries
from lodestar.intelligence.identities.access import matches
from lodestar.intelligence.identities.actions.identities import Likeness, alone_with_identities, keep
from lodestar.intelligence.identities.models import MatchAlert, PersonIndexKey
from lodestar.intelligence.identities.queries import Other, described, index_keys_of, serialise_description
from lodestar.intelligence.identities.rules.identities import BATCH, Pair
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.text.ids import new_id
from lodestar.platform.time.days import london_date

MARKED_BY = frozenset({"name", "birth_date", "age_min", "age_max"})  # the columns of a person that marks are made of
NO_GROUNDS = "none"
AT_ONCE = 2000


def index_people(
    people: Sequence[Person], *, met: Mapping[UUID, datetime], known_reach: Mapping[UUID, Sequence[str]] | None = None
) -> int:
    """Files these people anew. `met` says by case when they were met, which is when their ages were true. `known_reach` is
    all that is held of where they can be reached, where the caller knows it. Who is believed to be no victim is filed
    under nothing. How many were filed."""
    reach = reach_of([person.id for person in people]) if known_reach is None else known_reach
    rows, unindexed_ids = [], []
    for person in people:
        row = _row(person, met.get(person.case_id), reach.get(person.id, ())) if is_filed(person) else None
        if row is None:
            unindexed_ids.append(person.id)
        else:
            rows.append(row)
    if unindexed_ids:
        PersonIndexKey.objects.filter(person__in=unindexed_ids).delete()
    if rows:
        PersonIndexKey.objects.bulk_create(
            rows, batch_size=2000, update_conflicts=True, update_fields=["marks", "told"], unique_fields=["tenant", "person"]
        )
    return len(rows)


def index_changed_people(changes: Sequence[PersonChange], *, met: Mapping[UUID, datetime]) -> None:
    """Files anew those of whom a column that marks are made of was written, or who can be found now or no more."""
    refiled = [
        change.person
        for change in changes
        if MARKED_BY & set(change.fields) or (change.belief_before != NO_GROUNDS) != is_filed(change.person)
    ]
    if refiled:
        index_people(refiled, met=met)


def is_filed(person: Person) -> bool:
    """Whether somebody can be found at all: who is believed to be no victim leaves no mark."""
    return person.belief != NO_GROUNDS


def mark_everybody(*, only_new: bool = False) -> int:
    """Files everybody of this force anew, or only those who are not filed yet, in this one transaction: how many."""
    count, last = 0, None
    while True:
        last, filed = mark_some(after=last, only_new=only_new)
        if last is None:
            return count
        count += filed


def mark_some(*, after: UUID | None, only_new: bool) -> tuple[UUID | None, int]:
    """Files the next people after this one, in order of id: the last of them, or None where there is none, and how many
    were filed."""
    people = Person.objects.only("id", "case").order_by("id")
    if only_new:
        people = people.exclude(id__in=PersonIndexKey.objects.values("person"))
    some = list((people.filter(id__gt=after) if after else people)[:AT_ONCE])
    if not some:
        return None, 0
    # Read again once their cases are held, as by whoever saves: what is saved meanwhile is not put back to what it was.
    cases = Case.objects.select_for_update(no_key=True).filter(id__in={row.case_id for row in some}).order_by("id")
    met = dict(cases.values_list("id", "encountered_at"))
    now = list(Person.objects.filter(id__in=[row.id for row in some]).order_by("id"))
    return some[-1].id, index_people(now, met=met)


def _row(person: Person, met: datetime | None, reach: Sequence[str]) -> PersonIndexKey | None:
    description = described(
        name=person.name, born=person.birth_date, age_min=person.age_min, age_max=person.age_max,
        on=london_date(met) if met else None, reach=reach,
    )  # fmt: skip
    marks = index_keys_of(description)
    return (
        PersonIndexKey(id=new_id(), person_id=person.id, marks=marks, told=serialise_description(description)) if marks else None
    )


SUGGESTED = "cases.people_suggested"
MOST_WAITING = 200  # a list that nobody comes to the end of is looked at by nobody


def suggest_links(*, by: Member, at: datetime, pairs: Sequence[Pair]) -> int:
    """Keeps these pairs, the likeliest first, as suggestions; how many of them the member may look at.

    What was ever found alike, and whom links hold together, is left as it is. Of cases that are not sealed as many are kept
    as leave at most MOST_WAITING to look at, and the rest comes when it is asked for again. Of a sealed case its named owners
    are alerted and nobody else learns anything; of two sealed cases only whoever is named for both.
    """
    alone_with_identities()
    existing, linked = queries.likenesses(), queries.linked_groups()
    left = [pair for pair in pairs if not queries.settled(pair.person, pair.other, existing, linked)]
    ends = queries.ends_of({end for pair in left for end in (pair.person, pair.other)})
    room = max(0, MOST_WAITING - queries.suggestions_waiting())
    suggestions: list[Likeness] = []
    for pair in left:
        if pair.person not in ends or pair.other not in ends:
            continue
        likeness = _likeness(pair, ends[pair.person], ends[pair.other])
        if likeness is None or (not _is_sealed(likeness) and room == 0):
            continue
        room -= not _is_sealed(likeness)
        suggestions.append(likeness)
    new = keep(by, timezone.now(), suggestions)
    people = sorted({end for suggestion in suggestions if suggestion.id in new for end in _ends(suggestion)})
    audit(SUGGESTED, by=by, at=at, people=people)
    return matches(by).filter(id__in=new).count()


def _likeness(pair: Pair, first: Other, other: Other) -> Likeness | None:
    """The pair as it is kept. None where nobody could look."""
    person, earlier_person = _placed(first, other)
    if earlier_person.is_sealed and not earlier_person.named_owners:
        return None
    return Likeness(new_id(), person, earlier_person, "", pair.reasons, BATCH)


def _placed(first: Other, other: Other) -> tuple[UUID, Other]:
    """Which of two is the person, and who the other: the earlier record, or the one of a sealed case, with those who are
    named for every sealed case of the two."""
    earlier, later = sorted((first, other), key=lambda end: (not end.is_sealed, end.id))
    if later.is_sealed:
        earlier = replace(earlier, named_owners=[user for user in earlier.named_owners if user in later.named_owners])
    return later.id, earlier


def sealed_meanwhile(*, by: Member, at: datetime, case: UUID) -> None:
    """What was suggested of people of a case that is being sealed is the named owners' to look at from now on: they are
    alerted as if it had been found today, and it goes from the list of everybody else."""
    alone_with_identities()
    waiting = queries.suggestions_about(case)
    ends = queries.ends_of({end for match in waiting for end in (match.person_id, match.other_id) if end})
    alerts = list[MatchAlert]()
    for match in waiting:
        if match.person_id in ends and match.other_id in ends:
            match.person_id, earlier_person = _placed(ends[match.person_id], ends[match.other_id])
            match.other_id = earlier_person.id
            match.save(update_fields=["person", "other"])
            alert_fields = {"match": match, "told_as": "named_owner", "alerted_at": at}
            alerts += [MatchAlert(to_id=user, **alert_fields) for user in earlier_person.named_owners if user != by.user]
    MatchAlert.objects.bulk_create(alerts, ignore_conflicts=True)  # whoever was alerted of it before was


def _is_sealed(likeness: Likeness) -> bool:
    return likeness.other is not None and likeness.other.is_sealed


def _ends(likeness: Likeness) -> list[UUID]:
    return [likeness.person, likeness.other.id] if likeness.other else [likeness.person]


AGAIN, ADDED, YOURS = "again", "added", "yours"  # `models.identities.CAME`


def alert_of_new(*, by: Member, at: datetime, case: Case) -> None:
    """Alerts whoever has this new case that it came in from `by` and is theirs."""
    MatchAlert.objects.create(
        of_case=case, came=YOURS, came_by_id=by.user, to_id=case.interim_owner_id, told_as="owner", alerted_at=at
    )


def alert_of_report(*, by: Member, at: datetime, case: Case, came: str) -> None:
    """Alerts the named owners of a sealed case, else whoever has it, of a report that `by` brought in, unless they have one of
    the same that they have not seen yet. `came` is what it has to do with the case. Whoever brought it is told nothing, and
    no alert says what it holds. `at` is when it came in."""
    if case.sealed:
        to = list(SealOwner.objects.filter(case=case).values_list("user", flat=True))
    else:
        to = [case.owner_id or case.interim_owner_id]
    same = MatchAlert.objects.filter(of_case=case, came=came, came_by=by.user, seen_at__isnull=True)
    alerted_users = {by.user, *same.values_list("to", flat=True)}
    MatchAlert.objects.bulk_create(
        MatchAlert(
            of_case=case, came=came, came_by_id=by.user, to_id=user, told_as="named_owner" if case.sealed else "owner",
            alerted_at=at,
        )
        for user in to
        if user not in alerted_users
    )  # fmt: skip
