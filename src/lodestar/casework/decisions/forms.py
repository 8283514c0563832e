"""What came of a referral: shape and wording."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from lodestar.casework.decisions.models import GROUNDS, KINDS, LETTERS, Decision
from lodestar.casework.decisions.rules import could_disqualify
from lodestar.platform.design.forms.fields import AnyDayField, DayField, LinesField, asked
from lodestar.platform.design.when import short_day
from lodestar.platform.files.mail import LARGEST, TOO_LARGE, Mail, NotAMail, read_mail
from lodestar.platform.time.days import london_date

RECONSIDER, DISQUALIFY = GROUNDS[:2], GROUNDS[2:]
TOO_EARLY = (
    "Disqualification did not exist before 30 January 2023 (Nationality and Borders Act 2022 s63). Check the date or the letter"
)


class Decided(forms.Form):
    """One thing that came of a referral. A day left blank is today; the day of the notice may be left blank until it is
    known."""

    kind = forms.ChoiceField(
        label="What was the outcome?", choices=KINDS, widget=forms.RadioSelect, error_messages={"required": "Choose the outcome"}
    )
    answer_by = AnyDayField(
        label="Needed by when?",
        help_text="As the letter says, like 9 March 2027. Leave blank for five working days from its date",
    )
    basis = forms.ChoiceField(label="On which ground?", choices=RECONSIDER, required=False, widget=forms.RadioSelect)
    ground = forms.ChoiceField(label="What does the letter say?", choices=DISQUALIFY, required=False, widget=forms.RadioSelect)
    decided_on = DayField(label="On which day?", help_text="Like 9 March 2026, or yesterday. Leave blank for today")
    notice_on = DayField(label="Day of the notice or letter", help_text="If it is another. The limits run from it")
    replaces = forms.ChoiceField(label="Does it correct one recorded by mistake?", required=False)

    def __init__(self, filed: Sequence[Decision], data: Any = None) -> None:
        super().__init__(data, auto_id="%s")
        replaced, now = {row.replaces_id for row in filed}, timezone.now()
        self.fields["replaces"].choices = [  # type: ignore[attr-defined]  # a choice field
            ("", "No, it is another decision"),
            *(
                (str(row.id), f"{row.get_kind_display()}, {short_day(row.decided_on, now)}")
                for row in filed
                if row.id not in replaced
            ),
        ]

    def clean(self) -> None:
        """No notice comes before what it is a notice of."""
        decided, notice = self.cleaned_data.get("decided_on"), self.cleaned_data.get("notice_on")
        if decided and notice and notice < decided:
            self.add_error("notice_on", "The notice cannot be of a day before the decision. Look at both again")
        kind, by = self.cleaned_data.get("kind"), self.cleaned_data.get("answer_by")
        day = decided or london_date(timezone.now())
        if kind == "info_asked" and by and by < day:
            self.add_error("answer_by", "It cannot be wanted before it was asked for. Look at both days again")
        if kind == "disqualified" and not could_disqualify(day):
            self.add_error("decided_on", TOO_EARLY)

    def ground_and_deadline(self) -> dict[str, Any]:
        """The ground, and the day it is wanted by, of the kinds that have them."""
        answers = self.cleaned_data
        grounds = {"rec_asked": answers["basis"], "disqualified": answers["ground"]}
        is_asked = answers["kind"] == "info_asked"
        return {"ground": grounds.get(answers["kind"], ""), "answer_by": answers["answer_by"] if is_asked else None}


class NewLetter(forms.Form):
    """The text of a mail, or its file, and what kind it is."""

    words = LinesField(
        label="Paste the text of the mail or letter",
        help_text="All of it, with its reference, which files it automatically",
        max_length=100_000,
    )
    mail = forms.FileField(
        label="Or choose the mail as a file", help_text="An .eml file, up to 15 MB", required=False, allow_empty_file=True
    )
    kind = forms.ChoiceField(label="What is it?", choices=LETTERS, widget=forms.RadioSelect, **asked("Choose what it is"))

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


class Settled(forms.Form):
    """The reason, which stands with the name of whoever gives it."""

    reason = LinesField(
        label="Why is that right?", max_length=1000, required=True, error_messages={"required": "Say why, in a few words"}
    )
