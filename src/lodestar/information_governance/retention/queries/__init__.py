"""Named reads of what is kept about people: when it is looked at, what holds it, what waits for a second person."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import CharField, DateTimeField, Exists, Max, Model, OuterRef, Q, QuerySet
from django.utils import timezone

from lodestar.casework.case_files.models import CaseFile
from lodestar.casework.cases.models import Case, Person
from lodestar.casework.concerns.models import ImportedRow
from lodestar.casework.referrals.models import ReferralStatus
from lodestar.information_governance.retention import models, rules
from lodestar.information_governance.retention.queries.requests import asked_by
from lodestar.information_governance.retention.rules import latest
from lodestar.intelligence.earlier_records.models import EarlierPerson, EarlierRecord, EarlierRecordMatch, ImportedFile, Prompt
from lodestar.intelligence.identities.models import IdentityLink, Match
from lodestar.platform.accounts.models import Draft
from lodestar.platform.audit.models import Event
from lodestar.platform.settings.queries import settings_in_force
from lodestar.platform.tenancy.tenant_transaction import current_tenant, hold

AT_ONCE = 500
MADE_BY_A_YES = 1  # the number of whoever a yes made a person, in the case that it opened for them
OWN = "retention"
ADDRESS = 64  # letters of the address of a stored file


def written_about_people() -> list[type[Model]]:
    """The tables that hold something about one person with the time at which it was written down, in the order of the apps."""
    tables = []
    for model in apps.get_models():
        names = {field.name: field for field in model._meta.local_fields}
        person, written = names.get("person"), names.get("recorded_at")
        is_about = person is not None and person.is_relation and person.related_model is Person
        if is_about and isinstance(written, DateTimeField) and model._meta.app_label != OWN:
            tables.append(model)
    return tables


def last_contacts(people: Sequence[Person]) -> Mapping[UUID, date]:
    """The day on which something was last written down about each of these people, one query a table."""
    latest: dict[UUID, datetime] = {person.id: max(person.recorded_at, person.case.encountered_at) for person in people}
    for model in written_about_people():
        rows = model._default_manager.filter(person__in=list(latest)).values("person").annotate(last=Max("recorded_at"))
        for row in rows:
            latest[row["person"]] = max(latest[row["person"]], row["last"])
    return {person: timezone.localtime(at).date() for person, at in latest.items()}


def retained_until(people: Sequence[UUID]) -> Mapping[tuple[UUID, str], date]:
    """Until when a reviewer kept each of these people, by person and category: the latest decision counts."""
    rows = models.RetentionDecision.objects.filter(person__in=people).order_by("decided_at", "id")
    return {(row.person_id, row.category): row.until for row in rows}


def due_days(people: Sequence[Person]) -> dict[UUID, dict[str, tuple[date, date]]]:
    """The last contact and the review day of each of these people, by category, as the rules say today."""
    contacts, retained = last_contacts(people), retained_until([person.id for person in people])
    settings = settings_in_force().on(timezone.localdate())
    days_by_person: dict[UUID, dict[str, tuple[date, date]]] = defaultdict(dict)
    for person in people:
        last = contacts[person.id]
        for category in rules.categories_of(person.category, person.roles):
            day = rules.review_on(category, person.belief, last, settings, retained.get((person.id, category)))
            days_by_person[person.id][category] = (last, day)
    return days_by_person


def people_after(last: UUID | None) -> list[Person]:
    """Some people of the force, in order of their ids, for what goes through all of them."""
    rows = Person.objects.select_related("case").order_by("id")
    return list((rows.filter(id__gt=last) if last else rows)[:AT_ONCE])


def due_in(cases: QuerySet[Person], on: date) -> QuerySet[models.ReviewDue]:
    """What is to be looked at by a day, of the people that somebody may review, the longest waiting first."""
    rows = models.ReviewDue.objects.select_related("person__case").filter(due_on__lte=on, person__in=cases)
    rows = rows.exclude(person__in=models.Disposal.objects.filter(decision="").values("person"))  # it stands with whoever decides
    return rows.order_by("due_on", "id")


def holds_on(case: UUID) -> list[models.Hold]:
    """Every hold that was ever on a case, those that stand first."""
    rows = models.Hold.objects.filter(case=case).select_related("placed_by", "lifted_by")
    return sorted(rows.order_by("-placed_at", "id"), key=lambda row: row.lifted_at is not None)


def erasure_facts(person: Person) -> rules.ErasureFacts:
    """What is known of a person when somebody wants to let them go."""
    days = due_days([person])[person.id]
    holds = models.Hold.objects.filter(case=person.case_id, lifted_at__isnull=True).values_list("kind", flat=True)
    waits = ReferralStatus.objects.filter(referral__person=person, first="").exclude(state="withdrawn")
    due = {category: day for category, (_, day) in days.items()}
    return rules.ErasureFacts(due, tuple(holds), waits.exists(), asked_by(person.id) is not None)


def retention_decisions(person: Person) -> list[models.RetentionDecision]:
    """The decisions to keep what is held about a person, the latest first."""
    return list(
        models.RetentionDecision.objects.filter(person=person).select_related("decided_by").order_by("-decided_at", "-id")
    )


def waiting_disposal(person: UUID) -> models.Disposal | None:
    """The wish to let somebody go that waits for a second person."""
    return models.Disposal.objects.filter(person=person, decision="").select_related("asked_by", "case").first()


def waiting_disposals(most: int) -> list[models.Disposal]:
    """Those that wait, the oldest first."""
    rows = models.Disposal.objects.filter(decision="", case__sealed=False).select_related("asked_by", "case")
    return list(rows.order_by("asked_at", "id")[:most])


def tallies() -> list[models.ErasureCount]:
    """How many were let go, the latest year first."""
    return list(models.ErasureCount.objects.order_by("-year", "what"))


def numbers_of(people: Iterable[UUID]) -> dict[UUID, int]:
    """The number of each of these people in their case, of those who are still there."""
    return dict(Person.objects.filter(id__in=list(people)).values_list("id", "number"))


def came_in_by(case: Case, person: Person | None) -> list[ImportedRow]:
    """The rows by which a person came in, or the whole case with everybody in it."""
    rows = ImportedRow.objects.filter(case=case)
    return list(rows if person is None else rows.filter(person=person))


def is_last(disposal: models.Disposal) -> bool:
    """Whether nobody else is in the case: then its words and files go too."""
    return not Person.objects.filter(case=disposal.case_id).exclude(id=disposal.person).exists()


# --- beside ----------------------------------------------------------------------------------------------------------------


def held_cases() -> QuerySet[models.Hold, Any]:
    """The ids of the cases on which a legal hold stands."""
    return models.Hold.objects.filter(lifted_at__isnull=True).values("case")


def since(kind: str, today: date) -> date:
    """The day of the last change of what says no more, or is kept no more, from today on."""
    return latest(kind, today, settings_in_force().on(today))


def _some(rows: QuerySet[Any]) -> list[UUID]:
    return list(rows.order_by("id").values_list("id", flat=True)[:AT_ONCE])


def earlier_over(today: date) -> list[UUID]:
    """Some of those whom earlier records are about and whose time is over: no question about them is open, whom a yes made a
    person of a case is there no more, and nobody in a case may be the same human."""
    latest_day = since("earlier", today)
    rows = EarlierPerson.objects.filter(recorded_at__date__lte=latest_day)
    rows = rows.exclude(id__in=EarlierRecord.objects.filter(recorded_at__date__gt=latest_day).values("earlier_person"))
    made = Person.objects.filter(case=OuterRef("case"), number=MADE_BY_A_YES)
    needed = Prompt.objects.filter(Q(state="open") | Q(state="yes") & Exists(made))
    rows = rows.exclude(id__in=needed.values("earlier_person"))
    return _some(rows.exclude(id__in=EarlierRecordMatch.objects.values("earlier_person")))


def likenesses_over(today: date) -> list[UUID]:
    """Some likenesses whose time is over: no link rests on them, and neither person is in a case under a hold."""
    linked = IdentityLink.objects.exclude(match=None).values("match")
    rows = Match.objects.filter(found_at__date__lte=since("likeness", today)).exclude(id__in=linked)
    return _some(rows.exclude(person__case__in=held_cases()).exclude(other__case__in=held_cases()))


def drafts_over(today: date) -> list[UUID]:
    """Some drafts that nobody took up again in time, none of them of a case under a hold."""
    rows = Draft.objects.filter(saved_at__date__lte=since("draft", today)).filter(Q(case=None) | ~Q(case__in=held_cases()))
    return _some(rows)


def reports_over(today: date) -> list[UUID]:
    """Some reports of files that were taken in so long ago as a draft is kept."""
    return _some(ImportedFile.objects.filter(taken_at__date__lte=since("draft", today)))


def referred_to(files: Sequence[str]) -> set[str]:
    """Those of these stored files to which a row refers, whichever table that is in: a table that comes later is asked too."""
    referred: set[str] = set()
    for model in apps.get_models():
        fields = {field.name: field for field in model._meta.local_fields}
        if "tenant" not in fields:
            continue
        for name, field in fields.items():
            if isinstance(field, CharField) and field.max_length == ADDRESS:
                rows = model._default_manager.filter(**{f"{name}__in": files})
                referred.update(rows.values_list(name, flat=True))
    return referred


def misses_a_held_file() -> bool:
    """Whether a file that was added to a case under a legal hold has no row there any more."""
    added = Event.objects.filter(code="cases.file_added", case__in=held_cases()).values_list("subject", flat=True)
    wanted = set(added)
    there = CaseFile.objects.filter(case__in=held_cases()).values_list("id", flat=True)
    return bool(wanted - {str(file_id) for file_id in there})


# --- breaches --------------------------------------------------------------------------------------------------------------


def breaches(most: int) -> list[models.Breach]:
    """The breaches, the latest first, each with its steps."""
    return list(models.Breach.objects.prefetch_related("steps").order_by("-aware_at", "id")[:most])


def open_breaches() -> list[models.Breach]:
    """The breaches that nobody has closed, the oldest first, each with its steps."""
    closed = models.BreachStep.objects.filter(kind="closed").values("breach")
    return list(models.Breach.objects.exclude(id__in=closed).prefetch_related("steps").order_by("aware_at", "id"))


def status_of_breach(breach: models.Breach, steps: Iterable[models.BreachStep]) -> rules.BreachStatus:
    """Where a breach stands, as the rules say."""
    return rules.breach_status(breach.aware_at, [(step.kind, step.happened_at) for step in steps])


def next_number(model: type[models.Breach] | type[models.SubjectRequest]) -> int:
    """The number of the force's next row in a register. Till this transaction ends nobody else is given one."""
    hold(f"keeping.number {model._meta.db_table} {current_tenant()}")
    return (model._default_manager.aggregate(last=Max("number"))["last"] or 0) + 1
