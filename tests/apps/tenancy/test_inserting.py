"""Rows added many at a time are those that Django would add, and nothing that is to be sealed is written down open."""

import pytest

from lodestar.cases.models import SafeAddress
from lodestar.tenancy.inserting import insert_rows


def test_a_model_that_seals_what_it_holds_is_refused_before_anything_is_sent():
    with pytest.raises(TypeError, match="SafeAddress holds bytes"):
        insert_rows(SafeAddress, [SafeAddress(address="1 Nowhere Lane")])
