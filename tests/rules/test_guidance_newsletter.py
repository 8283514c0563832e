"""A newsletter's text, and what of a text may be about one person."""

from lodestar.knowledge.publishing.rules import Item, newsletter_markdown, personal


def test_what_may_be_about_one_person_is_found():
    texts = {
        "Write to jo.bloggs+x@force.example for more.": ["jo.bloggs+x@force.example"],
        "Ring 07700 900123 tonight.": ["07700 900123"],
        "Ring 0800 808 3733, or 999. See /guidance/documents/01234567-8901-7234-8567-890123456789.": [],
        "As in FM-26-0001 and NRM 1234567.": ["FM-26-0001", "NRM 1234567"],
        "A lad born in spring, DOB known.": ["born", "DOB"],
        "Section 52(5) of the Modern Slavery Act 2015, from 7 April 2026: 30 days and not 45.": [],
    }
    assert {text: personal(text, ["0800 808 3733"]) for text in texts} == texts


def test_it_is_written_with_a_title_a_few_words_and_each_thing_that_changed():
    text = newsletter_markdown(
        "News", "Two things.\n\nRead *both*.", [Item("A [guide]", "New in the library.", "/guidance/documents/1")]
    )
    assert text == (
        "# News\n\n## In short\n\nTwo things.\n\nRead both.\n\n## A guide\n\n"
        "New in the library. It is in the library at /guidance/documents/1.\n"
    )
