"""A time in a column of its own is that of the day beside it."""

from datetime import UTC, datetime

import pytest

from lodestar.journeys.record_read import record_of
from lodestar.journeys.row_read import row_of

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
LATE = "2026-11-03 22:30"


def met(*cells):
    return f"{row_of([('name', 'Ana'), *cells], NOW).met:%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    "day",
    ["03/11/2026", "3.11.26", "2026-11-03", "2026-11-03 00:00:00", "2026-11-03T00:00:00.000", "46329", "Tue 3 Nov 2026",
     "46329.0", "03–11–2026",
     "3rd November 2026", "20261103"],
)  # fmt: skip
@pytest.mark.parametrize("time", ["22:30", "2230hrs", "22:30:00", "10.30pm", "0.9375", "30/12/1899 22:30:00", "1899-12-30 22:30"])
def test_a_time_of_its_own_is_that_of_the_day(day, time):
    assert met(("happened_at", day), ("Time", time)) == LATE


@pytest.mark.parametrize("column", ["TIME", "Time (24h)", "timeHappened", "Time of incident"])
def test_the_column_is_known_however_it_is_written(column):
    row = row_of([("name", "Ana"), ("happened_at", "03/11/2026"), (column, "22:30")], NOW)
    assert f"{row.met:%Y-%m-%d %H:%M}" == LATE
    assert row.notes == [f"the time of happened_at was taken from {column}: 22:30"]
    assert f"{column}: 22:30" in row.of_person


def test_a_column_may_say_by_what_clock():
    assert met(("happened_at", "03/07/2026"), ("Time (UTC)", "22:30")) == "2026-07-03 22:30"
    row = row_of([("name", "Ana"), ("happened_at", "03/07/2026"), ("Time (UTC)", "22:30")], NOW)
    assert row.met == datetime(2026, 7, 3, 22, 30, tzinfo=UTC)
    assert met(("happened_at", "03/07/2026"), ("Time (UTC)", "22:30 BST")) == "2026-07-03 22:30"
    for other in ("Time (GMT+1)", "Time (CET)"):
        assert met(("happened_at", "03/07/2026"), (other, "22:30")) == "2026-07-03 00:00"


@pytest.mark.parametrize("time", ["22:30-23:15", "22:30:00-23:15", "22:30:00-23:15:00", "22.30 – 23.15", "22:30 to 23:15"])
def test_of_a_stretch_of_time_it_is_the_beginning(time):
    assert met(("happened_at", "03/11/2026"), ("time", time)) == LATE


def test_a_minus_in_a_column_of_times_is_no_offset():
    assert met(("happened_at", "03/11/2026"), ("time", "10:00:00-11:00")) == "2026-11-03 10:00"


def test_the_end_of_a_day_and_a_time_that_is_about_right():
    assert met(("happened_at", "03/11/2026"), ("time", "24:00")) == "2026-11-04 00:00"
    about = row_of([("happened_at", "03/11/2026"), ("time", "approx 2230")], NOW)
    assert (f"{about.met:%H:%M}", about.met_words) == ("22:30", "2026-11-03 approx 2230")


@pytest.mark.parametrize(
    ("moment", "time"),
    [("03/11/2026 10:00", "22:30"), ("03/11/2026", "unknown"), ("03/11/2026", "12"), ("November 2026", "22:30"),
     ("2026", "22:30"), ("2026-11", "22:30"), ("w/c 02/11/2026", "22:30"),
     ("25/11/2026", "22:30"), ("1-5 Nov 2026", "22:30"), ("", "22:30"), ("about 03/11/2026", "22:30"),
     ("03/11/2026", "00:00:00.000"), ("03/11/2026", "12:00:00 AM"),
     ("03/11/2026", "00:00"), ("03/11/2026", "0000hrs"), ("03/11/2026", "0.30"),
     ("03/11/2026", "x" * 5000)],
)  # fmt: skip
def test_what_is_no_day_alone_or_no_time_of_it_stays_as_it_is(moment, time):
    without = row_of([("name", "Ana"), ("happened_at", moment)], NOW)
    row = row_of([("name", "Ana"), ("happened_at", moment), ("time", time)], NOW)
    assert (row.met, row.met_words, row.notes) == (without.met, without.met_words, without.notes)
    assert f"time: {time}" in row.of_person


def test_the_time_of_the_report_is_not_that_of_the_incident():
    cells = [("happened_at", "02/11/2026"), ("reported_at", "03/11/2026"), ("time_reported", "22:30")]
    assert met(*cells) == "2026-11-02 00:00"
    assert met(*cells[1:]) == LATE
    assert met(("happened_at", "yesterday"), *cells[1:]) == "2026-11-02 00:00"


def test_an_earlier_record_has_its_time_too():
    record = record_of([("name", "Ana"), ("happened_at", "03/11/2026"), ("Time", "22:30")], "custody", NOW)
    assert f"{record.happened_at:%Y-%m-%d %H:%M}" == LATE
    assert record.notes == ["the time of happened_at was taken from Time: 22:30"]
