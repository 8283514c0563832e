"""Named reads of the talks with one person about referral."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import QuerySet

from lodestar.casework.cases.models import ConsentAnswer, Person
from lodestar.casework.cases.rules import Ladder, ladder
from lodestar.casework.consent.models import LeafletTranslation
from lodestar.casework.consent.rules import mark, version_on
from lodestar.casework.ledger.queries.talks import as_talk
from lodestar.platform.time.days import london_date


def talks_of(person: Person) -> QuerySet[ConsentAnswer]:
    """Every talk with a person about referral, the latest first."""
    return (
        ConsentAnswer.objects.filter(person=person)
        .select_related("recorded_by")
        .order_by("-asked_at", "-recorded_at", "-id")
    )


def answers_of(person: Person) -> QuerySet[ConsentAnswer]:
    """The talks in which the answer about referral was given or left open, the latest first; not those about the rest."""
    return talks_of(person).filter(leaves_referral=False)


def ladder_of(person: Person) -> Ladder:
    """What stands of all talks with a person, rung by rung."""
    return ladder(as_talk(row) for row in reversed(talks_of(person)))


def filed(language: str) -> QuerySet[LeafletTranslation]:
    """Everything filed in a language, the latest first."""
    rows = LeafletTranslation.objects.filter(language=language).select_related("filed_by")
    return rows.order_by("-filed_at", "-id")


def how_many(language: str) -> int:
    """How often one was filed or taken back in a language: what a page of it says its reader has seen."""
    return LeafletTranslation.objects.filter(language=language).count()


def in_force(language: str) -> LeafletTranslation | None:
    """The translation that holds now; None where none was filed, or the latest was taken back."""
    row = filed(language).first()
    return row if row is not None and row.text else None


def translations_in_force() -> Mapping[str, LeafletTranslation]:
    """The translation that holds in each language that has one."""
    rows = LeafletTranslation.objects.order_by("language", "-filed_at", "-id").distinct("language")
    return {row.language: row for row in rows if row.text}


def translations_as_file(at: datetime) -> list[dict[str, str]]:
    """The translations that hold as a file of settings has them."""
    return [
        {
            "language": row.language, "english_version": row.english_version.isoformat(), "text": row.text,
            "checked_by": row.checked_by, "checked_on": row.checked_on.isoformat(),
        }
        for row in translations_in_force().values()
    ]  # fmt: skip


def shown_at(language: str, at: datetime) -> str:
    """The mark of what the page of a language showed at a moment; empty for none."""
    if not language:
        return ""
    row = filed(language).filter(filed_at__lte=at).first()
    is_checked = row is not None and bool(row.text)  # the latest may take back what was filed before
    version = row.english_version if row and is_checked else version_on(london_date(at))
    return mark(language, version, london_date(row.filed_at) if row and is_checked else None)
