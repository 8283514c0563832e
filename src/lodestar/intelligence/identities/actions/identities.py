"""Saying that two records are of one human, and taking it back. Nothing is merged: the rows stay as they are."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from lodestar.casework.cases.models import Case, Person
from lodestar.casework.ledger import ledger
from lodestar.casework.safe_addresses.queries import reach_of
from lodestar.intelligence.identities import queries
from lodestar.intelligence.identities.access import matches, may_link
from lodestar.intelligence.identities.models import IdentityLink, Match, MatchAlert, MatchAnswer
from lodestar.intelligence.identities.queries import latest_answer, link_between
from lodestar.intelligence.identities.rules import identities as rules
from lodestar.intelligence.identities.rules.match_reasons import Code, Described
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.tenancy.tenant_transaction import current_tenant, hold
from lodestar.platform.text.ids import new_id

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
    hold(f"identities of {current_tenant()}")


def link_people(*, by: Member, at: datetime, match: Match, reasons: Sequence[str], words: str = "") -> IdentityLink:
    """Links the two people of a likeness, with reasons that were ticked and words. Linked already, they stay as they were.

    Raises UnableToLink.
    """
    person, other = match.person, match.other
    if other is None or not (reasons or words.strip()):
        raise UnableToLink("Tick why they are the same person, or write it in your words.")
    with ledger.acting_on(person.case_id, other.case_id, by=by.user, at=at, code=LINKED) as cases:
        alone_with_identities()
        if not may_link(by, *cases) or not matches(by).filter(id=match.id).exists():
            raise UnableToLink("One of the two cases has since been sealed.")
        standing = link_between(person.id, other.id)
        if standing is not None:
            return standing
        if (last_answer := latest_answer(match)) is not None and last_answer.kind == "not_same":
            raise UnableToLink(PARTED_MEANWHILE)
        link = IdentityLink.objects.create(
            one=person,
            other=other,
            match=match,
            reasons=list(reasons),
            words=words.strip()[:400],
            linked_at=at,
            linked_by_id=by.user,
        )
        _note(by, at, match, "linked", reasons, words)
        audit(LINKED, by=by, at=at, people=sorted([person.id, other.id]), subject=str(link.id))
    return link


def unlink_people(*, by: Member, at: datetime, match: Match, link: IdentityLink, why: str) -> None:
    """Takes a link back, with a reason. What it held together falls apart where no other link holds it. Taken back twice it is
    taken back once. Raises UnableToLink."""
    if not why.strip():
        raise UnableToLink("Write why they are not the same person, or why it was a mistake.")
    people = (match.person, match.other)
    cases = {person.case_id for person in people if person}
    with ledger.acting_on(*cases, by=by.user, at=at, code=UNLINKED) as locked:
        alone_with_identities()
        if not may_link(by, *locked) or not matches(by).filter(id=match.id).exists():
            raise UnableToLink("One of the two cases has since been sealed.")
        row = IdentityLink.objects.get(id=link.id)
        if row.undone_at is not None:
            return
        row.undone_at, row.undone_by_id, row.undone_why = at, by.user, why.strip()[:400]
        row.save(update_fields=["undone_at", "undone_by", "undone_why"])
        _note(by, at, match, "unlinked", (), why)
        ids = sorted([row.one_id, row.other_id])
        audit(UNLINKED, by=by, at=at, people=ids, subject=str(row.id))


def _note(by: Member, at: datetime, match: Match, kind: str, reasons: Sequence[str], words: str) -> None:
    MatchAnswer.objects.create(
        match=match, kind=kind, reasons=list(reasons), words=words.strip()[:400], said_at=at, said_by_id=by.user
    )


COMPARED = "cases.people_compared"
MOST_ALIKE = 20  # of one person
NONE = "none"  # the belief of whom nobody is told any more

# One statement for all likenesses and all alerts, also for none: what is told to nobody costs what nothing costs. Two people
# who were found alike before are left as they are, and nobody is alerted of them again.
KEEP = f"""
with made as (
    insert into "{Match._meta.db_table}"
        (id, tenant, person_id, other_id, elsewhere, reasons, outcome, code, found_at, found_by_id)
    select m.id, %(tenant)s, m.person, m.other, m.elsewhere, string_to_array(m.reasons, ' '), m.outcome, m.code,
        %(now)s, %(by)s
    from unnest(%(ids)s::uuid[], %(people)s::uuid[], %(others)s::uuid[], %(elsewhere)s::text[], %(reasons)s::text[],
        %(outcomes)s::text[], %(codes)s::text[]) as m (id, person, other, elsewhere, reasons, outcome, code)
    on conflict do nothing returning id
), told as (
    insert into "{MatchAlert._meta.db_table}" (id, tenant, match_id, to_id, told_as, alerted_at, did)
    select a.id, %(tenant)s, a.match, a.whom, a.told_as, %(now)s, ''
    from unnest(%(alert_ids)s::uuid[], %(alert_matches)s::uuid[], %(alert_to)s::uuid[], %(alert_as)s::text[])
        as a (id, match, whom, told_as) join made on made.id = a.match
)
select id from made
"""

TELL_ELSEWHERE = "select identities_alert_elsewhere(%s::uuid[], %s::text[], %s::text[])"


@dataclass(frozen=True)
class Likeness:
    """One person who is like another. `other` is None for another force's."""

    id: UUID
    person: UUID
    other: queries.Other | None
    elsewhere: str
    reasons: Sequence[Code]
    outcome: str
    code: str = ""
    theirs: UUID | None = None  # whom another force knows: told to that force's own, and kept nowhere here


