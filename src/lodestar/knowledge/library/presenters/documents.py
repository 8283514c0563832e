"""A document in words: what it is called, whose it is, how it stands, and its versions as history."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from lodestar.knowledge.library.models import NATIONS, ORIGINS, STATES, Document, Passage, Version
from lodestar.knowledge.library.rules.documents import Fact, occurrences, stated
from lodestar.knowledge.library.rules.passages import Change, changes
from lodestar.platform.audit.presenters import capital
from lodestar.platform.design.when import day as day_words
from lodestar.platform.design.when import on
from lodestar.platform.reference.queries import exploitation_names

KINDS = {
    "application/pdf": ("PDF", "pdf"), "text/html": ("the words of a web page", "html.txt"), "text/markdown": ("text", "md"),
    "video/mp4": ("film, MP4", "mp4"), "video/webm": ("film, WebM", "webm"),
    "text/plain": ("text", "txt"), "message/rfc822": ("the words of a message", "eml.txt"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("the words of a Word file", "docx.txt"),
    "application/vnd.oasis.opendocument.text": ("the words of an OpenDocument file", "odt.txt"),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ("the words of a PowerPoint file", "pptx.txt"),
}  # fmt: skip
COLOURS = {"draft": "purple", "approved": "turquoise", "superseded": "yellow", "withdrawn": "red", "refused": "red"}
FEW = "Too few to say"
LABELS = {
    "title": "title", "publisher": "publisher", "origin": "who it is from", "nation": "where it applies", "topics": "topics",
    "owner": "owner here", "published_on": "day it was published", "valid_from": "first day", "valid_to": "last day",
    "review_by": "next review", "licence": "licence", "audience": "audience",
    "exploitation": "kinds of exploitation", "classification": "how it is marked", "supersedes_id": "which document it replaces",
}  # fmt: skip
ALONE = "Published without a second person; not confirmed yet."


def source(document: Document) -> str:
    """Whose it is, of which day and for which nation, in one line."""
    parts = [document.publisher, partial_words(document.published_on)]
    return f"{', '.join(filter(None, parts)) or 'Publisher not known'}. {NATIONS[document.nation]}"


def short_source(document: Document, *, with_nation: bool) -> str:
    """Whose it is and of which day, in a few words, and for which nation where that is asked."""
    dated = partial_words(document.published_on) or ("" if document.valid_from else "date not known")
    nation = NATIONS[document.nation] if with_nation else ""
    return ", ".join(filter(None, (document.publisher or "Publisher not known", dated, nation)))


def partial_words(text: str) -> str:
    """A partial date in words: 2020, March 2020 or 9 March 2020; empty for none."""
    if len(text) <= len("2020"):
        return text
    return f"{date.fromisoformat(f'{text}-01'):%B %Y}" if len(text) == len("2020-03") else day_words(date.fromisoformat(text))


def force_words(document: Document) -> str:
    """How a document stands that holds today: in force, or of no known date."""
    return "In force" if document.published_on or document.valid_from else "Date not known"


def audience_words(code: str) -> str:
    """Whom a document is for, as people read it."""
    return "first responders" if code == "first_responder" else code.replace("_", " ")


def kind_words(code: str) -> str:
    """A kind of exploitation, as people read it."""
    return exploitation_names().get(code, code.replace("_", " "))


def version_words(version: Version) -> str:
    """A version with its document and its date: `First hour, version 2, published 3 March 2026`."""
    published = f", published {day_words(on(version.published_at))}" if version.published_at else ""
    return f"{version.document.title}, version {version.number}{published}"


def listed(rows: Iterable[tuple[Document, bool]]) -> list[dict[str, str]]:
    """Documents for a list, each with how it stands where that needs a look."""
    return [
        {
            "title": document.title, "href": f"/guidance/documents/{document.id}",
            "about": f"{f'{force_words(document)}. ' if holds else ''}{source(document)}.",
            "tag": "" if holds else "Not in force", "colour": "" if holds else "yellow",
        }
        for document, holds in rows
    ]  # fmt: skip


def tag(version: Version, *, holds: bool) -> tuple[str, str]:
    """The word that a look is needed for, with its colour; empty where the version is in force."""
    if version.state == "published":
        return ("", "") if holds else ("Not in force", "yellow")
    return STATES[version.state], COLOURS[version.state]


def notes(version: Version, document: Document, today: date, *, replaced_by: Document | None) -> list[str]:
    """What a reader must know before reading: history, past its review, not confirmed, a scan without text. `document` is as it
    is said with that version; `replaced_by` replaces it."""
    lines = []
    if version.state == "withdrawn":
        when = f" on {day_words(version.withdrawn_at)}" if version.withdrawn_at else ""
        lines.append(f"Withdrawn{when}. {version.withdrawn_because} It is kept as history only.".replace("  ", " "))
    if version.state == "superseded":
        lines.append("A later version is in use. This one is kept as history only.")
    if version.state == "refused":
        lines.append(f"Refused. {version.refused_because} It was never published.")
    if replaced_by is not None:
        lines.append("Another document replaces it.")
    if document.valid_to and document.valid_to < today:
        lines.append(f"It was valid until {day_words(document.valid_to)}.")
    if document.valid_from and document.valid_from > today:
        lines.append(f"It is valid from {day_words(document.valid_from)} on.")
    if document.review_by and document.review_by < today:
        lines.append(past_review(document))
    if document.said_alone:
        lines.append(f"Changed without a second person: {fields_alone(document)}. Not confirmed yet.")
    if version.is_alone and version.confirmed_at is None and not document.is_own:
        lines.append(ALONE)
    return lines + ([version.note] if version.note else [])


def fields_alone(document: Document) -> str:
    """Which things one editor alone changed of what is said of a document."""
    return ", ".join(LABELS.get(name, name) for name in sorted(document.said_alone))


def past_review(document: Document) -> str:
    """The banner of a document past its review date."""
    due = day_words(document.review_by) if document.review_by else ""
    return f"Past its review date, {due}: check before you rely on it."


def about(version: Version, document: Document, stale: int) -> list[dict[str, str]]:
    """The facts of a document, as it is said with one version, and of that version, as rows."""
    begins = f"from {day_words(document.valid_from)}" if document.valid_from else ""
    ends = f"to {day_words(document.valid_to)}" if document.valid_to else ""
    rows = {
        "Publisher": document.publisher or "Not known",
        "From": _from_lodestar(version) if document.is_own else ORIGINS[document.origin],
        "Date of the text": partial_words(document.published_on) or "Not known",
        "Valid": capital(" ".join(filter(None, (begins, ends)))) or "No days given",
        "Next review": day_words(document.review_by) if document.review_by else "No day given",
        "Topics": ", ".join(document.topics) or "None given",
        "For": capital(", ".join(audience_words(code) for code in document.audience)) or "Not said",
        "Exploitation": capital(", ".join(kind_words(code) for code in document.exploitation)) or "Not said",
        "Marking": document.classification,
        "Owner here": document.owner,
        "Licence": document.licence or "Not known",
        "Version": f"{version.number}",
        "Facts that differ": f"{stale} {'passage' if stale == 1 else 'passages'}" if stale else "None known",
    }
    return [{"key": key, "value": value} for key, value in rows.items()]


def _from_lodestar(version: Version) -> str:
    """That a page comes with Lodestar, and whether a person of the force has looked at it since it was published for them."""
    if version.confirmed_at:
        return f"Lodestar, confirmed by your force on {day_words(on(version.confirmed_at))}"
    return "Lodestar, not yet confirmed by your force" if version.is_alone else "Lodestar"


def history(rows: Iterable[Version], shown: Version) -> list[tuple[str, str, str]]:
    """Versions, the latest first: what each is called, its address (empty for the one shown), and what became of it."""
    return [
        (f"Version {row.number}", "" if row.id == shown.id else f"/guidance/versions/{row.id}", _history_line(row))
        for row in rows
    ]


def stages(version: Version, *names: str) -> list[str]:
    """Who added a version and when, and the same of each of these stages that it has come through."""
    steps = ((name, getattr(version, f"{name}_at"), getattr(version, f"{name}_by")) for name in ("added", *names))
    return [f"{name} {day_words(on(at))} by {by.name}" for name, at, by in steps if at and by]


def _history_line(row: Version) -> str:
    added, *others = stages(row, "approved", "published", "confirmed")
    if row.refused_at:
        others.append(f"refused {day_words(on(row.refused_at))}: {row.refused_because}")
    if row.withdrawn_at:
        others.append(f"withdrawn {day_words(on(row.withdrawn_at))}: {row.withdrawn_because}")
    return "; ".join((f"{'From Lodestar. ' if row.document.is_own else ''}{STATES[row.state]}, {added}", *others))


def teams(rows: Iterable[Mapping[str, Any]]) -> list[tuple[str, str, str, str]]:
    """Teams as rows of a table: the name, its people, how many opened it, how many have understood it."""
    return [
        (
            row["unit__name"],
            str(row["people"]),
            *(FEW if row[name] is None else str(row[name]) for name in ("opened", "understood")),
        )
        for row in rows
    ]


def all_teams_line(rows: Sequence[Mapping[str, Any]]) -> str:
    """All teams that can be counted together, in one line; empty where there are not two of them."""
    counted = [row for row in rows if row["opened"] is not None]
    if len(counted) < 2:
        return ""
    people, opened, understood = (sum(row[name] for row in counted) for name in ("people", "opened", "understood"))
    return f"Of {people} people in these teams {opened} opened it and {understood} have understood it."


def kind(version: Version) -> str:
    """The kind of file with its size: `PDF, 1.3 MB`."""
    name = KINDS.get(version.media_type, ("file", ""))[0]
    size = f"{version.size / 1_000_000:.1f} MB" if version.size >= 100_000 else f"{max(1, version.size // 1000)} kB"
    return f"{name}, {size}"


def anchor(number: int) -> str:
    """Where in a page a passage stands."""
    return f"p-{number}"


def where(passage: Passage) -> str:
    """The place of a passage: its page, or its heading where the document has no pages."""
    return f"page {passage.page}" if passage.page else passage.heading


def passage_rows(rows: Sequence[Passage], facts: Sequence[Fact], title: str = "") -> list[dict[str, Any]]:
    """Passages one after another, the words of each as parts with whether they are marked; a page's number or a heading is above
    the first that has it. The document's `title`, which the page shows at its head, is left out where the text begins with it."""
    result: list[dict[str, Any]] = []
    above = None
    for row in rows:
        place = capital(where(row)) if row.page else row.heading
        quoted = [fact for fact in facts if fact.code in row.stale] if row.stale else []
        parts = _marked(row.text, quoted)
        result.append(
            {
                "anchor": anchor(row.number),
                "number": row.number,
                "above": place if place != above else "",
                "parts": tuple(parts if row.page else _from(len(row.text) - len(below_heading(row, title)), parts)),
                "warnings": warnings(quoted),
            }
        )
        above = place
    return result


