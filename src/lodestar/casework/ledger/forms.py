"""Handing on what is left of a case."""

from django import forms


class HandOn(forms.Form):
    """A few words for whoever takes it over. Not compulsory; which lines is said by the buttons and ticks."""

    known = forms.CharField(
        label="What the next person needs to know",
        help_text="Like: “wants to be near her nan, not Marlsea”. No address here.",
        required=False,
        max_length=400,
    )
