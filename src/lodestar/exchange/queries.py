"""What goes out, read from rows: people of a case as records, counts of a period (sealed cases are in none of it), and what the
case holds of one victim for the force's own systems, with the order in which its crime system asks for it.

Read anew each time (docs/adr/0010). What somebody is suspected of, what they answered about a referral and what is noted of
support are not read for a pack, so that they cannot go.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet

from lodestar.analysis.access import whole_force
from lodestar.analysis.queries.figure import Figure
from lodestar.analysis.rules.period import Period as FigurePeriod
from lodestar.cases.access.redaction import Subject, known_values
from lodestar.cases.ledger import facts_of
from lodestar.cases.models import Case, Exploitation, FirstAccount, OperationGroup, Person
from lodestar.cases.queries.people import first_accounts
from lodestar.cases.queries.settings import settings_in_force
from lodestar.cases.queries.worklists import open_at
from lodestar.cases.rules.encounter_reading import PersonReading, reading
from lodestar.cases.rules.highlighting import FILE
from lodestar.exchange.models import ExternalReference, PackOrder, Release, ReleaseGiven
from lodestar.exchange.rules.differencing import Given
from lodestar.exchange.rules.going_out import About, left_out, record_of
from lodestar.exchange.rules.own_systems import Field, ordered
from lodestar.exchange.rules.periods import QUARTERLY, Period, months_of, period, quarter_of
from lodestar.exchange.rules.releases import VERDICTS, Months, Row, month_is_hidden
from lodestar.investigations.models import Crime
from lodestar.investigations.queries import recorded_in
from lodestar.kernel.days import london_date
from lodestar.kernel.encounter_form import encounter_form
from lodestar.recognition.models import OWN_WORDS, Note, SignSeen
from lodestar.record.models import Event
from lodestar.reference.queries import exploitation_names
from lodestar.referrals.models.decisions import Decision
from lodestar.referrals.models.drafts import Answer
from lodestar.referrals.models.sent import Referral
from lodestar.referrals.queries.outgoing import Listed, listed_of
from lodestar.referrals.queries.sent import MADE, RECEIVED, sent_in
from lodestar.tenancy.models import Tenant

EXPORTED = "exchange.htcds_exported"
LASTS = timedelta(hours=12)  # how long a file can be fetched by whoever gave the purpose
SEVERAL, UNKNOWN = "several kinds", "kind not known"


def own_export(user: UUID, export: UUID, now: datetime) -> QuerySet[Event]:
    """An export that this person gave the purpose of in the last twelve hours."""
    return Event.objects.filter(by=user, code=EXPORTED, recorded_at__gte=now - LASTS, id=export)


def records_of(case: Case, people: Sequence[UUID]) -> tuple[list[dict[str, Any]], list[str]]:
    """The records of these people of a case that was got through `access.py`, and what they do not hold."""
    encounter = facts_of([case])[case.id]
    form = encounter_form(encounter)
    read = {person_reading.id: person_reading for person_reading in reading(encounter, settings_in_force()).people}
    rows = {row.id: row for row in Person.objects.filter(case=case, id__in=people)}
    sent, listed = _sent(rows), listed_of(rows)
    force = Tenant.objects.get(slug=case.tenant).name
    records: list[dict[str, Any]] = []
    notes: dict[str, None] = {}
    for person in form["people"]:
        row = rows.get(UUID(person["id"]))
        if row is None:
            continue
        about = _about(row, read[person["id"]], force, sent.get(row.id), listed.get(row.id, Listed()))
        about = replace(about, known_values=tuple(known_values(Subject(case, row), FILE)))
        records.append(record_of(form, person, about))
        notes |= dict.fromkeys(left_out(person, about))
    return records, list(notes)


def _sent(people: Iterable[UUID]) -> Mapping[UUID, datetime]:
    rows = Referral.objects.filter(person__in=list(people), route="nrm", direction=MADE).order_by("-sent_at")
    return dict(rows.values_list("person_id", "sent_at"))


def _about(row: Person, read: PersonReading, force: str, sent: datetime | None, listed: Listed) -> About:
    conclusive = [decision for decision in read.decisions if decision.outcome.startswith("cg")]
    return About(
        name=row.name,
        language=row.language,
        force=force,
        decided=conclusive[-1].outcome if conclusive else "",
        sent_on=london_date(sent) if sent else None,
        control=listed.control,
        sectors=listed.sectors,
        places=listed.places,
    )


def _met_in(period: Period) -> QuerySet[Case]:
    rows = Case.objects.filter(sealed=False, encountered_at__gte=period.begins, encountered_at__lt=period.ends)
    return rows.order_by("id")


def _victims(cases: Sequence[Case]) -> list[PersonReading]:
    encounters = facts_of(cases)
    settings = settings_in_force()
    return [victim for case in cases for victim in reading(encounters[case.id], settings).possible_victims]


def by_kind_and_age(quarter: Period) -> dict[str, dict[str, int]]:
    """Possible victims met in a quarter, by kind of exploitation and age: each person once."""
    names = {code: name for code, name in exploitation_names().items() if code != "unknown"}
    table: dict[str, dict[str, int]] = {name: {} for name in (*names.values(), SEVERAL, UNKNOWN)}
    for person in _victims(list(_met_in(quarter))):
        kinds = {exploitation.type for exploitation in person.facts.exploitation if exploitation.type in names}
        row = SEVERAL if len(kinds) > 1 else names[str(kinds.pop())] if kinds else UNKNOWN
        age = "child" if person.is_child else "adult" if person.age.treat_as == "adult" else "not_known"
        table[row][age] = table[row].get(age, 0) + 1
    return table


def counts_of(month: Period) -> dict[str, int]:
    """The counts of a monthly return, as `rules/returned.py` says what they mean."""
    cases = list(_met_in(month))
    victims = _victims(cases)
    return {
        "first_reports": len(cases),
        "possible_victims": len(victims),
        "children": sum(victim.is_child for victim in victims),
        **_referrals(month),
        **_decisions(month),
        "crimes_recorded": recorded_in(month.begins, month.ends).count(),
        "live_operations": _live(month.ends),
        "owed_late": open_at(month.ends).filter(due_at__lt=month.ends).count(),
    }


def failings_of(quarter: Period, now: datetime) -> list[Row]:
    """The six failings of a quarter in the whole force, as they are known now. Sealed cases are in none."""
    whole = FigurePeriod(quarter.first, quarter.after - timedelta(days=1))
    figure = Figure(whole_force(), whole, now, is_past=False)
    return [
        Row(
            number,
            row["title"],
            row["version"],
            row["would_tell"],
            {verdict: figure.counts[number].of(verdict) for verdict in VERDICTS},
        )
        for number, row in figure.defined.items()
    ]


def months_given(quarter: Period) -> Months:
    """How many cases each month of a quarter has, and which of these numbers the monthly returns gave out or hid."""
    names = months_of(quarter)
    counts = {name: _met_in(month).count() for name in names if (month := period("return", name))}
    made = Release.objects.filter(kind="return", period__in=names)
    given_out = {row.period: row.content["counts"].get("first_reports") for row in made}
    hidden = frozenset(name for name, number in given_out.items() if number is None)
    return Months(counts, frozenset(given_out) - hidden, hidden)


def given_of(quarter: Period) -> list[Given]:
    """Whatever was given out of a quarter or of its months, by when it was made: all that has anybody in common with it."""
    rows = Release.objects.filter(Q(kind__in=QUARTERLY, period=quarter.name) | Q(period__in=months_of(quarter)))
    return [Given(row.kind, row.period, row.content) for row in rows.order_by("made_at", "id")]


def cases_hidden(month: Period) -> bool:
    """Whether the number of cases of a month is hidden in its return, beside what was given out of its quarter."""
    quarter = quarter_of(month)
    table = release_of("figure", quarter.name)
    return month_is_hidden(month.name, months_given(quarter), table.content["total"] if table else None)


def _referrals(month: Period) -> dict[str, int]:
    rows = sent_in(month.begins, month.ends)
    ours = rows.filter(direction=MADE)
    return {
        "nrm_sent": ours.filter(route="nrm").count(),
        "dtn_sent": ours.filter(route="dtn").count(),
        "received": rows.filter(direction=RECEIVED).count(),
    }


def _decisions(month: Period) -> dict[str, int]:
    """Decisions that count: what another row puts right does not."""
    put_right = Decision.objects.filter(replaces=OuterRef("pk"))
    rows = Decision.objects.filter(
        ~Exists(put_right),
        referral__person__case__sealed=False,
        decided_on__gte=month.first,
        decided_on__lt=month.after,
    )
    words = {"rg": "reasonable", "cg": "conclusive"}
    return {
        f"{words[stage]}_{way}": rows.filter(kind=f"{stage}_{way}").count()
        for stage in words
        for way in ("positive", "negative")
    }


def _live(instant: datetime) -> int:
    rows = open_at(instant).filter(case__operation=OuterRef("pk"))
    return OperationGroup.objects.filter(Exists(rows)).count()


def releases(most: int) -> list[Release]:
    """What was made for a period, the latest first."""
    return list(Release.objects.select_related("made_by").order_by("-made_at", "-id")[:most])


def given(release: Release, most: int) -> list[ReleaseGiven]:
    """To whom a table went, the latest first."""
    rows = ReleaseGiven.objects.select_related("given_by").filter(release=release)
    return list(rows.order_by("-given_at", "-id")[:most])


def release_of(kind: str, period: str) -> Release | None:
    """The table of a period, if it was made."""
    return Release.objects.filter(kind=kind, period=period).first()


SYSTEM = "the force’s crime system"
ASKED = ("pv-gender", "pv-nationality", "pv-nationality-second")  # what only a referral that is written may hold


@dataclass(frozen=True)
class Holding:
    """All that is held of one victim for their crime record."""

    person: Person
    case: Case
    people: Sequence[Person]
    suspects: Sequence[Person]
    numbers: Sequence[str]
    exploitation: Sequence[Exploitation]
    signs: Sequence[SignSeen]
    notes: Sequence[Note]
    accounts: Sequence[FirstAccount]
    answers: Mapping[str, str]


@dataclass(frozen=True)
class Order:
    """What the force's crime system is called, and its fields in its order; `filed` is the force's own filing of it."""

    system: str
    fields: Sequence[Field]
    filed: PackOrder | None = None


def order_on(day: date) -> Order:
    """The order that holds on a day."""
    filed = PackOrder.objects.select_related("filed_by").order_by("-filed_at", "-id").first()
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
    """The people of a case in their order, each with the crime numbers recorded for them (`crime_numbers`)."""
    crimes = Crime.objects.filter(person=OuterRef("pk"), kind="recorded").order_by("recorded_at", "id")
    rows = Person.objects.filter(case=case).select_related("case__opened_by", "case__owner", "case__interim_owner")
    return list(rows.annotate(crime_numbers=ArraySubquery(crimes.values("number"))).order_by("number"))


def holding(person: Person) -> Holding:
    """What is held of a person who was got through `access.py`."""
    people = people_with_numbers(person.case)
    mine = next(row for row in people if row.id == person.id)
    of_them = Q(person=person) | Q(person__isnull=True)
    signs = SignSeen.objects.filter(of_them, case=person.case, withdrawn_at__isnull=True)
    notes = Note.objects.filter(of_them, case=person.case, kind=OWN_WORDS).select_related("recorded_by")
    return Holding(
        person=mine,
        case=mine.case,
        people=people,
        suspects=[other for other in people if other.id != person.id and has_done_it(other)],
        numbers=getattr(mine, "crime_numbers", []),
        exploitation=list(Exploitation.objects.filter(person=person).order_by("id")),
        signs=list(signs.order_by("seen_at", "recorded_at", "id")),
        notes=list(notes.order_by("recorded_at", "id")),
        accounts=first_accounts([person.id]),
        answers=_referral_answers(person),
    )


def _referral_answers(person: Person) -> dict[str, str]:
    """What a referral that is written says of the person, the latest of each."""
    rows = Answer.objects.filter(writing__person=person, code__in=ASKED).order_by("written_at", "number")
    return {row.code: str(row.words) for row in rows}


def kinds_in(case: Case) -> list[Exploitation]:
    """Every exploitation recorded in a case that was got through `access.py`."""
    return list(Exploitation.objects.filter(person__case=case).order_by("id"))


def signs_in(case: Case) -> list[SignSeen]:
    """Every sign recorded in it and not taken back."""
    return list(SignSeen.objects.filter(case=case, withdrawn_at__isnull=True).order_by("seen_at", "recorded_at", "id"))


def external_references(case: Case) -> list[ExternalReference]:
    """The references of other systems that came back for it and were not taken back."""
    rows = ExternalReference.objects.select_related("recorded_by").filter(case=case, taken_back_at__isnull=True)
    return list(rows.order_by("recorded_at", "id"))
