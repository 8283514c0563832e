"""Earlier records of other systems come in, each once. They make nobody a person of a case: a colleague's answer does that."""

import json
from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from lodestar.casework.concerns.queries import RECORD, find_erased
from lodestar.intelligence.earlier_records.actions.prompts import ask, meet_records
from lodestar.intelligence.earlier_records.models import EarlierPerson, EarlierRecord, ImportedFile, RecordSign
from lodestar.intelligence.earlier_records.queries import records as queries
from lodestar.intelligence.earlier_records.rules import earlier as rules
from lodestar.intelligence.earlier_records.rules.words_read import patterns_of, several_at, signs_in
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.text.sorting import sort_key
from lodestar.platform.time.days import london_date

CODE = "recognition.records_taken_in"
LONGEST_SORT_KEY = 400  # characters
LONGEST_FILE_NAME = 200
LONGEST_WORDS = 600  # that a sign rests on
# The columns of a record that are kept as they came.
AS_IT_CAME = (
    "key", "kind", "reference", "happened_at", "happened_as", "name", "birth_date", "age_min", "age_max", "place", "offence",
    "words", "reach", "source",
)  # fmt: skip


def keep_records(*, by: Member, at: datetime, records: Sequence[rules.RecordInput], file_name: str) -> set[str]:
    """Takes in the records that did not come before, with the signs that they may show, and returns the keys of those. Sent
    again, in whatever file, they change nothing, and what was let go does not come back. `at` is when they are imported."""
    stood = queries.keys_taken_in(incoming.key for incoming in records)
    erased_keys = {key for _, key in find_erased((RECORD, incoming.key) for incoming in records if incoming.key not in stood)}
    fresh = {incoming.key: incoming for incoming in records if incoming.key not in stood and incoming.key not in erased_keys}
    if not fresh:
        return set()
    people = _people(list(fresh.values()), at)
    EarlierRecord.objects.bulk_create(
        (_row(incoming, people[incoming.key], by, at, file_name) for incoming in fresh.values()), ignore_conflicts=True
    )
    touched = _read_signs(list(fresh), set(people.values()), london_date(at))
    audit(CODE, by=by, at=at, people=sorted(set(people.values())), fields=["record"])
    meet_records(by=by, at=at, people=set(people.values()))
    ask(by=by, at=at, people=touched)
    return set(fresh)


def _people(records: Sequence[rules.RecordInput], at: datetime) -> dict[str, UUID]:
    """Whom each of the records is about, by the record's key: somebody of the same name and day of birth, or somebody new."""
    keys = sorted({incoming.person_key for incoming in records})
    EarlierPerson.objects.bulk_create((EarlierPerson(key=key, recorded_at=at) for key in keys), ignore_conflicts=True)
    stored = dict(EarlierPerson.objects.filter(key__in=keys).values_list("key", "id"))
    return {incoming.key: stored[incoming.person_key] for incoming in records}


def _row(incoming: rules.RecordInput, person: UUID, by: Member, at: datetime, file_name: str) -> EarlierRecord:
    return EarlierRecord(
        **{name: getattr(incoming, name) for name in AS_IT_CAME}, earlier_person_id=person,
        sort_key=sort_key(incoming.name)[:LONGEST_SORT_KEY], place_key=rules.address_key(incoming.address),
        file_name=file_name[-LONGEST_FILE_NAME:], typed=incoming.source_row, recorded_at=at, recorded_by_id=by.user,
    )  # fmt: skip


def _read_signs(keys: Collection[str], people: Collection[UUID], today: date) -> set[UUID]:
    """Reads what the new records may show by their words, and what they show with those that were there. Whose they are, with
    those who were found at the same address."""
    rows = list(EarlierRecord.objects.filter(key__in=list(keys)))
    signs: list[tuple[str, rules.PossibleSign, date]] = []
    for row in rows:
        row_facts = queries.record_for_rules(row)
        day = row_facts.happened_on or today
        signs += [(row_facts.id, shown, day) for shown in signs_in(row_facts.words, day)]
    of_people = queries.records_by_person(people)
    at_places = queries.records_by_place({row.place_key for row in rows if row.place_key})
    days = {earlier.id: earlier.happened_on or today for earlier in _all(of_people.values(), at_places.values())}
    for told_of_one in of_people.values():
        signs += [(earlier_id, shown, days[earlier_id]) for earlier_id, shown in patterns_of(told_of_one, today)]
    for there in at_places.values():
        signs += [(earlier_id, shown, days[earlier_id]) for earlier_id, shown in several_at(there)]
    now = timezone.now()
    RecordSign.objects.bulk_create(
        (
            RecordSign(
                record_id=UUID(of), code=sign.code, rule=sign.rule, rests_on=sign.rests_on[:LONGEST_WORDS], list_date=day,
                recorded_at=now,
            )
            for of, sign, day in signs
        ),
        ignore_conflicts=True,
    )  # fmt: skip
    return {*people, *(UUID(who) for there in at_places.values() for who, _ in there)}


def _all(
    of_people: Collection[Sequence[rules.EarlierFacts]], at_places: Collection[Sequence[tuple[str, rules.EarlierFacts]]]
) -> list[rules.EarlierFacts]:
    return [earlier for some in of_people for earlier in some] + [earlier for some in at_places for _, earlier in some]


Row = tuple[str, str, str, Sequence[str]]  # where it stands, what became of it, the reference, what is told of it


def keep_report(*, by: Member, at: datetime, kind: str, rows: Sequence[Row], rejected: str, ending: str) -> ImportedFile:
    """Keeps what became of each row, and the rows that were not taken in as a file to put right."""
    return ImportedFile.objects.create(
        kind=kind, told=json.dumps(rows), rejected=rejected, ending=ending if rejected else "", taken_at=at, taken_by_id=by.user
    )


def rejected_taken(*, by: Member, at: datetime, report: ImportedFile) -> None:
    """Writes down that the rows that were not taken in were fetched."""
    audit("recognition.rejected_taken", by=by, at=at, subject=str(report.id))
