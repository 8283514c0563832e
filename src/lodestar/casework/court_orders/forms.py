"""What became of an order, and what it says."""

from typing import Any

from lodestar.platform.design.forms.fields import AnyDayField, DayField, LinesField, WordsField, no_postcode
from lodestar.platform.registers.forms import MoveForm


class OrderMove(MoveForm):
    """What became of an order, and what it says."""

    court = WordsField(label="Court", max_length=120)
    made_on = DayField(label="Day it was made")
    from_on = AnyDayField(label="In force from", help_text="Like 1 March 2027. Blank: from the day it was made")
    to_on = AnyDayField(label="Last day", help_text="Like 1 March 2032. Blank: until further order")
    served_on = DayField(label="Day it was served", help_text="Blank: not served yet")
    conditions = LinesField(
        label="Conditions, each on its own line", max_length=4000, validators=[no_postcode],
        help_text="All that apply now: one that you take out has ended. Never the address of a victim",
    )  # fmt: skip

    sets = ("court", "made_on", "from_on", "to_on", "served_on")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        present = self.row.conditions.filter(ended_at__isnull=True).order_by("number")
        self.fields["conditions"].initial = "\n".join(str(each.words) for each in present)

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        answers = super().clean()
        answers["from_on"] = answers.get("from_on") or answers.get("made_on")
        if answers.get("to_on") and not (answers["from_on"] and answers["from_on"] <= answers["to_on"]):
            self.add_error("to_on", "Write from when it is in force, and a last day after that")
        return answers

    def columns(self) -> dict[str, Any]:
        """What the order says, besides what every move sets."""
        lines = [line.strip() for line in self.cleaned_data["conditions"].splitlines()]
        return super().columns() | {"conditions": [line for line in lines if line]}
