"""What of a question is asked: phrases, meanings, slips, ages; and what may be kept of it."""

import pytest

from lodestar.knowledge.library.rules.passages import GONE, NEW, SAME, changes
from lodestar.knowledge.search.queries.candidates import situations
from lodestar.knowledge.search.rules.asking import (
    COUNTS,
    LONGEST_PHRASE,
    MEANS,
    MISSPELT,
    MOST,
    Thesaurus,
    concepts,
    situation,
    storable,
    with_situations,
)
from lodestar.knowledge.search.rules.index import COMMON, FAINT, LONGEST, bare_words, stem, terms, words
from lodestar.platform.text.reference_lists import reference_list

RG = (["rg", "reasonable grounds"], ["threshold"])
REASONABLE = (stem("reasonable"), stem("grounds"))


def ways(question, *rows, mend=lambda _: {}):
    """Of each concept of a question what shows it, by a thesaurus of (what is written, what it means)."""
    thesaurus = Thesaurus.of([(says, means, False) for says, means in rows])
    return [one.shown_by for one in concepts(question, thesaurus, mend)]


def test_a_meaning_is_never_the_word_itself_nor_nothing():
    assert Thesaurus.of([(["nick"], ["nick", "arrest", "of the"], False)]).means == {("nick",): {("arrest",): MEANS}}
    both = Thesaurus.of([(["threshold"], ["rg"], True)])
    assert set(both.means) == {("threshold",), ("rg",)}


def test_the_longest_phrase_of_the_thesaurus_is_one_concept():
    found, hostel = ways("reasonable grounds in a hostel", RG)
    assert found == {REASONABLE: 1.0, ("threshold",): MEANS}
    assert hostel == {("hostel",): 1.0}
    assert ways("nail bar", (["nail bar"], ["salon"])) == [{("nail", "bar"): 1.0, ("salon",): MEANS}]


def test_the_one_word_that_is_left_of_a_phrase_counts_no_more_than_what_the_phrase_means():
    assert ways("how old is he", (["how old"], ["age"])) == [{("old",): MEANS, ("age",): MEANS}]
    assert ways("an old man", (["how old"], ["age"]))[0] == {("old",): 1.0}


def test_what_is_written_with_a_hyphen_is_found_apart_and_as_one():
    shown_by = {
        "self-harm": [("self", "harm"), ("selfharm",)],  # a paper writes it in one way or the other
        "re-trafficking": [("retraffick",)],  # "trafficking" alone would say something else
        "move-on": [("moveon",)],
    }
    assert {means: list(ways("cut", (["cut"], [means]))[0])[1:] for means in shown_by} == shown_by


def test_what_a_word_was_meant_to_be_brings_what_that_means():
    (found,) = ways("nikc", (["nick"], ["arrest"]), mend=lambda _: {"nick": 0.9})
    assert found == {("nikc",): 1.0, ("nick",): pytest.approx(MISSPELT * 0.9), ("arrest",): pytest.approx(MISSPELT * MEANS * 0.9)}


def test_eighty_words_of_a_question_are_read_and_each_once():
    assert len(ways(" ".join(f"w{number}" for number in range(90)))) == 80
    assert len(ways("kidney kidney")) == 1


def test_words_with_which_people_only_tell_are_chatter():
    yesterday, passport = concepts("yesterday passport", Thesaurus(), lambda _: {})
    assert (yesterday.is_chatter, passport.is_chatter) == (True, False)


def test_a_number_that_is_an_age_under_18_asks_for_children():
    ages = {
        "they met one lad 16": True, "lad with phones 16": True, "lad with two phones 16": False, "16 phones with lad": True,
        "lad 8": True, "lad 7": False, "lad 17": True, "lad 18": False, "within 14 days": False,
    }  # fmt: skip
    assert {question: any(("child",) in one for one in ways(question)) for question in ages} == ages


def test_of_a_question_only_known_words_may_be_kept():
    thesaurus = Thesaurus.of([(["nick"], ["arrest"], False)])
    assert storable("nick Kestrel for wages", frozenset({"wages"}), thesaurus) == (["nick", "wages"], 1)


# --- what changed -----------------------------------------------------------------------------------------------------


