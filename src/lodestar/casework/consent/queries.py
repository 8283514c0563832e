"""Named reads of the talks with one person about referral."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from lodestar.casework.cases.models import Case, ConsentAnswer, Person
from lodestar.casework.cases.rules import Ladder, ladder
from lodestar.casework.consent.models import LeafletTranslation
from lodestar.casework.consent.rules import mark, version_on
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.queries.facts import as_talk
from lodestar.platform.time.days import london_date

TOLD_AND_HEARD = "child_told_and_heard"


def talks_of(person: Person) -> QuerySet[ConsentAnswer]:
    """Every talk with a person about referral, the latest first."""
    return ConsentAnswer.objects.filter(person=person).select_related("recorded_by").order_by("-asked_at", "-recorded_at", "-id")


def answers_of(person: Person) -> QuerySet[ConsentAnswer]:
    """The talks in which the answer about referral was given or left open, the latest first; not those about the rest."""
    return talks_of(person).filter(leaves_referral=False)


def children_to_hear(case: Case, numbers: Collection[int] = ()) -> list[Person]:
    """The children of a case who are still to be told what happens and heard; with `numbers` those, heard meanwhile or not."""
    rows = Obligation.objects.filter(case=case, code=TOLD_AND_HEARD).exclude(state="not_owed").select_related("person__case")
    rows = rows.filter(person__number__in=numbers) if numbers else rows.filter(state="open", opens_at__lte=timezone.now())
    people = {row.person.number: row.person for row in rows if row.person}
    return [people[number] for number in sorted(people)]


def talks_with(people: Sequence[Person]) -> dict[UUID, int]:
    """How many talks with each of these are recorded."""
    counts = Counter(ConsentAnswer.objects.filter(person__in=people).values_list("person_id", flat=True))
    return {person.id: counts[person.id] for person in people}


def answered_before(people: Sequence[Person]) -> set[UUID]:
    """Those of these who answered about referral, or wanted time, when they were last asked."""
    rows = ConsentAnswer.objects.filter(person__in=people, leaves_referral=False)
    latest = rows.order_by("person", "-asked_at", "-recorded_at", "-id").distinct("person")
    return {row.person_id for row in latest if row.nrm is not None or row.wants_time is not None}


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
