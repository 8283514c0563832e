"""Recording that somebody was arrested, arrived in custody, was released or charged: by hand, or from a list."""

from collections.abc import Iterable
from datetime import datetime

from lodestar.casework.case_facts.actions import record_event
from lodestar.casework.case_files.actions.people import change_offence, change_person, record_offence
from lodestar.casework.cases.models import AllegedOffence, Person
from lodestar.casework.cases.queries import who_to_tell
from lodestar.casework.cases.rules import ARRESTED, ARRIVED, HELD, RELEASED, custody_facts
from lodestar.casework.custody.models import ListedPerson
from lodestar.casework.custody.queries import may_endanger
from lodestar.casework.custody.rules import CHARGE, MATCHED, NOBODY, OF_A_SUSPECT, UNDECIDED, ListRow
from lodestar.casework.disclosures.actions import Words, record_disclosed
from lodestar.casework.disclosures.models import ImmigrationDisclosure
from lodestar.casework.ledger import ledger
from lodestar.casework.section45.actions import record_happened_without
from lodestar.casework.section45.models import OutcomeRecorded
from lodestar.casework.section45.rules.immigration_acts import is_immigration
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.audit.actions import audit
from lodestar.platform.notices.actions import notify
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.text.sorting import sort_key


def record_custody(*, by: Member, at: datetime, person: Person, kind: str, version: int) -> Person:
    """Records what happened at `at`, of the kinds of `casework/cases/rules.py`. A release ends what the custody desk sees of the
    person; without a release plan it is recorded all the same, and the plan is late from then. Of somebody who may endanger
    others of the case it is an event of theirs, of which they are informed. Raises ConcurrentEdit."""
    facts = custody_facts(kind, at, None if person.released_at else person.held_from)
    changed = {name: value for name, value in facts.items() if value != getattr(person, name)}
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="cases.person_changed"):
        now = change_person(by=by, at=at, person=person, version=version, facts=changed)
        if kind in OF_A_SUSPECT and may_endanger(person):
            record_event(by=by, at=at, case=person.case, kind=OF_A_SUSPECT[kind], person=person)
    return now


TAKEN = "custody.list_taken_in"


def keep_row(*, by: Member, at: datetime, row: ListRow, person: Person | None) -> tuple[ListedPerson, bool]:
    """Keeps a row of a list, once; a later list may only add that they arrived, were released or that immigration was informed.
    `person` is who it is by a reference: what happened to them is then recorded in their case at once. Whether it is new."""
    later = {name: getattr(row, name) for name in ("arrived_at", "released_at", "immigration_informed_at") if getattr(row, name)}
    stored, is_new = ListedPerson.objects.get_or_create(
        kind=row.kind, reference=row.reference, **row.suspected,
        defaults={
            "at": row.at, "name": row.name, "name_key": sort_key(row.name) if row.name else "", "birth_date": row.born,
            "is_immigration": row.is_immigration, "imported_at": at, "imported_by_id": by.user, **later,
        },
    )  # fmt: skip
    news = {name: value for name, value in later.items() if getattr(stored, name) != value}
    if news:
        ListedPerson.objects.filter(id=stored.id).update(**news)
        for name, value in news.items():
            setattr(stored, name, value)
    if person is not None and stored.state == UNDECIDED:
        match_row(by=by, at=at, row=stored, person=person)
    elif news and stored.person is not None:
        record_listed(by=by, at=at, row=stored, person=stored.person)
    return stored, is_new or bool(news)


def match_row(*, by: Member, at: datetime, row: ListedPerson, person: Person | None, is_decided: bool = False) -> None:
    """Records whose row it is, or that it is nobody recorded here. Raises ConcurrentEdit where it is decided already."""
    state = MATCHED if person else NOBODY
    decision = {"decided_at": at, "decided_by_id": by.user} if is_decided else {}
    if not ListedPerson.objects.filter(id=row.id, state=UNDECIDED).update(person=person, state=state, **decision):
        raise ConcurrentEdit(row)
    row.person, row.state = person, state
    audit(
        "custody.list_row_matched", by=by, at=at, subject=str(row.id), fields=[state],
        case=person.case_id if person else None, people=[person.id] if person else [],
    )  # fmt: skip
    if person is not None:
        record_listed(by=by, at=at, row=row, person=person)


