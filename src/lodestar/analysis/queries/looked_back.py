"""The seam to look-back: what earlier records of the force tell of people before the first concern about them.

Of whom none came in nothing is told, and failing 1 reads *cannot tell* where nothing else shows it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from lodestar.analysis.rules import LookedBack
from lodestar.recognition.queries.look_back import of_people


def looked_back(people: QuerySet[Any, Any], at: datetime) -> Mapping[UUID, LookedBack]:
    """Of these people (a query of ids), those of whom by then anything could be told from earlier records, and what."""
    return {
        person: LookedBack(one.is_whole, one.signs_at, one.was_considered, one.has_undated)
        for person, one in of_people(people, at).items()
    }
