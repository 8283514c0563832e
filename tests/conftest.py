"""What every test stands on. The launcher made the database, migrated it as its owner, and signs the tests in as the
application's role: a test of the wall run as anyone greater could not fail."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser import chromium, opened
from tests.databases import django_db_setup, own_database

__all__ = ["chromium", "django_db_setup", "opened", "own_database"]  # fixtures


@pytest.fixture
def fenmarch(db: Any) -> Iterator[str]:
    """Inside the invented force's tenant."""
    from lodestar.tenancy.within import within
    from tests.factories.accounts import TenantFactory

    TenantFactory()
    with within("fenmarch"):
        yield "fenmarch"
