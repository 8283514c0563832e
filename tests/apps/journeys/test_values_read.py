"""Values as officers type them: read as far as they can be."""

from datetime import UTC, date, datetime

import pytest

from lodestar.journeys.people_read import Age, is_british, read_age, read_areas, read_roles
from lodestar.journeys.values_read import read_born, read_day, read_moment
from lodestar.kernel.days import LONDON

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
MET = datetime(2026, 11, 3, 2, 25, tzinfo=LONDON)
A_DAY = datetime(2026, 11, 3, tzinfo=LONDON)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-03T02:25:00Z", "2026-11-03 02:25", "2026-11-03T02:25:00+00:00", "03/11/2026 02:25", "3/11/26 0225",
        "3 November 2026 02:25", "3rd of Nov 2026, 2.25am", "Tue 3 Nov 2026 02:25:00", "02:25 3/11/2026",
        "0225hrs on 03.11.2026",
        "03NOV2026 0225",
        "03/11/2026 2:25 AM", "3rd Nov 2026 at 0225 hours", "3/11/2026 0225 (GMT)", "0225 3/11/2026",
        "20261103 0225", "2026/11/03 02:25", "Tue 3 Nov 2026 @ 02:25", "Nov 3, 2026 2:25 AM", "3/11/2026 2.25 a.m.",
        "20261103T0225Z", "202611030225", "20261103022500", "03-11-2026T02:25", "3/11/2026 0225h", "2026-11-03 02:25:00 UTC",
        "Tue, 03 Nov 2026 02:25:00 +0000",
        "03/11/2026 02:25Z", "3–11–2026 0225", "03/11/2026 02:25:00.000", "46329.100694444",
        "٠٣/١١/٢٠٢٦ ٠٢:٢٥", "３/１１/２０２６ 0225",
    ],
)  # fmt: skip
def test_a_whole_instant(text):
    assert read_moment(text, NOW, None) == (MET, True)


@pytest.mark.parametrize(
    "text",
    ["3/11/2026", "3/11/2026.", "03-11-26", "2026-11-03", "3 Nov 2026", "20261103", "03112026", "46329", "03.11.2026",
     "3rd November 2026"],
)  # fmt: skip
def test_a_day(text):
    assert read_moment(text, NOW, None) == (A_DAY, False)


@pytest.mark.parametrize(
    "text",
    ["3/11/2026 0225-0400", "3/11/2026 between 0225 and 0400",
     "about 0225 3/11/2026", "3 Nov 2026 approx 2.25am", "3/11/2026 02:25 to 4/11/2026 0600",
     "between 0225 3/11/2026 and 5/11/2026", "3/11/2026 ~0225", "3/11/2026 0225ish"],
)
def test_what_is_near_a_time_or_begins_with_it_is_no_whole_instant(text):
    assert read_moment(text, NOW, None) == (MET, False)


@pytest.mark.parametrize(
    "text", ["overnight 3/4 November 2026", "c. 3/11/2026", "on or about 3/11/2026", "3/11/2026?", "w/c 3/11/26", "Nov 3rd 2026"]
)
def test_what_is_about_a_day_is_the_day(text):
    assert read_moment(text, NOW, None) == (A_DAY, False)


