"""Named reads of cases: the facts that the rules see, and the lists that pages show."""

from lodestar.cases.queries.facts import case_facts, encounters

__all__ = ["case_facts", "encounters"]