def test_sentences_with_half_in_common_are_read_together():
    parts = {
        ("Ring the desk.", "Ring the duty desk."): ((SAME, "Ring the"), (NEW, "duty"), (SAME, "desk.")),
        ("Ring the duty desk.", "Ring the desk."): ((SAME, "Ring the"), (GONE, "duty"), (SAME, "desk.")),
        ("Ring desk.", "Ring sergeant."): ((SAME, "Ring"), (GONE, "desk."), (NEW, "sergeant.")),
        ("Ring the desk.", "Ring any sergeant today."): ((GONE, "Ring the desk."), (NEW, "Ring any sergeant today.")),
    }
    assert {(before, after): changes([before], [after])[0].parts for before, after in parts} == parts


def test_what_is_gone_from_the_end_stands_at_the_last_passage_there_is():
    assert [one.passage for one in changes(["Ring.", "Stay. Write."], ["Ring.", "Stay."])] == [1]
    assert [one.passage for one in changes(["Ring."], [])] == [0]


SPELLINGS = {
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
    assert [one for one, other in SPELLINGS.items() if terms(one) != terms(other)] == []


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


THESAURUS = Thesaurus.of(
    (row["says"], row["means"], row.get("both_ways", False)) for row in reference_list("publishing", "thesaurus").rows
)
HEARD = {
    "lad 16 with wraps says he owes them": "child_drugs",
    "she wont do the nrm": "adult_refuses",
    "bloke sleeping at the car wash, boss has his passport": "bad_work",
    "14 yr old with older men at a hotel": "child_sex",
    "nicked him for the grow but hes been forced": "suspect_victim",
    "dealers have taken over the old mans flat": "home_taken",
    "nowhere for her to sleep tonight": "bed_tonight",
    "says hes 18 but looks 15": "age_doubt",
    "can her cousin translate": "wrong_interpreter",
    "why did our referral get bounced": "good_referral",
}
NOT_HEARD = ["minimum wage", "kidney", "salvation army", "the weather in lincoln", ""]


def heard(question, known, thesaurus=THESAURUS):
    typed = concepts(question, thesaurus, lambda _: {})
    return [one.words[0] for one in with_situations(question, typed, known)[len(typed) :]]


def test_a_situation_is_heard_in_what_nobody_called_by_its_name():
    assert [question for question, code in HEARD.items() if code not in heard(question, situations())] == []
    assert [question for question in NOT_HEARD if heard(question, situations())] == []


def test_a_situation_needs_two_signs_in_different_words():
    known = [situation("both", [["child", "owes"], ["drugs", "owes them", "owes"]], ["county lines"])]
    questions = {"lad drugs": 1, "lad owes them": 1, "lad": 0, "drugs": 0, "man drugs": 0, "owes them": 0}
    assert {question: len(heard(question, known)) for question in questions} == questions


def test_a_side_is_heard_as_it_is_written_or_by_the_words_that_tell():
    sides = {
        ("kept in a big car", "lad kept in a big car"): True,  # as it is written, up to five words
        ("kept in a very big car", "lad kept in a very big car"): False,
        ("bought in a car", "lad bought car"): True,  # and without the words that tell nothing, where two are left
        ("in a car", "lad car"): False,
        ("car", "lad car"): True,
    }
    empty = Thesaurus()
    assert {key: bool(heard(key[1], [situation("s", [["lad"], [key[0]]], ["x"])], empty)) for key in sides} == sides


def test_those_with_most_words_of_the_question_come_first_and_four_are_asked_about():
    few = [situation(f"s{number}", [["drugs"], ["lad"]], ["county lines"]) for number in range(9)]
    many = situation("z", [["drugs", "knife"], ["lad", "owes"]], ["county lines"])
    typed = concepts("lad drugs knife owes", THESAURUS, lambda _: {})
    found = with_situations("lad drugs knife owes", typed, [*few, many])
    assert found[: len(typed)] == typed
    assert [one.words[0] for one in found[len(typed) :]] == ["z", "s0", "s1", "s2"]
    assert MOST == 4
    assert (found[-1].shown_by, found[-1].counts) == ({(stem("county"), stem("lines")): MEANS}, COUNTS)


def test_every_side_of_every_situation_says_something_and_every_list_is_used():
    rows = reference_list("search", "situations").rows
    lists = {row["code"] for row in rows if "any" in row}
    assert lists == {one for row in rows for side in row.get("sides", ()) for one in side if one.startswith("@")}
    assert len({row["code"] for row in rows}) == len(rows)
    wrong = [
        one.code
        for one in situations()
        if len(one.sides) != 2 or not all(one.sides) or not one.means or not all(one.means)
        or any(len(way) not in range(1, LONGEST_PHRASE + 1) for side in one.sides for way in side)
    ]  # fmt: skip
    assert wrong == []
