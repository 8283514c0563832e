"""The seam to look-back: what earlier records of the force tell of people before the first concern about them.

Until such records are taken in there are none, and failing 1 reads *cannot tell* where nothing else shows it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from lodestar.analysis.rules import LookedBack


def looked_back(people: QuerySet[Any, Any], at: datetime) -> Mapping[UUID, LookedBack]:
    """Of these people (a query of ids), those of whom earlier records were read by then, and what they show."""
    return {}
