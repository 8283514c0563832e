"""Filing a checked translation of the leaflet, or taking one back."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from lodestar.casework.cases.models import ConsentAnswer, Person
from lodestar.casework.consent.models import LeafletTranslation
from lodestar.casework.consent.queries import TOLD_AND_HEARD, in_force
from lodestar.casework.consent.rules import ENGLISH, LEAFLET, LONGEST_TRANSLATION, languages
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.actions import answer_duty
from lodestar.casework.ledger.models import Obligation
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.files.filestore import LARGEST, FileStore
from lodestar.platform.obligations.closing_records import BY_PAGE
from lodestar.platform.settings.rules import REFUSED, SAME, SET, Line
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.time.days import london_date


def file_translation(
    *, by: Member, at: datetime, language: str, english_version: date, text: str, checked_by: str, checked_on: date,
    text_of: str = LEAFLET, **read_out: str,
) -> LeafletTranslation:  # fmt: skip
    """Files a translation that somebody has checked by name, and the sound of it. What was filed before stays in the history."""
    columns = {"text": text, "checked_by": checked_by, "checked_on": checked_on, "text_of": text_of, **read_out}
    return _filed(by, at, language, english_version, columns)


def withdraw_translation(*, by: Member, at: datetime, filed: LeafletTranslation, because: str) -> LeafletTranslation:
    """Takes back the translation that holds: from now on the place holds the English again."""
    columns = {"withdrawn_because": because, "checked_by": filed.checked_by, "checked_on": filed.checked_on}
    columns |= {"text_of": filed.text_of}
    return _filed(by, at, filed.language, filed.english_version, columns)


def _filed(by: Member, at: datetime, language: str, version: date, columns: dict[str, object]) -> LeafletTranslation:
    row = LeafletTranslation.objects.create(
        language=language, english_version=version, filed_at=timezone.now(), filed_by_id=by.user, **columns
    )
    code = "cases.leaflet_filed" if row.text else "cases.leaflet_withdrawn"
    audit(code, by=by, at=at, subject=str(row.id), fields=sorted(columns))
    return row


class NotASound(ValueError):
    """The bytes are no sound file that is kept; `str` says what to do."""


SOUNDS = {b"ID3": "audio/mpeg", b"\xff\xfb": "audio/mpeg", b"OggS": "audio/ogg"}


def keep_sound(files: FileStore, tenant: str, content: bytes) -> dict[str, str]:
    """Keeps a sound file: the columns of the translation that it reads out. Raises NotASound for what is no MP3 or Ogg file,
    known by its first bytes, or is larger than 25 MB."""
    media_type = next((kind for begins, kind in SOUNDS.items() if content.startswith(begins)), "")
    if not media_type or len(content) > LARGEST:
        raise NotASound("Choose an MP3 or Ogg file of at most 25 MB")
    return {"sound": files.put(tenant, content), "media_type": media_type}


class InterpreterBlocked(ValueError):
    """This interpreter is blocked for this person: another is to be booked (practice, harm F4)."""


_blocked: list[Callable[[Person, str], bool]] = []


def register_blocked(is_blocked: Callable[[Person, str], bool]) -> None:
    """Has the app above that keeps them say which interpreters are blocked for a person. Called as that app starts."""
    _blocked[:] = [is_blocked]


def refuse_blocked(person: Person, job_number: str) -> None:
    """Raises InterpreterBlocked where the interpreter of this job number is blocked for the person."""
    if job_number and any(is_blocked(person, job_number) for is_blocked in _blocked):
        raise InterpreterBlocked("This interpreter is blocked for this person. Stop, and book another")


def record_consent(*, by: Member, at: datetime, person: Person, answer: Mapping[str, Any]) -> ConsentAnswer:
    """Records one conversation about referral, asked at `at`. A change of mind is a new one; nothing is overwritten. Raises
    InterpreterBlocked."""
    refuse_blocked(person, answer.get("job_number", ""))
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
