"""Where a document is cut into passages, and what is a heading in it: on both sides of every line."""

import time

import pytest

from lodestar.guidance.rules.passages import pieces, plain


def many(count, word="word"):
    """One sentence of so many words."""
    return " ".join(["Word", *[word] * (count - 1)]) + "."


def lengths(*blocks, page=None):
    """How many words each passage has, of blocks of (depth, text)."""
    return [len(one.text.split()) for one in pieces([(page, depth, text) for depth, text in blocks])]


# --- how long a passage is ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentences", "cut"),
    [
        ((100, 50), [150]),  # a quarter more than 120 words is still one
        ((100, 51), [100, 51]),
        ((120, 30), [120, 30]),  # 120 are enough
        ((119, 30), [149]),
        ((120, 25), [120, 25]),
        ((120, 24), [144]),  # fewer than 25 go with what stands before
        ((24,), [24]),
        ((300,), [120, 120, 60]),  # one without an end is cut
    ],
)
def test_sentences_are_put_together_to_some_120_words(sentences, cut):
    assert lengths((0, " ".join(map(many, sentences)))) == cut


def test_what_is_short_goes_with_nothing_on_another_page():
    found = pieces([(1, 0, many(60)), (2, 0, many(10))])
    assert [(one.page, len(one.text.split())) for one in found] == [(1, 60), (2, 10)]


@pytest.mark.parametrize(("before", "cut"), [(25, [25, 32]), (24, [56])])
def test_a_heading_begins_a_passage_where_enough_stands_before_it(before, cut):
    assert lengths((0, many(before)), (1, "At night"), (0, many(30))) == cut


def test_the_words_of_a_heading_count():
    assert lengths((1, "Whom to ring and when"), (0, many(20)), (1, "At night"), (0, many(30))) == [25, 32]


def test_of_a_heading_two_hundred_letters_are_kept():
    (found,) = pieces([(None, 1, "a" * 250), (None, 0, many(30))])
    assert found.heading == "a" * 200


# --- lines of a page as laid out ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "cut"),
    [
        (many(100).rstrip("."), "• " + many(59), [100, 60]),
        (many(100).rstrip("."), "1.2 " + many(59), [100, 60]),
        (many(100).rstrip("."), many(60).lower(), [120, 40]),
        # After a long paragraph that ends, whatever follows is another.
        ("abc " * 99 + "abcd.", many(60).lower(), [100, 60]),
        ("abc " * 99 + "abc.", many(60).lower(), [120, 40]),  # 400 letters are not long yet
        ("abc " * 99 + "abcde", many(60).lower(), [120, 40]),
        (many(20), many(140).lower(), [120, 40]),
    ],
)
def test_where_a_paragraph_begins(first, second, cut):
    assert lengths((-1, f"{first}\n{second}"), page=1) == cut


def test_lines_of_a_paragraph_are_one_and_headings_stand_between():
    lines = ["Who to ring", many(20).rstrip("."), many(15).lower(), "At night", many(30)]
    found = pieces([(1, -1, "\n".join(lines))])
    assert [(one.heading, one.text) for one in found] == [
        ("Who to ring", f"{lines[0]}\n{lines[1]} {lines[2]}"),
        ("At night", "\n".join(lines[3:])),
    ]


@pytest.mark.parametrize(
    ("line", "before", "following", "is_one"),
    [
        ("Whom to ring at night", ".", "The desk", True),
        ("Whom to ring at night", "?", "The desk", True),
        ("Whom to ring at night", "", "The desk", False),  # the line before has not ended
        ("Whom to ring at night", ".", "the desk", False),  # it goes on
        ("Whom to ring at night", ".", "• the desk", True),
        ("Whom to ring at night", ".", "1.2 the desk", True),
        ("whom to ring at night", ".", "The desk", False),
        ("Whom to ring at night,", ".", "The desk", False),
        ("1.2 Whom to ring", ".", "The desk", True),
        ("• Whom to ring", ".", "The desk", False),
        ("Risk", ".", "The desk", True),
        ("Who", ".", "The desk", False),
        ("A" * 90, ".", "The desk", True),
        ("A" * 91, ".", "The desk", False),
        (" ".join(["Aa"] * 12), ".", "The desk", True),
        (" ".join(["Aa"] * 13), ".", "The desk", False),
        ("Tell the police (or the National", ".", "Trafficking Unit)", False),  # the bracket is still open
        ("Tell the police (or the unit", ".", "The desk", False),
        ("Trouble (the first) again", ".", "The desk", True),
        ("Desk@force.example", ".", "The desk", False),
        ("See https://force.example/desk", ".", "The desk", False),
        ("What is set out in the", ".", "Act, and so on", False),  # no heading ends so
    ],
)
def test_what_looks_like_a_heading(line, before, following, is_one):
    page = "\n".join([many(30).rstrip(".") + before, line, f"{following} {many(30).lower()}"])
    assert (pieces([(1, -1, page)])[-1].heading == line) is is_one


