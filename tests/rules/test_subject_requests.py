"""What somebody asks about themselves: when it is answered, and what comes first: tables."""

from datetime import date

from lodestar.keeping.rules.requests import CAME, NEVER, against, needs_alone, stands
from tests.offenders import each

GOT = date(2026, 1, 31)
ALL = [("identity", GOT), ("alone", GOT), ("searched", GOT), ("reviewed", GOT)]


@each("came", CAME)
def test_whoever_does_not_stand_there_themselves_says_alone_that_they_ask(came):
    assert needs_alone(came) is (came != "themselves")
    assert ("alone" in stands(came, GOT, []).before_answer) is needs_alone(came)


@each(
    ("steps", "due"),
    [
        ([], date(2026, 2, 28)),
        ([("identity", date(2026, 2, 10))], date(2026, 3, 10)),
        ([("identity", date(2026, 2, 10)), ("alone", date(2026, 2, 20))], date(2026, 3, 20)),
        ([("identity", date(2026, 1, 1))], date(2026, 2, 28)),
        ([("searched", date(2026, 5, 1))], date(2026, 2, 28)),
    ],
)
def test_a_month_runs_from_when_it_is_known_who_asks(steps, due):
    assert stands("letter", GOT, steps).due_on == due


@each("missing", ["identity", "alone", "searched", "reviewed"])
def test_nothing_is_answered_before_all_that_comes_first(missing):
    stand = stands("relative", GOT, [step for step in ALL if step[0] != missing])
    assert against("answered", stand, []) == (missing,)
    assert against("refused", stand, []) == ()


def test_an_answer_is_possible_when_all_is_done_and_only_once():
    assert against("answered", stands("agent", GOT, ALL), []) == ()
    assert against("answered", stands("agent", GOT, [*ALL, ("answered", GOT)]), []) == ("over",)


@each("left", NEVER)
def test_an_address_a_support_place_or_somebody_else_never_goes_out(left):
    stand = stands("themselves", GOT, [])
    assert against("reviewed", stand, [one for one in NEVER if one != left]) == (f"left_{left}",)
    assert against("reviewed", stand, NEVER) == ()
