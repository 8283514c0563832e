"""What the tests of writing a referral share: the night, an officer, and their browser."""

from datetime import UTC, datetime

import pytest
import time_machine

from tests.factories.accounts import a_member
from tests.factories.signed_in import signed_in

NIGHT = datetime(2026, 5, 3, 2, 57, tzinfo=UTC)


@pytest.fixture
def night():
    with time_machine.travel(NIGHT, tick=False) as clock:
        yield clock


@pytest.fixture
def officer(night):
    return a_member("frontline", name="PC Brandreth")


@pytest.fixture
def web(client, officer):
    return signed_in(client, officer)
