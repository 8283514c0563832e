"""What the case holds already is an answer to the form; what it leaves open is asked."""

from dataclasses import replace

import pytest

from lodestar.cases.rules import SHIPPED, reading
from lodestar.kernel.encounter_form import read_encounter
from lodestar.referrals.rules.form import form
from lodestar.referrals.rules.known import OWN, known, of_the_writer
from tests.offenders import each
from tests.rules.meeting import NO, YES, child, met, someone

FIELDS = {field.name: field for page in form("2026-04").pages.values() for field in page.fields}


def _known(person, *others, **told):
    return known(reading(read_encounter(met(person, *others, **told)), SHIPPED).people[0])


def _exploited(*kinds, **told):
    return someone(exploitation=[{"type": kind, **told} for kind in kinds])


@pytest.mark.parametrize(
    ("birth", "answer"),
    [
        ({"age_min": 15, "age_max": 15, "basis": "stated"}, "yes"),
        ({"age_min": 16, "age_max": 17, "basis": "stated"}, "yes"),
        ({"age_min": 16, "age_max": 18, "basis": "stated"}, "not-sure"),
        ({"basis": "disputed"}, "not-sure"),
        ({"age_min": 30, "age_max": 30, "basis": "stated"}, "no"),
        ({}, None),
    ],
)
def test_whether_under_18_is_as_the_person_is_treated(birth, answer):
    assert _known(someone(birth=birth)).get("pv-under-age") == answer


@pytest.mark.parametrize(
    ("person", "answer"),
    [
        (someone(consent=YES), "yes"),
        (someone(consent=NO), "no"),
        (someone(), None),
        (someone(consent={**NO, "interpreter": "companion"}), None),
        (child(consent=NO), None),
        (someone(birth={}, consent=YES), None),
    ],
)
def test_an_adults_answer_counts_as_it_counts_for_the_route(person, answer):
    assert _known(person).get("pv-want-to-submit-nrm") == answer


@pytest.mark.parametrize(
    ("nation", "answer"),
    [
        ("england", "england"),
        ("wales", "wales"),
        ("scotland", "scotland"),
        ("northern_ireland", "northern-ireland"),
        (None, None),
    ],
)
def test_where_the_report_is_made_is_the_nation_of_the_meeting(nation, answer):
    encounter = replace(read_encounter(met(someone())), nation=nation)

    assert known(reading(encounter, SHIPPED).people[0]).get("fr-location") == answer


@pytest.mark.parametrize(
    ("person", "field", "answer"),
    [
        (someone(birth={"date": "1996-03-02", "basis": "document"}), "pv-dob", "1996-03-02"),
        (someone(birth={"date": "1996-03", "basis": "document"}), "pv-dob", None),
        (someone(), "pv-dob", None),
        (someone(british=True), "pv-nationality", "British"),
        (someone(british=False), "pv-nationality", None),
        (someone(needs=["interpreter"]), "pv-interpreter-requirements", "yes"),
        (someone(needs=["food"]), "pv-interpreter-requirements", None),
    ],
)
def test_what_is_said_of_the_person_is_not_asked_again(person, field, answer):
    assert _known(person).get(field) == answer


@pytest.mark.parametrize(
    ("other", "answer"),
    [
        (someone(id="p2"), "yes"),
        (someone(id="p2", roles=[], belief="signs_only"), "yes"),
        (someone(id="p2", roles=["suspect"], belief=None), None),
    ],
)
def test_another_possible_victim_of_the_case_is_told(other, answer):
    assert _known(someone(), other).get("any-other-pvs") == answer
    assert "any-other-pvs" not in _known(someone())


def test_a_kind_with_one_tick_is_ticked_and_one_with_several_is_asked():
    told = _known(_exploited("domestic", "labour", "organ"))

    assert {field for field in told if field.startswith("types-of-exploitation")} == {
        "types-of-exploitation-unpaid-household-work",
        "types-of-exploitation-organs-removed",
    }
    assert told["types-of-exploitation-organs-removed"] == "true"


@pytest.mark.parametrize(
    ("places", "answer"),
    [
        ([["uk"]], "uk"),
        ([["overseas"]], "overseas"),
        ([["uk", "overseas"]], "uk-and-overseas"),
        ([["uk"], ["overseas"]], "uk-and-overseas"),
        ([["uk"], []], "uk"),
        ([[]], None),
    ],
)
def test_where_it_happened_is_all_of_the_places(places, answer):
    person = someone(exploitation=[{"type": "labour", "in": where} for where in places])

    assert _known(person).get("where-exploitation-happened") == answer


@pytest.mark.parametrize(
    ("still", "answer"),
    [([True], "yes"), ([False], "no"), ([None], None), ([False, True], "yes"), ([False, None], None), ([False, False], "no")],
)
def test_still_in_it_is_yes_for_one_and_no_only_for_all(still, answer):
    person = someone(exploitation=[{"type": "labour", "still_in_situation": one} for one in still])

    assert _known(person).get("still-in-exploitative-situation") == answer


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"from": "2025-03", "to": "2026-02-28"}, "from March 2025, to 28 February 2026"),
        ({"from": "2025", "still_in_situation": True}, "from 2025, still going on"),
        ({"from": "2025-12", "still_in_situation": False}, "from December 2025, end not known"),
        ({"to": "2026-01"}, "start not known, to January 2026"),
        ({}, None),
    ],
)
def test_when_it_happened_is_told_as_far_as_it_is_known(told, words):
    answers = _known(_exploited("labour", **told))

    assert answers.get("when-did-the-exploitation-take-place") == words
    assert "potential-victim-exploitative-situation-multiple" not in answers
    assert "when-did-the-exploitation-take-place-multiple" not in answers


