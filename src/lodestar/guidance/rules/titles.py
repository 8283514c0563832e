"""What a document is called where nobody said so."""

import re

from lodestar.kernel.uk_dates import MONTHS

_EMPTY = re.compile(
    r"^(?:untitled|microsoft (?:word|powerpoint).*|document\d*|doc\d*|home office document template|template|title|"
    r"powerpoint presentation|slide \d+|layout \d+|.*\.(?:docx?|pdf|indd|pptx?|xlsx?|pub|qxd|rtf|odt|tmp)|[\W\d_]*)$",
    re.IGNORECASE,
)

NONE = "Without a title"
_NUMBER = re.compile(r"\b(?:version|v|draft|revision|rev)\W{0,2}\d+(?:\.\d+)*\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_COUNTED = re.compile(r"[vq]?\d+(?:st|nd|rd|th)?")
_OF_A_DAY = frozenset({
    *MONTHS, *(month[:3] for month in MONTHS), "sept", "version", "draft", "revision", "rev", "final", "updated",
})  # fmt: skip
_SERIES = frozenset({
    "annex", "appendix", "briefing", "briefings", "bulletin", "bulletins", "chapter", "circular", "digest", "edition", "issue",
    "module", "news", "newsletter", "newsletters", "part", "section", "session", "update", "volume",
})  # fmt: skip


def title_of(told: str, heading: str, file_name: str) -> str:
    """The title that the file tells of itself, if it is one; else its first heading; else its name without its ending."""
    for text in (told, heading):
        title = " ".join(text.split())
        if len(title) > 5 and not _EMPTY.match(title) and re.search(r"[A-Za-z]{3}", title):
            return title[:300]
    name = re.sub(r"[_\-+%]+", " ", file_name.rpartition("/")[2].rsplit(".", 1)[0]).strip()
    return (name[:1].upper() + name[1:])[:300] or NONE


def same_paper(title: str, other: str) -> bool:
    """Whether two papers have one title, whatever version, number or month each says that it is of: of a series each is another
    paper, so that there a month or number tells them apart. One without a title is like none."""
    words = _told(title)
    if not words:
        return False
    if words == _told(other):
        return True
    bare = _without_day(words)
    return bool(bare) and not is_of_series(title) and bare == _without_day(_told(other))


def is_of_series(title: str) -> bool:
    """Whether a title or a file's name says that it is one of several that are all in force."""
    return not _SERIES.isdisjoint(re.findall(r"[a-z]+", title.lower()))


def begins_with(text: str, title: str) -> bool:
    """Whether a text begins with a title."""
    words = _told(title)
    return bool(words) and _told(text[:600])[: len(words)] == words


def _told(title: str) -> list[str]:
    return [] if title == NONE else _WORD.findall(_NUMBER.sub("", title.lower()))


def _without_day(words: list[str]) -> list[str]:
    return [word for word in words if word not in _OF_A_DAY and not _COUNTED.fullmatch(word)]
