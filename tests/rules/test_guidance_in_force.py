"""Whether a document of the library holds on a day: the first and the last day, and those before and after."""

from datetime import date

import pytest

from lodestar.guidance.rules.in_force import holds_on

DAY = date(2026, 11, 25)
BEFORE, AFTER = date(2026, 11, 24), date(2026, 11, 26)


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "is_replaced", "holds"),
    [
        (None, None, False, True),
        (None, None, True, False),
        (BEFORE, None, False, True),
        (DAY, None, False, True),
        (AFTER, None, False, False),
        (None, BEFORE, False, False),
        (None, DAY, False, True),
        (None, AFTER, False, True),
        (DAY, DAY, False, True),
        (DAY, DAY, True, False),
    ],
)
def test_it_holds_from_its_first_day_to_its_last(
    valid_from: date | None, valid_to: date | None, is_replaced: bool, holds: bool
) -> None:
    assert holds_on(DAY, valid_from, valid_to, is_replaced=is_replaced) is holds
