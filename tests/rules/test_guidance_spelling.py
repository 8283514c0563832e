"""How many slips lie between two words, and which word was meant."""

import pytest

from lodestar.guidance.rules.spelling import allowed, likest, slips


def test_letters_in_each_others_place_are_one_slip():
    words = ["victim", "victum", "victm", "victiim", "vicitm", "ivctim", "vitcmi"]  # vicitm: two in each other's place
    assert [slips(word, "victim") for word in words] == [0, 1, 1, 1, 1, 1, 2]
    assert (slips("aaa", "a"), slips("", "victim")) == (2, 6)
    assert [allowed("a" * letters) for letters in (5, 6, 7, 30)] == [1, 1, 2, 2]


def test_a_word_may_be_a_slip_for_those_nearest_to_it():
    found = [
        (("vicitm", "vicitm"), [("victim", "victim")], {"victim": 1 - 1 / 6}),
        (("vitcmi", "vitcmi"), [("victim", "victim")], {}),  # two slips are too many in a short word
        (("recieve", "reciev"), [("relieve", "reliev"), ("receive", "receiv")], {"relieve": 6 / 7, "receive": 6 / 7}),
        # of two the nearer alone, and of each term one word
        (("consnet", "consnet"), [("consult", "consult"), ("consent", "consent"), ("consents", "consent")], {"consent": 6 / 7}),
        # by the stem, where the word is longer than what was typed
        (("trafick", "trafick"), [("track", "track"), ("trafficked", "traffick")], {"trafficked": 6 / 7}),
        (("mising", "mise"), [("mile", "mile")], {}),  # a short stem tells nothing
    ]
    assert [dict(likest(typed, among, 3)) for typed, among, _ in found] == [pytest.approx(likely) for _, _, likely in found]
    assert list(likest(("bound", "bound"), [("sound", "sound"), ("found", "found"), ("round", "round")], 2)) == ["sound", "found"]
