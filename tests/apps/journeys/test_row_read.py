"""What a row says of an incident and a person: nothing of it is lost, and what is no row makes nobody."""

import json
from datetime import UTC, datetime

import pytest

from lodestar.journeys.report_lines import why_no_row
from lodestar.journeys.row_read import NothingTold, concern_key, row_of
from lodestar.journeys.typed_days import is_month_first
from lodestar.kernel.days import LONDON

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
MET = datetime(2026, 11, 3, 2, 25, tzinfo=LONDON)


def told(**cells):
    return row_of(list(cells.items()), NOW)


def test_nothing_of_a_row_is_lost():
    row = told(
        incident_ref="INC 1", happened_at="31/02/2026", reported_at="3/11/2026 02:25", police_area="Atlantis", name="Ana",
        born="31/02/2009", age="elderly", sex="F", nationality="Romanian", role="driver", offence="Slavery",
        offence_date="last week",
        phone="07700 900123", address="12 Mill Lane", narrative="x" * 2500, source="999", officer="PC 1",
        person_ref="N1", place="Shop", postcode="LN1 1AA", **{"shoe size": "38"},
    )  # fmt: skip
    assert (row.met, row.met_words) == (MET, "31/02/2026")
    assert row.case == {"place": "Shop, LN1 1AA", "police_areas": [], "what": "x" * 2000}
    assert row.person == {"roles": [], "description": "N1 in the report", "name": "Ana"}
    assert row.of_case == [
        "Incident reference: INC 1",
        "Reported: 3/11/2026 02:25", "Happened, as typed: 31/02/2026", "Police area, as typed: Atlantis",
        f"What happened, in full: {'x' * 2500}",
    ]  # fmt: skip
    assert row.case_apart == ["Source: 999", "Officer: PC 1"]
    assert row.of_person == ["Born, as typed: 31/02/2009", "Age, as typed: elderly", "Sex: F", "Nationality: Romanian"]
    assert row.person_apart == ["Role, as typed: driver", "Offence: Slavery", "Offence date: last week", "shoe size: 38"]
    assert row.reach.splitlines()[1:] == ["Address: 12 Mill Lane", "Phone: 07700 900123"]
    assert len(row.notes) == 6


def test_what_a_suspect_is_suspected_of():
    row = told(role="suspect", offence="Misuse of Drugs Act 1971 s5(3)", offence_date="Nov 2026", place="Custody")
    assert row.offence == {
        "title": "Misuse of Drugs Act 1971 s5(3)", "act": "Misuse of Drugs Act 1971", "section": "5(3)", "stage": "arrest",
        "on_from": "2026-11", "on_to": "2026-11",
    }  # fmt: skip
    for day, on in (("01.01.90", "1990-01-01"), ("4-9-99", "1999-09-04"), ("3 Sep 26", "2026-09-03")):
        told_of = told(role="suspect", offence="theft", offence_date=day, happened_at="3/11/2026 02:25").offence
        assert (told_of.get("on_from"), told_of.get("on_to")) == (on, on), day
    for day in ("4/11/2026", "4/11/26", "01.01.30", "30/12/1899"):
        row = told(role="suspect", offence="theft", offence_date=day, happened_at="3/11/2026 02:25")
        assert (f"Offence date, as typed: {day}" in row.person_apart, "on_from" in row.offence) == (True, False)
    assert told(role="suspect", offence="theft").offence == {"title": "theft", "act": "", "section": "", "stage": "stop"}


def test_the_same_row_has_the_same_key_whatever_stands_first():
    one, other = told(name="Ana", age="16"), told(age="16", name="Ana", sex=" ")
    assert one.key == other.key != told(name="Ana", age="17").key
    assert (concern_key("INC 1", one.key), concern_key("", one.key)) == ("INC 1", one.key)
    assert len(concern_key("x" * 121, one.key)) == 64


def test_a_row_of_unknown_columns_alone_says_nothing():
    with pytest.raises(NothingTold):
        told(colour="red", name=" \0")


@pytest.mark.parametrize("words", ["Run on seeing officers, no shoes", "Printed on her arm: a phone number", "Run on 3 legs"])
def test_a_story_is_no_line_about_a_report(words):
    assert not why_no_row([("incident_ref", "2041"), ("age", "15"), ("narrative", words)])
    for line in ("Run on 3/11/2026 02:25", "Completion time: 2026-11-03", "Printed on Tuesday 3 November 2026"):
        assert why_no_row([("incident_ref", line), ("age", "3")])


@pytest.mark.parametrize(
    "cells",
    [{"narrative": "Run on 12 November by two men"}, {"narrative": "Exported on 12/11/2026 to Dover"}, {"narrative": "Total: 12"},
     {"name": "Run on 12 mg"}, {"narrative": "3 records found"}, {"name": "(Ана n)", "place": "(no)"},
     {"name": "(Ngọc no)", "place": "(n)"}, {"name": "(no)", "phone": "(no 07700900123)"}],
)  # fmt: skip
def test_few_words_of_a_table_about_somebody_are_no_line_about_a_report(cells):
    assert not why_no_row(list(cells.items()))


def test_few_words_that_stand_in_no_table_are_never_a_line_about_a_report():
    for words in ("Total: 12", "(2 rows affected)", "End of report", "Page 1 of 2"):
        assert told(narrative=words).case["what"] == words
        assert told(place=words).kept
    assert told(name="(name)", age="(number)").kept


