"""What is told on purpose of some cases (`data/scripted.toml`), each through the action of the page on which it is recorded."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from lodestar.casework.allocation import actions as allocations
from lodestar.casework.allocation.models import Allocation
from lodestar.casework.case_facts.actions import change_earlier_referral, record_found, record_missing
from lodestar.casework.case_files.actions.case import seal_case
from lodestar.casework.cases.models import AllegedOffence, Case, Person
from lodestar.casework.disclosures import actions as address_disclosures
from lodestar.casework.disclosures.actions import Words, decide_disclosure, propose_disclosure, record_disclosed, tell_as_approved
from lodestar.casework.ledger.actions import answer_duty
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.safe_addresses.actions import name_viewer, record_address
from lodestar.casework.section45 import actions as section45
from lodestar.demo.concerns import PlannedConcern, listed
from lodestar.demo.work import Life, Office
from lodestar.exchange.imports.import_rows import record_row
from lodestar.intelligence.earlier_records.actions.prompts import answer_yes
from lodestar.intelligence.earlier_records.actions.records import keep_records
from lodestar.intelligence.earlier_records.models import EarlierRecordMatch, Prompt
from lodestar.platform.obligations.closing_records import boxed, closing_of
from lodestar.platform.time.days import london_date

# A canary: an address that no page, list, search, log or file may hold but its own.
CANARY = "Flat 9, Canary Wharfinger's House, Nightjar Close"
Row = Mapping[str, Any]


def take_in_record(office: Office, concern: PlannedConcern, row: Row) -> None:
    """A record of another system is taken in, before anybody recorded a concern."""
    person, at = concern.people[0], concern.met - timedelta(days=row["days"])
    born = person.facts["birth_date"]
    cells = {
        "record_ref": f"{row['kind'][:2].upper()}/{office.number()}", "name": person.name, "narrative": row["narrative"],
        "born": f"{born[8:]}/{born[5:7]}/{born[:4]}", "happened_at": at.strftime("%d/%m/%Y %H:%M"),
        "offence": row.get("offence", ""),
    }  # fmt: skip
    record = record_row([(name, words) for name, words in cells.items() if words], [], row["kind"], office.clock.now())
    keep_records(by=office.members["analyst"], at=office.clock.now(), records=[record], file_name=f"{row['kind']}.csv")


def answer_questions(office: Office, case: Case) -> None:
    """The coordinator answers what was asked before the concern, once it is recorded."""
    about = EarlierRecordMatch.objects.filter(person__case=case).values("earlier_person")
    for prompt in Prompt.objects.filter(state="open", earlier_person__in=about):
        answer_yes(by=office.members["coordinator"], at=office.clock.now(), prompt=prompt, version=prompt.version, case=case)


def slip(office: Office, life: Life, row: Row, *, is_late: bool) -> None:
    """A step of safety was not possible when it was due, or was done late, at a time that somebody gave."""
    case = Case.objects.get(id=life.case)
    owed = list(Obligation.objects.filter(case=case, code=row["code"], state="open"))
    by, at = office.members[life.officer], office.clock.now()
    if not is_late:
        answer_duty(by=by, at=at, case=case, obligations=owed, kind="not_possible", because=row["reason"])
        return
    words = listed("records")["done"][row["code"]][0][closing_of(row["code"]).needs[0]]
    at = at.replace(second=0, microsecond=0)  # a time that somebody gave
    answer_duty(by=by, at=at, case=case, obligations=owed, kind="done", record=boxed(row["code"], words))


def happen(office: Office, life: Life, row: Row) -> None:
    """One event of a case happens, of its first person."""
    person = Person.objects.select_related("case").filter(case=life.case).order_by("number")[0]
    _ACTS[row["act"]](office, life, person, row)


def _earlier_referral(office: Office, life: Life, person: Person, row: Row) -> None:
    on = london_date(life.concern.met) - timedelta(days=row["days"])
    facts = {"route": "nrm", "by": row["by"], "on_date": on.isoformat(), "same_events": True}
    change_earlier_referral(by=office.members["coordinator"], at=office.clock.now(), person=person, facts=facts)


def _words(row: Row, why: str, purpose: str) -> Words:
    return Words(row["way"], row["recipient"], "Immigration Act 2016 s55", [purpose], ["law_enforcement"], row["words"], why)


def _disclose_to_immigration(office: Office, life: Life, person: Person, row: Row) -> None:
    words = _words(row, "It was done on the spot.", "enforcement")
    row_told = record_disclosed(by=office.members[life.officer], at=office.clock.now(), person=person, words=words)
    at, because = office.clock.pass_by(240), listed("words")["told_wrongly"]
    decide_disclosure(by=office.members["inspector"], at=at, disclosure=row_told, approved=False, because=because)


def _ask_immigration(office: Office, life: Life, person: Person, row: Row) -> None:
    proposer, clock = office.members["investigator"], office.clock
    words = _words(row, "The investigation needs it before the end of the week.", "harm" if row["approved"] else "investigation")
    disclosure = propose_disclosure(by=proposer, at=clock.now(), person=person, words=words)
    at = clock.pass_by(115)
    decide_disclosure(
        by=office.members["inspector"], at=at, disclosure=disclosure, approved=row["approved"], because=row["because"]
    )
    if row.get("told"):
        at = clock.pass_by(70)
        disclosure.refresh_from_db()
        tell_as_approved(by=proposer, at=at, disclosure=disclosure)


def _outcome(kind: str, without: bool, office: Office, life: Life, person: Person, row: Row) -> None:
    offence = AllegedOffence.objects.select_related("person__case").filter(person=person).order_by("id")[0]
    record = section45.record_happened_without if without else section45.record_outcome
    record(by=office.members["investigator"], at=office.clock.now(), offence=offence, kind=kind, reason=row["words"])


def _below_pip2(office: Office, life: Life, person: Person, row: Row) -> None:
    seen = Allocation.objects.filter(case=life.case).count()
    allocations.record_happened_without(
        by=office.members["allocation"], at=office.clock.now(), case=person.case, seen=seen, reason=row["words"],
        owner=office.members[row.get("by", "trainee")].user,
    )  # fmt: skip


def _missing(office: Office, life: Life, person: Person, row: Row) -> None:
    details = {"by_whom": "The placement", "reference": f"MP/{office.number()}"}
    record_missing(by=office.members[life.officer], at=office.clock.now(), person=person, details=details)


def _find_again(office: Office, life: Life, person: Person, row: Row) -> None:
    details = {"by_whom": "Norfolk Constabulary", "locality": "Railway station, Norwich"}
    record_found(by=office.members[life.officer], at=office.clock.now(), person=person, details=details)


def _address(office: Office, life: Life, person: Person, row: Row) -> None:
    viewers: list[UUID] = [office.members["coordinator"].user]
    by = office.members[life.officer]
    record_address(by=by, at=office.clock.now(), person=person, address=CANARY, viewers=viewers)
    reason, at = "Meets her there with the support worker", office.clock.pass_by(20)
    name_viewer(by=by, at=at, person=person, viewer=office.members["liaison"].user, reason=reason)


def _tell_address(office: Office, life: Life, person: Person, row: Row) -> None:
    asked = address_disclosures.ask_to_tell(
        by=office.members["liaison"], at=office.clock.now(), person=person, recipient="Fenmarch County Council, housing",
        power="Housing Act 1996 s213", use="safeguarding",
        reason="They house her from Monday and must know where to collect her.",
    )  # fmt: skip
    at = office.clock.pass_by(90)
    because = "She agreed, and they keep it to one officer."
    address_disclosures.decide_address_disclosure(
        by=office.members["inspector"], at=at, telling=asked, approved=True, because=because
    )
    asked.refresh_from_db()
    at = office.clock.pass_by(45)
    address_disclosures.tell_address(by=office.members["liaison"], at=at, telling=asked)


def _seal(office: Office, life: Life, person: Person, row: Row) -> None:
    owners = [office.members[name].user for name in ("investigator", "investigator2", "inspector", "coordinator")]
    at = office.clock.now()
    seal_case(by=office.members["inspector"], at=at, case=person.case, reason=row["words"], owners=owners)


Act = Callable[[Office, Life, Person, Row], None]
_ACTS: Mapping[str, Act] = {
    "earlier_referral": _earlier_referral,
    "told_immigration": _disclose_to_immigration,
    "ask_immigration": _ask_immigration,
    "charged_without_record": partial(_outcome, "charge", True),
    "cautioned_without_record": partial(_outcome, "caution", True),
    "charged": partial(_outcome, "charge", False),
    "below_pip2": _below_pip2,
    "missing": _missing,
    "found": _find_again,
    "address": _address,
    "tell_address": _tell_address,
    "seal": _seal,
}
