"""Whether a document of the library holds on a day: the first and the last day, and those before and after."""

from datetime import date

from lodestar.guidance.rules.documents import holds_on

DAY = date(2026, 11, 25)
BEFORE, AFTER = date(2026, 11, 24), date(2026, 11, 26)


def test_it_holds_from_its_first_day_to_its_last_unless_it_is_replaced() -> None:
    holds = {
        (None, None): True, (BEFORE, None): True, (DAY, None): True, (AFTER, None): False,
        (None, BEFORE): False, (None, DAY): True, (None, AFTER): True, (DAY, DAY): True,
    }  # fmt: skip
    assert {days: holds_on(DAY, *days, is_replaced=False) for days in holds} == holds
    assert not any(holds_on(DAY, *days, is_replaced=True) for days in holds)
