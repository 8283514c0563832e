"""The Home Office's form as data: what is shown for which answers, against the walks that were driven through it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.casework.referral_forms.rules.form import ENDS, form, listed, version_on
from lodestar.platform.questionnaires.rules import ANY, Condition
from lodestar.platform.text.reference_lists import reference_list
from tests.offenders import each

FORM = form("2026-04")
# The shortest answers with which the form was walked in April 2026.
SHORTEST = {
    "pv-under-age": "no",
    "still-in-exploitative-situation": "no",
    "where-exploitation-happened": "uk",
    "exploiters-location": "yes",
    "pv-want-to-submit-nrm": "yes",
    "does-pv-need-support": "yes",
    "who-contact": "potential-victim",
}


@each(
    ("answers", "pages"),
    [
        ({}, 49),
        ({"pv-want-to-submit-nrm": "no"}, 37),
        ({"pv-want-to-submit-nrm": "no", "authorities-cooperation": "yes"}, 39),
        ({"upload-file": ["a.pdf"]}, 50),
        ({"upload-file": []}, 49),
        ({"does-pv-need-support": "no"}, 48),
        ({"where-exploitation-happened": "uk-and-overseas"}, 50),
        ({"exploiters-location": "no"}, 47),
    ],
)
def test_the_walks_are_as_long_as_they_were_when_driven(answers, pages):
    assert len(list(FORM.walk({**SHORTEST, **answers}))) == pages


@each("age", ["yes", "not-sure"])
def test_a_child_and_one_of_unsure_age_are_asked_neither_for_consent_nor_for_support(age):
    codes = [page.code for page in FORM.walk({**SHORTEST, "pv-under-age": age})]

    assert "local-authority-contacted-about-child" in codes
    assert not {"pv-want-to-submit-nrm", "does-pv-need-support", "who-contact"} & set(codes)
    assert codes[codes.index("authorities-cooperation") + 1] == "pv-name-referral"
    assert codes[codes.index("pv-ho-reference") + 1] == "fr-details"


def test_an_adult_is_asked_for_consent_on_the_page_on_which_the_form_asks():
    codes = [page.code for page in FORM.walk(SHORTEST)]

    assert codes[0] == "reference"
    assert codes.index("pv-want-to-submit-nrm") + 1 == 34


@each(
    ("answers", "field", "is_shown"),
    [
        ({"are-others-involved": "yes"}, "are-others-involved-details", True),
        ({"are-others-involved": "no"}, "are-others-involved-details", False),
        ({}, "are-others-involved-details", False),
        ({"pv-contact-details": ["email", "post"]}, "pv-contact-details-postcode", True),
        ({"pv-contact-details": ["email"]}, "pv-contact-details-postcode", False),
        ({"types-of-exploitation-other": "true"}, "other-exploitation-details", True),
        ({}, "other-exploitation-details", False),
        ({}, "birthplace", True),
    ],
)
def test_a_field_is_shown_while_what_it_hangs_on_is_answered_so(answers, field, is_shown):
    assert (field in {one.name for one in FORM.visible_fields({**SHORTEST, **answers})}) is is_shown


def test_every_way_leads_to_a_page_and_hangs_on_a_field_of_the_form():
    names = {field.name for page in FORM.pages.values() for field in page.fields}
    ways = [page.next for page in FORM.pages.values()]
    ways += [to for page in FORM.pages.values() for _, to in page.branches]
    conditions = [condition for page in FORM.pages.values() for condition, _ in page.branches]
    conditions += [field.shown_when for page in FORM.pages.values() for field in page.fields if field.shown_when]

    assert set(ways) - {ENDS} == set(FORM.pages) - {FORM.first}
    assert {condition.field for condition in conditions} <= names
    assert len(FORM.pages) == 62
    assert len(names) == 138


_CHOICES = {
    field.name: st.lists(st.sampled_from(field.values()), max_size=2).map(
        lambda given, one=field.kind == "choice": (given or [""])[0] if one else given
    )
    for page in FORM.pages.values()
    for field in page.fields
    if field.kind in ("choice", "choices")
}


@given(st.fixed_dictionaries({}, optional=_CHOICES))
def test_whatever_is_answered_the_form_ends_and_shows_no_page_twice(answers):
    codes = [page.code for page in FORM.walk(answers)]

    assert len(codes) == len(set(codes))
    assert codes[0] == "reference"


@each(
    ("name", "limit"), [("birthplace", 15000), ("family", 15000), ("alternative-number-relation-to-pv", 250), ("reference", None)]
)
def test_a_text_keeps_the_limit_that_the_form_gives_it(name, limit):
    assert _field(name).limit == limit


@each("name", ["pv-dob", "upload-file", "pv-gender", "pv-nationality", "types-of-exploitation-other"])
def test_what_is_picked_has_no_limit_of_characters(name):
    assert _field(name).limit is None


def test_the_form_takes_only_what_it_offers():
    assert _field("pv-gender").values() == ("female", "male", "unknown")
    assert len(_field("reported-to-police-police-forces").values()) == 47
    assert "United Kingdom" not in _field("where-exploitation-happened-overseas-country-1").values()
    assert len(_field("where-exploitation-happened-overseas-country-1").values()) == 196
    assert "United Kingdom" in listed("countries")
    assert "Unknown" in _field("current-pv-location-uk-city").values()
    assert _field("birthplace").values() == ()
    with pytest.raises(KeyError):
        listed("no such list")


def test_a_field_says_whether_the_form_asks_for_it_and_under_what_words():
    assert _field("birthplace").required
    assert not _field("pv-dob").required
    assert _field("birthplace").label == "Place of birth"
    assert _field("professional-insight").label == "Your professional insight"


def test_a_condition_on_any_answer_holds_on_any_but_none():
    upload = Condition("upload-file", frozenset({ANY}))

    assert upload.holds({"upload-file": ["x"]})
    assert upload.holds({"upload-file": "x"})
    assert not upload.holds({"upload-file": []})
    assert not upload.holds({"upload-file": ""})
    assert not upload.holds({})


@each(
    ("day", "version"),
    [
        (date(2019, 9, 18), None),
        (date(2019, 9, 19), "2019-09"),
        (date(2023, 1, 29), "2019-09"),
        (date(2023, 1, 30), "2023-01"),
        (date(2025, 2, 28), "2023-01"),
        (date(2025, 3, 1), "2025-03"),
        (date(2026, 4, 20), "2025-03"),
        (date(2026, 4, 21), "2026-04"),
        (date(2030, 1, 1), "2026-04"),
    ],
)
def test_each_day_has_the_version_that_was_used_then(day, version):
    assert version_on(day) == version


def test_only_the_newest_version_is_held_whole():
    rows = {row["code"]: row["holds"] for row in reference_list("referral_forms", "form_versions").rows}

    assert rows == {"2019-09": "outline", "2023-01": "name", "2025-03": "name", "2026-04": "whole"}
    with pytest.raises(FileNotFoundError):
        form("2025-03")


def _field(name):
    return next(field for page in FORM.pages.values() for field in page.fields if field.name == name)
