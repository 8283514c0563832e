"""Where a document is cut into passages, what is a heading in it, and what its pages repeat."""

import time

from lodestar.knowledge.library.rules.passages import first_heading, pieces, plain


def many(count, word="word"):
    """One sentence of so many words."""
    return " ".join(["Word", *[word] * (count - 1)]) + "."


def lengths(*blocks, page=None):
    """How many words each passage has, of blocks of (depth, text)."""
    return [len(one.text.split()) for one in pieces([(page, depth, text) for depth, text in blocks])]


def text_of(*pages):
    """All that pages say."""
    return " ".join(one.text for one in pieces([(number, -1, page) for number, page in enumerate(pages, 1)]))


# --- how long a passage is ------------------------------------------------------------------------------------------------


def test_sentences_are_put_together_to_some_120_words():
    cuts = {
        (100, 50): [150],  # a quarter more than 120 words is still one
        (100, 51): [100, 51],
        (120, 30): [120, 30],  # 120 are enough
        (120, 24): [144],  # fewer than 25 go with what stands before
        (300,): [120, 120, 60],  # one without an end is cut
    }
    assert {sentences: lengths((0, " ".join(map(many, sentences)))) for sentences in cuts} == cuts


def test_what_is_short_goes_with_nothing_on_another_page():
    found = pieces([(1, 0, many(60)), (2, 0, many(10))])
    assert [(one.page, len(one.text.split())) for one in found] == [(1, 60), (2, 10)]


def test_a_heading_begins_a_passage_where_enough_stands_before_it():
    assert lengths((0, many(25)), (1, "At night"), (0, many(30))) == [25, 32]
    assert lengths((0, many(24)), (1, "At night"), (0, many(30))) == [56]
    found = pieces([(None, 1, "Who to ring"), (None, 0, many(60)), (None, 2, "a" * 250), (None, 0, many(60))])
    assert [one.heading for one in found] == ["Who to ring", "a" * 200]


# --- lines of a page as laid out ------------------------------------------------------------------------------------------


def test_lines_of_a_paragraph_are_one_and_headings_stand_between():
    lines = ["Who to ring", many(20).rstrip("."), many(15).lower(), "At night", many(30)]
    found = pieces([(1, -1, "\n".join(lines))])
    assert [(one.heading, one.text) for one in found] == [
        ("Who to ring", f"{lines[0]}\n{lines[1]} {lines[2]}"),
        ("At night", "\n".join(lines[3:])),
    ]
    items = text_of("\n".join([many(5).rstrip("."), "• Who came", "1.2 What they said"]))
    assert items.split("\n")[1:] == ["• Who came", "1.2 What they said"]


def test_what_looks_like_a_heading():
    lines = {
        ("Whom to ring at night", ".", "The desk"): True,
        ("Whom to ring at night", "", "The desk"): False,  # the line before has not ended
        ("Whom to ring at night", ".", "the desk"): False,  # it goes on
        ("Whom to ring at night", ".", "• the desk"): True,
        ("whom to ring at night", ".", "The desk"): False,
        ("Whom to ring at night,", ".", "The desk"): False,
        ("1.2 Whom to ring", ".", "The desk"): True,
        ("14.1. The force must always tell the National unit of all of it", ".", "Unit"): False,  # a numbered paragraph
        ("• Whom to ring", ".", "The desk"): False,
        ("Who", ".", "The desk"): False,
        ("Tell the police (or the National", ".", "Trafficking Unit)"): False,  # the bracket is still open
        ("See https://force.example/desk", ".", "The desk"): False,
        ("What is set out in the", ".", "Act, and so on"): False,  # no heading ends so
        ("A" * 71, ".", "The desk"): False,
    }
    wrong = []
    for (line, before, following), is_one in lines.items():
        page = "\n".join([many(30).rstrip(".") + before, line, f"{following} {many(30).lower()}"])
        if (pieces([(1, -1, page)])[-1].heading == line) is not is_one:
            wrong.append(line)
    assert wrong == []


def test_a_heading_that_fills_its_line_ends_on_the_next():
    full = "When an adult does not agree to enter the National"
    found = pieces([(1, -1, "\n".join([many(30), full, "Referral Mechanism", many(30)]))])
    assert found[-1].heading == f"{full} Referral Mechanism"


