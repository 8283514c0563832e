"""When a question is put again, and what looking back can tell."""

from datetime import date

from lodestar.intelligence.earlier_records.rules.earlier import LOOKS_BACK
from lodestar.intelligence.earlier_records.rules.words_read import is_to_be_asked, sign_key
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


def test_records_of_the_year_before_a_concern_are_looked_at():
    assert date(2026, 3, 1) - LOOKS_BACK == date(2025, 3, 1)
