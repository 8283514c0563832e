"""A question that states a superseded fact asks for what holds now."""

from datetime import date

from lodestar.guidance.rules.asking import Concept
from lodestar.guidance.rules.replaced import with_replaced
from lodestar.guidance.rules.superseded import Fact

NUMBER = Fact("line", "number", ("01632 960 999",), "01632 960 998 (the Harbour Trust, at any hour)", date(2021, 1, 4))
EXPLAINED = Fact("form", "form", ("form x9",), "the referral that each first responder makes online since then", date(2023, 1, 1))


def test_what_holds_now_is_asked_for():
    ways = {
        "is 01632 960 999 still right": [{("01632960998",), ("harbour", "trust")}],
        "is 01632 960 998 right": [],
        "where is form x9": [],  # an explanation, and nothing to search by
    }
    typed = Concept(("typed",), {("typed",): 1.0})
    found = {asked: with_replaced(asked, [typed], [NUMBER, EXPLAINED])[1:] for asked in ways}
    assert {asked: [set(one.shown_by) for one in concepts] for asked, concepts in found.items()} == ways
