"""A made-up case as it is filled in: its facts part by part, and the two dates on which the rules are asked."""

from lodestar.assess.forms.dates import Dates
from lodestar.assess.forms.facts import (
    MOST_EACH,
    MOST_PEOPLE,
    TAKEN_OUT,
    BadJson,
    Facts,
    add,
    facts_from,
    fill_in,
    json_of,
    node_of,
    part_form,
    parts_of,
    seal_of,
    shown,
    take_out,
)
from lodestar.assess.forms.fields import FIELDS, Field, Part, field_at, part_of, words_of

__all__ = [
    "FIELDS", "MOST_EACH", "MOST_PEOPLE", "TAKEN_OUT", "BadJson", "Dates", "Facts", "Field", "Part", "add",
    "facts_from", "field_at", "fill_in", "json_of", "node_of", "part_form", "part_of", "parts_of", "seal_of", "shown",
    "take_out", "words_of",
]  # fmt: skip
