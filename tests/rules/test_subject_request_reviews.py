"""What stands against a step of a request, and what is missing of what somebody says of whom they have a case about: tables."""

from datetime import date

from lodestar.keeping.rules.requests import (
    Request,
    Review,
    against,
    is_known,
    may_be_said_after,
    review_against,
    stands,
)
from tests.offenders import each

DAY = date(2026, 11, 2)
READY, ALL = Request(DAY, (), is_over=False), ("address", "support", "others")
NOT_READY = Request(DAY, ("identity", "searched"), is_over=False)


@each(
    ("kind", "stand", "ticked", "missing"),
    [
        ("searched", READY, (), ()),
        ("searched", NOT_READY, (), ("identity",)),
        ("answered", READY, (), ()),
        ("answered", NOT_READY, (), ("identity", "searched")),
        ("answered", Request(DAY, (), is_over=False, waits=1), (), ("open",)),
        ("refused", Request(DAY, ("identity",), is_over=False, waits=1), (), ()),
        ("refused", Request(DAY, (), is_over=True), (), ("over",)),
        ("reviewed", READY, ALL, ()),
        ("reviewed", READY, ("address", "others"), ("left_support",)),
        ("reviewed", READY, (), ("left_address", "left_support", "left_others")),
    ],
)
def test_what_stands_against_a_step(kind, stand, ticked, missing):
    assert against(kind, stand, ticked) == missing


def test_what_is_open_is_answered_with_a_reason_alone():
    open_one = Request(DAY, (), is_over=False, waits=1)
    assert against("answered", open_one, (), says_why=True) == ()
    assert against("answered", open_one, (), says_why=False) == ("open",)


def test_a_request_of_which_nothing_was_found_waits_for_nothing():
    assert stands("themselves", DAY, []).waits == READY.waits == 0
    assert stands("themselves", DAY, [], 2).waits == 2


def test_only_a_restriction_may_be_said_otherwise_later():
    assert [kind for kind in ("copy", "put_right", "erase", "restrict") if may_be_said_after(kind)] == ["restrict"]


REVIEWS = [
    ("copy", Review(""), ("verdict",)),
    ("copy", Review("other"), ()),
    ("copy", Review("unsure"), ("because",)),
    ("copy", Review("unsure", because="No day of birth"), ()),
    ("copy", Review("they"), ("gives",)),
    ("copy", Review("they", gives="All", ticked=ALL), ()),
    ("copy", Review("they", gives="All", ticked=ALL[:2]), ("ticked",)),
    ("copy", Review("they", withheld=["crime"]), ("because",)),
    ("copy", Review("they", withheld=["crime"], because="An inquiry is open"), ()),
    ("copy", Review("they", gives="A part", withheld=["crime"], because="It is open", ticked=ALL), ()),
    ("copy", Review("other", gives="All", withheld=["crime"], carried="not"), ()),
    ("erase", Review("they"), ("carried",)),
    ("erase", Review("they", carried="perhaps"), ("carried",)),
    ("erase", Review("they", carried="done"), ()),
    ("erase", Review("they", carried="not"), ("because",)),
    ("erase", Review("they", carried="not", because="It is needed"), ()),
    ("restrict", Review("they"), ("carried",)),
    ("restrict", Review("they", carried="done"), ("because",)),
    ("restrict", Review("they", carried="done", because="Only for the court"), ()),
    ("restrict", Review("they", carried="not"), ("because",)),
]


@each(("kind", "told", "missing"), REVIEWS)
def test_what_is_missing_of_what_is_said_of_somebody(kind, told, missing):
    assert review_against(kind, told) == missing


@each(
    ("came", "steps", "known"),
    [
        ("themselves", [], False),
        ("themselves", ["identity"], True),
        ("themselves", ["alone"], False),
        ("themselves", ["identity", "searched"], True),
        ("themselves", ["identity", "refused"], False),
        ("themselves", ["identity", "alone", "withdrawn"], False),
        ("letter", ["identity"], False),
        ("letter", ["alone"], False),
        ("letter", ["identity", "alone"], True),
        ("relative", ["identity", "alone", "answered"], True),
    ],
)
def test_it_is_certain_who_asks_once_they_said_so_alone_and_it_was_not_refused(came, steps, known):
    assert is_known(came, steps) is known
