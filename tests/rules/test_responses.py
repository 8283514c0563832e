"""What a paragraph of a response may say with which evidence, which numbers leave, how versions differ."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from lodestar.oversight.requirements.evidence import CANNOT_TELL, EVIDENCED, EXPIRED, NONE, STATES, WEAK, Evidence
from lodestar.oversight.requirements.rules.small_numbers import hidden_words, small_numbers
from lodestar.oversight.responses.rules import documents, paragraphs
from lodestar.platform.documents.description import Bullets, restored, stored, texts

AT = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "states", "mark"),
    [
        ("fact", [], "no_evidence"), ("assurance", [], "no_evidence"), ("fact", [NONE], "cannot_tell"),
        ("fact", [CANNOT_TELL, NONE], "cannot_tell"), ("fact", [WEAK, CANNOT_TELL], "weak"), ("fact", [EXPIRED, WEAK], "expired"),
        ("fact", [EVIDENCED, CANNOT_TELL], ""), ("assurance", [EVIDENCED], ""), ("gap", [], ""), ("action", [NONE], ""),
        ("no_action", [], ""),
    ],
)  # fmt: skip
def test_a_claim_is_marked_by_its_evidence(kind, states, mark):
    assert paragraphs.mark_of(kind, states) == mark


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        (("assurance", "force", "We do", "", False, ["measure"], [CANNOT_TELL]), "cannot_tell"),
        (("assurance", "force", "We do", "", False, ["measure"] * 2, [NONE, CANNOT_TELL]), "cannot_tell"),
        (("assurance", "body", "We do", "", False, ["measure"], [NONE]), "cannot_tell"),
        (("assurance", "force", "We do", "", False, ["measure"], [WEAK]), ""),
        (("assurance", "force", "We do", "", False, [], []), ""),  # marked, and not refused
        (("fact", "force", "We do", "", False, ["measure"], [CANNOT_TELL]), ""),
        (("fact", "force", "", "", False, ["measure"], [EVIDENCED]), ""),  # its evidence says it
        (("fact", "force", "", "", False, [], []), "words"),
        (("assurance", "force", "", "", False, ["measure"], [EVIDENCED]), "words"),
        (("no_action", "force", "", "", False, ["measure"], [EVIDENCED]), "words"),
        (("action", "force", "Train all", "", True, ["plan_item"], [EVIDENCED]), "action"),
        (("action", "force", "Train all", "Training lead", False, ["plan_item"], [EVIDENCED]), "action"),
        (("action", "force", "Train all", "Training lead", True, ["measure"], [EVIDENCED]), "plan_item"),
        (("action", "force", "Train all", "Training lead", True, ["plan_item"], [NONE]), ""),
        (("action", "body", "Pay for it", "Head of commissioning", True, [], []), ""),
    ],
)
def test_what_cannot_be_written(given, refusal):
    assert paragraphs.refusal_of(*given) == refusal


def test_nothing_is_suggested_as_assurance():
    assert {state: paragraphs.suggested_kind(evidence(state=state)) for state in STATES} == {
        NONE: "gap", CANNOT_TELL: "gap", WEAK: "fact", EXPIRED: "fact", EVIDENCED: "fact"
    }  # fmt: skip
    planned = [replace(evidence(state=state), kind="plan_item") for state in (WEAK, EVIDENCED)]
    assert [paragraphs.suggested_kind(each) for each in planned] == ["gap", "fact"], "what is not done yet is no fact"


def test_what_is_weak_is_marked_and_what_a_review_found_is_not_called_missing():
    item, kept = replace(evidence("Amber", (), WEAK), kind="plan_item"), replace(evidence("x", (), NONE), kind="peer_finding")
    assert [" (weak)" in paragraphs.sentence(item, "[E1]", kind) for kind in ("fact", "assurance", "action")] == [
        True, True, False,
    ]  # fmt: skip
    assert paragraphs.sentence(kept, "[E1]") == "[E1] In time: x"
    assert "Nothing is recorded" in paragraphs.sentence(evidence("x", (), NONE), "[E1]")


def test_an_action_with_another_day_than_its_plan_item():
    due, later = date(2027, 4, 30), date(2027, 5, 1)
    item = replace(evidence(due_on=due), kind="plan_item")
    assert [paragraphs.other_day("action", day, [evidence(), item]) for day in (due, later, None)] == [None, due, None]
    assert paragraphs.other_day("fact", later, [item]) is None


@pytest.mark.parametrize(
    ("kinds", "marks", "answers", "progress"),
    [
        ([], [], True, "empty"), (["fact"], [""], True, "drafted"), (["fact", "action"], ["weak", ""], True, "marked"),
        (["fact", "action"], ["", ""], True, "ready"), (["no_action"], [""], True, "ready"), (["fact"], [""], False, "ready"),
    ],
)  # fmt: skip
def test_how_far_a_recommendation_is(kinds, marks, answers, progress):
    assert paragraphs.progress_of(kinds, marks, answers=answers) == progress


def evidence(words="36 of 40, 90% (77 to 96%), 1 July 2025 to 30 June 2026", numbers=(36.0, 40.0), state=EVIDENCED, **more):
    return Evidence("measure", "x", "In time", words, state, "measure:x 2025-07-01 2026-06-30 as at", numbers=numbers, **more)


def test_numbers_that_no_evidence_says():
    assert paragraphs.unsupported("Of 40 people 36 were seen, 1,200 calls and 3.5 days", [evidence()]) == ["1,200", "3.5"]
    assert paragraphs.unsupported("All 1,040", [evidence("1040 calls", (1040,))]) == []
    assert paragraphs.unsupported("50 came", []) == ["50"]
    named = "A PIP2 detective looked at section 45(1) of the Modern Slavery Act 2015 in 12 cases"
    assert paragraphs.unsupported(named, []) == ["12"]


@pytest.mark.parametrize(
    ("words", "numbers", "left"),
    [
        ("4, 1 July 2025 to 30 June 2026", (4,), "Fewer than 5, 1 July 2025 to 30 June 2026"),
        ("5, 1 July 2025 to 30 June 2026", (5,), "5, 1 July 2025 to 30 June 2026"),
        ("0, 1 July 2025", (0,), "0, 1 July 2025"),
        ("2 of 40, 5% (1 to 17%), 1 July 2025", (2, 40), "Fewer than 5 of 40 (share not shown), 1 July 2025"),
        ("38 of 40, 95% (84 to 99%)", (38, 40), "All but fewer than 5 of 40 (share not shown)"),
        ("36 of 42, 86% (72 to 93%)", (36, 42), "36 of 42, 86% (72 to 93%)"),
        ("0 of 40, 0% (0 to 9%)", (0, 40), "0 of 40, 0% (0 to 9%)"),
        ("Too few to say (3 of 4)", (3, 4), "Too few to say (fewer than 5)"),
        ("Met in 12 of 12 cases judged", (12, 12), "Met in 12 of 12 cases judged"),
        ("20 of 37 that can be told, 54% (38 to 69%); cannot tell in 3 of 40", (20, 40, 3),
         "20 of (number not shown) that can be told (share not shown); cannot tell in fewer than 5 of 40"),
        ("0 of 10 that can be told, 0% (0 to 28%); cannot tell in 16 of 26", (0, 26, 16),
         "0 of 10 that can be told, 0% (0 to 28%); cannot tell in 16 of 26"),
        ("Too few to say (0 of 2 that can be told); cannot tell in 38 of 40", (0, 40, 38),
         "Too few to say (fewer than 5 that can be told); cannot tell in all but fewer than 5 of 40"),
        ("28 of 40 people; 27 checks passed", (28, 40, 27), "28 of 40 people; 27 checks passed"),
        ("30.5 hours (median of 3)", (30.5, 3), "30.5 hours (median of fewer than 5)"),
    ],
)  # fmt: skip
def test_small_numbers_do_not_leave(words, numbers, left):
    assert hidden_words(words, small_numbers("measure", words, numbers)) == left


def test_a_plan_item_has_no_count_of_people():
    assert small_numbers("plan_item", "Item 3, due in 2 days", (3, 2)) == frozenset()


def test_two_versions_word_by_word():
    runs = paragraphs.differences("We train all officers now", "We train most officers now")
    assert runs == [("same", "We train"), ("out", "all"), ("in", "most"), ("same", "officers now")]
    assert paragraphs.differences("", "New words") == [("in", "New words")]


def content(**more):
    rows = [evidence(), evidence("Cannot tell", (), CANNOT_TELL)]
    of = {"line": "1", "recommendation": "a", "side": "force", "role": "", "due_on": "", "own": []}
    return {
        "report": {"title": "The hidden victims", "body": "HMICFRS", "published_on": "2021-05-26", "last_day": "2021-07-20"},
        "period": ["2025-07-01", "2026-06-30"], "read_at": AT.isoformat(), "status": "Draft",
        "others": ["R1"],
        "recommendations": [
            {"id": "a", "number": "R4", "text": "Work together", "verified": True, "to": list(paragraphs.ADDRESSEES.values())}
        ],
        "paragraphs": [
            of | {"kind": "fact", "words": "Needs are met in time", "evidence": [1], "mark": ""},
            of | {"line": "2", "kind": "assurance", "words": "We are sure", "evidence": [2], "mark": "cannot_tell"},
        ],
        "evidence": [vars(row) | {"day": None} for row in rows],
    } | more  # fmt: skip


def test_each_side_answers_by_an_action_or_a_reason_for_none():
    one = content()
    assert paragraphs.lacking(one, "force") == ["R4"] == paragraphs.lacking(one, "body")
    action = one["paragraphs"][0] | {"line": "3", "kind": "no_action"}
    one["paragraphs"].append(action)
    assert paragraphs.lacking(one, "force") == ["R4"]  # the assurance rests on nothing
    del one["paragraphs"][1]
    assert (paragraphs.lacking(one, "force"), paragraphs.lacking(one, "body")) == ([], ["R4"])
    one["paragraphs"].append(action | {"side": "body"})
    assert paragraphs.lacking(one, "body") == []


def test_a_document_says_what_cannot_be_shown_and_comes_back_from_json():
    briefing = documents.briefing(content())
    said = next(block for block in briefing.blocks if isinstance(block, Bullets)).items
    assert any("[E2]" in line for line in said)
    assert any("We are sure" in line and "The records cannot tell" in line for line in said)
    assert restored(stored(briefing)) == briefing


def test_the_briefing_says_what_a_state_means_and_how_late_it_is():
    late = list(texts(documents.briefing(content())))
    assert any("were to be published by 20 July 2021; this is 1930 days later" in text for text in late)
    in_time = texts(documents.briefing(content(read_at="2021-07-20T09:00:00+00:00")))
    assert any("are published by 20 July 2021 at the latest" in text for text in in_time)
    assert any("It shows that something is counted, not that it is good" in text for text in late)


def test_a_correction_comes_before_and_changes_nothing():
    annex = documents.annex(content())
    assert documents.corrected(annex, []) == annex
    assert documents.corrected(annex, [(AT, "R4", "In July")]).blocks[2:] == annex.blocks


def test_what_changed_between_versions():
    before, after = content(), content()
    after["paragraphs"][0] |= {"words": "Needs are met late"}
    del after["paragraphs"][1]
    changes = documents.compared(before, after)
    assert [heading for heading, _ in changes] == ["Recommendation R4"] * 2
    assert ("in", "late") in changes[0][1]
    assert not documents.compared(before, content())
    assert date.fromisoformat(before["report"]["last_day"]) == date(2021, 7, 20)
