"""Who can take a case, in which order and why: the rules of ranking, and `./lodestar allocation try`."""

import io
import json
import random
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from lodestar.casework.allocation.rules.ranking import circumstances, due_of
from lodestar.casework.allocation.rules.trial import try_allocation
from lodestar.platform.obligations.encounter_form import read_encounter
from lodestar.platform.obligations.encounter_reading import reading
from lodestar.platform.obligations.form_values import FormErrors
from lodestar.platform.obligations.settings import SHIPPED, SettingRow, Settings
from tests.offenders import each

MET = "2026-03-28T23:40:00+00:00"  # the clocks change in the night after
ADULT = {"id": "a", "belief": "reasonable_grounds", "birth": {"age_min": 30, "age_max": 40, "basis": "stated"}}
CHILD = {**ADULT, "birth": {"age_min": 14, "age_max": 15, "basis": "stated"}}


def one(name: str = "A", *skills: Any, **more: Any) -> dict[str, Any]:
    known = {"languages": [], "open_cases": 0, "on_leave": False, "conflict": False}
    return {"name": name, "skills": list(skills) or ["pip2"], **known, **more}


def asked(*investigators: Any, people: Any = (ADULT,), case: Any = None, languages: Any = (), met: str = MET) -> dict[str, Any]:
    encounter = {"encountered_at": met, "people": list(people), "case": case}
    return {"encounter": encounter, "languages": list(languages), "investigators": list(investigators)}


def ranked(*investigators: Any, settings: Any = SHIPPED, **facts: Any) -> list[dict[str, Any]]:
    answer = try_allocation(asked(*investigators, **facts), settings)["ranked"]
    assert all(each["why"] and all(each["why"]) for each in answer)
    return answer


def names(*investigators: Any, **facts: Any) -> str:
    return "".join(each["name"] for each in ranked(*investigators, **facts))


@each(
    ("people", "case", "due"),
    [
        ([ADULT], None, "2026-03-30T00:40:00+01:00"),
        ([CHILD], None, "2026-03-29T04:40:00+01:00"),
        ([{**ADULT, "place": "custody"}], None, "2026-03-29T04:40:00+01:00"),
        ([{**ADULT, "exploitation": [{"still_in_situation": True}]}], None, "2026-03-29T04:40:00+01:00"),
        ([{**CHILD, "belief": "none", "roles": ["suspect"]}, {**ADULT, "id": "b"}], None, "2026-03-30T00:40:00+01:00"),
        ([{**ADULT, "belief": "none"}], {"organised_group": True}, None),
        ([], None, None),
    ],
)
def test_when_an_owner_is_due(people: Any, case: Any, due: str | None) -> None:
    answer = try_allocation(asked(people=people, case=case), SHIPPED)
    assert answer == {"due": due, "ranked": []}


def test_a_skill_is_held_on_its_last_day_in_london_and_a_trainee_alone_meets_nothing() -> None:
    last = {"code": "pip2", "to": "2026-03-28"}
    (held,) = ranked(one("A", last))
    assert (held["can"], held["meets"]["pip2"], held["meets"]["detective_trained"]) == (True, True, True)
    (ended,) = ranked(one("A", last, "trainee_detective"), met="2026-03-29T00:00:00+00:00")
    assert (ended["can"], ended["meets"]["pip2"], ended["meets"]["detective_trained"]) == (False, False, False)
    assert "28 March 2026" in " ".join(ended["why"])
    (again,) = ranked(one("A", last, {"code": "pip2", "to": None}), met="2026-03-29T00:00:00+00:00")
    assert again["can"], "one of two is still held"
    (early,) = ranked(one("A", "pip2"), met="2019-01-01T00:00:00+00:00")
    assert early["meets"]["detective_trained"], "before the force's policy began PIP2 is enough"


def test_leave_conflict_and_skill_bar_and_the_rest_orders() -> None:
    everybody = [
        one("A", "pip2", open_cases=9), one("B", "pip2", open_cases=2), one("C", "pip2", "child", open_cases=9),
        one("D", "pip3", open_cases=40), one("E", on_leave=True), one("F", conflict=True), one("G", "pip1"), one("B", "pip2"),
    ]  # fmt: skip
    assert names(*everybody) == "BBACDEFG"
    assert names(*everybody, people=[CHILD])[:2] == "CB"
    assert names(*everybody, case={"organised_group": True})[:2] == "DB", "PIP3 first of those who can, whatever they have"
    assert [each["name"] for each in ranked(*everybody) if not each["can"]] == ["E", "F", "G"]
    answer = ranked(*everybody, people=[CHILD])
    for _ in range(5):
        random.shuffle(everybody)
        assert ranked(*everybody, people=[CHILD]) == answer, "the order of the input does not matter"
    assert "40 open cases, caseload 80 of 24." in next(each for each in answer if each["name"] == "D")["why"]


