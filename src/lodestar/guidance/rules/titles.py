"""What a document is called where nobody said so."""

import re

_EMPTY = re.compile(
    r"^(?:untitled|microsoft (?:word|powerpoint).*|document\d*|doc\d*|home office document template|template|title|"
    r"powerpoint presentation|slide \d+|layout \d+|.*\.(?:docx?|pdf|indd|pptx?|xlsx?|pub|qxd|rtf|odt|tmp)|[\W\d_]*)$",
    re.IGNORECASE,
)

NONE = "Without a title"
_NUMBER = re.compile(r"\b(?:version|v|draft|revision|rev)\W{0,2}\d+(?:\.\d+)*\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")


def title_of(told: str, heading: str, file_name: str) -> str:
    """The title that the file tells of itself, if it is one; else its first heading; else its name without its ending."""
    for text in (told, heading):
        title = " ".join(text.split())
        if len(title) > 5 and not _EMPTY.match(title) and re.search(r"[A-Za-z]{3}", title):
            return title[:300]
    name = re.sub(r"[_\-+%]+", " ", file_name.rpartition("/")[2].rsplit(".", 1)[0]).strip()
    return (name[:1].upper() + name[1:])[:300] or NONE


def same_paper(title: str, other: str) -> bool:
    """Whether two papers have one title, whatever version each says that it is of; one without a title is like none."""
    words = _told(title)
    return bool(words) and words == _told(other)


def begins_with(text: str, title: str) -> bool:
    """Whether a text begins with a title."""
    words = _told(title)
    return bool(words) and _told(text[:600])[: len(words)] == words


def _told(title: str) -> list[str]:
    return [] if title == NONE else _WORD.findall(_NUMBER.sub("", title.lower()))
