"""Named reads of cases: the facts that the rules see, and the lists that pages show."""

from lodestar.cases.queries.facts import encounters as encounters