@pytest.mark.parametrize(
    ("text", "at", "exact"),
    [
        ("2026-10-25 01:30 GMT", datetime(2026, 10, 25, 1, 30, tzinfo=UTC), True),
        ("2026-10-25 01:30 BST", datetime(2026, 10, 25, 0, 30, tzinfo=UTC), True),
        # One of two hours, the later as on a page: the words are kept.
        ("25/10/2026 01:30", datetime(2026, 10, 25, 1, 30, tzinfo=UTC), False),
        ("2026-10-25 01:30", datetime(2026, 10, 25, 1, 30, tzinfo=UTC), False),
        ("46320.0625", datetime(2026, 10, 25, 1, 30, tzinfo=UTC), False),
        ("24/10/2026 24:00", datetime(2026, 10, 24, 23, tzinfo=UTC), True),
        ("14/06/2026 1200 GMT", datetime(2026, 6, 14, 12, 0, tzinfo=UTC), True),
        ("2340 GMT 02/07/2026", datetime(2026, 7, 2, 23, 40, tzinfo=UTC), True),
        ("02/07/2026 (GMT) 23:40", datetime(2026, 7, 2, 23, 40, tzinfo=UTC), True),
        ("02/07/2026 23:40 GMT?", datetime(2026, 7, 2, 23, 40, tzinfo=UTC), False),
        ("02/07/2026 22:00:00 +00:00", datetime(2026, 7, 2, 22, 0, tzinfo=UTC), True),
        ("2026-07-02 22:00:00.0000000 +00:00", datetime(2026, 7, 2, 22, 0, tzinfo=UTC), True),
        ("2026-07-02 22:00:00 -05:00", datetime(2026, 7, 3, 3, 0, tzinfo=UTC), True),
        ("02/07/2026 22:00 +0100", datetime(2026, 7, 2, 21, 0, tzinfo=UTC), True),
        ("02/07/2026 22:00:00 -05:00", datetime(2026, 7, 3, 3, 0, tzinfo=UTC), True),
        ("Thu Jul 02 22:00:00 BST 2026", datetime(2026, 7, 2, 21, 0, tzinfo=UTC), True),
        ("Thu Jul 02 2026 22:00:00 GMT+0100 (British Summer Time)", datetime(2026, 7, 2, 21, 0, tzinfo=UTC), True),
        ("3/11/2026 noon", datetime(2026, 11, 3, 12, 0, tzinfo=UTC), True),
        ("03/07/2026 23:00Z", datetime(2026, 7, 3, 23, 0, tzinfo=UTC), True),
        ("03/07/2026 2300z approx", datetime(2026, 7, 3, 23, 0, tzinfo=UTC), False),
        ("2/11/26 24.00", datetime(2026, 11, 3, tzinfo=UTC), True),
        ("midnight 3/11/2026", datetime(2026, 11, 3, tzinfo=UTC), True),
        ("2/11/2026 2400hrs", datetime(2026, 11, 3, tzinfo=UTC), True),
        ("last Tues", datetime(2026, 10, 27, tzinfo=UTC), False),
    ],
)
def test_the_clocks_and_the_days_of_the_week(text, at, exact):
    found = read_moment(text, NOW, MET)
    assert (found[0].astimezone(UTC), found[1]) == (at, exact)


@pytest.mark.parametrize(
    ("text", "at", "exact"),
    [
        ("Monday 2200", "2026-11-02 22:00", False), ("Sun, 0300", "2026-11-01 03:00", False),  # said on a Tuesday
        ("on Friday at 10 p.m.", "2026-10-30 22:00", False), ("Tue 0100", "2026-10-27 01:00", False),
        ("Mon 2340 GMT", "2026-11-02 23:40", False), ("Friday 2400", "2026-10-31 00:00", False),
        ("2026-07-02 22:00-23:00", "2026-07-02 22:00", False), ("2026-07-02 09:00-10:00", "2026-07-02 09:00", False),
        ("02/07/2026 10.30 in the evening", "2026-07-02 00:00", False),
        ("02/07/2026 10.30pm at night", "2026-07-02 22:30", False),
        ("yesterday evening 8.30", "2026-11-02 00:00", False), ("last night 0015", "2026-11-02 00:00", False),
        ("last night 12.30", "2026-11-02 00:00", False), ("midnight last night", "2026-11-02 00:00", False),
        ("last night 2200", "2026-11-02 22:00", True), ("yesterday 0200", "2026-11-02 02:00", True),
        ("14/10 at 2010", "2026-10-14 20:10", True), ("5th May @ 2015", "2026-05-05 20:15", True),
        ("2015h", "2026-11-02 20:15", True), ("2015 GMT", "2026-11-02 20:15", True), ("2015 approx", "2026-11-02 20:15", False),
        ("at 2010", "2026-11-02 20:10", True), ("3/7/2026 at 2010", "2026-07-03 20:10", True),
    ],
)  # fmt: skip
def test_which_day_and_which_half_of_it_a_time_is_of(text, at, exact):
    found = read_moment(text, NOW, MET)
    assert (f"{found[0].astimezone(LONDON):%Y-%m-%d %H:%M}", found[1]) == (at, exact)


