"""The first account on video, in words."""

from collections.abc import Iterable

from lodestar.cases.models import FirstAccount
from lodestar.design.when import day_time

DO_NOT_ASK = "It is their account: watch it. Do not ask them to repeat it, and do not retype it."


def video(row: FirstAccount) -> str:
    """A video as anybody finds it again: `Body-worn video BWV-7714, 3 March 2026, 02:14, officer 4471`."""
    officer = f", officer {row.officer}" if row.officer else ", officer’s number not recorded"
    return f"Body-worn video {row.reference}, {row.taken_words or day_time(row.taken_at)}{officer}"


def videos(rows: Iterable[FirstAccount]) -> list[str]:
    """These videos in words, each once."""
    return list(dict.fromkeys(video(row) for row in rows))
