"""Named reads of the ledger."""

from django.db.models import TextField
from django.db.models.functions import Cast


def as_text(column: str) -> Cast:
    """An id as the rules know it, written out by the database."""
    return Cast(column, TextField())
