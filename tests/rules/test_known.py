"""What the case holds already is an answer to the form; what it leaves open is asked."""

from dataclasses import replace

from lodestar.casework.referral_forms.rules.form import form
from lodestar.casework.referral_forms.rules.known import OWN, known, name_parts, of_the_writer
from lodestar.platform.obligations.encounter_form import read_encounter
from lodestar.platform.obligations.encounter_reading import reading
from lodestar.platform.obligations.settings import SHIPPED
from tests.offenders import each
from tests.rules.meeting import NO, YES, child, met, someone

FIELDS = {field.name: field for page in form("2026-04").pages.values() for field in page.fields}


def _known(person, *others, **told):
    return known(reading(read_encounter(met(person, *others, **told)), SHIPPED).people[0])


def _exploited(*kinds, **told):
    return someone(exploitation=[{"type": kind, **told} for kind in kinds])


UNDER, SUBMIT, BORN, WHERE = "pv-under-age", "pv-want-to-submit-nrm", "pv-dob", "where-exploitation-happened"
STILL, WHEN, SEVERAL = (
    "still-in-exploitative-situation", "when-did-the-exploitation-take-place",
    "potential-victim-exploitative-situation-multiple",
)  # fmt: skip


def _of(name, *values):
    """Somebody with an exploitation for each of these values."""
    return someone(exploitation=[{"type": "labour", name: value} for value in values])


@each(
    ("person", "field", "answer"),
    [
        # under 18 as the person is treated
        (someone(birth={"age_min": 15, "age_max": 15, "basis": "stated"}), UNDER, "yes"),
        (someone(birth={"age_min": 16, "age_max": 17, "basis": "stated"}), UNDER, "yes"),
        (someone(birth={"age_min": 16, "age_max": 18, "basis": "stated"}), UNDER, "not-sure"),
        (someone(birth={"basis": "disputed"}), UNDER, "not-sure"),
        (someone(birth={"age_min": 30, "age_max": 30, "basis": "stated"}), UNDER, "no"),
        (someone(birth={}), UNDER, None),
        # an adult's answer as it counts for the route
        (someone(consent=YES), SUBMIT, "yes"),
        (someone(consent=NO), SUBMIT, "no"),
        (someone(), SUBMIT, None),
        (someone(consent={**NO, "interpreter": "companion"}), SUBMIT, None),
        (child(consent=NO), SUBMIT, None),
        (someone(birth={}, consent=YES), SUBMIT, None),
        # what is said of the person is not asked again
        (someone(birth={"date": "1996-03-02", "basis": "document"}), BORN, "1996-03-02"),
        (someone(birth={"date": "1996-03", "basis": "document"}), BORN, None),
        (someone(), BORN, None),
        (someone(british=True), "pv-nationality", "British"),
        (someone(british=False), "pv-nationality", None),
        (someone(needs=["interpreter"]), "pv-interpreter-requirements", "yes"),
        (someone(needs=["food"]), "pv-interpreter-requirements", None),
        # where it happened is all of the places
        (_of("in", ["uk"]), WHERE, "uk"),
        (_of("in", ["overseas"]), WHERE, "overseas"),
        (_of("in", ["uk", "overseas"]), WHERE, "uk-and-overseas"),
        (_of("in", ["uk"], ["overseas"]), WHERE, "uk-and-overseas"),
        (_of("in", ["uk"], []), WHERE, "uk"),
        (_of("in", []), WHERE, None),
        # still in it is yes for one, and no only for all
        (_of("still_in_situation", True), STILL, "yes"),
        (_of("still_in_situation", False), STILL, "no"),
        (_of("still_in_situation", None), STILL, None),
        (_of("still_in_situation", False, True), STILL, "yes"),
        (_of("still_in_situation", False, None), STILL, None),
        (_of("still_in_situation", False, False), STILL, "no"),
        # when, as far as it is known
        (_exploited("labour", **{"from": "2025-03", "to": "2026-02-28"}), WHEN, "from March 2025, to 28 February 2026"),
        (_exploited("labour", **{"from": "2025", "still_in_situation": True}), WHEN, "from 2025, still going on"),
        (_exploited("labour", **{"from": "2025-12", "still_in_situation": False}), WHEN, "from December 2025, end not known"),
        (_exploited("labour", to="2026-01"), WHEN, "start not known, to January 2026"),
        (_exploited("labour"), WHEN, None),
        (_exploited("labour", to="2026-01"), SEVERAL, None),
        (_of("from", "2024", "2026"), SEVERAL, "yes"),
        # of a child it is not asked whether they were one
        (child(birth={"date": "2011-01-01", "basis": "document"}, exploitation=[{"type": "labour", "from": "2025"}]),
         "pv-under-age-at-time-of-exploitation", None),
    ],
)  # fmt: skip
def test_what_the_case_says_is_answered_and_what_it_leaves_open_is_asked(person, field, answer):
    assert _known(person).get(field) == answer


@each(
    ("nation", "answer"),
    [(one, one and one.replace("_", "-")) for one in ("england", "wales", "scotland", "northern_ireland", None)],
)
def test_where_the_report_is_made_is_the_nation_of_the_meeting(nation, answer):
    encounter = replace(read_encounter(met(someone())), nation=nation)
    assert known(reading(encounter, SHIPPED).people[0]).get("fr-location") == answer


@each(
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


@each(("name", "parts"), [("Dean", ["Dean"]), ("Ana Maria  Pop", ["Ana", "Maria Pop"]), ("Pop, Ana", []), ("", [])])
def test_a_whole_name_is_proposed_in_two_parts_where_its_order_is_told(name, parts):
    assert list(name_parts(name).values()) == parts


def test_a_kind_with_one_tick_is_ticked_and_one_with_several_is_asked():
    told = _known(_exploited("domestic", "labour", "organ"))
    assert {field for field in told if field.startswith("types-of-exploitation")} == {
        "types-of-exploitation-unpaid-household-work", "types-of-exploitation-organs-removed",
    }  # fmt: skip
    assert told["types-of-exploitation-organs-removed"] == "true"


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


@each(
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
