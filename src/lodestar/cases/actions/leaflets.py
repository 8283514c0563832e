"""Filing a checked translation of the leaflet, or taking one back."""

from datetime import date, datetime

from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.cases.models import LeafletTranslation
from lodestar.record import actions as record


def file_translation(
    *, by: Member, at: datetime, language: str, english_version: date, text: str, checked_by: str, checked_on: date
) -> LeafletTranslation:
    """Files a translation that somebody has checked by name. What was filed before stays in the history."""
    return _filed(by, at, language, english_version, {"text": text, "checked_by": checked_by, "checked_on": checked_on})


def withdraw_translation(*, by: Member, at: datetime, filed: LeafletTranslation, because: str) -> LeafletTranslation:
    """Takes back the translation that holds: from now on the place holds the English again."""
    columns = {"withdrawn_because": because, "checked_by": filed.checked_by, "checked_on": filed.checked_on}
    return _filed(by, at, filed.language, filed.english_version, columns)


def _filed(by: Member, at: datetime, language: str, version: date, columns: dict[str, object]) -> LeafletTranslation:
    row = LeafletTranslation.objects.create(
        language=language, english_version=version, filed_at=timezone.now(), filed_by_id=by.user, **columns
    )
    code = "cases.leaflet_filed" if row.text else "cases.leaflet_withdrawn"
    record.append(code, by=by, at=at, subject=str(row.id), fields=sorted(columns))
    return row
