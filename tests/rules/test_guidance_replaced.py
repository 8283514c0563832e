"""A question that states a withdrawn fact asks for what holds now, by table."""

from datetime import date

import pytest

from lodestar.guidance.rules.asking import Concept
from lodestar.guidance.rules.replaced import with_replaced
from lodestar.guidance.rules.stale import Fact

AT_LEAST = "at least 30 days; after a decision of the other kind still at least 45"
REFERRAL = "the referral that each first responder makes online since then"
NUMBER = Fact("line", "number", ("01632 960 999",), (), (), "01632 960 998 (the Harbour Trust, at any hour)", date(2021, 1, 4))
DAYS = Fact("days", "period", ("45 days",), ("recovery",), (), AT_LEAST, date(2023, 1, 1))
EXPLAINED = Fact("form", "form", ("form x9",), (), (), REFERRAL, date(2023, 1, 1))


@pytest.mark.parametrize(
    ("question", "ways"),
    [
        ("is 01632960999 still right", [{("01632960998",), ("harbour", "trust")}]),
        ("is it 45 days for recovery", [{("least", "30", "day")}]),
        ("45 days on remand", []),
        ("is 01632 960 998 right", []),
        ("where is form x9", []),
    ],
)
def test_what_holds_now_is_asked_for(question, ways):
    found = with_replaced(question, [Concept(("typed",), {("typed",): 1.0})], [NUMBER, DAYS, EXPLAINED])
    assert found[0].words == ("typed",)
    assert [set(concept.shown_by) for concept in found[1:]] == ways