def test_two_exploitations_are_several():
    told = _known(someone(exploitation=[{"type": "labour", "from": "2024"}, {"type": "labour", "from": "2026"}]))

    assert told["potential-victim-exploitative-situation-multiple"] == "yes"


def test_several_exploitations_are_told_apart_by_their_kind():
    person = someone(exploitation=[{"type": "labour", "from": "2024"}, {"type": "sexual", "to": "2025"}, {"from": "2026"}])
    told = _known(person)

    assert told["potential-victim-exploitative-situation-multiple"] == "yes"
    assert "when-did-the-exploitation-take-place" not in told
    assert told["when-did-the-exploitation-take-place-multiple"].splitlines() == [
        "Labour: from 2024, end not known",
        "Sexual exploitation: start not known, to 2025",
        "from 2026, end not known",
    ]


@pytest.mark.parametrize(
    ("born", "starts", "answer"),
    [
        ("2000-03-02", ["2018-03-01"], "yes"),
        ("2000-03-02", ["2018-03-02"], "no"),
        ("2000-03-02", ["2018"], None),
        ("2000-03-02", ["2017"], "yes"),
        ("2000", ["2019"], "no"),
        ("2000-03-02", ["2019", "2016"], "yes"),
        ("2000-03-02", ["2019", None], None),
        ("2000-03-02", ["2019", "2020"], "no"),
        (None, ["2016"], None),
    ],
)
def test_a_child_at_the_time_is_reckoned_from_the_start_of_each(born, starts, answer):
    birth = {"date": born, "basis": "document"} if born else {"age_min": 26, "age_max": 26, "basis": "stated"}
    person = someone(birth=birth, exploitation=[{"type": "labour", **({"from": at} if at else {})} for at in starts])

    assert _known(person).get("pv-under-age-at-time-of-exploitation") == answer


def test_of_a_child_it_is_not_asked_whether_they_were_one():
    person = child(birth={"date": "2011-01-01", "basis": "document"}, exploitation=[{"type": "labour", "from": "2025"}])

    assert "pv-under-age-at-time-of-exploitation" not in _known(person)


def test_without_an_exploitation_nothing_is_said_of_one():
    assert set(_known(someone())) == {"fr-location", "pv-under-age"}


def test_every_answer_is_one_that_the_form_takes():
    full = someone(
        birth={"date": "1996-03-02", "basis": "document"}, consent=NO, british=True, needs=["interpreter"],
        exploitation=[{"type": "organ", "from": "2010", "to": "2012", "in": ["uk"], "still_in_situation": False}],
    )  # fmt: skip
    for field, answer in _known(full, someone(id="p2"), nation="wales").items():
        assert FIELDS[field].kind == "tick" or not FIELDS[field].values() or answer in FIELDS[field].values()


FIRST, LAST, ROLE, PHONE = OWN[:4]


@each(
    ("name", "first", "last"),
    [
        ("PC Hanna Brandreth", "Hanna", "Brandreth"),
        ("Hanna Brandreth", "Hanna", "Brandreth"),
        ("T/DC Priya Nandakumar", "Priya", "Nandakumar"),
        ("A/Sgt. Inês Ferreira", "Inês", "Ferreira"),
        ("Det Ch Insp Marian Eze-Porter", "Marian", "Eze-Porter"),
        ("Supt Niamh Okafor-Lund", "Niamh", "Okafor-Lund"),
        ("Ana Maria da Silva", "Ana", "Maria da Silva"),
        ("Pcso", None, "Pcso"),
        ("PC Brandreth", None, "Brandreth"),
        ("Acton Ta", "Acton", "Ta"),
        ("", None, None),
    ],
)
def test_a_name_is_in_two_parts_without_the_rank(name: str, first: str | None, last: str | None) -> None:
    found = of_the_writer(name, "", (), "")
    assert (found.get(FIRST), found.get(LAST)) == (first, last)


@each(
    ("rank", "roles", "said"),
    [
        ("detective_constable", ("investigator",), "Detective constable, investigator"),
        ("", ("officer", "first responder"), "Officer, first responder"),
        ("constable", (), "Constable"),
        ("", (), None),
    ],
)
def test_what_they_are_is_their_rank_before_their_roles(rank: str, roles: tuple[str, ...], said: str | None) -> None:
    assert of_the_writer("PC Hanna Brandreth", rank, roles, "").get(ROLE) == said


@each(("phone", "said"), [(" 01632 960 001 ", "01632 960 001"), ("  ", None)])
def test_what_is_not_known_is_left_to_be_asked(phone: str, said: str | None) -> None:
    assert of_the_writer("PC Hanna Brandreth", "", (), phone).get(PHONE) == said
