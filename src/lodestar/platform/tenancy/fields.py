"""A text column that the database cannot read."""

from typing import Any

from django.conf import settings
from django.db import models

from lodestar.platform.tenancy import sealing


class SealedTextField(models.BinaryField):
    """Text encrypted with the field keys, which live outside the database. Empty text stays empty bytes."""

    def get_prep_value(self, value: Any) -> bytes | None:
        if value is None or isinstance(value, bytes):
            return value
        return sealing.seal(value.encode(), settings.FIELD_KEYS) if value else b""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:
        if value is None:
            return None
        return sealing.unseal(bytes(value), settings.FIELD_KEYS).decode() if value else ""

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: Any) -> str:
        return ""  # never serialised