@pytest.mark.parametrize(
    "text",
    ["last month", "sunset", "money", "wedding", "early 2025", "sometime in 2025", "c2025", "2025?", "(2025)", "14/11 2010",
     "5.5 2015", "2015ish", "30-1 July 2026", "31/1 July 2026", "3.30 in the afternoon", "31208", "2026-07-02 22:00-00:30"],
)  # fmt: skip
def test_what_may_be_two_moments_or_names_none_is_kept_as_it_was_typed(text):
    assert read_moment(text, NOW, MET) is None


@pytest.mark.parametrize("text", ["2026", "30/12/1899", "0", "01/01/1900", "9999-12-31", "11/13/2026", "1e308", "nan"])
def test_what_is_no_time_of_an_encounter_is_kept_as_it_was_typed(text):
    assert read_moment(text, NOW, MET) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("c2009", ("2009", True)), ("2009ish", ("2009", True)), ("DOB 4.9.2009", ("2009-09-04", False)),
        ("4/9/2009 (claimed)", ("2009-09-04", True)), ("September 4, 2009", ("2009-09-04", False)),
        ("\u200e04\u200e/\u200e09\u200e/\u200e2009", ("2009-09-04", False)), ("４／９／２００９", ("2009-09-04", False)),
        ("4/9/2009 12:00:00 AM", ("2009-09-04", False)), ("4/9/2009 (17 yrs)", ("2009-09-04", False)),
        ("4/9/2009 - claimed", ("2009-09-04", True)), ("1/1/2009 (assumed)", ("2009-01-01", True)),
        ("04.09.2009 г.", ("2009-09-04", False)), ("200905", None), ("150905", ("2005-09-15", False)),
        ("040909", ("2009-09-04", False)), ("early 2009", ("2009", True)), ("2008/2009", None), ("09/13/2009", None),
        ("b. circa 2009", ("2009", True)), ("b.2009", ("2009", False)), ("04–09–2009", ("2009-09-04", False)),
        ("04/09/2001 claims child", None), ("04/09/2001 says he is a kid", None),
        ("4/9/2009 (claims)", ("2009-09-04", True)),
    ],
)
def test_a_birth_as_it_is_typed(text, expected):
    assert read_born(text, date(2026, 11, 3)) == expected


@pytest.mark.parametrize(
    "text",
    ["04/09/2001 (17)", "2001 (age 17)", "04/09/2008 (17)", "04/09/2001 disputed - says 04/09/2009", "04/09/2001 claimed 17",
     "01/01/2000 presumed adult, says 15", "01/01/2000 given by HO, claims 01/01/2010", "04/09/2001 disputed, says child",
     "31208", "20726", "31208.0"],
)  # fmt: skip
def test_a_birth_that_contradicts_itself_or_may_be_two_days_is_kept_as_it_was_typed(text):
    assert read_born(text, date(2026, 11, 3)) is None


