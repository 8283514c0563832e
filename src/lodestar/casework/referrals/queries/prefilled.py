"""What is answered before anybody writes: by the case, and by where whoever began the referral works."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from lodestar.casework.cases.models import Case, ConsentAnswer, Person
from lodestar.casework.cases.rules import ladder
from lodestar.casework.concerns.queries import sign_sentences
from lodestar.casework.ledger.models import ObligationAnswer
from lodestar.casework.ledger.queries.facts import as_talk
from lodestar.casework.referral_forms.rules.form import listed
from lodestar.casework.referral_forms.rules.known import interview, met_words, name_parts, of_the_writer
from lodestar.casework.referrals.models import Answer, ReferralDraft
from lodestar.platform.accounts.models import Membership
from lodestar.platform.accounts.permissions import ROLES
from lodestar.platform.obligations.closing_records import value_of
from lodestar.platform.obligations.encounter_reading import PersonReading
from lodestar.platform.text.reference_lists import reference_list

INTERVIEW = "where-how-interview-carried-out"
SPOKEN_TO = "local-authority-contacted-about-child-local-authority-last-name"
_crimes: list[Callable[[UUID], list[str]]] = []


def crimes_from(provider: Callable[[UUID], list[str]]) -> None:
    """Called once as Lodestar starts, by what knows both: crime numbers are another app's."""
    _crimes[:] = [provider]


def crime_numbers_of(person: Person) -> list[str]:
    """The crime numbers recorded for a person."""
    return [number for provider in _crimes for number in provider(person.id)]


@dataclass(frozen=True)
class Already:
    """What a caller has read of a person already: as the rules read them, the talks of their case (the latest last), and
    their crime numbers, where these were read too."""

    read: PersonReading
    talks: Sequence[ConsentAnswer]
    crimes: Sequence[str] | None


def of_the_case(person: Person, case: Case, already: Already) -> Mapping[str, str]:
    """What the case says besides the facts that rules read: its reference, the name, the signs seen, the talks, the crimes.
    `person` was read with its `signs_seen`."""
    field_answers = dict(_of_the_reference(case))
    field_answers.update(name_parts(person.name))
    field_answers.update(_of_the_signs(person))
    talks = [talk for talk in already.talks if talk.person_id == person.id]
    answers = [talk for talk in talks if not talk.leaves_referral]
    if answers:
        field_answers.update(_of_the_talk(answers[-1], ladder(as_talk(talk) for talk in talks).support))
    met = met_words(case.encountered_at, case.place)
    field_answers[INTERVIEW] = " ".join(filter(None, [met, field_answers.get(INTERVIEW, "")]))
    if person.language:
        field_answers["pv-interpreter-requirements-language"] = person.language
    field_answers[SPOKEN_TO] = _childrens_worker(person) if already.read.is_child else ""
    numbers = crime_numbers_of(person) if already.crimes is None else already.crimes
    field_answers.update(_of_crimes(numbers, field_answers.get("user-organisation", "")))
    return {field: words for field, words in field_answers.items() if words}


def _childrens_worker(person: Person) -> str:
    """Who children's services were told by, as it was written: whole, because nobody can tell its parts."""
    calls = ObligationAnswer.objects.filter(case=person.case_id, person=person, code="tell_childrens_services_now", record="call")
    row = calls.order_by("-recorded_at", "-id").first()
    return value_of(row.record, str(row.details or ""), "who") if row else ""


def _of_crimes(numbers: Sequence[str], force: str) -> Iterator[tuple[str, str]]:
    if not numbers:
        return
    yield "reported-to-police", "yes"
    yield "reported-to-police-crime-reference", ", ".join(numbers)
    if force in listed("police_forces"):
        yield "reported-to-police-police-forces", force


def of_whoever_began(writing: ReferralDraft, earlier: Iterable[Answer]) -> Mapping[str, str]:
    """What is known of whoever began it: from where they work, and what they last wrote of themselves in a referral."""
    rows = Membership.objects.filter(user=writing.begun_by_id).order_by("-from_date", "-id")
    place = getattr(writing, "begun_from", None) or rows.values("rank", "roles", "phone", name=F("user__name")).first()
    field_answers: dict[str, str] = {}
    if place is not None:
        roles = [ROLES[role].name for role in place["roles"] if role in ROLES]
        field_answers.update(of_the_writer(place["name"], place["rank"], roles, place["phone"]))
    in_order = sorted(earlier, key=lambda row: (row.written_at, row.number))
    field_answers.update({row.code: str(row.words) for row in in_order if row.words})
    return field_answers


def _of_the_reference(case: Case) -> Iterator[tuple[str, str]]:
    yield "reference", case.reference
    name = next((row["name"] for row in reference_list("reference", "tenants").rows if row["slug"] == case.tenant), "")
    if name in listed("organisations"):
        yield "user-organisation", name


def _of_the_signs(person: Person) -> Iterator[tuple[str, str]]:
    sentences = sign_sentences(getattr(person, "signs_seen", ()))
    if sentences:
        yield "modern-slavery-indicators", "yes"
        yield "modern-slavery-indicators-details", "\n".join(f"{sentence.rstrip('.')}." for sentence in sentences)


def _of_the_talk(talk: ConsentAnswer, wants_support: bool | None) -> Iterator[tuple[str, str]]:
    if wants_support is not None:
        yield "does-pv-need-support", "yes" if wants_support else "no"
    if talk.interpreter in ("not_needed", "independent"):
        yield "pv-interpreter-requirements", "no" if talk.interpreter == "not_needed" else "yes"
    if talk.language and talk.interpreter == "independent":
        yield "pv-interpreter-requirements-language", talk.language
    alone = {True: "alone", False: "not alone", None: ""}[talk.spoke_alone]
    yield INTERVIEW, interview(talk.asked_at, alone, talk.interpreter, language=talk.language, there=talk.who_was_there)
    if talk.nrm is False:
        yield "refuse-nrm", talk.refusal_reason
