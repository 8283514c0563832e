"""An officer with a page open, and what they do there."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from lodestar.casework.cases.models import Case
from tests.apps.casework.concerns.filled import sent
from tests.factories.accounts import a_member
from tests.factories.signed_in import signed_in


@pytest.fixture
def officer(fenmarch: str) -> Any:
    return a_member("frontline", name="PC Brandreth")


@pytest.fixture
def phone(officer: Any) -> Client:
    """The officer's client."""
    return signed_in(Client(), officer)


@pytest.fixture
def record(phone: Client) -> Callable[..., Case]:
    """Records a concern through the first screen; a hyphen in a name is written as two underscores."""

    def recorded(**typed: Any) -> Case:
        page = phone.get("/record", follow=True)
        response = phone.post(page.request["PATH_INFO"], sent(page, **{"what": "Two lads", **typed}))
        assert response.status_code == 302, response.content.decode()
        return Case.objects.latest("recorded_at")

    return recorded
