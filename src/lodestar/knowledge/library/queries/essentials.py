"""The essentials of the library: the topic pages that come with Lodestar, and what the force itself published."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db.models import Exists, OuterRef, Q

from lodestar.knowledge.library.models import CLASSIFICATIONS, OURS, Document, Passage, Version
from lodestar.knowledge.library.queries.library import PUBLISHED, document_of, has_begun, in_use, readable

# The topic pages of the first night, in their order, by the names of their files: what stands when nothing else does.
FIRST_NIGHT = (
    "first-hour", "seen-alone-and-interpreters", "custody", "county-lines-child", "child-referral", "place-of-safety",
    "adult-says-yes", "adult-says-no", "duty-to-notify",
)  # fmt: skip
AT_ONCE = 20  # documents read at a time
SHIPPED = Path(__file__).resolve().parents[1] / "reference"


@dataclass(frozen=True)
class Topic:
    """A topic page as it comes with Lodestar: its title, date, sources, and its parts as (heading, paragraphs)."""

    code: str
    title: str
    dated: date
    review_by: date
    sources: tuple[str, ...]
    parts: tuple[tuple[str, tuple[str, ...]], ...]


def first_night() -> list[Topic]:
    """The topic pages of the first night, from their files: no database is asked."""
    files = {path.stem: path for path in topic_files()}
    return [_topic(code, files[code].read_text(encoding="utf-8")) for code in FIRST_NIGHT]


def _topic(code: str, text: str) -> Topic:
    _, front, body = text.split("+++\n", 2)
    head = tomllib.loads(front)
    parts: list[tuple[str, tuple[str, ...]]] = []
    for section in body.split("\n## ")[1:]:
        heading, _, rest = section.partition("\n")
        parts.append((heading.strip(), tuple(" ".join(part.split()) for part in rest.split("\n\n") if part.strip())))
    return Topic(code, head["title"], head["date"], head["review_by"], tuple(head["sources"]), tuple(parts))


def no_longer_shown(on: date) -> set[str]:
    """Of the topic pages that come with Lodestar those that this force has withdrawn, or replaced by a day, by code."""
    own = Document.objects.filter(is_own=True)
    replacing = Version.objects.filter(has_begun(on), state="published", document__supersedes=OuterRef("id"))
    withdrawn = own.filter(~Exists(PUBLISHED) | Exists(replacing))
    return {_code(name) for name in withdrawn.values_list("file_name", flat=True)}


def _code(file_name: str) -> str:
    """The code of a topic page by the name of its file, which gave way where the force has a file of that name."""
    return file_name.removeprefix(OURS).removesuffix(".md")


def published_essentials(on: date) -> Iterator[tuple[Version, list[Passage]]]:
    """What a force's officers need at hand, each with its passages: the topic pages that come with Lodestar, those of the
    first night first, then what the force itself published and is in force on the day, by title."""
    rows = in_use().filter(Q(document__is_own=True) | Q(document__origin="force"))
    rows = rows.filter(document__classification=CLASSIFICATIONS[0]).exclude(media_type__startswith="video/")  # so is the file
    versions = list(rows.select_related("document").order_by("document__title", "id"))
    for version in versions:
        version.document = document_of(version)
    holds = {document.id for document, is_so in readable([version.document for version in versions], on) if is_so}
    places = {code: place for place, code in enumerate(FIRST_NIGHT)}
    first = sorted(
        (version for version in versions if version.document_id in holds),
        key=lambda version: (not version.document.is_own, places.get(_code(version.document.file_name), len(places))),
    )
    for start in range(0, len(first), AT_ONCE):
        some = first[start : start + AT_ONCE]
        texts: dict[object, list[Passage]] = {version.id: [] for version in some}
        for passage in Passage.objects.filter(version__in=some).order_by("version", "number"):
            texts[passage.version_id].append(passage)
        yield from ((version, texts[version.id]) for version in some)


def topic_files() -> list[Path]:
    """The files of the topic pages, by name."""
    return sorted((SHIPPED / "topics").glob("*.md"))


def film_files() -> list[Path]:
    """The films that come with Lodestar, by name: beside each lie its captions and what is said of it."""
    return sorted((SHIPPED / "films").glob("*.webm"))