@pytest.mark.parametrize("nothing", ["NULL", "\\N", "(null)", "<null>", "[NULL]", " NULL "])
def test_what_a_database_writes_for_nothing_is_nothing(nothing):
    row = told(name=nothing, born=nothing, narrative="Two girls", place=nothing, shoe=nothing, age="16")
    assert (row.person, row.case) == ({"roles": [], "age_min": 16, "age_max": 16}, {"what": "Two girls"})
    assert row.of_person == row.of_case == []
    assert nothing in dict(json.loads(row.kept)).values()  # as it came
    with pytest.raises(NothingTold):
        told(name=nothing, narrative=nothing)
    assert told(name="Null").person["name"] == "Null"  # as somebody may be called


def test_what_a_spreadsheet_could_not_work_out_is_nobodys_name():
    row = told(name="#NAME?", age="16", narrative="#N/A")
    assert "name" not in row.person
    assert row.person_apart == ["name in the file: #NAME?", "narrative in the file: #N/A"]
    assert sum("could not work out" in note for note in row.notes) == 1


def test_a_day_whose_month_stands_first_is_kept_and_told():
    assert [is_month_first(text) for text in ("12/31/2025", "2-13-26", "13/2/2026", "1/2/2026", "12/32/2025")] == [
        True, True, False, False, False,
    ]  # fmt: skip
    row = told(name="Ana", born="12/31/2005", happened_at="11/13/2026")
    assert sum("the month seems to stand first" in note for note in row.notes) == 2
    assert "Born, as typed: 12/31/2005" in row.of_person


def test_a_name_of_signs_that_nobody_sees_is_none():
    assert told(name="A\u200bna \u202egnirts\u202c\u2060").person["name"] == "Ana gnirts"
    with pytest.raises(NothingTold):
        told(name="\u200b\u202e", narrative="\u2060")
    assert told(name="می\u200cخواهم").person["name"] == "می\u200cخواهم"  # a joiner is spelling


@pytest.mark.parametrize("column", ["happened_at", "born", "age", "offence_date"])
def test_a_story_in_the_column_of_a_day_or_an_age_is_kept_as_words(column):
    told = row_of([("name", "Ana"), (column, "16. " + "He could not say. " * 20)], NOW)
    assert [kept for kept in told.of_case + told.of_person + told.person_apart if "16. He could not say." in kept]


@pytest.mark.parametrize(
    "cells",
    [{"narrative": "Run by two Albanian men, six girls locked upstairs"}, {"narrative": "Exported by her uncle, sold on"},
     {"narrative": "Restricted"}, {"name": "(unknown female)", "narrative": "(two girls about 15 in the van)"},
     {"name": "[redacted]", "age": "(15)"}, {"name": "(Ana)", "phone": "(07700900123)"}],
)  # fmt: skip
def test_few_words_about_somebody_are_no_line_about_a_report(cells):
    assert not why_no_row(list(cells.items()))


def test_every_way_to_reach_them_is_kept_sealed_and_makes_somebody():
    cells = [("Mobile", "07700 900123"), ("phone", "07700 900456"), ("postcode", "LN2 2BB"), ("phone", "7.7009E+10"),
             ("Postcode", "-"), ("postcode", "LN1 1AA"), ("address", "12 Mill Lane\nLincoln"), ("Phone seized", "07700 900789"),
             ("shoe size", "38")]  # fmt: skip
    row = row_of(cells, NOW)
    assert row.reach.splitlines()[1:] == [
        "Address: 12 Mill Lane, Lincoln", "Phone: 07700 900456", "Phone: 7.7009E+10", "Mobile: 07700 900123",
        "Postcode: LN1 1AA", "Phone seized: 07700 900789",
    ]  # fmt: skip
    assert (row.case["place"], row.person_apart) == ("LN2 2BB", ["Postcode: -", "shoe size: 38"])
    assert "phone looks as if a spreadsheet had shortened its number" in row.notes
    assert "Phone seized holds a way to reach somebody, and is kept sealed" in row.notes
    assert told(Mobile="07700 900123").person == {"roles": []}
    assert told(narrative="Cold", Mobile="-").person is None


@pytest.mark.parametrize("text", ["jane+1@gmail.com", "jane+uk@example.org", "sie+er", "+44 7700 900123", "4.4E", "line+12"])
def test_what_no_spreadsheet_shortened_is_not_said_to_be_and_no_note_says_what_is_sealed(text):
    row = told(Email=text, phone="4.47701e11")
    assert [note for note in row.notes if "shortened" in note] == ["phone looks as if a spreadsheet had shortened its number"]
    assert not [note for note in row.notes if text in note or "4.47" in note]


def test_a_number_after_a_cross_is_no_formula_that_failed():
    row = told(phone="#07700900123", address="#12", Mobile="#07700900456", **{"Home address": "#REF!"})
    assert row.reach.splitlines()[1:] == ["Address: #12", "Phone: #07700900123", "Mobile: #07700900456"]
    assert row.person_apart == ["Home address: #REF!"]
    failed = told(phone="#N/A", address="#GETTING_DATA", name="Ana")
    assert (failed.reach, failed.person_apart) == ("", ["phone in the file: #N/A", "address in the file: #GETTING_DATA"])


def test_a_key_that_says_how_to_reach_them_is_told_as_sealed():
    row = row_of([("name", "Ana"), ("hometel", "07700 900123"), ("boot", "38")], NOW, is_object=True)
    assert row.notes[:2] == [
        "keys that say where somebody is or how to reach them, kept sealed: hometel",
        "keys that are not known, kept as text: boot",
    ]  # fmt: skip
