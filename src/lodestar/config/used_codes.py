"""The cache: it holds which six digits were used, and is only ever added to."""

from typing import Any, NoReturn

from django.core.cache.backends.db import DatabaseCache


class OnlyAdded(DatabaseCache):
    """Django's own, in a table, without its reading: what is read back is unpickled, and runs what a fault in a page may
    have written there. `add` reads no value."""

    def get_many(self, keys: Any, version: Any = None) -> NoReturn:
        """Nothing is read back. `get` comes here too."""
        raise NotImplementedError("a value read back from the cache's table could be anybody's program: add only")
