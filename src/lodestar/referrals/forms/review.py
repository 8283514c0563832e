"""What somebody saw on looking a referral over."""

from django import forms

from lodestar.cases.forms.words import LinesField


class Review(forms.Form):
    """One comment."""

    comment = LinesField(
        label="What would make it clearer",
        help_text="Comment on the text, not on the people. The writer reads it. It is not sent, but it can be disclosed",
        max_length=2000,
        required=True,
        error_messages={"required": "Write what you saw, or go back"},
    )
