"""Superseded facts are exact phrases: their examples, and where they stand in a page."""

from datetime import date

from lodestar.guidance.models import Passage
from lodestar.guidance.presenters.passages import shown
from lodestar.guidance.rules.superseded import Fact, occurrences, stated
from lodestar.kernel.reference_lists import reference_list

ROWS = reference_list("guidance", "superseded_facts").rows
FACTS = [Fact(row["code"], row["called"], tuple(row["says"]), row["replaced_by"], row["from_date"]) for row in ROWS]


def codes(text):
    return [fact.code for fact in stated(text, FACTS)]


def test_each_row_states_its_true_example_and_not_its_false_one():
    wrong = [row["code"] for row in ROWS if codes(row["states_it"]) != [row["code"]] or codes(row["does_not"])]
    assert wrong == []


def test_the_march_2020_guidance_is_marked_where_it_is_out_of_date_and_nowhere_else():
    texts = {
        "will receive a Recovery Period of at least 45\ncalendar days and will be able to receive support": ["recovery_45_days"],
        "as soon as possible after the 45-calendar day Recovery Period has ended": ["recovery_45_days"],
        "a Conclusive Grounds decision is made which will be at least 45 days.": ["recovery_45_days"],
        "will receive at least 45 calendar days of support during the move-on support period": [],
        "A timely assessment based on the needs of the child will then take place within 45 days": [],
        "calling 0300  303 8151": ["salvation_army_number"],
        "calling 0300 303 81519": [],
        "Complete an anonymous duty to notify (ms1) form": ["form_ms1"],
        "the Gangmasters Licensing Authority and the National Crime Agency": ["glaa_section_52"],
        "relevant partners including the police, GLAA, health services": [],
    }
    assert {text: codes(text) for text in texts} == texts


def test_a_page_marks_the_longest_phrase_and_says_what_holds_now():
    text = "Move-on: at least 45 days. A Recovery Period of at least 45\ndays. Send the MS 1 form."
    facts = [Fact("x", "form", ("MS 1", "MS 1 form"), "the online form", date(2020, 1, 1)), FACTS[1]]
    (page,) = shown([Passage(number=0, heading="", text=text, stale=["x", FACTS[1].code])], facts)
    assert "".join(words for words, _ in page.parts) == text
    assert [words for words, is_marked in page.parts if is_marked] == ["Recovery Period of at least 45\ndays", "MS 1 form"]
    assert page.warnings[0] == "Differs from the force’s confirmed form: the online form"
    assert occurrences(text, []) == []
