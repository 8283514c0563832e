"""What a document is called where nobody said so."""

from lodestar.guidance.rules.documents import title_of
from lodestar.guidance.rules.passages import first_heading


def test_the_first_lines_of_a_page_that_may_be_a_title():
    titles = {
        ("Guide", "to hostels", "and rooms", "at night"): "Guide to hostels and rooms",
        ("Guide.", "to hostels"): "Guide.",
        ("Guide", "Published by the office"): "Guide",
        ("Guide", "2nd edition"): "Guide",
        ("A guide to hostels and rooms", "Last updated: 27 April 2026", "Use this"): "A guide to hostels and rooms",
        ("A guide to hostels and rooms for", "England in 2026"): "A guide to hostels and rooms for England in 2026",
        ("Annex A", "Hostels"): "Annex A",
        ("A" * 250,): "A" * 200,
        ("About ........ 5", "12", "Guide to hostels"): "Guide to hostels",
    }
    assert {lines: first_heading([(1, -1, "\n".join(lines))]) for lines in titles} == titles


def test_the_first_heading_that_there_is():
    assert first_heading([(None, 0, "Some words."), (None, 1, "Who to ring\nat night")]) == "Who to ring"
    assert first_heading([(None, 0, "Some words.")]) == ""
    assert first_heading([(None, -1, "12"), (None, -1, "Guide to hostels")]) == "Guide to hostels"


def test_a_title_is_what_the_file_says_of_itself_if_that_is_one():
    assert title_of("Statutory guidance", "Page one", "a.pdf") == "Statutory guidance"
    assert title_of("Microsoft Word - draft3.docx", "Guide to cuckooing", "a.pdf") == "Guide to cuckooing"
    assert title_of("", "", "county_lines-guide.pdf") == "County lines guide"
    assert title_of("Sleep", "", "rough/sleeping_out.pdf") == "Sleeping out"  # five letters may be anything
    assert title_of("Guide " * 60, "", "a.pdf") == "Guide " * 50
