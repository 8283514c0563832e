"""What was said of a referral on looking it over, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lodestar.design.when import moment


@dataclass(frozen=True)
class Said:
    """One comment: by whom and when in words, and what it says."""

    by: str
    comment: str


def said(told: Iterable[Mapping[str, Any]], now: datetime) -> list[Said]:
    """The comments, the latest first."""
    found = [Said(f"{one['by']}, {moment(datetime.fromisoformat(one['at']), now)}", one["comment"]) for one in told]
    return found[::-1]
