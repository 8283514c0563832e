"""Which force a command is for, and who acts in it."""

from django.utils import timezone

from lodestar.platform.accounts.access import Member, member_from
from lodestar.platform.accounts.models import Membership, User
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import in_force, memberships_today
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.tenant_transaction import as_user, current_tenant, within


class NoForce(ValueError):
    """The force, or who acts in it, is not clear; the words say what to name."""


def force_named(slug: str) -> str:
    """The force of this slug; without one the only force there is, or the demo's. Raises NoForce."""
    forces = {tenant.slug: tenant for tenant in Tenant.objects.all()}
    if slug and slug not in forces:
        raise NoForce(f"There is no force {slug!r}: {', '.join(sorted(forces)) or 'none is made yet'}.")
    ours = [slug] if slug else [force.slug for force in forces.values() if len(forces) == 1 or force.made_by_demo]
    if len(ours) != 1:
        raise NoForce("Name the force with --force SLUG." if forces else "There is no force yet: ./lodestar demo makes one.")
    return ours[0]


def name_of(slug: str) -> str:
    """What the force of this slug is called."""
    return Tenant.objects.values_list("name", flat=True).get(slug=slug)


def editor_named(username: str, slug: str) -> Member:
    """Who takes guidance in: the user named, who must be a guidance editor there; without one the demo's. Raises NoForce."""
    tenant = force_named(slug)
    if not username:
        return _demo_editor(tenant)
    user = User.objects.filter(username=username.lower(), is_active=True).first()
    if user is None:
        raise NoForce(f"No user has the name {username!r}.")
    with as_user(user.id):
        places = [place for place in memberships_today(user.id) if place.tenant == tenant]
    member = next((editor for editor in map(member_from, places) if editor.may(Permission.GUIDANCE_EDIT)), None)
    if member is None:
        raise NoForce(f"{username} is no guidance editor in {tenant}.")
    return member


def who_set_it_up() -> Member | None:
    """Who has been an administrator of the force of this transaction for longest, and still is: the project's own pages are
    published in their name. None where nobody is."""
    rows = in_force(timezone.localdate()).filter(tenant=current_tenant(), roles__contains=["administrator"])
    first = rows.filter(user__is_active=True).select_related("user").order_by("from_date", "id").first()
    return member_from(first) if first else None


def _demo_editor(tenant: str) -> Member:
    if not Tenant.objects.get(slug=tenant).made_by_demo:
        raise NoForce("Say who is importing it: --as USER.")
    with within(tenant):
        rows = Membership.objects.select_related("user").filter(user__made_by_demo=True, to_date__isnull=True)
        editors = [editor for editor in map(member_from, rows.order_by("user__username")) if editor.may(Permission.GUIDANCE_EDIT)]
    if not editors:
        raise NoForce("The demo has no guidance editor: ./lodestar demo --reset makes it anew.")
    return next((editor for editor in editors if "guidance_editor" in editor.roles), editors[0])
