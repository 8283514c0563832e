"""A concern comes in from elsewhere, in the form that `assess` takes, and becomes a case through the actions of the pages."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Model

from lodestar.casework.case_facts.actions import change_earlier_referral
from lodestar.casework.case_files.actions.case import open_case
from lodestar.casework.case_files.actions.people import add_person, record_exploitation, record_offence
from lodestar.casework.cases.models import AllegedOffence, Case, ConsentAnswer, EarlierReferral, Exploitation, Person
from lodestar.casework.cases.people_listeners import compare_people
from lodestar.casework.concerns.actions import add_notes, keep_rows
from lodestar.casework.concerns.models import REPORTED, ImportedRow
from lodestar.casework.consent.actions import record_consent
from lodestar.casework.ledger import ledger
from lodestar.casework.section45.actions import record_happened_without
from lodestar.exchange.imports.actions.earlier_reports import (
    SAME,
    ExistingConcern,
    SaysOtherwise,
    alert_owners,
    content_of,
    existing_concern,
    mark_of,
    own_key,
    refuse_erased,
)
from lodestar.platform.accounts.access import Member
from lodestar.platform.obligations import facts
from lodestar.platform.obligations.form_values import FormErrors
from lodestar.platform.tables.values import EARLIEST
from lodestar.platform.time.fuzzy import PartialDate

HAPPENED = {"charged": "charge", "no_further_action": "no_further_action", "hearing": "hearing"}  # outcomes, by stage
CODE = "recognition.concern_recorded"
LONGEST_KEY = 120  # characters
LONGEST_NOTE = 4000  # characters


@dataclass(frozen=True)
class Imported:
    """What became of one concern: its case, whether it was made now or stood already, and the reference that whoever brings it
    may be told."""

    case: Case
    is_new: bool
    reference: str


def import_key(encounter: facts.Encounter, sent: Mapping[str, Any]) -> str:
    """What tells that a concern came before: the sender's reference, or where there is none the content itself."""
    reference = (encounter.reference or "").strip()
    if reference and len(reference) <= LONGEST_KEY:
        return reference
    content = reference or json.dumps(sent, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


def refuse_times(encounter: facts.Encounter, now: datetime) -> None:
    """Raises FormErrors for an encounter that has not come, or is so old that its year is a slip: `assess` may be asked of
    either, and a case is made of neither."""
    if encounter.encountered_at > now:
        raise FormErrors([{"path": "encountered_at", "message": "is in the future: write the date of encounter"}])
    if encounter.encountered_at.year < EARLIEST:
        raise FormErrors([{"path": "encountered_at", "message": f"is before {EARLIEST}: write the year in full"}])


def refuse_empty(encounter: facts.Encounter) -> None:
    """Raises FormErrors for an encounter that names nobody and nothing: a case of it would tell no one what to do. Somebody of
    whom only the number in the report is known is nobody yet."""
    is_blank = [replace(person, id="") == facts.PersonFacts(id="") for person in encounter.people]
    if encounter.case == facts.CaseFacts() and all(is_blank):
        path = "people[0]" if is_blank else "people"
        raise FormErrors([{"path": path, "message": "says nothing of anyone: give a person with what is known, or the case"}])


def import_concern(
    *, by: Member, at: datetime, encounter: facts.Encounter, key: str, content: str = "", more: Sequence[Mapping[str, str]] = (),
    remarks: Sequence[str] = (),
) -> Imported:  # fmt: skip
    """Makes a case of the encounter, once: the same again gives the case that stands, unchanged. `at` is the encounter's. Raises
    SaysOtherwise where something else came under the key before: nothing of it is passed over in silence; WasLetGo for one that
    was let go.

    An outcome of a suspected act has happened: it is counted where section 45 of the Modern Slavery Act 2015 is open.
    `more` are columns of its people, in their order, that the form does not hold; `remarks` what is kept as a note of each.
    """
    content = content or content_of(encounter)
    standing = existing_concern(by, key)
    stood = stood_as(standing, content)
    if stood is not None:
        return stood
    refuse_erased(standing.key, own_key(by, key))
    case = open_case(by=by, at=at, facts={**_case(encounter), "imported_as": standing.key})
    with ledger.acting_on(case.id, by=by.user, at=at, code=CODE):
        each = zip(encounter.people, more or [{}] * len(encounter.people), strict=True)
        people = [_person(by, at, case, person, columns) for person, columns in each]
        if encounter.reference:
            words = f"Reference of the report: {encounter.reference}"[:LONGEST_NOTE]
            add_notes(by=by, at=at, case=case, notes=[("own_words", words, None)])
        kept = [(REPORTED, words[:LONGEST_NOTE], person.id) for person, words in zip(people, remarks, strict=False) if words]
        if kept:
            add_notes(by=by, at=at, case=case, notes=kept)
        # Kept and alerted of; whoever imports is told nothing.
        compare_people(by=by, at=at, case=case, people=people)
        keep_rows(by=by, at=at, case=case, rows=[(mark_of(standing.key, content), "", "{}", None)])
        alert_owners(by=by, at=case.recorded_at, of=[standing.unknown])
    for offence in AllegedOffence.objects.filter(person__case=case, stage__in=HAPPENED).select_related("person__case"):
        record_happened_without(by=by, at=at, offence=offence, kind=HAPPENED[offence.stage], reason="As it was reported")
    return Imported(case, is_new=True, reference=case.reference)


def stood_as(standing: ExistingConcern, content: str) -> Imported | None:
    """The case that stands, where the same came in before; None where nothing did. Raises SaysOtherwise where something else
    did."""
    if standing.case is None:
        return None
    if ImportedRow.objects.filter(case=standing.case, key=mark_of(standing.key, content)).exists():
        return Imported(standing.case, False, standing.reference)
    which = f" ({standing.reference})" if standing.reference else ""
    raise SaysOtherwise(f"it differs from the earlier report with this reference{which}: {SAME}")


def _columns(model: type[Model], fact: object, names: str, **renamed: str) -> dict[str, Any]:
    """What a fact says, by the columns that hold it: most are called as it is, the `renamed` otherwise. Text that is not known is
    blank."""
    values = {}
    for column, name in {**{field_name: field_name for field_name in names.split()}, **renamed}.items():
        value = getattr(fact, name)
        value = value.text if isinstance(value, PartialDate) else list(value) if isinstance(value, tuple) else value
        values[column] = "" if value is None and not model._meta.get_field(column).null else value
    return values


def _case(encounter: facts.Encounter) -> dict[str, Any]:
    columns = _columns(Case, encounter.case, "police_areas organised_group people_out_of_force links_abroad diplomat")
    return {**columns, "nation": encounter.nation or "england", "deaths": encounter.case.deaths or 0}


def _person(by: Member, at: datetime, case: Case, person_facts: facts.PersonFacts, more: Mapping[str, str]) -> Person:
    lost = person_facts.contact_lost
    columns = {
        **{name: text for name, text in more.items() if text},
        **_columns(
            Person, person_facts,
            "roles belief alive place helpers seized threats needs care_and_support_needs british found_after_missing",
        ),
        **_columns(Person, person_facts.birth, "age_min age_max", birth_date="date"),
        "description": f"{person_facts.id} in the report",
        "age_basis": person_facts.birth.basis or "unknown",
        "contact_lost": None if lost is None else bool(lost),
        "contact_lost_at": lost if isinstance(lost, datetime) else None,
    }  # fmt: skip
    person = add_person(by=by, at=at, case=case, facts=columns)
    if person_facts.consent != facts.Consent():
        answer = _columns(ConsentAnswer, person_facts.consent, "nrm wants_time spoke_alone interpreter may_be_named")
        answer["capacity"] = "" if person_facts.consent.capacity is None else str(person_facts.consent.capacity).lower()
        record_consent(by=by, at=at, person=person, answer=answer)
    for exploitation in person_facts.exploitation:
        kind = _columns(
            Exploitation, exploitation, "type where police_areas still_in_situation organised", from_date="start", to_date="end"
        )
        record_exploitation(by=by, at=at, person=person, facts=kind)
    for act in person_facts.suspected_of:
        offence = _columns(AllegedOffence, act, "act section title particulars where age_then_min age_then_max stage")
        offence["on_from"] = _text(act.on.start) if act.on else ""
        offence["on_to"] = _text(act.on.start if act.on.single else act.on.end) if act.on else ""
        record_offence(by=by, at=at, person=person, facts=offence)
    if person_facts.earlier_referral is not None:
        earlier = _columns(
            EarlierReferral, person_facts.earlier_referral,
            "route by reference same_events decision decided_on notice_on new_evidence", on_date="on",
        )  # fmt: skip
        change_earlier_referral(by=by, at=at, person=person, facts=earlier)
    return person


def _text(when: PartialDate | None) -> str:
    return when.text if when else ""
