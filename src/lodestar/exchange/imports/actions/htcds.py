"""Cases of HTCDS records and references of other systems taken in, each once."""

from datetime import datetime

from lodestar.casework.cases.access import visible_cases
from lodestar.casework.cases.models import Case, Person
from lodestar.casework.investigations.actions import SharedNumber, record_crime
from lodestar.casework.investigations.models import Crime
from lodestar.exchange.exports.access import chosen
from lodestar.exchange.exports.actions import as_reference, keep_references
from lodestar.exchange.exports.models import ExternalReference
from lodestar.exchange.imports.actions.earlier_reports import SaysOtherwise, content_of
from lodestar.exchange.imports.actions.encounter_import import Imported, import_concern, import_key
from lodestar.exchange.imports.import_files import RowRejected
from lodestar.exchange.imports.rules.htcds import CRIME, Incoming, Returned
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.obligations.encounter_form import encounter_form
from lodestar.platform.time.uk_dates import CannotRead, read_when

RECORDED, STOOD = "recorded", "were already here"


def case_to_take_for(member: Member, reference: str) -> Case | None:
    """The case of this reference for which the member may keep what came back; None for any other, which look the same."""
    if not member.may(Permission.GIVE_OUT):
        return None
    return visible_cases(member).filter(reference=reference).first()


def take_reference(*, by: Member, at: datetime, entry: Returned, applies: bool) -> tuple[str, str]:
    """Keeps a reference that came back in a table, once: a crime number by the rules of its page, else beside the case: whether
    it was recorded or stood already, and of what it is one. Without `applies` only says what would become. Raises RowRejected."""
    case = case_to_take_for(by, entry.case)
    if case is not None and applies:  # what stands already, and who may know of it, is asked under the lock
        Case.objects.select_for_update().get(id=case.id)
        case = case_to_take_for(by, entry.case)
    if case is None:
        raise RowRejected(f"no case {entry.case} is there for {by.username}")
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
    people = {person.number: person for person in chosen(case, [])}
    person = people.get(entry.person)
    if person is None:
        raise RowRejected(f"{entry.case} has no person {entry.person}")
    words, number = f"{entry.case}/{entry.person}, crime {entry.reference}", as_reference(entry.reference)
    holders = set(Crime.objects.filter(person__in=people.values(), number=number).values_list("person", flat=True))
    if person.id in holders:
        return STOOD, words
    another = f"{entry.reference} is another person’s in {entry.case}: each victim has a separate crime"
    if holders:
        raise RowRejected(another)
    if applies:
        try:
            record_crime(by=by, at=at, person=person, kind="recorded", number=number)
        except SharedNumber:
            raise RowRejected(another) from None
    return RECORDED, words


def _when(words: str, now: datetime) -> datetime:
    try:
        written = read_when(words, now)
    except CannotRead as refusal:
        raise RowRejected(f"at: {refusal}") from None
    return written.latest(now) if written else now


def import_case(*, by: Member, at: datetime, incoming: Incoming) -> Imported:
    """Makes a case of what came, once, with the names, languages and notes that `assess` does not take; of a file that we wrote
    ourselves nothing. Raises SaysOtherwise, and WasLetGo for one that was let go."""
    if (own := _own_case(by, incoming)) is not None:
        return Imported(own, is_new=False, reference=own.reference)
    sent = encounter_form(incoming.encounter) | {"names": list(incoming.names)}
    # Where the file does not say when they were met the time of the import stands for it, and is no part of what it is known by.
    key = import_key(incoming.encounter, sent if incoming.is_dated else sent | {"encountered_at": None})
    more = [{"name": name, "language": of} for name, of in zip(incoming.names, incoming.languages, strict=True)]
    whole = [{**columns, "remark": remark} for columns, remark in zip(more, incoming.remarks, strict=True)]
    content = content_of(incoming.encounter, whole, is_dated=incoming.is_dated)
    return import_concern(
        by=by, at=incoming.encounter.encountered_at, encounter=incoming.encounter, key=key, content=content, more=more,
        remarks=incoming.remarks,
    )  # fmt: skip


def _own_case(by: Member, incoming: Incoming) -> Case | None:
    """The case of ours that the records were written from, as far as the member sees it; None for anybody else's. Raises
    SaysOtherwise where people of ours are among others."""
    ids = {record for record in incoming.records if record is not None}
    people = Person.objects.filter(id__in=ids, case__in=visible_cases(by)).select_related("case") if ids else ()
    cases = {person.case_id: person.case for person in people}
    if not cases:
        return None
    own = next(iter(cases.values()))
    if len(cases) > 1 or len(people) < len(incoming.records):
        raise SaysOtherwise(f"it holds people of our own {own.reference} beside others: add the others to that case")
    return own
