"""The status of an item of the plan, and how much evidence shows, on each side of every limit."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from lodestar.oversight.deep_dives.rules.questions import questions_on
from lodestar.oversight.measures.rules.values import FEW, measures_on
from lodestar.oversight.plan.rules import Facts, Step, evidence_state, is_reached, is_worse, misses_target, rag_of
from lodestar.oversight.requirements import rules
from lodestar.platform.design.words import full_sentence
from lodestar.platform.obligations.obligations import obligation_rows

DUE = date(2026, 6, 30)
DAY = timedelta(days=1)
ITEM = Facts("under_way", date(2026, 1, 1), DUE, DUE)
LATER = replace(ITEM, due_on=DUE + DAY)
MEASURED = replace(ITEM, has_measure=True, baseline=40, target=80, direction="up")


@pytest.mark.parametrize(
    ("facts", "day", "code"),
    [
        (ITEM, DUE, "green"),
        (ITEM, DUE + DAY, "red"),
        (replace(ITEM, state="complete"), DUE + DAY, "complete"),
        (replace(ITEM, state="stopped"), DUE + DAY, "stopped"),
        (replace(ITEM, state="not_started"), date(2026, 1, 1), "not_started"),
        (replace(ITEM, state="not_started"), date(2026, 1, 2), "amber"),
        (replace(ITEM, state="not_started", starts_on=None), DUE, "not_started"),
        (replace(ITEM, state="not_started", starts_on=None), DUE + DAY, "red"),
        (replace(ITEM, steps=(Step(date(2026, 3, 1), None),)), date(2026, 3, 1), "green"),
        (replace(ITEM, steps=(Step(date(2026, 3, 1), None),)), date(2026, 3, 2), "amber"),
        (replace(ITEM, steps=(Step(date(2026, 3, 1), None),)), date(2026, 3, 15), "amber"),
        (replace(ITEM, steps=(Step(date(2026, 3, 1), None),)), date(2026, 3, 16), "red"),
        (replace(ITEM, steps=(Step(date(2026, 3, 1), date(2026, 5, 1)),)), date(2026, 5, 1), "green"),
        (replace(ITEM, steps=(Step(DUE, None),)), DUE - 29 * DAY, "green"),
        (replace(ITEM, steps=(Step(DUE, None),)), DUE - 28 * DAY, "amber"),
        (LATER, DUE, "amber"),
        (replace(ITEM, due_on=DUE - DAY), DUE - DAY, "green"),
        (replace(MEASURED, actual=60), DUE - 29 * DAY, "green"),
        (replace(MEASURED, actual=60), DUE - 28 * DAY, "amber"),
        (replace(MEASURED, actual=80), DUE, "green"),
        (replace(MEASURED, actual=39), date(2026, 2, 1), "amber"),
        (replace(MEASURED, actual=40), date(2026, 2, 1), "green"),
        (MEASURED, date(2026, 2, 1), "green"),
        (MEASURED, DUE, "amber"),  # it cannot be told
    ],
)
def test_the_status_of_an_item(facts, day, code):
    assert rag_of(facts, day).code == code
    assert rag_of(facts, day).why


def test_a_completed_item_says_where_its_target_was_missed():
    done = replace(MEASURED, state="complete", actual=60)
    assert {"60", "80."} <= set(rag_of(done, DUE).why.split())
    assert "The measure is 56% and its target 80%." in rag_of(replace(done, actual=55.9, unit="%"), DUE).why
    assert "60" not in rag_of(replace(done, actual=81), DUE).why
    assert [misses_target(replace(done, actual=actual)) for actual in (60, 80, None)] == [True, False, True]
    assert evidence_state("complete", is_missed=True) == "weak"
    assert full_sentence("It ends in March") == "It ends in March." == full_sentence("It ends in March. ")


def test_targets_from_above_and_from_below():
    assert [is_reached(40, 80, actual, "down") for actual in (79, 80)] == [False, True]  # the target says which way
    assert [is_reached(None, 80, actual, "down") for actual in (80, 81)] == [True, False]
    assert [is_worse(40, 20, actual) for actual in (39, 40, 41)] == [False, False, True]


def test_how_much_evidence_shows():
    measure, dive, day = rules.measure_state, rules.deep_dive_state, date(2026, 9, 30)
    states = [measure(n, is_count=False) for n in (0, 1, FEW - 1, FEW)]
    assert states == ["cannot_tell", "weak", "weak", "evidenced"]
    assert measure(1, is_count=True) == "evidenced"
    assert [dive(n, date(2025, 9, 30), day) for n in (0, 1)] == ["cannot_tell", "evidenced"]
    assert dive(1, date(2025, 9, 30), day + DAY) == "expired"
    assert [rules.training_state(*counts) for counts in ((0, 0, 0), (0, 1, 5), (1, 1, 0), (1, 0, 1))] == [
        "none", "expired", "weak", "evidenced",
    ]  # fmt: skip
    assert [rules.guidance_state(ends, day) for ends in (None, day, day - DAY)] == ["evidenced", "evidenced", "expired"]
    assert [rules.obligation_state(*counts) for counts in ((0, 0), (2, 0), (2, 1))] == ["cannot_tell", "weak", "evidenced"]
    assert [evidence_state(state, is_missed=False) for state in ("not_started", "under_way", "complete", "stopped")] == [
        "weak", "weak", "evidenced", "none",
    ]  # fmt: skip
    assert rules.best_state(()) == "none"
    assert rules.best_state(("weak", "none", "expired", "cannot_tell")) == "expired"


def test_every_listed_requirement_is_there_once_and_offers_what_there_is():
    entries, today = rules.ENTRIES, date(2026, 12, 1)
    keys = [(entry["standard"], entry["code"]) for entry in entries]
    assert len(keys) == len(set(keys))
    assert {entry["code"] for entry in entries if "letter" in entry} == {f"R2{letter}" for letter in "abcdefg"}
    assert {entry["code"] for entry in entries if entry["is_verified"]} == {*(f"R2{letter}" for letter in "abcdefg"), "R3", "R4"}
    assert sum(entry["standard"] == "stolen_freedom_2017" for entry in entries) == 11
    offered = {tuple(link.split(":")) for entry in entries for link in entry.get("links", ())}
    assert {key for kind, key in offered if kind == "measure"} <= set(measures_on(today))
    assert {key for kind, key in offered if kind == "obligation"} <= set(obligation_rows())
    questions = {question.code for question in questions_on(today).questions}
    assert {key for kind, key in offered if kind == "deep_dive"} <= questions
    assert {kind for kind, _ in offered} == {"measure", "obligation", "deep_dive"}
