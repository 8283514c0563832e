"""Encounters come through the form unchanged, each line is answered, and every rule has its page."""

import json
import re
from typing import Any

from lodestar.exchange.assess.presenters.rule_pages import ROOT, RULE_PAGES, page_numbers, rule_functions, rule_page, rule_pages
from lodestar.exchange.assess.rules import answer, answer_to, assess_lines
from lodestar.platform.obligations.encounter_form import read_encounter
from lodestar.platform.obligations.obligation_words import due_in_words
from lodestar.platform.obligations.obligations import obligation_rows
from lodestar.platform.obligations.settings import SHIPPED
from tests.offenders import each
from tests.rules.meeting import act, child, codes, met, someone
from tests.rules.own_encounters import samples, told


@each(("form", "expected"), samples(), ids=lambda one: one.get("reference"))
def test_a_sample_encounter_has_the_answer_of_the_file(form: dict[str, Any], expected: dict[str, Any]) -> None:
    found, wanted = answer(read_encounter(form), SHIPPED), expected["expect"]
    assert expected["reference"] == found["reference"]
    for person, want in zip(found["people"], wanted["people"], strict=True):
        assert person["id"] == want["id"]
        assert person["treat_as"] == want["treat_as"]
        assert person["route"]["code"] in want["route"]
        assert set(want["obligations_include"]) <= codes(person["obligations"])
        for row, wanted_row in zip(person["section45"], want["section45"], strict=True):
            assert (row["act"], row["section"]) == (wanted_row["act"], wanted_row["section"])
            assert row["test"] in wanted_row["test"]
            assert row["schedule4"]["excluded"] == wanted_row["excluded"]
            assert row["in_force"] == wanted_row["in_force"]
    assert set(wanted["tasking_levels_include"]) <= {one["level"] for one in found["case"]["tasking"]}
    assert found["case"]["allocate_to"] == wanted["allocate_to"]
    assert set(wanted["case_obligations_include"]) <= codes(found["case"]["obligations"])


@each("one", told(), ids=lambda one: f"{one['encounter']['reference']} {one['note']}")
def test_our_own_encounter_has_its_answer(one: dict[str, Any]) -> None:
    found, wanted = answer(read_encounter(one["encounter"]), SHIPPED), one["expect"]
    for person, want in zip(found["people"], wanted["people"], strict=True):
        _is_as_wanted(person, want)
    assert [level["level"] for level in found["case"]["tasking"]] == wanted["tasking_levels"]
    assert found["case"]["allocate_to"] == wanted["allocate_to"]
    owed = codes(found["case"]["obligations"])
    assert set(wanted["case_include"]) <= owed
    assert not set(wanted["case_exclude"]) & owed


def _is_as_wanted(person: dict[str, Any], want: dict[str, Any]) -> None:
    assert person["id"] == want["id"]
    assert person["treat_as"] == want["treat_as"]
    assert person["route"]["code"] == want["route"]
    assert want.get("route_why_includes", "") in " ".join(person["route"]["why"])
    owed = codes(person["obligations"])
    assert set(want["include"]) <= owed
    assert not set(want["exclude"]) & owed
    rows = [
        {
            "act": row["act"],
            "section": row["section"],
            "consider": row["consider"],
            "test": row["test"],
            "excluded": row["schedule4"]["excluded"],
            "in_force": row["in_force"],
        }
        for row in person["section45"]
    ]
    assert rows == want["section45"]
    due = {one["code"]: one["due"] for one in person["obligations"]}
    assert {code: due.get(code) for code in want.get("due", {})} == want.get("due", {})


def lines(given: str | bytes) -> list[dict[str, Any]]:
    return list(assess_lines(given.encode() if isinstance(given, str) else given, SHIPPED))


def test_a_whole_value_over_many_lines_is_one_encounter() -> None:
    form = met(someone(), reference="A1")
    assert lines(json.dumps(form, indent=2)) == [answer_to(form, SHIPPED)]
    assert lines("\ufeff" + json.dumps(form))[0]["reference"] == "A1"


