"""A paper of a meeting, and what the board says of an action."""

from typing import Any

from django import forms

from lodestar.oversight.boards.rules import DONE, OPEN
from lodestar.platform.design.forms.fields import AnyDayField, WordsField
from lodestar.platform.registers.forms import MoveForm


class PaperForm(forms.Form):
    """A file, or the address of one."""

    title = WordsField(label="What is it?", max_length=200, wanted="Write what it is, in a few words")
    paper = forms.FileField(label="A document", help_text="A PDF, Word document or picture, up to 25 MB", required=False)
    url = forms.URLField(label="Or its address", required=False, max_length=500, assume_scheme="https")


class ActionMove(MoveForm):
    """What came of an action; the board alone gives it another day."""

    due_on = AnyDayField(label="New day", help_text="For the board, like 9 March 2027. Blank: no change")

    def __init__(self, *arguments: Any, may_close: bool, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if not may_close:
            to: Any = self.fields["to"]
            to.choices = [pair for pair in to.choices if pair[0] in (OPEN, DONE)]
            del self.fields["due_on"]

    def columns(self) -> dict[str, Any]:
        """The new day, besides what every move sets."""
        return super().columns() | {"due_on": self.cleaned_data.get("due_on")}
