"""What somebody was in the middle of writing: the name of the form and the way back to it, never what it holds."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from lodestar.platform.accounts.models import Draft

FORMS = {
    "acknowledge": "Acknowledge a hand-over",
    "address": "Where they are and how to contact them",
    "age": "How old they may be",
    "alerts": "What you did about an alert",
    "allocate": "Allocate the case to a detective",
    "authority": "A detective inspector\u2019s authority",
    "belief": "Reasonable grounds, or not yet",
    "countersign": "Countersign a full record, section 45 of the Modern Slavery Act 2015",
    "change": "A decision about tasks",
    "conflicts": "A conflict of interest",
    "consent": "Explained, asked and answered",
    "contact": "How they may be contacted",
    "contacts": "A number to ring",
    "crime": "The crime number",
    "decision": "Outcome of the referral",
    "do-now": "What to do now",
    "duty": "Who is on duty",
    "earlier-referral": "Earlier referral",
    "entities": "A place or an organisation",
    "exploitation": "Exploitation",
    "files": "A photograph or paper",
    "first-account": "The first account",
    "give": "Give the case to a colleague",
    "hand-on": "Hand over what is left",
    "htcds": "People of a case for a partner\u2019s system",
    "immigration": "Immigration disclosures",
    "interim-owner": "Case held by another officer",
    "leave": "Leave",
    "leavers": "Hand over the cases of a leaver",
    "leaflets": "A translation of the leaflet",
    "log": "Search the log",
    "matches": "Are they the same person?",
    "missing": "Missing, or found again",
    "more": "More about a person or a case",
    "numbers": "Figures to share",
    "offers": "Help offered again",
    "offences": "Suspected offences and outcomes",
    "operation": "The operation of a case",
    "owed": "Task",
    "partners": "A partner organisation",
    "promises": "Promises to a victim",
    "prompts": "Possible victim in earlier records",
    "referral": "The referral",
    "request-tasks": "Subject access request",
    "requests": "Subject access request",
    "review": "Review the investigation",
    "rules": "This rule is wrong",
    "seal": "Seal a case",
    "section-45": "The full record, section 45 of the Modern Slavery Act 2015",
    "section-45-question": "Short question, section 45 of the Modern Slavery Act 2015",
    "services": "A service",
    "staff": "A change of staff",
    "suspects": "A suspect",
    "tonight": "A place for tonight",
    "tokens": "A token of another system",
    "unseal": "Unseal a case",
    "what-happened": "What happened",
    "wrong": "Something is wrong",
}


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
