"""What a second victim may share with the first: a tick for each answer that was read, and none is ticked already."""

from collections.abc import Sequence
from typing import Any

from django import forms

from lodestar.referrals.queries import Offered


class Common(forms.Form):
    """The answers offered. Each tick names the very words that were shown: what was changed meanwhile is shown again."""

    def __init__(self, offers: Sequence[Offered], data: Any = None) -> None:
        super().__init__(data, auto_id="%s", use_required_attribute=False)
        self.offers = {f"take-{one.mark}": one for one in offers}
        for name, one in self.offers.items():
            self.fields[name] = forms.BooleanField(label=one.ask.label, required=False)

    def taken(self) -> list[Offered]:
        """Those that were ticked."""
        return [one for name, one in self.offers.items() if self.cleaned_data[name]]
