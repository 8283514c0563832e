"""For which nation a document is, where nobody said: known from who published it, or not at all."""

import re
from collections.abc import Mapping

_APART = re.compile(r"[;/|,]")


def name_of(text: str) -> str:
    """A publisher's name as it is compared: without an article, case, or signs around it."""
    return " ".join(text.casefold().split()).strip(" .:;,©").removeprefix("the ")


def nation_of(publisher: str, known: Mapping[str, str]) -> str:
    """The nation of a publisher, or of several that are all of one nation; empty where it is not known. `known` is of each
    publisher's name the nation."""
    if whole := known.get(name_of(publisher)):
        return whole
    nations = {known.get(name_of(part), "") for part in _APART.split(publisher) if part.strip()}
    return nations.pop() if len(nations) == 1 else ""
