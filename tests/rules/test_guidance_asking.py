"""What of a question is asked, and what stands for it: phrases, meanings, slips, ages, and words that mean the same."""

import pytest

from lodestar.guidance.rules.asking import AS_FAINT, MEANS, MISSPELT, OF_ITS_STEM, SAID_BESIDE, Thesaurus, concepts
from lodestar.guidance.rules.difference import GONE, NEW, SAME, changes
from lodestar.guidance.rules.same_place import same_places
from lodestar.guidance.rules.situations import situation, with_situations
from lodestar.guidance.rules.words import LONGEST, stem, tells, words


def nothing(_word):
    return {}


def ways(question, *rows, mend=nothing):
    """Of each concept of a question what shows it, by a thesaurus of (what is written, what it means)."""
    thesaurus = Thesaurus.of([(says, means, False) for says, means in rows])
    return [one.shown_by for one in concepts(question, thesaurus, mend)]


RG = (["rg", "reasonable grounds"], ["threshold"])
NRM = (["national referral mechanism"], ["nrm"])
REASONABLE = (stem("reasonable"), stem("grounds"))


def test_a_meaning_is_never_the_word_itself_nor_nothing():
    thesaurus = Thesaurus.of([(["nick"], ["nick", "arrest", "of the"], False)])
    assert thesaurus.means == {("nick",): {("arrest",): MEANS}}


def test_of_one_thing_that_is_said_in_two_ways_each_finds_the_other():
    assert ways("rg", RG) == [{("rg",): 1.0, ("threshold",): MEANS, REASONABLE: MEANS * SAID_BESIDE}]
    both = Thesaurus.of([(["threshold"], ["rg", "reasonable grounds"], True)])
    assert set(both.means[("rg",)]) == {("threshold",), REASONABLE}


@pytest.mark.parametrize(
    ("typed", "counts"),
    [("picking", MEANS), ("pickings", MEANS), ("picked", MEANS * OF_ITS_STEM), ("pick", MEANS * OF_ITS_STEM)],
)
def test_an_entry_of_one_word_is_meant_as_it_is_spelt(typed, counts):
    assert stem("picking") == stem("picked")
    assert ways(typed, (["picking"], ["harvest"]))[0]["harvest",] == pytest.approx(counts)


@pytest.mark.parametrize(("typed", "entry"), [("babies", "baby"), ("lorry", "lorries"), ("babys", "baby")])
def test_one_and_several_of_a_thing_are_one_entry(typed, entry):
    assert ways(typed, ([entry], ["harvest"]))[0]["harvest",] == pytest.approx(MEANS)


def test_a_word_with_which_people_only_tell_counts_less_in_the_thesaurus_too():
    found = concepts("get let", Thesaurus.of([(["let"], ["landlord"], False)]), nothing)
    assert [(one.counts, one.shown_by["landlord",]) for one in found if ("landlord",) in one.shown_by] == [(AS_FAINT, MEANS)]


@pytest.mark.parametrize("question", ["reasonable grounds in a hostel", "reasonable the grounds hostel"])
def test_a_phrase_of_two_words_is_found_beside_longer_ones(question):
    found, hostel = ways(question, RG, NRM)
    assert hostel == {("hostel",): 1.0}
    assert found == {REASONABLE: 1.0, ("threshold",): MEANS, ("rg",): MEANS * SAID_BESIDE}


def test_the_one_word_that_is_left_of_a_phrase_counts_no_more_than_what_the_phrase_means():
    assert ways("how old is he", (["how old"], ["age"]), (["what is owed"], ["debt"])) == [{("old",): MEANS, ("age",): MEANS}]
    assert ways("nail bar", (["nail bar"], ["salon"])) == [{("nail", "bar"): 1.0, ("salon",): MEANS}]


@pytest.mark.parametrize(
    ("means", "shown_by"),
    [
        ("self-harm", [("self", "harm"), ("selfharm",)]),  # a paper writes it in one way or the other
        ("non-governmental organisation", [("non", "government", "organis"), ("nongovernment", "organis")]),
        ("re-trafficking", [("retraffick",)]),  # "trafficking" alone would say something else
        ("move-on", [("moveon",)]),
    ],
)
def test_what_is_written_with_a_hyphen_is_found_apart_and_as_one(means, shown_by):
    (found,) = ways("cut", (["cut"], [means]))
    assert list(found)[1:] == shown_by


def test_a_word_that_tells_nothing_is_no_phrase_though_an_entry_has_it():
    assert ways("help", (["help"], ["support"]), (["how old"], ["age"])) == []


def test_what_a_word_was_meant_to_be_brings_what_that_means():
    (found,) = ways("nikc", (["nick"], ["arrest"]), mend=lambda _: {"nick": 0.9})
    assert found == {
        ("nikc",): 1.0,
        ("nick",): pytest.approx(MISSPELT * 0.9),
        ("arrest",): pytest.approx(MISSPELT * MEANS * 0.9),
    }


def test_eighty_words_of_a_question_are_read():
    asked = ways(" ".join(f"w{number}" for number in range(90)))
    assert [next(iter(one)) for one in asked] == [(f"w{number}",) for number in range(80)]


