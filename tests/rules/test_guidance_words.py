"""How a search reads words: one form for sections, numbers and spellings; passages that keep their page; concepts."""

import time

import pytest

from lodestar.guidance.rules.asking import MEANS, Thesaurus, concepts, storable
from lodestar.guidance.rules.passages import first_heading, pieces
from lodestar.guidance.rules.titles import title_of
from lodestar.guidance.rules.words import FAINT, bare_words, on_one_line, stem, terms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("s45", "Section 45"),
        ("s.45", "section 45"),
        ("sched 4", "Schedule 4"),
        ("0800 808 3733", "08008083733"),
        ("+44 800 808 3733", "0800 808 3733"),
        ("(0800) 808 3733", "0800 808 3733"),
        ("0800.808.3733", "0800 808 3733"),
        ("0044 800 808 3733", "0800 808 3733"),
        ("00 44 800 808 3733", "0800 808 3733"),
        ("00-44-800-808-3733", "0800 808 3733"),
        ("00 44 (0)800 808 3733", "0800 808 3733"),
        ("+ 44 800 808 3733", "0800 808 3733"),
        ("+44 (0)800 808 3733", "0800 808 3733"),
        ("+44 (0) 300 303 8151", "0300 303 8151"),
        ("+44 (0)300 3038151", "0300 303 8151"),
        ("(+44) 300 303 8151", "0300 303 8151"),
        ("0300 30 38 151", "0300 303 8151"),
        ("0300 303 81 51", "0300 303 8151"),
        ("0300/303/8151", "0300 303 8151"),
        ("0300 303\n8151", "0300 303 8151"),
        ("the victim’s 45 days", "the victim 45 days"),
        ("0300 / 303 / 8151", "0300 303 8151"),
        ("(0)300 303 8151", "0300 303 8151"),
        ("No.0300 303 8151", "No. 0300 303 8151"),
        ("0300\xa0303\xa08151", "0300 303 8151"),
        ("0300‑303‑8151", "0300 303 8151"),
        ("0300–303–8151", "0300 303 8151"),
        ("0300 – 303 – 8151", "0300 303 8151"),
        ("0300−303−8151", "0300 303 8151"),
        ("0300 303 8151 (24 hours)", "0300 303 8151 24 hours"),
        ("0800 555 111", "0800555111"),
        ("0800 111 1234", "08001111234"),
        ("0800 1111234", "08001111234"),
        ("01274 20 23 10", "01274202310"),
        ("01473 613500", "(01473) 613 500"),
        ("020 7946 0958", "+44 (0)20 7946 0958"),
        ("organization", "organisations"),
        ("NGOs", "ngo"),
        ("STIs", "STI"),
        ("HMOs", "an HMO"),
        ("24hrs", "24 hours"),
        ("48 hr", "48 hours"),
        ("72h", "72 hours"),
        ("the N.R.M. form", "the NRM form"),
        ("V.C.L", "VCL"),
        ("6wks", "6 weeks"),
        ("3 mths", "3 months"),
        ("co-ordinator", "co‑ordinator"),
        ("victim’s", "victims"),
        ("conﬁdential", "confidential"),
    ],
)
def test_two_spellings_of_one_thing_are_one_term(one, other):
    assert terms(one) == terms(other)


@pytest.mark.parametrize(("one", "other"), [("this", "thi"), ("plus", "plu"), ("gas", "ga"), ("CPS", "CP"), ("h", "hours")])
def test_a_word_that_only_ends_like_several_is_one(one, other):
    assert stem(one.lower()) != stem(other.lower())


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("from 01/02/2026 to 28/02/2026", ["01", "02", "2026", "28", "02", "2026"]),
        ("from 01.02.2026-28.02.2026", ["01", "02", "2026", "28", "02", "2026"]),
        ("0800 555 111 7 days a week", ["0800555111", "7"]),
        ("0300 303 8151 0800 808 3733", ["03003038151", "08008083733"]),
        ("0300 303 8151/0800 808 3733", ["03003038151", "08008083733"]),
        ("0300 303 8151 2026", ["03003038151", "2026"]),
        ("Childline 0800 1111 24 hours a day", ["0800", "1111", "24"]),
        ("0800 1111 24/7", ["0800", "1111", "24", "7"]),
        ("0800 1111\n24 hours", ["0800", "1111", "24"]),
        ("0800 1111 (24 hours)", ["0800", "1111", "24"]),
        ("0800 1111 – 24 hours", ["0800", "1111", "24"]),
        ("0800 11 11 24 hours", ["0800", "11", "11", "24"]),
        ("0800 1111 999", ["0800", "1111", "999"]),
        ("08001111 24 hours", ["08001111", "24"]),
        ("NHS 0845 4647 24 hours", ["0845", "4647", "24"]),
        ("NHS 0845 4647 – 24 hours", ["0845", "4647", "24"]),
        ("NHS 0845 4647\n 24 hours", ["0845", "4647", "24"]),
        ("01274 2023 10", ["01274202310"]),
        ("01632 9600 18", ["01632960018"]),
        ("01632 9600 18\nRing 24 hours", ["01632960018", "24"]),
        ("07700 9001 23 or 0116 1234 56, days", ["07700900123", "0116123456"]),
        ("01632 96 00 18 hours", ["01632960018"]),
        ("NHS 0845 4647 24/7", ["0845", "4647", "24", "7"]),
        ("NHS 0845 4647 24hr", ["0845", "4647", "24"]),
        ("NHS 0845 4647 24-hour", ["0845", "4647", "24"]),
        ("NHS 0845 4647 10 days", ["0845", "4647", "10"]),
        ("0300 303 8151 24 hours", ["03003038151", "24"]),
        ("01539 12345 24 hours", ["0153912345", "24"]),
        ("crime 37/0012345/20", ["37", "0012345", "20"]),
        ("10.0300 303 8151", ["10", "0300", "303", "8151"]),
    ],
)
def test_numbers_beside_each_other_stay_apart(text, parts):
    assert [word for word in bare_words(text) if word.isdigit()] == parts