def test_an_age_beside_a_birth_is_that_of_the_day_or_of_the_year():
    told = ("04/12/2008 (18)", "2009 (16)", "2009 (17)", "01/01/2000 presumed adult")
    assert [read_born(text, date(2026, 11, 3)) for text in told] == [
        ("2008-12-04", False), ("2009", False), ("2009", False), ("2000-01-01", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2009-09-03T23:00:00Z", "2009-09-04"),  # midnight in London, by the clock of a system that keeps none of ours
        ("2009-09-04T00:00:00Z", "2009-09-04"), ("2009-09-04T00:00:00+03:00", "2009-09-04"),
        ("2009-09-04T12:00:00Z", "2009-09-04"), ("2009-09-03T23:00:00.0000000Z", "2009-09-04"),
        ("/Date(1252018800000+0100)/", "2009-09-04"), ("/Date(1252022400000)/", "2009-09-04"),
        ("1252018800000", "2009-09-04"),
        ("03/09/2009 23:00 GMT", "2009-09-04"), ("2009-09-03T23:00Z", "2009-09-04"), ("3 Sep 2009 23:00 +0000", "2009-09-04"),
        ("03/09/2009 23:00Z", "2009-09-04"), ("23:00 UTC 03/09/2009", "2009-09-04"), ("03/09/09 2300Z", "2009-09-04"),
        ("20090903T230000Z", "2009-09-04"), ("3/9/2009 11pm GMT", "2009-09-04"), ("04/09/2009 00:00 BST", "2009-09-04"),
        ("Thu, 03 Sep 2009 23:00:00 GMT", "2009-09-04"), ("Thu Sep 03 23:00:00 UTC 2009", "2009-09-04"),
        ("Fri Sep 04 2009 00:00:00 GMT+0100 (British Summer Time)", "2009-09-04"), ("04/09/2009 00:00:00 +01:00", "2009-09-04"),
        ("2009-09-04Z", "2009-09-04"), ("2009-09-04+01:00", "2009-09-04"), ("04/01/2009 00:00 GMT", "2009-01-04"),
        ("03/09/2009 23:20 GMT", "2009-09-04"), ("03/09/2009 23:00", "2009-09-03"), ("03/09/99 23:00 GMT", "1999-09-04"),
        ("2009-09-04T23:59:59Z", "2009-09-04"), ("2009-09-04T22:59:59.99Z", "2009-09-04"), ("04/09/2009 23:59 GMT", "2009-09-04"),
        ("04/09/2009 22:30 BST", "2009-09-04"), ("04/01/2009 14:45 GMT", "2009-01-04"), ("dob 2009-09-03T23:00Z", "2009-09-04"),
    ],
)  # fmt: skip
def test_a_birth_that_a_system_wrote_as_an_instant_is_the_day_that_was_meant(text, day):
    assert read_born(text, date(2026, 11, 3)) == (day, False)


def test_a_birth_by_another_clock_that_is_not_sure_is_a_guess_of_the_day_here():
    for text in ("03/09/2009 23:00 GMT approx", "c. 03/09/2009 23:00 GMT", "03/09/2009 23:00 GMT?"):
        assert read_born(text, date(2026, 11, 3)) == ("2009-09-04", True)


@pytest.mark.parametrize(
    "text",
    ["2009-09-03T22:00:00Z", "03/09/2009 22:00 GMT", "2009-09-04T04:59:59Z", "2009-01-03T22:00:00Z",
     "2027-09-03T23:00:00Z", "03/09/2027 23:00 GMT", "0001-01-01T00:00:00+14:00",
     "9999-12-31T23:59:59-12:00"],
)  # fmt: skip
def test_a_birth_as_an_instant_amid_a_day_may_be_of_two_days_and_others_are_none(text):
    assert read_born(text, date(2026, 11, 3)) is None


@pytest.mark.parametrize("text", ["3 November 2026 2.25am", "3rd November 2026 at 2.25am", "3/11/2026 - 02:25",
                                  "03-NOV-26 02.25.00.000000 AM", "\u200e03/11/2026 02:25"])  # fmt: skip
def test_a_time_beside_a_whole_month_and_as_systems_write_it(text):
    assert read_moment(text, NOW, None) == (MET, True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("18 months", Age(1, 1)), ("30 weeks", Age(0, 0)), ("16-ish", Age(16, 16, True)), ("16-17?", Age(16, 17, True)),
        ("17 est.", Age(17, 17, True)), ("17 stated", Age(17, 17)), ("17 claimed", Age(17, 17, True)),
        ("?17", Age(17, 17, True)), ("U/18", Age(None, 17)), ("nearly 18", Age(None, 17)), ("17 or under", Age(None, 17)),
        ("≥18", Age(18, None)), ("age: 16", Age(16, 16)), ("16y3m", Age(16, 16)), ("17 year old girl", Age(17, 17)),
        ("\u200f17", Age(17, 17)), ("17 (passport says 19)", Age(17, 19, True)), ("17m", Age(17, 17)), ("under 0", None),
        ("claims 18 looks 15", None), ("not 17", None), ("18-24m", None), ("6m", None), ("6/52", None), ("12/12", None),
        ("24M", Age(24, 24)), ("6f", Age(6, 6)), ("M/17", Age(17, 17)), ("female, 17", Age(17, 17)), ("17, F", Age(17, 17)),
        ("17/12", None), ("says 17", Age(17, 17, True)), ("17 (claims)", Age(17, 17, True)),
        ("19 (claims child)", Age(None, 19, True)), ("19 says child", None), ("17 y.o.", Age(17, 17)),
        ("F 18/52", None), ("f/18/52", None), ("20/52, F", None), ("M18/52", None), ("M 18m", None), ("M18m", None),
        ("18m (F)", None), ("24m (girl)", None), ("18 / 52", None), ("F 18 / 52", None), ("6 / 12", Age(0, 12, True)),
        ("male 18m", None), ("female, 24m", None), ("male 6/12", Age(0, 12, True)),
    ],
)  # fmt: skip
def test_more_ages_as_officers_write_them(text, expected):
    assert read_age(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1-3 Nov 2026", ("2026-11-01", "2026-11-03")), ("2025-2026", ("2025", "2026")),
        ("1/11/2026-3/11/2026", ("2026-11-01", "2026-11-03")), ("3-1 Nov 2026", None), ("2024 onwards", None),
    ],
)  # fmt: skip
def test_days_from_one_to_another(text, expected):
    assert read_day(text, date(2026, 11, 25)) == expected


