"""What the tests of referrals share: the night, an officer, and their browser; a morning after, and the coordinator."""

from datetime import UTC, datetime

import pytest
import time_machine

from tests.factories.accounts import a_member
from tests.factories.cases import a_case, a_person
from tests.factories.signed_in import signed_in

NIGHT = datetime(2026, 5, 3, 2, 57, tzinfo=UTC)
MORNING = datetime(2026, 3, 20, 10, 0, tzinfo=UTC)


@pytest.fixture
def night():
    with time_machine.travel(NIGHT, tick=False) as clock:
        yield clock


@pytest.fixture
def on_20_march():
    with time_machine.travel(MORNING, tick=True):
        yield


@pytest.fixture
def coordinator(fenmarch):
    return a_member("coordinator", name="Ms Farrant")


@pytest.fixture
def person(coordinator):
    return a_person(coordinator, a_case(coordinator), name="Callum")


@pytest.fixture
def officer(night):
    return a_member("frontline", name="PC Brandreth")


@pytest.fixture
def web(client, officer):
    return signed_in(client, officer)
