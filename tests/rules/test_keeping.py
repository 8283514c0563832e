"""When what is held about people is looked at, and what stands against letting them go: tables."""

from datetime import date

from lodestar.keeping.rules import (
    Stands,
    against,
    categories_of,
    latest_keep,
    months_after,
    review_on,
    setting_of,
)
from tests.offenders import each

SET = {
    "keep_victim_months": 72,
    "keep_no_grounds_months": 12,
    "keep_suspect_months": 120,
    "keep_witness_months": 60,
    "keep_other_months": 36,
}
LAST = date(2026, 3, 2)


@each(
    ("category", "roles", "found"),
    [
        ("victim", [], ("victim",)),
        ("other", [], ("other",)),
        ("other", ["possible_victim"], ("victim",)),
        ("victim", ["possible_victim", "suspect"], ("victim", "suspect")),
        ("suspect", ["possible_victim"], ("victim", "suspect")),
        ("other", ["exploiter", "witness"], ("suspect", "witness")),
        ("other", ["a role to come"], ("other",)),
    ],
)
def test_somebody_stands_in_every_category_that_is_said_of_them(category, roles, found):
    assert categories_of(category, roles) == found


@each(
    ("category", "belief", "day"),
    [
        ("victim", "", date(2032, 3, 2)),
        ("victim", "reasonable_grounds", date(2032, 3, 2)),
        ("victim", "signs_only", date(2032, 3, 2)),
        ("victim", "none", date(2027, 3, 2)),
        ("suspect", "none", date(2036, 3, 2)),
        ("witness", "", date(2031, 3, 2)),
        ("other", "", date(2029, 3, 2)),
    ],
)
def test_each_category_has_its_period_and_no_grounds_the_shortest(category, belief, day):
    assert review_on(category, belief, LAST, SET) == day


def test_no_period_is_longer_than_that_of_no_grounds_as_shipped():
    from lodestar.cases.rules import SHIPPED

    shipped = SHIPPED.on(LAST)
    periods = {setting_of(category, belief) for category in ("victim", "suspect", "witness", "other") for belief in ("", "none")}
    assert min(periods, key=lambda key: shipped[key]) == "keep_no_grounds_months"
    assert len(periods) == 5


@each(
    ("kept", "day"), [(None, date(2032, 3, 2)), (date(2030, 1, 1), date(2032, 3, 2)), (date(2034, 1, 1), date(2034, 1, 1))]
)
def test_what_was_kept_is_looked_at_on_the_day_named_unless_a_new_contact_came_after(kept, day):
    assert review_on("victim", "", LAST, SET, kept) == day


@each(
    ("day", "months", "after"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2023, 1, 31), 13, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
    ],
)
def test_months_are_counted_by_the_calendar(day, months, after):
    assert months_after(day, months) == after


DUE, NOT_YET = date(2026, 1, 1), date(2027, 1, 1)
TODAY = date(2026, 3, 2)


@each(
    ("stands", "reason", "codes"),
    [
        (Stands({"victim": DUE}), "period_over", ()),
        (Stands({"victim": TODAY}), "period_over", ()),
        (Stands({"victim": NOT_YET}), "period_over", ("not_yet_victim",)),
        (Stands({"victim": DUE, "suspect": NOT_YET}), "period_over", ("not_yet_suspect",)),
        (Stands({"victim": NOT_YET}), "recorded_wrongly", ()),
        (Stands({"victim": NOT_YET}, has_asked=True), "they_ask", ()),
        (Stands({"victim": DUE}), "they_ask", ("not_asked",)),
        (Stands({"victim": DUE}, ("appeal",)), "period_over", ("hold",)),
        (Stands({"victim": DUE}, ("appeal",)), "recorded_wrongly", ("hold",)),
        (Stands({"victim": DUE}, ("inquiry",), has_asked=True), "they_ask", ("hold",)),
        (Stands({"victim": DUE}, (), True), "they_ask", ("waits", "not_asked")),
        (Stands({"victim": NOT_YET}, ("appeal",), True), "period_over", ("hold", "waits", "not_yet_victim")),
    ],
)
def test_what_stands_against_letting_somebody_go(stands, reason, codes):
    assert against(stands, TODAY, reason) == codes


def test_nothing_is_kept_longer_than_ten_years_without_another_look():
    assert latest_keep(TODAY) == date(2036, 3, 2)
