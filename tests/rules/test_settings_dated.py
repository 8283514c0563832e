"""Settings are dated: a value holds on its days, both ends counted, a force's own before what is shipped, never backwards."""

from datetime import date

import pytest

from lodestar.platform.obligations.settings import (
    SHIPPED,
    CannotSet,
    SettingRow,
    Settings,
    check_value,
    for_tenant,
    is_ahead,
    labelled_on,
    value_of,
)
from tests.offenders import each

EVE, FIRST, LAST, AFTER = date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 31), date(2026, 4, 1)


def row(value: int, start: date | None = None, end: date | None = None) -> SettingRow:
    return SettingRow("pip3_victims", value, start, end)


@each(
    ("start", "end", "on"),
    [
        (FIRST, LAST, {EVE: False, FIRST: True, LAST: True, AFTER: False}),
        (None, LAST, {EVE: True, LAST: True, AFTER: False}),
        (FIRST, None, {EVE: False, FIRST: True, AFTER: True}),
        (None, None, {EVE: True, AFTER: True}),
    ],
)
def test_a_row_holds_on_its_days_both_ends_counted(start: date | None, end: date | None, on: dict[date, bool]) -> None:
    assert {day: row(3, start, end).holds_on(day) for day in on} == on


def test_of_a_forces_own_rows_the_later_day_counts_in_whatever_order_they_were_agreed() -> None:
    own = for_tenant("fenmarch", [row(4, AFTER), row(3, FIRST), row(2)])
    assert [own.on(day)["pip3_victims"] for day in (EVE, FIRST, LAST, AFTER)] == [2, 3, 3, 4]


@each(
    ("own", "day", "label"),
    [
        ([], AFTER, "shipped"),
        ([row(3, FIRST)], EVE, "shipped"),
        ([row(3, FIRST)], FIRST, "fenmarch 2026-03-02"),
        ([row(3, FIRST), row(4, AFTER)], LAST, "fenmarch 2026-03-02"),
        ([row(3, FIRST), row(4, AFTER)], AFTER, "fenmarch 2026-04-01"),
        ([row(3)], EVE, "fenmarch"),
        ([row(3), row(4, FIRST)], EVE, "fenmarch"),
    ],
)
def test_the_label_says_whose_they_are_on_the_day(own: list[SettingRow], day: date, label: str) -> None:
    assert labelled_on("fenmarch", for_tenant("fenmarch", own), day).label == label


def test_what_is_shipped_stands_where_a_force_set_nothing() -> None:
    own = for_tenant("fenmarch", [row(3)])
    assert isinstance(own, Settings)
    assert {**SHIPPED.on(FIRST), "pip3_victims": 3} == own.on(FIRST)
    assert for_tenant("fenmarch", []) is SHIPPED


@each(
    ("key", "value", "is_offered"),
    [
        ("pip3_victims", 1, True),
        ("pip3_victims", 50, True),
        ("pip3_victims", 0, False),
        ("pip3_victims", 51, False),
        ("pip3_victims", "5", False),
        ("pip3_victims", True, False),
        ("crime_recording_point", "positive_rg", True),
        ("crime_recording_point", "never", False),
        ("crime_recording_point", 1, False),
        ("colour", "blue", False),
    ],
)
def test_a_value_is_one_that_the_setting_offers(key: str, value: str | int, is_offered: bool) -> None:
    if is_offered:
        check_value(key, value)
    else:
        with pytest.raises(CannotSet):
            check_value(key, value)


@each(
    ("key", "text", "value"),
    [
        ("pip3_victims", "7", 7),
        ("pip3_victims", "seven", None),
        ("pip3_victims", "-7", None),
        ("pip3_victims", "", None),
        ("pip3_victims", "٧", None),
        ("pip3_victims", "0000000007", None),
        ("pip3_victims", "000000007", 7),
        ("crime_recording_point", "positive_rg", "positive_rg"),
        ("crime_recording_point", "7", None),
        ("colour", "7", None),
    ],
)
def test_what_is_typed_is_read_as_the_setting_has_it_or_refused(key: str, text: str, value: str | int | None) -> None:
    if value is None:
        with pytest.raises(CannotSet):
            value_of(key, text)
    else:
        assert value_of(key, text) == value


def test_a_setting_that_is_none_is_said_to_be_none() -> None:
    with pytest.raises(CannotSet, match="colour is no setting"):
        value_of("colour", "blue")


def test_no_change_begins_on_a_day_that_has_begun() -> None:
    assert [is_ahead(day, FIRST) for day in (EVE, FIRST, LAST)] == [False, False, True]
