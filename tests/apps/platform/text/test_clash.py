"""Two people wrote the same form: nothing of either is lost."""

from lodestar.platform.text.merge_edits import can_hold_both, marks, settle

BEFORE = {"name": "Kieran", "needs": ("food",), "danger": ""}


def sent(**changed):
    return {**BEFORE, **changed}


def settled(mine, theirs, begun=None, **how):
    """The values and what clashes, of a form that began with what stood before, or as is said."""
    found = settle(marks(BEFORE) if begun is None else begun, mine, theirs, **how)
    return found.values, found.clashing


def test_what_one_changed_stands_beside_what_the_other_changed_and_the_same_answer_is_for_the_writer_to_choose():
    no, yes = sent(danger="no"), sent(danger="yes")
    assert settled(no, sent(name="Kieran O’Dell")) == (sent(name="Kieran O’Dell", danger="no"), ())
    assert settled(no, yes)[1] == ("danger",)
    assert settled(no, no) == (no, ())
    assert settled(no, yes, keep="mine") == (no, ())
    assert settled(no, yes, keep="theirs") == (yes, ())


def test_both_puts_lists_together_and_words_one_after_the_other_and_cannot_hold_two_choices():
    mine, theirs = sent(name="Kieran", needs=("food", "medical")), sent(name="Ciaran", needs=("protection",))
    values, _ = settled(mine, theirs, "", keep="both", joined={"name"})
    assert values["name"] == "Ciaran / Kieran"
    assert set(values["needs"]) == {"food", "medical", "protection"}
    assert settled(sent(danger="no"), sent(danger="yes"), keep="both")[1] == ("danger",)
    for one, other in ((("food",), "food"), ("food", ("food",))):
        assert settled({"needs": one}, {"needs": other}, "", keep="both")[1] == ("needs",)
    assert not can_hold_both("no", is_text=False)
    assert can_hold_both((), is_text=False)
    assert can_hold_both("words", is_text=True)


def test_a_form_without_marks_was_begun_when_nothing_was_there():
    assert settled(sent(name=""), sent(danger="yes"), "")[0] == sent(danger="yes")
    assert settled(sent(name=""), BEFORE, "x.y")[0]["name"] == "Kieran"  # marks that are none


def test_marks_show_nothing_of_the_answers_nor_of_the_order_of_ticks_and_are_small():
    assert marks({"needs": ("a", "b")}) == marks({"needs": ("b", "a")})
    assert "Kieran" not in marks(BEFORE)
    page = 30_000  # bytes
    assert len(marks({f"answer {number}": "words " * 100 for number in range(100)})) <= page * 3 / 100
