"""Named reads of decisions: those of a referral, what follows them, the newest for who waits for them; of letters of the
competent authority, and the referrals whose references they name; and of referrals without a crime and crimes without a
referral, of the people that the member may know of, each with the reason that is recorded; and the register of referrals."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q

from lodestar.casework.cases.access import sees_cases, visible
from lodestar.casework.cases.models import Case, Person
from lodestar.casework.decisions.models import Decision, Letter, LetterFiled
from lodestar.casework.ledger.models import REFERRAL_CLOCKS, Obligation, ObligationAnswer
from lodestar.casework.ledger.queries.facts import encounters
from lodestar.casework.ledger.queries.worklists import Tried
from lodestar.casework.referrals.models import (
    SETTLED,
    STATES,
    Pairing,
    PairingSettled,
    Referral,
    ReferralReference,
    ReferralStatus,
)
from lodestar.casework.referrals.rules import found_by
from lodestar.platform.accounts.access import Member
from lodestar.platform.obligations.encounter_reading import PersonReading, reading
from lodestar.platform.settings.queries import settings_in_force
from lodestar.platform.text.grouping import grouped
from lodestar.platform.text.paging import Place

FOLLOWS = (
    "recovery_period_minimum", "consider_reconsideration", "plan_before_support_ends", "tell_cps",
    "section45_full_record", "tell_decision_safely", "answer_further_information", "watch_reconsideration_reply",
    "watch_reasonable_grounds_decision", "refer_nrm",
)  # fmt: skip


def decisions_of(referral: Referral) -> list[Decision]:
    """Every decision filed for a referral, in the order in which they were, the mistaken ones among them."""
    rows = Decision.objects.select_related("filed_by").filter(referral=referral)
    return list(rows.order_by("number"))


def following(person: Person) -> list[Obligation]:
    """What is open for a person that decisions bring or end, the soonest first, also what opens later."""
    rows = Obligation.objects.filter(person=person, code__in=FOLLOWS, state="open").exclude(
        code="tell_cps", moment__startswith="arrest"
    )
    return list(rows.order_by(F("due_at").asc(nulls_last=True), "code", "moment", "id"))


LOOKED_BACK = timedelta(days=60)
LATEST = 30  # of their cases, and of what they recorded
TOLD = ("rg_positive", "rg_negative", "cg_positive", "cg_negative", "info_asked", "disqualified", "cg_revoked")


def outcomes(member: Member, now: datetime, most: int = 3) -> Sequence[Decision]:
    """The newest that others filed, where the member still sees the case. What was put right is not told, and what is
    sealed is told nobody here. By the latest of theirs alone, so that it reads no more in a large force."""
    if not sees_cases(member):
        return []
    opened = Case.objects.filter(opened_by=member.user, sealed=False).order_by("-recorded_at").values("id")[:LATEST]
    recorded = Referral.objects.filter(recorded_by=member.user).order_by("-recorded_at").values("id")[:LATEST]
    rows = Decision.objects.filter(visible(member, "referral__person__case__"), kind__in=TOLD, filed_at__gte=now - LOOKED_BACK)
    rows = rows.exclude(Exists(Decision.objects.filter(replaces=OuterRef("id")))).exclude(filed_by=member.user)
    decisions = rows.exclude(referral__person__case__sealed=True).values_list("id", "filed_at")
    theirs = decisions.filter(referral__in=recorded).union(decisions.filter(referral__person__case__in=opened))
    newest = theirs.order_by("-filed_at", "-id")[:most]
    shown = Decision.objects.select_related("referral__person__case").filter(id__in=[row for row, _ in newest])
    return list(shown.order_by("-filed_at", "-id")) if newest else []


MOST_NAMED = 20  # referrals that one letter can name before it is nobody's in particular


def named_in(references: Iterable[str]) -> list[UUID]:
    """The referrals whose reference, as it was last written, is one of these. A mistaken one names nothing."""
    asked = list(references)
    rows = list(ReferralReference.objects.filter(found_by__in=asked).values_list("referral", flat=True)[:MOST_NAMED])
    standing: dict[UUID, str] = {}
    for row in ReferralReference.objects.filter(referral__in=rows).order_by("recorded_at", "id"):
        standing[row.referral_id] = row.found_by
    return [referral for referral, written in standing.items() if written in set(asked)]


def seen_of(member: Member, referrals: Iterable[UUID]) -> list[Referral]:
    """Those of these referrals whose cases the member sees."""
    rows = Referral.objects.select_related("person__case").filter(visible(member, "person__case__"), id__in=list(referrals))
    return list(rows.order_by("sent_at", "id"))


def referrals_written(member: Member, words: str) -> list[Referral]:
    """The referrals that somebody means by a reference, or by the number of a case; of those the member sees."""
    case = Q(person__case__reference=words.strip().upper(), route="nrm")
    rows = Referral.objects.select_related("person__case").filter(visible(member, "person__case__"))
    return list(rows.filter(Q(id__in=named_in([found_by(words)])) | case).order_by("sent_at", "id")[:MOST_NAMED])


def waiting(most: int, after: Place | None) -> list[Letter]:
    """What nobody has filed, the latest first, after a place."""
    rows = Letter.objects.select_related("added_by").filter(waits=True)
    if after is not None and after.at is not None:
        rows = rows.filter(added_at__lte=after.at).filter(Q(added_at__lt=after.at) | Q(id__lt=after.id))
    return list(rows.order_by("-added_at", "-id")[:most])


def letters_of(referral: Referral) -> list[Letter]:
    """The letters filed to a referral, the latest first."""
    rows = LetterFiled.objects.select_related("letter").filter(referral=referral).order_by("-filed_at", "-id")
    return [row.letter for row in rows]


def filings_of(member: Member, letter: Letter) -> list[LetterFiled]:
    """Where a letter was filed, of what the member sees; and that it was put aside."""
    rows = LetterFiled.objects.select_related("referral__person__case", "filed_by").filter(letter=letter)
    return list(rows.filter(Q(referral__isnull=True) | visible(member, "referral__person__case__")).order_by("filed_at", "id"))


NO_CRIME, NO_REFERRAL, KEPT = "no_crime", "no_referral", "settled"
ABOUT = {  # what is owed on the worklist while the one is not there, and can be answered with a reason
    NO_CRIME: ("record_crime", "record_incident_overseas"),
    NO_REFERRAL: ("refer_nrm", "notify_home_office_without_identity", "reach_nrm_or_dtn"),
}
_AT = {NO_CRIME: "referral_at", NO_REFERRAL: "crime_at", KEPT: ""}  # the time by which each list goes; settled by key alone
_THERE = {
    NO_CRIME: Q(referral_at__isnull=False, crime_at__isnull=True, settled=False),
    NO_REFERRAL: Q(crime_at__isnull=False, referral_at__isnull=True, settled=False),
    KEPT: SETTLED,
}

_why_no_crime: list[Callable[[Sequence[UUID]], Mapping[UUID, Tried]]] = []


def why_no_crime_from(provider: Callable[[Sequence[UUID]], Mapping[UUID, Tried]]) -> None:
    """Called once as Lodestar starts, by what knows both: why a person has no crime number is another app's."""
    _why_no_crime[:] = [provider]


