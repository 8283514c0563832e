"""Pages that stand when nothing else does: no database, no template, no session."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from markupsafe import escape

from lodestar.platform.design.when import clock

_PAGE = (Path(__file__).parent / "bare.html").read_text(encoding="utf-8")  # read at the start: later nothing may be there


_HELP = """<p class="govuk-body"><b>If someone needs help now, do not wait for this page.</b> In danger, ring
<a class="govuk-link" href="tel:999">999</a>. <a class="govuk-link" href="/ring">Who to ring</a></p>
"""


_KEPT = """The fault is in Lodestar, not in what you did. If you had sent a form, look in My work when Lodestar
is back: what you typed is kept there where possible."""


_AWAY = """The database is unavailable. Lodestar will come back by itself when it returns. Try again in a minute or two."""
_LEFT = """<p class="govuk-body"><b>Nothing was saved.</b> What you wrote is below. Leave this page open, or copy it,
until it is saved.</p>
"""


_BOX = """<label class="govuk-label" for="words-{number}">What you wrote, {number} of {all}</label>
<textarea class="govuk-textarea" id="words-{number}" rows="{rows}" readonly>
{words}</textarea>
"""


_SHORT = 80  # characters that two rows hold


def _bare(title: str, message: str, words: str = "", essentials: str = "") -> str:
    marking = "OFFICIAL-SENSITIVE" if words else "OFFICIAL"
    return _PAGE.format(title=title, said=message, words=_HELP + words, essentials=essentials, marking=marking)


FAULT = _bare("Something went wrong here", _KEPT)


def bare_essentials(essentials: str) -> str:
    """The page of the essentials, which are a part of a page and our own."""
    return _bare("The essentials", "Someone in danger comes first. None of this needs a sign-in.", "", essentials)


def bare_away(typed: Sequence[str], essentials: str = "") -> str:
    """What stands while the database is away: what somebody sent meanwhile, which is kept nowhere else, and below it the
    essentials, as they were made last."""
    boxes = [
        _BOX.format(number=number, all=len(typed), rows=2 if len(words) < _SHORT else 5, words=escape(words))
        for number, words in enumerate(typed, 1)
    ]
    return _bare("Lodestar cannot reach its records just now", _AWAY, _LEFT + "".join(boxes) if boxes else "", essentials)


def bare_clock(now: datetime) -> str:
    """A clock with nothing of Lodestar's in it, for whoever hides while Lodestar has failed."""
    return f"""<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Clock</title></head><body><main><h1>{clock(now)}</h1></main></body></html>
"""
