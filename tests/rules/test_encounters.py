"""Whole encounters: the eight samples and our own, each against an answer worked out from the papers and not from the
code."""

from typing import Any

from lodestar.assess.rules import answer
from lodestar.cases.rules import SHIPPED
from lodestar.kernel.encounter_form import read_encounter
from tests.offenders import each
from tests.rules.meeting import codes
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
