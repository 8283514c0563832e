"""One talk about referral, as it was: what was said, how they were asked, what they answered. Nothing is pre-ticked."""

from typing import Any

from django import forms
from django.http import QueryDict

from lodestar.casework.consent.presenters import choices
from lodestar.casework.consent.rules import LONGEST_TRANSLATION
from lodestar.platform.design.forms.fields import DayField, LinesField, WhenField, WordsField

SAID = [
    ("home_office_decides", "The Home Office decides. For some people its immigration side does."),
    ("police_are_told", "Police will know."),
    ("need_not_talk", "They need not talk to the police."),
    ("if_no_note_goes", "If they say no, a note without their name goes to the Home Office, and the police keep a crime"
     " record."),
    ("adviser_offered", "An adviser who works for them, not for us, was offered."),
]  # fmt: skip
SAID_TO_CHILD = [
    ("told_what_happens", "What happens now, in words they understand."),
    ("told_who_will_know", "Who will know."),
    ("pack_given", "The information pack was given."),
    ("wishes_not_said", "Asked what they want. They did not say."),
]
YES_NO = [("yes", "Yes"), ("no", "No")]
INTERPRETERS = [
    ("independent", "Independent"),
    ("companion", "A companion or someone they know"),
    ("none", "None, and one was needed"),
    ("not_needed", "Not needed"),
]
NOTICES = [("written", "Given in writing"), ("read_out", "Read out"), ("not_given", "Not given yet")]
ANSWERS = [("yes", "Yes"), ("no", "No"), ("time", "They want time"), ("not_asked", "Not asked, or not understood")]
CAPACITY = [("true", "They can decide this"), ("in_doubt", "I am in doubt"), ("false", "They cannot decide this")]
NOTHING_WRITTEN = "Nothing is recorded yet. Tick or write what you have; leave the rest blank"
ABOUT_THE_REST = ("support", "police", "named", "contact", "notice")
CONTACT = [
    ("yes", "Yes, in the way agreed with them"),
    ("unsafe", "Not now: it is not safe for them"),
    ("unwanted", "“Please do not contact me again”"),
]


def _choice(label: str, choices: list[tuple[str, str]], **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect, **more)


def _words(label: str, length: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=False, **more)


class Consent(forms.Form):
    """The short form for an adult, or someone whose age is not known. Any field may be blank; wanting time is an answer."""

    said = forms.MultipleChoiceField(
        label="1. Explained before asking", choices=SAID, required=False, widget=forms.CheckboxSelectMultiple
    )
    notice = _choice(
        "The Home Office’s Privacy Information Notice", NOTICES, help_text="The referral form states that it was explained"
    )
    notice_language = _words("In which language", 80)
    alone = _choice("Alone, away from anyone who may control them?", YES_NO)
    interpreter = _choice("Interpreter", INTERPRETERS)
    language = _words("Language", 80)
    job_number = _words("Job number", 40)
    there = _words("Who else was there", 200)
    at = WhenField(label="Time", help_text="Like 0225. Leave blank for now")
    answer = _choice("“Shall I refer you?”", ANSWERS)
    why_not = _words("Why not, if they wish to say", 500, help_text="In their words. Help does not depend on it")
    capacity = _choice("Can they decide this?", CAPACITY)
    support = _choice("Do they want the support?", YES_NO)
    police = _choice("May the police contact them?", YES_NO)
    named = _choice(
        "Be named to the Home Office if not referred?",
        YES_NO,
        help_text="Ask this separately. Helping the police does not mean yes to this.",
    )
    contact = _choice("May we contact them again?", CONTACT)
    leaflet = forms.ChoiceField(label="Leaflet shown or given", choices=choices, required=False)

    def clean(self) -> None:
        """A form with nothing in it records no talk: it says so instead."""
        if not self.errors and not any(self.cleaned_data.values()):
            raise forms.ValidationError(NOTHING_WRITTEN)


class Heard(Consent):
    """The same talk with a child, or someone treated as one: the referral does not need their agreement."""

    said = forms.MultipleChoiceField(
        label="Explained", choices=SAID_TO_CHILD, required=False, widget=forms.CheckboxSelectMultiple
    )
    wants = _words("What they want, in their words", 1000, widget=forms.Textarea)
    answer = _choice("What they said, if you asked about the referral", ANSWERS)

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


def is_about_the_rest(answers: dict[str, Any]) -> bool:
    """Whether a talk was about what may wait alone: nothing was said of referral or of deciding on it."""
    return any(answers.get(name) for name in ABOUT_THE_REST) and not (answers.get("answer") or answers.get("capacity"))


def facts_of(answers: dict[str, Any]) -> dict[str, Any]:
    """The columns of one talk. What was not answered stays not known; it is never no."""
    booleans = {"yes": True, "no": False}
    return {
        "nrm": booleans.get(answers.get("answer", "")),
        "wants_time": True if answers.get("answer") == "time" else None,
        "capacity": answers.get("capacity", ""),
        "spoke_alone": booleans.get(answers.get("alone", "")),
        "interpreter": answers.get("interpreter", ""),
        "may_be_named": booleans.get(answers.get("named", "")),
        "wants_support": booleans.get(answers.get("support", "")),
        "police_may_contact": booleans.get(answers.get("police", "")),
        "contact_again": answers.get("contact", ""),
        "privacy_notice": answers.get("notice", ""),
        "privacy_notice_language": answers.get("notice_language", ""),
        "refusal_reason": answers.get("why_not", ""),
        "said": list(answers.get("said", [])),
        "language": answers.get("language", ""),
        "job_number": answers.get("job_number", ""),
        "who_was_there": answers.get("there", ""),
    }


class FileTranslation(forms.Form):
    """A translation, who checked it, and when: one that nobody has checked is shown to nobody."""

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
    checked_by = WordsField(
        label="Who checked it",
        help_text="Name and qualification, for example a qualified interpreter. Not the translator",
        max_length=200,
        wanted="Write who checked it: name and qualification",
    )
    checked_on = DayField(label="When it was checked", wanted="Write the day on which it was checked")


class Withdraw(forms.Form):
    """Why the translation that holds is taken back."""

    because = WordsField(label="Why it is withdrawn", max_length=400, wanted="Write why it is withdrawn, in a few words")
