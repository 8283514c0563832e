"""Who can take a person tonight: each word of `missing`, what is not known, the order, and what a record says."""

import json

import pytest

from lodestar.casework.services.rules.editing import edited, form_of
from lodestar.casework.services.rules.records import (
    NotServices,
    ServiceFacts,
    addresses_in,
    capacity_of,
    errors_in,
    facts_of,
    organisation_of,
    read_file,
)
from lodestar.casework.services.rules.tonight import Candidate, CannotAsk, as_json, read_question, who_can_take
from tests.factories.service_records import DAILY, TERMS, a_record, attributes
from tests.offenders import each

PERSON = {"age": 24, "sex": "female", "languages": ["vi"], "dependants": [{"age": 0, "sex": None}], "recourse": False,
          "nrm": "declined", "mobility": ["step_free"], "refuses": []}  # fmt: skip
AT = "2026-12-28T02:30:00+00:00"  # a bank holiday
NEAR = {"lat": 52.6, "lon": 1.3}
CLOSED = DAILY | {"opens_at": "09:00", "closes_at": "17:00"}


def places(free, updated="2026-12-28T01:00:00Z", unit="places"):
    return {"unit": {"name": unit}, "available": free, "updated": updated}


def asked(*records, not_near=(), at=AT, near=NEAR, **person):
    question = read_question({"at": at, "person": PERSON | person, "near": near, "not_near": list(not_near)})
    kept = [ServiceFacts(**json.loads(json.dumps(facts_of(one).stored))) for one in records]  # as the database has it
    pairs = zip(records, kept, strict=True)
    candidates = [Candidate(one["id"], one["name"], organisation_of(one), facts) for one, facts in pairs]
    return as_json(who_can_take(question, candidates))


def outcome(person, record):
    """Listed, listed with a warning, or what is missing."""
    answer = asked(a_record("s1", **record), **person)
    if answer["services"]:
        return "warned" if answer["services"][0]["warnings"] else "listed"
    return answer["near_misses"][0]["missing"] if answer["near_misses"] else "left out"


def terms(*more, without=""):
    return {"terms": (*(one for one in TERMS if not without or not one.startswith(without)), *more)}