def listed(member: Member, show: str, most: int, after: Place | None) -> list[Pairing]:
    """The first `most` of one list after a place: the latest first, one stretch of one index."""
    rows = Pairing.objects.select_related("person__case").filter(_THERE[show], visible(member, "person__case__"))
    at = _AT[show]
    if after is not None and at and after.at is not None:
        rows = rows.filter(**{f"{at}__lte": after.at}).filter(Q(**{f"{at}__lt": after.at}) | Q(id__lt=after.id))
    elif after is not None and not at:
        rows = rows.filter(id__lt=after.id)
    return list(rows.order_by(*([f"-{at}"] if at else []), "-id")[:most])


def place_of(row: Pairing, show: str) -> Place:
    """The place after which the next page of this list begins."""
    return Place(getattr(row, _AT[show]) if _AT[show] else None, row.id)


def side_of(row: Pairing | None) -> str:
    """Which of the two is there without the other; empty when both are there, or neither."""
    if row is None or (row.referral_at is None) == (row.crime_at is None):
        return ""
    return NO_CRIME if row.crime_at is None else NO_REFERRAL


def pairing_of(person: UUID) -> Pairing | None:
    """What is kept of one person."""
    return Pairing.objects.filter(person=person).first()


def latest_reasons(rows: Sequence[Pairing], side: str) -> dict[UUID, Tried]:
    """The latest reason that somebody gave for each of these people: on the worklist, or on the page of the crime."""
    people = [row.person_id for row in rows]
    answers = ObligationAnswer.objects.select_related("by").filter(
        case__in={row.person.case_id for row in rows}, person__in=people, code__in=ABOUT[side], because__gt=""
    )
    reasons: dict[UUID, Tried] = {}
    for row in answers.exclude(kind="done").order_by("recorded_at", "id"):
        if row.person_id:
            reasons[row.person_id] = Tried(row.by_id, row.by.name, row.happened_at, row.because)
    for provider in _why_no_crime if side == NO_CRIME and people else ():
        for person, reason in provider(people).items():
            if person not in reasons or reasons[person].at <= reason.at:
                reasons[person] = reason
    return reasons


