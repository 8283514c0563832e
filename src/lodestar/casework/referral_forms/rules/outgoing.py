"""What goes to the Home Office: the form's own pages in their order, each field filled, missing, or kept back.

It is made from the answers each time, by the form's own branches, so that an answer given on another branch (before a
consent was taken back, before an age was put right) cannot go. A notification of an adult who has not agreed to be
identified holds only the fields of `form_anonymous.toml` (Modern Slavery Act 2015 s52(3)).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from lodestar.casework.referral_forms.rules.form import Answers, Field, Form, Page
from lodestar.platform.names.highlighting import KnownValue, values_of_name, values_of_text
from lodestar.platform.text.reference_lists import rows_on

NOT_GIVEN = "Not given: the adult has not agreed to be identified"
NOT_KNOWN_YET = "Not given: it is not known yet whether they may be identified"
ROOM = 100_000  # bytes of one report that the Home Office's service keeps by default
WARN_AT = 80_000  # bytes at which the writer is told

CONSENT = "pv-want-to-submit-nrm"
NO_NOTICE = "Privacy Information Notice: not recorded whether it was given. Give it, and record that, before this is sent"
TEXTS = frozenset({"text", "long_text", "email", "telephone"})  # kinds of fields into which anything may be typed
State = Literal["filled", "missing", "blank", "kept_back", "unchecked"]
# Answers that are somebody's name, number or address, by what they are.
_OWN = {
    "name": (
        ("pv-name-first-name", "pv-name-last-name"), ("pv-name-nickname",), ("someone-else-first-name", "someone-else-last-name"),
    ),
    "telephone": (("pv-phone-number-yes",), ("pv-phone-number-alternative",)),
    "email": (("pv-contact-details-email-input",), ("someone-else-email-input",)),
    "reference": (("pv-ho-reference-type",), ("reported-to-police-crime-reference",), ("reference",)),
    "birth": (("pv-dob",),),
}  # fmt: skip
_ADDRESSES = (
    ("pv-contact-details-street", "pv-contact-details-postcode"), ("someone-else-street", "someone-else-postcode"),
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One field as it goes. `missing`: the form asks for it and nothing is known; `blank`: it need not be filled;
    `unchecked`: a text that may not leave yet. `remark`: what is recorded beside it and is no part of it."""

    field: Field
    state: State
    values: tuple[str, ...] = ()
    remark: str = ""

    @property
    def text(self) -> str:
        """What stands in the field, an option by the words the form shows for it."""
        labels = dict(self.field.options)
        return ", ".join(labels.get(value, value) for value in self.values)

    @property
    def is_too_long(self) -> bool:
        """Whether the form would refuse it for its length."""
        return self.field.limit is not None and len(self.text) > self.field.limit


@dataclass(frozen=True)
class FormPage:
    """One page of the form as it goes. `number` is its place among the pages shown, from 1."""

    number: int
    page: Page
    lines: tuple[Line, ...]


@lru_cache(maxsize=4096)  # days of facts may be any
def goes_anonymously(field: str, day: date) -> bool:
    """Whether a field goes on an anonymous notification, by the list of that day."""
    stem, _, number = field.rpartition("-")
    return any(
        field in row["fields"] or (number.isdecimal() and stem in row.get("numbered", ()))
        for row in rows_on("referral_forms", "form_anonymous", day)
    )


def outgoing(form: Form, answers: Answers, *, day: date, may_be_named: bool, instead: str = NOT_GIVEN) -> tuple[FormPage, ...]:
    """Everything that would go on `day`, page by page. `may_be_named` is the adult's own answer; it counts on a Duty to
    Notify alone, and whoever is referred is named. `instead` is said where the form demands words that are kept back."""
    kept_back = is_notification(answers) and not may_be_named
    says = instead if kept_back else ""
    leaves = []
    for number, page in enumerate(form.walk(answers), 1):
        lines = (
            _line(field, answers, "" if goes_anonymously(field.name, day) else says) for field in page.visible_fields(answers)
        )
        leaves.append(FormPage(number, page, tuple(lines)))
    return tuple(leaves)


def is_notification(answers: Answers) -> bool:
    """Whether these answers make a Duty to Notify: an adult who said no. One who may be a child is referred."""
    return answers.get("pv-under-age") == "no" and answers.get("pv-want-to-submit-nrm") == "no"


def missing(leaves: Iterable[FormPage]) -> tuple[Field, ...]:
    """What the form asks for and nobody has answered, in its order."""
    return tuple(line.field for leaf in leaves for line in leaf.lines if line.state == "missing")


def size(leaves: Iterable[FormPage]) -> int:
    """How many bytes of answers would go, in UTF-8: the measure of the meter."""
    return sum(len(f"{line.field.name}={line.text}\n".encode()) for leaf in leaves for line in leaf.lines)


def _line(field: Field, answers: Answers, instead: str) -> Line:
    """One field as it goes; kept back where something is said `instead`."""
    if instead:
        return Line(field, "kept_back", (instead,) if field.required and field.kind in TEXTS else ())
    answer = answers.get(field.name) or ()
    values = tuple(value for value in ((answer,) if isinstance(answer, str) else answer) if value.strip())
    if values:
        return Line(field, "filled", values, NO_NOTICE if field.name == CONSENT else "")
    return Line(field, "missing" if field.required else "blank")


def by_name(leaves: Iterable[FormPage]) -> Mapping[str, Line]:
    """The lines that go, by the name of their field."""
    return {line.field.name: line for leaf in leaves for line in leaf.lines}


def own_values(answers: Answers, person: str = "") -> Iterator[KnownValue]:
    """The answers of a form that are values of the person concerned; where they are written to is a place that never leaves."""
    for kind, groups in _OWN.items():
        for codes in groups:
            text = " ".join(filter(None, (_answer_text(answers, code) for code in codes)))
            if kind == "name":
                yield from values_of_name(text, "own", person)
            elif text:
                yield KnownValue(kind, text, "own", person)
    for codes in _ADDRESSES:
        address = "\n".join(filter(None, (_answer_text(answers, code) for code in codes)))
        yield from values_of_text(address, "place", person, is_address=True)


def _answer_text(answers: Answers, code: str) -> str:
    answer = answers.get(code) or ""
    return answer.strip() if isinstance(answer, str) else ", ".join(answer)
