"""The safe address, and photographs and papers."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from lodestar.cases.forms.purposes import ForAPurpose
from lodestar.cases.forms.when import WhenField
from lodestar.cases.rules.disclosures import IMMIGRATION
from lodestar.cases.rules.immigration_named import names_immigration
from lodestar.cases.rules.purposes import ADDRESS
from lodestar.kernel.days import london_date
from lodestar.kernel.typed import one_line, several_lines

NOT_NAMED = "Only people already named may ever see it, and not you"
WHY = "Write why you need to see it, in a few words. It is kept with your name"

OWN_PAGE = (
    "Propose immigration disclosures on their own page, “Immigration disclosures” of this person. Record a past "
    "disclosure here: tick that it has already been made"
)


class Look(forms.Form):
    """Why the address is asked for."""

    reason = forms.CharField(
        label="Why do you need to see it?",
        help_text="A few words. They are kept with your name, and data protection may read them.",
        required=False,
        max_length=400,
        widget=forms.Textarea,
    )

    def clean_reason(self) -> str:
        """The reason, which is asked for."""
        reason: str = self.cleaned_data["reason"].strip()
        if not reason:
            raise forms.ValidationError(WHY)
        return reason


class Address(forms.Form):
    """Where the person is, how they may be contacted, and who may be shown it. Either may be left blank, not both."""

    address = forms.CharField(
        label="Where they are",
        help_text="Only you, people already named and those you tick may ever see it",
        required=False,
        max_length=500,
        widget=forms.Textarea,
    )
    contact = forms.CharField(
        label="How they may be contacted",
        help_text="As agreed with them alone: how, when, by who, and what to say if someone else answers",
        required=False,
        max_length=500,
        widget=forms.Textarea,
    )
    viewers = forms.MultipleChoiceField(
        label="Who may be shown it",
        help_text="You may. Tick who else needs to know to keep them from harm",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    others = forms.CharField(
        label="Anyone else who may be shown it",
        help_text="Their user names, with a space between",
        required=False,
        max_length=400,
    )

    def __init__(
        self, *arguments: Any, team: Iterable[tuple[UUID, str]], may_name: bool = True, **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        if not may_name:
            del self.fields["viewers"], self.fields["others"]
            self.fields["address"].help_text = self.fields["contact"].help_text = NOT_NAMED
            return
        self.fields["viewers"].choices = [(str(user), name) for user, name in team]  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """There is something to keep."""
        told = self.cleaned_data
        if not self.errors and not told.get("address", "").strip() and not told.get("contact", "").strip():
            self.add_error("address", "Write where they are, or how they may be contacted, or both")
        return told


class Viewer(forms.Form):
    """Somebody who is to be shown a safe address, or not any more, and why."""

    other = forms.CharField(
        label="Who else needs to know it to keep them from harm?",
        help_text="Their user name. They must be able to see the case too",
        required=False,
        max_length=80,
    )
    reason = forms.CharField(label="Why?", help_text="A few words, kept in the log", required=False, max_length=400)

    def clean_reason(self) -> str:
        """The reason, which is asked for."""
        reason: str = self.cleaned_data["reason"].strip()
        if not reason:
            raise forms.ValidationError("Write why, in a few words. It is kept in the log")
        return reason


class Telling(ForAPurpose):
    """Who outside is to be told a safe address, or was, what for and why. Never the address itself."""

    recorded_for = ADDRESS
    recipient = forms.CharField(
        label="Who needs the address?", help_text="The person and their organisation", required=False, max_length=120
    )
    power = forms.CharField(
        label="Under what power?",
        help_text="Like: Children Act 1989 section 47",
        required=False,
        max_length=120,
    )
    reason = forms.CharField(
        label="Why do they need the address?",
        help_text="And what the person said about it. Do not write the address here",
        required=False,
        max_length=400,
        widget=forms.Textarea,
    )
    happened = forms.BooleanField(label="It has already been disclosed", required=False)
    when = WhenField(label="When was it disclosed?")

    def clean(self) -> dict[str, Any]:
        """Whom, what for, under what power, and why."""
        told = super().clean()
        wanted = {
            "recipient": "Write who needs the address",
            "power": "Write under what power",
            "reason": "Write why they need it",
        }
        for name, words in wanted.items():
            told[name] = several_lines(told.get(name, "")) if name == "reason" else one_line(told.get(name, ""))
            if not told[name] and name not in self.errors:
                self.add_error(name, words)
        if not told.get("happened") and not {"use", "recipient"} & {*self.errors}:
            if told["use"] == IMMIGRATION:
                self.add_error("use", OWN_PAGE)
            elif names_immigration(told["recipient"], london_date(timezone.now())):
                self.add_error("recipient", f"That is immigration. {OWN_PAGE}")
        return told


class Paper(forms.Form):
    """One photograph or paper, and what it is."""

    what = forms.CharField(
        label="What it is",
        help_text="A few words, like \u201cmattresses in the back room\u201d. Or leave it blank",
        required=False,
        max_length=200,
    )
    paper = forms.FileField(
        label="A photograph or document",
        help_text="A JPEG or PNG picture, a PDF or a Word document, up to 25 MB. The original is kept for evidence; hidden "
        "camera details, such as location, are removed from shared copies",
        required=False,
        allow_empty_file=True,
    )

    def clean_paper(self) -> Any:
        """The file, which is asked for."""
        paper = self.cleaned_data["paper"]
        if paper is None:
            raise forms.ValidationError("Choose a photograph, a PDF or a Word document")
        return paper
