"""When the next peer review is due, what is still to answer, how much a finding shows, and what was known when."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from lodestar.oversight.peer_review.rules import (
    THEMES,
    activities,
    evidence_state,
    next_due,
    state_at,
    theme_questions,
    unanswered,
)

VERSION, ENDED = "2021-05-26", date(2026, 2, 28)


def test_every_theme_has_four_activities_and_the_force_alone_cites_evidence():
    assert [len(activities(VERSION, theme)) for theme in THEMES] == [4] * 5
    asked = {kind: [each.code for each in theme_questions(VERSION, "victims", kind).questions] for kind in ("own", "peer", "")}
    assert asked == {
        "own": ["v1", "v2", "v3", "v4", "remark", "cited", "cite"],
        "peer": ["v1", "v2", "v3", "v4", "remark"],
        "": [],
    }


def test_a_theme_is_answered_when_each_of_its_activities_has_a_score():
    scores = {theme: {each.code: "partly" for each in activities(VERSION, theme)} for theme in THEMES}
    assert unanswered(scores, VERSION) == []
    assert unanswered(scores | {"victims": scores["victims"] | {"v4": ""}}, VERSION) == ["victims"]
    assert unanswered({}, VERSION) == list(THEMES)


def test_the_next_review_is_due_so_many_months_after_the_last_day():
    assert [next_due(ENDED, months) for months in (12, 24)] == [date(2027, 2, 28), date(2028, 2, 28)]


@pytest.mark.parametrize(
    ("state", "day", "shows"),
    [
        ("noted", date(2027, 4, 28), "evidenced"), ("noted", date(2027, 4, 29), "expired"),
        ("better", date(2026, 3, 1), "evidenced"), ("in_plan", date(2027, 4, 28), "weak"),
        ("in_plan", date(2027, 4, 29), "expired"), ("open", date(2026, 3, 1), "cannot_tell"),
        ("not_taken", date(2026, 3, 1), "none"), ("no_better", date(2028, 3, 1), "none"),
    ],
)  # fmt: skip
def test_how_much_a_finding_shows(state, day, shows):
    assert evidence_state(state, ENDED, day, 12) == shows


def test_the_state_as_it_was_known():
    first, second = (datetime(2026, 3, day, tzinfo=UTC) for day in (1, 9))
    moves = [SimpleNamespace(before=before, after=after, recorded_at=at)
             for before, after, at in (("open", "in_plan", first), ("in_plan", "better", second))]  # fmt: skip
    known = [state_at(moves, "better", datetime(2026, 3, day, tzinfo=UTC)) for day in (1, 8, 9)]
    assert known == ["in_plan", "in_plan", "better"]
    assert state_at(moves, "better", datetime(2026, 2, 1, tzinfo=UTC)) == "open"
    assert state_at([], "open", first) == "open"
