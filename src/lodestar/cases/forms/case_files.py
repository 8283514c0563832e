"""A photograph or paper of a case."""

from django import forms

from lodestar.cases.forms.fields import asked


class Paper(forms.Form):
    """One photograph or paper, and what it is."""

    what = forms.CharField(
        label="What it is",
        help_text="A few words, like \u201cmattresses in the back room\u201d. Or leave it blank",
        required=False,
        max_length=200,
    )
    paper = forms.FileField(
        label="A photograph or document",
        help_text="A JPEG or PNG picture, a PDF or a Word document, up to 25 MB. The original is kept for evidence; hidden "
        "camera details, such as location, are removed from shared copies",
        allow_empty_file=True,
        **asked("Choose a photograph, a PDF or a Word document"),
    )
