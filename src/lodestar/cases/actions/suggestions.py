"""Pairs that were found among all records, kept as likenesses that wait for a coordinator. Nothing is linked by it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.cases import access
from lodestar.cases.actions.identities import alone_with_identities
from lodestar.cases.actions.met_before import Likeness, keep
from lodestar.cases.models import MatchAlert
from lodestar.cases.queries import linkage as queries
from lodestar.cases.queries.met_before import Other
from lodestar.cases.rules.linkage import Pair
from lodestar.cases.rules.met_before import BATCH
from lodestar.kernel.ids import new_id
from lodestar.record import actions as record

SUGGESTED = "cases.people_suggested"
MOST_WAITING = 200  # a list that nobody comes to the end of is looked at by nobody


def suggest_links(*, by: Member, at: datetime, pairs: Sequence[Pair]) -> int:
    """Keeps these pairs, the likeliest first, as suggestions; how many of them the member may look at.

    What was ever found alike, and whom links hold together, is left as it is. Of cases that are not sealed as many are kept
    as leave at most MOST_WAITING to look at, and the rest comes when it is asked for again. Of a sealed case its named owners
    are alerted and nobody else learns anything; of two sealed cases only whoever is named for both.
    """
    alone_with_identities()
    known, linked = queries.likenesses(), queries.linked_groups()
    left = [pair for pair in pairs if not queries.settled(pair.one, pair.other, known, linked)]
    ends = queries.ends_of({end for pair in left for end in (pair.one, pair.other)})
    room = max(0, MOST_WAITING - queries.suggestions_waiting())
    found: list[Likeness] = []
    for pair in left:
        if pair.one not in ends or pair.other not in ends:
            continue
        likeness = _likeness(pair, ends[pair.one], ends[pair.other])
        if likeness is None or (not _is_sealed(likeness) and room == 0):
            continue
        room -= not _is_sealed(likeness)
        found.append(likeness)
    new = keep(by, timezone.now(), found)
    people = sorted({end for one in found if one.id in new for end in _ends(one)})
    record.append(SUGGESTED, by=by, at=at, people=people)
    return access.matches(by).filter(id__in=new).count()


def _likeness(pair: Pair, one: Other, other: Other) -> Likeness | None:
    """The pair as it is kept. None where nobody could look."""
    person, known = _placed(one, other)
    if known.is_sealed and not known.named:
        return None
    return Likeness(new_id(), person, known, "", pair.reasons, BATCH)


def _placed(one: Other, other: Other) -> tuple[UUID, Other]:
    """Which of two is the person, and who the other: the earlier record, or the one of a sealed case, with those who are
    named for every sealed case of the two."""
    earlier, later = sorted((one, other), key=lambda end: (not end.is_sealed, end.id))
    if later.is_sealed:
        earlier = replace(earlier, named=[user for user in earlier.named if user in later.named])
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
            match.person_id, known = _placed(ends[match.person_id], ends[match.other_id])
            match.other_id = known.id
            match.save(update_fields=["person", "other"])
            told = {"match": match, "told_as": "named_owner", "alerted_at": at}
            alerts += [MatchAlert(to_id=user, **told) for user in known.named if user != by.user]
    MatchAlert.objects.bulk_create(alerts, ignore_conflicts=True)  # whoever was alerted of it before was


def _is_sealed(likeness: Likeness) -> bool:
    return likeness.other is not None and likeness.other.is_sealed


def _ends(likeness: Likeness) -> list[UUID]:
    return [likeness.person, likeness.other.id] if likeness.other else [likeness.person]
