"""What a manifest says anew of a document whose content stands in the library."""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.guidance.actions.about import change_about
from lodestar.guidance.actions.held import hold
from lodestar.guidance.actions.intake import About
from lodestar.guidance.models import Document, Version
from lodestar.guidance.queries.in_use import document_of
from lodestar.record import actions as record

FIELDS = {
    "title": "title", "publisher": "publisher", "origin": "origin", "nation": "nation", "published_on": "published",
    "valid_from": "valid from", "valid_to": "valid to", "review_by": "review", "licence": "licence", "topics": "topics",
    "audience": "audience", "exploitation": "exploitation", "classification": "classification",
}  # fmt: skip
EMPTIED = {"publisher": "", "published_on": "", "licence": "", "topics": [], "audience": [], "exploitation": []}
KEPT = ("title", "origin", "nation", "classification")  # no document is without these
CHANGED = (
    "said", "holds_from", "also_by", "state", "approved_at", "approved_by", "is_alone", "confirmed_at", "confirmed_by",
    "published_at", "published_by",
)  # fmt: skip
ENDS_BEFORE = "It would end before it begins: its days stay as they are"


def as_told(about: About) -> dict[str, Any]:
    """What a manifest says, as it is kept to be compared with what it says the next time."""
    said = {name: value for name, value in about.said().items() if name in FIELDS}
    kept: dict[str, Any] = json.loads(json.dumps(said, cls=DjangoJSONEncoder))
    return kept


def restate(*, by: Member, at: datetime, version: Version, about: About, blank: Collection[str]) -> list[str]:
    """Takes what a manifest says otherwise than it did the last time; what it says as before stays as a person left it. `blank`
    are the fields whose column is there and empty: what the manifest itself said in one goes. Returns sentences on what changed.

    Of a version that waits behind the one in use it is kept until that one is in use; of history nothing is taken.
    """
    hold(version)
    if version.state in ("superseded", "withdrawn", "refused"):
        return []
    document, standing = version.document, document_of(version)
    waits = version.is_coming or (version.state in ("draft", "approved") and version.number > 1)
    before = version.said.get("told", {}) if waits else document.told
    told = as_told(about)
    newly = {name: value for name, value in about.said().items() if name in told and told[name] != before.get(name)}
    newly |= {name: EMPTIED.get(name) for name in blank if _is_its_own(standing, before, name)}
    if version.is_coming and newly.get("valid_from", version.holds_from) is None:
        newly.pop("valid_from")  # until when the one before it stays in use
    newly, refused = _in_order(standing, newly)
    now = {name: value for name, value in {**before, **told}.items() if name not in blank or name in KEPT}
    changed = [name for name, value in newly.items() if getattr(standing, name) != value]
    if waits:
        version.said = {**version.said, **newly, "told": now}
        version.holds_from = newly.get("valid_from", version.holds_from) if version.is_coming else None
        if changed:
            _needs_a_second(version, by)
        version.save(update_fields=CHANGED)
        if changed:
            record.append(
                "guidance.about_changed", by=by.user, role=by.role, at=at, subject=str(document.id), fields=sorted(changed)
            )
    else:
        change_about(by=by, at=at, document=document, said=newly)
        if document.told != now:
            document.told = now
            document.save(update_fields=["told"])
    return ([f"Changed: {', '.join(FIELDS[name] for name in changed)}"] if changed else []) + refused


def _needs_a_second(version: Version, by: Member) -> None:
    """What two people looked at is said otherwise now: an approved version is a draft again, and one that waits for its day was
    published without a second person, by whoever changed it, who does not look at it as the second; the caller saves it."""
    if by.user not in (version.added_by_id, *version.also_by):
        version.also_by = [*version.also_by, by.user]
    if version.state == "approved":
        version.state, version.approved_at, version.approved_by = "draft", None, None
    elif version.is_coming:
        version.is_alone, version.confirmed_at, version.confirmed_by = True, None, None
        version.published_at, version.published_by_id = timezone.now(), by.user


def _is_its_own(document: Document, before: dict[str, Any], name: str) -> bool:
    """Whether what stands in a field is what the manifest said of it the last time."""
    if name not in before or name in KEPT:
        return False
    standing = json.loads(json.dumps(getattr(document, name), cls=DjangoJSONEncoder))
    return bool(standing == before[name])


def _in_order(document: Document, newly: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    begins, ends = (newly.get(name, getattr(document, name)) for name in ("valid_from", "valid_to"))
    if begins is None or ends is None or begins <= ends:
        return newly, []
    return {name: value for name, value in newly.items() if name not in ("valid_from", "valid_to")}, [ENDS_BEFORE]
