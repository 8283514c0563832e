"""Who sees support records: for support alone. For another purpose somebody writes down which, and sees them for a day."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from lodestar.casework.cases.access import or_404, person_for, visible
from lodestar.casework.cases.models import Person
from lodestar.casework.needs.models import Need, SupportUse
from lodestar.casework.needs.rules import USE_LASTS, words
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.audit.actions import audit


def supported_person(member: Member, person_id: UUID, permission: Permission, *, viewed: bool = False) -> Person:
    """The person whose support records are asked for, where the member may see them; Http404 otherwise.

    Who holds SUPPORT_USE alone sees what SUPPORT_VIEW shows while a use that they recorded themselves is in effect: a view that
    serves them too is declared `@page(Permission.SUPPORT_VIEW, besides=Permission.SUPPORT_USE)`. Each look of theirs is logged
    with the use. A sealed case stays its named owners'.
    """
    if member.may(permission) or permission != Permission.SUPPORT_VIEW:
        person = person_for(member, person_id, permission, viewed=viewed)
        return or_404(person if member.may(Permission.CASE_VIEW) or _is_possible_victim(person) else None)
    person = person_for(member, person_id, Permission.SUPPORT_USE)
    use = or_404(use_in_effect(member, person))
    if viewed:
        audit(
            "support.viewed_for_use", by=member, at=timezone.now(), case=person.case_id, people=[person.id],
            subject=str(use.id), fields=[f"for_{words('use', 'as')[use.used_for]}"], power=use.power,
        )  # fmt: skip
    return person


def _is_possible_victim(person: Person) -> bool:
    """Of a case that a navigator was given for support they see its possible victims alone, and no suspect."""
    return "possible_victim" in person.roles or person.belief in ("reasonable_grounds", "signs_only")


def use_in_effect(member: Member, person: Person) -> SupportUse | None:
    """The member's own use of this person's support records that opens them now."""
    rows = SupportUse.objects.filter(person=person, recorded_by=member.user, recorded_at__gt=timezone.now() - USE_LASTS)
    return rows.order_by("-recorded_at").first()


def needs_seen(member: Member) -> QuerySet[Need]:
    """The needs of everybody whose support the member sees."""
    rows = Need.objects.select_related("person__case__unit", "owner")
    return rows.filter(visible(member, "person__case__")) if member.may(Permission.SUPPORT_VIEW) else rows.none()


def need_for(member: Member, need: UUID, *, viewed: bool = False) -> Need:
    """One need, with the right to see the person's support; Http404 otherwise."""
    row = or_404(needs_seen(member).filter(id=need).first())  # in one query, whatever is there
    supported_person(member, row.person_id, Permission.SUPPORT_VIEW, viewed=viewed)
    return row
