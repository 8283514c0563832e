"""The world of the access matrix, made once for a run and copied for each file; each test's requests are undone."""

import uuid
from collections.abc import Iterator

import pytest
from django.db import transaction

from lodestar.platform.accounts import middleware
from tests.access import world as worlds
from tests.databases import TEMPLATE, connected_to, made_once


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[worlds.World]:
    with django_db_blocker.unblock():
        template, found = made_once("world", worlds.build, tmp_path_factory)
        with connected_to(f"{TEMPLATE}_access_{uuid.uuid4().hex[:12]}", template):
            yield found


@pytest.fixture
def world(made: worlds.World, monkeypatch: pytest.MonkeyPatch) -> Iterator[worlds.World]:
    # Where a machine is slow a minute ends among the requests of one test, and one of them would write the session too.
    monkeypatch.setattr(middleware, "REMEMBERED_EVERY", 3600)
    with transaction.atomic():
        yield made
        transaction.set_rollback(True)
