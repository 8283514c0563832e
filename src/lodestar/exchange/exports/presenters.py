"""A case for the force's own systems in words: the paragraph for the incident log, in which nobody is named but officers; the
crime-record pack of one victim, field by field; the intelligence submission. Each as text."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from lodestar.casework.cases.models import Case, Exploitation, Person
from lodestar.casework.cases.presenters import DO_NOT_ASK, PLACES, age_words, videos
from lodestar.casework.cases.rules import evidence_summary
from lodestar.casework.concerns.models import SignSeen
from lodestar.casework.concerns.rules import signs_on
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.redaction.access import CheckedText, LeavingText
from lodestar.casework.referral_forms.rules.made import Linked
from lodestar.exchange.exports.queries import Given, Holding, Order, has_done_it, is_victim, places_ticked
from lodestar.exchange.exports.rules.files import HELD
from lodestar.exchange.exports.rules.own_systems import Filled, as_text, crime_fields, filled, grades_on
from lodestar.platform.accounts.queries import names_of
from lodestar.platform.audit.presenters import capital
from lodestar.platform.design.when import day_time, moment, on
from lodestar.platform.design.words import in_words, listed
from lodestar.platform.names.reported import is_of_a_system
from lodestar.platform.reference.queries import exploitation_names
from lodestar.platform.text.text_normalise import one_line
from lodestar.platform.time.days import london_date
from lodestar.platform.time.uk_dates import day_in_words

MARKING = "OFFICIAL-SENSITIVE"
KIND_OF_CRIME = (
    "Modern slavery (Modern Slavery Act 2015), one crime for this victim. The recorder decides the offence and its "
    "Home Office class"
)
NO_CONTACT = (
    "Not given here. Do not send a letter, message or call from any system: ask the officer in the case first, "
    "because the exploiter may answer"
)
_WHERE = {"uk": "in the United Kingdom", "overseas": "abroad"}
_THREATS = {"person": "to them", "family_uk": "to their family here", "family_abroad": "to their family abroad"}
_GENDERS = {"female": "Female", "male": "Male", "unknown": "They do not identify as male or female"}
# Where they were met, but for what tells that they were held for something.
_MET = {code: words for code, words in PLACES.items() if code not in HELD}
_TYPED = ("circumstances", "said", "first_account", "kept", "language")
_DIED = {None: "", False: "Yes, recorded as dead", True: "No, alive at the encounter"}


@dataclass(frozen=True)
class Pack:
    """One pack as it was made: its head, its fields, and the whole as plain text."""

    head: tuple[str, ...]
    lines: tuple[Filled, ...]

    @property
    def text(self) -> str:
        """The whole."""
        return as_text(self.head, ((line.label, line.value) for line in self.lines))


def pack_texts(holding: Holding, order: Order) -> list[LeavingText]:
    """What of the fields was typed as free text, to be checked before it leaves."""
    field_values = values(holding)
    typed = {
        "met": holding.person.case.encountered_as, "place": holding.person.case.place,
        "name": "" if holding.person.name.strip() else "typed",
        "suspects": "" if all(suspect.name.strip() for suspect in holding.suspects) else "typed",
        **dict.fromkeys((*_TYPED, *_from_referral(holding)), "typed"),
    }  # fmt: skip
    return [
        LeavingText(field.code, field.label, field_values.get(field.code, "")) for field in order.fields if typed.get(field.code)
    ]


def pack(
    holding: Holding, order: Order, checked: Sequence[CheckedText] = (), *, made_by: str, now: datetime, marking: str = MARKING
) -> Pack:
    """The pack of one victim at a moment, in the force's order, its texts as they were `checked`."""
    lines = filled(order.fields, {**values(holding), **{text.leaving.field: text.text for text in checked}})
    head = (marking, f"Crime record of one victim, for {order.system}", f"Made {day_time(now)}, by {made_by}")
    return Pack(head, lines)


