"""Keeping, holding and letting go; the registers; and what lies beside people."""

from lodestar.keeping.actions.beside import let_beside_go
from lodestar.keeping.actions.people import (
    Again,
    StandsAgainst,
    ask_to_dispose,
    dispose,
    hold,
    keep,
    let_go_again,
    lift,
    refuse_disposal,
    store_due,
)
from lodestar.keeping.actions.registers import breach_step, record_breach
from lodestar.keeping.actions.requests import (
    NotYet,
    StaleReview,
    record_request,
    request_step,
    review_task,
    search_request,
)
from lodestar.keeping.actions.sweep import sweep_files

__all__ = [
    "Again",
    "NotYet",
    "StaleReview",
    "StandsAgainst",
    "ask_to_dispose",
    "breach_step",
    "dispose",
    "hold",
    "keep",
    "let_beside_go",
    "let_go_again",
    "lift",
    "record_breach",
    "record_request",
    "refuse_disposal",
    "request_step",
    "review_task",
    "search_request",
    "store_due",
    "sweep_files",
]
