"""Named reads of what goes out: records and numbers, and what a pack of one victim is made from."""

from lodestar.exchange.queries.packs import has_come_back, who_has_number
from lodestar.exchange.queries.released import (
    EXPORTED,
    by_kind_and_age,
    cases_hidden,
    counts_of,
    failings_of,
    force_name,
    given,
    given_of,
    hold_releases,
    months_given,
    own_export,
    records_of,
    release_of,
    releases,
)

__all__ = [
    "EXPORTED", "by_kind_and_age", "cases_hidden", "counts_of", "failings_of", "force_name", "given", "given_of",
    "has_come_back", "hold_releases", "months_given", "own_export", "records_of", "release_of", "releases",
    "who_has_number",
]  # fmt: skip
