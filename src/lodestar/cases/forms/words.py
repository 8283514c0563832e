"""What is written into a box: any script and sign, without what is no writing."""

from typing import Any

from django import forms

from lodestar.kernel.typed import one_line, several_lines


class WordsField(forms.CharField):
    """Words on one line; may be blank unless told otherwise."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        return one_line(super().to_python(value) or "")


class LinesField(WordsField):
    """Words on several lines."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return several_lines(forms.CharField.to_python(self, value) or "")
