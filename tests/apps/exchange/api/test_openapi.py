"""The document of the interface says what the addresses do: all of them, all keys, and answers to whatever may be sent."""

import json

import pytest
from django.test import Client
from django.urls import get_resolver
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lodestar.exchange.api.openapi import openapi_document
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.obligations import encounter_form
from lodestar.platform.obligations.encounter_form import read_encounter
from lodestar.platform.tables.rules import template_of
from lodestar.platform.time.fuzzy import FIRST_YEAR, LAST_YEAR
from tests.apps.exchange.api.json_schema import Schemas
from tests.factories.accounts import MembershipFactory, UserFactory, a_member, a_token
from tests.rules.generated import forms

DOCUMENT = openapi_document()
SCHEMAS = Schemas(DOCUMENT["components"]["schemas"])
FEW = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def schema(name):
    return {"$ref": f"#/components/schemas/{name}"}


def test_every_address_of_the_interface_is_in_it_and_anybody_may_read_it(db):
    routes = {f"/{pattern.pattern}" for pattern in every_pattern(get_resolver()) if str(pattern.pattern).startswith("api/v1/")}
    assert set(DOCUMENT["paths"]) == routes
    response = Client(enforce_csrf_checks=True).get("/api/v1/openapi.json")
    assert (response.status_code, response.json()) == (200, DOCUMENT)
    assert Client(enforce_csrf_checks=True).post("/api/v1/openapi.json").status_code == 405


def every_pattern(resolver):
    for pattern in resolver.url_patterns:
        yield from every_pattern(pattern) if hasattr(pattern, "url_patterns") else [pattern]


def test_it_has_the_keys_that_are_read_and_no_others():
    encounter, person, row = (SCHEMAS.schemas[name]["properties"] for name in ("Encounter", "Person", "Row"))
    parts = {
        "ENCOUNTER": encounter, "PERSON": person, "BIRTH": person["birth"]["properties"],
        "EXPLOITATION": person["exploitation"]["items"]["properties"], "CONSENT": person["consent"]["properties"],
        "EARLIER": person["earlier_referral"]["properties"], "ACT": person["suspected_of"]["items"]["properties"],
        "CASE": encounter["case"]["properties"],
    }  # fmt: skip
    assert [tuple(part) for part in parts.values()] == [getattr(encounter_form, f"{name}_KEYS") for name in parts]
    assert tuple(row) == template_of("concerns").columns
    assert [SCHEMAS.allows(encounter["people"]["items"], {"id": "p", "birth": {"date": f"{year}"}}) for year in (
        FIRST_YEAR - 1, FIRST_YEAR, LAST_YEAR, LAST_YEAR + 1,
    )] == [False, True, True, False]  # fmt: skip


@settings(max_examples=50)
@given(forms())
def test_whatever_is_read_is_allowed(form):
    read_encounter(form)
    assert SCHEMAS.allows(schema("Encounter"), form)


@st.composite
def spoilt(draw, values):
    """A value with something else in the place of one of its parts."""
    value = draw(values)
    part, places = value, []
    while isinstance(part, dict | list) and part:
        key = draw(st.sampled_from(list(part) if isinstance(part, dict) else range(len(part))))
        places.append((part, key))
        part = part[key]
    if places:
        place, key = draw(st.sampled_from(places))
        place[key] = draw(st.sampled_from([{}, {"a": 1}, [], [7], True, 1.5, -1, "x", "", "\x00", None]))
    return value


@pytest.fixture
def send(fenmarch):
    officer = MembershipFactory(user=UserFactory(username="brandreth"), roles=["frontline"])
    admin, client = a_member("administrator"), Client(enforce_csrf_checks=True, raise_request_exception=False)
    uses = {"assess": Permission.ASSESS_BY_TOKEN, "concerns": Permission.CONCERN_BY_TOKEN}
    tokens = {name: a_token(admin, permission) for name, permission in uses.items()}

    def sent(name, value):
        headers = {"Authorization": f"Bearer {tokens[name]}", "Lodestar-As": officer.user.username}
        path = f"/api/v1/{name}"
        response = client.generic("POST", path, json.dumps(value), content_type="application/json", headers=headers)
        answers = DOCUMENT["paths"][path]["post"]["responses"]
        assert str(response.status_code) in answers, (response.status_code, value)
        content = answers[str(response.status_code)]["content"]["application/json"]["schema"]
        assert SCHEMAS.allows(content, response.json()), (value, response.json())
        return response.status_code

    return sent


@pytest.mark.parametrize(("name", "body"), [("assess", "Encounter"), ("concerns", "Concern")])
def test_the_answers_are_those_of_the_document_and_what_it_forbids_is_refused(send, name, body):
    seen = set()

    @FEW
    @given(st.data())
    def ask(data):
        good = SCHEMAS.values(schema(body))
        value = data.draw(st.one_of(good, forms(), spoilt(good)))
        status = send(name, value)
        seen.add(status)
        assert status != 503
        assert SCHEMAS.allows(schema(body), value) or status == 422, (status, value)

    ask()
    assert {200, 422} & seen == {200, 422} or seen >= {201, 422}
