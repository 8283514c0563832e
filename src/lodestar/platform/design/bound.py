"""What the macros of `fields.jinja` need to know of a Django bound field. The one place where forms meet components."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.forms.boundfield import BoundField

from lodestar.platform.design.words import quoted

# What Django says of its own accord, and what a person is told instead: what is wrong and what to do.
TOO_LONG = "This is {show_value:,} characters long, and {limit_value:,} fit. Shorten it and save again; it is still here"
PLAINLY = (
    (MaxLengthValidator.message, TOO_LONG),
    (ProhibitNullCharactersValidator.message, "This contains a character that cannot be saved. Type it again"),
    (forms.Field.default_error_messages["required"], "Write this, or choose an answer"),
    (forms.ChoiceField.default_error_messages["invalid_choice"], "{value} is not one of the answers. Choose one"),
    (
        forms.MultipleChoiceField.default_error_messages["invalid_choice"],
        "{value} is not one of the answers. Choose from the list",
    ),
    (forms.FileField.default_error_messages["missing"], "No file came with it. Choose it again"),
    (forms.FileField.default_error_messages["invalid"], "No file came with it. Choose it again"),
)

WRITTEN_BY_MACROS = {"id", "name", "type", "value", "class", "aria-describedby", "aria-invalid", "rows", "cols"}
NEVER_WRITTEN = {"required", "maxlength", "minlength", "placeholder"}


@dataclass(frozen=True)
class Problem:
    """One message of the error summary and the element it leads to (empty when it is about no field)."""

    message: str
    href: str


def groups(field: BoundField) -> list[tuple[str, list[dict[str, Any]]]]:
    """The choices of a field under their headings, as its widget draws them: `value`, `label`, and whether it is `selected`;
    those without a heading under the empty one."""
    widget: Any = field.field.widget
    chosen = widget.format_value(field.value())
    return [(heading or "", choices) for heading, choices, _ in widget.optgroups(field.html_name, chosen)]


def options(field: BoundField) -> list[dict[str, Any]]:
    """The choices of a field in order, without their headings."""
    return [choice for _, choices in groups(field) for choice in choices]


def chosen_values(field: BoundField) -> set[str]:
    """The values of a field that are chosen, as text."""
    value = field.value()
    if value is None:
        return set()
    return {text_of(item) for item in value} if isinstance(value, list | tuple | set) else {text_of(value)}


def text_of(value: Any) -> str:
    """The value as it stands in the page; an enum by its value, as Django does."""
    return str(getattr(value, "value", value)) if value is not None else ""


def input_text(field: BoundField) -> str:
    """What stands in the box: exactly what was typed when the form is bound, else the first value in its format."""
    return text_of(field.field.widget.format_value(field.value()))


def values(field: BoundField) -> list[str]:
    """What a hidden field sends: one value, several of a list, none when it is empty."""
    value = field.value()
    several = value if isinstance(value, list | tuple) else [value]
    return [text_of(field.field.widget.format_value(item)) for item in several if item not in (None, "")]


def is_ticked(field: BoundField) -> bool:
    """Whether a single tick box is ticked."""
    return bool(field.field.widget.check_test(field.value()))


def has_content(*fields: BoundField) -> bool:
    """Whether anything stands in one of these fields, or is wrong with it: then the part that holds them is unfolded,
    so that nobody takes it for lost."""
    return any(field.errors or chosen_values(field) - {""} for field in fields)


def option_id(field: BoundField, position: int) -> str:
    """The id of the nth choice, from 1. The first has the field's own, so that an error can lead to it."""
    return field.auto_id if position == 1 else f"{field.auto_id}-{position}"


def element(field: BoundField) -> str:
    """The id of the field's first input. Raises ValueError for a form without ids, whose errors could lead nowhere."""
    if not field.auto_id:
        raise ValueError(f"the form of {field.html_name} is made without auto_id")
    return str(field.auto_id)


def problems(form_or_forms: forms.BaseForm | Iterable[forms.BaseForm]) -> list[Problem]:
    """Every error of the forms in the order of their fields, those about a whole form before its fields."""
    errors = []
    for form in [form_or_forms] if isinstance(form_or_forms, forms.BaseForm) else form_or_forms:
        errors += [Problem(str(message), "") for message in form.non_field_errors()]
        for field in form:
            errors += [Problem(message, f"#{element(field)}") for message in messages(field)]
    return errors


def first_error(field: BoundField) -> str:
    """The message beside the field: the first only, since one correction at a time is enough."""
    return next(iter(messages(field)), "")


def messages(field: BoundField) -> list[str]:
    """What is wrong with a field: in the words of its form, and where that has none in ours instead of Django's."""
    return [message for error in field.errors.as_data() for message in _plainly(error)]


def _plainly(error: ValidationError) -> list[str]:
    ours = next((words for djangos, words in PLAINLY if error.message is djangos), None)
    if ours is None:
        return [str(message) for message in error.messages]
    values = {name: quoted(value) if name == "value" else value for name, value in (error.params or {}).items()}
    return [ours.format_map(values)]


def attributes(field: BoundField, default: dict[str, str] | None = None, **given: Any) -> dict[str, str]:
    """What the input carries besides id, name, value and class: as the macro is given, else as the widget has it.

    Never `maxlength`, which cuts what is pasted without a word, nor `placeholder`, which many cannot read, nor
    `required`, because no field is compulsory.
    """
    of_widget = field.field.widget.attrs.items()
    own = {name: str(value) for name, value in of_widget if name not in WRITTEN_BY_MACROS | NEVER_WRITTEN}
    return (default or {}) | own | {name: str(value) for name, value in given.items() if value is not None}


GLOBALS = {
    "field_options": options,
    "field_groups": groups,
    "field_typed": input_text,
    "field_values": values,
    "field_is_ticked": is_ticked,
    "field_option_id": option_id,
    "field_id": element,
    "field_error": first_error,
    "is_told": has_content,
    "field_attributes": attributes,
    "form_problems": problems,
}