def test_a_part_of_a_day_is_the_day():
    assert read_moment("early hours of 3/11/2026", NOW, None) == (A_DAY, False)
    assert read_moment("4/11/2026 to 3/11/2026", NOW, None) is None


@pytest.mark.parametrize("text", ["0225", "today 0225", "3 November 0225"])
def test_what_is_told_from_a_day_needs_the_day_on_which_it_was_said(text):
    assert read_moment(text, NOW, None) is None
    assert read_moment(text, NOW, datetime(2026, 11, 3, 6, 0, tzinfo=UTC)) == (MET, True)


@pytest.mark.parametrize(
    "text",
    ["31/02/2026", "2026-02-30", "32 March 2026", "11/25/2026", "2031-01-01", "2026-13-01T00:00Z", "soon", "99:99", "1", "99999",
     "3/11/2026 2560", "\u0663"],
)  # fmt: skip
def test_what_is_no_time_or_has_not_come(text):
    assert read_moment(text, NOW, None) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("04/09/2009", ("2009-09-04", False)), ("4 Sep 09", ("2009-09-04", False)), ("2009", ("2009", False)),
        ("09/2009", ("2009-09", False)), ("40060", ("2009-09-04", False)), ("c. 2009", ("2009", True)), ("2009?", ("2009", True)),
        ("2009 approx", ("2009", True)),
        ("circa September 2009", ("2009-09", True)), ("00/00/2009", ("2009", False)), ("xx/09/2009", ("2009-09", False)),
        ("??/??/2009", ("2009", False)), ("2009-00-00", ("2009", False)), ("2009-09-04 00:00:00", ("2009-09-04", False)),
        ("20090904", ("2009-09-04", False)), ("04092009", ("2009-09-04", False)), ("2009/09/04", ("2009-09-04", False)),
        ("04SEP2009", ("2009-09-04", False)), ("๔/๙/2009", ("2009-09-04", False)),
        ("31/02/2009", None), ("2552", None), ("unknown", None), ("1/1/2030", None), ("99999", None), ("12/31/1999", None),
    ],
)  # fmt: skip
def test_a_date_of_birth(text, expected):
    assert read_born(text, date(2026, 11, 25)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3/11/2026", ("2026-11-03", "2026-11-03")), ("Nov 2026", ("2026-11", "2026-11")), ("2025", ("2025", "2025")),
        ("46329", ("2026-11-03", "2026-11-03")), ("Jan 2026 to March 2026", ("2026-01", "2026-03")),
        ("between 2024 and 2025", ("2024", "2025")), ("2025 to 2024", None), ("31/02/2026", None), ("last week", None),
        ("3 March", None), ("2026-11-03 02:25", ("2026-11-03", "2026-11-03")), ("50405", None),
        ("2009-09-03T23:00:00Z", ("2009-09-04", "2009-09-04")), ("2026-07-02T23:40:00Z", ("2026-07-03", "2026-07-03")),
        ("0001-01-01T00:00:00+14:00", None), ("9999-12-31T23:59:59-12:00", None),
        ("02/07/2026 23:40 GMT", ("2026-07-03", "2026-07-03")), ("02/07/2026 2340Z", ("2026-07-03", "2026-07-03")),
        ("2340 UTC 02/07/2026", ("2026-07-03", "2026-07-03")), ("02/07/2026 23:40 +0000", ("2026-07-03", "2026-07-03")),
        ("02/07/2026 23:40", ("2026-07-02", "2026-07-02")), ("c. 02/07/2026 23:40 GMT", ("2026-07-03", "2026-07-03")),
        ("01.01.90", ("1990-01-01", "1990-01-01")), ("1-3 Nov 90", ("1990-11-01", "1990-11-03")),
        ("2026-07-02Z", ("2026-07-02", "2026-07-02")),
        ("02/07/2026 22:00 GMT to 03/07/2026 01:00 GMT", ("2026-07-02", "2026-07-03")),
    ],
)  # fmt: skip
def test_a_day_or_a_span(text, expected):
    assert read_day(text, date(2026, 11, 25)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("16", Age(16, 16)), ("16.0", Age(16, 16)), ("16 yrs", Age(16, 16)), ("16-17", Age(16, 17)), ("16 to 17", Age(16, 17)),
        ("15/16", Age(15, 16)), ("about 15", Age(15, 15, True)), ("15ish", Age(15, 15, True)), ("15?", Age(15, 15, True)),
        ("under 18", Age(None, 17)), ("<18", Age(None, 17)), ("18+", Age(18, None)), ("over 18", Age(18, None)),
        ("up to 20", Age(None, 20)), ("Child", Age(None, 17, True)), ("adult", Age(18, None, True)), ("6 months", Age(0, 0)),
        ("looks 14", Age(14, 14, True)), ("١٦", Age(16, 16)), ("17-16", None), ("200", None), ("sixteen", Age(16, 16, True)),
        ("-3", None),
        ("under 0", None), ("17.5", Age(17, 17)), ("16 years and 3 months", Age(16, 16)), ("mid 20s", Age(23, 27, True)),
        ("16 (stated)", Age(16, 16)), ("30s", Age(30, 39, True)),
        ("18 (claims 16)", Age(16, 18, True)), ("early 30s", Age(30, 34, True)), ("16F", Age(16, 16)), ("16½", Age(16, 16)),
        ("6/12", Age(0, 12, True)), ("appears 16", Age(16, 16, True)), ("16 approx", Age(16, 16, True)), ("elderly", None),
        ("late teens", Age(16, 19, True)), ("O18", Age(18, None)),
    ],
)  # fmt: skip
def test_an_age(text, expected):
    assert read_age(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("over 18 (claims 16)", Age(16, None, True)), ("18+ (claims 17)", Age(17, None, True)),
        ("adult (claims 16)", Age(16, None, True)), ("18 (claims 16 or 17)", Age(16, 18, True)),
        ("18-20 (claims 16)", Age(16, 20, True)), ("22 (says child)", Age(None, 22, True)), ("18 (looks younger)", None),
        ("18 (?)", Age(18, 18, True)), ("18 (claims under 18)", Age(None, 18, True)), ("19 (claims u18)", Age(None, 19, True)),
        ("20 (claims to be under 18)", Age(None, 20, True)), ("17 (born 08)", None), ("18 (+/- 2)", None),
        ("25 (3 children)", None), ("19 (claims 16-19)", Age(16, 19, True)), ("18 (17+)", Age(17, None, True)),
        ("16 (child)", Age(16, 16)), ("22 (adult)", Age(22, 22)), ("teenager (16)", Age(13, 19, True)),
        ("17 (Vietnamese)", Age(17, 17)), ("elderly (17)", None),
        ("over 18 (child)", None), ("17 (claims 17)", Age(17, 17, True)),
    ],
)  # fmt: skip
def test_an_age_with_something_in_brackets_is_no_adults_where_that_says_a_child(text, expected):
    assert read_age(text) == expected


