"""Named reads of the talks with one person about referral."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from lodestar.casework.cases.models import Case, ConsentAnswer, Person
from lodestar.casework.cases.rules import Ladder, ladder
from lodestar.casework.consent.models import LeafletTranslation
from lodestar.casework.consent.rules import ENGLISH, LEAFLET, Part, english_on, in_translation, mark, version_on
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


def filed(language: str, text_of: str = LEAFLET) -> QuerySet[LeafletTranslation]:
    """Everything filed of a text in a language, the latest first."""
    rows = LeafletTranslation.objects.filter(language=language, text_of=text_of).select_related("filed_by")
    return rows.order_by("-filed_at", "-id")


def how_many(language: str) -> int:
    """How often one was filed or taken back in a language: what a page of it says its reader has seen."""
    return LeafletTranslation.objects.filter(language=language).count()


def in_force(language: str, text_of: str = LEAFLET) -> LeafletTranslation | None:
    """The translation that holds now; None where none was filed, or the latest was taken back."""
    row = filed(language, text_of).first()
    return row if row is not None and row.text else None


def translations_in_force(text_of: str = LEAFLET) -> Mapping[str, LeafletTranslation]:
    """The translation that holds in each language that has one."""
    rows = LeafletTranslation.objects.filter(text_of=text_of).order_by("language", "-filed_at", "-id").distinct("language")
    return {row.language: row for row in rows if row.text}


def text_in(language: str, text_of: str, day: date) -> tuple[tuple[Part, ...], bool]:
    """A text with codes in a language on a day, and whether it is: else it is the English, to be read out by an interpreter. A
    translation of an earlier English does not count here: what changed since could be a right."""
    english, own = english_on(day, text_of), _own_parts(in_force(language, text_of), text_of, day)
    return own or english, own is not None or language == ENGLISH


def languages_of(text_of: str, day: date) -> set[str]:
    """The languages in which a text with codes can be had on a day; in every other it is the English."""
    rows = translations_in_force(text_of).values()
    return {ENGLISH, *(row.language for row in rows if _own_parts(row, text_of, day))}


def _own_parts(row: LeafletTranslation | None, text_of: str, day: date) -> tuple[Part, ...] | None:
    is_current = row is not None and row.english_version == version_on(day, text_of)
    return in_translation(english_on(day, text_of), row.text) if row and is_current else None


_options: list[Callable[[Person, datetime], Sequence[Part]]] = []


def register_options(options: Callable[[Person, datetime], Sequence[Part]]) -> None:
    """Has the options of a person said at the talk by the app above that knows the services. Called as that app starts."""
    _options[:] = [options]


def options_of(person: Person, now: datetime) -> Sequence[Part]:
    """What exists for a person tonight and later, in plain words."""
    return _options[0](person, now) if _options else ()


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
