"""Why there is a referral without a crime, or a crime without a referral: shape and wording."""

from django import forms

from lodestar.cases.forms.fields import LinesField


class Settled(forms.Form):
    """The reason, which stands with the name of whoever gives it."""

    reason = LinesField(
        label="Why is that right?",
        max_length=1000,
        required=True,
        error_messages={"required": "Say why, in a few words"},
    )
