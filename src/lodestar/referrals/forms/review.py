"""What somebody saw on looking a referral over."""

from django import forms

from lodestar.cases.forms.fields import LinesField


class Review(forms.Form):
    """One comment."""

    comment = LinesField(
        label="What would make it clearer",
        help_text="About the text, never about them. Whoever writes it reads it. It is no part of what goes. It can be disclosed",
        max_length=2000,
        required=True,
        error_messages={"required": "Write what you saw, or go back"},
    )
