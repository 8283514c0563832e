"""The supervisor's decision on the signs listed."""

from typing import Any

from django import forms

from lodestar.recognition.forms.fields import Words, one_of

DECISIONS = [
    ("reasonable_grounds", "There are reasonable grounds"),
    ("none", "No reasonable grounds recorded yet"),
]
NOTHING_CHOSEN = "Nothing is decided yet: choose an answer. What you wrote is still here"


class BeliefForm(forms.Form):
    """What is decided, why, and what would change it. A decision may be saved without its reason: then that stays owed."""

    belief = one_of("What do you decide?", DECISIONS)
    because = Words("Why", 2000, help_text="The facts you rely on: what they said and what was seen.")
    would_change = Words("What would change that?", 2000, help_text="Like a second account, or what a phone shows.")

    def clean(self) -> dict[str, Any]:
        """Without an answer there is nothing to save."""
        if "belief" not in self.errors and not self.cleaned_data.get("belief"):
            self.add_error("belief", NOTHING_CHOSEN)
        return self.cleaned_data
