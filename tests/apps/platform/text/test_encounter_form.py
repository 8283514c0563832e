"""The door to the facts: strict, with a path and words for every fault, and what goes in comes out."""

from typing import Any

import pytest

from lodestar.platform.obligations.encounter_form import encounter_form, read_encounter
from lodestar.platform.obligations.form_values import FormErrors
from tests.offenders import each

MET = {"encountered_at": "2026-03-02T23:40:00+00:00"}


def faults(value: object) -> dict[str, str]:
    """Path -> message of every fault in a value."""
    with pytest.raises(FormErrors) as found:
        read_encounter(value)
    return {fault["path"]: fault["message"] for fault in found.value.errors}


def of_person(**told: Any) -> dict[str, Any]:
    return {**MET, "people": [{"id": "p1", **told}]}


def test_what_is_missing_or_null_is_not_known() -> None:
    bare = read_encounter(of_person())
    nulls = read_encounter(
        of_person(roles=None, belief=None, birth=None, consent=None, exploitation=None, earlier_referral=None, alive=None)
    )
    assert bare == nulls
    assert bare.people[0].alive is None
    assert bare.people[0].roles == ()
    assert bare.force is bare.nation is bare.reference is None


def test_what_goes_in_comes_out_and_goes_in_again() -> None:
    told = {
        "reference": "Ж-1",
        "encountered_at": "2026-03-02T23:40:00+00:00",
        "force": "gwent",
        "nation": None,
        "people": [
            {
                "id": "p1", "roles": ["suspect"], "belief": "signs_only", "birth": {"date": "2009-09", "basis": "document"},
                "place": "custody", "contact_lost": "2026-03-02T20:00:00+00:00",
                "exploitation": [{"type": "criminal", "from": "2025-11", "in": ["uk"], "police_areas": ["btp"]}],
                "consent": {"capacity": "in_doubt"},
                "suspected_of": [
                    {"act": "common law", "title": "affray", "on": {"from": "2025", "to": "2026-01-02"}},
                    {"act": "Theft Act 1968", "section": "1", "on": "2026-01"},
                ],
                "earlier_referral": {"route": "dtn", "on": "2026-02", "same_events": False},
            }
        ],
        "case": {"deaths": 0, "police_areas": ["nca"]},
    }  # fmt: skip
    encounter = read_encounter(told)
    assert encounter.nation == "wales"
    written = encounter_form(encounter)
    assert read_encounter(written) == encounter
    assert written["people"][0]["suspected_of"][0]["on"] == {"from": "2025", "to": "2026-01-02"}
    assert written["people"][0]["suspected_of"][1]["on"] == "2026-01"
    assert written["people"][0]["exploitation"][0]["from"] == "2025-11"


@each("value", [None, [], "text", 3, True])
def test_a_value_that_is_no_object_is_one_fault(value: object) -> None:
    assert faults(value)[""] == "must be an object"


@each(
    ("instant", "word"),
    [
        (None, "required"),
        ("2026-03-02T23:40:00", "offset"),
        ("2026-03-02", "date and time"),
        ("2026-02-30T10:00:00Z", "calendar"),
        ("yesterday", "date and time"),
        (1772494800, "date and time"),
        ("1700-01-01T00:00:00Z", "year"),
    ],
)
def test_encountered_at_needs_a_day_a_time_and_an_offset(instant: object, word: str) -> None:
    assert word in faults({"encountered_at": instant})["encountered_at"]


@each("instant", ["2026-03-02T23:40Z", "2026-03-02T23:40:00.5+00:00", "2026-03-02 23:40:00+0100"])
def test_other_ways_to_write_an_instant_are_read(instant: str) -> None:
    assert read_encounter({"encountered_at": instant}).encountered_at.tzinfo is not None


