"""For which case a reference that came back may be kept."""

from lodestar.casework.cases.access import visible_cases
from lodestar.casework.cases.models import Case
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission


def case_to_take_for(member: Member, reference: str) -> Case | None:
    """The case of this reference for which the member may keep what came back; None for any other, which look the same."""
    if not member.may(Permission.GIVE_OUT):
        return None
    return visible_cases(member).filter(reference=reference).first()