def values(holding: Holding) -> dict[str, str]:
    """What each field says, of the case and of the referral; empty where neither says it. None says where anybody is or how to
    reach them."""
    said = _of_the_case(holding)
    added = {code: "\n".join(filter(None, (said[code], words))) for code, words in _from_referral(holding).items()}
    return {**said, **added}


def _from_referral(holding: Holding) -> dict[str, str]:
    """What the referral says, each with its source."""
    said = holding.referral
    linked = [Linked(str(row.id), row.name.strip(), described(row), row.language.strip()) for row in holding.people]
    state, at = ("sent", said.sent_at) if said.sent_at else ("draft of", said.at)
    source = f"From the referral {state} {day_time(at)}" if at else ""
    return {code: f"{source}: {words}" for code, words in crime_fields(said, linked).items()}


def _of_the_case(holding: Holding) -> dict[str, str]:
    person, case = holding.person, holding.person.case
    return {
        "our_reference": f"{case.reference}/{person.number}",
        "kind_of_crime": KIND_OF_CRIME,
        "recorded_here": day_time(case.recorded_at),
        "met": case.encountered_as or day_time(case.encountered_at),
        "place": capital(_joined((shareable_place(case.place, [person.place]), _MET.get(person.place, "")))),
        "happened": _joined(_when(exploitation) for exploitation in holding.exploitation),
        "where_it_happened": _joined(_where(exploitation) for exploitation in holding.exploitation),
        "exploitation": _kinds(holding.exploitation),
        "name": person.name.strip() or _described(person),
        "born": day_in_words(person.birth_date),
        "age": age_words(person, on(case.encountered_at)),
        "gender": _GENDERS.get(holding.referral.answers.get("pv-gender", ""), ""),
        "nationality": _nationality(holding),
        "language": person.language.strip(),
        "died": _DIED[person.alive],
        "contact": NO_CONTACT,
        **_what_happened(holding),
        "suspects": _joined(
            suspect.name.strip() or _described(suspect) or f"Person {suspect.number}" for suspect in holding.suspects
        ),
        "others": _others(holding),
        "officer": case.opened_by.name,
        "investigator": case.owner.name if case.owner else f"{case.interim_owner.name}, until a detective has it",
        "crime_number": ", ".join(getattr(person, "crime_numbers", [])),
    }


def _what_happened(holding: Holding) -> dict[str, str]:
    sentences = {sign.code: sign.sentence for sign in signs_on(london_date(holding.person.case.encountered_at))}
    seen = dict.fromkeys(sentences.get(row.code, row.code.replace("_", " ")) for row in holding.signs)
    watch = [*videos(holding.accounts), *([DO_NOT_ASK] if holding.accounts else [])]
    return {
        "circumstances": holding.person.case.what,
        "said": "\n".join(f"{note.words} ({note.recorded_by.name})" for note in holding.notes),
        "signs": "; ".join(seen),
        "threats": capital(listed([_THREATS.get(threat, threat) for threat in holding.person.threats])),
        "first_account": ". ".join(words.rstrip(".") for words in watch),
        "kept": _joined([*(evidence_summary(row.kept, row.more) for row in holding.accounts), *holding.kept]),
    }


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(part for part in parts if part))


def shareable_place(place: str, ticked: Sequence[str]) -> str:
    """A place on one line; nothing of it where what was ticked says that somebody is held there."""
    return "" if HELD.intersection(ticked) else one_line(place)


def described(person: Person) -> str:
    """What is said of somebody; nothing where it is the reference of another system."""
    return "" if is_of_a_system(person.description) else person.description.strip()


def _described(person: Person) -> str:
    description = described(person)
    return f"Name not known: {description}" if description else ""


def _kinds(rows: Iterable[Exploitation]) -> str:
    names = exploitation_names()
    return capital(_joined(names.get(row.type, "") for row in rows if row.type != "unknown"))


