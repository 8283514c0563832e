"""Help offered again; what happens to support; who supports somebody; and what the list of people is narrowed to."""

from collections.abc import Iterable
from typing import Any

from django import forms

from lodestar.casework.consent.forms import YES_NO
from lodestar.casework.consent.presenters import choices
from lodestar.casework.support.models import BEGAN, ENDED, TRANSFER, WITHDREW
from lodestar.casework.support.presenters.offers import HOW, OUTCOMES
from lodestar.casework.support.presenters.support import GROUPS, KINDS, STAGE_NAMES
from lodestar.platform.design.forms.fields import WhenField, WordsField, asked, no_postcode


class OfferAgain(forms.Form):
    """One offer, or a try at one. Only what came of it is asked for."""

    outcome = forms.ChoiceField(
        label="What was the outcome?", choices=OUTCOMES, widget=forms.RadioSelect, **asked("Say what the outcome was")
    )
    at = WhenField(label="When")
    how = forms.ChoiceField(label="How", choices=HOW, required=False, widget=forms.RadioSelect)
    as_agreed = forms.ChoiceField(label="In the way agreed with them?", choices=YES_NO, required=False, widget=forms.RadioSelect)
    known_officer = forms.ChoiceField(label="By someone they know?", choices=YES_NO, required=False, widget=forms.RadioSelect)
    said = forms.CharField(label="What they said, if they wish to say", required=False, max_length=500, widget=forms.Textarea)
    without = forms.CharField(
        label="If no agreed contact allowed it: why was it made?",
        help_text="It is recorded as happened without, and looked at", required=False, max_length=400,
    )  # fmt: skip
    leaflet = forms.ChoiceField(label="Leaflet shown or given", choices=choices, required=False)

    def facts(self) -> dict[str, Any]:
        """The columns of the offer, but for the leaflet, whose version the day decides."""
        answers, yes_no = self.cleaned_data, {"yes": True, "no": False}
        return {
            "outcome": answers["outcome"],
            "how": answers["how"],
            "as_agreed": yes_no.get(answers["as_agreed"]),
            "known_officer": yes_no.get(answers["known_officer"]),
            "said": answers["said"].strip(),
        }


class Record(forms.Form):
    """What happened to somebody's support. A child cannot withdraw (statutory guidance 2020, 14.250)."""

    kind = forms.ChoiceField(label="What happened?", widget=forms.RadioSelect, **asked("Say what happened"))
    at = WhenField(label="When")
    they_came = forms.BooleanField(label="They contacted us", required=False)
    who = WordsField(label="Which service or worker", help_text="Never an address", max_length=200, validators=[no_postcode])
    words = forms.CharField(
        label="Need and wish, or the reason", required=False, max_length=1000, widget=forms.Textarea, validators=[no_postcode],
        help_text="Police records can be disclosed in court. Write need and wish, not the story.",
    )  # fmt: skip
    without = WordsField(
        label="If no agreed contact allowed it: why was it made?", help_text="It is recorded as happened without, and looked at",
        max_length=400,
    )  # fmt: skip

    def __init__(self, *arguments: Any, is_child: bool, **more: Any) -> None:
        super().__init__(*arguments, **more)
        kinds = [(code, words) for code, words in KINDS.items() if not (is_child and code == WITHDREW)]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """An end has a reason; a beginning and a move have a service."""
        answers = self.cleaned_data
        kind = answers.get("kind")
        if kind in (WITHDREW, ENDED) and not answers.get("words", "").strip():
            self.add_error("words", "Write the reason")
        if kind in (BEGAN, TRANSFER) and not answers.get("who"):
            self.add_error("who", "Write which service")
        return answers


class GiveSupport(forms.Form):
    """A navigator who is given somebody to support."""

    to = forms.ChoiceField(label="Navigator", widget=forms.RadioSelect, **asked("Choose a navigator"))

    def __init__(self, *arguments: Any, navigators: Iterable[tuple[str, str]], **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fields["to"].choices = list(navigators)  # type: ignore[attr-defined]  # a choice field


class PeopleSought(forms.Form):
    """What the list of people is narrowed to. `workers` and `units` are the choices."""

    q = WordsField(label="Name, or case reference", max_length=80)
    stage = forms.ChoiceField(label="Stage", required=False, choices=[("", "All"), *STAGE_NAMES.items()])
    near = forms.ChoiceField(label="Who", required=False, choices=[("", "Everyone"), *GROUPS.items()])
    worker = forms.ChoiceField(label="Supported by", required=False)
    unit = forms.ChoiceField(label="District or team", required=False)

    def __init__(
        self, *arguments: Any, workers: Iterable[tuple[str, str]], units: Iterable[tuple[str, str]], **more: Any
    ) -> None:
        super().__init__(*arguments, **more)
        for name, offered in (("worker", workers), ("unit", units)):
            self.fields[name].choices = [("", "All"), *offered]  # type: ignore[attr-defined]  # a choice field

    @property
    def filters(self) -> dict[str, str]:
        """What was asked, for the addresses of further pages."""
        return {name: value for name in self.fields if (value := str(self.data.get(name, "")).strip())}
