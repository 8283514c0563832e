"""Django's test client with somebody signed in, as after the sign-in page."""

from types import SimpleNamespace

from django.test import Client
from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.accounts.door import form_of
from lodestar.accounts.models import User
from lodestar.kernel.ids import new_id
from lodestar.tenancy.models import Tenant


def signed_in(client: Client, member: Member) -> Client:
    """The client with this member signed in and at work; any session it had before is gone."""
    client.logout()
    client.force_login(User.objects.get(id=member.user), backend="lodestar.accounts.access.PasswordAndCode")
    now = timezone.now().isoformat()
    session = client.session
    session.update(
        {
            "began": now,
            "seen": now,
            "tenant": member.tenant,
            "tenant_name": Tenant.objects.get(slug=member.tenant).name,
            "membership": str(member.membership),
        }
    )
    session.save()
    return client


def drawn_for(member: Member) -> dict[str, str]:
    """What a form says of whom it was drawn for."""
    return {"form_of": form_of(SimpleNamespace(user=SimpleNamespace(pk=member.user)))}  # type: ignore[arg-type]


def form(**typed: object) -> dict[str, object]:
    """What a form sends besides what is typed into it: a new submission key."""
    return {"submission_key": str(new_id()), **typed}
