"""One talk about referral, as it was: what was said, how they were asked, what they answered. Nothing is pre-ticked."""

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils import timezone

from lodestar.casework.consent.presenters import choices
from lodestar.casework.consent.rules import LEAFLET, LONGEST_TRANSLATION, TEXTS, english_on, in_translation
from lodestar.platform.design.forms.fields import DayField, LinesField, WordsField
from lodestar.platform.questionnaires.forms import QuestionForm
from lodestar.platform.questionnaires.rules import question_set

YES_NO = [("yes", "Yes"), ("no", "No")]
NOTHING_WRITTEN = "Nothing is recorded yet. Tick or write what you have; leave the rest blank"
ABOUT_THE_REST = ("support", "police", "named", "contact", "notice")


class Consent(QuestionForm):
    """The short form for an adult, or someone whose age is not known. Any field may be blank; wanting time is an answer."""

    QUESTIONS = "talk"

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, asked=question_set("consent", self.QUESTIONS, timezone.localdate()), **options)
        cast(forms.ChoiceField, self.fields["leaflet"]).choices = choices()

    def clean(self) -> dict[str, Any]:
        """A form with nothing in it records no talk: it says so instead."""
        if not self.errors and not any(self.cleaned_data.values()):
            raise forms.ValidationError(NOTHING_WRITTEN)
        return super().clean()

    @property
    def is_about_the_rest(self) -> bool:
        """Whether the talk was about what may wait alone: nothing was said of referral or of deciding on it."""
        answers = self.cleaned_data
        return any(answers[name] for name in ABOUT_THE_REST) and not (answers["answer"] or answers["capacity"])


class Heard(Consent):
    """The same talk with a child, or someone treated as one: the referral does not need their agreement."""

    QUESTIONS = "talk_with_child"

    @property
    def own_data(self) -> QueryDict:
        """What was sent of this child, without the prefix of its names."""
        own = QueryDict(mutable=True)
        for name in (*self.fields, "version"):
            own.setlist(name, self.data.getlist(self.add_prefix(name)))  # type: ignore[attr-defined]  # as it was sent
        return own

    @property
    def is_filled(self) -> bool:
        """Whether anything is ticked or written of this child."""
        return any(value.strip() for name in self.fields for value in self.own_data.getlist(name))


YES_OR_NO = {
    "nrm": "answer", "spoke_alone": "alone", "may_be_named": "named", "wants_support": "support", "police_may_contact": "police",
}  # fmt: skip
AS_GIVEN = {
    "capacity": "capacity", "interpreter": "interpreter", "contact_again": "contact", "privacy_notice": "notice",
    "privacy_notice_language": "notice_language", "refusal_reason": "why_not", "language": "language", "job_number": "job_number",
    "who_was_there": "there",
}  # fmt: skip


def facts_of(answers: dict[str, Any]) -> dict[str, Any]:
    """The columns of one talk. What was not answered stays not known; it is never no."""
    booleans = {column: {"yes": True, "no": False}.get(answers.get(name, "")) for column, name in YES_OR_NO.items()}
    words = {column: answers.get(name, "") for column, name in AS_GIVEN.items()}
    wants_time = True if answers.get("answer") == "time" else None
    return {**booleans, **words, "wants_time": wants_time, "said": list(answers.get("said", []))}


class FileTranslation(forms.Form):
    """A translation, who checked it, and when: one that nobody has checked is shown to nobody."""

    text_of = forms.ChoiceField(label="Which text is it?", choices=[*TEXTS.items()], required=False)
    text = LinesField(
        label="The translation",
        help_text="Each heading on a line of its own that begins with #. A blank line between paragraphs. Leave the numbers"
        " out: they are put under it from the list of contacts",
        max_length=LONGEST_TRANSLATION,
        error_messages={
            "max_length": "That is %(show_value)s characters. Keep it to %(limit_value)s", "required": "Paste the translation",
        },
        required=True,
    )  # fmt: skip
    sound = forms.FileField(label="Sound file of it, if there is one", help_text="MP3 or Ogg, up to 25 MB", required=False)
    checked_by = WordsField(
        label="Who checked it",
        help_text="Name and qualification, for example a qualified interpreter. Not the translator, nor who reads it out",
        max_length=200,
        wanted="Write who checked it: name and qualification",
    )
    checked_on = DayField(label="When it was checked", wanted="Write the day on which it was checked")

    def clean(self) -> dict[str, Any]:
        """A text with codes has each of its parts under its code."""
        answers = self.cleaned_data
        answers["text_of"] = text_of = answers.get("text_of") or LEAFLET
        english = [part for part in english_on(timezone.localdate(), text_of) if not part.contacts]
        if text_of != LEAFLET and "text" in answers and in_translation(english, answers["text"]) is None:
            codes = ", ".join(part.code for part in english)
            self.add_error("text", f"Keep each code and all its paragraphs, under # and a colon: {codes}")
        return answers


class Withdraw(forms.Form):
    """Why the translation that holds is taken back."""

    because = WordsField(label="Why it is withdrawn", max_length=400, wanted="Write why it is withdrawn, in a few words")