@pytest.mark.parametrize("one", ["0", "03", "0300 ", "+44 ", "+44 (0)", "(0) ", "0300/", "00 44 ", " )", "0 30", "0800 1111 "])
def test_a_long_text_of_digits_is_read_in_a_moment(one):
    begun = time.process_time()
    terms(one * 20_000)
    assert time.process_time() - begun < 3


def test_how_people_write_in_a_hurry_tells_nothing():
    assert terms("dunno wot he cud of done tho b4 the nrm innit") == ["nrm"]


def test_a_drug_is_no_word_with_which_people_only_tell():
    assert not {"crack", "spice", "weed", "followed"} & FAINT


def test_a_sign_for_and_is_the_word():
    assert list(bare_words("A&E, b & b")) == ["a", "and", "e", "b", "and", "b"]


def test_a_word_with_a_hyphen_is_found_by_its_parts_and_whole():
    assert terms("move-on") == ["move", "moveon"]  # "on" tells nothing


@pytest.mark.parametrize(
    "words", ["does not consent", "refuses to consent", "did not want to enter", "without their consent"]
)
def test_saying_no_is_told_from_saying_yes(words):
    assert stem("nonconsent") in terms(words)
    assert stem("nonconsent") not in terms("consents to enter")


def test_words_with_which_people_ask_tell_nothing():
    assert terms("what do i do next please") == []


def page(*lines):
    return "\n".join(lines)


def test_what_stands_on_every_page_is_told_once_and_the_page_is_kept():
    blocks = [
        (number, -1, page("Guide to safety 2020", f"Only here: {'abcdefghi'[number - 1] * 5}.", f"Page {number} of 9"))
        for number in range(1, 10)
    ]
    found = pieces(blocks)
    assert [one.page for one in found] == list(range(1, 10))
    assert ["Guide to safety" in one.text for one in found] == [True] + 8 * [False]
    assert not any("of 9" in one.text for one in found)


def test_a_document_that_says_the_same_on_every_page_is_not_left_empty():
    told = pieces([(page, -1, f"Page {page}: ring the duty coordinator first.") for page in range(1, 7)])
    assert [one.page for one in told] == [1, 2, 3, 4, 5, 6]
    assert told[3].text == "Page 4: ring the duty coordinator first."


def test_a_word_that_a_line_broke_is_whole_where_the_document_has_it_whole():
    found = pieces([(1, -1, page("The inter-", "preter came. The interpreter left."))])
    assert found[0].text.startswith("The interpreter came.")


def test_a_heading_stands_with_what_is_below_it():
    words = "word " * 60
    found = pieces([(None, 1, "Who to ring"), (None, 0, words), (None, 2, "At night"), (None, 0, words)])
    assert [one.heading for one in found] == ["Who to ring", "At night"]


def test_no_passage_is_longer_than_can_be_read_at_a_glance():
    found = pieces([(1, -1, "word " * 5_000)])
    assert max(len(one.text.split()) for one in found) <= 180


def test_a_list_of_contents_is_no_passage():
    assert pieces([(1, -1, page("1. About ........................ 5", "2. Why ............. 6"))]) == []


@pytest.mark.parametrize(
    ("told", "heading", "name", "title"),
    [
        ("Statutory guidance", "Page one", "a.pdf", "Statutory guidance"),
        ("Microsoft Word - draft3.docx", "Guide to cuckooing", "a.pdf", "Guide to cuckooing"),
        ("", "", "county_lines-guide.pdf", "County lines guide"),
    ],
)
def test_a_title_is_what_the_file_says_of_itself_if_that_is_one(told, heading, name, title):
    assert title_of(told, heading, name) == title


