"""The world of the access matrix, made once for a file; each test's requests are undone."""

import uuid
from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from tests.access import world as worlds
from tests.databases import TEMPLATE, copied


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker) -> Iterator[worlds.World]:
    name = f"{TEMPLATE}_access_{uuid.uuid4().hex[:12]}"
    with copied(name) as url, pytest.MonkeyPatch.context() as patched, django_db_blocker.unblock():
        connection.close()
        patched.setitem(connection.settings_dict, "NAME", name)
        patched.setenv("DATABASE_URL", url)
        yield worlds.build()
        connection.close()


@pytest.fixture
def world(made: worlds.World) -> Iterator[worlds.World]:
    with transaction.atomic():
        yield made
        transaction.set_rollback(True)
