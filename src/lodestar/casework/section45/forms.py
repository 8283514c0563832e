"""The full record of one offence, and its countersignature: shape and wording. What a decision lacks is the rules' to
say, so nothing here is compulsory: what is typed is kept, whatever is still missing."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from lodestar.casework.section45.models import ANSWERS, OUTCOMES, SIGNED
from lodestar.casework.section45.presenters import STAGES as STAGE_WORDS
from lodestar.casework.section45.queries import CaseItem
from lodestar.casework.section45.rules.record import BEFORE, READINGS, SETTLED, WEIGHED, Asked
from lodestar.platform.design.forms.fields import LinesField, PartialDayField, WhenField, WordsField

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
    return forms.ChoiceField(label=label, help_text=hint, choices=choices, required=False, widget=forms.RadioSelect)


class EvidenceField(WordsField):
    """Exhibits and accounts of the case by their numbers in the list over the form; cleaned to their codes."""

    def __init__(self, items: Sequence[CaseItem]) -> None:
        super().__init__(label="Exhibits and accounts it rests on", help_text="Numbers from the list, like 1, 3", max_length=200)
        self.items = items

    def clean(self, value: Any) -> str:
        numbers = super().clean(value).replace(",", " ").split()
        if wrong := [number for number in numbers if number not in map(str, range(1, len(self.items) + 1))]:
            raise forms.ValidationError(f"Not a number of the list: {', '.join(wrong)}")
        return " ".join(self.items[int(number) - 1].code for number in dict.fromkeys(numbers))


class Record(forms.Form):
    """What one record asks for, as `rules/record.py` says of the act. No reading and no conclusion is pre-ticked."""

    before = forms.ChoiceField(label="What outcome is it for?", choices=[("", "Choose"), *BEFORE], required=False)
    missing = _lines("What is still missing", "What was asked for, and who was asked")
    reason = _lines("Why, in your own words", "The evidence both ways, and your conclusion")

    def __init__(self, asked: Asked, items: Sequence[CaseItem], *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "%s", **options})
        self.asked, self.items = asked, items
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
            if self.items:
                self.fields[f"{limb.name}_evidence"] = EvidenceField(self.items)
            self.fields[f"{limb.name}_reading"] = _one_of("Your view", READINGS)

    @property
    def is_weighed(self) -> bool:
        """Whether anything of that is written, or asked for."""
        asked = self.asked.must_weigh or self.asked.settle
        return asked or any(self[name].value() or self[name].errors for name, _ in WEIGHED)


class Sign(forms.Form):
    """The second person's answer to one version."""

    record = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label="Do you agree?", choices=SIGNED, widget=forms.RadioSelect, error_messages={"required": "Say whether you agree"}
    )
    reason = _lines("Why, in your words", "If you do not agree, or need something first: what is needed")


STAGES = [
    (code, STAGE_WORDS[code])
    for code in (
        "stop", "voluntary_interview", "arrest", "interview", "bail_or_remand", "charge_decision", "convicted", "appeal",
    )
]  # fmt: skip
WHERE = (
    ("", "Not known"),
    ("england_wales", "England or Wales"),
    ("scotland", "Scotland"),
    ("northern_ireland", "Northern Ireland"),
    ("abroad", "Abroad"),
)
OTHER = "other"


class Change(forms.Form):
    """One act as it is written. Anything may be blank but which it was."""

    title = WordsField(label="What it was, in words", max_length=300)
    act = WordsField(label="Act", help_text="Like Theft Act 1968, or common law", max_length=200)
    section = WordsField(label="Section", help_text="Like 5(3)", max_length=40)
    particulars = LinesField(label="What exactly was done", help_text="What Schedule 4 may turn on", max_length=500)
    on_from = PartialDayField(label="When was it done?")
    on_to = PartialDayField(label="Until, if it went on", help_text="Leave blank if it was once")
    where = forms.ChoiceField(label="Where was it done?", choices=WHERE, required=False)
    stage = forms.ChoiceField(label="What stage is it at?", choices=STAGES, required=False, widget=forms.RadioSelect)

    def clean(self) -> None:
        """Which it was cannot be left out; and no act ends before it began."""
        cleaned = self.cleaned_data
        if not self.errors and not (cleaned.get("title") or cleaned.get("act")):
            self._says_nothing()
        start, end = cleaned.get("on_from"), cleaned.get("on_to")
        if start and end and end < start[: len(end)]:
            self.add_error("on_to", "It cannot have ended before it began. Look at both again")

    def _says_nothing(self) -> None:
        self.add_error("title", "Write what it was")


class Offence(Change):
    """One act, picked from the dated list or written."""

    pick = forms.ChoiceField(label="What are they suspected of?", required=False)

    def __init__(self, listed: Iterable[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["pick"].choices = [("", "Choose"), *listed, (OTHER, "Something else")]  # type: ignore[attr-defined]  # a choice field

    def _says_nothing(self) -> None:
        if self.cleaned_data.get("pick") in ("", OTHER):
            self.add_error("pick", "Pick what it was, or write it below")


class Outcome(forms.Form):
    """What came of one act, and when."""

    kind = forms.ChoiceField(
        label="What was the outcome?",
        choices=OUTCOMES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the outcome"},
    )
    at = WhenField(label="When?")
    reason = LinesField(label="Why", max_length=2000)


CHOOSE = "Choose an answer, or go back: nothing has been saved as an answer"


class FirstQuestion(forms.Form):
    """Nothing is pre-ticked. The words are not compulsory: nobody is held up at night for want of them."""

    answer = forms.ChoiceField(
        label="Could someone be making them do this, or profiting from it?",
        help_text="Ask yourself. It is not a question for them.",
        choices=ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    why = forms.CharField(
        label="A few words why", help_text="Like: “Older man waiting in the car, has his phone.”", required=False, max_length=1000
    )
    at = WhenField(label="When you asked yourself, if not now", help_text="Like 0225")
