"""Writes of the guidance library: taking in, approving, publishing, withdrawing; what search reads; what was asked."""

from lodestar.guidance.actions.indexing import count_terms, index_anew, index_version, unindex_version
from lodestar.guidance.actions.intake import About, TakenIn, original, take_in
from lodestar.guidance.actions.reading import keep_search, say_did_not_answer, say_none_answered
from lodestar.guidance.actions.stages import (
    NotNow,
    approve,
    bring_back,
    change_about,
    confirm,
    confirm_about,
    publish,
    refuse,
    supersede,
    take_turns,
    withdraw,
)
from lodestar.guidance.actions.stock import stock

__all__ = [
    "About", "NotNow", "TakenIn", "approve", "bring_back", "change_about", "confirm", "confirm_about", "count_terms",
    "index_anew", "index_version", "keep_search", "original", "publish", "refuse", "say_did_not_answer",
    "say_none_answered", "stock", "supersede", "take_in", "take_turns", "unindex_version", "withdraw",
]  # fmt: skip
