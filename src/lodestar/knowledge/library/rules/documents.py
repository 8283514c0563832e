"""What a document is called, where it lies, for which nation it is, and whether it holds on a day, where nobody said."""

import posixpath
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from lodestar.platform.files.film import MP4, WEBM
from lodestar.platform.text.text_normalise import one_line


def holds_on(day: date, valid_from: date | None, valid_to: date | None, *, is_replaced: bool) -> bool:
    """Whether a document holds on a day: from its first day to its last, both included, unless another that is published
    replaces it. A day that is not known bounds nothing."""
    has_begun = valid_from is None or valid_from <= day
    has_not_ended = valid_to is None or day <= valid_to
    return has_begun and has_not_ended and not is_replaced


_APART = re.compile(r"[;/|,]")


def publisher_name(text: str) -> str:
    """A publisher's name as it is compared: without an article, case, or signs around it."""
    return " ".join(text.casefold().split()).strip(" .:;,©").removeprefix("the ")


def nation_of(publisher: str, nation_by_publisher: Mapping[str, str]) -> str:
    """The nation of a publisher, or of several that are all of one nation; empty where it is not known. `known` is of each
    publisher's name the nation."""
    if whole := nation_by_publisher.get(publisher_name(publisher)):
        return whole
    nations = {nation_by_publisher.get(publisher_name(part), "") for part in _APART.split(publisher) if part.strip()}
    return nations.pop() if len(nations) == 1 else ""


LONGEST = 200


def clean_file_name(name: str) -> str:
    """The name on one line, its last 200 characters, with accents in one form; half a letter is a question mark."""
    return one_line(unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode()))[-LONGEST:]


def tidy(path: str) -> str:
    """A path as it is kept, with one kind of stroke between its parts, and none that leads nowhere."""
    return clean_file_name(posixpath.normpath(path.replace("\\", "/")).lstrip("/"))


def last(path: str) -> str:
    """A path's own name."""
    return path.rpartition("/")[2]


def names_of(paths: Sequence[str]) -> list[str]:
    """What the files of a folder go by, of where they lie in it: their own name, or with the folder where two have the same."""
    own = Counter(map(last, paths))
    return [path if own[last(path)] > 1 else last(path) for path in paths]


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


def title_of(stated_title: str, heading: str, file_name: str) -> str:
    """The title that the file tells of itself, if it is one; else its first heading; else its name without its ending."""
    name = re.sub(r"[_\-+%]+", " ", file_name.rpartition("/")[2].rsplit(".", 1)[0]).strip()
    return own_title(stated_title, heading) or (name[:1].upper() + name[1:])[:300] or NONE


MEDIA_TYPES = {
    "pdf": "application/pdf", "html": "text/html", "md": "text/markdown", "txt": "text/plain", "eml": "message/rfc822",
    "mp4": MP4, "webm": WEBM,
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}  # fmt: skip


Span = tuple[int, int]


@dataclass(frozen=True)
class Fact:
    """One fact that no longer holds: `says` are the phrases that state it, of which one is enough."""

    code: str
    called: str
    says: tuple[str, ...]
    replaced_by: str
    from_date: date

    def warning(self) -> str:
        """The warning beside a passage that states the fact."""
        return f"differs from the force’s confirmed {self.called}: {self.replaced_by}"


def stated(text: str, facts: Iterable[Fact]) -> list[Fact]:
    """The facts of which a phrase stands in the text as whole words, whatever its case and white space."""
    return [fact for fact in facts if _pattern(fact.says).search(text)]


def occurrences(text: str, facts: Iterable[Fact]) -> list[Span]:
    """Where the phrases of the facts stand in a text, as (first character, end), in order."""
    phrases = tuple(phrase for fact in facts for phrase in fact.says)
    return [match.span() for match in _pattern(phrases).finditer(text)] if phrases else []


@lru_cache(maxsize=256)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    alternatives = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in longest_first)
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)
