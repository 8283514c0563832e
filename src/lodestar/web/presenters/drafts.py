"""What somebody was in the middle of writing: the name of the form and the way back to it, never what it holds."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from lodestar.platform.accounts.models import Draft
from lodestar.platform.text.reference_lists import reference_list

FORMS = {row["page"]: row["words"] for row in reference_list("accounts", "pages").rows if row["of"] == "form"}


@dataclass(frozen=True)
class DraftLine:
    """One draft: what form it is, of which case where the address says so, when it was kept, where to carry on."""

    key: UUID | None
    title: str
    reference: str
    saved_at: datetime
    href: str
    words_href: str = ""  # where its words stand without their form

    @classmethod
    def of(cls, key: UUID | None, path: str, saved_at: datetime) -> "DraftLine":
        """The draft of this key, at this address."""
        return cls(key, *form_words(path), saved_at, f"{path}?draft={key or 1}")


def form_words(path: str) -> tuple[str, str]:
    """What the form at this address is called, and the reference of its case or nothing."""
    parts = path.strip("/").split("/")
    reference = parts[1] if parts[0] in ("cases", "emergency") and len(parts) > 1 else ""
    if parts[0] == "record":
        return "Record a concern", ""
    if parts[0] == "emergency":
        return "Emergency access", reference
    return next((FORMS[part] for part in (*reversed(parts[1:]), parts[0]) if part in FORMS), "A form"), reference


def draft_lines(drafts: Iterable[Draft]) -> list[DraftLine]:
    """Drafts in the words of a list."""
    rows = [(DraftLine.of(draft.key, draft.path, draft.saved_at), draft.id) for draft in drafts]
    return [replace(row, words_href=f"/drafts/{number}") for row, number in rows]
