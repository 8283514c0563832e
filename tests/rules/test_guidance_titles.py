"""What a document is called where nobody said so: on both sides of every line."""


from lodestar.guidance.rules.passages import first_heading
from lodestar.guidance.rules.titles import title_of
from tests.each_case import each_case


@each_case(
    ("lines", "title"),
    [
        (["Guide", "to hostels", "and rooms", "at night"], "Guide to hostels and rooms"),
        (["Guide.", "to hostels"], "Guide."),
        (["Guide", "Published by the office"], "Guide"),
        (["Guide", "a hostel"], "Guide a hostel"),
        (["Guide", "(hostels)"], "Guide"),
        (["Guide", "2nd edition"], "Guide"),
        (["A guide to hostels and rooms", "Last updated: 27 April 2026", "Use this"], "A guide to hostels and rooms"),
        (["A guide to hostels and rooms", "Version 1.0"], "A guide to hostels and rooms"),
        (["A guide to hostels and rooms", "27 April 2026"], "A guide to hostels and rooms"),
        (["A guide to hostels and rooms for", "England in 2026"], "A guide to hostels and rooms for England in 2026"),
        (["Annex A", "Hostels"], "Annex A"),
        (["Guide to hostels –", "Wales"], "Guide to hostels – Wales"),
        (["A" * 24, "Hostels"], "A" * 24),
        (["A" * 25, "Hostels"], f"{'A' * 25} Hostels"),  # a long line goes on
        (["A" * 100, "hostels"], f"{'A' * 100} hostels"),
        (["A" * 101, "hostels"], "A" * 101),
        (["A" * 250], "A" * 200),
        (["About ........ 5", "12", "Guide to hostels"], "Guide to hostels"),
    ],
)
def test_the_first_lines_of_a_page_that_may_be_a_title(lines, title):
    assert first_heading([(1, -1, "\n".join(lines))]) == title


@each_case(
    ("blocks", "title"),
    [
        ([(0, "Some words."), (1, "Who to ring\nat night")], "Who to ring"),
        ([(2, "b" * 250)], "b" * 200),
        ([(0, "Some words.")], ""),
        ([(-1, "12"), (-1, "Guide to hostels")], "Guide to hostels"),
    ],
)
def test_the_first_heading_that_there_is(blocks, title):
    assert first_heading([(None, depth, text) for depth, text in blocks]) == title


@each_case(
    ("own", "name", "title"),
    [
        ("Babies", "a.pdf", "Babies"),
        ("Sleep", "rough/sleeping_out.pdf", "Sleeping out"),  # five letters may be anything
        ("", "county.lines.pdf", "County.lines"),
        ("", "leaflets/of/wales.pdf", "Wales"),
        ("Guide " * 60, "a.pdf", ("Guide " * 50)),
        ("", f"{'b' * 310}.pdf", f"B{'b' * 299}"),
    ],
)
def test_a_title_has_six_letters_and_no_more_than_three_hundred(own, name, title):
    assert title_of(own, "", name) == title
