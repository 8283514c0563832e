"""Sets of questions: their versions on boundary days, conditions, and what is known already."""

from datetime import date

import pytest

from lodestar.platform.questionnaires import rules
from lodestar.platform.questionnaires.forms import Known, QuestionForm
from lodestar.platform.questionnaires.rules import question_set
from lodestar.platform.text.reference_lists import holds_on, list_files, read_list

SET = """
title = "A set"
options.grade = [["met", "Met"], ["not", "Not met"]]
row = [
  { code = "grade", section = "one", words = "Grade", kind = "choice", options = "grade", required = true, from = 2026-01-01 },
  { code = "old", words = "Old", kind = "text", from = 2026-01-01, to = 2026-03-31 },
  { code = "why", section = "one", words = "Why", kind = "text", limit = 20, required = true, from = 2026-05-01, when = NOT },
  { code = "day", words = "Day", kind = "date", from = 2026-01-01 },
  { code = "who", words = "Who", kind = "several", options = [["a", "A"], ["b", "B"]], from = 2026-01-01 },
  { code = "often", words = "How often", kind = "number", from = 2026-01-01 },
  { code = "sure", words = "Sure?", kind = "yes_no", from = 2026-01-01 },
]
"""


@pytest.fixture
def asked_on(tmp_path, monkeypatch):
    """The set as it is asked on a day."""
    path = tmp_path / "reference" / "set.toml"
    path.parent.mkdir()
    path.write_text(SET.replace("NOT }", '{ field = "grade", is = ["not"] } }'))
    listed = read_list(path)
    monkeypatch.setattr(rules, "reference_list", lambda app, name: listed)
    monkeypatch.setattr(rules, "rows_on", lambda app, name, day: tuple(row for row in listed.rows if holds_on(row, day)))
    question_set.cache_clear()
    yield lambda *day: question_set("made", "up", date(*day))
    question_set.cache_clear()


def test_a_version_is_the_day_of_the_last_change_and_finds_its_questions_again(asked_on):
    found = {}
    for day in ((2025, 12, 31), (2026, 1, 1), (2026, 3, 31), (2026, 4, 1), (2026, 4, 30), (2026, 5, 1)):
        asked = asked_on(*day)
        found[day] = (asked.version, "old" in (codes := {one.code for one in asked.questions}), "why" in codes)
        if asked.version:
            assert asked_on(*date.fromisoformat(asked.version).timetuple()[:3]).questions == asked.questions
    assert list(found.values()) == [
        ("", False, False), ("2026-01-01", True, False), ("2026-01-01", True, False),
        ("2026-04-01", False, False), ("2026-04-01", False, False), ("2026-05-01", False, True),
    ]  # fmt: skip


def test_a_condition_decides_what_must_be_answered_and_no_answer_is_dropped(asked_on):
    asked = asked_on(2026, 5, 1)

    def errors(**typed):
        return set(QuestionForm(typed, asked=asked).errors)

    assert errors() == {"grade"}
    assert errors(grade="met") == set()
    assert errors(grade="not") == {"why"}
    assert errors(grade="met", why="Late") == {"why"}, "typed where it is not asked: said, not lost"
    assert errors(grade="not", why="x" * 21, day="31 June 2026", often="many", sure="perhaps", who=["z"]) == {
        "why", "day", "often", "sure", "who",
    }  # fmt: skip
    form = QuestionForm({"grade": "not", "why": "Late", "day": "3 March 2026", "who": ["a", "b"], "sure": "no"}, asked=asked)
    assert form.is_valid()
    assert form.answers() == {"grade": "not", "why": "Late", "day": "2026-03-03", "who": ["a", "b"], "sure": "no"}


def test_what_is_known_is_filled_in_with_where_it_is_from(asked_on):
    known = {"grade": Known("met", "the referral, 3 March 2026"), "often": Known("3", "")}
    form = QuestionForm(asked=asked_on(2026, 5, 1), known=known)
    assert (form["grade"].value(), form["often"].value()) == ("met", "3")
    assert form.sources() == {"grade": "From the referral, 3 March 2026"}


def test_every_set_of_the_system_is_whole():
    sets = [(path.parent.parent.name, path.stem) for path in list_files() if path.stem.endswith("_questions")]
    assert ("needs", "needs_questions") in sets
    assert all(question_set(*one, date(2026, 12, 1)).questions for one in sets)
