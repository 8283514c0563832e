"""PostgreSQL as Django speaks to it, with instants read in one step: the reckoning of a case reads hundreds of them, and
Django's own reader takes each apart by a pattern (`bench/ledger` shows what the reckoning costs)."""

from datetime import UTC, datetime
from typing import Any

from django.db.backends.postgresql import base
from psycopg.abc import Buffer
from psycopg.adapt import Loader


class Instants(Loader):
    """Reads an instant as PostgreSQL writes it (ISO 8601, in UTC). Raises ValueError for one outside the years 1 to 9999."""

    timezone = UTC  # Django looks here, and would put its own reader in the place of one for another zone

    def load(self, data: Buffer) -> datetime:
        """An instant from the text of the database."""
        return datetime.fromisoformat(bytes(data).decode())


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, whose connections read instants so."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection that reads instants in one step."""
        connection = super().get_new_connection(conn_params)
        connection.adapters.register_loader("timestamptz", Instants)
        return connection
