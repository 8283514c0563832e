"""The published encounters come in as cases, once each, and owe what the answers file says."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from lodestar.cases import ledger
from lodestar.cases.models import Case, Obligation, Person
from lodestar.cases.queries import encounters
from lodestar.cases.rules import SHIPPED
from lodestar.referrals.rules import route
from tests.factories.accounts import MembershipFactory, UserFactory

DATA = Path(__file__).parents[2] / "rules" / "data"
SAMPLE = DATA / "encounters-sample.jsonl"
ANSWERS = {one["reference"]: one["expect"] for one in json.loads((DATA / "encounters-sample-answers.json").read_text())}
FIRST_HOUR = {
    "make_safe", "medical_and_basic_care_first", "see_alone_with_independent_interpreter", "establish_age",
    "tell_childrens_services_now", "safe_place", "section45_first_question",
}  # fmt: skip

pytestmark = pytest.mark.usefixtures("fenmarch")


@pytest.fixture
def officer():
    return MembershipFactory(user=UserFactory(username="brandreth"), roles=["frontline"])


def bring_in(path, **options):
    out = io.StringIO()
    code = 0
    try:
        call_command("import_concerns", str(path), user="brandreth", stdout=out, **options)
    except SystemExit as stopped:
        code = stopped.code
    return code, out.getvalue().splitlines()


def test_twice_makes_eight_cases_once(officer):
    code, lines = bring_in(SAMPLE)
    assert (code, lines[-1]) == (0, "8 made, 0 stood already, 0 not imported")
    code, lines = bring_in(SAMPLE)
    assert (code, lines[-1]) == (0, "0 made, 8 stood already, 0 not imported")
    assert Case.objects.count() == 8
    assert ledger.differences(list(Case.objects.all())) == []


@pytest.mark.parametrize("reference", sorted(ANSWERS))
def test_each_person_owes_what_the_answers_say(officer, reference):
    bring_in(SAMPLE)
    case = Case.objects.get(imported_as=reference)
    encounter = encounters([case])[case.id]
    expected = ANSWERS[reference]["people"]
    people = list(Person.objects.filter(case=case).order_by("number"))
    assert len(people) == len(expected)
    for person, facts, answer in zip(people, encounter.people, expected, strict=True):
        assert route(encounter, facts.id, SHIPPED).code in answer["route"]
        owed = set(Obligation.objects.filter(case=case, person=person).values_list("code", flat=True))
        assert set(answer["obligations_include"]) & FIRST_HOUR <= owed


def test_a_bad_line_is_told_and_the_others_go_on(officer, tmp_path):
    good = SAMPLE.read_text().splitlines()
    file = tmp_path / "mixed.jsonl"
    long_act = json.loads(good[0])
    long_act["people"][0]["suspected_of"][0]["act"] = "x" * 5000
    nul = json.loads(good[2])
    nul["people"][0]["suspected_of"][0]["title"] = "a\u0000b"
    lines = [good[1], "{", '{"reference": "no time"}', "", json.dumps(long_act), json.dumps(nul), "[" * 100_000, good[3]]
    file.write_text("\n".join(lines))
    code, told = bring_in(file)
    assert code == 2
    assert told[-1] == "2 made, 0 stood already, 5 not imported"
    assert "encountered_at" in told[2]
    assert Case.objects.count() == 2


def test_text_that_is_not_utf8_is_refused_with_words(officer, tmp_path):
    file = tmp_path / "latin.jsonl"
    file.write_bytes('{"reference": "Café"}'.encode("latin-1"))
    assert "save the file as UTF-8" in bring_in(file)[1][0]


def test_whoever_may_not_record_may_not_import(fenmarch):
    from django.core.management.base import CommandError

    MembershipFactory(user=UserFactory(username="brandreth"), roles=["data_protection"])
    with pytest.raises(CommandError, match="may not record"):
        bring_in(SAMPLE)
