"""Named reads of earlier records: what came in, whose they are, what they may show."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate, TruncMonth

from lodestar.casework.cases.models import Person
from lodestar.intelligence.earlier_records.access import seen_by
from lodestar.intelligence.earlier_records.models import EarlierRecord, EarlierRecordMatch, Prompt, PromptStep, RecordSign
from lodestar.intelligence.earlier_records.rules.earlier import KINDS, Coverage, EarlierFacts, NameAndBirth
from lodestar.platform.accounts.access import Member
from lodestar.platform.obligations.settings import SHIPPED
from lodestar.platform.settings.models import SettingChange
from lodestar.platform.text.grouping import grouped
from lodestar.platform.text.paging import Place
from lodestar.platform.time.days import LONDON, london_date


def keys_taken_in(keys: Iterable[str]) -> dict[str, str]:
    """Of these keys those that came in before, each with the other system's reference."""
    return dict(EarlierRecord.objects.filter(key__in=list(keys)).values_list("key", "reference"))


def keys_with_signs(keys: Iterable[str]) -> set[str]:
    """Of these keys those of records that may show a sign."""
    return set(RecordSign.objects.filter(record__key__in=list(keys)).values_list("record__key", flat=True))


def records_by_person(people: Iterable[UUID]) -> dict[UUID, list[EarlierFacts]]:
    """The records of these people as the rules read them."""
    rows = EarlierRecord.objects.filter(earlier_person__in=list(people)).order_by("happened_at", "id")
    return grouped((row.earlier_person_id, record_for_rules(row)) for row in rows)


def records_by_place(places: Iterable[str]) -> dict[str, list[tuple[str, EarlierFacts]]]:
    """The records of these addresses as the rules read them, each with whose it is."""
    rows = EarlierRecord.objects.filter(place_key__in=[place for place in places if place]).order_by("happened_at", "id")
    return grouped((row.place_key, (str(row.earlier_person_id), record_for_rules(row))) for row in rows)


def called_on(births: Collection[str]) -> list[tuple[UUID, NameAndBirth]]:
    """How those born on these days are called in the records, each with whose record it is."""
    if not births:
        return []
    return _names_in_records(EarlierRecord.objects.filter(birth_date__in=births))


def called_of(people: Iterable[UUID]) -> list[tuple[UUID, NameAndBirth]]:
    """How these people are called in the records."""
    return _names_in_records(EarlierRecord.objects.filter(earlier_person__in=list(people)))


def _names_in_records(rows: models.QuerySet[EarlierRecord]) -> list[tuple[UUID, NameAndBirth]]:
    name_rows = rows.exclude(name="").order_by().values_list("earlier_person", "name", "birth_date").distinct()
    return [(earlier, NameAndBirth(name, born)) for earlier, name, born in sorted(name_rows, key=str)]


def record_for_rules(row: EarlierRecord) -> EarlierFacts:
    """The record as the rules read it."""
    return EarlierFacts(
        str(row.id), row.kind, row.reference, london_date(row.happened_at) if row.happened_at else None, row.words, row.offence,
        row.age_min, row.age_max,
    )  # fmt: skip


def records_of(people: Sequence[UUID]) -> list[EarlierRecord]:
    """The earlier records of these people, the oldest first."""
    rows = EarlierRecord.objects.filter(earlier_person__in=people).select_related("recorded_by")
    return list(rows.order_by("happened_at", "recorded_at", "id"))


KEPT = "keep_earlier_months"


def read_coverage(at: datetime | None = None, *, since: datetime | None = None) -> Coverage:
    """Of what time records are held, or were by `at`; `since` leaves out those of before. In one
    query, with how long the clock keeps them."""
    records = EarlierRecord.objects.filter(happened_at__isnull=False)
    records = records if at is None else records.filter(recorded_at__lte=at)
    records = records if since is None else records.filter(happened_at__gte=since)
    of_months = (
        records.order_by()
        .annotate(month=TruncMonth("happened_at", output_field=models.DateField(), tzinfo=LONDON))
        .values("kind", "month")
        .annotate(
            day=models.Min(TruncDate("happened_at", tzinfo=LONDON)), value=models.Value("", models.CharField()),
        )
        .values_list("kind", "month", "day", "value")
    )  # fmt: skip
    agreed = SettingChange.objects.filter(approved=True, key=KEPT).order_by()
    months: dict[tuple[str, date], date] = {}
    kept_months = [int(row.value) for row in SHIPPED.rows if row.key == KEPT]
    of_clock = agreed.values_list("key", "from_date", "from_date", "value")
    for kind, first, day, value in of_months.union(of_clock, all=True):
        if kind == KEPT:
            kept_months.append(int(value))
        else:
            months[kind, first] = day
    return Coverage(months, min(kept_months))


