"""HTCDS 2.0: out and in again the same facts, nothing that runs in a spreadsheet, a refusal in words of what is no record."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.casework.referral_forms.rules.made import Place
from lodestar.exchange.exports.rules.files import (
    HELD,
    KEPT_BACK,
    KEPT_VALUES,
    LARGEST,
    OWN,
    Refused,
    encode_records,
    fields,
    read,
)
from lodestar.exchange.exports.rules.going_out import About, kinds, left_out, record_of
from lodestar.exchange.imports.rules.htcds import MOST_RECORDS, cases_in
from lodestar.platform.obligations.encounter_form import encounter_form, read_encounter
from lodestar.platform.obligations.facts import EXPLOITATION_TYPES
from lodestar.platform.text.csv_safety import as_it_was, harmless
from tests.rules.generated import forms
from tests.rules.meeting import NO, YES, act, facts, someone

NOW = "2026-11-25T12:00:00+00:00"
ABOUT = About("Nguyễn Thị Hoa", "Vietnamese", "Fenmarch Police")


def records_of(encounter: Any, about: About = ABOUT) -> list[dict[str, Any]]:
    form = encounter_form(encounter) | {"reference": "FM-26-0001"}
    return [record_of(form, person, about) for person in form["people"]]


def test_the_list_is_whole() -> None:
    assert len(fields()) == 83
    assert set(kinds()) == set(EXPLOITATION_TYPES) - {"unknown"}
    assert set(kinds().values()) <= fields()["vic_TypeOfExploitation"].values


def test_what_was_listed_for_a_referral_goes_in_the_words_of_the_standard() -> None:
    lincoln = Place("Lincoln", "car wash by the canal", "2024-03-04", "June 2024", "Washed cars")
    abroad = Place("Tirana", "", "2023", "", "")
    control = ("debt", "watched", "phone_taken", "no such row")
    about = About(control=control, sectors=("farming", "fishing"), places=(lincoln, abroad))
    told = someone(threats=["family_uk"], exploitation=[{"type": "labour", "from": "2024-03-04", "in": ["uk"]}])
    (record,) = records_of(facts(told), about)
    assert record["vic_MethodsOfControl"] == ["ThreatensChildrenFamily", "DebtBondage", "Other"]
    assert record["vic_ForcedLabourIndustry"] == "A_AgricultureForestryAndFishing"
    assert record["vic_LocationOfExploitation"] == "Lincoln, car wash by the canal; Tirana"
    assert record["hte"] == [
        {
            "hte_Type": "Exploitation",
            "hte_Date": "2024-03-04",
            "hte_City": "Lincoln",
            "hte_Country": "GB",
            "hte_Description": "Lincoln, car wash by the canal; from 4 March 2024, to June 2024; Washed cars",
        },
        {"hte_Type": "Exploitation", "hte_Description": "Tirana; from 2023, end not known"},
    ]


def test_of_several_trades_the_first_goes_and_it_is_said() -> None:
    (person,) = encounter_form(facts(someone()))["people"]
    one, two = About(sectors=("farming", "fishing")), About(sectors=("farming", "car_wash"))
    assert not [line for line in left_out(person, one) if "one kind of work" in line]  # both are one section of ISIC
    assert [line for line in left_out(person, two) if "one kind of work" in line]


def test_a_person_in_the_words_of_the_standard() -> None:
    told = someone(
        birth={"date": "1990-04-03", "basis": "document"}, consent=NO, threats=["family_abroad"], british=True, alive=True,
        exploitation=[{"type": "labour", "from": "2025-11-03", "in": ["uk"]}, {"type": "criminal", "from": "2025"}],
    )  # fmt: skip
    (record,) = records_of(facts(told))
    said = {key: value for key, value in record.items() if not key.startswith(OWN)}
    assert said == {
        "prs_Birthdate": "1990-04-03",
        "prs_Deceased": False,
        "prs_PrimaryLanguage": "vie",
        "prs_Citizenship": ["GB"],
        "vic_TraffickingStatus": "PossibleVictimOfTrafficking",
        "vic_TraffickingStatusDecisionMakingOrg": "Police",
        "vic_TypeOfExploitation": ["ForcedLabour", "Other"],
        "vic_MethodsOfControl": ["ThreatensChildrenFamily"],
        "cas_Status": "Active",
        "cas_ReferringOrganisation": "Fenmarch Police",
        "hte": [{"hte_Type": "Exploitation", "hte_Date": "2025-11-03", "hte_Country": "GB"}, {"hte_Type": "Exploitation"}],
    }


@pytest.mark.parametrize(
    ("decided", "status"), [("cg_positive", "ActualVictimOfTrafficking"), ("cg_negative", "NotAVictimOfTrafficking")]
)
def test_a_conclusive_decision_is_the_home_offices(decided: str, status: str) -> None:
    (record,) = records_of(facts(someone()), About(decided=decided))
    assert record["vic_TraffickingStatus"] == status
    assert record["vic_TraffickingStatusDecisionMakingOrg"] == "NonPoliceGovernmentalOrganization"


def test_no_marker_follows_somebody_nobody_took_for_a_victim() -> None:
    (record,) = records_of(facts(someone(roles=["witness"], belief="none")))
    assert not [key for key in record if key.startswith("vic_")]


def test_what_could_be_turned_against_them_is_kept_back_and_said() -> None:
    told = facts(someone(suspected_of=[act()], seized=["cash"], birth={"date": "2001", "basis": "stated"}, consent=YES))
    (record,) = records_of(told)
    assert not [key for key in record if any(name in key for name in KEPT_BACK)]
    assert "Misuse" not in json.dumps(record)
    words = " ".join(left_out(encounter_form(told)["people"][0], ABOUT))
    for part in ("never in a file", "left out", "known only to the year or month", "two parts"):
        assert part in words


@pytest.mark.parametrize("kind", ["json", "csv"])
@given(form=forms())
def test_out_and_in_again_is_the_same(form: dict[str, Any], kind: str) -> None:
    encounter = read_encounter(form)
    if not encounter.people:
        return
    back = cases_in(read(encode_records(records_of(encounter), kind)), NOW)
    assert len(back) == 1
    before, after = encounter_form(encounter), encounter_form(back[0].encounter)
    assert after["encountered_at"] == before["encountered_at"]
    assert after["case"] == before["case"]
    for was, became in zip(before["people"], after["people"], strict=True):
        for key in was.keys() - {"id", *KEPT_BACK, *KEPT_VALUES}:
            assert became[key] == was[key], key
        assert became["place"] == (None if was["place"] in HELD else was["place"])
        assert not {"suspect", "appropriate_adult"} & {*became["roles"], *became["helpers"]}
    assert back[0].names == (ABOUT.name,) * len(encounter.people)
    assert back[0].languages == (ABOUT.language,) * len(encounter.people)
    assert back[0].notes == ()
    assert len(back[0].remarks) == len(back[0].records) == len(encounter.people)


CELLS = st.text(alphabet=st.sampled_from("=+-@\t\r\n'\" ,;aé＝＠"), max_size=8) | st.text(max_size=8)


@given(CELLS)
def test_no_cell_runs_and_each_comes_back_as_it_was(cell: str) -> None:
    shown = harmless(cell)
    assert as_it_was(shown) == cell
    assert shown.lstrip(" ")[:1] not in tuple("=+-@\t\r\n＝＋－＠") or shown.lstrip(" ") == ""


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+44", "-1", "@SUM(A1)", "\tx", "'=1", " =1", "＝1"])
def test_a_name_that_would_run_is_text_in_the_file_and_itself_again(name: str) -> None:
    (record,) = records_of(facts(someone()), About(name=name.strip() and name.replace("\t", " ")))
    (back,) = cases_in(read(encode_records([record], "csv")), NOW)
    assert back.names == (name.replace("\t", " "),)


FOREIGN = {
    "prs_FirstName": "Ana", "prs_SecondName": "Popescu", "prs_Birthdate": "1990-04-03", "prs_Deceased": False,
    "prs_Citizenship": ["RO"], "prs_PrimaryLanguage": "ron", "vic_TraffickingStatus": "ActualVictimOfTrafficking",
    "vic_TypeOfExploitation": ["SexualExploitation", "Surrogacy"], "cas_IncomingReferralDate": "2026-03-09",
    "hte": [{"hte_Type": "Exploitation", "hte_Date": "2025-01-02"}], "con_Consent": True, "prs_Email": "a@example.org",
    "ngo_Own": "x",
}  # fmt: skip


def test_somebody_elses_record_is_read_as_far_as_it_says_and_the_rest_is_told() -> None:
    (case,) = cases_in([FOREIGN], NOW)
    (person,) = case.encounter.people
    assert (case.names, case.languages) == (("Ana Popescu",), ("Romanian",))
    assert (person.roles, person.belief, person.alive, person.british) == (("possible_victim",), None, True, None)
    assert [one.type for one in person.exploitation] == ["sexual", "other"]
    assert person.consent.nrm is None  # a yes to something else, somewhere else, is no answer about the NRM
    assert case.encounter.encountered_at.isoformat() == "2026-03-09T12:00:00+00:00"
    told = " ".join(case.notes)
    for words in ("con_Consent", "prs_Email", "ngo_Own", "Surrogacy", "citizenship", "(hte)"):
        assert words in told


def test_what_has_no_fact_here_is_kept_as_a_note_and_none_is_lost_unsaid() -> None:
    place = Place("Lincoln", "car wash", "2024", "", "")
    about = About(control=("debt",), sent_on=date(2026, 3, 9), places=(place,), gender="female")
    (case,) = cases_in(records_of(facts(someone()), about), NOW)
    for words in ("DebtBondage", "Home Office competent authority", "2026-03-09", "Feminine", "Lincoln, car wash"):
        assert words in case.remarks[0], words


def test_one_exploitation_takes_the_day_of_its_event() -> None:
    (case,) = cases_in([FOREIGN | {"vic_TypeOfExploitation": ["ForcedLabour"], "prs_Citizenship": ["GB"]}], NOW)
    (person,) = case.encounter.people
    assert str(person.exploitation[0].start) == "2025-01-02"
    assert person.british is True


def test_people_of_one_case_come_in_together_and_others_alone() -> None:
    mine = [{f"{OWN}case": "A", "prs_FirstName": name} for name in ("Ana", "Ion")]
    found = cases_in([*mine, {"prs_FirstName": "Lin"}], NOW)
    assert [len(case.encounter.people) for case in found] == [2, 1]
    assert found[0].encounter.reference == "HTCDS A"
    assert found[1].encounter.reference is None
    assert "the time of the import" in found[1].notes[0]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (b"", "neither JSON nor CSV"),
        (b"\xff\xfe", "neither JSON nor CSV"),
        (b"{", "neither JSON nor CSV"),
        (b'{"records": [], "records": []}', "neither JSON nor CSV"),
        (b"[" * 5000, "neither JSON nor CSV"),
        (b"[NaN]", "neither JSON nor CSV"),
        (b'{"version": "1.0", "records": [{}]}', "not of HTCDS 2.0"),
        (b"{}", "no list of records"),
        (b"[]", "no list of records"),
        (b"[1]", "record 1 is no object"),
        (b"[{}]", "record 1 is no object"),
        (b'[{"prs_FirstName": 1}]', "record 1: prs_FirstName takes text"),
        (b'[{"prs_Deceased": "yes"}]', "record 1: prs_Deceased takes true or false"),
        (b'[{"prs_NumberOfChildren": true}]', "takes a number"),
        (b'[{"prs_Birthdate": "3/4/1990"}]', "takes a day"),
        (b'[{"prs_Birthdate": "1990-02-30"}]', "takes a day"),
        (b'[{"prs_Gender": "F"}]', "is no value of HTCDS 2.0"),
        (b'[{"vic_TypeOfExploitation": "ForcedLabour"}]', "takes a list"),
        (b'[{"vic_TypeOfExploitation": ["=cmd()"]}]', "is no value of HTCDS 2.0"),
        (b'[{"prs_PrimaryLanguage": "' + b"x" * 41 + b'"}]', "at most 40 characters"),
        (b'[{"prs_Title": "' + b"x" * 2001 + b'"}]', "at most 2000 characters"),
        (b'[{"<script>": 1}]', "no valid name"),
        (b'[{"hte": {}}]', "takes a list"),
        (b'[{"hte": [{"prs_FirstName": "x"}]}]', "fields of an event alone"),
        (b'[{"x_lodestar_name": 3}]', "x_lodestar_name takes text"),
        (b'[{"x_lodestar_case": []}]', "x_lodestar_case takes text"),
        (b'[{"x_lodestar_roles": ["king"]}]', "roles"),
        (b'[{"x_lodestar_birth": {"age_min": 40, "age_max": 20}}]', "birth"),
        (b'[{"x_lodestar_encountered_at": "soon"}]', "encountered_at"),
        (b"name,age\r\nA,1\r\n", "neither JSON nor CSV"),
        (b"prs_FirstName,prs_FirstName\r\nA,B\r\n", "neither JSON nor CSV"),
        (b"prs_FirstName\r\nA,B\r\n", "another number of cells"),
        (b'prs_FirstName\r\n"A\r\n', "neither JSON nor CSV"),
        (b"x_lodestar_roles\r\n[\r\n", "holds no JSON"),
        (b"prs_NumberOfChildren\r\nmany\r\n", "takes a number"),
    ],
)
def test_what_is_no_record_is_refused_in_words(sent: bytes, words: str) -> None:
    with pytest.raises(Refused) as refusal:
        cases_in(read(sent), NOW)
    assert words in str(refusal.value)


def test_too_much_is_refused() -> None:
    with pytest.raises(Refused, match="larger than 5 MB"):
        read(b"[" + b" " * LARGEST)
    with pytest.raises(Refused, match="more than 500 records"):
        cases_in([{"prs_FirstName": "A"}] * (MOST_RECORDS + 1), NOW)
    assert len(cases_in([{"prs_FirstName": "A"}] * MOST_RECORDS, NOW)) == MOST_RECORDS
    with pytest.raises(Refused, match="more than 200 fields"):
        cases_in([{f"n_{number}": 1 for number in range(201)}], NOW)


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_whatever_comes_is_read_or_refused_and_nothing_else(sent: bytes) -> None:
    try:
        found = cases_in(read(sent), NOW)
    except Refused as refusal:
        found = str(refusal)
    assert found, "cases, or a sentence"
