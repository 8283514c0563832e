"""The rows of the guidance library. No row here is about a case or a person met."""

from lodestar.guidance.models.library import Document, Passage, Reading, StaleFact, Version
from lodestar.guidance.models.newsletters import Mailing, NewsletterReader
from lodestar.guidance.models.search import Meaning, Posting, Search, SearchFeedback, Term, ThesaurusEntry

__all__ = [
    "Document", "Mailing", "Meaning", "NewsletterReader", "Passage", "Posting", "Reading", "Search", "SearchFeedback",
    "StaleFact", "Term", "ThesaurusEntry", "Version",
]  # fmt: skip
