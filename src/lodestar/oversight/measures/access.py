"""Whose cases a figure counts for a member, and who may open a list of them.

A sealed case is counted for nobody, its owners among them: a number that is another one for an owner would tell a stranger
who sees both that there is such a case. Its owners have it on the lists, apart, and in no file.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from lodestar.casework.cases.access import own_seals, units_below
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission, Reach

TAKEN = "analysis.figure_taken"


@dataclass(frozen=True)
class Scope:
    """Which cases are counted, which sealed ones stand beside them for this member alone, and whether it is the whole force.
    `units` are those counted, None for all."""

    counted: Q
    sealed: Q
    is_force: bool
    units: tuple[UUID, ...] | None


def scope_for(member: Member) -> Scope:
    """The cases of the force for the roles that reach it, else those of the member's unit and below; Http404 for the others.
    Cases that somebody was given from elsewhere are in no figure of theirs: everybody of a unit has the same numbers."""
    if not member.may(Permission.FIGURE_VIEW) or not member.reaches & {Reach.TENANT, Reach.UNIT}:
        raise Http404
    sealed = Q(sealed=True) & Q(Exists(own_seals(member).filter(case=OuterRef("id"))))
    if Reach.TENANT in member.reaches:
        return Scope(Q(sealed=False), sealed, is_force=True, units=None)
    units = tuple(units_below(member.unit))
    return Scope(Q(sealed=False, unit__in=units), sealed, is_force=False, units=units)


def whole_force() -> Scope:
    """Every case of the force that is not sealed, for a table that leaves it: nobody's own."""
    return Scope(Q(sealed=False), Q(pk__in=[]), is_force=True, units=None)