FULL = "When an adult does not agree to enter the National"


@pytest.mark.parametrize(
    ("lines", "heading"),
    [
        ([FULL, "Referral Mechanism", f"1.2 {many(30)}"], f"{FULL} Referral Mechanism"),
        ([FULL, "Referral Mechanism", many(30)], f"{FULL} Referral Mechanism"),
        (["Support through the", "Care Contract", many(30)], "Support through the Care Contract"),
        ([FULL, "Referral Mechanism.", many(30)], FULL),  # a sentence ends there
        ([FULL, "Referral Mechanism", f"and {many(30)}"], FULL),  # a paragraph begins there and goes on
        ([FULL, "• Referral Mechanism", many(30)], FULL),
        ([FULL, "1. Referral Mechanism", many(30)], FULL),
        # A heading of its own: where the one before ran on within a name, both words would have a capital.
        ([f"{FULL} alone", "Whom to ring", many(30)], f"{FULL} alone"),
        (["Support", "Care Contract", many(30)], "Support"),  # short, and ends where it may
        (["Support and care for a family and all", "Care Contract", many(30)], "Support and care for a family and all"),
        ([f"{FULL} {'A' * 37}", "Bb", many(30)], f"{FULL} {'A' * 37} Bb"),
        ([FULL, "A" * 45, many(30)], FULL),  # fills its line too
        ([FULL, "A" * 44, many(30)], f"{FULL} {'A' * 44}"),
        ([FULL, "Aa", "Bb cc", many(30).lower()], FULL),  # no paragraph follows
        ([FULL, "Aa", f"Bb {'b' * 41}", many(30).lower()], FULL),
        ([FULL, "Aa", f"Bb {'b' * 42}", many(30).lower()], f"{FULL} Aa"),
        ([FULL, "Annex A", many(30)], f"{FULL} Annex A"),
        ([FULL, "A", many(30)], f"{FULL} A"),
        (["A" * 44, "Care Contract", many(30)], "A" * 44),  # does not fill its line
        (["A" * 45, "Care Contract", many(30)], f"{'A' * 45} Care Contract"),
        ([f"{FULL} (alone)", "Whom to ring", many(30)], "Whom to ring"),  # two
        (["A" * 136, "B" * 44, many(30)], f"{'A' * 136} {'B' * 44}"),  # twice the longest heading
        (["A" * 137, "B" * 44, many(30)], "A" * 137),
    ],
)
def test_a_heading_that_fills_its_line_ends_on_the_next(lines, heading):
    bookmarks = [(lines[0], 1)] if len(lines[0]) > 90 else []  # as long as that, no line looks like one
    assert pieces([(1, -1, "\n".join([many(30), *lines]))], bookmarks)[-1].heading == heading


def test_a_heading_that_goes_on_does_not_end_on_another_page():
    assert [one.heading for one in pieces([(1, -1, f"{many(30)}\nSupport through the"), (2, -1, many(30))])] == ["", ""]


@pytest.mark.parametrize("heading", ["What to look out for", "When to step in", "Who to refer to", "Where they come from"])
def test_a_heading_may_end_in_a_word_before_others(heading):
    assert pieces([(1, -1, "\n".join([many(30), heading, many(30)]))])[-1].heading == heading
    before_another = pieces([(1, -1, "\n".join([many(30), heading, "Physical signs", many(30)]))])
    assert before_another[-1].heading != f"{heading} Physical signs"