def below_heading(row: Passage, title: str = "") -> str:
    """The text of a passage without the heading above it, and without the document's title before that."""
    text = row.text.removeprefix(title).lstrip() if title else row.text
    return text.removeprefix(row.heading).strip() or row.text


def warnings(facts: Iterable[Fact]) -> tuple[str, ...]:
    """What stands beside a passage that states these."""
    return tuple(capital(fact.warning()) for fact in facts)


def _marked(text: str, facts: Sequence[Fact]) -> list[tuple[str, bool]]:
    parts: list[tuple[str, bool]] = []
    last = 0
    for start, end in occurrences(text, facts):
        parts += [(text[last:start], False), (text[start:end], True)]
        last = end
    return [part for part in [*parts, (text[last:], False)] if part[0]]


def _from(at: int, parts: Iterable[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """The parts of a text without so many characters before."""
    for words, is_marked in parts:
        if words[at:]:
            yield words[at:], is_marked
        at = max(0, at - len(words))


EACH = 20  # places on a page
ROOM = 15_000  # characters of a page
LONGEST = 1_200  # characters of one run of words; what is longer is cut, and stands in the version itself

changes_between = changes


def change_rows(differences: Sequence[Change], start: int, version: Version, facts: Sequence[Fact]) -> list[dict[str, Any]]:
    """Places that changed, from one on, as many as have room, each with a link to it in the newer version."""
    end = next_after(differences, start) or len(differences)
    return [
        {
            "number": number + 1,
            "href": f"/guidance/versions/{version.id}?at={difference.passage}#{anchor(difference.passage)}",
            "parts": [(kind, words if len(words) <= LONGEST else f"{words[:LONGEST]} …") for kind, words in difference.parts],
            "warnings": warnings(_stated(difference, facts)),
        }
        for number, difference in enumerate(differences[start:end], start)
    ]


def _stated(change: Change, facts: Sequence[Fact]) -> list[Fact]:
    """The facts that a place states, as it was or as it is."""
    before, after = (" ".join(words for kind, words in change.parts if kind != other) for other in ("new", "gone"))
    return [fact for fact in facts if stated(before, [fact]) or stated(after, [fact])]


def next_after(differences: Sequence[Change], start: int) -> int | None:
    """Where the next page begins; None where this is the last."""
    room = ROOM
    for number in range(start, min(len(differences), start + EACH)):
        room -= sum(min(len(words), LONGEST) + 60 for _, words in differences[number].parts) + 120
        if room < 0 and number > start:
            return number
    return start + EACH if len(differences) > start + EACH else None
