"""What administrators fill in about people and units, what an invited person chooses, and leave."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib.auth.password_validation import validate_password

from lodestar.platform.accounts.models import Unit, User
from lodestar.platform.accounts.permissions import ROLES
from lodestar.platform.design.forms.fields import AnyDayField, LinesField, WordsField, asked
from lodestar.platform.staff import rules
from lodestar.platform.staff.actions.changes import USERNAME

IS_PAST = "That day is past"
TODAY = "Like 1 March 2027. Blank is today"
NO_END = "Like 1 March 2027. Blank: no last day"
NOTHING = ("", "Choose one")


def _choice(label: str, wanted: str, choices: Callable[[], Iterable[Any]] = tuple, **options: Any) -> Any:
    return forms.ChoiceField(label=label, choices=lambda: [NOTHING, *choices()], **asked(wanted), **options)


def _give_or_take(wanted: str, give: str, take: str) -> Any:
    choices = [("give", give), ("take", take)]
    return forms.ChoiceField(label="What should happen?", choices=choices, widget=forms.RadioSelect, **asked(wanted))


def _rank() -> Any:
    return forms.ChoiceField(label="Rank", required=False, choices=lambda: [("", "None"), *rules.ranks().items()])


def _roles() -> list[tuple[str, str]]:
    return [(role.code, role.name) for role in ROLES.values()]


def _unit_choices(units: Sequence[Unit]) -> list[tuple[str, str]]:
    return [(str(unit.id), unit.name) for unit in units]


class Change(forms.Form):
    """One change of a person: `content` is what the request says. `title` asks, `button` does."""

    title: ClassVar[str]
    button: ClassVar[str] = "Ask for it"
    says_why: ClassVar[bool] = True
    reason = LinesField(label="Why?", help_text="Kept with the request", max_length=400)

    def __init__(self, *arguments: Any, today: date, units: Sequence[Unit], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.today = today
        if self.says_why:
            self.fields["reason"].required = True
            self.fields["reason"].error_messages["required"] = "Write why, in a few words"
        self.order_fields([name for name in self.fields if name != "reason"])
        if "unit" in self.fields:
            self.fields["unit"].choices = [NOTHING, *_unit_choices(units)]  # type: ignore[attr-defined]  # a choice field

    def content(self) -> dict[str, Any]:
        """What the request says: each answer but the reason, days as text."""
        answers = {name: value for name, value in self.cleaned_data.items() if name not in ("reason", "what")}
        take = {"take": self.cleaned_data["what"] == "take"} if "what" in self.fields else {}
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in answers.items()} | take

    def clean_first(self) -> date | None:
        """A first day that is not past."""
        return self._to_come("first")

    def clean_last(self) -> date | None:
        """A last day that is not past."""
        return self._to_come("last")

    def _to_come(self, name: str) -> date | None:
        day: date | None = self.cleaned_data[name]
        if day is not None and day < self.today:
            raise forms.ValidationError(IS_PAST)
        return day


def _refuse_backwards(form: Change) -> None:
    last = form.cleaned_data.get("last")
    if last is not None and last < (form.cleaned_data.get("first") or form.today):
        form.add_error("last", "It ends before it begins")


class Details(Change):
    """Name, e-mail, telephone, collar number."""

    title, button, says_why = "Change details", "Change", False
    name = WordsField(label="Name", help_text="As colleagues read it, like PC Hanna Brandreth", max_length=120,
                      wanted="Write their name")  # fmt: skip
    email = forms.EmailField(label="E-mail", required=False, max_length=254)
    phone = WordsField(label="Telephone", max_length=30)
    collar_number = WordsField(label="Collar number", max_length=20)


class Add(Details):
    """Somebody new, with or without a rank and a first role."""

    title, button = "Add a person", "Ask for it"
    username = WordsField(label="User name", help_text="Small letters, no spaces, like h.brandreth", max_length=80,
                          wanted="Write the name they will sign in with")  # fmt: skip
    unit = _choice("Unit", "Choose their unit")
    rank = _rank()
    roles = forms.MultipleChoiceField(label="Roles", required=False, choices=_roles, widget=forms.CheckboxSelectMultiple)
    first = AnyDayField(label="First day", help_text=TODAY)
    last = AnyDayField(label="Last day", help_text="Like 1 March 2027, as for a peer reviewer. Blank: no last day")

    def clean_username(self) -> str:
        """A user name as it can be."""
        username = str(self.cleaned_data["username"]).lower()
        if not USERNAME.fullmatch(username):
            raise forms.ValidationError("A user name has no spaces")
        return username

    def clean(self) -> None:
        """A last day that is not before the first."""
        _refuse_backwards(self)

    def content(self) -> dict[str, Any]:
        """Everything about them."""
        return super().content() | {"roles": [[role, None] for role in self.cleaned_data["roles"]], "skills": []}


class Move(Change):
    """Another unit from a day on."""

    title, says_why = "Move to another unit", False
    unit = _choice("Unit", "Choose the unit")
    first = AnyDayField(label="From which day?", help_text=TODAY)


class Roles(Change):
    """A role that somebody is given or loses."""

    title = "Give or take away a role"
    role = _choice("Role", "Choose the role", _roles)
    what = _give_or_take("Say whether it is given or taken away", "Give", "Take away")
    first = AnyDayField(label="From which day?", help_text=TODAY)
    last = AnyDayField(label="Last day", help_text=NO_END)

    def clean(self) -> None:
        """A last day that is not before the first."""
        if self.cleaned_data.get("last") is not None and self.cleaned_data.get("what") == "take":
            self.add_error("last", "To take a role away, write only from which day they no longer have it")
        else:
            _refuse_backwards(self)


class Rank(Change):
    """Another rank from a day on."""

    title = "Change the rank"
    rank = _rank()
    first = AnyDayField(label="From which day?", help_text=TODAY)


class Skills(Change):
    """A skill or language that somebody is recorded with, or no longer."""

    title = "Add or remove a skill"
    skill = _choice("Skill or language", "Choose the skill or language", lambda: rules.skill_groups().items())
    what = _give_or_take("Say whether it is added or removed", "Add", "Remove")
    last = AnyDayField(label="Last day", help_text="When it has to be renewed. Like 1 March 2027. Blank: no last day")

    def clean(self) -> None:
        """A skill that is removed ends at once: it has no day to come."""
        if self.cleaned_data.get("last") is not None and self.cleaned_data.get("what") == "take":
            self.add_error("last", "A skill is removed at once. To end it on a later day, choose Add with that last day")


class Lock(Change):
    """Nobody signs in as them until they are unlocked."""

    title, button = "Lock this person", "Lock"


class Unlock(Change):
    """They can sign in again."""

    title, button = "Unlock this person", "Unlock"


class Invite(Change):
    """A new invitation, for somebody who lost what they sign in with."""

    title = "Make a new invitation"


class End(Change):
    """Somebody's last day in the force."""

    title, button = "Set their last day", "Set it"
    last = AnyDayField(label="Last day", help_text="Like 1 March 2027. To stop them at once, lock them as well",
                       wanted="Write their last day")  # fmt: skip

    def clean_last(self) -> date | None:
        """Any day: somebody may have left before anybody wrote it down."""
        day: date | None = self.cleaned_data["last"]
        return day


CHANGES: dict[str, type[Change]] = {
    rules.DETAILS: Details, rules.MOVE: Move, rules.ROLES: Roles, rules.RANK: Rank, rules.SKILLS: Skills, rules.LOCK: Lock,
    rules.UNLOCK: Unlock, rules.INVITE: Invite, rules.END: End,
}  # fmt: skip


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
    again = forms.CharField(
        label="The same password again", max_length=200, strip=False, error_messages={"required": "Write it again"},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    digits = WordsField(label="Code from your app", help_text="Six digits", max_length=12,
                        wanted="Write the six digits that your app shows now",
                        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}))  # fmt: skip

    def clean(self) -> None:
        """Twice the same password, and one that the force's rules allow."""
        password, again = self.cleaned_data.get("password"), self.cleaned_data.get("again")
        if password and again and password != again:
            self.add_error("again", "The two passwords differ")
        elif password:
            try:
                validate_password(password, User(username=self.cleaned_data.get("username", "")))
            except forms.ValidationError as error:
                self.add_error("password", error)