@each(
    ("told", "path", "word"),
    [
        ({"age": 3}, "people[0].age", "not a key"),
        ({"beleif": "none"}, "people[0].beleif", "near it: belief"),
        ({"belief": "maybe"}, "people[0].belief", "must be one of"),
        ({"roles": "suspect"}, "people[0].roles", "must be a list"),
        ({"roles": ["suspect", "victim"]}, "people[0].roles[1]", "possible_victim"),
        ({"birth": {"age_min": 17, "age_max": 16}}, "people[0].birth.age_min", "must not exceed age_max"),
        ({"birth": {"age_min": -1}}, "people[0].birth.age_min", "whole number"),
        ({"birth": {"age_min": 16.5}}, "people[0].birth.age_min", "whole number"),
        ({"birth": {"age_min": True}}, "people[0].birth.age_min", "whole number"),
        ({"birth": {"date": "03/11/2009"}}, "people[0].birth.date", "2025-11-03"),
        ({"birth": {"date": 2009}}, "people[0].birth.date", "as text"),
        ({"birth": {"date": "2026-03-03"}}, "people[0].birth.date", "after encountered_at"),
        ({"birth": {"basis": "guess"}}, "people[0].birth.basis", "must be one of"),
        ({"birth": []}, "people[0].birth", "must be an object"),
        ({"alive": 1}, "people[0].alive", "true, false or null"),
        ({"alive": "yes"}, "people[0].alive", "true, false or null"),
        ({"contact_lost": "2026-03-02T10:00"}, "people[0].contact_lost", "offset"),
        ({"contact_lost": 5}, "people[0].contact_lost", "true, false, null"),
        ({"consent": {"capacity": "maybe"}}, "people[0].consent.capacity", "true, false, in_doubt"),
        ({"consent": {"capacity": 1}}, "people[0].consent.capacity", "must be one of"),
        ({"consent": {"nrm": "yes"}}, "people[0].consent.nrm", "true, false or null"),
        ({"exploitation": [{"type": "slavery"}]}, "people[0].exploitation[0].type", "must be one of"),
        ({"exploitation": [{"in": ["france"]}]}, "people[0].exploitation[0].in[0]", "must be one of"),
        ({"exploitation": [{"from": "2026-02", "to": "2026-01"}]}, "people[0].exploitation[0].from", "after to"),
        ({"exploitation": [None]}, "people[0].exploitation[0]", "must be an object"),
        (
            {"exploitation": [{"police_areas": ["fenmach"]}]}, "people[0].exploitation[0].police_areas[0]", "fenmarch",
        ),
        ({"earlier_referral": {"route": "ms1"}}, "people[0].earlier_referral.route", "nrm, dtn"),
        ({"earlier_referral": {"decision": "positive"}}, "people[0].earlier_referral.decision", "rg_positive"),
        ({"suspected_of": [{"on": 2026}]}, "people[0].suspected_of[0].on", "from"),
        ({"suspected_of": [{"on": {"begin": "2026"}}]}, "people[0].suspected_of[0].on.begin", "not a key"),
        (
            {"suspected_of": [{"on": {"from": "2026-02", "to": "2026-01-31"}}]}, "people[0].suspected_of[0].on.from",
            "after to",
        ),
        ({"suspected_of": [{"stage": "arrested"}]}, "people[0].suspected_of[0].stage", "near it: arrest"),
        ({"suspected_of": [{"where": "england"}]}, "people[0].suspected_of[0].where", "england_wales"),
        ({"suspected_of": [{"section": 5}]}, "people[0].suspected_of[0].section", "text"),
        (
            {"suspected_of": [{"age_then_min": 9, "age_then_max": 8}]}, "people[0].suspected_of[0].age_then_min",
            "must not exceed age_then_max",
        ),
        ({"force": "fenmach"}, "force", "fenmarch"),
        ({"force": "Fenmarch Police"}, "force", "fenmarch"),
        ({"force": 7}, "force", "known slug"),
        ({"force": "zzz"}, "force", "near it: "),
        ({"nation": "uk"}, "nation", "must be one of"),
        ({"people": {}}, "people", "must be a list"),
        ({"people": [{}]}, "people[0].id", "required"),
        ({"people": [{"id": ""}]}, "people[0].id", "required"),
        ({"people": [{"id": "a"}, {"id": "a"}]}, "people[1].id", "another person"),
        ({"case": {"deaths": -1}}, "case.deaths", "whole number"),
        ({"case": {"area": []}}, "case.area", "police_areas"),
        ({"reference": 5}, "reference", "text"),
        ({"met": 1}, "met", "not a key"),
    ],
)  # fmt: skip
def test_each_fault_has_its_path_and_says_what_would_do(told: dict[str, Any], path: str, word: str) -> None:
    found = faults(of_person(**told) if path.startswith("people[0].") and "people" not in told else {**MET, **told})
    assert list(found) == [path]
    assert word in found[path]


def test_all_faults_are_told_together() -> None:
    found = faults({"encountered_at": "now", "force": "x", "people": [{"id": "a", "belief": 1, "birth": {"age_min": "2"}}]})
    assert set(found) == {"encountered_at", "force", "people[0].birth.age_min", "people[0].belief"}


@each(
    ("born", "on", "then", "contradicts"),
    [
        ("2009-09-04", "2026-02-17", (16, 16), False),
        ("2009-09-04", "2026-02-17", (17, None), True),
        ("2009-09-04", "2026-02-17", (None, 15), True),
        ("2009-09-04", "2025-09-03", (15, 15), False),  # the day before the birthday
        ("2009-09-04", "2025-09-04", (15, 15), True),
        ("2009-09-04", {"from": "2025-09-03", "to": "2025-09-04"}, (15, 15), False),
        ("2009", "2025", (15, 15), False),
        ("2009", "2025", (17, 17), True),
        ("2008-02-29", "2026-02-28", (17, 17), False),
        ("2008-02-29", "2026-02-28", (18, 18), True),
        ("2009-09-04", None, (3, 3), False),
        ("2009-09-04", {"from": "2025-09-04", "to": None}, (15, 15), True),
        ("2009-09-04", {"from": "2025-09-03", "to": None}, (15, 15), False),
        ("2009-09-04", {"from": None, "to": "2026-09-03"}, (17, 17), True),
        ("2009-09-04", {"from": None, "to": "2026-09-04"}, (17, 17), False),
        ("2009-09-04", {"from": None, "to": None}, (3, 3), False),
    ],
)
def test_an_age_then_must_fit_the_date_of_birth(born: str, on: object, then: tuple[Any, Any], contradicts: bool) -> None:
    act = {"on": on, "age_then_min": then[0], "age_then_max": then[1]}
    told = of_person(birth={"date": born}, suspected_of=[act])
    if contradicts:
        (path, message) = next(iter(faults(told).items()))
        assert path == f"people[0].suspected_of[0].age_then_{'min' if then[1] is None or then[0] == then[1] > 16 else 'max'}"
        assert "contradicts birth.date" in message
    else:
        assert read_encounter(told)


@each(
    ("born", "on", "is_fault"),
    [
        ("2009-09-04", "2009-09-03", True),
        ("2009-09-04", "2009-09-04", False),
        ("2009-09-04", "2009", False),
        ("2009", "2008", True),
        ("2009-09-04", {"from": None, "to": "2009-08"}, True),
        ("2009-09-04", {"from": "2008", "to": None}, False),
    ],
)
def test_an_act_is_not_before_the_birth(born: str, on: object, is_fault: bool) -> None:
    told = of_person(birth={"date": born}, suspected_of=[{"on": on}])
    if is_fault:
        assert faults(told) == {"people[0].suspected_of[0].on": "must not be before birth.date"}
    else:
        assert read_encounter(told)
