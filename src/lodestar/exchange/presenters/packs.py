"""A crime-record pack in words: what each field says of one victim, and the whole as text and as a document."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from lodestar.cases.access.redaction import CheckedText, LeavingText
from lodestar.cases.models import Exploitation, Person
from lodestar.cases.presenters.accounts import DO_NOT_ASK, videos
from lodestar.cases.presenters.people import PLACES, age_words
from lodestar.cases.rules.first_accounts import kept_words
from lodestar.cases.rules.reported import is_of_a_system
from lodestar.design.when import day_time, on
from lodestar.design.words import in_words, listed
from lodestar.documents.description import Document, Entry, Paragraph
from lodestar.exchange.queries.packs import Holding, Order, is_victim
from lodestar.exchange.rules.packs import Filled, as_text, filled
from lodestar.exchange.rules.standard import HELD
from lodestar.kernel.days import london_date
from lodestar.kernel.typed import one_line
from lodestar.kernel.uk_dates import day_in_words
from lodestar.recognition.rules import signs_on
from lodestar.reference.queries import exploitation_names

MARKING = "OFFICIAL-SENSITIVE"
KIND_OF_CRIME = (
    "Modern slavery (Modern Slavery Act 2015), one crime for this victim. The recorder decides the offence and its "
    "Home Office class"
)
NO_CONTACT = (
    "Not given here. Do not send a letter, message or call from any system: ask the officer in the case first, "
    "because the exploiter may answer"
)
_AGE_KNOWN_BY = {
    "document": "identity document", "stated": "they said so", "estimated": "by appearance", "disputed": "in dispute",
    "assessed": "age assessment",
}  # fmt: skip
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
        return as_text(self.head, self.lines)


def texts(held: Holding, order: Order) -> list[LeavingText]:
    """What of the fields was typed as free text, to be checked before it leaves."""
    told = values(held)
    typed = {
        "met": held.case.encountered_as, "place": held.case.place, "name": "" if held.person.name.strip() else "typed",
        "suspects": "" if all(one.name.strip() for one in held.suspects) else "typed", **dict.fromkeys(_TYPED, "typed"),
    }  # fmt: skip
    return [LeavingText(one.code, one.label, told.get(one.code, "")) for one in order.fields if typed.get(one.code)]


def pack(
    held: Holding, order: Order, checked: Sequence[CheckedText] = (), *, made_by: str, now: datetime, marking: str = MARKING
) -> Pack:
    """The pack of one victim at a moment, in the force's order, its texts as they were `checked`."""
    lines = filled(order.fields, {**values(held), **{one.leaving.field: one.text for one in checked}})
    head = (marking, f"Crime record of one victim, for {order.system}", f"Made {day_time(now)}, by {made_by}")
    return Pack(head, lines)


def document(made: Pack, now: datetime) -> Document:
    """The pack as a document, whose title names nobody."""
    return Document(
        title="Crime record of one victim",
        marking=made.head[0],
        foot=f"Made {day_time(now)}",
        day=on(now),
        blocks=(
            *(Paragraph(words) for words in made.head[1:]),
            *(Entry(line.label, line.value, is_remark=not line.is_known) for line in made.lines),
        ),
    )


def in_order(made: Pack) -> list[tuple[Filled | None, str]]:
    """The fields for reading in the force's order: one that says something by itself; of those between, which say nothing, their
    names in one line."""
    found: list[tuple[Filled | None, str]] = []
    for is_known, lines in groupby(made.lines, key=lambda line: line.is_known):
        if is_known:
            found += [(line, "") for line in lines]
        else:
            found.append((None, ", ".join(line.label for line in lines)))
    return found


