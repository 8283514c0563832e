"""A table that is sent."""

from django import forms


class ImportFile(forms.Form):
    """A table; `looked_at` is the mark of the one that was looked at: no other is taken in."""

    file = forms.FileField(
        label="The file", help_text="CSV or .xlsx with the template’s headings, of at most 500 rows and 2 MB",
        error_messages={"required": "Choose the file", "empty": "Choose the file"},
    )  # fmt: skip
    looked_at = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
