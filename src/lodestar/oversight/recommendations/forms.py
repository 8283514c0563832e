"""The next status of a recommendation, and a table of recommendations."""

from typing import Any

from lodestar.oversight.recommendations import access
from lodestar.oversight.recommendations.rules import AUTHORITIES
from lodestar.platform.accounts.access import Member
from lodestar.platform.design.forms.fields import AnyDayField, LinesField
from lodestar.platform.registers.forms import MoveForm


class StatusForm(MoveForm):
    """What became of a recommendation and who says so: the statuses that the member may record."""

    sets = ("action", "no_action")
    no_reason = "Choose who says so"

    action = LinesField(label="Action", max_length=2000)
    no_action = LinesField(label="If no action: why not?", max_length=2000)
    due_on = AnyDayField(label="Due", help_text="Like 9 July 2027. A later day than before needs a note. Blank: no change")

    def __init__(self, *arguments: Any, by: Member, **options: Any) -> None:
        super().__init__(*arguments, **options)
        fields: Any = self.fields
        may = access.moves_for(by, self.row)
        fields["to"].choices = [pair for pair in fields["to"].choices if pair[0] in may]
        fields["reason"].choices, fields["reason"].label = [("", "Choose"), *AUTHORITIES.items()], "Who says so?"

    def columns(self) -> dict[str, Any]:
        """The day by which it is due, besides what every move sets."""
        return super().columns() | {"due_on": self.cleaned_data["due_on"]}