def test_roles_areas_and_british():
    assert read_roles("Victim / SUSPECT") == (("possible_victim", "suspect"), "")
    assert read_roles("possible_victim; driver") == (("possible_victim",), "driver")
    assert read_roles("Potential Victim of Trafficking") == (("possible_victim",), "")
    assert read_roles("Victims") == (("possible_victim",), "")
    assert read_roles("not a victim") == ((), "not a victim")
    for nothing in ("N/A", "na", "Not known", "-", "—", "?", " "):
        assert read_roles(nothing) == ((), "")
    for words in ("see narrative", "yes", "as above", "pending", "no", "ditto", "0", "TBC"):
        assert read_roles(words) == ((), words)
    assert read_areas("Lincolnshire Police") == (("lincolnshire",), "")
    assert read_areas("lincolnshire; Avon & Somerset; Atlantis") == (("lincolnshire", "avon-and-somerset"), "Atlantis")
    assert (is_british("British/Polish"), is_british("Romanian"), is_british("")) == (True, None, None)
    assert [is_british(told) for told in ("Non-British", "not British", "White British", "dual British/Polish")] == [
        None, None, True, True,
    ]  # fmt: skip
    assert [read_roles(told)[0] for told in ("V", "Vic", "IP", "Susp", "W", "Suspect (exploiter)", "suspect - victim")] == [
        ("possible_victim",), ("possible_victim",), ("possible_victim",), ("suspect",), ("witness",), ("suspect", "exploiter"),
        ("suspect", "possible_victim"),
    ]  # fmt: skip
    for words in ("suspect's girlfriend", "solicitor for suspect", "eliminated suspect", "mother of victim", "anti-trafficker"):
        assert read_roles(words) == ((), words)
    assert read_roles("=cmd|' /C calc'!A0") == ((), "=cmd|' /C calc'!A0")  # what names nobody stays as it was typed
    assert read_areas("Lincs Police; Met") == (("lincolnshire", "metropolitan"), "")
    assert read_areas("Lincolnshire and Norfolk") == (("lincolnshire", "norfolk"), "")
    assert read_areas("a|b, c") == ((), "a|b, c")


