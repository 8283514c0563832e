"""What changed between two versions, however their passages are cut."""

from lodestar.knowledge.library.rules.passages import GONE, NEW, SAME, changes


def test_the_same_words_cut_otherwise_are_no_change():
    assert changes(["Ring first. Then write."], ["Ring first.", "Then write."]) == []


def test_a_changed_word_stands_between_words_that_both_have():
    (one,) = changes(["Ring the duty sergeant first. Stay."], ["Stay put.", "Ring the duty inspector first."])[:1]
    assert one.passage == 0
    (two,) = changes(["Stay. Ring the duty sergeant first."], ["Stay.", "Ring the duty inspector first."])
    assert two.passage == 1
    assert two.parts == ((SAME, "Ring the duty"), (GONE, "sergeant"), (NEW, "inspector"), (SAME, "first."))


def test_sentences_without_anything_in_common_stand_one_after_the_other():
    (one,) = changes(["Ring the desk."], ["Nothing of this kind holds any longer here."])
    assert [kind for kind, _ in one.parts] == [GONE, NEW]


def test_all_that_is_new_and_all_that_is_gone():
    assert changes([], ["Ring."])[0].parts == ((NEW, "Ring."),)
    assert changes(["Ring."], [])[0].parts == ((GONE, "Ring."),)
