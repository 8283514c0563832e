"""How many slips lie between two words, and which word was meant."""

import pytest

from lodestar.guidance.rules.spelling import allowed, likest, slips


@pytest.mark.parametrize(
    ("typed", "meant", "apart"),
    [
        ("victim", "victim", 0),
        ("victum", "victim", 1),  # a letter wrong
        ("victm", "victim", 1),  # one too few
        ("victiim", "victim", 1),  # one too many
        ("vicitm", "victim", 1),  # two in each other's place
        ("ivctim", "victim", 1),  # the first two
        ("vitcmi", "victim", 2),
        ("aaa", "a", 2),
        ("", "victim", 6),
    ],
)
def test_letters_in_each_others_place_are_one_slip(typed, meant, apart):
    assert slips(typed, meant) == apart


@pytest.mark.parametrize(
    ("typed", "among", "found"),
    [
        (("vicitm", "vicitm"), [("victim", "victim")], {"victim": 1 - 1 / 6}),
        (("vitcmi", "vitcmi"), [("victim", "victim")], {}),  # two slips are too many in a short word
        (("recieve", "reciev"), [("relieve", "reliev"), ("receive", "receiv")], {"relieve": 6 / 7, "receive": 6 / 7}),
        # of two the nearer alone, and of each term one word
        (("consnet", "consnet"), [("consult", "consult"), ("consent", "consent"), ("consents", "consent")], {"consent": 6 / 7}),
        # by the stem, where the word is longer than what was typed
        (("trafick", "trafick"), [("track", "track"), ("trafficked", "traffick")], {"trafficked": 6 / 7}),
        (("victm", "victm"), [("victim", "victim")], {"victim": 4 / 5}),
        # of one term the nearer word, wherever it stands
        (("abcdefgh", "ab"), [("abcdefxy", "zz"), ("abcdefgx", "zz")], {"abcdefgx": 7 / 8}),
        (("mising", "mise"), [("mile", "mile")], {}),  # a short stem tells nothing
    ],
)
def test_a_word_may_be_a_slip_for_those_nearest_to_it(typed, among, found):
    assert likest(typed, among, 3) == pytest.approx(found)


def test_no_more_are_taken_than_wanted_and_the_first_of_them():
    assert list(likest(("bound", "bound"), [("sound", "sound"), ("found", "found"), ("round", "round")], 2)) == ["sound", "found"]


@pytest.mark.parametrize(("letters", "slips_allowed"), [(5, 1), (6, 1), (7, 2), (8, 2), (30, 2)])
def test_a_longer_word_may_hold_two(letters, slips_allowed):
    assert allowed("a" * letters) == slips_allowed