def compare_people(
    *, by: Member, at: datetime, case: Case, people: Sequence[Person], reach: Mapping[UUID, Sequence[str]] | None = None
) -> bool:
    """Compares people of a concern, as they are recorded now, with everybody recorded before, and keeps who is alike, what
    whoever records them is told, and whom it alerts. Whether anything new is to be told. `reach`: all that is held of where
    they can be reached, by person, where the caller knows it.

    To be called inside the action that recorded them: the same statements run whether anybody is found or nobody.
    """
    people = [person for person in people if person.belief != NONE]
    if not people:
        return False
    now = timezone.now()
    likenesses = queries.people_alike(_described(case, people, reach), case.id, MOST_ALIKE)
    here = {like.person_id for like in likenesses if not like.is_elsewhere}
    codes = dict(zip((person.id for person in people), _free_codes(len(people)), strict=True))
    others_by_id, lately = queries.others(by, here, people[0].id, now)
    likenesses_to_keep = [
        _likeness(people[like.place], like, others_by_id.get(like.person_id), lately, codes[people[like.place].id])
        for like in likenesses
        if like.is_elsewhere or like.person_id in others_by_id
    ]
    new = keep(by, now, likenesses_to_keep)
    _tell_elsewhere([likeness for likeness in likenesses_to_keep if likeness.theirs and likeness.id in new])
    alike = {likeness.other.id for likeness in likenesses_to_keep if likeness.other}
    audit(COMPARED, by=by, at=at, people=sorted({person.id for person in people} | alike))
    return any(likeness.id in new and likeness.outcome in (rules.SHOWN, rules.RING) for likeness in likenesses_to_keep)


def _described(case: Case, people: Sequence[Person], known_reach: Mapping[UUID, Sequence[str]] | None) -> list[Described]:
    reach = reach_of([person.id for person in people]) if known_reach is None else known_reach
    return [queries.describe(person, case.encountered_at, reach.get(person.id, ())) for person in people]


def _free_codes(number: int) -> list[str]:
    """So many codes that stand for nothing yet. They are drawn for everybody alike, before it is known who needs one."""
    free: set[str] = set()
    while len(free) < number:
        drawn = {rules.code_from(secrets.randbelow(len(rules.CODE_LETTERS) ** rules.CODE_LENGTH)) for _ in range(number)}
        free |= drawn - set(Match.objects.filter(code__in=drawn).values_list("code", flat=True))
    return sorted(free)[:number]


def _likeness(person: Person, like: queries.SimilarPerson, other: queries.Other | None, lately: int, code: str) -> Likeness:
    """What becomes of one likeness: `other` is who was recorded before, where that is in this force."""
    match_outcome = rules.outcome(
        may_see=other is not None and other.may_see, is_sealed=other is not None and other.is_sealed,
        is_elsewhere=like.is_elsewhere, codes_lately=lately,
    )  # fmt: skip
    quoted = code if match_outcome in (rules.RING, rules.QUIET) else ""
    elsewhere, theirs = (_opaque(like.person_id), like.person_id) if like.is_elsewhere else ("", None)
    return Likeness(new_id(), person.id, other, elsewhere, like.reasons, match_outcome, quoted, theirs)


def _opaque(person: UUID) -> str:
    """What stands for a person in another force: it leads nowhere, and is the same each time."""
    return salted_hmac("elsewhere", str(person), algorithm="sha256").hexdigest()


