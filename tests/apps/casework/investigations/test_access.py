"""Who may give a detective inspector's authority: asked of the door itself, without a page between."""

import pytest
from django.http import Http404

from lodestar.casework.allocation.access import case_to_authorise, may_authorise
from tests.factories.accounts import a_member
from tests.factories.cases import CaseFactory
from tests.offenders import each

INSPECTOR = "detective_inspector"


@each(
    ("role", "rank", "may"),
    [
        (INSPECTOR, INSPECTOR, True),
        (INSPECTOR, "detective_chief_inspector", True),
        (INSPECTOR, "detective_superintendent", True),
        (INSPECTOR, "detective_sergeant", False),  # acting up gives the role, not the rank
        (INSPECTOR, "inspector", False),  # not a detective
        ("coordinator", INSPECTOR, False),
        ("coordinator", "", False),
    ],
)
def test_an_authority_is_a_detective_inspectors_by_role_and_rank(fenmarch, role, rank, may):
    member, case = a_member(role, rank=rank), CaseFactory()
    assert may_authorise(member) is may
    if may:
        assert case_to_authorise(member, case.reference, viewed=False) == case
    else:
        with pytest.raises(Http404):
            case_to_authorise(member, case.reference, viewed=False)