CASES = {  # person, record, what comes of it
    "all known and right": ({}, {}, "listed"),
    "no place": ({}, {"capacities": [places(0)]}, ["places"]),
    "places not known": ({}, {"capacities": None}, "warned"),
    "places of the latest count": ({}, {"capacities": [places(0, "2026-12-27T01:00:00Z"), places(2)]}, "listed"),
    "another unit": ({}, {"capacities": [places(0, unit="meals")]}, "warned"),
    "counted a day ago": ({}, {"capacities": [places(2, "2026-12-27T02:30:00Z")]}, "listed"),
    "counted over a day ago": ({}, {"capacities": [places(2, "2026-12-27T02:29:59Z")]}, "warned"),
    "too few to stay together": ({}, {"capacities": [places(1)]}, "warned"),
    "another language": ({"languages": ["sq"]}, {}, ["language"]),
    "the longer code": ({"languages": ["VIE"]}, {}, "listed"),
    "languages without a code": ({}, {"languages": [{"id": "l1"}]}, "warned"),
    "their language not known": ({"languages": []}, {}, "warned"),
    "said no by id": ({"refuses": ["s1"]}, {}, ["refused"]),
    "said no by organisation": ({"refuses": [" harbour TRUST"]}, {}, ["refused"]),
    "said no to a need": ({"refuses": ["need:accommodation"]}, {}, ["refused"]),
    "said no to part of a name": ({"refuses": ["Harbour"]}, {}, "listed"),
    "the lowest age": ({"age": 18}, {}, "listed"),
    "below the lowest age": ({"age": 17}, {}, ["age"]),
    "the highest age": ({"age": 99}, {}, "listed"),
    "above the highest age": ({"age": 100}, {}, ["age"]),
    "their age not known": ({"age": None}, {}, "warned"),
    "ages not known": ({}, {"minimum_age": None, "maximum_age": None}, "warned"),
    "another sex": ({"sex": "male"}, {}, ["sex"]),
    "both": ({"sex": "male"}, terms("sex:male"), "listed"),
    "their sex not known": ({"sex": None}, {}, "warned"),
    "sex not said": ({}, terms(without="sex"), "warned"),
    "nobody with them taken": ({}, terms("dependants:no", without="dependants"), ["dependants"]),
    "nobody with them": ({"dependants": []}, terms("dependants:no", without="dependants"), "listed"),
    "who comes with them not known": ({"dependants": None}, terms("dependants:no", without="dependants"), "warned"),
    "dependants not said": ({}, terms(without="dependants"), "warned"),
    "no recourse": ({}, terms("recourse:required"), ["recourse"]),
    "recourse": ({"recourse": True}, terms("recourse:required"), "listed"),
    "recourse not known": ({"recourse": None}, terms("recourse:required"), "warned"),
    "another stage": ({}, terms("nrm:pending", "nrm:positive"), ["nrm"]),
    "one of the stages": ({}, terms("nrm:pending", "nrm:declined"), "listed"),
    "stage not known": ({"nrm": None}, terms("nrm:pending"), "warned"),
    "stage not known and any taken": ({"nrm": None}, {}, "listed"),
    "cannot move there": ({"mobility": ["hoist", "step_free"]}, {}, ["mobility"]),
    "access not said": ({}, terms(without="mobility"), "warned"),
    "access not needed": ({"mobility": []}, terms(without="mobility"), "listed"),
    "two things": ({"age": 17, "sex": "male"}, {}, "left out"),
    "closed now": ({}, {"schedules": [CLOSED]}, "warned"),
    "hours not known": ({}, {"schedules": None}, "warned"),
    "bank holidays not known": ({}, terms(without="bank_holidays"), "warned"),
    "assured 90 days ago": ({}, {"assured_date": "2026-09-29"}, "listed"),
    "assured 91 days ago": ({}, {"assured_date": "2026-09-28"}, "warned"),
    "never assured": ({}, {"assured_date": None}, "warned"),
    "nowhere on the earth": ({}, {"at": (100, 101)}, "warned"),
    "another need": ({}, terms("need:legal", without="need"), "left out"),
    "no need said": ({}, terms(without="need"), "warned"),
    "another taxonomy": (
        {},
        {"attributes": [{"taxonomy_term": {"taxonomy": "x", "term": "sex:male"}}, *attributes(*TERMS)]},
        "listed",
    ),
}


@each("case", CASES)
def test_what_is_missing_and_what_is_not_known(case):
    person, record, expected = CASES[case]
    assert outcome(person, record) == expected


def test_safe_distance_comes_first_then_what_is_open_then_the_nearest_then_the_id():
    here, far, nowhere = (52.6, 1.3), (53.6, 1.3), None
    records = [
        a_record("in-danger", at=here),
        a_record("closed-near", at=(52.7, 1.3), schedules=[CLOSED]),
        a_record("open-far", at=far),
        a_record("b-open", at=(52.8, 1.3)),
        a_record("a-open", at=(52.8, 1.3)),
        a_record("unknown-hours", at=far, schedules=None),
        a_record("open-nowhere", service_at_locations=nowhere),
        a_record("two-places", service_at_locations=[
            {"location": {"latitude": lat, "longitude": 1.3}} for lat in (52.6, 53.0)
        ]),
    ]  # fmt: skip
    answer = asked(*records, not_near=[NEAR | {"km": 5}])
    assert [one["id"] for one in answer["services"]] == [
        "a-open", "b-open", "open-far", "open-nowhere", "unknown-hours", "closed-near", "in-danger", "two-places"
    ]  # fmt: skip
    by_id = {one["id"]: one for one in answer["services"]}
    assert by_id["open-far"]["km"] == pytest.approx(111.2, abs=0.1)
    assert (by_id["in-danger"]["km"], by_id["open-nowhere"]["km"]) == (0.0, None)
    assert by_id["in-danger"]["warnings"][0].startswith("Near a place")
    assert [by_id[name]["open_now"] for name in ("a-open", "unknown-hours", "closed-near")] == [True, None, False]
    assert by_id["a-open"]["capacity"] == {"places": 3, "said_at": "2026-12-28T01:00:00+00:00"}
    assert set(by_id["a-open"]) == {"id", "name", "why", "warnings", "open_now", "capacity", "km"}
    edge = asked(a_record("s1", at=(52.6, 1.3)), not_near=[{"lat": 52.6, "lon": 1.3, "km": 0}])
    assert edge["services"][0]["warnings"], "the edge of an area is inside it"


