"""Bringing an older version back: as the next version of its document, on its way like any other."""

from datetime import datetime

from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.guidance.actions.held import hold
from lodestar.guidance.actions.stages import NotNow
from lodestar.guidance.models import Passage, Version
from lodestar.record import actions as record

HISTORY = ("superseded", "withdrawn", "refused")
AT_ONCE = 2_000


def bring_back(*, by: Member, at: datetime, version: Version) -> Version:
    """A version that is history comes again as a draft with its content and what was said of it, for a second person to approve;
    returns that draft. The older one stays as it is. Raises NotNow."""
    hold(version)
    if version.state not in HISTORY:
        raise NotNow("Only a version that is history can be brought back.")
    others = Version.objects.filter(document=version.document_id)
    if others.filter(again_of=version.number, state__in=("draft", "approved")).exists():
        raise NotNow("It is brought back already, and waits for a second person.")
    draft = Version.objects.create(
        document_id=version.document_id, number=1 + others.count(), digest=version.digest, media_type=version.media_type,
        size=version.size, pages=version.pages, passages=version.passages, captions=version.captions, note=version.note,
        said=version.said if version.state == "refused" else version.about, again_of=version.number,
        added_at=timezone.now(), added_by_id=by.user,
    )  # fmt: skip
    rows = Passage.objects.filter(version=version).order_by("number")
    Passage.objects.bulk_create(
        (
            Passage(version=draft, number=row.number, page=row.page, heading=row.heading, text=row.text, stale=row.stale)
            for row in rows.iterator()
        ),
        batch_size=AT_ONCE,
    )
    record.append("guidance.brought_back", by=by.user, role=by.role, at=at, subject=str(draft.id))
    return draft
