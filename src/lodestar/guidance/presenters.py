"""Words of the guidance pages: around passages, which stand as they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lodestar.guidance.models import Passage, Version
from lodestar.guidance.models.library import NATIONS, ORIGINS
from lodestar.guidance.queries.search import Result
from lodestar.guidance.rules.stale import Fact, stated
from lodestar.reference.queries import contacts_on

LONGEST = 900  # characters of a passage among results
RING = ("duty_sergeant", "duty_coordinator", "childrens_services_night")


@dataclass(frozen=True)
class Found:
    """One result as it is shown."""

    id: UUID
    title: str
    href: str
    where: str
    about: str
    passage: str
    tags: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]


def shown(one: Result) -> Found:
    """A result in words: where it stands, from whom and of when, in force or not, and what no longer holds in it."""
    document, passage = one.document, one.passage
    number = passage.number if passage else 0
    from_page = f"page {passage.page}" if passage and passage.page else ""
    heading = passage.heading if passage else ""
    when = document.published_on or document.valid_from
    about = [
        document.publisher or ORIGINS[document.origin], f"{when:%-d %B %Y}" if when else "date not said",
        NATIONS[document.nation],
    ]  # fmt: skip
    text = passage.text if passage else ""
    return Found(
        id=document.id,
        title=document.title,
        href=f"/guidance/{document.id}?from={number}#p{number}",
        where=", ".join(part for part in (from_page, heading[:100]) if part),
        about=", ".join(about),
        passage=text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " ...",
        tags=(("In force", "green") if one.in_force else ("Not in force", "orange"),),
        warnings=tuple(warning[:1].upper() + warning[1:] for warning in one.warnings),
    )


def to_ring(on: date) -> list[dict[str, str]]:
    """Who to ring before somebody is taken into custody."""
    rows = {row["code"]: row for row in contacts_on(on)}
    return [
        {"label": rows[code]["name"], "number": rows[code].get("number", ""), "detail": rows[code].get("hours", "")}
        for code in RING
        if code in rows
    ]


@dataclass(frozen=True)
class Part:
    """One passage of a document as it is read, with what no longer holds in it."""

    number: int
    heading: str
    page: int | None
    text: str
    warnings: tuple[str, ...]


def parts(passages: Sequence[Passage], facts: Sequence[Fact]) -> list[Part]:
    """The passages of a document; a heading is shown where it begins."""
    found, above = [], ""
    for one in passages:
        said = tuple(fact.warning() for fact in stated(one.text, facts)) if one.stale else ()
        text = one.text.removeprefix(one.heading).strip() if one.heading else one.text
        warnings = tuple(words[:1].upper() + words[1:] for words in said)
        found.append(
            Part(one.number, one.heading if one.heading != above else "", one.page, text or one.text, warnings)
        )
        above = one.heading
    return found


def standing(version: Version, *, holds: bool, later: str) -> tuple[str, str]:
    """How a version stands, as words and the colour of their tag."""
    if version.state != "published":
        return {"draft": ("Draft", "yellow"), "approved": ("Approved, not published", "yellow")}.get(
            version.state, ("Withdrawn: history only", "red")
        )
    if later or not holds:
        return "Not in force", "orange"
    if version.is_alone and version.confirmed_at is None:
        return "Published without a second person", "yellow"
    return "In force", "green"


def details(version: Version) -> list[dict[str, str]]:
    """What is known of a document, as rows of a summary; what nobody said is left out."""
    document = version.document
    rows = [
        ("From", document.publisher or ORIGINS[document.origin]),
        ("Nation", NATIONS[document.nation]),
        ("Published", _day(document.published_on)),
        ("Holds from", _day(document.valid_from)),
        ("Holds until", _day(document.valid_to)),
        ("To be looked at by", _day(document.review_by)),
        ("Topics", ", ".join(document.topics)),
        ("Licence", document.licence),
        ("Owner", document.owner),
        ("Marking", document.classification),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


def _day(day: date | None) -> str:
    return f"{day:%-d %B %Y}" if day else ""
