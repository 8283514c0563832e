"""Sign-in, and tokens of other systems: shape and wording."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import forms

from lodestar.platform.accounts.models import Membership
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import fits_post, last_day_possible
from lodestar.platform.design.forms.fields import AnyDayField, WordsField, asked
from lodestar.platform.design.when import day as shown_day
from lodestar.platform.time.uk_dates import CannotRead, read_coming

NAMED_WANTED = "Write what they type to sign in to the force, without spaces"


class SecondProof(forms.Form):
    """The six digits of somebody whom their force's own sign-in named."""

    code = forms.CharField(
        label="Code from your app", max_length=12, help_text="Six digits.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        **asked("Write the six digits that your app shows now"),
    )  # fmt: skip


class SignIn(SecondProof):
    """Name, password and six digits, together."""

    username = forms.CharField(
        label="User name", max_length=80, **asked("Write your user name"),
        widget=forms.TextInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )  # fmt: skip
    password = forms.CharField(
        label="Password", max_length=200, strip=False, error_messages={"required": "Write your password"},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip
    field_order = ("username", "password", "code")


class ForceAccount(forms.Form):
    """By which name a colleague is known to the force's own sign-in."""

    username = WordsField(
        label="Whose account is it?", help_text="Their user name here", max_length=80,
        wanted="Write the user name that they have here",
    )  # fmt: skip
    named = WordsField(
        label="Their name in the force sign-in",
        help_text="Exactly as they type it there, like h.brandreth@force.example", max_length=254,
        wanted=NAMED_WANTED,
    )  # fmt: skip

    def clean_username(self) -> str:
        """The user name, in small letters."""
        return str(self.cleaned_data["username"]).lower()

    def clean_named(self) -> str:
        """The name there: no spaces, small letters."""
        if " " in self.cleaned_data["named"]:
            raise forms.ValidationError(NAMED_WANTED)
        return str(self.cleaned_data["named"]).lower()


class MakeToken(forms.Form):
    """A token is named after the system that will hold it."""

    name = WordsField(
        label="Which system is it for?", help_text="One system, one token: then it can be revoked alone", max_length=120,
        wanted="Write which system will use it",
    )  # fmt: skip
    may = forms.ChoiceField(
        label="What may it do?",
        choices=[
            (Permission.ASSESS_BY_TOKEN.value, "Run the rules"),
            (Permission.CONCERN_BY_TOKEN.value, "Send first reports in the name of an officer it gives"),
        ],
        required=False,
        initial=Permission.ASSESS_BY_TOKEN.value,
    )
    last_day = AnyDayField(
        label="Last day", help_text="Like 31 March 2027. After it the token is refused",
        wanted="Write the last day on which it may be used",
    )  # fmt: skip

    def __init__(self, today: date, submitted: Any = None) -> None:
        latest = last_day_possible(today)
        super().__init__(submitted, auto_id="%s", initial={"last_day": shown_day(latest)})
        self.today, self.latest = today, latest

    def clean_last_day(self) -> date:
        """A day from today to the last that the force allows."""
        day: date = self.cleaned_data["last_day"]
        if not self.today <= day <= self.latest:
            raise forms.ValidationError(f"Choose a day from today to {shown_day(self.latest)}")
        return day

    def clean_may(self) -> Permission:
        """What it may do; to ask the rules where nothing was said."""
        return Permission(self.cleaned_data["may"] or Permission.ASSESS_BY_TOKEN)


POSTS = [("supervisor", "Duty supervisor"), ("coordinator", "Duty coordinator"), ("inspector", "Duty inspector")]
JUST_BEGUN = timedelta(hours=4)  # a time of day so far back is of the tour that has begun, not of tomorrow's


class OnDuty(forms.Form):
    """Who is on duty as what, from when to when."""

    post = forms.ChoiceField(label="What duty?", choices=POSTS, required=False, widget=forms.RadioSelect)
    person = forms.ChoiceField(label="Who?", required=False)
    begins = WordsField(label="From", help_text="Like 1900, tomorrow 0700, or 3 March 0700. Blank is now", max_length=60)
    ends = WordsField(label="To", help_text="The next such time after that", max_length=60)

    def __init__(self, people: Sequence[Membership], now: datetime, typed: Any = None) -> None:
        super().__init__(typed, auto_id="%s")
        self.now = now
        self.people = {str(row.id): row for row in people}
        people_choices = [(key, row.user.name) for key, row in self.people.items()]
        self.fields["person"].choices = [("", "Choose one"), *people_choices]  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> None:
        """All four together: a post, somebody who can hold it, and a time that ends after it begins."""
        post, row = self.cleaned_data.get("post"), self.people.get(self.cleaned_data.get("person", ""))
        if not post:
            self.add_error("post", "Say as what")
        if row is None:
            self.add_error("person", "Choose who it is")
        elif post and not fits_post(row, post):
            self.add_error("person", f"{row.user.name} is not recorded here as one who can be {dict(POSTS)[post].lower()}")
        self.cleaned_data["membership"] = row
        self._read_times()

    def _read_times(self) -> None:
        typed = {name: self.cleaned_data.get(name, "") for name in ("begins", "ends")}
        begins = self.now
        try:
            if typed["begins"].casefold() not in ("", "now"):
                begins = read_coming(typed["begins"], self.now - JUST_BEGUN) or self.now
        except CannotRead as error:
            self.add_error("begins", str(error))
            return
        try:
            ends = read_coming(typed["ends"], max(begins, self.now) + timedelta(minutes=1))
        except CannotRead as error:
            self.add_error("ends", str(error))
            return
        if ends is None:
            self.add_error("ends", "Write when it ends, like 0700 or tomorrow 0700")
        self.cleaned_data |= {"from_at": begins, "to_at": ends}


class TourEnd(forms.Form):
    """When the officer's tour ends."""

    ends = WordsField(label="When does it end?", help_text="Like 0700, or tomorrow 0700", max_length=60)

    def __init__(self, now: datetime, typed: Any = None) -> None:
        super().__init__(typed, auto_id="%s")
        self.now = now

    def clean_ends(self) -> datetime:
        """The next such time."""
        try:
            ends = read_coming(self.cleaned_data["ends"], self.now)
        except CannotRead as error:
            raise forms.ValidationError(str(error)) from None
        if ends is None:
            raise forms.ValidationError("Write when it ends, like 0700, or end it now")
        return ends