def values(held: Holding) -> dict[str, str]:
    """What each field says; empty where the case does not say it. None says where anybody is or how to reach them."""
    person, case = held.person, held.case
    return {
        "our_reference": f"{case.reference}/{person.number}",
        "kind_of_crime": KIND_OF_CRIME,
        "recorded_here": day_time(case.recorded_at),
        "met": case.encountered_as or day_time(case.encountered_at),
        "place": _capital(_joined((place_told(case.place, [person.place]), _MET.get(person.place, "")))),
        "happened": _joined(_when(one) for one in held.exploitation),
        "where_it_happened": _joined(_where(one) for one in held.exploitation),
        "exploitation": _kinds(held.exploitation),
        "name": person.name.strip() or _described(person),
        "born": day_in_words(person.birth_date),
        "age": _age(person, held),
        "gender": _GENDERS.get(held.told.get("pv-gender", ""), ""),
        "nationality": _nationality(held),
        "language": person.language.strip(),
        "died": _DIED[person.alive],
        "contact": NO_CONTACT,
        **_what_happened(held),
        "suspects": _joined(one.name.strip() or _described(one) or f"Person {one.number}" for one in held.suspects),
        "others": _others(held),
        "officer": case.opened_by.name,
        "investigator": case.owner.name if case.owner else f"{case.interim_owner.name}, until a detective has it",
        "crime_number": ", ".join(held.numbers),
    }


def _what_happened(held: Holding) -> dict[str, str]:
    sentences = {sign.code: sign.sentence for sign in signs_on(london_date(held.case.encountered_at))}
    seen = dict.fromkeys(sentences.get(row.code, row.code.replace("_", " ")) for row in held.signs)
    watch = [*videos(held.accounts), *([DO_NOT_ASK] if held.accounts else [])]
    return {
        "circumstances": held.case.what,
        "said": "\n".join(f"{note.words} ({note.recorded_by.name})" for note in held.notes),
        "signs": "; ".join(seen),
        "threats": _capital(listed([_THREATS.get(one, one) for one in held.person.threats])),
        "first_account": ". ".join(words.rstrip(".") for words in watch),
        "kept": _joined(kept_words(row.kept, row.more) for row in held.accounts),
    }


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(part for part in parts if part))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def place_told(place: str, ticked: Sequence[str]) -> str:
    """A place on one line; nothing of it where what was ticked says that somebody is held there."""
    return "" if HELD.intersection(ticked) else one_line(place)


def described(person: Person) -> str:
    """What is said of somebody; nothing where it is the reference of another system."""
    return "" if is_of_a_system(person.description) else person.description.strip()


def _described(person: Person) -> str:
    told = described(person)
    return f"Name not known: {told}" if told else ""


def _kinds(rows: Iterable[Exploitation]) -> str:
    names = exploitation_names()
    return _capital(_joined(names.get(one.type, "") for one in rows if one.type != "unknown"))


def _age(person: Person, held: Holding) -> str:
    age = age_words(person, on(held.case.encountered_at))
    basis = _AGE_KNOWN_BY.get(person.age_basis, "")
    return f"{age} ({basis})" if age and basis else age or basis


def _when(one: Exploitation) -> str:
    span = " ".join(f"{word} {day_in_words(day)}" for word, day in (("from", one.from_date), ("to", one.to_date)) if day)
    still = "continuing at the encounter" if one.still_in_situation and not one.to_date else ""
    return _capital(", ".join(part for part in (span, still) if part))


def _where(one: Exploitation) -> str:
    areas = listed([area.replace("-", " ").title() for area in one.police_areas])
    return _capital(", ".join(part for part in (listed([_WHERE.get(place, place) for place in one.where]), areas) if part))


def _nationality(held: Holding) -> str:
    told = [held.told.get(code, "") for code in ("pv-nationality", "pv-nationality-second")]
    british = {True: "British", False: "Not British; nationality not recorded", None: ""}[held.person.british]
    return listed([one for one in told if one]) or british


def _others(held: Holding) -> str:
    """How many others, and never who: each has a record of their own."""
    number = sum(is_victim(one) for one in held.people if one.id != held.person.id)
    if not number:
        return "None recorded so far"
    return f"{in_words(number)} more recorded, {'with a separate crime' if number == 1 else 'each with a separate crime'}"


def named(people: Sequence[Person]) -> list[Person]:
    """The people of a case who have a pack."""
    return [one for one in people if is_victim(one)]
