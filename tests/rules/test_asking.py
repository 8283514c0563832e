"""When a question is put again, and what looking back can tell."""

from datetime import date

from lodestar.intelligence.earlier_records.rules.earlier import KINDS, LOOKS_BACK, look_back_answer
from lodestar.intelligence.earlier_records.rules.record_patterns import is_to_be_asked, sign_key
from tests.offenders import each


@each(
    ("state", "answered_on", "signs", "again"),
    [
        ("no", ["papers_held"], ["papers_held"], False),
        ("no", ["papers_held"], ["papers_held", "owes_someone"], True),
        ("no", ["papers_held", "owes_someone"], ["papers_held"], False),
        ("no", [], ["papers_held"], True),
        ("open", [], ["papers_held"], False),
        ("yes", [], ["papers_held"], False),
    ],
)
def test_a_question_is_put_again_after_a_no_and_for_a_new_sign_alone(state, answered_on, signs, again):
    assert is_to_be_asked(state, answered_on, signs) is again


def test_a_sign_of_facts_is_another_than_the_same_sign_of_words():
    assert sign_key("far_from_home_or_missing", "words") == "far_from_home_or_missing"
    assert sign_key("far_from_home_or_missing", "missing_again") == "missing_again"


@each(
    ("seen", "kinds", "people", "known", "answer"),
    [
        (1, [], 1, 0, "seen"),
        (0, list(KINDS), 2, 2, "nothing_recorded"),
        (0, list(KINDS)[:-1], 2, 2, "cannot_tell"),
        (0, list(KINDS), 2, 1, "cannot_tell"),
        (0, list(KINDS), 0, 0, "cannot_tell"),
        (0, [], 1, 1, "cannot_tell"),
    ],
)
def test_what_is_not_held_or_cannot_be_looked_for_is_never_nothing_recorded(seen, kinds, people, known, answer):
    assert look_back_answer(seen=seen, undated=0, kinds_held=kinds, people=people, people_known=known) == answer
    untold = look_back_answer(seen=seen, undated=1, kinds_held=kinds, people=people, people_known=known)
    assert untold == (answer if seen else "cannot_tell")


def test_records_of_the_year_before_a_concern_are_looked_at():
    assert date(2026, 3, 1) - LOOKS_BACK == date(2025, 3, 1)
