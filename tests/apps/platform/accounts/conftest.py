"""Somebody at work, signed in or about to be."""

from collections.abc import Callable

import pytest
from django.test import Client

from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.models import User
from tests.factories.accounts import PASSWORD, a_member, code_of, with_code
from tests.factories.signed_in import signed_in


@pytest.fixture
def officer(fenmarch: str) -> Member:
    return a_member("frontline", name="PC Brandreth")


@pytest.fixture
def at_work(officer: Member, client: Client) -> Client:
    """The officer's browser."""
    return signed_in(client, officer)


@pytest.fixture
def user(officer: Member) -> User:
    """The officer, with a code generator."""
    found = User.objects.get(id=officer.user)
    with_code(found)
    return found


@pytest.fixture
def sign_in(user: User) -> Callable[..., object]:
    """Sends the sign-in form, rightly unless told otherwise."""

    def send(client: Client, path: str = "/sign-in", headers: dict[str, str] | None = None, **wrong: str) -> object:
        sent = {"username": user.username, "password": PASSWORD, "code": wrong.get("code") or code_of(user)} | wrong
        return client.post(path, sent, headers=headers)

    return send
