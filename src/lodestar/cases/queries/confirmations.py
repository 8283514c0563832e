"""Named reads of who confirmed a rule."""

from lodestar.cases.models import RuleConfirmation


def of_rule(code: str, most: int) -> list[RuleConfirmation]:
    """The confirmations of a rule in this force, the latest first."""
    rows = RuleConfirmation.objects.select_related("confirmed_by").filter(rule=code)
    return list(rows.order_by("-confirmed_at", "id")[:most])
