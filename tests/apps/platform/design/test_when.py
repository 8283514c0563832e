"""Times as people read them, and small matters of wording."""

from datetime import UTC, date, datetime, timedelta

import pytest

from lodestar.platform.design import when, words
from tests.offenders import each

NOW = datetime(2026, 11, 25, 2, 57, tzinfo=UTC)


@each(
    ("ahead", "words"),
    [
        (timedelta(minutes=14), "by 03:11, in 14 minutes"),
        (timedelta(minutes=1), "by 02:58, in 1 minute"),
        (timedelta(0), "by 02:57, in 0 minutes"),
        (timedelta(hours=4, minutes=3), "by 07:00, in 4 hours"),
        (timedelta(hours=23, minutes=14), "by 02:11 on Thursday, in 23 hours"),
        (timedelta(days=2, hours=15, minutes=23), "by 18:20 on Friday"),
        (timedelta(days=7), "by 2 December, 02:57"),
        (timedelta(days=60), "by 24 January 2027, 02:57"),
        (-timedelta(minutes=67), "was due 01:50, 67 minutes ago"),
        (-timedelta(hours=5), "was due 24 November, 21:57, 5 hours ago"),
        (-timedelta(days=3), "was due 22 November, 02:57, 3 days ago"),
    ],
)
def test_a_due_instant_is_absolute_first_relative_second(ahead, words):
    assert when.due(NOW + ahead, NOW) == words


@each(
    ("day", "words"),
    [
        (date(2026, 11, 25), "by today"),
        (date(2026, 11, 27), "by 27 November"),
        (date(2027, 1, 4), "by 4 January 2027"),
        (date(2026, 11, 24), "was due 24 November, yesterday"),
        (date(2026, 11, 20), "was due 20 November, 5 days ago"),
    ],
)
def test_a_due_day_runs_to_its_end(day, words):
    assert when.due(day, NOW) == words


def test_an_hour_is_sixty_minutes_when_the_clocks_change():
    before = datetime(2026, 10, 24, 23, 30, tzinfo=UTC)  # 00:30 in London, still summer time
    after = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # 01:30 in London, an hour has been put back
    assert when.due(after, before) == "by 01:30, in 2 hours"


def test_the_day_is_the_day_in_london():
    late_evening = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert when.day_time(late_evening) == "1 July 2026, 00:30"


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="needs an offset"):
        when.clock(datetime(2026, 11, 25, 2, 57))


def test_a_length_is_never_rounded_up():
    assert when.span(timedelta(minutes=119, seconds=59)) == "119 minutes"
    assert when.span(timedelta(hours=47, minutes=59)) == "47 hours"


@pytest.mark.parametrize(
    ("number", "dialled"), [("01632 960 118", "01632960118"), ("+44 1632 960118", "+441632960118"), ("999", "999")]
)
def test_a_number_is_dialled_without_its_spaces(number, dialled):
    assert words.dial(number) == dialled


def test_names_are_listed_as_they_are_said():
    assert words.listed([]) == ""
    assert words.listed(["Kieran"]) == "Kieran"
    assert words.listed(["Kieran", "Jaz"]) == "Kieran and Jaz"
    assert words.listed(["Kieran", "Jaz", "Mina"]) == "Kieran, Jaz and Mina"


def test_a_count_is_exact_to_two_hundred():
    assert words.count(200) == "200"
    assert words.count(201) == "over 200"


@pytest.mark.parametrize(("text", "made"), [("F. Quist, 07:11", "f-quist-07-11"), ("Що належить", "що-належить"), ("…", "part")])
def test_an_identifier_is_made_of_any_title(text, made):
    assert words.slug(text) == made


def test_small_numbers_begin_a_sentence_in_words():
    assert [words.in_words(n) for n in (1, 9, 10)] == ["One", "Nine", "10"]
