"""Checking texts before they leave, under the system's own access: it looks for values that the reader may not be shown.

Each check is a look of the system in the log (Data Protection Act 2018 section 62), with the people whose values it read.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet, Value
from django.utils import timezone

from lodestar.casework.cases.models import Case, ConsentAnswer, EarlierReferral, Person
from lodestar.casework.redaction.models import RedactionDecision
from lodestar.casework.safe_addresses.models import ContactRule, SafeAddress
from lodestar.platform.audit.actions import audit
from lodestar.platform.names.highlighting import KnownValue, Match, highlight, key_of, may_keep, values_of_name, values_of_text
from lodestar.platform.names.reported import reported_values

SYSTEM = UUID(int=0)

References = QuerySet[Any, Any]  # pairs: whose each is, and the reference

_references: list[Callable[[UUID], References]] = []


def references_from(provider: Callable[[UUID], References]) -> None:
    """Called as Lodestar starts by each app that holds references of the people of a case."""
    _references.append(provider)


@dataclass(frozen=True)
class LeavingText:
    """A text that is to leave, as it is held. `is_written`: a named person wrote it for this use, so that it needs no decision
    where nothing in it matches."""

    field: str
    label: str
    text: str
    is_written: bool = True


@dataclass(frozen=True)
class CheckedText:
    """One text with what was decided of it last. `known` are the values it was checked against."""

    leaving: LeavingText
    use: str
    checked_against: Sequence[KnownValue]
    decision: RedactionDecision | None = None

    @cached_property
    def text(self) -> str:
        """The text as it would leave: as it was edited where it was decided."""
        return str(self.decision.text) or self.leaving.text if self.decision else self.leaving.text

    @cached_property
    def matches(self) -> tuple[Match, ...]:
        """What in it matches."""
        return highlight(self.text, self.checked_against)

    @cached_property
    def is_clear(self) -> bool:
        """Whether it may leave: nothing matches, or a decision on this very text keeps each match that may be kept."""
        if self.decision is None:
            return self.leaving.is_written and not self.matches
        kept_keys = {row["key"] for row in json.loads(str(self.decision.kept))}
        return all(may_keep(match, self.use) != "never" and key_of(match) in kept_keys for match in self.matches)


@dataclass(frozen=True)
class Subject:
    """What texts are about: a case, and where it is one person's record that person. `people` are those of the case, where they
    were read already; `more` are values that the caller holds besides, such as the answers of a referral."""

    case: Case
    person: Person | None = None
    people: Sequence[Person] = ()
    more: Sequence[KnownValue] = ()


def check_texts(subject: Subject, use: str, texts: Iterable[LeavingText]) -> list[CheckedText]:
    """Each text that is not empty, checked against everything held in the case and in sealed cases, and written down."""
    leaving = [leaving_text for leaving_text in texts if leaving_text.text.strip()]
    if not leaving:
        return []
    values = known_values(subject, use, [leaving_text.field for leaving_text in leaving])
    decided = _decisions(subject, use)
    return [
        CheckedText(leaving_text, use, values, decided.get((leaving_text.field, sha256_of(leaving_text.text))))
        for leaving_text in leaving
    ]


def known_values(subject: Subject, use: str, fields: Iterable[str] = ()) -> list[KnownValue]:
    """Everything that texts about this subject are checked against before they leave. The look is written down."""
    values = [*_known_values(subject), *subject.more]
    people = sorted({UUID(value.person) for value in values if value.person and value.owner != "sealed"})
    audit(
        "cases.texts_checked", by=SYSTEM, role="system", at=timezone.now(), case=subject.case.id, people=people, subject=use,
        fields=fields,
    )  # fmt: skip
    return values


def sha256_of(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


def _decisions(subject: Subject, use: str) -> dict[tuple[str, str], RedactionDecision]:
    """The latest decision on each text, by its field and SHA-256."""
    rows = RedactionDecision.objects.select_related("decided_by").filter(case=subject.case, person=subject.person, use=use)
    return {(row.field, row.source_sha256): row for row in rows.order_by("decided_at", "id")}


def _known_values(subject: Subject) -> Iterator[KnownValue]:
    case = subject.case
    owners: dict[UUID, str] = {}
    yield KnownValue("reference", case.reference, "own")
    for person in subject.people or Person.objects.filter(case=case):
        owners[person.id] = _owner(person, subject.person)
        yield from values_of_name(person.name, owners[person.id], str(person.id))
        yield KnownValue("birth", person.birth_date, owners[person.id], str(person.id))
    for whose, kept, is_address in _places(case):
        owner = owners.get(whose, "sealed")
        owner = owner if owner in ("exploiter", "sealed") else "place"
        for line in reported_values(str(kept)):
            yield from values_of_text(line, owner, str(whose), is_address=is_address)
    for whose, reference_or_name in _references_and_sealed_names(case):
        owner = owners.get(whose, "sealed")
        yield KnownValue("reference", reference_or_name, owner, str(whose))
        yield from values_of_name(reference_or_name, owner, str(whose)) if owner == "sealed" else ()


def _places(case: Case) -> QuerySet[Any, Any]:
    """Where people of the case and of sealed cases are, and what they are contacted by; whether it is an address."""
    known = Q(person__case=case) | Q(person__case__sealed=True)
    addresses = SafeAddress.objects.filter(known).values_list("person_id", "address", Value(True))
    rules = ContactRule.objects.filter(known).annotate(is_address=ExpressionWrapper(Q(channel="letter"), BooleanField()))
    return addresses.union(rules.values_list("person_id", "to_use", "is_address"), all=True)


def _references_and_sealed_names(case: Case) -> QuerySet[Any, Any]:
    """Whose and what, in one query: references of the people of the case, and names and references of other sealed cases."""
    sealed = Person.objects.filter(case__sealed=True).exclude(case=case)
    return sealed.values_list("id", "name").union(
        sealed.values_list("id", "case__reference"),
        EarlierReferral.objects.filter(person__case=case).values_list("person", "reference"),
        ConsentAnswer.objects.filter(person__case=case).values_list("person", "job_number"),
        *(provider(case.id) for provider in _references),
    )


def _owner(mentioned_person: Person, person: Person | None) -> str:
    if person is not None and mentioned_person.id == person.id:
        return "own"
    if "possible_victim" in mentioned_person.roles or not mentioned_person.roles:
        return "own" if person is None else "victim"
    return "exploiter" if "exploiter" in mentioned_person.roles else "other"
