"""What is asked about a case: papers, ages, first accounts, who may see it and who has it."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from lodestar.casework.cases.presenters import person_words
from lodestar.casework.cases.rules import KEPT
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import called_at_work
from lodestar.platform.design.forms.fields import LinesField, WhenField, WordsField, asked
from lodestar.platform.time.uk_dates import CannotRead, read_age, read_birth


class Paper(forms.Form):
    """One photograph or paper, and what it is."""

    what = WordsField(
        label="What it is", help_text="A few words, like “mattresses in the back room”. Or leave it blank", max_length=200
    )
    paper = forms.FileField(
        label="A photograph or document",
        help_text="A JPEG or PNG picture, a PDF or a Word document, up to 25 MB. The original is kept for evidence; hidden "
        "camera details, such as location, are removed from shared copies",
        allow_empty_file=True,
        **asked("Choose a photograph, a PDF or a Word document"),
    )


BASES = [*person_words("basis").items()]


class Age(forms.Form):
    """A date of birth, or the youngest and the oldest they could be. One number alone is enough."""

    birth_date = forms.CharField(
        label="Date of birth", help_text="Like 4 September 2009, or 2009 if only the year is known", required=False, max_length=40
    )
    age_min = forms.CharField(label="Youngest they could be", required=False, max_length=20)
    age_max = forms.CharField(label="Oldest they could be", required=False, max_length=20)
    age_basis = forms.ChoiceField(label="How is it known?", choices=BASES, required=False, widget=forms.RadioSelect)

    def clean(self) -> dict[str, Any]:
        """The date as far as it is known, and completed years; the youngest is not above the oldest, and something is said."""
        answers = self.cleaned_data
        for name in [name for name in ("birth_date", "age_min", "age_max") if name in answers]:
            try:
                is_date = name == "birth_date"
                answers[name] = read_birth(answers[name], timezone.localdate()) if is_date else read_age(answers[name])
            except CannotRead as error:
                self.add_error(name, str(error))
        low, high = answers.get("age_min"), answers.get("age_max")
        if low is not None and high is not None and low > high:
            self.add_error("age_max", f"The oldest, {high}, is below the youngest, {low}")
        elif not self.errors and low is high is None and not answers.get("birth_date") and not answers.get("age_basis"):
            self.add_error("age_min", "Write an age, or how it is known. If nothing can be said yet, go back")
        return answers


class FirstAccountForm(forms.Form):
    """One video."""

    reference = WordsField(label="Video reference", max_length=60, wanted="Write the reference under which the video is kept")
    officer = WordsField(label="Number of the officer who wore it", max_length=40)
    at = WhenField(label="When was it taken?")
    people = forms.MultipleChoiceField(
        label="Whose account is on it?", widget=forms.CheckboxSelectMultiple, **asked("Tick whose account is on it")
    )
    kept = forms.MultipleChoiceField(
        label="What else was kept?", choices=list(KEPT.items()), required=False, widget=forms.CheckboxSelectMultiple
    )
    more = WordsField(label="Anything else kept, in a few words", max_length=400)

    def __init__(self, typed: Any, *, people: Iterable[tuple[str, str]], whose: Sequence[str], **options: Any) -> None:
        super().__init__(typed, initial={"people": list(whose)}, **options)
        self.fields["people"].choices = list(people)  # type: ignore[attr-defined]  # a choice field


def _reason(label: str, hint: str) -> LinesField:
    return LinesField(label=label, help_text=hint, max_length=400, wanted="Write why, in a few words")


class Seal(forms.Form):
    """Why a case is sealed, and its named owners."""

    reason = _reason("Why does it have to be sealed?", "For example: someone in the force is connected to the people in it")
    owners = forms.MultipleChoiceField(
        label="Its owners", help_text="Tick at least two. Only they will know that it exists", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    others = WordsField(
        label="Owners who are not in the list", help_text="Their user names, with a space between", max_length=400
    )

    def __init__(self, *arguments: Any, colleagues: Iterable[tuple[UUID, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["owners"].choices = [(str(user), name) for user, name in colleagues]  # type: ignore[attr-defined]  # a choice field


class Unseal(forms.Form):
    """Why a case need not be sealed any more."""

    reason = _reason("Why may it be unsealed?", "Its unit and force-wide roles will see it again")


MAY = {Permission.CASE_VIEW: "see a case", Permission.CONCERN_RECORD: "record a concern"}


class Give(forms.Form):
    """The colleague who is to see and work the case: cleaned to their id."""

    colleague = WordsField(
        label="Colleague", help_text="Their name or user name", max_length=80, wanted="Write a colleague’s name or user name"
    )

    def __init__(self, *arguments: Any, permission: Permission = Permission.CASE_VIEW, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.permission = permission

    def clean_colleague(self) -> UUID:
        """A colleague who is at work and may have it."""
        colleague = called_at_work(self.cleaned_data["colleague"].strip(), self.permission)
        if colleague is None:
            raise forms.ValidationError(f"No colleague at work who may {MAY[self.permission]} has this name or user name")
        return colleague.user_id


class HandOverCases(Give):
    """Who gets the ticked cases of somebody who has left."""

    cases = forms.MultipleChoiceField(label="Cases", widget=forms.CheckboxSelectMultiple, **asked("Tick the cases to hand over"))

    def __init__(self, *arguments: Any, cases: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*arguments, permission=Permission.CONCERN_RECORD, **options)
        self.fields["cases"].choices = list(cases)  # type: ignore[attr-defined]  # a field of choices


class Operation(forms.Form):
    """The operation a case belongs to."""

    name = WordsField(
        label="Name of the operation",
        help_text="Cases with the same name belong together. Leave blank to remove the case",
        max_length=120,
    )
