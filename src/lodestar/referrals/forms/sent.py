"""What was sent to the Home Office and what came of it: shape and wording. Nothing is compulsory but saying which it was."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from lodestar.cases.forms.fields import DayField, LinesField, WhenField, WordsField
from lodestar.kernel.days import london_date
from lodestar.kernel.mail import LARGEST, TOO_LARGE, Mail, NotAMail, read_mail
from lodestar.kernel.uk_dates import CannotRead, read_coming
from lodestar.referrals.models import GROUNDS, KINDS, LETTERS
from lodestar.referrals.queries import Offered
from lodestar.referrals.rules.decisions import could_disqualify

ROUTES = [("nrm", "National Referral Mechanism (NRM)"), ("dtn", "Duty to Notify, without a name")]
DIRECTIONS = [("made_by_us", "We did"), ("received_for_investigation", "Someone else, and we investigate")]


class Sent(forms.Form):
    """One referral or notification that has gone. `as_it_happened` and `another` are asked only where they are needed."""

    route = forms.ChoiceField(label="What was sent?", choices=ROUTES, required=False, widget=forms.RadioSelect)
    sent_at = WhenField(label="When was it sent?")
    reference = WordsField(label="Reference", help_text="If it has come. It can be added later", max_length=80)
    gaps = forms.BooleanField(label="It went with gaps: supplementary information follows", required=False)
    identity_checked = forms.BooleanField(
        label="Read in full before sending: nothing in it, alone or together, identifies them", required=False
    )
    direction = forms.ChoiceField(
        label="Who sent it?", choices=DIRECTIONS, required=False, widget=forms.RadioSelect, initial="made_by_us"
    )
    sent_by = WordsField(label="Name, or the organisation, if it was not you", max_length=200)
    confirmation = LinesField(
        label="What the Home Office’s answer says",
        help_text="Of a Duty to Notify, nothing that shows who they are",
        max_length=2000,
    )
    dtn_was_sent = forms.BooleanField(label="What was sent was a Duty to Notify", required=False)  # asked of a child only
    as_it_happened = forms.BooleanField(label="It has been sent. Record it as it happened", required=False)
    another = forms.BooleanField(label="Another one was sent as well as the one recorded", required=False)

    def clean_direction(self) -> str:
        """Ours, unless told otherwise."""
        return self.cleaned_data["direction"] or "made_by_us"

    def clean(self) -> None:
        """Which of the two it was is the one thing that cannot be left out."""
        if self.cleaned_data.get("dtn_was_sent"):
            self.cleaned_data["route"] = "dtn"
        if not self.errors and not self.cleaned_data.get("route"):
            self.add_error("route", "Say what was sent: the two are counted apart")


class Reference(forms.Form):
    """The reference that came later, for one referral."""

    referral = forms.UUIDField(widget=forms.HiddenInput)
    late_reference = WordsField(
        label="Reference", max_length=80, required=True, error_messages={"required": "Write the reference as it came"}
    )


class Rest(forms.Form):
    """That supplementary information was sent."""

    rest_at = WhenField(label="When was it sent?")
    how = WordsField(label="How", help_text="By e-mail to the competent authority, or as they asked", max_length=200)


def referral_columns(answers: dict[str, Any], words: str) -> dict[str, Any]:
    """The columns that go with a referral, from what the form says."""
    is_dtn = answers["route"] == "dtn"
    return {
        "sent_words": words,
        "sent_by": answers["sent_by"],
        "confirmation": answers["confirmation"],
        "gaps": answers["gaps"] and not is_dtn,
        "identity_checked": (True if answers["identity_checked"] else None) if is_dtn else None,
    }


RECONSIDER, DISQUALIFY = GROUNDS[:2], GROUNDS[2:]
TOO_EARLY = (
    "Disqualification did not exist before 30 January 2023 (Nationality and Borders Act 2022 s63). Check the date or "
    "the letter"
)
NOT_A_DAY = "“{}” is not a day. Write it like 9 March 2026, or leave it blank"


class ComingDayField(DayField):
    """A day that may be to come, as 9 March 2026; cleaned to a date, None when blank."""

    def clean(self, value: Any) -> date | None:
        try:
            return super().clean(value)
        except forms.ValidationError:
            return self._coming(str(value))

    def _coming(self, typed: str) -> date:
        try:
            coming = read_coming(f"{typed} 0001", timezone.now())
        except CannotRead:
            coming = None
        if coming is None:
            raise forms.ValidationError(NOT_A_DAY.format(typed))
        return london_date(coming)


class Decided(forms.Form):
    """One thing that came of a referral. A day left blank is today; the day of the notice may be left blank until it is
    known."""

    kind = forms.ChoiceField(
        label="What was the outcome?",
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the outcome"},
    )
    answer_by = ComingDayField(
        label="Needed by when?", help_text="As the letter says. Leave blank for five working days from its date"
    )
    basis = forms.ChoiceField(label="On which ground?", choices=RECONSIDER, required=False, widget=forms.RadioSelect)
    ground = forms.ChoiceField(
        label="What does the letter say?", choices=DISQUALIFY, required=False, widget=forms.RadioSelect
    )
    decided_on = DayField(label="On which day?", help_text="Like 9 March 2026, or yesterday. Leave blank for today")
    notice_on = DayField(
        label="Day of the notice or letter", help_text="If it is another. The limits run from it"
    )
    replaces = forms.ChoiceField(label="Does it correct one recorded by mistake?", required=False)

    def __init__(self, so_far: Iterable[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "%s", **options})
        self.fields["replaces"].choices = [("", "No, it is another decision"), *so_far]  # type: ignore[attr-defined]  # a choice field

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
        return {"ground": grounds.get(answers["kind"], ""), "answer_by": answers["answer_by"]}


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


class Settled(forms.Form):
    """The reason, which stands with the name of whoever gives it."""

    reason = LinesField(
        label="Why is that right?",
        max_length=1000,
        required=True,
        error_messages={"required": "Say why, in a few words"},
    )


class Review(forms.Form):
    """One comment."""

    comment = LinesField(
        label="What would make it clearer",
        help_text="Comment on the text, not on the people. The writer reads it. It is not sent, but it can be disclosed",
        max_length=2000,
        required=True,
        error_messages={"required": "Write what you saw, or go back"},
    )


class Common(forms.Form):
    """The answers offered. Each tick names the very words that were shown: what was changed meanwhile is shown again."""

    def __init__(self, offers: Sequence[Offered], data: Any = None) -> None:
        super().__init__(data, auto_id="%s", use_required_attribute=False)
        self.offers = {f"take-{offer.mark}": offer for offer in offers}
        for name, offer in self.offers.items():
            self.fields[name] = forms.BooleanField(label=offer.ask.label, required=False)

    def ticked_offers(self) -> list[Offered]:
        """Those that were ticked."""
        return [offer for name, offer in self.offers.items() if self.cleaned_data[name]]
