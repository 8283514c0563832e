"""Whether a published document holds on a day."""

from datetime import date


def holds_on(day: date, valid_from: date | None, valid_to: date | None, *, is_replaced: bool) -> bool:
    """Whether a document holds on a day: from its first day to its last, both included, unless another that is published
    replaces it. A day that is not known bounds nothing."""
    has_begun = valid_from is None or valid_from <= day
    has_not_ended = valid_to is None or day <= valid_to
    return has_begun and has_not_ended and not is_replaced
