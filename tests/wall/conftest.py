"""Two forces with a row in every table, and raw SQL against them: no Django stands between a test and the wall."""

import os
import uuid
from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg
import pytest

from lodestar.platform.tenancy.tenant_transaction import within
from tests.databases import TEMPLATE, copied, made_once
from tests.factories.accounts import TenantFactory
from tests.factories.administering import take_back
from tests.factories.every import every_factory, tenant_models
from tests.factories.evidence import AccountFactory, ExhibitFactory
from tests.factories.section45 import ElementLinkFactory

HERE, THERE = "fenmarch", "eastern"


@pytest.fixture(scope="module")
def two_forces(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[str]:
    """The application's address of a database in which each of two forces has a row in every table."""
    with django_db_blocker.unblock():
        template, _ = made_once("wall", a_row_in_every_table, tmp_path_factory)
    with copied(f"{TEMPLATE}_wall_{uuid.uuid4().hex[:12]}", template) as url:
        yield url


def a_row_in_every_table() -> None:
    factories = every_factory()
    for slug, prefix in ((HERE, "FM"), (THERE, "ER")):
        TenantFactory(slug=slug, name=slug.title(), reference_prefix=prefix)
        with within(slug):
            for model in tenant_models():
                factories[model]()
            ElementLinkFactory(first_account=None, exhibit=ExhibitFactory())
            ElementLinkFactory(first_account=None, account=AccountFactory())
    take_back()


@pytest.fixture
def app(two_forces: str) -> Iterator[psycopg.Connection]:
    """Raw SQL as the application's role; whatever it does is undone."""
    with psycopg.connect(two_forces) as found:
        yield found
        found.rollback()


@pytest.fixture
def anybody(two_forces: str) -> Iterator[psycopg.Connection]:
    """A connection that may become any role (`become`), to break the wall as its owner and look as the application."""
    name = urlsplit(two_forces).path
    with psycopg.connect(urlsplit(os.environ["LODESTAR_BOOTSTRAP_URL"])._replace(path=name).geturl()) as found:
        yield found
        found.rollback()
