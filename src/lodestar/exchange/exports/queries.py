"""People of a case as HTCDS records, read anew each time (docs/adr/0010)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from lodestar.casework.case_files.actions.people import EVIDENCE
from lodestar.casework.cases.models import Case, Exploitation, FirstAccount, Person
from lodestar.casework.cases.queries import first_accounts
from lodestar.casework.concerns.models import OWN_WORDS, Note, SignSeen
from lodestar.casework.investigations.models import Crime
from lodestar.casework.ledger.ledger import facts_of
from lodestar.casework.ledger.models import ObligationAnswer
from lodestar.casework.redaction.access import Subject, known_values
from lodestar.casework.referral_forms.rules.made import CONTROL, PLACES, SECTORS, places
from lodestar.casework.referrals.models import Answer, Referral
from lodestar.casework.referrals.queries.outgoing import MADE, latest_answers
from lodestar.exchange.exports.models import ExternalReference, PackOrder
from lodestar.exchange.exports.rules.going_out import About, left_out, record_of, said_no
from lodestar.exchange.exports.rules.own_systems import ASKED, Field, ReferralSaid, ordered
from lodestar.platform.audit.models import Event
from lodestar.platform.names.highlighting import FILE
from lodestar.platform.obligations.closing_records import closing_of, summary_of
from lodestar.platform.obligations.encounter_form import encounter_form
from lodestar.platform.obligations.encounter_reading import PersonReading, reading
from lodestar.platform.settings.queries import settings_in_force
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.time.days import london_date

EXPORTED = "exchange.htcds_exported"
MOST_GIVEN = 5  # shown at once
LASTS = timedelta(hours=12)  # how long a file can be fetched by whoever gave the purpose


def own_export(user: UUID, export: UUID, now: datetime) -> QuerySet[Event]:
    """An export that this person gave the purpose of in the last twelve hours."""
    return Event.objects.filter(by=user, code=EXPORTED, recorded_at__gte=now - LASTS, id=export)


def records_of(case: Case, people: Sequence[UUID]) -> tuple[list[dict[str, Any]], list[str]]:
    """The records of these people of a case that was got through `access.py`, and what they do not hold."""
    encounter = facts_of([case])[case.id]
    form = encounter_form(encounter)
    read = {person_reading.id: person_reading for person_reading in reading(encounter, settings_in_force()).people}
    rows = {row.id: row for row in Person.objects.filter(case=case, id__in=people)}
    sent = Referral.objects.filter(person__in=rows, route="nrm", direction=MADE).order_by("-sent_at")
    sent_at = dict(sent.values_list("person_id", "sent_at"))
    answers = latest_answers(rows, (*REFERRED, CONTROL, SECTORS, PLACES))
    force = Tenant.objects.get(slug=case.tenant).name
    records: list[dict[str, Any]] = []
    notes: dict[str, None] = {}
    for person in form["people"]:
        if row := rows.get(UUID(person["id"])):
            about = _about(case, row, read[person["id"]], force, sent_at.get(row.id), answers.get(row.id, {}))
            records.append(record_of(form, person, about))
            notes |= dict.fromkeys(left_out(person, about))
    return records, list(notes)


def who_said_no(case: Case, people: Sequence[UUID]) -> list[UUID]:
    """Those of these people of a case who said no and did not agree to be named."""
    read = reading(facts_of([case])[case.id], settings_in_force()).people
    return [UUID(person.id) for person in read if UUID(person.id) in people and said_no(person)]


REFERRED = ("pv-name-first-name", "pv-name-last-name", "pv-gender", "types-of-exploitation")


def _about(case: Case, row: Person, read: PersonReading, force: str, sent: datetime | None, answers: Mapping[str, str]) -> About:
    """What is known of somebody beside the facts; `answers` are those of their referral, the latest of each."""
    conclusive = [decision for decision in read.decisions if decision.outcome.startswith("cg")]
    first, last, gender, types = (answers.get(code, "").strip() for code in REFERRED)
    control, sectors = (tuple(filter(None, answers.get(code, "").split("\n"))) for code in (CONTROL, SECTORS))
    return About(
        record=str(row.id),
        name=row.name,
        language=row.language,
        force=force,
        decided=conclusive[-1].outcome if conclusive else "",
        sent_on=london_date(sent) if sent else None,
        control=control,
        sectors=sectors,
        places=tuple(places(answers.get(PLACES, ""))),
        known_values=tuple(known_values(Subject(case, row), FILE)),
        first_name=first,
        last_name=last,
        gender=gender,
        sold_for_sex="types-of-exploitation-prostitution" in types.split("\n"),
    )


SYSTEM = "the force’s crime system"
WHO_THEY_ARE = ("pv-gender", "pv-nationality", "pv-nationality-second")  # what only a referral may hold


@dataclass(frozen=True)
class Holding:
    """All that is held of one victim for their crime record."""

    person: Person
    people: Sequence[Person]
    exploitation: Sequence[Exploitation]
    signs: Sequence[SignSeen]
    notes: Sequence[Note]
    accounts: Sequence[FirstAccount]
    kept: Sequence[str]  # the records that closed what is owed of evidence in the first hour, in words
    referral: ReferralSaid

    @property
    def suspects(self) -> list[Person]:
        """The others who are said to have done it."""
        return [other for other in self.people if other.id != self.person.id and has_done_it(other)]


@dataclass(frozen=True)
class Order:
    """What the force's crime system is called, and its fields in its order; `filed` is the force's own filing of it."""

    system: str
    fields: Sequence[Field]
    filed: PackOrder | None = None


def order_as_file(at: datetime) -> dict[str, Any] | None:
    """The force's own order as a file of settings has it; None where it has filed none."""
    order = order_on(london_date(at))
    fields = [[field.code, field.label] for field in order.fields]
    return {"system": order.system, "fields": fields} if order.filed else None


