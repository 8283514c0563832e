"""The rows of the guidance library. No row here is about a case or a person met."""

from lodestar.guidance.models.library import Document, Mailing, NewsletterReader, Passage, Reading, Version
from lodestar.guidance.models.search import Meaning, Posting, Search, SearchFeedback, StaleFact, Term, ThesaurusEntry

__all__ = [
    "Document",
    "Mailing",
    "Meaning",
    "NewsletterReader",
    "Passage",
    "Posting",
    "Reading",
    "Search",
    "SearchFeedback",
    "StaleFact",
    "Term",
    "ThesaurusEntry",
    "Version",
]  # fmt: skip
