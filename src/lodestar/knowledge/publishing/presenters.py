"""What an editor sees: how far a version has come, what this editor may do with it, and what waits."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from lodestar.knowledge.library.models import NATIONS, ORIGINS, STATES, Document, StaleFact, Version
from lodestar.knowledge.library.presenters.documents import LABELS, anchor, audience_words, fields_alone, partial_words, stages
from lodestar.knowledge.library.queries.library import document_of
from lodestar.knowledge.publishing import queries
from lodestar.knowledge.publishing.actions.stages import HISTORY
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.audit.presenters import capital
from lodestar.platform.design.when import day as day_words
from lodestar.platform.design.when import on
from lodestar.platform.notices.due_items import DueItem, Kind
from lodestar.platform.time.days import end_of_day, london_date

COMES_AGAIN = "A page of Lodestar that was withdrawn has new words in this release: approve it, or refuse it"
NEW = {"origin": "force", "nation": "england_wales"}
BUTTONS = {
    "approve": "Approve it", "publish": "Publish it", "confirm": "Confirm it", "withdraw": "Withdraw it", "refuse": "Refuse it",
    "bring_back": "Bring it back as a new version",
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One step that can be taken now: its code and its button; `why_not` where somebody else has to take it."""

    code: str
    words: str
    why_not: str = ""


def steps(version: Version, member: Member) -> list[Step]:
    """The steps that a version can take now, as this editor sees them."""
    own = member.user in (version.added_by_id, *version.also_by)
    is_published = version.state == "published"
    can = {
        "approve": version.state == "draft",
        "publish": version.state == "approved",
        "confirm": is_published and version.is_alone and version.confirmed_at is None,
        "withdraw": is_published,
        "refuse": version.state in ("draft", "approved"),
        "bring_back": version.state in HISTORY,
    }
    why_not = {
        "approve": "You added it, so a second person approves it." if own else "",
        "confirm": "You published it, so a second person confirms it." if own or version.published_by_id == member.user else "",
    }
    return [Step(code, words, why_not.get(code, "")) for code, words in BUTTONS.items() if can[code]]


def state(version: Version) -> str:
    """How far a version has come, in one line."""
    text = f"{STATES[version.state]}. {capital(', '.join(stages(version, 'approved', 'published')))}"
    if version.refused_at and version.refused_by:
        text += f", refused {day_words(on(version.refused_at))} by {version.refused_by.name}. {version.refused_because}"
    if version.again_of:
        text += f". It brings version {version.again_of} back"
    return f"{text.removesuffix('.')}."


def why_not_republished(version: Version) -> str:
    """Why content that came again is not taken in and not published; nothing where it is in use or on its way."""
    if version.state not in HISTORY:
        return ""
    because = (version.withdrawn_because or version.refused_because).rstrip(".")
    became = f"{STATES[version.state].lower()}{f': {because}' if because else ''}"
    return f"Version {version.number} was {became}. It is not brought back by an import; an editor can do so on its page"


def said_alone(document: Document, member: Member) -> list[tuple[str, str, bool]]:
    """What one editor alone changed of a document: the field, what it was before, and whether this editor may confirm it."""
    return [
        (LABELS.get(name, name), _was(name, mark["before"]), mark["by"] != str(member.user))
        for name, mark in sorted(document.said_alone.items())
    ]


def _was(name: str, value: object) -> str:
    if value in (None, "", []):
        return "nothing"
    if name == "supersedes_id":
        return "another document"
    if name in ("origin", "nation"):
        return {**ORIGINS, **NATIONS}[str(value)]
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


# --- what waits for the editors --------------------------------------------------------------------------------------------

Waiting = dict[str, str]  # its `title`, `href`, and what is said `about` it


def _waiting(title: str, href: str, about: str) -> Waiting:
    return {"title": title, "href": f"/guidance/{href}", "about": about}


def _on_its_way(row: Version | Document) -> Waiting:
    """A version with what it waits for, or a document of which one editor changed what is said."""
    if isinstance(row, Document):
        return _waiting(row.title, f"documents/{row.id}/about", f"Changed by one person: {fields_alone(row)}. Confirm it")
    # A page that comes with Lodestar is a draft only where the force withdrew what it said before.
    comes_again = row.document.is_own and row.state == "draft" and not row.again_of
    waits = {"draft": "Draft: approve it", "approved": "Approved: publish it", "published": "Published alone: confirm it"}
    about = f"{COMES_AGAIN if comes_again else waits[row.state]}. Added {day_words(on(row.added_at))} by {row.added_by.name}"
    return _waiting(f"{document_of(row).title}, version {row.number}", f"versions/{row.id}/stage", about)