def test_one_a_line_in_order_and_the_bad_ones_tell_their_faults() -> None:
    good = json.dumps(met(someone(), reference="A1"))
    bad = json.dumps({"reference": "A2", "encountered_at": "2026-03-02T10:00", "force": "fenmach"})
    found = lines(f"{good}\n\n{bad}\nno json\n[1]\n{good}\r\n")
    assert [one["reference"] for one in found] == ["A1", "A2", None, None, "A1"]
    assert [one["path"] for one in found[1]["errors"]] == ["encountered_at", "force"]
    assert "is not JSON" in found[2]["errors"][0]["message"]
    assert found[3]["errors"] == [{"path": "", "message": "must be an object"}]


@each(
    ("line", "word"),
    [
        ("{", "is not JSON"),
        ('{"encountered_at": NaN}', "NaN"),
        ('{"people": [], "people": []}', "twice"),
        ("[" * 100_000, "is not JSON"),
        (b"\xff\xfe{}", "is not JSON"),
        ("1" * 5_000, "is not JSON"),
    ],
)
def test_what_is_no_json_is_a_fault_and_never_a_crash(line: str | bytes, word: str) -> None:
    (found,) = lines(line)
    assert word in found["errors"][0]["message"]


@each("value", [[], "text", 5, None, {"reference": 7}, {"reference": {"a": 1}}])
def test_a_value_that_is_no_encounter_is_answered_with_its_faults(value: object) -> None:
    found = answer_to(value, SHIPPED)
    assert found["reference"] is None
    assert found["errors"]


def test_what_is_owed_first_stands_first() -> None:
    order = ["now", "this_tour", "next_working_day", "later"]
    owed = answer_to(met(child(place="custody", suspected_of=[act()], needs=["medical"])), SHIPPED)["people"][0]["obligations"]
    whens = [one["when"] for one in owed]
    assert set(whens) == set(order)
    assert whens == sorted(whens, key=order.index)


def test_nothing_given_is_nothing_answered() -> None:
    assert lines("") == lines("\n \n") == []


def test_any_text_is_echoed_and_writable() -> None:
    for reference in ("Ж", "\ud800", "x" * 10_000, "\u2028"):
        found = answer_to(met(someone(), reference=reference), SHIPPED)
        assert found["reference"] == reference
        assert json.loads(json.dumps(found))["reference"] == reference


PAGES = {path.name: path.read_text(encoding="utf-8") for path in sorted(RULE_PAGES.glob("*.md"))}
_PATH = re.compile(r"`((?:src|tests|docs)/[\w./-]+)`")


def test_every_obligation_has_a_page_and_every_number_is_given_once() -> None:
    numbers = page_numbers(RULE_PAGES)
    assert set(obligation_rows()) <= set(numbers)
    assert len(set(numbers.values())) == len(numbers) == len(PAGES)


@each("code", sorted(obligation_rows()))
def test_the_page_says_what_the_list_and_the_rule_say(code: str) -> None:
    page = PAGES[f"{page_numbers(RULE_PAGES)[code]:03}-{code}.md"]
    for row in obligation_rows()[code]:
        assert row.sentence in page
        assert due_in_words(row.due) in page
        assert "; ".join(row.authority) in page
    rule = rule_functions()[code]
    assert f"`{code}` in `{rule.path}`" in page


@each("name", sorted(PAGES))
def test_a_page_goes_from_source_to_rule_to_screen_to_test_and_names_what_is_there(name: str) -> None:
    page = PAGES[name]
    heads = [line for line in page.splitlines() if line.startswith("## ")]
    assert heads == ["## Source", "## Rule", "## Screen", "## Test"]
    for path in _PATH.findall(page):
        assert (ROOT / path).exists(), path
    assert any(path.startswith("tests/") for path in _PATH.findall(page.partition("## Test")[2]))


def test_every_file_of_rules_is_named_by_a_page() -> None:
    named = {path for page in PAGES.values() for path in _PATH.findall(page)}
    files = {rule.path for rule in rule_functions().values()}
    assert files - named == {"src/lodestar/casework/section45/rules/__init__.py"} & files


def test_a_new_code_gets_the_next_number_and_an_old_one_keeps_its_own() -> None:
    before = page_numbers(RULE_PAGES)
    assert {name: int(name[:3]) for name in rule_pages(RULE_PAGES)} == {
        f"{before[code]:03}-{code}.md": before[code] for code in obligation_rows()
    }


def test_policy_is_not_dressed_as_law() -> None:
    page = rule_page("reach_nrm_or_dtn", obligation_rows()["reach_nrm_or_dtn"])
    assert "Policy, not law" in page
    assert "The clock is force policy." in page
    assert "not confirmed" in page