def _when(exploitation: Exploitation) -> str:
    span = " ".join(
        f"{word} {day_in_words(day)}" for word, day in (("from", exploitation.from_date), ("to", exploitation.to_date)) if day
    )
    still = "continuing at the encounter" if exploitation.still_in_situation and not exploitation.to_date else ""
    return capital(", ".join(part for part in (span, still) if part))


def _where(exploitation: Exploitation) -> str:
    areas = listed([area.replace("-", " ").title() for area in exploitation.police_areas])
    return capital(
        ", ".join(part for part in (listed([_WHERE.get(place, place) for place in exploitation.where]), areas) if part)
    )


def _nationality(holding: Holding) -> str:
    nationalities = [holding.referral.answers.get(code, "") for code in ("pv-nationality", "pv-nationality-second")]
    british = {True: "British", False: "Not British; nationality not recorded", None: ""}[holding.person.british]
    return listed([nationality for nationality in nationalities if nationality]) or british


def _others(holding: Holding) -> str:
    """How many others, and never who: each has a record of their own."""
    number = sum(is_victim(person) for person in holding.people if person.id != holding.person.id)
    if not number:
        return "None recorded so far"
    return f"{in_words(number)} more recorded, {'with a separate crime' if number == 1 else 'each with a separate crime'}"


def given_lines(given: Sequence[Given], user: UUID, now: datetime) -> list[str]:
    """When something was put into another system, and by whom."""
    names = names_of(by for _, by in given) if given else {}
    return [f"{moment(at, now)}, by {'you' if by == user else names.get(by, 'a colleague')}" for at, by in given]


def list_victims(people: Sequence[Person]) -> list[Person]:
    """The people of a case who have a pack."""
    return [person for person in people if is_victim(person)]


NOT_SAID = "Nothing said"
LABELS = (
    ("source", "Source evaluation"),
    ("assessment", "Intelligence assessment"),
    ("handling", "Handling code"),
    ("conditions", "Handling conditions"),
    ("provenance", "Provenance"),
    ("text", "Information"),
)
TITLE = "Intelligence submission, 3x5x2"


def proposed(case: Case, people: Sequence[Person], kinds: Sequence[Exploitation], signs: Sequence[SignSeen]) -> str:
    """A text to begin with: what happened, what was seen, who is said to have done it. It is checked before it leaves."""
    sentences = {sign.code: sign.sentence for sign in signs_on(on(case.encountered_at))}
    place = shareable_place(case.place, places_ticked(people))
    victims = sum(is_victim(person) for person in people)
    names = exploitation_names()
    types = dict.fromkeys(names[row.type].lower() for row in kinds if row.type in names and row.type != "unknown")
    seen = dict.fromkeys(sentences.get(row.code, row.code.replace("_", " ")) for row in signs)
    done_by = [_said_to_have_done_it(person) for person in people if has_done_it(person)]
    parts = (
        f"{case.encountered_as or day_time(case.encountered_at)}{f', {place}' if place else ''}.",
        f"{in_words(victims)} may have been exploited{f': {listed(list(types))}' if types else ''}." if victims else "",
        case.what,
        f"Seen: {'; '.join(seen)}." if seen else "",
        f"Alleged to have done it: {'; '.join(done_by)}." if done_by else "",
    )
    return "\n".join(part for part in parts if part)


def _said_to_have_done_it(person: Person) -> str:
    speaks = f"speaks {person.language}" if person.language else ""
    details = (person.name.strip(), described(person), speaks)
    return ", ".join(part for part in details if part) or "someone with no other details recorded"


def sheet_texts(answers: Mapping[str, str]) -> list[LeavingText]:
    """What of the sheet is free text, to be checked before it leaves."""
    return [LeavingText(name, label, answers.get(name, "")) for name, label in LABELS[3:]]


def entries(answers: Mapping[str, str], day: date) -> list[tuple[str, str]]:
    """The sheet, line by line, of answers that are whole."""
    words = {grade.code: grade.words for grade in grades_on(day)}
    return [(label, words.get(answers.get(name, ""), answers.get(name, "").strip()) or NOT_SAID) for name, label in LABELS]


