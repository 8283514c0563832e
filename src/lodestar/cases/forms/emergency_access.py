"""Why somebody reaches a case in an emergency."""

from django import forms

from lodestar.cases.forms.fields import LinesField


class Emergency(forms.Form):
    """Why someone with no part in a case has to see it now."""

    reason = LinesField(
        label="Why do you need it now?",
        help_text="For whose safety, and what you will do. Data protection reads this at once",
        max_length=400,
        wanted="Write why, in a few words",
    )
