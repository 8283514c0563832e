"""What is said of a referral while it is written, and what is taken from another one: shape and wording."""

from collections.abc import Sequence
from typing import Any

from django import forms

from lodestar.cases.forms.fields import LinesField
from lodestar.referrals.queries.outgoing import Offered


class Review(forms.Form):
    """One comment."""

    comment = LinesField(
        label="What would make it clearer",
        help_text="Comment on the text, not on the people. The writer reads it. It is not sent, but it can be disclosed",
        max_length=2000,
        required=True,
        error_messages={"required": "Write what you saw, or go back"},
    )


class Common(forms.Form):
    """The answers offered. Each tick names the very words that were shown: what was changed meanwhile is shown again."""

    def __init__(self, offers: Sequence[Offered], data: Any = None) -> None:
        super().__init__(data, auto_id="%s", use_required_attribute=False)
        self.offers = {f"take-{offer.mark}": offer for offer in offers}
        for name, offer in self.offers.items():
            self.fields[name] = forms.BooleanField(label=offer.ask.label, required=False)

    def ticked_offers(self) -> list[Offered]:
        """Those that were ticked."""
        return [offer for name, offer in self.offers.items() if self.cleaned_data[name]]
