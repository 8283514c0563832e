"""Reads whose SQL is worked out once for so many cases. That every one of them gives what it would give worked out afresh
is tried on the demo force (`tests/apps/demo`)."""

from uuid import uuid4

import pytest
from django.db.models import F
from django.db.models.functions import JSONObject

from lodestar.casework.cases.models import Case, Person
from lodestar.casework.ledger.queries.compiled import as_text, compiled
from tests.factories.accounts import a_member
from tests.factories.cases import a_case, a_person


@compiled
def people(cases):
    return Person.objects.filter(case__in=cases).annotate(opened=F("case__opened_by")).order_by("case_id", "number")


@compiled
def names(cases):
    return Person.objects.filter(case__in=cases).order_by("case_id", "number").values_list(as_text("id"), "roles", "birth_date")


@pytest.fixture
def cases(fenmarch):
    officer = a_member("frontline")
    made = [a_case(officer) for _ in range(3)]
    for case in made:
        a_person(officer, case)
    return made


def test_one_case_is_read_as_several_are(cases):
    for count in range(4):
        ids = [case.id for case in cases[:count]]
        assert [person.case_id for person in people(ids)] == sorted(ids)
        assert [name for name, *_ in names(ids)] == [str(person.id) for person in people(ids)]


def test_another_case_is_read_by_the_same_words(cases, django_assert_num_queries):
    one, other = cases[0], cases[1]
    with django_assert_num_queries(2):
        assert [person.case_id for person in people([one.id])] == [one.id]
        assert [person.case_id for person in people([other.id])] == [other.id]
    assert people([other.id])[0].opened == other.opened_by_id
    assert people([uuid4()]) == []
    assert len(people([one.id, one.id])) == 1, "named twice it is still one case"


def test_relations_cannot_be_read_along(fenmarch):
    @compiled
    def with_case(cases):
        return Person.objects.filter(case__in=cases).select_related("case")

    with pytest.raises(TypeError, match="with_case reads relations along"):
        with_case([uuid4()])


def test_values_are_turned_as_django_turns_them(cases):
    @compiled
    def told(cases):
        return Case.objects.filter(id__in=cases).order_by("id").values_list("id", JSONObject(deaths=F("deaths")))

    ids = sorted(case.id for case in cases[:2])
    assert told(ids) == [(ids[0], {"deaths": 0}), (ids[1], {"deaths": 0})]
