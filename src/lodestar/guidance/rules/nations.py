"""For which nation a document is, where nobody said: known for certain from who published it, or not at all."""

import re
from collections.abc import Iterable, Mapping, Sequence

from lodestar.guidance.rules.passages import plain

FIRST_LINES = 6  # of a document: where a publisher stands on a line of its own
LONGEST = 100  # characters of a line that is a title or a publisher; a longer one tells of something
MORE_LINES = 400  # and in these it says by whom it is published
_APART = re.compile(r"[;/|,]")
# Only of the document itself: it may tell of what others published.
_BY = re.compile(
    r"^(?:(?:This|The) (?:guide|guidance|document|leaflet|booklet|toolkit|policy|strategy) (?:is|was|has been) (?:published"
    r"|issued|produced)|Published|Issued|Produced) by (?:the )?([A-Z][^.;:\n]{2,90}?)(?= (?:in|on|to|for the) |,|[.;:]|$)",
    re.MULTILINE,
)
# Who writes for more than one nation, or for England, and what says that a document does.
_OF_MORE = re.compile(
    r"\b(?:UK|England|United Kingdom|Great Britain|Home Office|HM Government|Ministry of Justice|Crown Prosecution Service|CPS|"
    r"National Crime Agency|NCA|National Police Chiefs|NPCC|College of Policing|Metropolitan Police|Constabulary)\b"
)


def name_of(text: str) -> str:
    """A publisher's name as it is compared: without an article, case, or signs around it."""
    return " ".join(plain(text).casefold().split()).strip(" .:;,©").removeprefix("the ")


def nation_of(publisher: str, texts: Iterable[str], known: Mapping[str, str]) -> str:
    """The nation of a document: its publisher's where one is named, else that of who it says in its own words published it.
    `known` is of each publisher's name the nation. Empty where they are not known or are of several nations, or where somebody
    who writes for more than one stands beside them."""
    if publisher:
        return _of_name(publisher, known)
    lines = [line.strip() for text in texts for line in plain(text).split("\n") if line.strip()][:MORE_LINES]
    told = [*lines[:FIRST_LINES], *_BY.findall("\n".join(lines))]
    if any(_OF_MORE.search(line) for line in told if len(line) <= LONGEST):
        return ""
    return _one(nation for nation in (_of_name(one, known) for one in told) if nation)


def _of_name(text: str, known: Mapping[str, str]) -> str:
    """The nation of a name, or of several that are all of one nation."""
    if whole := known.get(name_of(text)):
        return whole
    return _one(known.get(name_of(part), "") for part in _APART.split(text) if part.strip())


def _one(found: Iterable[str]) -> str:
    every: Sequence[str] = sorted(set(found))
    return every[0] if len(every) == 1 else ""
