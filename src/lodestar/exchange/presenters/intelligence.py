"""An intelligence submission in words: what the case proposes for its text, and the sheet as text and as a document."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from lodestar.cases.access.redaction import LeavingText
from lodestar.cases.models import Case, Exploitation, Person
from lodestar.design.when import day_time, on
from lodestar.design.words import in_words, listed
from lodestar.documents.description import Document, Entry, Heading, Paragraph
from lodestar.exchange.presenters.packs import described, place_told
from lodestar.exchange.queries.packs import has_done_it, is_victim, places_ticked
from lodestar.exchange.rules.intelligence import grades_on
from lodestar.recognition.models import SignSeen
from lodestar.recognition.rules import signs_on
from lodestar.reference.queries import exploitation_names

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
    place = place_told(case.place, places_ticked(people))
    victims = sum(is_victim(one) for one in people)
    names = exploitation_names()
    types = dict.fromkeys(names[one.type].lower() for one in kinds if one.type in names and one.type != "unknown")
    seen = dict.fromkeys(sentences.get(row.code, row.code.replace("_", " ")) for row in signs)
    done_by = [_described(one) for one in people if has_done_it(one)]
    parts = (
        f"{case.encountered_as or day_time(case.encountered_at)}{f', {place}' if place else ''}.",
        f"{in_words(victims)} may have been exploited{f': {listed(list(types))}' if types else ''}." if victims else "",
        case.what,
        f"Seen: {'; '.join(seen)}." if seen else "",
        f"Alleged to have done it: {'; '.join(done_by)}." if done_by else "",
    )
    return "\n".join(part for part in parts if part)


def _described(person: Person) -> str:
    speaks = f"speaks {person.language}" if person.language else ""
    told = (person.name.strip(), described(person), speaks)
    return ", ".join(part for part in told if part) or "someone with no other details recorded"


def texts(told: Mapping[str, str]) -> list[LeavingText]:
    """What of the sheet is free text, to be checked before it leaves."""
    return [LeavingText(name, label, told.get(name, "")) for name, label in LABELS[3:]]


def entries(told: Mapping[str, str], day: date) -> list[tuple[str, str]]:
    """The sheet, line by line, of answers that are whole."""
    words = {grade.code: grade.words for grade in grades_on(day)}
    return [(label, words.get(told.get(name, ""), told.get(name, "").strip()) or NOT_SAID) for name, label in LABELS]


def head(case: Case, made_by: str, now: datetime, marking: str) -> tuple[str, ...]:
    """What stands above it."""
    return (marking, TITLE, f"Our reference: {case.reference}", f"Submitted {day_time(now)}, by {made_by}")


def text(above: Sequence[str], lines: Sequence[tuple[str, str]]) -> str:
    """The whole as plain text."""
    told = [*above, "", *(f"{label}:\n{value}\n" if "\n" in value else f"{label}: {value}" for label, value in lines)]
    return "\n".join(told).rstrip() + "\n"


def document(above: Sequence[str], lines: Sequence[tuple[str, str]], now: datetime) -> Document:
    """The sheet as a document, whose title names nobody."""
    return Document(
        title=TITLE,
        marking=above[0],
        foot=f"Made {day_time(now)}",
        day=on(now),
        blocks=(
            *(Paragraph(words) for words in above[2:]),
            Heading("Grading and information"),
            *(Entry(label, value, is_remark=value == NOT_SAID) for label, value in lines),
        ),
    )
