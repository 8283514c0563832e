"""A partner, a contact and an agreement as forms, and the filters of the list."""

from typing import Any

from django import forms

from lodestar.directory.contacts.rules import CannotRead, is_telephone_number, read_hours
from lodestar.directory.entities.forms import website
from lodestar.directory.partners.models import Agreement, PartnerContact
from lodestar.directory.partners.rules import AGREEMENTS, KINDS
from lodestar.platform.design.forms.fields import AnyDayField, LinesField, WordsField, asked


class PartnerFilter(forms.Form):
    """Words of a name, a kind, and those that are due for a check."""

    q = WordsField(label="Name", max_length=120)
    kind = forms.ChoiceField(label="Kind", choices=[("", "All kinds"), *KINDS.items()], required=False)
    stale = forms.BooleanField(label="Only those due for a check", required=False)


class ValuesForm(forms.Form):
    """A form whose `values` are the columns of a row."""

    @property
    def values(self) -> dict[str, Any]:
        """The columns of the row, once the form is valid."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "version"}


class PartnerForm(ValuesForm):
    """One partner; of a national body only what the force adds."""

    name = WordsField(label="Name", max_length=120, wanted="Write its name")
    kind = forms.ChoiceField(label="Kind", choices=[("", "Choose one"), *KINDS.items()], **asked("Choose a kind"))
    website = website()
    powers = LinesField(label="What it can do", help_text="Its powers and duties", max_length=1000)
    closed_on = AnyDayField(
        label="Its last day", help_text="Only if it closed, has another name or another took over, like 31 March 2026"
    )
    successor = forms.ChoiceField(label="Who took over", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *arguments: Any, is_national: bool, others: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["successor"].choices = [("", "No one, or not known"), *others]  # type: ignore[attr-defined]  # a choice field
        for name in ("name", "kind", "closed_on", "successor") if is_national else ():
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """A successor has a day."""
        typed = self.cleaned_data
        if typed.get("successor") and not typed.get("closed_on") and "closed_on" not in self.errors:
            self.add_error("closed_on", "Write the last day before the other took over")
        return typed


class PartnerContactForm(ValuesForm):
    """Whom to ring or write to there."""

    role = WordsField(label="What they do", help_text="Like intelligence desk", max_length=80, wanted="Write what they do")
    name = WordsField(label="Name", max_length=100)
    telephone = WordsField(label="Telephone", help_text="Digits and spaces, like 01632 960 001", max_length=30)
    email = forms.EmailField(label="E-mail", required=False, max_length=254)
    hours = WordsField(label="When they answer", help_text="always, or like mon-fri 08:30-17:00", max_length=60)
    districts = WordsField(label="Districts", help_text="With commas between. Leave blank for the whole force", max_length=400)

    def clean(self) -> dict[str, Any]:
        """Some way to reach them; the hours as they are kept, each district once."""
        typed = self.cleaned_data
        if typed.get("telephone") and not is_telephone_number(typed["telephone"]):
            self.add_error("telephone", "Write digits, with single spaces between them if you like")
        if not typed.get("telephone") and not typed.get("email") and not self.errors:
            self.add_error("telephone", "Write a telephone number or an e-mail address")
        try:
            typed["hours"] = read_hours(typed["hours"]).code if typed.get("hours") else ""
        except CannotRead:
            self.add_error("hours", "Write always, or days and times like mon-fri 08:30-17:00")
        typed["districts"] = list(dict.fromkeys(filter(None, (part.strip() for part in typed.get("districts", "").split(",")))))
        return typed


class AgreementForm(ValuesForm):
    """What was agreed, and for how long."""

    kind = forms.ChoiceField(label="Kind", choices=[("", "Choose one"), *AGREEMENTS.items()], **asked("Choose a kind"))
    from_date = AnyDayField(label="From", help_text="Like 1 March 2026", wanted="Write the day from which it is in force")
    to_date = AnyDayField(label="Until", help_text="Its last day. Leave blank if it has none")
    reference = WordsField(label="Reference", max_length=120)

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        first, last = self.cleaned_data.get("from_date"), self.cleaned_data.get("to_date")
        if first and last and last < first:
            self.add_error("to_date", "It ends before it begins")
        return self.cleaned_data


PARTS: dict[str, tuple[type[ValuesForm], type[PartnerContact] | type[Agreement]]] = {
    "contact": (PartnerContactForm, PartnerContact),
    "agreement": (AgreementForm, Agreement),
}