def head(case: Case, made_by: str, now: datetime, marking: str) -> tuple[str, ...]:
    """What stands above it."""
    return (marking, TITLE, f"Our reference: {case.reference}", f"Submitted {day_time(now)}, by {made_by}")


CHILD = "tell_childrens_services_now"
# The lines of the first hour, as done and as still to do. The question of section 45 of the Modern Slavery Act 2015 is no matter
# of a log.
LINES = {
    "make_safe": ("danger dealt with", "deal with danger"),
    "medical_and_basic_care_first": ("care given", "give care"),
    "see_alone_with_independent_interpreter": ("spoken to alone", "speak to them alone"),
    "establish_age": ("age asked", "ask their age"),
    CHILD: ("children’s services informed", "tell children’s services"),
    "safe_place": ("a place for tonight decided", "decide a place for tonight"),
}


def log_texts(case: Case, people: Sequence[Person]) -> list[LeavingText]:
    """What of the paragraph was typed as free text, to be checked before it leaves."""
    place = shareable_place(case.place, places_ticked(people))
    return [LeavingText("met", "Date of encounter", case.encountered_as), LeavingText("place", "Place of encounter", place)]


def paragraph(case: Case, people: Sequence[Person], owed: Iterable[Obligation], checked: Mapping[str, str]) -> str:
    """A few plain sentences. `owed` are the lines of the first hour, `checked` the texts that may leave."""
    lines = [row for row in owed if row.code in LINES]
    where = f" ({checked['place']})" if checked.get("place") else ""
    when = checked.get("met") or day_time(case.encountered_at)
    return " ".join(
        sentence
        for sentence in (
            f"{when}{where}: police encountered {_people(len(people))}.",
            _victims(people, lines),
            _steps("Done", lines, is_open=False),
            _steps("Still to do", lines, is_open=True),
            _crimes(people),
            f"Officer: {case.opened_by.name}. Case {case.reference}.",
            "Names, addresses and contact are not in this log: ask the officer. Do not ring or write to anyone in this case.",
        )
        if sentence
    )


def _people(number: int) -> str:
    return "one person" if number == 1 else f"{in_words(number).lower()} people" if number else "no one recorded"


def _victims(people: Sequence[Person], lines: Iterable[Obligation]) -> str:
    number = sum(is_victim(person) for person in people)
    if not number:
        return ""
    children = len({row.person_id for row in lines if row.code == CHILD})
    young = f"; {in_words(children).lower()} {'is' if children == 1 else 'are'} or may be under 18" if children else ""
    return f"Modern slavery is being investigated: {in_words(number).lower()} may have been exploited{young}."


def _steps(words: str, lines: Iterable[Obligation], *, is_open: bool) -> str:
    """What was done, or is still to do, and for how many where that is not everybody of whom it is owed."""
    rows = list(lines)
    owed = Counter(row.code for row in rows)
    counts = Counter(row.code for row in rows if (row.state == "open") is is_open)
    step_texts = [
        steps[is_open] + (f" ({counts[code]} of {owed[code]})" if counts[code] < owed[code] else "")
        for code, steps in LINES.items()
        if counts[code]
    ]
    return f"{words}: {listed(step_texts)}." if step_texts else ""


def _crimes(people: Sequence[Person]) -> str:
    victims = [person for person in people if is_victim(person)]
    numbers = [number for victim in victims for number in getattr(victim, "crime_numbers", [])]
    without = sum(not getattr(victim, "crime_numbers", []) for victim in victims)
    numbers_text = f"Crime {'number' if len(numbers) == 1 else 'numbers'}: {listed(numbers)}." if numbers else ""
    still = f"No crime number yet for {in_words(without).lower()}." if without else ""
    return " ".join(part for part in (numbers_text, still) if part)