@pytest.mark.parametrize(
    ("numbered", "heading"),
    [
        (["14.1. The force must tell the National", "unit of it."], ""),
        (["14.1. Whom to tell", "The force must tell."], "14.20. Whom to ring at the National"),
        (["14.1. Whom to tell", "(unit of it)."], "14.20. Whom to ring at the National"),
    ],
)
def test_where_most_numbered_lines_run_on_a_number_begins_a_paragraph(numbered, heading):
    page = "\n".join([many(30), *numbered * 2, "14.20. Whom to ring at the National", f"Unit {many(30)}"])
    assert pieces([(1, -1, page)])[-1].heading == heading


def test_a_numbered_paragraph_that_stands_apart_begins_a_passage_and_is_one_paragraph_with_what_follows():
    numbered = ["14.1. The force must tell the", "unit of it."] * 2
    last = ["14.20. Whom to ring at the National", f"Unit {many(30).lower()}"]
    first, second = pieces([(1, -1, "\n".join([many(30), *numbered, *last]))])
    assert first.text.endswith("unit of it.")
    assert second.text == " ".join(last)


def test_lines_without_a_number_may_run_on_and_a_heading_is_one_all_the_same():
    lines = ["The force must tell the", "unit of it by the", "end of the", "next day."]
    assert pieces([(1, -1, "\n".join([many(30), *lines * 3, "Whom to ring", many(30)]))])[-1].heading == "Whom to ring"


def test_half_of_the_numbered_lines_are_not_most_and_each_depth_is_counted_apart():
    lines = ["14.1. The force must tell the", "unit of it.", "14.2. Whom to tell", "The force must tell."]
    assert pieces([(1, -1, "\n".join([many(30), *lines, many(30)]))])[-1].heading == "14.2. Whom to tell"
    deep = ["14.1.1. The force must tell the", "unit of it.", "14.2. Whom to tell", "The force must tell."]
    assert pieces([(1, -1, "\n".join([many(30), *deep, many(30)]))])[-1].heading == "14.2. Whom to tell"


def test_a_heading_that_ends_the_page_heads_nothing():
    found = pieces([(1, -1, f"{many(30)}\nWhom to ring at night")])
    assert [one.heading for one in found] == [""]


def test_a_bookmark_of_the_page_is_a_heading_however_it_looks():
    page = f"whom to ring\n{many(30)}"
    found = pieces([(1, -1, page), (2, -1, page)], [("Whom to ring", 2)])
    assert [(one.page, one.heading) for one in found] == [(1, ""), (2, "whom to ring")]


# --- what stands on every page --------------------------------------------------------------------------------------------


def told(*heads):
    """All that pages say that begin with these lines, where any, each with a line of its own."""
    pages = [(number, -1, f"{head}\n{many(30, 'abcdefghijkl'[number] * 4)}") for number, head in enumerate(heads)]
    return " ".join(one.text for one in pieces(pages))


@pytest.mark.parametrize(
    ("heads", "is_read_once"),
    [
        (["Printed here."] * 3, False),  # three pages tell nothing yet
        (["Printed here."] * 3 + ["Otherwise."], True),
        (["Printed here."] * 2 + ["Otherwise.", "Again."], False),
        (["Printed here."] * 4 + [f"{one * 6}." for one in "mnopqr"], True),  # on four pages of ten
        (["Printed here."] * 3 + [f"{one * 6}." for one in "mnopqrs"], False),
    ],
)
def test_a_line_of_two_pages_in_five_and_of_three_at_least_is_read_once(heads, is_read_once):
    assert told(*heads).count("Printed here.") == (1 if is_read_once else heads.count("Printed here."))


@pytest.mark.parametrize(("third", "is_counted"), [(3, True), (9, False)])
def test_three_numbers_that_run_on_count_pages(third, is_counted):
    found = told("Guide | 1", "Guide | 2", f"Guide | {third}", "Otherwise.")
    assert found.count("Guide | ") == (1 if is_counted else 3)


def test_only_three_lines_at_the_top_and_at_the_foot_may_stand_on_every_page():
    def lines(letter):
        own = [f"{letter * 4} {place}." for place in ("up", "down", "left", "right")]
        return [own[0], own[1], "Third.", "Fourth.", many(30, letter * 5), "Fourth last.", "Third last.", own[2], own[3]]

    pages = [(number, -1, "\n".join(lines(letter))) for number, letter in enumerate("abcde")]
    found = " ".join(one.text for one in pieces(pages))
    assert found.count("Fourth.") == found.count("Fourth last.") == 5
    assert found.count("Third.") == found.count("Third last.") == 1


