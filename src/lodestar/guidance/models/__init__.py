"""The rows of the guidance library. No row here is about a case or a person met."""

from lodestar.guidance.models.asked import DidNotAnswer, Search
from lodestar.guidance.models.found import Meaning, Posting, Term
from lodestar.guidance.models.library import Document, Passage, Version
from lodestar.guidance.models.newsletters import Mailing, NewsletterReader
from lodestar.guidance.models.reading import Reading
from lodestar.guidance.models.words import StaleFact, ThesaurusEntry

__all__ = [
    "DidNotAnswer", "Document", "Mailing", "Meaning", "NewsletterReader", "Passage", "Posting", "Reading", "Search", "StaleFact",
    "Term", "ThesaurusEntry", "Version",
]  # fmt: skip