def _search(row: Mapping[str, Any]) -> Waiting:
    """Words that were asked without a good answer."""
    dropped = row["most_dropped"]
    others = f", {dropped} other {'word' if dropped == 1 else 'words'} not kept" if dropped else ""
    times = "Once" if row["times"] == 1 else f"{row['times']} times"
    return _waiting(", ".join(row["words"]), f"keeping/{row['ids'][0]}", f"{times}, last {day_words(on(row['last']))}{others}")


def _review(row: Document) -> Waiting:
    due = day_words(row.review_by) if row.review_by else ""
    return _waiting(row.title, f"documents/{row.id}/about", f"due {due}, {row.owner}")


def _quoting(row: Mapping[str, Any]) -> Waiting:
    """A document that quotes a fact that no longer holds, at the first passage that does."""
    many = f"{row['passages']} {'passage' if row['passages'] == 1 else 'passages'}, {row['owner']}"
    return _waiting(row["title"], f"documents/{row['document']}?at={row['first']}#{anchor(row['first'])}", many)


# What each kind is called, where nothing of it waits, and how a row is shown.
WAITS: dict[str, tuple[str, str, Callable[[Any], Waiting]]] = {
    "versions": ("Waits for a second person", "Nothing waits for a second person.", _on_its_way),
    "searches": ("Searches without a good answer", "No search waits.", _search),
    "lodestar": ("From Lodestar, not yet confirmed", "Your force has confirmed every page of Lodestar.", _on_its_way),
    "review": ("Past their review", "No document is past its review date.", _review),
    "stale": ("Quote an out-of-date fact", "No published document quotes one.", _quoting),
}


def some_waiting(kind: str, today: date, most: int, start: int = 0) -> list[Waiting]:
    """What waits of a kind, after so many."""
    return [WAITS[kind][2](row) for row in queries.some_waiting(kind, today, most, start)]


def initial_values(row: Model, names: Iterable[str]) -> dict[str, Any]:
    """What a form about a row begins with: lists with commas between, days in words."""
    values = {name: getattr(row, name) for name in names}
    return {
        name: ", ".join(value) if isinstance(value, list) else day_words(value) if isinstance(value, date) else value
        for name, value in values.items()
    }


AS_KEPT = (
    "title", "publisher", "origin", "nation", "owner", "licence", "classification", "topics", "valid_from", "valid_to",
    "review_by",
)  # fmt: skip


def said_of(document: Document) -> dict[str, Any]:
    """What is said of a document, as its form begins."""
    return initial_values(document, AS_KEPT) | {
        "published_on": partial_words(document.published_on),
        "audience": ", ".join(audience_words(code) for code in document.audience),
        "exploitation": document.exploitation,
        "supersedes": document.supersedes.file_name if document.supersedes else "",
    }


def cells(rows: Iterable[tuple[StaleFact, int]], today: Any) -> list[list[dict[str, Any]]]:
    """The facts as rows of a table: what no longer holds, what does and since when, how many passages quote it."""
    return [
        [
            {"words": ", ".join(row.says[:3]), "href": f"/guidance/facts/{row.id}", "more": f" ({row.called})",
             **_state(row, today)},
            {"words": f"{capital(row.replaced_by)}, since {day_words(row.from_date)}"},
            {"words": str(count)},
        ]
        for row, count in rows
    ]  # fmt: skip


def _state(row: StaleFact, today: Any) -> dict[str, str]:
    if not row.is_used:
        return {"tag": "Not used", "colour": "grey"}
    return {"tag": "Past its review", "colour": "yellow"} if row.review_by < today else {}


# --- on the first page of an editor --------------------------------------------------------------------------------------

FIRST = 20  # of each that are read


def _drafts(member: Member, until: datetime) -> Iterator[DueItem]:
    """Versions that wait for a second person who may be this editor. Who works cases besides finds them under *Guidance*."""
    for row in () if member.may(Permission.CASE_VIEW) else queries.some_waiting("versions", london_date(until), FIRST):
        if isinstance(row, Document):
            continue
        step = next((step for step in steps(row, member) if step.code in ("approve", "publish", "confirm")), None)
        if step and not step.why_not:
            yield DueItem("guidance_draft", f"{step.words}: {row.document.title}", f"/guidance/versions/{row.id}/stage")


def _past_review(member: Member, until: datetime) -> Iterator[DueItem]:
    """Published pages that are past their review date, or soon will be; of whom as for drafts."""
    for row in () if member.may(Permission.CASE_VIEW) else queries.some_waiting("review", london_date(until), FIRST):
        if row.review_by:
            href = f"/guidance/documents/{row.id}/about"
            yield DueItem("guidance_review", f"Review: {row.title}", href, end_of_day(row.review_by))


TO_KEEP = (
    Kind("guidance_draft", "Drafts", "/guidance/keeping?of=versions", Permission.GUIDANCE_EDIT, _drafts),
    Kind("guidance_review", "Page reviews", "/guidance/keeping?of=review", Permission.GUIDANCE_EDIT, _past_review),
)
