"""A place or an organisation as a form."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from lodestar.directory.entities.models import Entity, Organisation, Place
from lodestar.directory.entities.queries import VALUES
from lodestar.directory.entities.rules import PLACE_KINDS, is_too_vague
from lodestar.platform.design.forms.fields import WordsField, asked
from lodestar.platform.names.contact_normalisation import POSTCODE

TOO_VAGUE = "Add the postcode, or the number, street and town, so that it can be found again"


def shaped(label: str, pattern: str, like: str, most: int) -> WordsField:
    """A field that is blank or of this shape; `like` is an example, said in its hint and its error."""
    rule = RegexValidator(re.compile(pattern, re.ASCII | re.IGNORECASE), f"Write it like {like}, or leave it blank")
    return WordsField(label=label, help_text=f"Like {like}", max_length=most, validators=[rule])


def website() -> WordsField:
    """A website, with or without its scheme."""
    return shaped("Website", r"^(?:https?://)?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/\S*)?$", "www.example.co.uk", 200)


class EntityForm(forms.Form):
    """What every place and organisation has: its name, and whether it is another one than those recorded already."""

    name = WordsField(label="Name", max_length=120)
    is_another = forms.BooleanField(label="This is a different one: record it as well", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    model: type[Entity]

    @property
    def values(self) -> dict[str, Any]:
        """The columns of the row, once the form is valid."""
        return {name: self.cleaned_data[name] for name in VALUES[self.model]}


class PlaceForm(EntityForm):
    """A place that cases have in common."""

    kind = forms.ChoiceField(
        label="Kind of place", choices=[("", "Choose one"), *PLACE_KINDS.items()], **asked("Choose a kind of place")
    )
    address_line = WordsField(label="Address", help_text="Number, street and town", max_length=200)
    postcode = shaped("Postcode", rf"^\s*{POSTCODE.pattern}\s*$", "IP1 2AB", 8)
    coordinates = shaped("Coordinates", r"^(?:49|5\d|60)(?:\.\d{1,6})?, ?-?\d(?:\.\d{1,6})?$", "52.05670, 1.14820", 30)
    uprn = shaped("Property reference number (UPRN)", r"^\d{1,12}$", "100091234567", 12)
    model = Place

    def clean(self) -> dict[str, Any]:
        """A place must be one that can be found again."""
        typed = self.cleaned_data
        if not self.errors:
            if found := POSTCODE.search(typed["postcode"]):
                typed["postcode"] = f"{found[1]} {found[2]}".upper()
            pair = [Decimal(part) for part in typed["coordinates"].split(",") if part]
            typed["latitude"], typed["longitude"] = pair or (None, None)
            if is_too_vague(typed):
                self.add_error("address_line", TOO_VAGUE)
        return typed


class OrganisationForm(EntityForm):
    """An organisation that cases name."""

    name = WordsField(label="Name", max_length=120, wanted="Write its name")
    company_number = shaped("Company number", r"^(?:[a-z]{2}\d{6}|\d{6,8})$", "01234567", 8)
    telephone = shaped("Telephone", r"^\+?[\d() -]{3,20}$", "01632 960 001", 30)
    website = website()
    model = Organisation


FORMS: dict[str, type[EntityForm]] = {"places": PlaceForm, "organisations": OrganisationForm}