def record_listed(*, by: Member, at: datetime, row: ListedPerson, person: Person) -> None:
    """Records in the case what a row says of its person: arrest and custody, or a charge, which is recorded as having happened
    whatever is open, and counted; and that immigration was informed."""
    with ledger.acting_on(person.case_id, by=by.user, at=at, code=TAKEN):
        offence = _offence(by, row, person)
        if row.kind == CHARGE:
            if not OutcomeRecorded.objects.filter(offence=offence, kind="charge").exists():
                words = f"From the list of charges, {row.reference}"
                record_happened_without(by=by, at=row.at, offence=offence, kind="charge", reason=words)
        else:
            _custody(by, row, person)
        if row.immigration_informed_at is not None and not _was_disclosed(row, person):
            words_of = Words(
                way="custody", recipient="Immigration Enforcement", power="Not in the custody list", purposes=["enforcement"],
                parts=["law_enforcement"], what="", reason=f"From the custody list, {row.reference}",
            )  # fmt: skip
            record_disclosed(by=by, at=row.immigration_informed_at, person=person, words=words_of)
        if row.is_immigration and not is_immigration(offence.act, offence.section, offence.title):
            _notify_immigration_arrest(by, at, person)
        audit(TAKEN, by=by, at=at, case=person.case_id, people=[person.id], subject=str(row.id), fields=[row.kind])


def raise_immigration_arrests(*, by: Member, at: datetime, offences: Iterable[AllegedOffence]) -> None:
    """Gives notice at once where a possible victim was arrested as an immigration offender (statutory guidance 2020, 11.27)."""
    for offence in offences:
        if offence.stage in ARRESTED and is_immigration(offence.act, offence.section, offence.title):
            _notify_immigration_arrest(by, at, offence.person)


def _notify_immigration_arrest(by: Member, at: datetime, person: Person) -> None:
    """Those who decide what immigration hears."""
    if "possible_victim" in person.roles or person.belief in ("reasonable_grounds", "signs_only"):
        to = who_to_tell(person.case, Permission.IMMIGRATION_DECIDE)
        notify(to=to, kind="immigration_arrest", by=by, at=at, case=person.case_id, person=person.id)


def _offence(by: Member, row: ListedPerson, person: Person) -> AllegedOffence:
    """What they are suspected of, as the list has it: the offence recorded under the same words, or a new one. A row that names
    no offence is never taken for one that has a name."""
    facts = {name: getattr(row, name) for name in ("act", "section", "title")}
    same = {f"{name}__iexact": value for name, value in facts.items() if value or name != "title" or not row.act}
    offence = AllegedOffence.objects.filter(person=person, **same).order_by("id").first()
    if offence is None:
        stage = {} if row.kind == CHARGE else {"stage": "arrest"}
        return record_offence(by=by, at=row.at, person=person, facts=facts | stage)
    if row.kind != CHARGE and offence.stage in ("", "stop"):
        return change_offence(by=by, at=row.at, person=person, offence=offence, facts={"stage": "arrest"})
    return offence


def _custody(by: Member, row: ListedPerson, person: Person) -> None:
    """Arrest, arrival and release, as far as nothing later is recorded."""
    for kind, at in ((HELD, row.at), (ARRIVED, row.arrived_at), (RELEASED, row.released_at)):
        now = Person.objects.get(id=person.id)
        last = max((time for time in (now.held_from, now.in_custody_from, now.released_at) if time), default=None)
        is_known = kind == HELD and now.held_from is not None and now.released_at is None
        if at is not None and not is_known and (last is None or at >= last):
            record_custody(by=by, at=at, person=now, kind=kind, version=now.version)


def _was_disclosed(row: ListedPerson, person: Person) -> bool:
    of_person = ImmigrationDisclosure.objects.filter(person=person, way="custody")
    return of_person.filter(told_at=row.immigration_informed_at).exists()
