"""What `assess` makes of what it is given: one value, or one a line, with every fault told and the others going on."""

import json
from typing import Any

from lodestar.assess.rules import answer_to, results
from lodestar.cases.rules import SHIPPED
from tests.offenders import each
from tests.rules.meeting import act, child, met, someone


def lines(given: str | bytes) -> list[dict[str, Any]]:
    return list(results(given.encode() if isinstance(given, str) else given, SHIPPED))


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
