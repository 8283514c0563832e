"""What investigation makes owed, allocation policies, directions. Pure; policies are dated."""

from lodestar.investigations.rules.directions import directed, gives_directions, of_review
from lodestar.investigations.rules.duties import allocation, asked_anew, owed, tasking
from lodestar.investigations.rules.policies import AUTHORITY_HOURS, highest, is_pip2, policies, policies_met

__all__ = [
    "AUTHORITY_HOURS", "allocation", "asked_anew", "directed", "gives_directions", "highest", "is_pip2", "of_review", "owed",
    "policies", "policies_met", "tasking",
]  # fmt: skip
