"""The next move of a review or a finding: the reviewer's moves for the reviewer, the others for the coordinator."""

from typing import Any

from lodestar.oversight.peer_review.access import DO
from lodestar.platform.registers.forms import MoveForm

OF_REVIEWER = frozenset({"reported", "better", "no_better", "withdrawn"})


class OwnMoveForm(MoveForm):
    """What this member may say happened; what goes into the plan has a page of its own. A reviewer gives nothing to anybody."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        to: Any = self.fields["to"]
        is_reviewer = self.changes == DO
        to.choices = [pair for pair in to.choices if (pair[0] in OF_REVIEWER) == is_reviewer and pair[0] != "in_plan"]
        if is_reviewer:
            del self.fields["owner"]
