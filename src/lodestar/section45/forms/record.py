"""The full record of one offence, and its countersignature: shape and wording. What a decision lacks is the rules' to
say, so nothing here is compulsory: what is typed is kept, whatever is still missing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from lodestar.cases.forms.words import LinesField, WordsField
from lodestar.section45.models import SIGNED
from lodestar.section45.rules.record import BEFORE, READINGS, SETTLED, WEIGHED, Asked, Limb

LONGEST = 2000
HINTS = {
    "duress": "A threat of death or serious injury, to them or to someone close to them",
    "self_defence": "Force used to protect themselves or another",
    "public_interest": "How far it resulted from their exploitation, how serious it is, how far they could choose",
    "abuse_of_process": "Whether a prosecution would ignore what is known about their exploitation",
}


def _lines(label: str, hint: str = "") -> LinesField:
    return LinesField(label=label, help_text=hint, max_length=LONGEST)


def _one_of(label: str, choices: Sequence[tuple[str, str]], hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, help_text=hint, choices=choices, required=False, widget=forms.RadioSelect
    )


@dataclass(frozen=True)
class Part:
    """One part of the test with its three fields."""

    limb: Limb
    this_way: Any
    other_way: Any
    reading: Any


class Record(forms.Form):
    """What one record asks for, as `rules/record.py` says of the act. No reading and no conclusion is pre-ticked."""

    before = forms.ChoiceField(
        label="What outcome is it for?", choices=[("", "Choose"), *BEFORE], required=False
    )
    missing = _lines("What is still missing", "What was asked for, and who was asked")
    reason = _lines("Why, in your own words", "The evidence both ways, and your conclusion")

    def __init__(self, asked: Asked, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "%s", **options})
        self.asked = asked
        self._ask_parts()
        if asked.settle:
            self.fields["settled"] = _one_of("Does Schedule 4 exclude it?", SETTLED)
            self.fields["settled_why"] = _lines("Which it was, and how that is known")
        for name, title in WEIGHED:
            self.fields[name] = _lines(title, HINTS[name])
        if asked.law_of_the_time:
            self.fields["law_note"] = _lines("Which law applies to that day", "The defence began on 31 July 2015")
        if asked.elsewhere:
            self.fields["asked_whom"] = WordsField(label="Who did you ask, and when?", max_length=500)
            self.fields["their_answer"] = _lines("What did they answer?")
        self.fields["conclusion"] = _one_of("What do you conclude?", asked.conclusions)
        last = ("missing", "before", "conclusion", "reason")
        self.order_fields([*(name for name in self.fields if name not in last), *last])  # as they stand on the page

    def _ask_parts(self) -> None:
        for limb in self.asked.limbs:
            self.fields[f"{limb.name}_for"] = _lines("Points this way", "Say of each whether it is fact, first-hand or reported")
            self.fields[f"{limb.name}_against"] = _lines("Points the other way")
            self.fields[f"{limb.name}_reading"] = _one_of("Your view", READINGS)

    @property
    def parts(self) -> list[Part]:
        """The parts of the test, each with its fields."""
        return [
            Part(limb, *(self[f"{limb.name}_{name}"] for name in ("for", "against", "reading")))
            for limb in self.asked.limbs
        ]

    @property
    def weighed(self) -> Iterator[Any]:
        """The fields of what is weighed besides."""
        return (self[name] for name, _ in WEIGHED)

    @property
    def is_weighed(self) -> bool:
        """Whether anything of that is written, or asked for."""
        asked = self.asked.must_weigh or self.asked.settle
        return asked or any(self[name].value() or self[name].errors for name, _ in WEIGHED)


class Sign(forms.Form):
    """The second person's answer to one version."""

    record = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label="Do you agree?",
        choices=SIGNED,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether you agree"},
    )
    reason = _lines("Why, in your words", "If you do not agree, or need something first: what is needed")
