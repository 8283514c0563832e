"""Named reads of the questions that earlier records raise: which wait, for whom, on what; and who was considered since."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from lodestar.casework.cases.models import Person
from lodestar.intelligence.earlier_records.access import seen_by
from lodestar.intelligence.earlier_records.models import EarlierRecord, EarlierRecordMatch, Prompt, PromptStep, RecordSign
from lodestar.platform.accounts.access import Member
from lodestar.platform.text.grouping import grouped
from lodestar.platform.text.paging import Place

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
