"""Named reads of investigations: what is recorded, who could be given a case, and what the ledger is told."""

from lodestar.investigations.queries.detectives import Detective, colleague, colleague_named, detectives, skills_of
from lodestar.investigations.queries.recorded import (
    Given,
    allocation_owed,
    allocations_of,
    answers_to_directions,
    authorities_running,
    authorities_seen,
    authority_of,
    crime_numbers_in,
    crimes_of,
    directions_by,
    directions_of,
    numbers_of,
    review_owed,
    reviews_of,
    why_no_crime,
    why_no_number,
)

__all__ = [
    "Detective", "Given", "allocation_owed", "allocations_of", "answers_to_directions", "authorities_running", "authorities_seen",
    "authority_of",
    "colleague", "colleague_named",
    "crime_numbers_in", "crimes_of", "detectives", "directions_by", "directions_of", "numbers_of", "review_owed",
    "reviews_of", "skills_of", "why_no_crime", "why_no_number",
]  # fmt: skip
