"""A table of a period: which one, to whom and why."""

from datetime import date
from typing import Any

from django import forms

from lodestar.exchange.exports.forms import GivenOut
from lodestar.oversight.releases.rules.releases import latest_over, period

KINDS = [
    ("aggregate", "Figures for partners, for a quarter"),
    ("figure", "The six failings, for a quarter"),
    ("return", "The monthly return"),
]


class MakeRelease(GivenOut):
    """Of which period."""

    kind = forms.ChoiceField(
        label="What", choices=KINDS, widget=forms.RadioSelect, error_messages={"required": "Choose what to share"}
    )
    period = forms.CharField(label="Of which quarter or month?", required=False, max_length=7)
    field_order = ("kind", "period", "recipient", "reason")

    def __init__(self, *arguments: Any, today: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.today = today
        quarter, month = latest_over("aggregate", today), latest_over("return", today)
        self.fields["period"].help_text = f"Like {quarter} for numbers, {month} for the return"

    def clean(self) -> dict[str, Any]:
        """A period of that kind that is over."""
        cleaned = self.cleaned_data
        kind = cleaned.get("kind")
        if not kind:
            return cleaned
        chosen_period = period(kind, cleaned.get("period", "").upper())
        if chosen_period is None:
            wanted = "a month" if kind == "return" else "a quarter"
            self.add_error("period", f"Write {wanted} like {latest_over(kind, self.today)}")
        elif not chosen_period.is_over(self.today):
            self.add_error("period", f"{chosen_period.name} is not over yet. Figures are shared only for past periods")
        cleaned["of"] = chosen_period
        return cleaned
