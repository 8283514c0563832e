"""A letter of the competent authority, and to which referral it belongs: shape and wording."""

from typing import Any

from django import forms

from lodestar.cases.forms.fields import LinesField, WordsField
from lodestar.kernel.mail import LARGEST, TOO_LARGE, Mail, NotAMail, read_mail
from lodestar.referrals.models.letters import LETTERS


class NewLetter(forms.Form):
    """The text of a mail, or its file. What kind it is may be left to its words."""

    words = LinesField(
        label="Paste the text of the mail or letter",
        help_text="All of it, with its reference, which files it automatically",
        max_length=100_000,
    )
    mail = forms.FileField(
        label="Or choose the mail as a file", help_text="An .eml file, up to 15 MB", required=False, allow_empty_file=True
    )
    kind = forms.ChoiceField(
        label="What is it?", choices=[("", "By its words"), *LETTERS], required=False, widget=forms.RadioSelect
    )

    def clean(self) -> None:
        """One of the two; a file is read here, so that what is none is said beside the box."""
        cleaned = self.cleaned_data
        self.content = b""
        self.read: Mail | None = None
        upload = cleaned.get("mail")
        if upload is not None:
            self._of_file(upload)
        elif not self.errors and not cleaned.get("words", "").strip():
            self.add_error("words", "Paste the text, or choose the file")

    def _of_file(self, upload: Any) -> None:
        try:
            if upload.size > LARGEST:
                raise NotAMail(TOO_LARGE)
            self.content = upload.read()
            self.read = read_mail(self.content)
        except NotAMail as refusal:
            self.add_error("mail", str(refusal))

    def letter(self) -> Mail:
        """What came: of the file, else of what was pasted, whose first line is its title."""
        if self.read is not None:
            return self.read
        words: str = self.cleaned_data["words"]
        return Mail(words.strip().partition("\n")[0][:200], words, None, "")


class WhereItBelongs(forms.Form):
    """To which referral a letter belongs, or why to none."""

    belongs = forms.ChoiceField(
        label="Where does it belong?",
        choices=[("here", "To a referral of ours"), ("aside", "To none of ours: put it aside")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say where it belongs"},
    )
    reference = WordsField(label="Its reference, or the number of the case", max_length=80)
    kind = forms.ChoiceField(label="What is it?", choices=LETTERS, required=False, widget=forms.RadioSelect)
    reason = WordsField(label="Why none", help_text="A few words. They are shown with your name", max_length=400)

    def clean(self) -> None:
        """A reference or a reason, as the choice wants it."""
        cleaned = self.cleaned_data
        if cleaned.get("belongs") == "here" and not cleaned.get("reference", "").strip():
            self.add_error("reference", "Write its reference, or the number of the case")
        if cleaned.get("belongs") == "aside" and not cleaned.get("reason", "").strip():
            self.add_error("reason", "Say why, in a few words")