def with_values(settings: Settings, values: dict[str, str | int]) -> Settings:
    """The same settings with other values in place of what holds."""
    return Settings("tried", (*settings.rows, *(SettingRow(key, value) for key, value in values.items())))


def test_a_language_is_preferred_and_required_only_when_the_policy_says_so() -> None:
    two = [one("A"), one("B", languages=["ro"], open_cases=9), one("C", languages=["ro", "vi"], open_cases=20)]
    assert names(*two, languages=["ro", "vi"]) == "CBA"
    assert [each["meets"]["language"] for each in ranked(*two, languages=["ro", "vi"])] == [True, False, False]
    assert all(each["can"] and each["meets"]["language"] is False for each in ranked(*two, languages=["mt"]))
    strict = with_values(SHIPPED, {"allocation_language": "required", "allocation_child_skill": "required"})
    assert [each["can"] for each in ranked(*two, languages=["ro"], settings=strict)] == [True, True, False]
    assert not any(each["can"] for each in ranked(*two, people=[CHILD], settings=strict))
    (unknown,) = ranked({"name": "N"})
    assert (unknown["can"], len(unknown["why"])) == (False, 4), "what is not known is said"


def test_bad_input_is_refused_with_its_place(tmp_path: Any) -> None:
    bad = asked(one("", "pip9", {"code": "pip2", "to": "2026-02-30"}, 3, open_cases=True, on_leave="no", team=1), 7)
    bad["languages"], bad["encounter"]["people"] = ["rom"], [{**ADULT, "belief": "perhaps"}]
    with pytest.raises(FormErrors) as refused:
        try_allocation(bad, SHIPPED)
    first = "investigators[0]"
    assert {error["path"] for error in refused.value.errors} == {
        "encounter.people[0].belief", "languages[0]", f"{first}.name", f"{first}.skills[0]", f"{first}.skills[1].to",
        f"{first}.skills[2]", f"{first}.open_cases", f"{first}.on_leave", f"{first}.team", "investigators[1]",
    }  # fmt: skip
    for content, place in (
        (b"[", "is not JSON"),
        (b"[]", "the file"),
        (b'{"investigators": []}', "encounter"),
        (b"{}", "investig"),
    ):
        (tmp_path / "bad.json").write_bytes(content)
        with pytest.raises(CommandError, match=place) as error:
            call_command("allocation_try", str(tmp_path / "bad.json"))
        assert error.value.returncode == 2
    (tmp_path / "good.json").write_text(json.dumps(asked(one())))
    call_command("allocation_try", str(tmp_path / "good.json"), stdout=(out := io.StringIO()))
    assert json.loads(out.getvalue()) == try_allocation(asked(one()), SHIPPED)


def test_solvability_neither_screens_out_nor_moves_a_case() -> None:
    """Witnesses, suspects, seized things and lost contact say how well a case can be solved: they change no hours, no place."""
    plain = reading(read_encounter(asked()["encounter"]), SHIPPED)
    hard = {**ADULT, "contact_lost": True, "consent": {"nrm": False}, "seized": [], "british": False}
    easy = {**ADULT, "seized": ["phone", "cash"], "helpers": ["interpreter"]}
    for people in ([hard], [easy], [easy, {"id": "w", "roles": ["witness"]}, {"id": "s", "roles": ["suspect", "exploiter"]}]):
        read = reading(read_encounter(asked(people=people)["encounter"]), SHIPPED)
        assert (due_of(read), circumstances(read)) == (due_of(plain), circumstances(plain))
        assert (due_of(read), circumstances(read)) == (read.encounter.encountered_at + timedelta(hours=24), ())
    assert not [row.key for row in SHIPPED.rows if "solv" in row.key]


def test_circumstances_come_first_in_the_queue_as_the_policy_says() -> None:
    group = reading(read_encounter(asked(case={"organised_group": True, "links_abroad": True})["encounter"]), SHIPPED)
    assert circumstances(group) == ("organised_group", "cross_border")
    in_turn = with_values(SHIPPED, {"allocation_organised_group": "in_turn"})
    assert circumstances(reading(group.encounter, in_turn)) == ("cross_border",)
    assert in_turn.on(date(2026, 3, 28))["allocation_hours"] == 24