def latest_order() -> PackOrder | None:
    """The order that the force filed last."""
    return PackOrder.objects.select_related("filed_by").order_by("-filed_at", "-id").first()


def order_on(day: date) -> Order:
    """The order that holds on a day."""
    filed = latest_order()
    return Order(filed.system if filed else SYSTEM, ordered(filed.fields if filed else (), day), filed)


def is_victim(person: Person) -> bool:
    """Whether somebody of a case has, or may yet have, a crime of their own."""
    return "possible_victim" in person.roles


def places_ticked(people: Sequence[Person]) -> list[str]:
    """Where those of a case were met who may be victims, as it was ticked."""
    return [person.place for person in people if is_victim(person)]


def has_done_it(person: Person) -> bool:
    """Whether somebody is said to have exploited others and is not taken for a victim too."""
    return "exploiter" in person.roles and not is_victim(person)


def people_with_numbers(case: Case) -> list[Person]:
    """The people of a case in their order, each with the crime numbers recorded for them (`crime_numbers`), the records of
    evidence kept in the first hour (`evidence`), and when their crime record was put into the crime system (`packs_given`)."""
    crimes = Crime.objects.filter(person=OuterRef("pk"), kind="recorded").order_by("recorded_at", "id")
    rows = Person.objects.filter(case=case).select_related("case__opened_by", "case__owner", "case__interim_owner")
    kept = ObligationAnswer.objects.filter(
        person=OuterRef("pk"), code=EVIDENCE, kind="done", record=closing_of(EVIDENCE).record
    ).order_by("recorded_at", "id")
    rows = rows.annotate(
        crime_numbers=ArraySubquery(crimes.values("number")), evidence=ArraySubquery(kept.values("details")),
        packs_given=_packs_given(),
    )  # fmt: skip
    return list(rows.order_by("number"))


def holding(person: Person) -> Holding:
    """What is held of a person who was got through `access.py`."""
    people = people_with_numbers(person.case)
    mine = next(row for row in people if row.id == person.id)
    of_them = Q(person=person) | Q(person__isnull=True)
    signs = SignSeen.objects.filter(of_them, case=person.case, withdrawn_at__isnull=True)
    notes = Note.objects.filter(of_them, case=person.case, kind=OWN_WORDS).select_related("recorded_by")
    return Holding(
        person=mine,
        people=people,
        exploitation=list(Exploitation.objects.filter(person=person).order_by("id")),
        signs=list(signs.order_by("seen_at", "recorded_at", "id")),
        notes=list(notes.order_by("recorded_at", "id")),
        accounts=first_accounts([person.id]),
        kept=[summary_of(closing_of(EVIDENCE).record, str(details)) for details in getattr(mine, "evidence", [])],
        referral=_referral_said(person),
    )


def _referral_said(person: Person) -> ReferralSaid:
    """What a referral that is written or was sent says of the person, the latest of each answer."""
    sent = Referral.objects.filter(writing=OuterRef("writing")).order_by("-sent_at").values("sent_at")[:1]
    rows = Answer.objects.filter(writing__person=person, code__in=(*WHO_THEY_ARE, *ASKED)).select_related("writing")
    answers = list(rows.annotate(gone=Subquery(sent)).order_by("written_at", "number"))
    if not answers:
        return ReferralSaid()
    last = answers[-1]
    went = last.gone if last.gone and last.gone >= last.written_at else None
    return ReferralSaid({row.code: str(row.words) for row in answers}, last.writing.form_version, last.written_at, went)


def kinds_in(case: Case) -> list[Exploitation]:
    """Every exploitation recorded in a case that was got through `access.py`."""
    return list(Exploitation.objects.filter(person__case=case).order_by("id"))


def signs_in(case: Case) -> list[SignSeen]:
    """Every sign recorded in it and not taken back."""
    return list(SignSeen.objects.filter(case=case, withdrawn_at__isnull=True).order_by("seen_at", "recorded_at", "id"))


PACK_GIVEN, LOG_GIVEN = "exchange.crime_pack_made", "exchange.incident_log_made"
Given = tuple[datetime, UUID]  # when, and by whom


def log_given(case: Case) -> list[Given]:
    """When somebody said that they had put the paragraph about a case into the incident log, the latest first."""
    rows = Event.objects.filter(case=case.id, code=LOG_GIVEN).order_by("-recorded_at", "-id")
    return list(rows.values_list("happened_at", "by")[:MOST_GIVEN])


def pack_given(person: Person) -> list[Given]:
    """The same of the crime record of somebody who was read with `packs_given`."""
    return [(datetime.fromisoformat(row["at"]), UUID(row["by"])) for row in getattr(person, "packs_given", [])]


def _packs_given() -> ArraySubquery:
    rows = Event.objects.filter(
        case=OuterRef("case_id"), code=PACK_GIVEN, subject__startswith="page", people__contains=[OuterRef("pk")]
    ).order_by("-recorded_at", "-id")
    return ArraySubquery(rows.values_list(JSONObject(at="happened_at", by="by"))[:MOST_GIVEN])


def external_references(case: Case) -> list[ExternalReference]:
    """The references of other systems that came back for it and were not taken back."""
    rows = ExternalReference.objects.select_related("recorded_by").filter(case=case, taken_back_at__isnull=True)
    return list(rows.order_by("recorded_at", "id"))