def _tell_elsewhere(likenesses: Sequence[Likeness]) -> None:
    """Alerts whoever has the person in the other force, or the named owners where it is sealed there: a function of the
    finder's writes the rows, and answers nothing."""
    if not likenesses:
        return
    parameters = (
        [likeness.theirs for likeness in likenesses],
        [_opaque(likeness.person) for likeness in likenesses],
        [likeness.code for likeness in likenesses],
    )
    with connection.cursor() as cursor:
        cursor.execute(TELL_ELSEWHERE, parameters)


def keep(by: Member, now: datetime, likenesses: Sequence[Likeness]) -> set[UUID]:
    """Writes the likenesses that are new, with their alerts; their ids."""
    alerts = [(likeness.id, to, told_as) for likeness in likenesses for to, told_as in _whom(by, likeness)]
    values = {
        "tenant": current_tenant(),
        "now": now,
        "by": by.user,
        "ids": [likeness.id for likeness in likenesses],
        "people": [likeness.person for likeness in likenesses],
        "others": [likeness.other.id if likeness.other else None for likeness in likenesses],
        "elsewhere": [likeness.elsewhere for likeness in likenesses],
        "reasons": [" ".join(likeness.reasons) for likeness in likenesses],
        "outcomes": [likeness.outcome for likeness in likenesses],
        "codes": [likeness.code for likeness in likenesses],
        "alert_ids": [new_id() for _ in alerts],
        "alert_matches": [match for match, _, _ in alerts],
        "alert_to": [to for _, to, _ in alerts],
        "alert_as": [told_as for _, _, told_as in alerts],
    }
    with connection.cursor() as cursor:
        cursor.execute(KEEP, values)
        return {row[0] for row in cursor.fetchall()}


def _whom(by: Member, likeness: Likeness) -> Iterator[tuple[UUID | None, str]]:
    """Who is to know at once: of a sealed case its named owners; else whoever has the other case;
    the coordinators of a code."""
    if likeness.other is not None and likeness.other.is_sealed:
        yield from ((user, "named_owner") for user in likeness.other.named_owners if user != by.user)
    elif likeness.other is not None and likeness.other.owner != by.user:
        yield likeness.other.owner, "owner"
    if likeness.outcome in (rules.RING, rules.QUIET):
        yield None, "coordinator"


def say_of_match(*, by: Member, at: datetime, match: Match, kind: str, words: str = "") -> None:
    """Keeps what somebody says of a likeness: that it seems the same person or another, that it is not the same, or that it is
    to be looked at again. Saying the same twice is once. Raises UnableToLink where they are to be two and somebody linked them
    first."""
    if kind == "not_same":
        alone_with_identities()
        if match.other_id and queries.link_between(match.person_id, match.other_id) is not None:
            raise UnableToLink(LINKED_MEANWHILE)
    latest = queries.latest_answer(match)
    if latest is not None and (latest.kind, latest.said_by_id, latest.words) == (kind, by.user, words):
        return
    MatchAnswer.objects.create(match=match, kind=kind, words=words, said_at=at, said_by_id=by.user)
    audit("cases.match_answered", by=by, at=at, people=_both(match), subject=str(match.id), fields=[kind])


def _both(match: Match) -> list[UUID]:
    return sorted(person_id for person_id in (match.person_id, match.other_id) if person_id)


def match_shown(*, by: Member, at: datetime, match: Match) -> None:
    """Writes down that two people were shown side by side."""
    audit("cases.match_shown", by=by, at=at, people=_both(match), subject=str(match.id))


def code_asked(*, by: Member, at: datetime, code: str, matches: Sequence[Match]) -> None:
    """Writes down that a code was looked up, and whom it led to."""
    people = sorted({person_id for match in matches for person_id in _both(match)})
    audit("cases.match_code_asked", by=by, at=at, people=people, subject=code)


def answer_alert(*, by: Member, at: datetime, alert: MatchAlert, did: str) -> None:
    """Says that an alert was seen, and with words what was done about it. Who saw it first stays; what was done is written
    anew by whoever says more."""
    row = MatchAlert.objects.select_for_update().get(id=alert.id)
    changed: Mapping[str, object] = {}
    if row.seen_at is None:
        row.seen_at, row.seen_by_id = at, by.user
        changed = {"seen_at": at, "seen_by": by.user}
        audit("cases.alert_seen", by=by, at=at, subject=str(row.id))
    if did and did != row.did:
        row.did, row.did_at, row.did_by_id = did, at, by.user
        changed = {**changed, "did": did}
        audit("cases.alert_answered", by=by, at=at, subject=str(row.id), fields=["did"])
    if changed:
        row.save(update_fields=["seen_at", "seen_by", "did", "did_at", "did_by"])
