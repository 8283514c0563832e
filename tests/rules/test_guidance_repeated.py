"""What pages repeat above and below their words is read once, so that it is found; what merely counts the pages is not."""

import time

import pytest

from lodestar.guidance.rules.passages import pieces


def leaflet(*lines):
    """Pages of 40 words each, with one of these lines above each and one below; a line with {} has the page's number there."""
    words = [" ".join(f"{letter * 4}{place}" for place in "abcdefgh" * 5).capitalize() for letter in "mnopqr"]
    above, below = lines
    return [(number, -1, f"{above.format(number)}\n{own}.\n{below.format(number)}") for number, own in enumerate(words, 1)]


@pytest.mark.parametrize(
    ("above", "below", "told", "not_told"),
    [
        ("Kent", "Salvation Army helpline 0300 303 8151, open at any hour", ["Kent", "0300 303 8151, open"], []),
        ("Case study {}", "Ring 0300 303 8151 | {}", ["Case study 1", "Case study 5", "Ring 0300 303 8151 | 1"], ["8151 | 2"]),
        ("Worked example {}", "Page {} of 12", ["Worked example 6"], ["Page", "of 12"]),
        ("Our worked example {}", "Kent", ["example 1", "example 2"], []),
        ("Our own worked example {}", "Kent", ["example 1"], ["example 2"]),  # long: the words of no part
        ("Section notes {}", "Kent", ["notes 1"], ["notes 2"]),
        (f"{'50 ' * 8}Guide {{}}", "Kent", ["Guide 1"], ["Guide 2"]),
        (f"{'50 ' * 9}Guide {{}}", "Kent", ["Guide 1", "Guide 2"], []),  # of ten numbers the last is no page's
        ("Guidance v4 {}", "{} | Guidance v4", ["Guidance v4 1", "1 | Guidance v4"], ["Guidance v4 2", "2 |"]),
        ("Section 4", "Page {}", ["Section 4"], ["Page"]),
    ],
)
def test_what_every_page_repeats_is_told_once_and_what_it_counts_each_time(above, below, told, not_told):
    found = " ".join(one.text for one in pieces(leaflet(above, below)))
    for words in told:
        assert found.count(words) == 1
    for words in not_told:
        assert words not in found


def test_what_is_repeated_heads_nothing_and_what_counts_parts_does():
    found = pieces(leaflet("Case study {}", "Night desk of the force"))
    assert [one.heading for one in found] == [f"Case study {number}" for number in range(1, 7)]
    assert [one.heading for one in pieces(leaflet("Night desk of the force", "Whom to ring at night"))] == [""] * 6


def test_the_lines_of_a_chapter_that_stand_above_each_of_its_pages_are_told_once():
    pages = leaflet("", "") * 2
    rows = [(place, -1, f"Chapter {1 + place // 4}\n{text}") for place, (_, _, text) in enumerate(pages)]
    found = " ".join(one.text for one in pieces(rows))
    assert [found.count(f"Chapter {number}") for number in (1, 2, 3)] == [1, 1, 1]


@pytest.mark.parametrize(("first", "second"), [("Chapter 1", "Chapter 2"), ("Signs", "Whom to ring")])
def test_a_running_head_is_not_over_the_pages_of_another(first, second):
    pages = enumerate((leaflet("", "") * 2)[:8], 1)
    rows = [(page, -1, f"{first if page < 4 else second}\n{text}") for page, (_, _, text) in pages]
    assert [one.heading for one in pieces(rows)] == [first] * 3 + [""] * 5


def test_a_page_of_one_endless_line_of_numbers_is_read_once():
    start = time.process_time()
    pieces([(page, -1, "1 2 " * 60_000) for page in range(1, 5)])
    assert time.process_time() - start < 6  # of what takes 2; one shape for each number, hours