@each("given", [
    [], {}, {"at": "yesterday"}, {"at": AT, "person": []}, {"at": AT, "person": {"age": "24"}}, {"at": AT, "person": {"age": -1}},
    {"at": AT, "person": {"nrm": "refused"}}, {"at": AT, "person": {"recourse": "no"}}, {"at": AT, "person": {"languages": "vi"}},
    {"at": AT, "near": {"lat": 100, "lon": 101}}, {"at": AT, "not_near": [{"lat": 52, "lon": 1}]},
    {"at": AT, "near": {"lat": True, "lon": 1}},
])  # fmt: skip
def test_what_is_no_question_is_refused(given):
    with pytest.raises(CannotAsk):
        read_question(given)


def test_the_least_question_and_a_time_without_an_offset():
    assert read_question({"at": "2026-07-01T03:30:00", "person": {}}).at.hour == 2, "it is summer in London"
    question = read_question({"at": AT})
    assert (question.age, question.dependants, question.recourse, question.near) == (None, None, None, None)


@each("change", [
    {"id": None}, {"id": ""}, {"id": 7}, {"id": "x" * 201}, {"name": " "}, {"status": "open"}, {"status": None},
    {"minimum_age": "18"}, {"minimum_age": True}, {"languages": {}}, {"attributes": ["sex:female"]}, {"organization": "A"},
    {"name": "a\0"}, {"description": "\ud800"}, {"maximum_age": float("inf")},
])  # fmt: skip
def test_a_record_that_cannot_be_taken_says_why(change):
    assert errors_in(a_record("s1") | change)
    assert not errors_in(a_record("s1") | {"minimum_age": None, "languages": None, "anything": {"else": [1]}})


def test_a_file_is_a_service_a_list_or_a_page():
    one, several, page = (read_file(text) for text in (b'{"id": "a"}', b'[{"id": "a"}, 7]', b'{"contents": [{"id": "a"}]}'))
    assert (len(one.records), len(several.records), page.is_page, one.is_page) == (1, 2, True, False)
    for wrong in (b"7", b"{", b'{"id": 1, "id": 2}', b"[NaN]", "é".encode("latin-1")):
        with pytest.raises(NotServices):
            read_file(wrong)


def test_every_address_of_a_record_is_found():
    where = {"address_1": "4 Mill Lane", "city": "Eldham", "postal_code": "EL1 2AB"}
    record = a_record(organization={"locations": [{"name": "The house, 5 Mill Lane", "addresses": [where]}]})
    assert {"4 Mill Lane, Eldham, EL1 2AB", "The house, 5 Mill Lane"} <= set(addresses_in(record))


def test_a_form_that_changes_nothing_writes_nothing_and_what_it_does_not_ask_stays():
    record = a_record("s1", x_own={"kept": 1}, languages=[{"id": "l1", "code": "vie", "note": "n"}, {"id": "l2"}])
    record["attributes"] += [*attributes("mobility:hoist", "other:term"), {"id": "x", "value": "no term"}]
    values = form_of(record)
    answers = values | {"assured_on": None, "languages": ["vi"], "days": []}
    assert edited(record | {"assured_date": None}, answers) == record | {"assured_date": None}
    other = {"sex": ["male"], "languages": ["sq"], "town": "Eldham", "hours": "always", "contract": "The force"}
    changed = edited(record, answers | other)
    facts = facts_of(changed)
    found = [facts.terms[family] for family in ("sex", "mobility", "contract")]
    assert found == [["male"], ["step_free", "hoist"], ["The force"]]
    assert (facts.languages, facts.towns, len(facts.schedules)) == (["sq"], ["Eldham"], 1)
    kept = (changed["x_own"], changed["languages"][0], changed["attributes"][-3]["value"])
    assert kept == ({"kept": 1}, {"id": "l2"}, "no term")
    assert capacity_of(changed) == capacity_of(record)
