"""How far what leads to a line, an item or a cell is read for it: each limit on both sides."""

from datetime import date

import pytest

from lodestar.guidance.rules.stale import Fact, places, stated
from tests.rules.test_guidance_stale import FACTS, clauses

SECOND = "How long is the recovery period of an adult who was referred"
LEADS = "The duty to notify applies to:\n"


def marked(text, facts=FACTS):
    return [text[slice(*span)].strip() for span, _ in places(text, facts)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Recovery period\nA bed\nA nurse\n45 days", ["45 days"]),
        ("Recovery period\nA bed\nA nurse\nA doctor\n45 days", []),
        ("The recovery period of an adult whom the police have referred themselves\nMinimum: 45 days", ["Minimum: 45 days"]),
        ("The recovery period of an adult whom the police have referred themselves here\nMinimum: 45 days", []),
        (f"{SECOND}?\nA minimum of 45 days.", ["A minimum of 45 days."]),
        (f"{SECOND} today?\nA minimum of 45 days.", []),
        ("Recovery period\nSupport after leaving 45 days", []),
        ("GLAA must notify\nPolice\nGLAA", ["GLAA must notify"]),
        ("Must notify\nGLAA", ["GLAA"]),
        ("The duty to\nnotify\nGLAA", ["GLAA"]),
    ],
)
def test_so_many_lines_above_a_cell_of_so_many_words_say_what_it_is_of(text, words):
    assert marked(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"{LEADS}The GLAA and all of its officers.", ["The GLAA and all of its officers."]),
        (f"{LEADS}police\nThe GLAA at work.", ["The GLAA at work."]),
        (f"{LEADS}police\nThe GLAA at work now.", []),
        (f"{LEADS}police;\nThe GLAA at work now.", ["The GLAA at work now."]),
        (f"{LEADS}police\na GLAA officer who is at work.", ["a GLAA officer who is at work."]),
        (f"{LEADS}police\n5.12 GLAA", []),
        (f"{LEADS}• police\nGLAA", []),
        (f"{LEADS}• police\n• GLAA", ["• GLAA"]),
        (f"{LEADS}police\nAll of them do so today.\nGLAA", []),
        ("In the recovery period people get\n• help\n• a bed\n• a nurse\n• a doctor\n• 45 days", ["• 45 days"]),
        ("Forms no longer accepted\n• MS1\n• MS2", []),
        ("Forms to send\n• MS1\n• MS2", ["• MS1"]),
        ("• Old forms\n• MS1", ["• MS1"]),
        ("Old forms are no longer accepted.\n• MS1", ["• MS1"]),
        ("Old forms:\n• MS2\n• MS1", []),
        ("Old forms:\n• MS2\nNew forms\nMS1", ["MS1"]),
    ],
)
def test_a_list_goes_on_until_something_ends_it(text, words):
    assert marked(text) == words


@pytest.mark.parametrize(("between", "words"), [(4, ["45 days"]), (5, [])])
def test_so_many_leads_in_each_other_are_read(between, words):
    leads = "".join(f"number {number}:\n" for number in range(between))
    assert marked(f"Recovery period:\n{leads}45 days") == words


@pytest.mark.parametrize(
    ("page", "count"),
    [
        ("<h2>Recovery period</h2><h3>Length</h3><p>At least 45 days.", 1),
        ("<h1>Recovery period</h1><h2>Length</h2><h3>Adults</h3><p>At least 45 days.", 1),
        ("<h2>Recovery period</h2><h3>Moving on</h3><p>At least 45 days.", 0),
        ("<h2>Moving on</h2><h3>Recovery period</h3><p>At least 45 days.", 1),
        ("<p>Ask about the recovery period.<h2>Travel</h2><p>At least 45 days.", 0),
        ("<p>On the recovery period we say<p>more<h2>Travel</h2><p>At least 45 days.", 0),
        ("<h2>Recovery period</h2><p>Support</p><h3>Travel</h3><p>At least 45 days.", 0),
        (f"<h1>Recovery period</h1>{'<h2>Length</h2>' * 4}<p>At least 45 days.", 1),
        (f"<h1>Recovery period</h1>{'<h2>Length</h2>' * 5}<p>At least 45 days.", 0),
    ],
)
def test_headings_directly_above_each_other_lead_to_what_follows_the_nearest_first(page, count):
    assert len(clauses(page)) == count


def test_facts_are_told_in_the_order_of_the_text():
    assert marked("Send the MS1; ring 0300 303 8151.") == ["Send the MS1", "; ring 0300 303 8151."]


def a_fact(says, near, unless):
    return Fact("one", "list", says, near, unless, "the new list", date(2026, 1, 1))


def test_a_phrase_against_counts_where_no_single_word_can_stand_beside():
    fact = a_fact(("GLAA",), ("duty to notify",), ("first responder",))
    assert stated("The GLAA has a duty to notify.", [fact]) == [fact]
    assert stated("The GLAA is a first responder without a duty to notify.", [fact]) == []


def test_the_longest_phrase_against_is_read():
    fact = a_fact(("45 days",), ("recovery",), ("support", "support for all"))
    assert stated("The support for all recovery of 45 days.", [fact]) == []
    assert stated("The support for a recovery of 45 days.", [fact]) == [fact]
