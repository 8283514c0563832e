"""What administrators fill in about people and units, what an invited person chooses, and leave."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.password_validation import validate_password

from lodestar.platform.accounts.models import Unit, User
from lodestar.platform.accounts.permissions import ROLES
from lodestar.platform.design.forms.fields import AnyDayField, LinesField, WordsField, asked
from lodestar.platform.staff import rules
from lodestar.platform.staff.actions.changes import USERNAME

IS_PAST = "That day is past"
NOTHING = ("", "Choose one")


def _unit_choices(units: Sequence[Unit]) -> list[tuple[str, str]]:
    return [(str(unit.id), unit.name) for unit in units]


def _choice(label: str, wanted: str, choices: Iterable[Any], **options: Any) -> forms.Field:
    return forms.ChoiceField(label=label, choices=[NOTHING, *choices], **asked(wanted), **options)


def _boxes(units: Sequence[Unit]) -> dict[str, forms.Field]:
    """Every box of every change, by the name under which a request keeps its answer."""
    roles = [(role.code, role.name) for role in ROLES.values()]
    give_or_take = [("give", "Give"), ("take", "Take away")]
    return {
        "username": WordsField(label="User name", help_text="Small letters, no spaces, like h.brandreth", max_length=80,
                               wanted="Write the name they will sign in with"),
        "name": WordsField(label="Name", help_text="As colleagues read it, like PC Hanna Brandreth", max_length=120,
                           wanted="Write their name"),
        "email": forms.EmailField(label="E-mail", required=False, max_length=254),
        "phone": WordsField(label="Telephone", max_length=30),
        "collar_number": WordsField(label="Collar number", max_length=20),
        "unit": _choice("Unit", "Choose their unit", _unit_choices(units)),
        "rank": forms.ChoiceField(label="Rank", required=False, choices=[("", "None"), *rules.ranks().items()]),
        "roles": forms.MultipleChoiceField(label="Roles", required=False, choices=roles, widget=forms.CheckboxSelectMultiple),
        "role": _choice("Role", "Choose the role", roles),
        "skill": _choice("Skill or language", "Choose the skill or language", rules.skill_groups().items()),
        "what": forms.ChoiceField(label="What should happen?", choices=give_or_take, widget=forms.RadioSelect,
                                  **asked("Say whether it is given or taken away")),
        "first": AnyDayField(label="From which day?", help_text="Like 1 March 2027. Blank is today"),
        "last": AnyDayField(label="Last day", help_text="Like 1 March 2027. Blank: no last day"),
    }  # fmt: skip


class ChangeForm(forms.Form):
    """One change of a person: `content` is what the request says."""

    def __init__(self, *arguments: Any, kind: str, today: date, units: Sequence[Unit], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.kind, self.today, self.change, boxes = kind, today, rules.CHANGES[kind], _boxes(units)
        self.fields.update({name: boxes[name] for name in self.change.fields})
        why = "Write why, in a few words" if self.change.says_why else ""
        self.fields["reason"] = LinesField(label="Why?", help_text="Kept with the request", max_length=400, wanted=why)

    def clean_username(self) -> str:
        """A user name as it can be."""
        username = str(self.cleaned_data["username"]).lower()
        if not USERNAME.fullmatch(username):
            raise forms.ValidationError("A user name has no spaces")
        return username

    def clean(self) -> None:
        """Days to come, in their order. Somebody may have left before anybody wrote it down."""
        first, last, what = (self.cleaned_data.get(name) for name in ("first", "last", "what"))
        if first is not None and first < self.today:
            self.add_error("first", IS_PAST)
        if self.kind == rules.END:
            if last is None and "last" not in self.errors:
                self.add_error("last", "Write their last day")
        elif last is not None and what == "take":
            self.add_error("last", "Only what is given has a last day. Write from which day it is taken away")
        elif last is not None and last < (first or self.today):
            self.add_error("last", "It ends before it begins")

    def content(self) -> dict[str, Any]:
        """What the request says: each answer but the reason, days as text."""
        answers = {name: value for name, value in self.cleaned_data.items() if name not in ("reason", "what")}
        if "what" in self.cleaned_data:
            answers["take"] = self.cleaned_data["what"] == "take"
        if self.kind == rules.ADD:
            answers |= {"roles": [[role, None] for role in answers["roles"]], "skills": []}
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in answers.items()}


class UnitForm(forms.Form):
    """A unit: its name and the unit above it."""

    name = WordsField(label="Name", max_length=120, wanted="Write the name of the unit")
    parent = forms.ChoiceField(label="Part of", required=False)

    def __init__(self, *arguments: Any, units: Sequence[Unit], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["parent"].choices = [("", "No other unit"), *_unit_choices(units)]  # type: ignore[attr-defined]  # a choice field


class LeaveForm(forms.Form):
    """Who is away, from a day to a day."""

    person = forms.ChoiceField(label="Who?", choices=(), required=False)
    first_day = AnyDayField(label="First day", help_text="Like 1 March 2027", wanted="Write the first day")
    last_day = AnyDayField(label="Last day", help_text="Like 14 March 2027", wanted="Write the last day")

    def __init__(self, *arguments: Any, people: Sequence[tuple[UUID, str]], today: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.today = today
        self.fields["person"].choices = [(str(user), name) for user, name in people]  # type: ignore[attr-defined]  # a choice field

    def clean_person(self) -> UUID:
        """Who is away: whoever enters it, where nobody else is said."""
        return UUID(self.cleaned_data["person"] or self.fields["person"].choices[0][0])  # type: ignore[attr-defined]  # the same

    def clean(self) -> None:
        """Days in their order, which are not all past."""
        first, last = self.cleaned_data.get("first_day"), self.cleaned_data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "It ends before it begins")
        elif last and last < self.today:
            self.add_error("last_day", IS_PAST)


class InvitationCode(forms.Form):
    """Who was invited, and the code they were given."""

    username = WordsField(label="User name", max_length=80, wanted="Write your user name",
                          widget=forms.TextInput(attrs={"autocomplete": "username", "spellcheck": "false"}))  # fmt: skip
    code = WordsField(label="Invitation code", help_text="Four groups of five letters and figures", max_length=40,
                      wanted="Write the code from your invitation",
                      widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}))  # fmt: skip

    def clean_username(self) -> str:
        """In small letters."""
        return str(self.cleaned_data["username"]).lower()


class OwnProofs(InvitationCode):
    """What an invited person chooses: a password, and the six digits of the code generator that the page offers."""

    secret = forms.RegexField(r"[A-Z2-7]{32}", widget=forms.HiddenInput)
    password = forms.CharField(
        label="Choose a password", help_text="At least 12 characters", max_length=200, strip=False,
        error_messages={"required": "Choose a password"},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    digits = WordsField(label="Code from your app", help_text="Six digits", max_length=12,
                        wanted="Write the six digits that your app shows now",
                        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}))  # fmt: skip

    def clean(self) -> None:
        """A password that the force's rules allow."""
        if password := self.cleaned_data.get("password"):
            try:
                validate_password(password, User(username=self.cleaned_data.get("username", "")))
            except forms.ValidationError as error:
                self.add_error("password", error)
