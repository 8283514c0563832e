"""Section 45 of the Modern Slavery Act 2015 as its pages show it."""

from lodestar.section45.presenters.offences import Came, Listed, came, codes_of, listed, theirs
from lodestar.section45.presenters.question import acts, earlier, title, told_words, when_done
from lodestar.section45.presenters.records import ShownRecord, Status, about, shown_record, status, turns

__all__ = [
    "Came", "Listed", "ShownRecord", "Status", "about", "acts", "came", "codes_of", "earlier", "listed", "shown_record",
    "status", "theirs", "title", "told_words", "turns", "when_done",
]  # fmt: skip
