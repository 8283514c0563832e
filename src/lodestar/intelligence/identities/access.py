"""Matches, alerts and links, each with the right to see them: both cases are the member's to see."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from lodestar.casework.cases.access import or_404, visible
from lodestar.casework.cases.models import Case
from lodestar.intelligence.identities.models import IdentityLink, Match, MatchAlert
from lodestar.intelligence.identities.rules import identities as rules
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission


def matches(member: Member) -> QuerySet[Match]:
    """Two people who are alike, of both of whom the member sees the case. Whoever is believed to be no victim matches nobody."""
    if not member.may(Permission.CASE_VIEW):
        return Match.objects.none()
    rows = Match.objects.filter(visible(member, "person__case__"), visible(member, "other__case__"))
    return rows.filter(~Q(person__belief="none"), ~Q(other__belief="none")).select_related(
        "person__case", "other__case", "found_by"
    )


def may_link(member: Member, *cases: Case) -> bool:
    """Whether the member may say that people of these cases, which they see, are one human."""
    sealed = [case.sealed for case in cases]  # who sees a sealed case is one of its named owners
    return rules.may_link(links_people=member.may(Permission.PEOPLE_LINK), sealed=sealed, named_owner_flags=sealed)


def match_to_settle(member: Member, match: UUID) -> Match:
    """A likeness that the member may settle: both cases are theirs to see and to link. Http404 otherwise."""
    match_row = matches(member).filter(id=match).first()
    if match_row is None or match_row.other is None or not may_link(member, match_row.person.case, match_row.other.case):
        raise Http404
    return match_row


def match_of_concern(member: Member, case: Case, match: UUID) -> Match:
    """A likeness to somebody of this concern, of which the member sees both sides; Http404 otherwise."""
    return or_404(matches(member).filter(id=match, person__case=case).first())


def alerts(member: Member) -> QuerySet[MatchAlert]:
    """The alerts of the member, and those of the coordinators for one of them: about people, and cases, that they still see."""
    if not member.may(Permission.CASE_VIEW):
        return MatchAlert.objects.none()
    to = Q(to=member.user) | Q(to__isnull=True) if member.may(Permission.PEOPLE_LINK) else Q(to=member.user)
    of_ours = visible(member, "match__other__case__") & ~Q(match__other__belief="none")
    of_a_force = visible(member, "about__case__") & ~Q(about__belief="none")
    theirs = Q(match__other__isnull=True, about__isnull=True) | of_ours | of_a_force
    return MatchAlert.objects.filter(to, theirs, ~Q(match__person__belief="none")).select_related(
        "match__other__case", "match__person__case__owner", "match__person__case__interim_owner",
        "match__found_by", "about__case",
    )  # fmt: skip


def alert_for(member: Member, alert: UUID) -> MatchAlert:
    """One of the alerts that the member may read; Http404 otherwise."""
    return or_404(alerts(member).filter(id=alert).first())


def links(member: Member) -> QuerySet[IdentityLink]:
    """The links that hold, of both of whose people the member sees the case."""
    both = visible(member, "one__case__") & visible(member, "other__case__")
    return IdentityLink.objects.filter(both, undone_at__isnull=True)
