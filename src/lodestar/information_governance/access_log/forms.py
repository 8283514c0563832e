"""Why and for what the log is looked into, and for whom it is saved."""

from uuid import UUID

from django import forms

from lodestar.platform.design.forms.fields import DayField, WordsField, asked

# The purposes for which a log may be used: Data Protection Act 2018 section 62(3).
PURPOSES = [
    ("lawfulness", "To check that what was done was lawful"),
    ("self_monitoring", "For our own monitoring, a disciplinary matter included"),
    ("integrity", "To keep the records accurate and secure"),
    ("criminal", "For criminal proceedings"),
]
ABOUT = [("person", "Who has seen this person, or this case"), ("officer", "What has this officer seen and done")]


class LogSearch(forms.Form):
    """Why the log is looked into, and what for. Without a purpose there is no search."""

    purpose = forms.ChoiceField(
        label="Why are you searching?",
        help_text="Data Protection Act 2018, section 62. It is recorded with your search.",
        choices=PURPOSES,
        widget=forms.RadioSelect,
        **asked("Choose why you are searching"),
    )
    about = forms.ChoiceField(
        label="What are you searching for?", choices=ABOUT, widget=forms.RadioSelect, **asked("Choose what you are searching for")
    )
    key = forms.CharField(
        label="Which one?",
        help_text="The person\u2019s name, a case reference (FM-26-\u2026), or the officer\u2019s name or user name",
        max_length=80,
        **asked("Write a name, a case reference or a user name"),
    )

    @property
    def purpose_words(self) -> str:
        """The purpose as it is written into the log."""
        return dict(PURPOSES)[self.cleaned_data["purpose"]]

    @property
    def person(self) -> UUID | None:
        """The number of a person, when one was written."""
        try:
            return UUID(self.cleaned_data["key"].strip())
        except ValueError:
            return None


class LogDays(forms.Form):
    """To which days, and to whose looks, the log is narrowed."""

    since = DayField(label="From")
    until = DayField(label="To")
    staff = WordsField(label="Member of staff", help_text="Name or user name", max_length=80)


USES = [
    ("person", "The answer to the person it is about: when, in which role and what, without staff names"),
    ("conduct", "A disciplinary file: with staff names, cases and reasons"),
]


class LogGiven(forms.Form):
    """For what the log is saved as a file, and who is given it."""

    use = forms.ChoiceField(label="What is it for?", choices=USES, widget=forms.RadioSelect, **asked("Choose what it is for"))
    recipient = WordsField(label="Who is given it?", max_length=120, wanted="Write who is given it")
