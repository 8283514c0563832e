"""What a document is called where nobody said so."""

import re

_EMPTY = re.compile(
    r"^(?:untitled|microsoft (?:word|powerpoint).*|document\d*|doc\d*|home office document template|template|title|"
    r"powerpoint presentation|slide \d+|layout \d+|.*\.(?:docx?|pdf|indd|pptx?|xlsx?|pub|qxd|rtf|odt|tmp)|[\W\d_]*)$",
    re.IGNORECASE,
)

NONE = "Without a title"


def own_title(*texts: str) -> str:
    """The first of these, what the file tells of itself and its first heading, that is a title; empty where none is."""
    for text in texts:
        title = " ".join(text.split())
        if len(title) > 5 and not _EMPTY.match(title) and re.search(r"[A-Za-z]{3}", title):
            return title[:300]
    return ""


def title_of(told: str, heading: str, file_name: str) -> str:
    """The title that the file tells of itself, if it is one; else its first heading; else its name without its ending."""
    name = re.sub(r"[_\-+%]+", " ", file_name.rpartition("/")[2].rsplit(".", 1)[0]).strip()
    return own_title(told, heading) or (name[:1].upper() + name[1:])[:300] or NONE
