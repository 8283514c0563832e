"""How a search reads words: one form for sections, numbers and spellings."""

from lodestar.guidance.rules.index import COMMON, FAINT, LONGEST, bare_words, stem, terms, words

SAME = {
    "s45": "Section 45", "s.45": "section 45", "sched 4": "Schedule 4", "08008083733": "0800 808 3733",
    "+44 800 808 3733": "0800 808 3733", "+44 (0)800 808 3733": "0800 808 3733", "(0800) 808 3733": "0800 808 3733",
    "0300 303\n8151": "0300 303 8151", "0300\xa0303\xa08151": "0300 303 8151", "0300‑303‑8151": "0300 303 8151",
    "020 7946 0958": "+44 (0)20 7946 0958", "0300 303 8151 (24 hours)": "0300 303 8151 24 hours",
    "the victim’s 45 days": "the victim 45 days", "organization": "organisations",
    "co-ordinator": "co‑ordinator", "victim’s": "victims", "conﬁdential": "confidential", "16 yrs old": "16yo",
}  # fmt: skip
NUMBERS = {
    "from 01/02/2026 to 28/02/2026": ["01", "02", "2026", "28", "02", "2026"],
    "0300 303 8151 0800 808 3733": ["03003038151", "08008083733"],
    "0300 303 8151 2026": ["03003038151", "2026"],
    "Childline 0800 1111 24 hours a day": ["0800", "1111", "24"],
    "0800 1111 999": ["0800", "1111", "999"],
    "crime 37/0012345/20": ["37", "0012345", "20"],
    "10.0300 303 8151": ["10", "0300", "303", "8151"],
}


def test_two_spellings_of_one_thing_are_one_term():
    assert [one for one, other in SAME.items() if terms(one) != terms(other)] == []


def test_numbers_beside_each_other_stay_apart():
    assert {text: [word for word in bare_words(text) if word.isdigit()] for text in NUMBERS} == NUMBERS


def test_words_with_which_people_ask_tell_nothing_and_those_with_which_they_tell_little():
    assert terms("dunno wot he cud of done tho b4 the nrm innit") == ["nrm"]
    assert not {"crack", "spice", "weed", "followed"} & FAINT
    assert not COMMON & FAINT
    assert terms("x 7 ox the") == ["7", "ox"]


def test_a_word_with_a_hyphen_is_found_by_its_parts_and_whole():
    assert terms("move-on") == ["move", "moveon"]  # "on" tells nothing
    assert list(bare_words("A&E, b & b")) == ["a", "and", "e", "b", "and", "b"]
    longer = f"{'q' * 30}-{'r' * 31}"
    assert (len(stem("q" * 70)), list(words(longer)), list(words("2020-21"))) == (LONGEST, longer.split("-"), ["2020", "21"])
