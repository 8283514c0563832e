"""When a service is open: past midnight, over the changes of the clocks, on bank holidays, in every kind of recurrence."""

from datetime import datetime

from lodestar.casework.services.rules.hours import compact, hours_at, hours_words
from lodestar.platform.time.days import LONDON
from tests.offenders import each

ALL = {"freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR,SA,SU"}
NIGHT = {**ALL, "opens_at": "20:00", "closes_at": "08:00"}
OFFICE = {"freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR", "opens_at": "09:00", "closes_at": "17:00"}
FRIDAY_NIGHT = NIGHT | {"byday": "FR"}
FORTNIGHT = OFFICE | {"byday": "TU", "interval": 2, "dtstart": "2026-11-03"}
SECOND_MONDAY = {"freq": "MONTHLY", "byday": "2MO,-1FR", "opens_at": "09:00", "closes_at": "17:00"}
TIMES = {"opens_at": "09:00", "closes_at": "17:00"}
CASES = {  # schedule, instant (London where it has no offset), open
    "before it opens": (OFFICE, "2026-11-02T08:59:59", False),
    "as it opens": (OFFICE, "2026-11-02T09:00:00", True),
    "before it closes": (OFFICE, "2026-11-02T16:59:59", True),
    "as it closes": (OFFICE, "2026-11-02T17:00:00", False),
    "a Saturday": (OFFICE, "2026-11-07T12:00:00", False),
    "past midnight of the day it began": (FRIDAY_NIGHT, "2026-11-07T02:30:00", True),
    "the same night a day before": (FRIDAY_NIGHT, "2026-11-06T02:30:00", False),
    "the end of the night": (FRIDAY_NIGHT, "2026-11-07T08:00:00", False),
    "day and night": (ALL | {"opens_at": "00:00", "closes_at": "00:00"}, "2026-11-07T23:59:59", True),
    "to the last minute": (ALL | {"opens_at": "00:00:00", "closes_at": "23:59:00"}, "2026-11-07T23:59:30", True),
    "clocks back: 07:30 GMT": (NIGHT, "2026-10-25T07:30:00+00:00", True),
    "clocks back: closed at 08:00 GMT": (NIGHT, "2026-10-25T08:00:00+00:00", False),
    "clocks forward: 06:59 UTC is 07:59": (NIGHT, "2026-03-29T06:59:00+00:00", True),
    "clocks forward: 07:00 UTC is 08:00": (NIGHT, "2026-03-29T07:00:00+00:00", False),
    "summer: 08:00 UTC is 09:00": (OFFICE, "2026-07-06T08:00:00+00:00", True),
    "a time with an offset": (OFFICE | {"opens_at": "09:00Z", "closes_at": "17:00Z"}, "2026-07-06T08:30:00+00:00", False),
    "an offset of its own": (OFFICE | {"opens_at": "09:00+02:00", "closes_at": "17:00+02:00"}, "2026-07-06T07:00:00+00:00", True),
    "before it is valid": (OFFICE | {"valid_from": "2026-11-03"}, "2026-11-02T12:00:00", False),
    "the first valid day": (OFFICE | {"valid_from": "2026-11-02"}, "2026-11-02T12:00:00", True),
    "the last valid day": (OFFICE | {"valid_to": "2026-11-02"}, "2026-11-02T12:00:00", True),
    "the night that began on the last valid day": (NIGHT | {"valid_to": "2026-11-02"}, "2026-11-03T02:00:00", True),
    "after it was valid": (OFFICE | {"valid_to": "2026-11-01"}, "2026-11-02T12:00:00", False),
    "until is a last day": (OFFICE | {"until": "2026-11-01"}, "2026-11-02T12:00:00", False),
    "every second week": (FORTNIGHT, "2026-11-17T12:00:00", True),
    "the week between": (FORTNIGHT, "2026-11-10T12:00:00", False),
    "before the first": (FORTNIGHT, "2026-10-20T12:00:00", False),
    "every second week of no first": (FORTNIGHT | {"dtstart": None}, "2026-11-17T12:00:00", None),
    "weekly on the day it began": (TIMES | {"freq": "WEEKLY", "dtstart": "2026-11-03"}, "2026-11-10T12:00:00", True),
    "weekly on no day": (TIMES | {"freq": "WEEKLY"}, "2026-11-10T12:00:00", None),
    "every third day": (TIMES | {"freq": "DAILY", "interval": 3, "dtstart": "2026-11-01"}, "2026-11-04T12:00:00", True),
    "between third days": (TIMES | {"freq": "DAILY", "interval": 3, "dtstart": "2026-11-01"}, "2026-11-05T12:00:00", False),
    "the second Monday": (SECOND_MONDAY, "2026-11-09T12:00:00", True),
    "the third Monday": (SECOND_MONDAY, "2026-11-16T12:00:00", False),
    "the last Friday": (SECOND_MONDAY, "2026-11-27T12:00:00", True),
    "a day of the month": (TIMES | {"freq": "MONTHLY", "bymonthday": "2,-1"}, "2026-11-02T12:00:00", True),
    "the last day of the month": (TIMES | {"freq": "MONTHLY", "bymonthday": "2,-1"}, "2026-11-30T12:00:00", True),
    "the day before the last": (TIMES | {"freq": "MONTHLY", "bymonthday": "2,-1"}, "2026-11-29T12:00:00", False),
    "the last of three times": (OFFICE | {"dtstart": "2026-11-02", "count": 3}, "2026-11-04T12:00:00", True),
    "after three times": (OFFICE | {"dtstart": "2026-11-02", "count": 3}, "2026-11-05T12:00:00", False),
    "once": (TIMES | {"dtstart": "2026-11-02"}, "2026-11-02T12:00:00", True),
    "times not given": (ALL, "2026-11-02T12:00:00", None),
    "times not given, on another day": ({"freq": "WEEKLY", "byday": "TU"}, "2026-11-02T12:00:00", False),
    "a time that is none": (OFFICE | {"opens_at": "nine"}, "2026-11-02T12:00:00", None),
    "a recurrence that is none": (OFFICE | {"byday": "Monday"}, "2026-11-02T12:00:00", None),
}
BANK_HOLIDAYS = {  # said of bank holidays, instant, open by day and night, open by the night alone
    "closed on it": ("closed", "2026-12-28T12:00:00", False, False),
    "open on it": ("open", "2026-12-28T12:00:00", True, False),
    "not known on it": ("", "2026-12-28T12:00:00", None, False),
    "a night that began the day before, which is none": ("closed", "2026-08-31T02:30:00", False, True),
    "a night that began on it": ("closed", "2026-09-01T02:30:00", True, False),
    "not known of a night that began on it": ("", "2026-09-01T02:30:00", True, None),
}


def opens(schedule, at, said=""):
    instant = datetime.fromisoformat(at)
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=LONDON)
    return hours_at([compact(schedule)] if schedule else [], said, instant).is_open


@each("case", CASES)
def test_a_service_is_open_by_its_schedule(case):
    schedule, at, expected = CASES[case]
    assert opens(schedule, at, "open") is expected


@each("case", BANK_HOLIDAYS)
def test_bank_holidays(case):
    said, at, by_day_and_night, by_night = BANK_HOLIDAYS[case]
    assert opens(ALL | {"opens_at": "00:00", "closes_at": "00:00"}, at, said) is by_day_and_night
    assert opens(NIGHT, at, said) is by_night


def test_no_schedule_is_not_known_and_another_that_is_open_decides():
    at = datetime.fromisoformat("2026-11-02T12:00:00+00:00")
    assert (hours_at([], "", at).is_open, hours_at([], "", at).why) == (None, "no_hours")
    both = [compact(ALL), compact(OFFICE)]
    assert hours_at(both, "", at).is_open is True
    assert hours_words(both)[1].endswith("09:00 to 17:00")
