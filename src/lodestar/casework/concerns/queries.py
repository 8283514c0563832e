"""Named reads: signs and words of a case, who decided what, and what of it the rules and the ledger see."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from lodestar.casework.cases.access import visible_cases
from lodestar.casework.cases.models import AllegedOffence, Case, Exploitation, Person
from lodestar.casework.concerns.models import OWN_WORDS, REPORTED, BeliefDecision, ImportedRow, Note, SignSeen, SuppressedImport
from lodestar.platform.accounts.access import Member
from lodestar.platform.obligations import facts
from lodestar.platform.obligations.obligation_status import Evidence
from lodestar.platform.tenancy import sealing
from lodestar.platform.tenancy.tenant_transaction import current_tenant
from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.text.text_normalise import one_line

JUST_NOW = timedelta(hours=1)
GROUNDS, NONE = "reasonable_grounds", "none"


def signs_of(case: Case) -> list[SignSeen]:
    """The signs recorded in the case and not taken back, as they were seen, with who wrote them down."""
    rows = SignSeen.objects.filter(case=case, withdrawn_at__isnull=True).select_related("recorded_by")
    return list(rows.order_by("seen_at", "recorded_at", "id"))


def signs_subquery() -> ArraySubquery:
    """The codes of the signs seen on a person or at the scene of their case, to be read with the person."""
    where = Q(person=OuterRef("pk")) | Q(person__isnull=True, case=OuterRef("case"))
    return ArraySubquery(SignSeen.objects.filter(where, withdrawn_at__isnull=True).order_by("seen_at", "id").values("code"))


def sign_sentences(codes: Iterable[str]) -> list[str]:
    """The sentences of these signs, each once."""
    sentences = {row["code"]: row["sentence"] for row in reference_list("concerns", "signs").rows}
    return [sentences[code] for code in dict.fromkeys(codes) if code in sentences]


def notes_of(case: Case, kinds: Sequence[str] = (OWN_WORDS, REPORTED)) -> list[Note]:
    """What was said in a person's own words, or by another system, oldest first, with who said it or took it in."""
    rows = Note.objects.filter(case=case, kind__in=kinds).select_related("recorded_by")
    return list(rows.order_by("recorded_at", "id"))


def words_said(case: Case) -> list[tuple[str, str, UUID | None]]:
    """The notes of a case, each with its kind and whose it is."""
    return list(Note.objects.filter(case=case, kind__in=(OWN_WORDS, REPORTED)).values_list("kind", "words", "person"))


def signs_on_person(person: Person) -> list[str]:
    """The signs laid on a person and not taken back, each as the list words it."""
    rows = SignSeen.objects.filter(person=person, withdrawn_at__isnull=True).order_by("seen_at", "id")
    return sign_sentences(rows.values_list("code", flat=True))


def known_people(case: Case) -> list[Any]:
    """The people of a case in their order, in one query, each with the codes of the signs laid on them (`sign_codes`), the kinds
    of exploitation recorded (`kinds`), and whether somebody answered whether they may be a victim (`is_answered`)."""
    of_person = {"person": OuterRef("pk")}
    rows = Person.objects.filter(case=case).annotate(
        sign_codes=ArraySubquery(SignSeen.objects.filter(**of_person, withdrawn_at__isnull=True).values("code")),
        kinds=ArraySubquery(Exploitation.objects.filter(**of_person).values("type")),
        is_answered=Exists(BeliefDecision.objects.filter(**of_person)),
    )
    return list(rows.order_by("number"))


def decisions_on(person: Person) -> list[BeliefDecision]:
    """Everything that was answered on one person, the latest first."""
    rows = BeliefDecision.objects.filter(person=person).select_related("by")
    return list(rows.order_by("-recorded_at", "-id"))


def is_taken(case: UUID, people: Iterable[UUID], *, by_us: bool) -> bool:
    """Whether one of these ids of new people, or of a new case, stands for something else. `by_us`: the case is known."""
    elsewhere = Person.objects.filter(id__in=list(people)).exclude(case=case).values("id")
    return (elsewhere if by_us else elsewhere.union(Case.objects.filter(id=case).values("id"))).exists()


def first_offences(people: Iterable[UUID]) -> dict[UUID, AllegedOffence]:
    """The act first recorded of each of these people: the one that the recording screens show."""
    rows = AllegedOffence.objects.filter(person__in=list(people)).order_by("-id")
    return {row.person_id: row for row in rows}


def bare_exploitations(people: Iterable[UUID]) -> list[Exploitation]:
    """Exploitation of these people of which nothing but its kind is recorded, so that signs alone may have made it."""
    bare = Exploitation.objects.filter(from_date="", to_date="", locality="", by_whom="", where=[], police_areas=[])
    return list(bare.filter(person__in=list(people), still_in_situation=None, organised=None))


def last_concern(member: Member, now: datetime) -> Case | None:
    """What the member recorded within the hour, so that it is gone on with and not recorded twice."""
    mine = visible_cases(member).filter(opened_by=member.user, recorded_at__gt=now - JUST_NOW, imported_as__isnull=True)
    return mine.order_by("-recorded_at").first()


def nation_of(tenant: str | None) -> str:
    """The nation whose law holds by default in what a force records."""
    rows = reference_list("reference", "tenants").rows
    return next((str(row["nation"]) for row in rows if row["slug"] == tenant), "england")


