"""The world of the access matrix, in which everybody is at work on a case of their own, ready to be copied."""

import uuid
from collections.abc import Iterator

import pytest

from tests.access.world import World, build
from tests.databases import TEMPLATE, connected_to, made_once


@pytest.fixture(scope="module")
def prepared(django_db_setup, django_db_blocker, tmp_path_factory) -> tuple[str, World]:
    """The name of its database, and what is in it."""
    with django_db_blocker.unblock():
        return made_once("world", build, tmp_path_factory)


@pytest.fixture(scope="module")
def world(prepared, django_db_blocker) -> Iterator[World]:
    """The world in a database of this file's own."""
    template, made = prepared
    with django_db_blocker.unblock(), connected_to(f"{TEMPLATE}_forms_{uuid.uuid4().hex[:12]}", template):
        yield made
