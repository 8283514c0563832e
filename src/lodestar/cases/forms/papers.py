"""The safe address, and photographs and papers."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from lodestar.cases.forms.disclosures import ForAPurpose
from lodestar.cases.forms.fields import LinesField, WhenField, WordsField, asked
from lodestar.cases.rules.disclosures import ADDRESS, IMMIGRATION, names_immigration
from lodestar.kernel.days import london_date

NOT_NAMED = "Only people already named may ever see it, and not you"
WHY = "Write why you need to see it, in a few words. It is kept with your name"

OWN_PAGE = (
    "Propose immigration disclosures on their own page, “Immigration disclosures” of this person. Record a past "
    "disclosure here: tick that it has already been made"
)


class Look(forms.Form):
    """Why the address is asked for."""

    reason = LinesField(
        label="Why do you need to see it?",
        help_text="A few words. They are kept with your name, and data protection may read them.",
        max_length=400,
        wanted=WHY,
    )


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
        answers = self.cleaned_data
        if not self.errors and not answers.get("address", "").strip() and not answers.get("contact", "").strip():
            self.add_error("address", "Write where they are, or how they may be contacted, or both")
        return answers


class Viewer(forms.Form):
    """Somebody who is to be shown a safe address, or not any more, and why."""

    other = forms.CharField(
        label="Who else needs to know it to keep them from harm?",
        help_text="Their user name. They must be able to see the case too",
        required=False,
        max_length=80,
    )
    reason = WordsField(
        label="Why?", help_text="A few words, kept in the log", max_length=400,
        wanted="Write why, in a few words. It is kept in the log",
    )  # fmt: skip


class AddressDisclosureForm(ForAPurpose):
    """Who outside is to be told a safe address, or was, what for and why. Never the address itself."""

    recorded_for = ADDRESS
    recipient = WordsField(
        label="Who needs the address?", help_text="The person and their organisation", max_length=120,
        wanted="Write who needs the address",
    )  # fmt: skip
    power = WordsField(
        label="Under what power?", help_text="Like: Children Act 1989 section 47", max_length=120,
        wanted="Write under what power",
    )  # fmt: skip
    reason = LinesField(
        label="Why do they need the address?",
        help_text="And what the person said about it. Do not write the address here",
        max_length=400,
        wanted="Write why they need it",
    )
    happened = forms.BooleanField(label="It has already been disclosed", required=False)
    when = WhenField(label="When was it disclosed?")

    def clean(self) -> dict[str, Any]:
        """Immigration is told on a page of its own."""
        answers = super().clean()
        if not answers.get("happened") and not {"use", "recipient"} & {*self.errors}:
            if answers["use"] == IMMIGRATION:
                self.add_error("use", OWN_PAGE)
            elif names_immigration(answers["recipient"], london_date(timezone.now())):
                self.add_error("recipient", f"That is immigration. {OWN_PAGE}")
        return answers


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
        allow_empty_file=True,
        **asked("Choose a photograph, a PDF or a Word document"),
    )
