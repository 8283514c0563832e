"""A case given out as HTCDS: its purpose and its recipient in the log."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from lodestar.casework.cases.models import Case, Person
from lodestar.casework.disclosures import rules
from lodestar.casework.disclosures.actions import record_purpose_changes, tell_in_a_file
from lodestar.casework.disclosures.rules import IMMIGRATION, use_in_effect
from lodestar.exchange.exports import queries
from lodestar.exchange.exports.models import ExternalReference, PackOrder
from lodestar.exchange.exports.rules.own_systems import CannotOrder, Field, read_order
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.audit.models import Event
from lodestar.platform.settings.rules import REFUSED, SAME, SET, Line
from lodestar.platform.text.text_normalise import one_line
from lodestar.platform.time.days import london_date


class NamedAfterNo(Exception):
    """Somebody in the file said no and did not agree to be named, and no reason was given for naming them."""


def export_case(
    *, by: Member, at: datetime, case: Case, people: Sequence[UUID], kind: str, recipient: str, reason: str, use: str,
    crossing: str = "",
) -> Event:  # fmt: skip
    """Writes down that these people of a case are given out as HTCDS, in which form, to whom, what for and why; and, where that
    is outside the purpose it was recorded for, that crossing with its own reason; and of an adult who said no and did not
    agree to be named, that they are named and why.

    Raises NamedAfterNo without that reason; NotApproved where it would tell immigration of somebody, whatever purpose was
    chosen, and a detective inspector has not approved that.
    """
    going = list(case.people.filter(id__in=people))
    refusing = queries.who_said_no(case, people)
    if refusing and not crossing:
        raise NamedAfterNo
    use = use_in_effect(use, recipient, london_date(at))
    if use == IMMIGRATION:
        tell_in_a_file(by=by, at=at, case=case, people=going, recipient=recipient)
    elif rules.purpose_changes(rules.CASE_FILE, use):
        record_purpose_changes(
            by=by, at=at, people=going, recorded_for=rules.CASE_FILE, use=use,
            recipient=recipient, power=reason, reason=crossing,
        )  # fmt: skip
    if refusing:
        audit(
            "exchange.named_after_no", by=by, at=at, case=case.id, people=refusing, fields=["name", "birth"],
            recipient=recipient, reason=crossing,
        )  # fmt: skip
    return audit(
        queries.EXPORTED, by=by, at=at, case=case.id, people=list(people), subject=kind, fields=["htcds", f"for_{use}"],
        recipient=recipient, reason=reason,
    )  # fmt: skip


def export_taken(*, by: Member, at: datetime, export: Event) -> None:
    """Writes down that the file of an export was fetched."""
    audit(
        "exchange.file_taken", by=by, at=at, case=export.case, people=export.people, subject=str(export.id),
        recipient=export.recipient,
    )  # fmt: skip


FOR_POLICE = "for_investigation"  # what the force's own systems are given is never what was told to be helped
INCIDENT_LOG, INTELLIGENCE = "the force’s incident log", "the force’s intelligence system"


def crime_pack_made(*, by: Member, at: datetime, person: Person, system: str, fields: Sequence[str], filed: UUID | None) -> None:
    """Writes down that somebody has put the crime record of a person into which system of the force, and which fields said
    something. Opening the page is a look."""
    subject = f"page {filed or 'shipped'}"
    _given("exchange.crime_pack_made", by, at, person.case_id, system, fields, people=[person.id], subject=subject)


def incident_log_made(*, by: Member, at: datetime, case: Case, people: Sequence[UUID]) -> None:
    """Writes down that somebody has put the paragraph about a case with these people into the incident log."""
    _given("exchange.incident_log_made", by, at, case.id, INCIDENT_LOG, ["incident_log"], people=list(people))


def intelligence_sheet_made(*, by: Member, at: datetime, case: Case, fields: Sequence[str]) -> None:
    """Writes down that an intelligence submission of a case was put into its system, and which parts it had: never the grades or
    the text."""
    _given("exchange.intelligence_sheet_made", by, at, case.id, INTELLIGENCE, fields, subject="page")


def _given(code: str, by: Member, at: datetime, case: UUID, system: str, fields: Sequence[str], **more: Any) -> None:
    audit(code, by=by, at=at, case=case, recipient=system, fields=[*fields, FOR_POLICE], **more)


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
            audit("exchange.reference_came_back", by=by, at=at, case=case.id, subject=str(row.id), fields=[kind])
    return rows


def take_reference_back(*, by: Member, at: datetime, case: Case, reference: UUID) -> None:
    """Takes a reference of this case back that was written wrongly. A second time it changes nothing."""
    rows = ExternalReference.objects.filter(id=reference, case=case, taken_back_at__isnull=True)
    if rows.update(taken_back_at=at, taken_back_by=by.user):
        audit("exchange.reference_taken_back", by=by, at=at, case=case.id, subject=str(reference))


def order_packs(*, by: Member, at: datetime, system: str, fields: Sequence[Field]) -> PackOrder:
    """Files what the force's crime system is called and the order and labels of its fields, from now on. The same as holds
    changes nothing."""
    before, pairs = queries.latest_order(), [[field.code, field.label] for field in fields]
    if before is not None and (before.system, before.fields) == (system, pairs):
        return before
    row = PackOrder.objects.create(system=system[:80], fields=pairs, filed_at=timezone.now(), filed_by_id=by.user)
    audit("exchange.crime_pack_ordered", by=by, at=at, subject=str(row.id), fields=["system", "fields"])
    return row


def read_order_in(by: Member, at: datetime, content: Any, applies: bool) -> Iterator[Line]:
    """The order of the crime record of a file of settings: what it would change, or changes."""
    what = "Order of the crime record"
    try:
        pairs = "\n".join(f"{code}: {label}" for code, label in content["fields"])
        fields, system = read_order(pairs, london_date(at)), str(content["system"]).strip()[:80]
    except (CannotOrder, KeyError, TypeError, ValueError) as fault:
        yield Line(what, REFUSED, str(fault) if isinstance(fault, CannotOrder) else "It is no order of fields")
        return
    before, order = queries.latest_order(), [[field.code, field.label] for field in fields]
    if not system:
        yield Line(what, REFUSED, "It does not name the crime system")
    elif before is not None and (before.system, before.fields) == (system, order):
        yield Line(what, SAME)
    else:
        if applies:
            order_packs(by=by, at=at, system=system, fields=fields)
        yield Line(what, SET, system)
