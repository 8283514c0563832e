"""Saying that two records are of one human, and taking it back. Nothing is merged: the rows stay as they are."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from lodestar.accounts.access import Member
from lodestar.cases import access, ledger
from lodestar.cases.models import Identity, IdentityLink, Match, MatchAnswer
from lodestar.cases.queries.met_before import latest_answer, link_between
from lodestar.cases.rules.met_before import groups
from lodestar.record import actions as record
from lodestar.tenancy.within import current_tenant

LINKED, UNLINKED = "cases.people_linked", "cases.people_unlinked"


LINKED_MEANWHILE = (
    "Someone linked them while this page was open. Nothing was changed: read the reason, then undo the link or leave it."
)
PARTED_MEANWHILE = (
    "Someone recorded that they are not the same person while this page was open. Nothing was changed: look at why, then look "
    "at it again or leave it."
)


class UnableToLink(ValueError):
    """A link needs a reason; of a case that was sealed meanwhile its named owners alone make one; and what somebody decided
    first stands."""


def alone_with_identities() -> None:
    """Nobody else changes which records hang together till this transaction ends: a group is not one row that can be locked."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"identities of {current_tenant()}"])


def link_people(*, by: Member, at: datetime, match: Match, reasons: Sequence[str], words: str = "") -> IdentityLink:
    """Links the two people of a likeness, with reasons that were ticked and words. Linked already, they stay as they were.

    Raises UnableToLink.
    """
    one, other = match.person, match.other
    if other is None or not (reasons or words.strip()):
        raise UnableToLink("Tick why they are the same person, or write it in your words.")
    with ledger.acting_on(one.case_id, other.case_id, by=by.user, at=at, code=LINKED) as cases:
        alone_with_identities()
        if not access.may_link(by, *cases) or not access.matches(by).filter(id=match.id).exists():
            raise UnableToLink("One of the two cases has since been sealed.")
        standing = link_between(one.id, other.id)
        if standing is not None:
            return standing
        if (said := latest_answer(match)) is not None and said.kind == "not_same":
            raise UnableToLink(PARTED_MEANWHILE)
        link = IdentityLink.objects.create(
            identity=_identity(at, one.id, other.id),
            one=one,
            other=other,
            match=match,
            reasons=list(reasons),
            words=words.strip()[:400],
            linked_at=at,
            linked_by_id=by.user,
        )
        _note(by, at, match, "linked", reasons, words)
        record.append(LINKED, by=by.user, role=by.role, at=at, people=sorted([one.id, other.id]), subject=str(link.id))
    return link


def _identity(at: datetime, *people: UUID) -> Identity:
    """The identity of a group that these people are in: the oldest, which takes in the links of the others."""
    touching = IdentityLink.objects.filter(Q(one__in=people) | Q(other__in=people), undone_at__isnull=True)
    ids = sorted(set(touching.values_list("identity", flat=True)))
    if not ids:
        return Identity.objects.create(made_at=at)
    if len(ids) > 1:
        IdentityLink.objects.filter(identity__in=ids[1:], undone_at__isnull=True).update(identity=ids[0])
    return Identity.objects.get(id=ids[0])


def unlink_people(*, by: Member, at: datetime, match: Match, link: IdentityLink, why: str) -> None:
    """Takes a link back, with a reason. What it held together falls apart where no other link holds it; each part that is
    left with links of its own has an identity of its own. Taken back twice it is taken back once. Raises UnableToLink."""
    if not why.strip():
        raise UnableToLink("Write why they are not the same person, or why it was a mistake.")
    people = (match.person, match.other)
    cases = {one.case_id for one in people if one}
    with ledger.acting_on(*cases, by=by.user, at=at, code=UNLINKED) as locked:
        alone_with_identities()
        if not access.may_link(by, *locked) or not access.matches(by).filter(id=match.id).exists():
            raise UnableToLink("One of the two cases has since been sealed.")
        row = IdentityLink.objects.get(id=link.id)
        if row.undone_at is not None:
            return
        row.undone_at, row.undone_by_id, row.undone_why = at, by.user, why.strip()[:400]
        row.save(update_fields=["undone_at", "undone_by", "undone_why"])
        _split(at, row.identity_id)
        _note(by, at, match, "unlinked", (), why)
        ids = sorted([row.one_id, row.other_id])
        record.append(UNLINKED, by=by.user, role=by.role, at=at, people=ids, subject=str(row.id))


def _split(at: datetime, identity: UUID) -> None:
    """Gives each part of a group that fell apart its own identity; the part recorded first keeps the one there was."""
    rows = list(IdentityLink.objects.filter(identity=identity, undone_at__isnull=True).order_by("linked_at", "id"))
    parts = groups([(row.one_id, row.other_id) for row in rows])
    for part in parts[1:]:
        own = Identity.objects.create(made_at=at)
        ids = [row.id for row in rows if row.one_id in part]
        IdentityLink.objects.filter(id__in=ids).update(identity=own)


def _note(by: Member, at: datetime, match: Match, kind: str, reasons: Sequence[str], words: str) -> None:
    MatchAnswer.objects.create(
        match=match,
        kind=kind,
        reasons=list(reasons),
        words=words.strip()[:400],
        said_at=at,
        said_by_id=by.user,
    )
