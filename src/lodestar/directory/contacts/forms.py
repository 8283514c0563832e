"""One contact as a form, and a file of contacts."""

from datetime import date, time
from typing import Any

from django import forms

from lodestar.directory.contacts.contact_files import LONGEST, cells_of, read_cells
from lodestar.directory.contacts.presenters.pages import owner_words
from lodestar.directory.contacts.rules import DAY_NAMES, CannotRead, Contact, Hours, Kind, read_time
from lodestar.platform.accounts.permissions import ROLES
from lodestar.platform.design.forms.fields import WordsField

ANSWERS = (("always", "Day and night"), ("within", "At the times below"), ("outside", "At all times but those below"))
WORKING_DAYS = ["0", "1", "2", "3", "4"]


class ContactForm(forms.Form):
    """A number to ring: of which district, when it answers, who keeps it right. `contact` is it, once the form is valid."""

    district = WordsField(label="District", help_text="As the force calls it. Leave blank for the whole force")
    name = WordsField(label="What is it called?", help_text="Leave blank for the usual name")
    telephone = WordsField(label="Telephone", help_text="Digits and spaces, like 01632 960 001")
    second_telephone = WordsField(label="Second telephone")
    email = WordsField(label="E-mail")
    answers = forms.ChoiceField(label="When does it answer?", choices=ANSWERS, widget=forms.RadioSelect, required=False)
    days = forms.MultipleChoiceField(
        label="On which days?", choices=[(str(number), name) for number, name in enumerate(DAY_NAMES)],
        widget=forms.CheckboxSelectMultiple, required=False,
        help_text="Monday to Friday leaves out bank holidays, unless Saturday or Sunday is ticked too",
    )  # fmt: skip
    begins = WordsField(label="From", help_text="Like 0830", max_length=20)
    ends = WordsField(label="Until", help_text="Like 1700. Earlier than From: until the next day", max_length=20)
    owner = WordsField(label="Who keeps it right?", help_text="A role, or the name with which a colleague signs in")
    note = WordsField(label="Note", help_text="For those who ring, like: give your name")
    is_checked = forms.BooleanField(label="I rang it or looked it up today, and it is right", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *arguments: Any, kind: Kind, today: date, before: Contact | None, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.kind, self.today, self.before = kind, today, before
        self.contact: Contact | None = None

    def clean(self) -> dict[str, Any]:
        """The contact; what is wrong is said beside its field."""
        typed = self.cleaned_data
        hours = self._hours(typed)
        if hours is None:
            return typed
        roles = {role.name.casefold(): role.code for role in ROLES.values()}
        checked_on = self.before.checked_on if self.before else None
        cells = {name: typed.get(name, "") for name in (*LONGEST, "district")}
        cells |= {"kind": self.kind.code, "hours": hours.code, "checked_on": checked_on.isoformat() if checked_on else ""}
        cells["owner"] = roles.get(str(cells["owner"]).casefold(), cells["owner"])
        numbers = (cells["telephone"], cells["second_telephone"])
        if self.before is None or typed.get("is_checked") or numbers != (self.before.telephone, self.before.second_telephone):
            cells["checked_on"] = self.today.isoformat() if typed.get("is_checked") else ""
        try:
            self.contact = read_cells(cells, self.today)
        except CannotRead as fault:
            field, _, words = str(fault).partition(": ")
            self.add_error(field if field in self.fields else None, words[:1].upper() + words[1:])
        return typed

    def _hours(self, typed: dict[str, Any]) -> Hours | None:
        if typed.get("answers", "") in ("", "always"):
            return Hours()
        times: list[time] = []
        for name in ("begins", "ends"):
            try:
                times.append(read_time(typed.get(name, "")))
            except CannotRead:
                self.add_error(name, "Write a time like 0830")
        days = tuple(sorted(int(day) for day in typed.get("days", ())))
        if not days:
            self.add_error("days", "Tick at least one day")
        if self.errors:
            return None
        if times[0] == times[1]:
            self.add_error("ends", "Write another time than From, or choose Day and night")
            return None
        return Hours(days, times[0], times[1], typed["answers"] == "outside")


def initial_of(kind: Kind, contact: Contact | None, version: int) -> dict[str, Any]:
    """What the form holds before anything is typed."""
    hours = contact.hours if contact else kind.hours
    cells = cells_of(contact) if contact else {}
    return cells | {
        "answers": ("outside" if hours.is_outside else "within") if hours.days else "always",
        "days": [str(day) for day in hours.days] or WORKING_DAYS,
        "begins": f"{hours.begins:%H:%M}" if hours.days else "",
        "ends": f"{hours.ends:%H:%M}" if hours.days else "",
        "owner": owner_words(contact) if contact else ROLES["coordinator"].name,
        "version": version,
    }
