"""What every test stands on. The launcher made the database, migrated it as its owner, and signs the tests in as the
application's role: a test of the wall run as anyone greater could not fail."""

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import Settings
from django.conf import settings as configured
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.test.client import ClientHandler
from hypothesis import HealthCheck, settings

from lodestar.config import memory
from tests.browser import chromium, opened
from tests.databases import altered_database, django_db_setup, emptied, own_database

__all__ = ["altered_database", "chromium", "django_db_setup", "emptied", "opened", "own_database"]  # fixtures

# The same examples in each run, however busy the machine is: a test fails for what changed, and for nothing else.
settings.register_profile(
    "lodestar", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("lodestar")

ScryptPasswordHasher.work_factor = 2  # the real one takes a fifth of a second on purpose, at each sign-in

_load = ClientHandler.load_middleware
_layers: dict[str, Any] = {}


def load_once(handler: ClientHandler, is_async: bool = False) -> None:
    """Every client of Django's goes through the same layers, as every page of a server does: to make them (and to look through
    all static files) takes a third of the time of a page. Where a test changed settings they are made for it."""
    if is_async or type(configured._wrapped) is not Settings:
        _load(handler, is_async)
    elif _layers:
        vars(handler).update(_layers)
    else:
        before = set(vars(handler))
        _load(handler)
        _layers.update({name: value for name, value in vars(handler).items() if name not in before})


ClientHandler.load_middleware = load_once

LONG = ("tests/killed/test_killed", "tests/launcher/", "tests/journeys/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take minutes come first: where several cores share the work, none is left with one of them at the end."""

    def turn(item: pytest.Item) -> int:
        place = item.path.as_posix()
        return next((number for number, part in enumerate(LONG) if part in place), len(LONG))

    items.sort(key=turn)


def pytest_configure(config: pytest.Config) -> None:
    if config.option.markexpr == "not long":
        settings.register_profile("fewer", settings.get_profile("lodestar"))
        settings.load_profile("fewer")
    gc.disable()  # until all tests are found: nothing of them goes away


def pytest_collection_finish() -> None:
    """Some twenty thousand tests stay for as long as the process. Python need not look through them for what can go, which
    took a third of the time that pages take in the tests."""
    memory.look_seldom()
    gc.enable()


@pytest.fixture
def fenmarch(db: Any) -> Iterator[str]:
    """Inside the invented force's tenant."""
    from lodestar.platform.tenancy.tenant_transaction import within
    from tests.factories.accounts import TenantFactory

    TenantFactory()
    with within("fenmarch"):
        yield "fenmarch"


@pytest.fixture
def officer(fenmarch: str) -> Any:
    """An officer of the front line who is at work there."""
    from tests.factories.accounts import a_member

    return a_member("frontline", name="PC Brandreth")