def test_five_words_that_are_near_one_are_looked_for():
    near = dict.fromkeys(("aaa", "bbb", "ccc", "ddd", "eee", "fff"), 0.9)
    (found,) = concepts("sue", Thesaurus([]), nothing, lambda _: near)
    assert len(found.shown_by) == 1 + 5


@pytest.mark.parametrize(
    ("question", "is_age"),
    [
        ("they met one lad 16", True),
        ("lad with phones 16", True),  # within three words of the person
        ("lad with two phones 16", False),
        ("16 phones with lad", True),
        ("lad 8", True),
        ("lad 7", False),
        ("lad 17", True),
        ("lad 18", False),
    ],
)
def test_a_number_that_is_an_age_under_18(question, is_age):
    number = next(word for word in question.split() if word.isdigit())
    shown = next(one for one in ways(question) if (number,) in one)
    assert shown == ({(number,): 0.3, ("child",): MEANS, ("age",): 0.4} if is_age else {(number,): 0.5})
    assert {("lad",): 1.0} in ways(question)


def test_two_words_that_mean_the_same_are_one_thing_with_all_that_either_means():
    assert len(ways("rg reasonable the grounds", RG)) == 1
    (found,) = ways("arrest nick", (["nick"], ["arrest", "cell"]), (["arrest"], ["custody"]))
    assert found == {("arrest",): 1.0, ("nick",): 1.0, ("cell",): MEANS, (stem("custody"),): MEANS}
    assert len(ways("kidney kidney")) == 1


# --- words ----------------------------------------------------------------------------------------------------------------


def test_a_term_has_sixty_letters_and_a_longer_word_with_a_hyphen_only_its_parts():
    assert len(stem("q" * 70)) == LONGEST == 60
    fits, longer = f"{'q' * 29}-{'r' * 30}", f"{'q' * 30}-{'r' * 30}"
    assert list(words(fits)) == [*fits.split("-"), fits.replace("-", "")]
    assert list(words(longer)) == longer.split("-")
    assert list(words("2020-21")) == ["2020", "21"]


@pytest.mark.parametrize(("word", "does"), [("x", False), ("7", True), ("ox", True), ("the", False)])
def test_one_letter_tells_nothing_and_one_figure_does(word, does):
    assert tells(word) is does


# --- situations, facts that were replaced, the same place -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("side", "question", "is_there"),
    [
        ("kept in a big car", "lad kept in a big car", True),  # as it is written, up to five words
        ("kept in a very big car", "lad kept in a very big car", False),
        ("kept in a car", "lad kept car", True),  # and without the words that tell nothing, where two are left
        ("in a car", "lad car", False),
        ("car", "lad car", True),
    ],
)
def test_a_side_of_a_situation_is_heard_as_it_is_written_or_by_the_words_that_tell(side, question, is_there):
    known = [situation("s", [["lad"], [side]], ["county lines"])]
    found = concepts(question, Thesaurus([]), nothing)
    assert (len(with_situations(question, found, known)) > len(found)) is is_there


def test_of_the_situations_of_one_question_four_are_asked_about():
    known = [situation(f"s{number}", [["lad"], ["car"]], ["county lines"]) for number in range(6)]
    found = concepts("lad car", Thesaurus([]), nothing)
    assert len(with_situations("lad car", found, known)) == len(found) + 4


TEN = ["kidney", "scar", "hostel", "clinic", "passport", "wages", "gaffer", "lorry", "brothel", "debt"]


@pytest.mark.parametrize(
    ("common", "place"),
    [
        (3, 0),  # three words of the ten that both have together are enough
        (2, None),
    ],
)
def test_passages_that_have_three_words_in_ten_in_common_may_say_the_same(common, place):
    old, new = " ".join(TEN[:6]), " ".join([*TEN[:common], *TEN[6 : 10 - common + 3]])
    assert same_places([("", old)], [("", new)]) == [place]


def test_passages_without_a_word_are_the_same_by_their_heading_alone():
    assert same_places([("Custody", ""), ("", "")], [("Custody", ""), ("", "")]) == [0, None]


# --- what changed ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "parts"),
    [
        ("Ring the desk.", "Ring the duty desk.", ((SAME, "Ring the"), (NEW, "duty"), (SAME, "desk."))),
        ("Ring the duty desk.", "Ring the desk.", ((SAME, "Ring the"), (GONE, "duty"), (SAME, "desk."))),
        ("Ring desk.", "Ring sergeant.", ((SAME, "Ring"), (GONE, "desk."), (NEW, "sergeant."))),  # half in common
        ("Ring the desk.", "Ring any sergeant today.", ((GONE, "Ring the desk."), (NEW, "Ring any sergeant today."))),
    ],
)
def test_sentences_with_half_in_common_are_read_together(before, after, parts):
    (found,) = changes([before], [after])
    assert found.parts == parts


def test_in_a_long_sentence_words_that_come_again_and_again_are_compared_too():
    long = " ".join(["to", "ring"] * 150)
    (found,) = changes([f"First {long} now."], [f"Then {long} again."])
    assert [kind for kind, _ in found.parts] == [GONE, NEW, SAME, GONE, NEW]


def test_what_is_gone_from_the_end_stands_at_the_last_passage_there_is():
    assert [one.passage for one in changes(["Ring.", "Stay. Write."], ["Ring.", "Stay."])] == [1]
    assert [one.passage for one in changes(["Ring."], [])] == [0]
