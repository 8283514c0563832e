"""A concern comes in from elsewhere, in the form that `assess` takes, and becomes a case through the actions of the pages."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.cases import actions, ledger
from lodestar.cases.models import Case, Person
from lodestar.journeys.encounter_said import SAME, SaysOtherwise, content_of, mark_of
from lodestar.journeys.let_go import refuse_let_go
from lodestar.journeys.sent_before import Standing, alert_owners, own_key, standing_of
from lodestar.kernel import facts
from lodestar.kernel.form_values import FormErrors
from lodestar.kernel.fuzzy import PartialDate
from lodestar.kernel.tables.values import EARLIEST
from lodestar.recognition.actions import add_notes, keep_rows
from lodestar.recognition.models import RowTakenIn

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
    told = reference or json.dumps(sent, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def refuse_times(encounter: facts.Encounter, now: datetime) -> None:
    """Raises FormErrors for an encounter that has not come, or is so old that its year is a slip: `assess` may be asked of
    either, and a case is made of neither."""
    if encounter.encountered_at > now:
        raise FormErrors([{"path": "encountered_at", "message": "is in the future: write the date of encounter"}])
    if encounter.encountered_at.year < EARLIEST:
        raise FormErrors([{"path": "encountered_at", "message": f"is before {EARLIEST}: write the year in full"}])


def concern_standing(by: Member, key: str, content: str) -> Imported | None:
    """The case that stands for this sender under the key, where the same came in before; None where nothing did. Raises
    SaysOtherwise where something else did. Writes nothing."""
    return _stood(standing_of(by, key), content)


def import_concern(
    *, by: Member, at: datetime, encounter: facts.Encounter, key: str, content: str = "", more: Sequence[Mapping[str, str]] = ()
) -> Imported:
    """Makes a case of the encounter, once: the same again gives the case that stands, unchanged. `at` is the encounter's. Raises
    SaysOtherwise where something else came under the key before: nothing of it is passed over in silence; WasLetGo for one that
    was let go.

    `more` are columns of its people, in their order, that the form does not hold.
    """
    content = content or content_of(encounter)
    standing = standing_of(by, key)
    stood = _stood(standing, content)
    if stood is not None:
        return stood
    refuse_let_go(standing.key, own_key(by, key))
    case = actions.open_case(by=by, at=at, facts={**_case(encounter), "imported_as": standing.key})
    with ledger.acting_on(case.id, by=by.user, at=at, code=CODE):
        each = zip(encounter.people, more or [{}] * len(encounter.people), strict=True)
        people = [_person(by, at, case, person, columns) for person, columns in each]
        if encounter.reference:
            words = f"Reference of the report: {encounter.reference}"[:LONGEST_NOTE]
            add_notes(by=by, at=at, case=case, notes=[("own_words", words, None)])
        # Kept and alerted of; whoever imports is told nothing.
        actions.compare_people(by=by, at=at, case=case, people=people)
        keep_rows(by=by, at=at, case=case, rows=[(mark_of(standing.key, content), "", "{}", None)])
        alert_owners(by=by, at=timezone.now(), of=[standing.unknown])
    return Imported(case, is_new=True, reference=case.reference)


def _stood(standing: Standing, content: str) -> Imported | None:
    if standing.case is None:
        return None
    if RowTakenIn.objects.filter(case=standing.case, key=mark_of(standing.key, content)).exists():
        return Imported(standing.case, False, standing.reference)
    which = f" ({standing.reference})" if standing.reference else ""
    raise SaysOtherwise(f"it differs from the earlier report with this reference{which}: {SAME}")


def _case(encounter: facts.Encounter) -> dict[str, Any]:
    told = encounter.case
    return {
        "nation": encounter.nation or "england",
        "police_areas": list(told.police_areas),
        "organised_group": told.organised_group,
        "people_out_of_force": told.people_out_of_force,
        "links_abroad": told.links_abroad,
        "deaths": told.deaths or 0,
        "diplomat": told.diplomat,
    }


def _text(when: PartialDate | None) -> str:
    return when.text if when else ""


def _person(by: Member, at: datetime, case: Case, told: facts.PersonFacts, more: Mapping[str, str]) -> Person:
    lost = told.contact_lost
    person = actions.add_person(
        by=by,
        at=at,
        case=case,
        facts={
            **{name: text for name, text in more.items() if text},
            "description": f"{told.id} in the report",
            "roles": list(told.roles),
            "belief": told.belief or "",
            "birth_date": _text(told.birth.date),
            "age_min": told.birth.age_min,
            "age_max": told.birth.age_max,
            "age_basis": told.birth.basis or "unknown",
            "alive": told.alive,
            "place": told.place or "",
            "contact_lost": None if lost is None else bool(lost),
            "contact_lost_at": lost if isinstance(lost, datetime) else None,
            "helpers": list(told.helpers),
            "seized": list(told.seized),
            "threats": list(told.threats),
            "needs": list(told.needs),
            "care_and_support_needs": told.care_and_support_needs,
            "british": told.british,
            "found_after_missing": told.found_after_missing,
        },
    )
    if told.consent != facts.Consent():
        actions.record_consent(by=by, at=at, person=person, answer=_consent(told.consent))
    for exploitation in told.exploitation:
        actions.record_exploitation(by=by, at=at, person=person, facts=_exploitation(exploitation))
    for act in told.suspected_of:
        actions.record_offence(by=by, at=at, person=person, facts=_act(act))
    if told.earlier_referral is not None:
        _earlier(by, at, person, told.earlier_referral)
    return person


def _consent(told: facts.Consent) -> dict[str, Any]:
    return {
        "nrm": told.nrm,
        "wants_time": told.wants_time,
        "capacity": "" if told.capacity is None else str(told.capacity).lower(),
        "spoke_alone": told.spoke_alone,
        "interpreter": told.interpreter or "",
        "may_be_named": told.may_be_named,
    }


def _exploitation(told: facts.Exploitation) -> dict[str, Any]:
    return {
        "type": told.type or "",
        "from_date": _text(told.start),
        "to_date": _text(told.end),
        "where": list(told.where),
        "police_areas": list(told.police_areas),
        "still_in_situation": told.still_in_situation,
        "organised": told.organised,
    }


def _act(told: facts.SuspectedAct) -> dict[str, Any]:
    return {
        "act": told.act or "",
        "section": told.section or "",
        "title": told.title or "",
        "particulars": told.particulars or "",
        "on_from": _text(told.on.start) if told.on else "",
        "on_to": _text(told.on.start if told.on.single else told.on.end) if told.on else "",
        "where": told.where or "",
        "age_then_min": told.age_then_min,
        "age_then_max": told.age_then_max,
        "stage": told.stage or "",
    }


def _earlier(by: Member, at: datetime, person: Person, told: facts.EarlierReferral) -> None:
    actions.record_earlier_referral(
        by=by,
        at=at,
        person=person,
        facts={
            "route": told.route or "",
            "by": told.by or "",
            "on_date": _text(told.on),
            "reference": told.reference or "",
            "same_events": told.same_events,
            "decision": told.decision or "",
            "decided_on": _text(told.decided_on),
            "notice_on": _text(told.notice_on),
            "new_evidence": told.new_evidence,
        },
    )
