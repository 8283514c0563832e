"""What is promised to a person, and what came of it."""

from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from lodestar.casework.contact_promises.access import sees_case
from lodestar.casework.contact_promises.rules import KINDS, RELEASE, RHYTHMS, ROWS
from lodestar.casework.service_referrals.presenters import HOW
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import called_at_work
from lodestar.platform.design.forms.fields import WordsField, asked, no_postcode
from lodestar.platform.registers.forms import MoveForm
from lodestar.platform.time.uk_dates import CannotRead, read_coming

BLIND = "They do not see this case: have it given to them first"


class ComingField(WordsField):
    """A day and time that is still to come; of a day alone its end. None when blank."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"help_text": "Like tomorrow, 14 March or 14 March 0900", "max_length": 60, **options})

    def clean(self, value: Any) -> datetime | None:
        words, now = super().clean(value), timezone.now()
        for text in (words, f"{words} 2359"):
            with suppress(CannotRead):
                return read_coming(text, now)
        raise forms.ValidationError(f"“{words}” is not a day to come. Write it like 14 March 2027")


class ColleagueField(WordsField):
    """The name of a colleague at work who may record promises; cleaned to their id, None when blank."""

    def clean(self, value: Any) -> Any:
        name = super().clean(value)
        colleague = called_at_work(name, Permission.PROMISE_RECORD) if name else None
        if name and colleague is None:
            raise forms.ValidationError("No colleague at work with this name may have it")
        return colleague.user_id if colleague else None


class PromiseForm(forms.Form):
    """One promise to a person."""

    kind = forms.ChoiceField(
        label="What was promised?", choices=[("", "Choose"), *((code, name) for code, name in KINDS.items() if code != RELEASE)],
        **asked("Choose what was promised"),
    )  # fmt: skip
    words = WordsField(label="In a few words", help_text="Never an address or a number", max_length=200, validators=[no_postcode])
    by_when = ComingField(label="By when, or until when?", wanted="Write by when it was promised")
    rhythm = forms.ChoiceField(label="How often?", choices=[*RHYTHMS.items()], required=False)
    way = forms.ChoiceField(label="How will it be done?", choices=[("", "As agreed with them"), *HOW[:3]], required=False)
    owner = ColleagueField(label="Who will do it?", help_text="Their name or user name. Blank: you", max_length=80)

    def __init__(self, *arguments: Any, case: UUID, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.case = case

    def clean_owner(self) -> UUID | None:
        """A colleague who sees the case."""
        owner: UUID | None = self.cleaned_data["owner"]
        if owner and not sees_case(owner, self.case):
            raise forms.ValidationError(BLIND)
        return owner


class DoneForm(MoveForm):
    """What came of a promise; where it was done by contact, how they were reached; of a release the safety plan too."""

    done_how = forms.ChoiceField(label="If done: how?", choices=[("", "Choose"), *HOW], required=False)
    without = WordsField(label="Why they were contacted all the same", help_text="It is recorded and counted", max_length=400)
    plan = forms.BooleanField(label="Their safety plan was looked at", required=False)
    feels = forms.ChoiceField(
        label="Are they worried about their safety?", choices=[("", "Not asked"), ("yes", "Yes"), ("no", "No")], required=False
    )

    def clean(self) -> dict[str, Any]:
        """What was done by contact says how."""
        answers = super().clean()
        if answers.get("owner") and not sees_case(answers["owner"], self.row.person.case_id):
            self.add_error("owner", BLIND)
        if answers.get("to") == "done" and "contacts" in ROWS[self.row.kind] and not answers.get("done_how"):
            self.add_error("done_how", "Choose how they were contacted")
        return answers

    def columns(self) -> dict[str, Any]:
        """How it was done, the reason for a contact that no rule allowed, and of a release what is asked besides."""
        answers, row = self.cleaned_data, self.row
        done = {"done_how": answers["done_how"], "without": answers["without"]} if answers["to"] == "done" else {}
        plan = {"plan_at": timezone.now()} if answers["plan"] and row.about else {}
        feels = {"feels_safe": answers["feels"] == "no"} if answers["feels"] and row.about else {}
        return super().columns() | done | plan | feels
