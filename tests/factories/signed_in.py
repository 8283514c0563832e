"""Django's test client with somebody signed in, as after the sign-in page."""

from html import unescape
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.test import Client
from django.utils import timezone
from django.utils.module_loading import import_string

from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.form_envelope import form_of
from lodestar.platform.accounts.models import User
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.text.ids import new_id


def signed_in(client: Client, member: Member) -> Client:
    """The client with this member signed in and at work; any session it had before is forgotten."""
    client.cookies.clear()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(session_of(member).session_key)
    return client


def html_of(client: Client, path: str, **asked: Any) -> str:
    """A page that is there and light, as its reader has it."""
    page = client.get(path, asked)
    assert page.status_code == 200, path
    assert len(page.content) <= 30_000, path
    return unescape(page.content.decode())


def session_of(member: Member) -> SessionBase:
    """A session as the sign-in page leaves it, kept. Signing in itself takes some thirty statements, and is tried by the
    tests of it."""
    now, user = timezone.now().isoformat(), User.objects.get(id=member.user)
    tenant = Tenant.objects.get(slug=member.tenant)
    session: SessionBase = import_string(f"{settings.SESSION_ENGINE}.SessionStore")()
    session.update(
        {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: "lodestar.platform.accounts.access.PasswordAndCode",
            HASH_SESSION_KEY: user.get_session_auth_hash(),
            "began": now,
            "seen": now,
            "tenant": tenant.slug,
            "tenant_name": tenant.name,
            "not_real": tenant.made_by_demo,
            "confined": bool(member.database),
            "membership": str(member.membership),
        }
    )
    session.save()
    return session


def drawn_for(member: Member) -> dict[str, str]:
    """What a form says of whom it was drawn for."""
    at_work = SimpleNamespace(user=SimpleNamespace(pk=member.user), session={"tenant": member.tenant})
    return {"form_of": form_of(at_work)}  # type: ignore[arg-type]


def form(**typed: object) -> dict[str, object]:
    """What a form sends besides what is typed into it: a new submission key."""
    return {"submission_key": str(new_id()), **typed}


def sent(member: Member, path: str, **typed: object) -> Any:
    """What a page answers to a form that a member sends."""
    return signed_in(Client(), member).post(path, form(**typed))


def read(member: Member, path: str) -> str:
    """A page as a member reads it."""
    return unescape(signed_in(Client(), member).get(path).content.decode())
