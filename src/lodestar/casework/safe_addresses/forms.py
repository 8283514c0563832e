"""The safe address: why it is asked for, what is recorded, and who may be shown it."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from lodestar.casework.safe_addresses.rules import CHANNELS, NEUTRAL, NO_CONTACT
from lodestar.platform.design.forms.fields import DayField, LinesField, WordsField, asked

NOT_NAMED = "Only people already named may ever see it, and not you"
WHY = "Write why you need to see it, in a few words. It is kept with your name"


class Look(forms.Form):
    """Why the address is asked for."""

    reason = LinesField(
        label="Why do you need to see it?",
        help_text="A few words. They are kept with your name, and data protection may read them.",
        max_length=400,
        wanted=WHY,
    )


class Address(forms.Form):
    """Where the person is, and who may be shown it."""

    address = LinesField(
        label="Where they are",
        help_text="Only you, people already named and those you tick may ever see it",
        max_length=500,
        wanted="Write where they are",
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

    def __init__(self, *arguments: Any, team: Iterable[tuple[UUID, str]], may_name: bool = True, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if not may_name:
            del self.fields["viewers"], self.fields["others"]
            self.fields["address"].help_text = NOT_NAMED
            return
        self.fields["viewers"].choices = [(str(user), name) for user, name in team]  # type: ignore[attr-defined]  # a choice field


VOICEMAIL = [("yes", "Yes, neutral words only"), ("no", "No")]


class Contact(forms.Form):
    """How the person agreed to be contacted. Only the channel and, unless it is no contact, what to use are needed."""

    channel = forms.ChoiceField(
        label="How may they be contacted?", choices=list(CHANNELS.items()), widget=forms.RadioSelect,
        **asked("Choose how they may be contacted, or that they may not"),
    )  # fmt: skip
    to_use = WordsField(
        label="Number or address to use, or who to go through", help_text="Only people named for it may see this", max_length=300
    )
    times = WordsField(label="Days and times (optional)", help_text="Like “weekdays, 10:00 to 11:30”", max_length=120)
    voicemail = forms.ChoiceField(
        label="May a voicemail be left?", choices=VOICEMAIL, required=False, widget=forms.RadioSelect,
        help_text=f"Neutral words only: {NEUTRAL}",
    )  # fmt: skip
    who_may_answer = WordsField(label="Who else may answer, and what to say then (optional)", max_length=300)
    words = WordsField(label="Words to use (optional)", help_text="Like a first name, or “about your delivery”", max_length=300)
    words_not = WordsField(label="Words never to use (optional)", max_length=300)
    language = WordsField(label="Language (optional)", max_length=60)
    agreed_on = DayField(label="Agreed with the person on (optional)", help_text="Leave blank for today")
    agreed_by = WordsField(label="Who agreed it with them, if not you", max_length=120)

    def clean(self) -> dict[str, Any]:
        """What to use, wherever there is to be contact."""
        answers = self.cleaned_data
        if answers.get("channel") not in (None, "", NO_CONTACT) and not answers.get("to_use"):
            self.add_error("to_use", "Write what to use")
        return answers

    def rule(self, today: date) -> dict[str, Any]:
        """The columns of the rule."""
        said = self.cleaned_data
        day = said["agreed_on"] or today
        voicemail = {"yes": True, "no": False}.get(said["voicemail"])
        return {**said, "voicemail": voicemail, "agreed_on": day, "confirmed_on": day}


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
