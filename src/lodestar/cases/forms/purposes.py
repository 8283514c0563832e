"""What something recorded about a person is used for; and why, where that is another purpose than it was recorded for."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone

from lodestar.cases.forms.when import WhenField
from lodestar.cases.presenters.purposes import PARTS, USES, crossed_words
from lodestar.cases.rules.immigration_named import use_in_effect
from lodestar.cases.rules.purposes import crossings, is_crossing
from lodestar.kernel.days import london_date
from lodestar.kernel.typed import one_line, several_lines

USE_WANTED = "Choose what it is for"
WITHIN = "It was recorded for that purpose: there is nothing to record here"


def _in_effect(told: Mapping[str, str]) -> str:
    return use_in_effect(told["use"], told["recipient"], london_date(timezone.now()))


class ForAPurpose(forms.Form):
    """What it is for. A use outside the purpose it was recorded for is named, and wants its own reason."""

    use = forms.ChoiceField(label="What is it used for?", choices=USES, required=False, widget=forms.RadioSelect)
    crossing = forms.CharField(
        label="If that is not what it was recorded for: why is it used for it?",
        help_text="The law that allows it, why nothing less would do, and whether they know",
        required=False,
        max_length=400,
        widget=forms.Textarea,
    )
    recorded_for: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        """What it is for is asked, and why where that crosses a purpose."""
        told = super().clean() or self.cleaned_data
        told["crossing"] = several_lines(told.get("crossing", ""))
        use = told.get("use", "")
        if not use and "use" not in self.errors:
            self.add_error("use", USE_WANTED)
        crossed = crossings(self.recorded_for, use) if use else ()
        if crossed and not told["crossing"] and "crossing" not in self.errors:
            self.add_error("crossing", crossed_words(crossed, use))
        return told


class OtherUse(forms.Form):
    """That something was used outside the purpose it was recorded for, or is to be: what, for what, by whom, and why."""

    recorded_for = forms.ChoiceField(label="What is used?", choices=PARTS, required=False, widget=forms.RadioSelect)
    use = forms.ChoiceField(label="What is it used for?", choices=USES, required=False, widget=forms.RadioSelect)
    recipient = forms.CharField(
        label="Who gets it?", help_text="The person and their team or body", required=False, max_length=120
    )
    power = forms.CharField(
        label="What law allows it?", help_text="Like: Data Protection Act 2018 Schedule 2 paragraph 2", required=False,
        max_length=120,
    )  # fmt: skip
    reason = forms.CharField(
        label="Why?",
        help_text="Why nothing less would do, and whether they know. Not what it says",
        required=False,
        max_length=400,
        widget=forms.Textarea,
    )
    when = WhenField(label="When?")

    def clean(self) -> dict[str, Any]:
        """All is asked for, and it is a crossing."""
        told = self.cleaned_data
        wanted = {
            "recorded_for": "Choose what is used",
            "use": USE_WANTED,
            "recipient": "Write who gets it",
            "power": "Write what law allows it",
            "reason": "Write why, in a few words",
        }
        for name, words in wanted.items():
            told[name] = several_lines(told.get(name, "")) if name == "reason" else one_line(told.get(name, ""))
            if not told[name] and name not in self.errors:
                self.add_error(name, words)
        if not self.errors and not is_crossing(told["recorded_for"], _in_effect(told)):
            self.add_error("use", WITHIN)
        return told

