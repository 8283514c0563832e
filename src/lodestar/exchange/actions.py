"""Giving out: each with its purpose and its recipient in the log; and taking in."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.cases.actions import record_purpose_changes, tell_in_a_file
from lodestar.cases.models import Case, Person
from lodestar.cases.rules import disclosures
from lodestar.cases.rules.disclosures import IMMIGRATION, use_in_effect
from lodestar.exchange import access, queries
from lodestar.exchange.models import ExternalReference, PackOrder, Release, ReleaseGiven
from lodestar.exchange.rules.coming_in import Incoming, IncomingStatus
from lodestar.exchange.rules.differencing import safe
from lodestar.exchange.rules.own_systems import CRIME, Field, Returned
from lodestar.exchange.rules.periods import QUARTERLY, Period, quarter_of
from lodestar.exchange.rules.releases import MORE_HIDDEN, aggregate, failings_given, monthly_return
from lodestar.investigations.actions import SharedNumber, record_crime
from lodestar.investigations.models import Crime
from lodestar.journeys.earlier_reports import SaysOtherwise, content_of, existing_concern
from lodestar.journeys.encounter_import import Imported, import_concern, import_key, stood_as
from lodestar.kernel.days import london_date
from lodestar.kernel.encounter_form import encounter_form
from lodestar.kernel.text_normalise import one_line
from lodestar.kernel.uk_dates import CannotRead, read_when
from lodestar.record import actions as record
from lodestar.record.models import Event
from lodestar.tenancy.tenant_transaction import hold

NOT_MADE = (
    "The table of {} cannot be made: with figures shared before, it would reveal fewer than five {} ({}). Choose "
    "another period, or tell the requester that it cannot be shared"
)
KIND_WORDS = {"aggregate": "figures for partners of", "figure": "the six failings of", "return": "the monthly return of"}
RECORDED, STOOD = "recorded", "were already here"
FOR_POLICE = "for_investigation"  # what the force's own systems are given is never what was told to be helped
INCIDENT_LOG, INTELLIGENCE = "the force’s incident log", "the force’s intelligence system"


def export_case(
    *, by: Member, at: datetime, case: Case, people: Sequence[UUID], kind: str, recipient: str, reason: str, use: str,
    crossing: str = "",
) -> Event:  # fmt: skip
    """Writes down that these people of a case are given out as HTCDS, in which form, to whom, what for and why; and, where that
    is outside the purpose it was recorded for, that crossing with its own reason. Raises NotApproved where it would tell
    immigration of somebody, whatever purpose was chosen, and a detective inspector has not approved that."""
    going = list(case.people.filter(id__in=people))
    use = use_in_effect(use, recipient, london_date(at))
    if use == IMMIGRATION:
        tell_in_a_file(by=by, at=at, case=case, people=going, recipient=recipient)
    elif disclosures.purpose_changes(disclosures.CASE_FILE, use):
        record_purpose_changes(
            by=by, at=at, people=going, recorded_for=disclosures.CASE_FILE, use=use,
            recipient=recipient, power=reason, reason=crossing,
        )  # fmt: skip
    return record.append(
        queries.EXPORTED, by=by, at=at, case=case.id, people=list(people), subject=kind, fields=["htcds", f"for_{use}"],
        recipient=recipient, reason=reason,
    )  # fmt: skip


def export_taken(*, by: Member, at: datetime, export: Event) -> None:
    """Writes down that the file of an export was fetched."""
    record.append(
        "exchange.file_taken", by=by, at=at, case=export.case, people=export.people, subject=str(export.id),
        recipient=export.recipient,
    )  # fmt: skip


def release(*, by: Member, at: datetime, kind: str, period: Period, recipient: str, reason: str) -> Release:
    """The table of a period, made at the first asking and the same ever after, with who gave it to whom and why: in the
    register of what left, and in the log. Raises TellsOfFew."""
    hold(f"exchange.release {by.tenant}")  # two that are made at once would each not know of the other
    row = queries.release_of(kind, period.name) or _made(by, kind, period)
    ReleaseGiven.objects.create(
        release=row, recipient=recipient[:200], reason=reason[:400], given_at=timezone.now(), given_by_id=by.user
    )
    record.append(
        "exchange.released", by=by, at=at, subject=str(row.id), fields=[kind], recipient=recipient, reason=reason
    )
    return row


class TellsOfFew(ValueError):
    """A table that is not made, because few people could be worked out from it; `str` says beside what, in one sentence."""


def _made(by: Member, kind: str, period: Period) -> Release:
    now = timezone.now()
    day = london_date(now)
    quarter = period if kind in QUARTERLY else quarter_of(period)
    before = queries.given_of(quarter)
    content, words = safe(_contents(by, kind, period, now, day), before, kind, period.name, quarter)
    if content is None:
        beside = ", ".join(f"{KIND_WORDS[earlier_release.kind]} {earlier_release.period}" for earlier_release in before)
        raise TellsOfFew(NOT_MADE.format(period.name, words, beside))
    return Release.objects.create(kind=kind, period=period.name, content=content, made_at=now, made_by_id=by.user)


def _contents(by: Member, kind: str, period: Period, now: datetime, day: date) -> Iterator[dict[str, Any]]:
    """The table; and of a month, where that would tell of few, the same with more of it hidden."""
    if kind == "aggregate":
        yield aggregate(by.tenant, period, day, queries.by_kind_and_age(period))
    elif kind == "figure":
        yield failings_given(by.tenant, period, day, queries.failings_of(period, now), queries.months_given(period))
    else:
        counts = queries.counts_of(period)
        hide = ["first_reports"] if queries.cases_hidden(period) else []
        for more in MORE_HIDDEN:
            yield monthly_return(by.tenant, period, day, counts, [*hide, *more])


def crime_pack_made(
    *, by: Member, at: datetime, person: Person, system: str, kind: str, fields: Sequence[str], filed: UUID | None
) -> None:
    """Writes down that a crime-record pack of a person was made, for which system of the force, and which fields said something.

    A page is made to be copied from and a file to be taken, and whoever copies leaves no trace: each making counts as giving out.
    """
    record.append(
        "exchange.crime_pack_made", by=by, at=at, case=person.case_id, people=[person.id],
        subject=f"{kind} {filed or 'shipped'}", fields=[*fields, FOR_POLICE], recipient=system,
    )  # fmt: skip


def incident_log_made(*, by: Member, at: datetime, case: Case, people: Sequence[UUID]) -> None:
    """Writes down that the paragraph for the incident log was made of a case with these people."""
    record.append(
        "exchange.incident_log_made", by=by, at=at, case=case.id, people=list(people),
        fields=["incident_log", FOR_POLICE], recipient=INCIDENT_LOG,
    )  # fmt: skip


def intelligence_sheet_made(*, by: Member, at: datetime, case: Case, kind: str, fields: Sequence[str]) -> None:
    """Writes down that an intelligence submission was made of a case, as a page or a file, and which parts it had: never the
    grades or the text."""
    record.append(
        "exchange.intelligence_sheet_made", by=by, at=at, case=case.id, subject=kind, fields=[*fields, FOR_POLICE],
        recipient=INTELLIGENCE,
    )  # fmt: skip


def as_reference(words: str) -> str:
    """A reference as it is kept: one line, capital letters, so that the same is known again."""
    return one_line(words).upper()[:60]


def keep_references(*, by: Member, at: datetime, case: Case, references: Mapping[str, str]) -> list[ExternalReference]:
    """Keeps the references, by kind, under which other systems of the force hold what went there. One that is kept already
    changes nothing."""
    rows = []
    for kind, reference in references.items():
        row, is_new = ExternalReference.objects.get_or_create(
            case=case,
            kind=kind,
            reference=as_reference(reference),
            taken_back_at=None,
            defaults={"recorded_at": timezone.now(), "recorded_by_id": by.user},
        )
        rows.append(row)
        if is_new:
            record.append(
                "exchange.reference_came_back", by=by, at=at, case=case.id, subject=str(row.id), fields=[kind]
            )
    return rows


def take_reference_back(*, by: Member, at: datetime, case: Case, reference: UUID) -> None:
    """Takes a reference of this case back that was written wrongly. A second time it changes nothing."""
    rows = ExternalReference.objects.filter(id=reference, case=case, taken_back_at__isnull=True)
    if rows.update(taken_back_at=at, taken_back_by=by.user):
        record.append("exchange.reference_taken_back", by=by, at=at, case=case.id, subject=str(reference))


class NotTaken(ValueError):
    """A reference that cannot be kept; `str` says why in one sentence, and nothing of what whoever brings it may not know."""


def take_reference(*, by: Member, at: datetime, entry: Returned, applies: bool) -> tuple[str, str]:
    """Keeps a reference that came back in a table, once: a crime number by the rules of its page, else beside the case: whether
    it was recorded or stood already, and of what it is one. Without `applies` only says what would become. Raises NotTaken."""
    case = access.case_to_take_for(by, entry.case)
    if case is not None and applies:  # what stands already, and who may know of it, is asked under the lock
        Case.objects.select_for_update().get(id=case.id)
        case = access.case_to_take_for(by, entry.case)
    if case is None:
        raise NotTaken(f"no case {entry.case} is there for {by.username}")
    when = _when(entry.at, at)
    if entry.kind == CRIME:
        return _take_crime(by, when, case, entry, applies=applies)
    words = f"{entry.case}, {entry.kind.replace('_', ' ')} {entry.reference}"
    reference = as_reference(entry.reference)
    if ExternalReference.objects.filter(case=case, kind=entry.kind, reference=reference, taken_back_at__isnull=True).exists():
        return STOOD, words
    if applies:
        keep_references(by=by, at=when, case=case, references={entry.kind: reference})
    return RECORDED, words


def _take_crime(by: Member, at: datetime, case: Case, entry: Returned, *, applies: bool) -> tuple[str, str]:
    people = {person.number: person for person in access.chosen(case, [])}
    person = people.get(entry.person)
    if person is None:
        raise NotTaken(f"{entry.case} has no person {entry.person}")
    words, number = f"{entry.case}/{entry.person}, crime {entry.reference}", as_reference(entry.reference)
    holders = set(Crime.objects.filter(person__in=people.values(), number=number).values_list("person", flat=True))
    if person.id in holders:
        return STOOD, words
    another = f"{entry.reference} is another person’s in {entry.case}: each victim has a separate crime"
    if holders:
        raise NotTaken(another)
    if applies:
        try:
            record_crime(by=by, at=at, person=person, kind="recorded", number=number)
        except SharedNumber:
            raise NotTaken(another) from None
    return RECORDED, words


def _when(words: str, now: datetime) -> datetime:
    try:
        written = read_when(words, now)
    except CannotRead as refusal:
        raise NotTaken(f"at: {refusal}") from None
    return written.latest(now) if written else now


def order_packs(*, by: Member, at: datetime, system: str, fields: Sequence[Field]) -> PackOrder:
    """Files what the force's crime system is called and the order and labels of its fields, from now on. The same as holds
    changes nothing."""
    pairs = [[field.code, field.label] for field in fields]
    before = PackOrder.objects.order_by("-filed_at", "-id").first()
    if before is not None and (before.system, before.fields) == (system, pairs):
        return before
    row = PackOrder(system=system[:80], fields=pairs, filed_at=timezone.now(), filed_by_id=by.user)
    row.save(force_insert=True)
    record.append("exchange.crime_pack_ordered", by=by, at=at, subject=str(row.id), fields=["system", "fields"])
    return row


def import_case(*, by: Member, at: datetime, incoming: Incoming) -> Imported:
    """Makes a case of what came, once, with the names and languages that `assess` does not take. Raises SaysOtherwise, and
    WasLetGo for one that was let go."""
    met, key, content = incoming.encounter.encountered_at, key_of(incoming), _content(incoming)
    return import_concern(by=by, at=met, encounter=incoming.encounter, key=key, content=content, more=_more(incoming))


def import_status(by: Member, incoming: Incoming) -> IncomingStatus:
    """What `import_case` would find. Writes nothing."""
    try:
        stood = stood_as(existing_concern(by, key_of(incoming)), _content(incoming))
    except SaysOtherwise as fault:
        return IncomingStatus(is_new=False, why_not=fault.errors[0]["message"])
    return IncomingStatus(is_new=stood is None, reference=stood.reference if stood else "")


def _content(incoming: Incoming) -> str:
    return content_of(incoming.encounter, _more(incoming), is_dated=incoming.is_dated)


def _more(incoming: Incoming) -> list[dict[str, str]]:
    return [{"name": name, "language": of} for name, of in zip(incoming.names, incoming.languages, strict=True)]


def key_of(incoming: Incoming) -> str:
    """By what a case is known again when it comes again. Where the file does not say when they were met the time of the import
    stands for it, and is no part of that."""
    sent = encounter_form(incoming.encounter) | {"names": list(incoming.names)}
    return import_key(incoming.encounter, sent if incoming.is_dated else sent | {"encountered_at": None})