def test_a_bookmark_of_the_page_is_a_heading_however_it_looks():
    page = f"whom to ring\n{many(30)}"
    found = pieces([(1, -1, page), (2, -1, page)], [("Whom to ring", 2)])
    assert [(one.page, one.heading) for one in found] == [(1, ""), (2, "whom to ring")]


def test_a_table_of_contents_is_left_out_and_a_line_to_fill_in_is_not():
    contents = ["About ........ 5", "Why . . . . . 6", "Foreword ........ iv", "Signs ........ 99"]
    assert text_of("\n".join(["Before.", *contents, "After."])) == "Before. After."
    assert "999" in text_of("Before.\nThe police ........ 999\nName ...........\nAfter.")


# --- what stands on every page --------------------------------------------------------------------------------------------


def leaflet(above, below):
    """Six pages of 40 words each, with one line above each and one below; {} is the page's number."""
    words = [" ".join(f"{letter * 4}{place}" for place in "abcdefgh" * 5).capitalize() for letter in "mnopqr"]
    return [f"{above.format(number)}\n{own}.\n{below.format(number)}" for number, own in enumerate(words, 1)]


def test_what_every_page_repeats_is_kept_once():
    once = {
        ("Kent", "Salvation Army helpline 0300 303 8151, open at any hour"): ["Kent", "0300 303 8151, open"],
        ("Guidance v4 {}", "{} | Guidance for all"): ["Guidance v4", "| Guidance for all"],
        ("Case study {}", "Page {} of 12"): [f"Case study {number}" for number in range(1, 7)],
    }
    texts = {lines: text_of(*leaflet(*lines)) for lines in once}
    assert {lines: [texts[lines].count(words) for words in said] for lines, said in once.items()} == {
        lines: [1] * len(said) for lines, said in once.items()
    }
    assert "of 12" not in " ".join(texts.values())


def test_a_line_of_two_pages_in_five_and_of_three_at_least_is_repeated():
    def count(heads):
        pages = [f"{head}\n{many(30, 'abcdefghijkl'[number] * 4)}" for number, head in enumerate(heads)]
        return text_of(*pages).count("Printed here.")

    assert count(["Printed here."] * 3) == 3  # three pages tell nothing yet
    assert count(["Printed here."] * 3 + ["Otherwise."]) == 1
    assert count(["Printed here."] * 4 + [f"{one * 6}." for one in "mnopqr"]) == 1  # on four pages of ten
    assert count(["Printed here."] * 3 + [f"{one * 6}." for one in "mnopqrs"]) == 3


def test_numbers_of_pages_go_and_numbers_to_ring_stay():
    pages = [f"{letter * 4}\n{number}" for letter, number in zip("abcde", range(1, 6), strict=True)]
    assert not any(word.isdigit() for word in text_of(*pages).split())
    ring = f"In danger ring\n999\n{many(30)}\nThe helpline is\n08000121700"
    for text in (text_of(ring), text_of(*[ring] * 5)):
        assert "ring 999 Word" in text
        assert "08000121700" in text


def test_a_document_that_says_the_same_on_every_page_is_not_left_empty():
    found = pieces([(page, -1, "Ring the duty coordinator first.") for page in range(1, 7)])
    assert [one.text for one in found] == ["Ring the duty coordinator first."]


def test_a_long_page_is_read_once():
    start = time.process_time()
    pieces([(None, -1, "word \n" * 160_000)])
    pieces([(page, -1, "1 2 " * 30_000) for page in range(1, 5)])
    assert time.process_time() - start < 6  # of what takes 1; joined line by line, or by number, hours


# --- letters and titles -----------------------------------------------------------------------------------------------------


def test_marks_that_turn_a_line_round_go_and_a_broken_word_is_whole_where_it_stands_whole():
    assert plain("a\u202eb\u200bc\x02d") == "abc\x02d"
    assert [plain(f"ring{end}first") for end in "\r\x0b\x0c\x85"] == ["ring first"] * 4
    assert text_of("The inter-\npreter came by a re\u00adroute. The interpreter left.") == (
        "The interpreter came by a re-route. The interpreter left."
    )


def test_a_title_is_no_line_that_stands_on_every_page():
    pages = [(1, -1, "1 Published by the office\nGuide to hostels")]
    pages += [(number, -1, f"{number} Published by the office\nx") for number in range(2, 6)]
    assert first_heading(pages).startswith("Guide to hostels")
