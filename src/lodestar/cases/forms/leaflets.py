"""Filing a checked translation of the leaflet, or taking one back."""

from django import forms

from lodestar.cases.forms.fields import DayField, LinesField, WordsField

LONGEST = 12_000


class FileTranslation(forms.Form):
    """A translation, who checked it, and when: one that nobody has checked is shown to nobody."""

    text = LinesField(
        label="The translation",
        help_text="Each heading on a line of its own that begins with #. A blank line between paragraphs. Leave the numbers"
        " out: they are put under it from the list of contacts",
        max_length=LONGEST,
        error_messages={
            "max_length": "That is %(show_value)s characters. Keep it to %(limit_value)s", "required": "Paste the translation",
        },
        required=True,
    )  # fmt: skip
    checked_by = WordsField(
        label="Who checked it",
        help_text="Name and qualification, for example a qualified interpreter. Not the translator",
        max_length=200,
        wanted="Write who checked it: name and qualification",
    )
    checked_on = DayField(label="When it was checked", wanted="Write the day on which it was checked")


class Withdraw(forms.Form):
    """Why the translation that holds is taken back."""

    because = WordsField(
        label="Why it is withdrawn", max_length=400, wanted="Write why it is withdrawn, in a few words"
    )