def settled(rows: Sequence[Pairing]) -> dict[UUID, list[Tried]]:
    """Who said why for these people, on whichever side they are now: of each the latest first."""
    sides = {row.person_id: side_of(row) for row in rows}
    given = PairingSettled.objects.select_related("settled_by").filter(person__in=list(sides)).order_by("-settled_at", "-id")
    return grouped(
        (row.person_id, Tried(row.settled_by_id, row.settled_by.name, row.settled_at, row.reason))
        for row in given
        if row.side == sides[row.person_id]
    )


def read(rows: Sequence[Pairing]) -> dict[UUID, PersonReading]:
    """These people as the rules read what is recorded now, in a constant number of queries. Of their cases nobody else is
    read: a route is one person's."""
    cases = list({row.person.case_id: row.person.case for row in rows}.values())
    if not cases:
        return {}
    people = sorted((row.person for row in rows), key=lambda person: (person.case_id, person.number))
    in_force = settings_in_force()
    return {
        UUID(person.id): person
        for encounter in encounters(cases, persons=people).values()
        for person in reading(encounter, in_force).people
    }


RETURNED, LATE, ALL = "returned", "late", "all"

Line = tuple[ReferralStatus, Obligation | None, str, Pairing | None]


def referrals_seen(
    member: Member, direction: str, show: str, team: str, now: datetime, after: Place | None, most: int
) -> list[ReferralStatus]:
    """The first `most` referrals of one direction after a place, of the cases that the member sees: all, those of a state, those
    of which more is asked for, or those of whose person a clock is overdue; narrowed to teams with these words in
    their name."""
    if not sees_cases(member):
        return []
    rows = ReferralStatus.objects.filter(visible(member, "referral__person__case__"), direction=direction)
    rows = rows.filter(unit__name__icontains=team) if team else rows
    if show == LATE:
        late = Obligation.objects.filter(state="open", code__in=REFERRAL_CLOCKS, due_at__lt=now)
        rows = rows.filter(Exists(late.filter(person=OuterRef("referral__person"))))
    elif show == RETURNED:
        rows = rows.filter(returned=True)
    elif show in dict(STATES):
        rows = rows.filter(state=show)
    if after is not None and after.at is not None:
        rows = rows.filter(sent_at__lte=after.at).filter(Q(sent_at__lt=after.at) | Q(id__lt=after.id))
    return list(rows.select_related("referral__person__case", "unit").order_by("-sent_at", "-id")[:most])


def lines(rows: Sequence[ReferralStatus], now: datetime) -> list[Line]:
    """The rows, each with the soonest of its clocks that is open, the reference last written, and its pairing."""
    people = [row.referral.person_id for row in rows]
    clocks: dict[UUID, Obligation] = {}
    open_ones = Obligation.objects.filter(person__in=people, code__in=REFERRAL_CLOCKS, state="open", opens_at__lte=now)
    for obligation in open_ones.order_by(F("due_at").desc(nulls_first=True), "-id"):
        if obligation.person_id:
            clocks[obligation.person_id] = obligation
    written = ReferralReference.objects.filter(referral__in=[row.referral_id for row in rows])
    references = {row.referral_id: row.reference for row in written.order_by("recorded_at", "id")}
    pairings = {row.person_id: row for row in Pairing.objects.filter(person__in=people)}
    return [
        (row, clocks.get(row.referral.person_id), references.get(row.referral_id, ""), pairings.get(row.referral.person_id))
        for row in rows
    ]
