"""Whether the force offers that a referral is looked over, and what was said of one."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from lodestar.cases.queries.settings import settings_in_force
from lodestar.referrals.models import Writing


def is_review_offered(day: date) -> bool:
    """Whether the force's setting of that day offers it."""
    return settings_in_force().on(day)["gatekeeper_review"] == "offered"


def looked_over(writing: Writing) -> Sequence[Mapping[str, Any]]:
    """What was said of a referral got through `access.py`, the latest last: by whom, when (ISO 8601), and the comment."""
    return writing.looked_over  # type: ignore[attr-defined]  # annotated there