@pytest.mark.parametrize(
    ("text", "day", "exact"),
    [
        ("2025-W05", "2025-01-27 00:00", False), ("2025W053", "2025-01-29 00:00", False), ("2025-W60", None, False),
        ("46329,1006944444", "2026-11-03 02:25", True), ("2 weeks ago", "2026-11-06 00:00", False),
        ("three hours ago", "2026-11-20 06:00", False), ("20260203T022500Z", "2026-02-03 02:25", True),
        ("1770085500000", "2026-02-03 02:25", True), ("177008550000", None, False), ("1770085500", None, False),
        ("/Date(1770085500000)/", "2026-02-03 02:25", True), ("3 Feb 2026 between 0200 and 0400", "2026-02-03 02:00", False),
        ("03\\02\\2026", "2026-02-03 00:00", False), ("03_FEB_2026", "2026-02-03 00:00", False),
        ("2026年2月3日", "2026-02-03 00:00", False), ("03.02.2026 14:05 Uhr", "2026-02-03 14:05", True),
        ("۰۳/۰۲/۲۰۲۵", "2025-02-03 00:00", False), ("12/31/2025", None, False), ("31/11/2025", None, False),
        ("last tues", "2026-11-17 00:00", False), ("3rd of Feb 24", "2024-02-03 00:00", False),
    ],
)  # fmt: skip
def test_moments_in_forms_that_other_systems_and_tired_people_use(text, day, exact):
    found = read_moment(text, NOW, datetime(2026, 11, 20, 9, 0, tzinfo=UTC))
    assert (f"{found[0]:%Y-%m-%d %H:%M}" if found else None, bool(found and found[1])) == (day, exact)


def test_what_is_padded_with_spaces_is_read():
    padding = " " * 400
    assert read_moment(f"03/11/2026 02:25{padding}", NOW, None) == (MET, True)
    assert read_born(f"2009-09-04{padding}", NOW.date()) == ("2009-09-04", False)
    assert read_age(f"16{padding}") == read_age("16")
    assert read_roles(f"suspect{padding}, victim") == read_roles("suspect, victim")


@pytest.mark.parametrize("text", ["25/10/2026 01:30", "2026-10-25T01:30", "46320.0625", "0130"])
def test_in_the_first_of_two_hours_the_second_is_still_to_come(text: str) -> None:
    at, _ = read_moment(text, (first := datetime(2026, 10, 25, 0, 40, tzinfo=UTC)), first)
    assert at.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
