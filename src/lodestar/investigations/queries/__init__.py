"""Named reads of investigations: what is recorded, who could be given a case, and what the ledger is told."""

from lodestar.investigations.queries.detectives import Detective as Detective
from lodestar.investigations.queries.detectives import colleague as colleague
from lodestar.investigations.queries.detectives import colleague_named as colleague_named
from lodestar.investigations.queries.detectives import detectives as detectives
from lodestar.investigations.queries.detectives import skills_of as skills_of
from lodestar.investigations.queries.recorded import Given as Given
from lodestar.investigations.queries.recorded import allocation_owed as allocation_owed
from lodestar.investigations.queries.recorded import allocations_of as allocations_of
from lodestar.investigations.queries.recorded import answers_to_directions as answers_to_directions
from lodestar.investigations.queries.recorded import authorities_running as authorities_running
from lodestar.investigations.queries.recorded import authorities_seen as authorities_seen
from lodestar.investigations.queries.recorded import authority_of as authority_of
from lodestar.investigations.queries.recorded import crime_numbers_in as crime_numbers_in
from lodestar.investigations.queries.recorded import crimes_of as crimes_of
from lodestar.investigations.queries.recorded import directions_by as directions_by
from lodestar.investigations.queries.recorded import directions_of as directions_of
from lodestar.investigations.queries.recorded import numbers_of as numbers_of
from lodestar.investigations.queries.recorded import review_owed as review_owed
from lodestar.investigations.queries.recorded import reviews_of as reviews_of
from lodestar.investigations.queries.recorded import why_no_crime as why_no_crime
from lodestar.investigations.queries.recorded import why_no_number as why_no_number
