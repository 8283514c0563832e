"""What every test stands on. The launcher made the database, migrated it as its owner, and signs the tests in as the
application's role: a test of the wall run as anyone greater could not fail."""

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """The database stands already."""


@pytest.fixture
def fenmarch(db: Any) -> Iterator[str]:
    """Inside the invented force's tenant."""
    from lodestar.tenancy.within import within
    from tests.factories.accounts import TenantFactory

    TenantFactory()
    with within("fenmarch"):
        yield "fenmarch"
