"""Sessions that whoever reads or writes the database cannot take over."""

from hashlib import sha256
from typing import Any, NoReturn

from django.contrib.sessions.backends import db
from django.core.cache.backends.db import DatabaseCache
from django.utils import timezone

KEPT = 40  # characters of the hash, of four bits each: as many as the column holds


def stored_session_key(session_key: str) -> str:
    """The key of the row of a session, of the key that its browser holds."""
    return sha256(session_key.encode()).hexdigest()[:KEPT]


class SessionStore(db.SessionStore):
    """Django's own sessions, under hashed keys."""

    @property
    def key_salt(self) -> str:
        """What the row is signed with besides the secret key."""
        return f"lodestar.session.{self.session_key}"

    def _get_session_from_db(self) -> Any:
        key = self.session_key
        row = self.model.objects.filter(session_key=stored_session_key(key or ""), expire_date__gt=timezone.now()).first()
        if row is None:
            self._session_key = None
        return row

    def exists(self, session_key: str) -> bool:
        """Whether there is a row for this browser's key."""
        return self.model.objects.filter(session_key=stored_session_key(session_key)).exists()

    def create_model_instance(self, data: Any) -> Any:
        """The row as it is kept."""
        row = super().create_model_instance(data)
        row.session_key = stored_session_key(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        """Ends the session of this browser's key, or this one."""
        key = session_key or self.session_key
        if key:
            self.model.objects.filter(session_key=stored_session_key(key)).delete()


class OnlyAdded(DatabaseCache):
    """Django's own, in a table, without its reading: what is read back is unpickled, and runs what a fault in a page may
    have written there. `add` reads no value."""

    def get_many(self, keys: Any, version: Any = None) -> NoReturn:
        """Nothing is read back. `get` comes here too."""
        raise NotImplementedError("a value read back from the cache's table could be anybody's program: add only")