def events_and_evidence(
    cases: Sequence[UUID],
) -> tuple[dict[UUID, dict[UUID | None, list[facts.Event]]], dict[UUID, list[Evidence]]]:
    """When grounds were found later than at the meeting, and when it was decided that there are none yet; and the reason why
    there are none, where the latest answer gives one."""
    by_case: dict[UUID, dict[UUID | None, list[BeliefDecision]]] = defaultdict(lambda: defaultdict(list))
    rows: QuerySet[Any] = BeliefDecision.objects.filter(person__case__in=cases).annotate(of_case=F("person__case_id"))
    for row in rows.order_by("recorded_at", "id"):
        by_case[row.of_case][row.person_id].append(row)
    events = {case: {person: _events(decisions) for person, decisions in people.items()} for case, people in by_case.items()}
    latest = [(case, decisions[-1]) for case, people in by_case.items() for decisions in people.values()]
    evidence: dict[UUID, list[Evidence]] = defaultdict(list)
    for case, last in latest:
        if last.belief == NONE and last.because:
            who, by = str(last.person_id), str(last.by_id)
            reason = Evidence(who, "record_reason_no_grounds", "", "", "done", last.decided_at, by=by, reference=str(last.id))
            evidence[case].append(reason)
    return events, evidence


def _events(decisions: Sequence[BeliefDecision]) -> list[facts.Event]:
    belief_events: list[facts.Event] = [("no_grounds_decided", row.decided_at) for row in decisions if row.belief == NONE]
    run = list(takewhile(lambda row: row.belief == GROUNDS, reversed(decisions)))
    if run and run[-1].how == "decided":  # the first of those that say so: confirming it moves no clock
        belief_events.append(("belief_formed", run[-1].decided_at))
    return belief_events


CONCERN, ROW, PERSON, RECORD = "concern", "row", "person", "record"
Known = tuple[str, str]  # as what something came in, and by what it was known


def marked(item: Known) -> list[int]:
    """The marks of something, that of the newest key first. Of two forces they differ."""
    kind, key = item
    return sealing.marks(f"let go\n{current_tenant()}\n{kind}\n{key}", settings.FIELD_KEYS)


def find_erased(sought: Iterable[Known]) -> dict[Known, SuppressedImport]:
    """Of these what was let go and is still marked."""
    of = {mark: item for item in sought for mark in marked(item)}
    rows = SuppressedImport.objects.filter(mark__in=list(of)) if of else ()
    return {of[row.mark]: row for row in rows}


def key_of_sender(key: str, user: UUID) -> str:
    """The key of a concern, a row or a person for one sender alone, where somebody else has the first."""
    return hashlib.sha256(f"{key}\n{user}".encode()).hexdigest()


def key_of_person(case: UUID, reference: str) -> str:
    """What tells that two rows of a case are about one person; empty where the sender has no reference of their own for them."""
    return hashlib.sha256(f"{case}\n{reference}".encode()).hexdigest() if reference else ""


def references_of(cells: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """The references of the incident and the person in the cells of a row."""
    texts = {name: one_line(text) for name, text in cells}
    return texts.get("incident_ref", ""), texts.get("person_ref", "")


def import_identifiers(case: Case, rows: Sequence[ImportedRow], *, whole: bool) -> list[Known]:
    """By what these rows, and the whole case where it goes, were known when they came in. Not by a reference of a person under
    which somebody else of the case stays: what comes of those is no return."""
    stay = set() if whole else _of_others(case, {row.person_id for row in rows})
    identifiers: list[Known] = [(CONCERN, case.imported_as)] if whole and case.imported_as else []
    for row in rows:
        identifiers.append((ROW, row.key))
        cells = json.loads(str(row.typed))
        if isinstance(cells, list):  # of an encounter it is an object, and that is known by itself
            identifiers += _as_person(case, row, references_of([(str(name), str(text)) for name, text in cells]), stay)
    return identifiers


def _as_person(case: Case, row: ImportedRow, references: tuple[str, str], stay: set[tuple[str, UUID]]) -> Iterator[Known]:
    """By what reference the person of a row was known: the case's, or the own one of whoever could only add to it. Letting
    the latter's person go keeps out what others say under the same reference too, unless somebody stays who has it."""
    concern, plain = case.imported_as, key_of_person(case.id, references[1])
    if not (concern and plain and row.person_key) or any(key == row.person_key for key, _ in stay):
        return
    is_own = row.person_key == key_of_sender(plain, row.recorded_by_id)
    if is_own:
        yield from person_identifiers(*references, key_of_sender(concern, row.recorded_by_id))
    if not is_own or not any(key in (plain, key_of_sender(plain, user)) for key, user in stay):
        yield from person_identifiers(*references, concern)


def _of_others(case: Case, erased_people: set[UUID | None]) -> set[tuple[str, UUID]]:
    """By what the people of a case who stay are known from the rows that told of them, each with who brought it."""
    rows = (
        ImportedRow.objects.filter(case=case, person__isnull=False)
        .exclude(person_key="")
        .exclude(person__in=erased_people - {None})
    )
    return set(rows.values_list("person_key", "recorded_by"))


def person_identifiers(incident: str, person: str, concern: str) -> list[Known]:
    """By what a person of a row is known: the sender's reference of them, in an incident that has one."""
    return [(PERSON, f"{concern}\n{person}")] if person and incident and concern else []
