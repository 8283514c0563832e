"""Continuity of exhibits, officers counted, lines that a plan considers and when they are looked at again."""

from datetime import UTC, date, datetime

import pytest

from lodestar.casework.enquiries.rules import LINE, LINES, UNUSED, next_look, not_considered
from lodestar.casework.evidence.rules import breaks, count_officers


def at(hour):
    return datetime(2026, 3, 3, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("found", "spans", "expected"),
    [
        (8, [(8, 10), (10, None)], []),
        (8, [(9, 10), (10, None)], [("gap", 0, 8, 9)]),
        (None, [(9, 10), (11, None)], [("gap", 1, 10, 11)]),
        (8, [(8, 12), (10, None)], [("overlap", 1, 10, 12)]),
        (8, [(8, 16), (10, 11), (16, None)], [("overlap", 1, 10, 11)]),
        (8, [(8, None), (10, None)], []),
        (8, [(8, 12), (9, None), (10, None)], [("overlap", 1, 9, 12), ("overlap", 2, 10, 12)]),
        (8, [], []),
    ],
)
def test_gaps_and_overlaps_are_seen(found, spans, expected):
    when = [(at(first), at(last) if last else None) for first, last in spans]
    faults = breaks(at(found) if found else None, when)
    assert [(kind, before, first.hour, last.hour) for kind, before, first, last in faults] == expected


def test_an_officer_is_counted_once_and_nobody_for_what_is_not_known():
    assert count_officers(["DC Marsh", "dc  marsh", "4471", ""]) == 2


def test_what_a_plan_must_consider():
    day, must = date(2026, 3, 3), {code for code, row in LINES.items() if row.get("must")}
    assert {"financial", "digital", "premises", "travel", "victim_strategy", "suspect_strategy", "evidence_led"} <= must
    assert set(not_considered([], day)) == must
    assert not_considered(must - {"financial"}, day) == ["financial"]
    assert not_considered(must, day) == []


def test_a_line_is_looked_at_again_while_it_is_pursued():
    assert next_look("open", at(9)).date() == date(2026, 3, 31)
    assert [next_look(state, at(9)) for state in LINE.closed] == [None, None]
    assert LINE.allows("open", "not_pursued", "harm")
    assert not LINE.allows("open", "not_pursued", "")
    assert UNUSED.allows("no", "yes", "")
    assert not UNUSED.allows("yes", "not_reviewed", "")
