"""What must hold of every encounter there is: held against generated ones."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings

from lodestar.exchange.assess.rules import answer
from lodestar.platform.obligations.encounter_form import encounter_form, read_encounter
from lodestar.platform.obligations.facts import Encounter
from lodestar.platform.obligations.settings import SHIPPED
from tests.rules.generated import encounters, forms
from tests.rules.meeting import codes

ROUTES = {"nrm", "dtn", "ask", "best_interests", "already_referred", "not_referable", "childrens_services", "none"}
OF_A_ROUTE = {
    "refer_nrm": {"nrm"},
    "notify_home_office_without_identity": {"dtn"},
    "reach_nrm_or_dtn": {"ask", "best_interests"},
    "tell_competent_authority_and_referrer": {"already_referred"},
}


@settings(max_examples=40, deadline=None)
@given(forms())
def test_the_form_reads_back_what_it_writes(form: dict[str, Any]) -> None:
    encounter = read_encounter(form)
    assert read_encounter(json.loads(json.dumps(encounter_form(encounter)))) == encounter


@settings(max_examples=75, deadline=None)
@given(encounters())
def test_every_answer_keeps_the_law(encounter: Encounter) -> None:
    found = answer(encounter, SHIPPED)
    json.dumps(found)
    for person, told in zip(encounter.people, found["people"], strict=True):
        route, owed = told["route"]["code"], codes(told["obligations"])
        assert route in ROUTES
        assert told["route"]["why"]
        assert told["route"]["authority"]
        if told["treat_as"] == "child":
            assert route not in {"dtn", "ask", "best_interests"}
            assert "tell_childrens_services_now" in owed
        if told["treat_as"] == "not_known" and person.alive is not False:
            assert "establish_age" in owed
        if person.consent.capacity is None:
            assert route != "best_interests"
        if route == "dtn":
            assert person.consent.nrm is False
            assert person.consent.spoke_alone is True
            assert encounter.nation not in {"scotland", "northern_ireland"}
        if person.belief != "reasonable_grounds":
            assert route in {"none", "childrens_services", "not_referable"}
        for code, routes in OF_A_ROUTE.items():
            if not (code == "notify_home_office_without_identity" and route == "dtn"):
                assert (code in owed) == (route in routes)
        assert len(told["section45"]) <= len(person.suspected_of)
        for row in told["section45"]:
            assert row["why"]
            assert (row["schedule4"]["depends_on"] is not None) == (row["schedule4"]["excluded"] is None)


@settings(max_examples=30, deadline=None)
@given(encounters())
def test_the_role_of_an_exploiter_takes_no_support_away(encounter: Encounter) -> None:
    people = tuple(replace(person, roles=tuple({*person.roles, "exploiter"})) for person in encounter.people)
    before, after = answer(encounter, SHIPPED), answer(replace(encounter, people=people), SHIPPED)
    for one, other in zip(before["people"], after["people"], strict=True):
        assert codes(one["obligations"]) <= codes(other["obligations"])
        assert one["route"] == other["route"]


@settings(max_examples=30, deadline=None)
@given(encounters())
def test_nobodys_route_depends_on_another(encounter: Encounter) -> None:
    together = answer(encounter, SHIPPED)
    for position, person in enumerate(encounter.people):
        alone = answer(replace(encounter, people=(person,)), SHIPPED)["people"][0]
        assert alone["route"] == together["people"][position]["route"]
        assert alone["section45"] == together["people"][position]["section45"]
        assert codes(alone["obligations"]) == codes(together["people"][position]["obligations"])


@settings(max_examples=20, deadline=None)
@given(encounters())
def test_the_same_instant_by_another_clock_has_the_same_answer(encounter: Encounter) -> None:
    elsewhere = datetime.fromisoformat(encounter.encountered_at.astimezone(UTC).isoformat().replace("+00:00", "Z"))
    assert answer(replace(encounter, encountered_at=elsewhere), SHIPPED) == answer(encounter, SHIPPED)


@settings(max_examples=30, deadline=None)
@given(encounters())
def test_a_refusal_removes_no_crime_and_no_care(encounter: Encounter) -> None:
    def answered(nrm: bool) -> dict[str, Any]:
        people = tuple(replace(person, consent=replace(person.consent, nrm=nrm)) for person in encounter.people)
        return answer(replace(encounter, people=people), SHIPPED)

    kept = {
        "make_safe", "medical_and_basic_care_first", "safe_place", "record_crime", "agree_safe_contact", "needs_assessment",
        "explain_who_will_know", "golden_hour_evidence", "refer_victim_services",
    }  # fmt: skip
    for yes, no in zip(answered(True)["people"], answered(False)["people"], strict=True):
        assert codes(yes["obligations"]) & kept == codes(no["obligations"]) & kept
