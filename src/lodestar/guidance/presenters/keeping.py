"""What an editor sees: how far a version has come, what this editor may do with it, and what waits."""

from collections.abc import Iterable
from dataclasses import dataclass

from lodestar.accounts.access import Member
from lodestar.design.when import day as day_words
from lodestar.design.when import on
from lodestar.guidance.models import DidNotAnswer, Document, Version
from lodestar.guidance.models.library import STATES
from lodestar.guidance.presenters.documents import audience_words
from lodestar.guidance.queries.in_use import document_of

STEPS = ("approve", "publish", "confirm", "withdraw", "refuse")
NEW = {"origin": "force", "nation": "england_wales"}
WAITS = {"versions": "Waits for a second person", "missed": "Did not answer", "review": "Past their review"}
BUTTONS = {
    "approve": "Approve it", "publish": "Publish it", "confirm": "Confirm it", "withdraw": "Withdraw it", "refuse": "Refuse it",
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One step that can be taken now: its code and its button; `why_not` where somebody else has to take it."""

    code: str
    words: str
    why_not: str = ""


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: a version for a second person, a document for its review, one that did not answer."""

    title: str
    href: str
    about: str


def steps(version: Version, member: Member) -> list[Step]:
    """The steps that a version can take now, as this editor sees them."""
    own = version.added_by_id == member.user
    found = []
    if version.state == "draft":
        found.append(
            Step("approve", BUTTONS["approve"], "You added it, so a second person approves it." if own else "")
        )
    if version.state == "approved":
        found.append(Step("publish", BUTTONS["publish"]))
    if version.state == "published" and version.is_alone and version.confirmed_at is None:
        by_own = own or version.published_by_id == member.user
        found.append(
            Step("confirm", BUTTONS["confirm"], "You published it, so a second person confirms it." if by_own else "")
        )
    if version.state == "published":
        found.append(Step("withdraw", BUTTONS["withdraw"]))
    if version.state in ("draft", "approved"):
        found.append(Step("refuse", BUTTONS["refuse"]))
    return found


def state(version: Version) -> str:
    """How far a version has come, in one line."""
    told = f"{STATES[version.state]}. Added {day_words(on(version.added_at))} by {version.added_by.name}"
    if version.approved_at and version.approved_by:
        told += f", approved {day_words(on(version.approved_at))} by {version.approved_by.name}"
    if version.published_at and version.published_by:
        told += f", published {day_words(on(version.published_at))} by {version.published_by.name}"
    if version.is_coming and version.holds_from:
        told += f". It takes its place on {day_words(version.holds_from)}; until then the version before it stays in use"
    if version.refused_at and version.refused_by:
        told += f", refused {day_words(on(version.refused_at))} by {version.refused_by.name}. {version.refused_because}"
    return f"{told.removesuffix('.')}."


def on_their_way(rows: Iterable[Version]) -> list[Waiting]:
    """Versions that wait, each with what it waits for."""
    waits = {
        "draft": "Draft: approve it",
        "approved": "Approved: publish it",
        "published": "Published alone: confirm it",
    }
    return [
        Waiting(
            f"{document_of(row).title}, version {row.number}", f"/guidance/versions/{row.id}/stage",
            f"{waits[row.state]}. Added {day_words(on(row.added_at))} by {row.added_by.name}",
        )
        for row in rows
    ]  # fmt: skip


def past_review(rows: Iterable[Document]) -> list[Waiting]:
    """Documents past their review date, each with that day and who answers for it."""
    return [
        Waiting(row.title, f"/guidance/documents/{row.id}/about", f"due {day_words(row.review_by)}, {row.owner}")
        for row in rows
        if row.review_by
    ]


def missed(rows: Iterable[DidNotAnswer]) -> list[Waiting]:
    """Documents that did not answer, each under the words that were kept."""
    return [
        Waiting(
            ", ".join(row.words) or "No word that the library knows", f"/guidance/keeping/{row.id}",
            f"{row.document.title}, {day_words(on(row.said_at))}",
        )
        for row in rows
    ]  # fmt: skip


def said_of(document: Document) -> dict[str, object]:
    """What is said of a document, as its form begins."""
    days = ("published_on", "valid_from", "valid_to", "review_by")
    told: dict[str, object] = {
        name: getattr(document, name)
        for name in ("title", "publisher", "origin", "nation", "owner", "licence", "classification", "exploitation")
    }
    told |= {name: day_words(getattr(document, name)) if getattr(document, name) else "" for name in days}
    told["audience"] = ", ".join(audience_words(one) for one in document.audience)
    return told | {"topics": ", ".join(document.topics), "supersedes": str(document.supersedes_id or "")}
