"""What professional standards makes of an alert."""

from django import forms

from lodestar.platform.design.forms.fields import LinesField, WordsField, asked


class Settled(forms.Form):
    """Whether an alert is taken up or of no concern, and why."""

    outcome = forms.ChoiceField(
        label="Outcome",
        choices=[("taken_up", "Under investigation"), ("no_concern", "No concern")],
        widget=forms.RadioSelect,
        **asked("Say which"),
    )
    because = LinesField(
        label="Why?",
        help_text="What was asked and what was said. Nothing about a case or a possible victim",
        max_length=400,
        wanted="Write why, in a few words",
    )


class OwnAddress(forms.Form):
    """The address of a member of staff, to know it again. It is not kept."""

    username = WordsField(label="Member of staff", help_text="Their user name", max_length=80, wanted="Write their user name")
    address = forms.CharField(
        label="The address",
        help_text="With its number and postcode. Leave blank to delete their identifiers",
        required=False,
        max_length=300,
        widget=forms.Textarea,
    )

    def clean_username(self) -> str:
        """The user name, as it is kept."""
        return str(self.cleaned_data["username"]).lower()


class Emergency(forms.Form):
    """Why someone with no part in a case has to see it now."""

    reason = LinesField(
        label="Why do you need it now?",
        help_text="For whose safety, and what you will do. Data protection reads this at once",
        max_length=400,
        wanted="Write why, in a few words",
    )
