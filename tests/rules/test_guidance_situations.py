"""What several words of a question mean together, by table."""

import pytest

from lodestar.guidance.queries.kept import situations
from lodestar.guidance.rules.asking import MEANS, Thesaurus, concepts
from lodestar.guidance.rules.situations import COUNTS, LONGEST_PHRASE, MOST, situation, with_situations
from lodestar.guidance.rules.words import stem
from lodestar.kernel.reference_lists import reference_list

THESAURUS = Thesaurus.of(
    [
        (row["says"], row["means"], row.get("both_ways", False))
        for row in reference_list("guidance", "thesaurus").rows
    ]
)  # fmt: skip


def nothing(_):
    return {}


def heard(question):
    found = concepts(question, THESAURUS, nothing)
    return [one.words[0] for one in with_situations(question, found, situations())[len(found) :]]


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("lad 16 with wraps says he owes them", "child_drugs"),
        ("she wont do the nrm", "adult_refuses"),
        ("bloke sleeping at the car wash, boss has his passport", "bad_work"),
        ("14 yr old with older men at a hotel", "child_sex"),
        ("nicked him for the grow but hes been forced", "suspect_victim"),
        ("dealers have taken over the old mans flat", "home_taken"),
        ("nowhere for her to sleep tonight", "bed_tonight"),
        ("how long does the rg decision take", "rg_when"),
        ("says hes 18 but looks 15", "age_doubt"),
        ("can her cousin translate", "wrong_interpreter"),
        ("the boss insists on staying in the room", "not_alone"),
        ("why did our referral get bounced", "good_referral"),
        ("thirty workers off the bus, where do they all go", "many_to_place"),
        ("belfast lad, who takes the referral in northern ireland", "nations"),
    ],
)
def test_a_situation_is_heard_in_what_nobody_called_by_its_name(question, code):
    assert code in heard(question)


@pytest.mark.parametrize("question", ["minimum wage", "kidney", "salvation army", "the weather in lincoln", ""])
def test_a_word_alone_is_no_situation(question):
    assert heard(question) == []


def test_every_side_must_be_there_and_what_is_meant_counts_as_typed():
    known = [situation("both", [["child"], ["drugs", "owes them"]], ["county lines"])]
    for question, there in (("lad drugs", 1), ("lad owes them", 1), ("lad", 0), ("drugs", 0), ("man drugs", 0)):
        found = concepts(question, THESAURUS, nothing)
        assert len(with_situations(question, found, known)) == len(found) + there, question


def test_a_situation_counts_less_than_what_was_typed_and_no_more_than_so_many_are_heard():
    known = [situation(f"s{number}", [["drugs"], ["lad"]], ["county lines"]) for number in range(9)]
    typed = concepts("drugs lad", THESAURUS, nothing)
    found = with_situations("drugs lad", typed, known)
    assert found[: len(typed)] == typed
    assert [one.words for one in found[len(typed) :]] == [(f"s{number}",) for number in range(MOST)]
    assert found[-1].shown_by == {(stem("county"), stem("lines")): MEANS}
    assert found[-1].counts == COUNTS < 1


def test_those_with_most_words_of_the_question_come_first():
    few = situation("a_few", [["drugs"], ["lad"]], ["county lines"])
    many = situation("many", [["drugs", "knife"], ["lad", "owes"]], ["county lines"])
    question = "lad drugs knife owes"
    found = with_situations(question, concepts(question, THESAURUS, nothing), [few, many])
    assert [one.words[0] for one in found[-2:]] == ["many", "a_few"]


def test_every_side_of_every_situation_says_something_and_every_list_is_used():
    rows = reference_list("guidance", "situations").rows
    lists = {row["code"] for row in rows if "any" in row}
    named = {one for row in rows for side in row.get("sides", ()) for one in side if one.startswith("@")}
    assert lists == named
    assert len({row["code"] for row in rows}) == len(rows)
    for one in situations():
        assert len(one.sides) == 2, one.code
        assert all(one.sides), one.code
        assert one.means, one.code
        assert all(one.means), one.code
        assert not any(() in side for side in one.sides), one.code
        assert max(len(way) for side in one.sides for way in side) <= LONGEST_PHRASE, one.code  # or it is never heard
