"""Who is to have a case, and a detective inspector's authority: shape and wording."""

from collections.abc import Iterable
from typing import Any

from django import forms

from lodestar.casework.allocation.rules.ranking import OVERRIDES
from lodestar.platform.design.forms.fields import LinesField, OfferedField, WhenField, WordsField


class Owner(forms.Form):
    """Who is to have the case: one of the list, or somebody else by name."""

    owner = OfferedField(label="Who", required=False, widget=forms.RadioSelect)
    somebody = WordsField(label="Someone else", help_text="Their user name, or their name in full", max_length=120)
    at = WhenField(label="Since when?")
    override = forms.ChoiceField(
        label="Why another than the first", choices=[("", "They are the first"), *OVERRIDES.items()], required=False
    )
    reason = LinesField(label="Why them", max_length=1000)

    def __init__(self, typed: Any = None) -> None:
        super().__init__(typed, auto_id="%s")

    def offer(self, people: Iterable[tuple[str, str]], first: str = "") -> None:
        """The people to choose from, for the page; `first` is chosen already."""
        people = list(people)
        self.fields["owner"].choices = people  # type: ignore[attr-defined]  # a choice field
        self.fields["owner"].initial = first


class Authority(Owner):
    """A detective inspector's authority: for whom, why, and who supervises them."""

    supervised_by = OfferedField(
        label="Supervised by a PIP2 detective",
        help_text="With one, a trainee meets the force’s policy. The other policy is still not met",
        required=False,
    )

    def __init__(self, typed: Any = None) -> None:
        super().__init__(typed)
        del self.fields["override"]
        self.fields["reason"].label = "Why it cannot wait for a PIP2 detective"
        self.fields["at"].label = "When did you give it?"

    def offer_supervisors(self, people: Iterable[tuple[str, str]]) -> None:
        """The PIP2 detectives who may supervise, for the page."""
        self.fields["supervised_by"].choices = [("", "No one"), *people]  # type: ignore[attr-defined]  # a choice field


class ConflictForm(forms.Form):
    """Who has a conflict of interest in a case, and why."""

    somebody = WordsField(
        label="Who", help_text="Their user name, or their name in full", max_length=120, wanted="Write who has the conflict"
    )
    reason = LinesField(
        label="Why", help_text="Such as knowing a person of the case. Lists never show it", max_length=1000,
        wanted="Write why, in a few words",
    )  # fmt: skip
