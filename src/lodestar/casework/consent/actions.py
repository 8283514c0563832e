"""Filing a checked translation of the leaflet, or taking one back."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from lodestar.casework.cases.models import ConsentAnswer, Person
from lodestar.casework.consent.models import LeafletTranslation
from lodestar.casework.consent.queries import TOLD_AND_HEARD, in_force
from lodestar.casework.consent.rules import ENGLISH, LONGEST_TRANSLATION, languages
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.actions import answer_duty
from lodestar.casework.ledger.models import Obligation
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.obligations.closing_records import BY_PAGE
from lodestar.platform.settings.rules import REFUSED, SAME, SET, Line
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.time.days import london_date


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
    audit(code, by=by, at=at, subject=str(row.id), fields=sorted(columns))
    return row


def record_consent(*, by: Member, at: datetime, person: Person, answer: Mapping[str, Any]) -> ConsentAnswer:
    """Records one conversation about referral, asked at `at`. A change of mind is a new one; nothing is overwritten."""
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="cases.consent_recorded"):
        row = ConsentAnswer.objects.create(
            person=person, asked_at=at, recorded_at=timezone.now(), recorded_by_id=by.user, **answer
        )
        audit(
            "cases.consent_recorded", by=by, at=at, case=person.case_id, people=[person.id], subject=str(row.id),
            fields=list(answer),
        )  # fmt: skip
    return row


@dataclass(frozen=True)
class Talk:
    """One talk as it is recorded, `at` when they were asked. With `is_heard` a child was told what happens, and `wants` is what
    they want (statutory guidance 2020, 5.45): that closes the line which says so. `seen`: how many talks with them were recorded
    when the writer began, None where nobody looked."""

    person: Person
    at: datetime
    answer: Mapping[str, Any]
    is_heard: bool = False
    wants: str = ""
    seen: int | None = None


def record_talks(*, by: Member, at: datetime, case: UUID, talks: Sequence[Talk]) -> list[ConsentAnswer]:
    """Records talks with people of one case, and recalculates the case once. Raises ConcurrentEdit, and records none, where with
    one of them there are more talks by now than the writer has seen: the last answer decides the route."""
    with ledger.acting_on(case, by=by.user, at=at, code="cases.consent_recorded") as (locked,):
        people = [talk.person for talk in talks]
        before = ConsentAnswer.objects.filter(person__in=people)
        counts = Counter(before.values_list("person_id", flat=True))
        for talk in talks:
            if talk.seen is not None and counts[talk.person.id] > talk.seen:
                raise ConcurrentEdit(before.filter(person=talk.person).select_related("recorded_by").latest("recorded_at", "id"))
        owed = Obligation.objects.filter(case=locked, person__in=people, code=TOLD_AND_HEARD, state="open")
        owed_of = {row.person_id: row for row in owed.select_related("person")}
        rows = []
        for talk in talks:
            rows.append(record_consent(by=by, at=talk.at, person=talk.person, answer=talk.answer))
            if talk.is_heard and (line := owed_of.get(talk.person.id)):
                answer_duty(by=by, at=talk.at, case=locked, obligations=[line], kind="done", because=talk.wants, record=BY_PAGE)
    return rows


def read_leaflets_in(by: Member, at: datetime, content: Any, applies: bool) -> Iterator[Line]:
    """The checked translations of a file of settings: each as it is, or filed with the name of who checked it."""
    for row in content if isinstance(content, list) else []:
        try:
            language, text, checker = (str(row[name]) for name in ("language", "text", "checked_by"))
            version, checked_on = (date.fromisoformat(row[name]) for name in ("english_version", "checked_on"))
            what = f"Leaflet: {languages()[language]['name']}"
            if language == ENGLISH or checked_on > london_date(at) or len(text) > LONGEST_TRANSLATION:
                raise ValueError(language)
        except (KeyError, TypeError, ValueError):
            yield Line("Leaflet", REFUSED, "It is no checked translation of a language of the list")
            continue
        before = in_force(language)
        if not text.strip() or not checker.strip() or len(checker) > 200:
            yield Line(what, REFUSED, "It wants its text, and the name of who checked it")
        elif before is not None and (before.text, before.checked_by, before.checked_on) == (text, checker, checked_on):
            yield Line(what, SAME)
        else:
            if applies:
                file_translation(
                    by=by, at=at, language=language, english_version=version, text=text, checked_by=checker,
                    checked_on=checked_on,
                )  # fmt: skip
            yield Line(what, SET, f"Checked by {checker}")