def text_of(*pages, first=1):
    """All that pages say, or what has none where `first` is None."""
    numbers = [None if first is None else first + place for place in range(len(pages))]
    return " ".join(one.text for one in pieces([(number, -1, page) for number, page in zip(numbers, pages, strict=True)]))


RING = f"In danger ring\n999\n{many(30)}\nThe helpline is\n08000121700"


def test_a_number_that_stands_alone_is_kept_where_it_counts_no_pages():
    for text in (text_of(RING, first=None), text_of(RING), text_of("One.", RING, "Three.", first=7), text_of(*[RING] * 5)):
        assert "ring 999 Word" in text
        assert "helpline is 08000121700" in text


@pytest.mark.parametrize(
    ("numbers", "kept"),
    [
        (["1", "2"], ""),
        (["1", "2", "3", "4"], ""),
        (["", "4", "5", ""], ""),
        (["101", "102", "103"], ""),
        (["1", "", "3", ""], ""),  # of every other page
        (["1", "", "", "4"], "1 4"),
        (["", "101", "", ""], "101"),
        (["999", "101", "112"], "999 101 112"),
        (["10001", "10002"], "10001 10002"),
    ],
)
def test_numbers_alone_that_run_on_from_page_to_page_count_them(numbers, kept):
    pages = [f"{letter * 4}\n{number}" for letter, number in zip("abcd", numbers, strict=False)]
    told = text_of(*pages).split()
    assert " ".join(word for word in told if word.isdigit()) == kept


@pytest.mark.parametrize(
    ("line", "is_kept"),
    [
        ("About ........ 5", False),
        ("About . . . . . 5", False),
        ("Foreword ........ iv", False),
        ("………… 5", False),
        ("...........", False),
        ("Ring the police .... they come at once", True),
        ("Name ...........", True),
        ("The police ........ 999", True),
        ("The helpline ........ 08000 121 700", True),
        (f"{many(30)} Wait .... 5", True),
        (f"{'A' * 120} ........ 5", False),
        (f"{'A' * 121} ........ 5", True),
    ],
)
def test_of_lines_with_dots_those_of_a_table_of_contents_are_left_out(line, is_kept):
    assert text_of(f"Before.\n{line}\nAfter.", first=None) == (f"Before. {line} After." if is_kept else "Before. After.")


def test_among_others_a_page_may_have_a_number_that_is_rung():
    lines = ["Signs ........ 99", "Whom to ring .... 101", "Forms ..... 104", "Words ..... 110"]
    assert text_of("\n".join(["Before.", *lines, "After."])) == "Before. After."


@pytest.mark.parametrize(
    "lines",
    [
        ["The police .... 999", "The doctor .... 111", "The desk .... 101"],  # not one that is a page alone
        ["Signs .... 5", "Forms .... 6", "The police .... 999"],
        ["Name ...........", "Born ...........", "Lives ..........", "The police .... 999"],
    ],
)
def test_a_number_that_is_rung_is_kept_where_fewer_than_three_others_are_pages(lines):
    assert "The police .... 999" in text_of("\n".join(["Before.", *lines, "After."]))


def test_a_line_to_fill_in_heads_nothing():
    assert pieces([(1, -1, f"{many(30)}\nName ........ Day\n{many(30)}")])[-1].heading == ""


def test_a_text_of_one_endless_paragraph_is_read_once():
    start = time.process_time()
    pieces([(None, -1, "word \n" * 320_000)])
    assert time.process_time() - start < 8  # of what takes 1; joined line by line it took 28


# --- letters --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\r", "\x0b", "\x0c", "\x85"])
def test_where_another_program_ends_a_line_words_stay_apart(end):
    assert plain(f"ring{end}first") == "ring first"


def test_marks_that_turn_a_line_round_go_and_a_broken_word_is_whole_where_it_stands_whole():
    assert plain("a\u202eb\u200bc\x02d") == "abc\x02d"
    (found,) = pieces([(1, -1, "The inter\u00adpreter came by a re\u00adroute. The interpreter left.")])
    assert found.text == "The interpreter came by a re-route. The interpreter left."