def test_a_title_may_run_over_two_lines():
    assert first_heading([(1, -1, page("Modern Slavery Act 2015 – Statutory", "Guidance for Wales"))]).endswith("Wales")


THESAURUS = Thesaurus.of(
    [(["nick", "nicked"], ["arrest"], False), (["reasonable grounds", "rg"], ["reasonable grounds"], False)]
)


def nothing(_word):
    return {}


def shown_by(question, mend=nothing):
    return [one.shown_by for one in concepts(question, THESAURUS, mend)]


def test_a_word_brings_what_the_thesaurus_says_it_means_for_less():
    (found,) = shown_by("nick")
    assert found[("nick",)] == 1.0
    assert 0 < found[("arrest",)] < 1


def test_a_phrase_of_the_thesaurus_is_one_concept():
    (found,) = shown_by("reasonable grounds")
    assert (stem("reasonable"), stem("grounds")) in found


def test_a_number_beside_a_person_is_an_age_and_asks_for_children():
    assert any(("child",) in one for one in shown_by("lad 16"))
    assert not any(("child",) in one for one in shown_by("lad 26"))
    assert not any(("child",) in one for one in shown_by("within 14 days"))


def test_a_word_nobody_knows_is_mended_and_counts_for_less():
    (found,) = shown_by("interperter", lambda word: {"interpreter": 0.9})
    assert 0 < found[(stem("interpreter"),)] < 1


def test_of_a_question_only_known_words_may_be_kept():
    kept, dropped = storable("nick Thanh Nguyen 07700900123 safe", frozenset({"safe"}), THESAURUS)
    assert kept == ["nick", "safe"]
    assert dropped == 3


def test_a_phrase_of_words_that_tell_nothing_alone_is_read_as_it_is_written():
    thesaurus = Thesaurus.of([(["wants out"], ["withdraw"], False)])
    (found,) = concepts("she wants out", thesaurus, nothing)
    assert list(found.shown_by) == [("withdraw",)]
    assert concepts("she wants", thesaurus, nothing) == []


def test_a_phrase_is_not_found_by_the_one_word_that_its_common_words_leave():
    thesaurus = Thesaurus.of([(["how old"], ["age"], False)])
    (found,) = concepts("how old", thesaurus, nothing)
    assert ("age",) in found.shown_by
    assert found.shown_by[("old",)] == MEANS, "one word of the phrase is no more than what it means"
    assert list(concepts("an old man", thesaurus, nothing)[0].shown_by) == [("old",)]


def test_a_word_in_no_entry_brings_the_few_nearest_to_it_for_little():
    def near(_word):
        return {letter * 3: 0.9 for letter in "abcdefgh"}

    thesaurus, (sue, nicked) = THESAURUS, concepts("sue nicked", THESAURUS, nothing, near)
    assert 0 < sue.shown_by[("aaa",)] < 0.5
    assert ("hhh",) not in sue.shown_by
    assert ("aaa",) not in nicked.shown_by
    assert list(concepts("yesterday", thesaurus, nothing, near)[0].shown_by) == [(stem("yesterday"),)]


def test_what_people_only_tell_counts_less():
    yesterday, passport = concepts("yesterday passport", THESAURUS, nothing)
    assert yesterday.counts < passport.counts == 1.0


def test_a_title_is_no_line_that_stands_on_every_page():
    blocks = [
        (number, -1, page(f"{number} Published by the office", "Guide to hostels" if number == 1 else "x"))
        for number in range(1, 6)
    ]
    assert first_heading(blocks).startswith("Guide to hostels")


@pytest.mark.parametrize("text", ["nails, i.e. a nail bar", "at 3 p.m. and 10 a.m.to noon", "a hand car wash, e.g."])
def test_points_that_only_lead_on_or_tell_the_time_are_no_word(text):
    assert {"ie", "eg", "am", "pm"}.isdisjoint(terms(text))


def test_numbers_on_three_lines_are_no_telephone_number():
    text = "Ring 0300\n303\n8151 now"
    assert on_one_line(text) == text
    assert on_one_line("Ring 0300 303\n8151 now") == "Ring 0300 303 8151 now"
    assert on_one_line("Ring 0800 1111\n24 hours") == "Ring 0800 1111\n24 hours"
    assert on_one_line("Ring 0845 4647\n24 Hours") == "Ring 0845 4647\n24 Hours"
    assert "03003038151" not in " ".join(bare_words(text))
    assert bare_words(text) != bare_words("Ring 0300 303\n8151 now")
