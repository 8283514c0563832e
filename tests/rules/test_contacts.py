"""When a number to ring answers, which district's is shown, and what is missing or too old."""

from datetime import UTC, date, datetime, timedelta

import pytest

from lodestar.directory.contacts.rules import (
    Book,
    CannotRead,
    Contact,
    answering,
    is_telephone_number,
    kinds,
    missing,
    ordered,
    read_hours,
    stale,
)
from tests.offenders import each

TODAY = date(2026, 11, 30)
SERVICE = "childrens_services"
OFFICE, NIGHTS = "mon-fri 08:30-17:00", "outside mon-fri 08:30-17:00"


@each(
    ("hours", "moment", "answers"),
    [
        (OFFICE, datetime(2026, 11, 30, 8, 29, tzinfo=UTC), False),
        (OFFICE, datetime(2026, 11, 30, 8, 30, tzinfo=UTC), True),
        (OFFICE, datetime(2026, 11, 30, 17, 0, tzinfo=UTC), False),
        (OFFICE, datetime(2026, 7, 27, 7, 30, tzinfo=UTC), True),  # summer time
        (OFFICE, datetime(2026, 12, 25, 12, 0, tzinfo=UTC), False),  # a bank holiday
        ("mon-sun 08:30-17:00", datetime(2026, 12, 25, 12, 0, tzinfo=UTC), True),
        (NIGHTS, datetime(2026, 12, 25, 12, 0, tzinfo=UTC), True),
        (NIGHTS, datetime(2026, 11, 30, 12, 0, tzinfo=UTC), False),
        ("sat 22:00-06:00", datetime(2026, 11, 29, 5, 59, tzinfo=UTC), True),  # since Saturday
        ("sat 22:00-06:00", datetime(2026, 11, 28, 5, 0, tzinfo=UTC), False),
        ("always", datetime(2026, 12, 25, 3, 0, tzinfo=UTC), True),
    ],
)
def test_a_number_answers_at_its_hours(hours: str, moment: datetime, answers: bool) -> None:
    assert read_hours(hours).answers_at(moment) is answers
    assert read_hours(hours).code == hours


@each("text", ["mon-fri", "8:30-17:00", "mon-fri 08:30-24:30", "fri-mon 08:30-17:00", "mon 09:00-09:00", "weekdays 08:30-17:00"])
def test_other_hours_are_refused(text: str) -> None:
    with pytest.raises(CannotRead):
        read_hours(text)


@each(
    ("number", "is_one"),
    [
        ("01632 960 400", True), ("+44 1632 960400", True), ("999", True), ("+999999999999999", True), ("99", False),
        ("1234567890123456", False), ("", False), ("ask control", False), ("01632  960", False),
        ("\u0661\u0662\u0663\u0664", False),
    ],
)  # fmt: skip
def test_a_telephone_number_can_be_dialled(number: str, is_one: bool) -> None:
    assert is_telephone_number(number) is is_one


def contact(kind: str, district: str = "", hours: str = "always", **more: object) -> Contact:
    return Contact(kind, district, telephone="01632 960 001", hours=read_hours(hours), **more)  # type: ignore[arg-type]


NIGHT, LATE_AFTERNOON = datetime(2026, 11, 30, 2, tzinfo=UTC), datetime(2026, 11, 30, 16, 45, tzinfo=UTC)


@each(
    ("held", "moment", "kind", "is_found"),
    [
        ((("_day", OFFICE), ("_night", NIGHTS)), NIGHT, "_night", True),
        ((("_day", OFFICE), ("_night", NIGHTS)), LATE_AFTERNOON, "_day", True),
        ((("_day", "mon-fri 09:00-16:30"),), LATE_AFTERNOON, "_night", False),  # its own hours, not the usual ones
        ((("_night", NIGHTS),), LATE_AFTERNOON, "_day", False),
        ((), NIGHT, "_night", False),
        ((), LATE_AFTERNOON, "_day", False),
    ],
)
def test_of_a_day_and_a_night_number_the_one_that_answers_is_rung(
    held: tuple[tuple[str, str], ...], moment: datetime, kind: str, is_found: bool
) -> None:
    book = Book(tuple(contact(SERVICE + hour, hours=hours) for hour, hours in held))
    code, found = answering(SERVICE, "", book, moment)
    assert (code, found is not None) == (SERVICE + kind, is_found)


def test_each_district_is_named_where_it_has_no_number_of_its_own() -> None:
    night = f"{SERVICE}_night"
    book = Book(ordered([contact(night, "North"), contact(f"{SERVICE}_day", "South"), contact("adult_safeguarding_night")]))
    assert book.districts_of(night) == ("North", "South")
    gaps = {(kind.code, place) for kind, place in missing(book)}
    assert {(night, "South"), (f"{SERVICE}_day", "North"), ("coroner", "")} <= gaps
    assert not {(night, "North"), ("adult_safeguarding_night", ""), ("adult_safeguarding_night", "North")} & gaps
    assert {kind.code for kind, _ in missing(Book())} == set(kinds())


def test_a_number_is_old_once_the_days_have_passed_or_where_nobody_checked_it() -> None:
    never = contact("coroner")
    on_time = contact("duty_inspector", checked_on=TODAY - timedelta(days=90))
    late = contact("custody", checked_on=TODAY - timedelta(days=91))
    assert stale(Book((late, on_time, never)), TODAY) == [never, late]
