"""An instant comes out of the database as it went in."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from lodestar.config.postgresql.base import Instants
from tests.offenders import each

pytestmark = pytest.mark.django_db


@each(
    "instant",
    [
        datetime(2026, 3, 29, 0, 59, 59, 999999, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
        datetime(2026, 11, 25, 15, 0, 0, 100, tzinfo=UTC),
        datetime(2026, 11, 25, 15, 0, 0, 120000, tzinfo=UTC),
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    ],
)
def test_an_instant_is_read_as_it_was_written(instant):
    with connection.cursor() as cursor:
        cursor.execute("select %s::timestamptz, null::timestamptz", [instant])
        read, nothing = cursor.fetchone()

    assert read == instant
    assert read.tzinfo is UTC
    assert nothing is None


def test_it_is_our_own_reader_that_reads():
    with connection.cursor() as cursor:
        assert cursor.adapters.get_loader(connection.Database.adapters.types["timestamptz"].oid, 0) is Instants


def test_what_is_no_instant_of_the_calendar_is_refused():
    with connection.cursor() as cursor:
        cursor.execute("select 'infinity'::timestamptz")
        with pytest.raises(ValueError, match="infinity"):
            cursor.fetchone()
