"""Which answers of a referral could become facts of the case: those that have a structure and that the case does not say."""

from lodestar.casework.referral_forms.rules.made import InCase, case_facts
from lodestar.platform.obligations.encounter_form import read_encounter
from lodestar.platform.obligations.encounter_reading import reading
from lodestar.platform.obligations.settings import SHIPPED
from tests.offenders import each
from tests.rules.meeting import met, someone

STILL, WHERE, KINDS, PLACES = (
    "still-in-exploitative-situation", "where-exploitation-happened", "types-of-exploitation", "listed-places",
)  # fmt: skip
WORK, CRIME = "types-of-exploitation-forced-to-work", "types-of-exploitation-forced-to-commit-crime"
LABOUR = {"type": "labour", "from": "2025-03", "in": ["uk"], "still_in_situation": False}


def of(person, people=(), *, name="", language="", **own):
    read = reading(read_encounter(met(person)), SHIPPED).people[0]
    facts = case_facts(own, read, people, "2026-04", name=name, language=language)
    return {fact.code: dict(fact.columns) for fact in facts}


@each(
    ("recorded", "own", "facts"),
    [
        ([], {STILL: "yes"}, {STILL: {"still_in_situation": True}}),
        ([LABOUR], {STILL: "no"}, {}),
        ([LABOUR], {STILL: "yes"}, {STILL: {"still_in_situation": True}}),
        ([LABOUR, {"type": "sexual"}], {STILL: "yes", WHERE: "uk"}, {}),
        ([LABOUR], {WHERE: "uk-and-overseas"}, {WHERE: {"where": ["overseas", "uk"]}}),
        ([LABOUR], {KINDS: f"{WORK}\n{CRIME}"}, {"kind-criminal": {"type": "criminal"}}),
        ([], {PLACES: "Lincoln\ta car wash\tMarch 2025\tMay 2026\t"},
         {"from": {"from_date": "2025-03"}, "to": {"to_date": "2026-05"}}),
        ([], {PLACES: "Lincoln\t\tMarch 2025\tnow\t\nHull\t\t2024\t2024\t"}, {"from": {"from_date": "2024"}}),
        ([], {PLACES: "Lincoln\t\tbefore school broke up\t2026\t"}, {"to": {"to_date": "2026"}}),
        ([LABOUR], {PLACES: "Lincoln\t\t2024\t\t"}, {}),
        ([], {"how-they-were-treated": "Still there since 2024", "when-did-the-exploitation-take-place": "2024"}, {}),
    ],
)  # fmt: skip
def test_an_exploitation_is_completed_from_structured_answers_alone(recorded, own, facts):
    assert of(someone(exploitation=recorded), **own) == facts


def test_what_is_said_of_the_person_goes_to_them_where_the_case_is_silent():
    own = {
        "pv-nationality": "British", "pv-dob": "2001-03-09", "pv-name-first-name": "Ana", "pv-interpreter-requirements": "yes",
        "pv-interpreter-requirements-language": "Romanian",
    }  # fmt: skip
    assert of(someone(birth={}, needs=["food"]), **own) == {
        "name": {"name": "Ana"},
        "pv-dob": {"birth_date": "2001-03-09", "age_basis": "stated"},
        "pv-nationality": {"british": True},
        "pv-interpreter-requirements": {"needs": ["food", "interpreter"]},
        "pv-interpreter-requirements-language": {"language": "Romanian"},
    }
    there = someone(birth={"date": "2000"}, british=True, needs=["interpreter"])
    assert of(there, name="Ana P", language="Romanian", **own) == {}


def test_who_did_it_becomes_their_part_or_a_new_person_once():
    people = [InCase("a", "Ion", "", ["suspect"]), InCase("b", "Skip", "", ["exploiter"])]
    own = {"listed-exploiters": "a\nb", "described-exploiters": "Skip\ttall\t\nBoss\tred beard\twhite van"}
    assert of(someone(), people, **own) == {
        "exploiter-a": {"id": "a", "roles": ["suspect", "exploiter"]},
        "described-2": {"name": "Boss", "description": "red beard, white van", "roles": ["exploiter"]},
    }
