"""The safe address: why it is asked for, what is recorded, and who may be shown it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from lodestar.platform.design.forms.fields import LinesField, WordsField

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
