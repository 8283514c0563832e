"""Two people wrote the same form: nothing of either is lost."""


from lodestar.kernel.clash import can_hold_both, marks, settle
from tests.offenders import each

BEFORE = {"name": "Kieran", "needs": ("food",), "danger": ""}


def sent(**changed):
    return {**BEFORE, **changed}


def test_what_one_changed_stands_beside_what_the_other_changed():
    found = settle(marks(BEFORE), sent(danger="no"), sent(name="Kieran O’Dell"))
    assert found.values == {"name": "Kieran O’Dell", "needs": ("food",), "danger": "no"}
    assert found.clashing == ()


def test_the_same_answer_changed_differently_is_for_the_writer_to_choose():
    found = settle(marks(BEFORE), sent(danger="no"), sent(danger="yes"))
    assert found.clashing == ("danger",)


def test_both_changed_it_to_the_same():
    assert settle(marks(BEFORE), sent(danger="no"), sent(danger="no")).clashing == ()


@each(("keep", "expected"), [("mine", "no"), ("theirs", "yes")])
def test_the_choice_decides(keep, expected):
    found = settle(marks(BEFORE), sent(danger="no"), sent(danger="yes"), keep=keep)
    assert (found.values["danger"], found.clashing) == (expected, ())


def test_both_puts_lists_together_and_words_one_after_the_other():
    mine, theirs = sent(name="Kieran", needs=("food", "medical")), sent(name="Ciaran", needs=("protection",))
    found = settle("", mine, theirs, keep="both", joined={"name"})
    assert found.values["name"] == "Ciaran / Kieran"
    assert set(found.values["needs"]) == {"food", "medical", "protection"}


def test_of_two_choices_both_cannot_be_kept():
    assert settle(marks(BEFORE), sent(danger="no"), sent(danger="yes"), keep="both").clashing == ("danger",)
    assert not can_hold_both("no", is_text=False)
    assert can_hold_both((), is_text=False)
    assert can_hold_both("words", is_text=True)


@each(("mine", "theirs"), [(("food",), "food"), ("food", ("food",))])
def test_of_a_list_and_a_word_both_cannot_be_kept(mine, theirs):
    assert settle("", {"needs": mine}, {"needs": theirs}, keep="both").clashing == ("needs",)


def test_a_form_without_marks_was_begun_when_nothing_was_there():
    found = settle("", {**BEFORE, "name": ""}, sent(danger="yes"))
    assert found.values == sent(danger="yes")


def test_marks_that_are_no_marks_are_as_none():
    assert settle("x.y", sent(name=""), BEFORE).values["name"] == "Kieran"


def test_the_order_of_ticks_says_nothing():
    assert marks({"needs": ("a", "b")}) == marks({"needs": ("b", "a")})


def test_marks_show_nothing_of_the_answers():
    assert "Kieran" not in marks(BEFORE)


def test_the_marks_of_a_hundred_answers_are_three_hundredths_of_a_page_at_most():
    page = 30_000  # bytes
    assert len(marks({f"answer {number}": "words " * 100 for number in range(100)})) <= page * 3 / 100
