"""What several words of a question mean together."""

from lodestar.guidance.queries.force import situations
from lodestar.guidance.rules.asking import (
    COUNTS,
    LONGEST_PHRASE,
    MEANS,
    MOST,
    Thesaurus,
    concepts,
    situation,
    with_situations,
)
from lodestar.guidance.rules.index import stem
from lodestar.kernel.reference_lists import reference_list

THESAURUS = Thesaurus.of(
    (row["says"], row["means"], row.get("both_ways", False)) for row in reference_list("guidance", "thesaurus").rows
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
    rows = reference_list("guidance", "situations").rows
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
