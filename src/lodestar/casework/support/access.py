"""Who sees the support of a person: whoever may see support records of them, of possible victims alone."""

from uuid import UUID

from django.http import Http404

from lodestar.casework.cases.access import or_404
from lodestar.casework.cases.models import Person
from lodestar.casework.needs.access import supported_person
from lodestar.casework.support.models import SupportStage
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission


def stage_row(person: Person) -> SupportStage | None:
    """The stage of a person as it is stored; None of who is no possible victim."""
    return SupportStage.objects.filter(person=person).first()


def support_of(member: Member, person_id: UUID, permission: Permission, *, viewed: bool = False) -> SupportStage:
    """The stage of a possible victim whose support the member may see, with the person; Http404 otherwise: a suspect of the same
    case is nobody here."""
    person = supported_person(member, person_id, permission, viewed=viewed)
    stage = or_404(stage_row(person))
    stage.person = person
    return stage


def support_to_give(member: Member, person_id: UUID, *, viewed: bool = False) -> SupportStage:
    """The same for whoever may give it to a navigator. Http404 otherwise, and for a sealed case, which is given to nobody."""
    stage = support_of(member, person_id, Permission.SUPPORT_GIVE, viewed=viewed)
    if stage.person.case.sealed:
        raise Http404
    return stage