def record_name(row: EarlierRecord) -> str:
    """`Custody CU/1 of 3 February 2026`."""
    day = london_date(row.happened_at) if row.happened_at else None
    of = f" of {day.day} {day:%B %Y}" if day else f" of {row.happened_as}" if row.happened_as else ", day not known"
    return f"{KINDS[row.kind]} {row.reference or 'record'}{of}"


def source_of(row: EarlierRecord) -> str:
    """The record by its name, with who wrote it down where it says so."""
    return f"{record_name(row)}{f', {row.source}' if row.source else ''}"


FOUND = ("reasonable_grounds", "signs_only")


def considered() -> Exists:
    """Whether a person of a case that is surely the same human was considered: as somebody who may be a victim at any time,
    or with no grounds recorded yet since the latest sign. A sealed case counts as none: who may not know of it must see nothing
    of it in what waits here and what does not."""
    met = EarlierRecordMatch.objects.filter(earlier_person=OuterRef("earlier_person"), is_sure=True, person__case__sealed=False)
    since = Q(person__belief="none", person__case__encountered_at__gte=OuterRef("last_sign_at"))
    return Exists(met.filter(Q(person__belief__in=FOUND) | since))


def waiting() -> QuerySet[Prompt]:
    """The questions that nobody answered, about people whom nobody considered."""
    return Prompt.objects.filter(~considered(), state="open")


def waiting_for(member: Member, most: int, before: Place | None, *, only_own: bool) -> list[Prompt]:
    """What waits, the oldest question first: that is no order of people."""
    rows = seen_by(member, waiting()).select_related("asked_of")
    if only_own:
        rows = rows.filter(asked_of_id=member.user)
    if before is not None and before.at is not None:
        rows = rows.filter(asked_at__gte=before.at).filter(Q(asked_at__gt=before.at) | Q(id__gt=before.id))
    return list(rows.order_by("asked_at", "id")[:most])


def steps_of(prompt: Prompt) -> list[PromptStep]:
    """What became of the question, the oldest first."""
    return list(PromptStep.objects.filter(prompt=prompt).select_related("by", "to").order_by("at", "id"))


def signs_by_person(people: Iterable[UUID]) -> dict[UUID, list[RecordSign]]:
    """The signs that the records of these people may show, the oldest record first."""
    rows = RecordSign.objects.filter(record__earlier_person__in=list(people)).select_related("record")
    in_order = rows.order_by("record__happened_at", "record__id", "code", "rule")
    return grouped((row.record.earlier_person_id, row) for row in in_order)


def latest_signs(people: Iterable[UUID]) -> dict[UUID, datetime]:
    """Of each of these people when the latest of the records with a sign happened, or came in."""
    rows = RecordSign.objects.filter(record__earlier_person__in=list(people)).values("record__earlier_person")
    latest = rows.annotate(last=Max(Coalesce("record__happened_at", "record__recorded_at")))
    return {row["record__earlier_person"]: row["last"] for row in latest}


def names_of_people(people: Sequence[UUID]) -> dict[UUID, tuple[str, str]]:
    """What these people are called, and their birth, as their latest record that says so has it."""
    names: dict[UUID, tuple[str, str]] = {}
    rows = EarlierRecord.objects.filter(earlier_person__in=people).exclude(name="")
    for row in rows.order_by(F("happened_at").asc(nulls_first=True), "id"):
        names[row.earlier_person_id] = (row.name, row.birth_date)
    return names


def considered_before(prompt: Prompt, visible: Q) -> list[Person]:
    """The people of cases the member sees who may be the same human, each with its case; `visible` is what the member sees, as a
    condition on the match."""
    rows = EarlierRecordMatch.objects.filter(visible, earlier_person=prompt.earlier_person_id).select_related("person__case")
    return [row.person for row in rows.order_by("person__case__encountered_at", "id")]
