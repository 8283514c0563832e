"""What goes to the Home Office, for every branch of its form, and what can never go on an anonymous notification."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.casework.referral_forms.rules.form import (
    NOT_GIVEN,
    ROOM,
    WARN_AT,
    by_name,
    form,
    goes_anonymously,
    is_notification,
    missing,
    outgoing,
    size,
)

FORM = form("2026-04")
DAY = date(2026, 11, 25)
FIELDS = {field.name: field for page in FORM.pages.values() for field in page.fields}
# The fields that can say who somebody is, written by hand from the practice: birthplace, family, education, employment,
# health, other professionals, place below town, references, names, contact, files, and what was said and judged at length.
TELL_WHO = (
    "reference", "birthplace", "family", "education", "employment-history", "are-others-involved-details",
    "authorities-cooperation-details", "details-last-contact", "evidence-of-dishonesty-details",
    "future-exploitation-reasons", "modern-slavery-indicators-details", "not-sure-the-first-chance-to-report",
    "yes-the-first-chance-to-report", "why-report-now", "where-how-interview-carried-out", "professional-insight",
    "pv-contact-details", "pv-contact-details-county", "pv-contact-details-email-check", "pv-contact-details-email-input",
    "pv-contact-details-post-check", "pv-contact-details-postcode", "pv-contact-details-street", "pv-contact-details-town",
    "pv-dob", "pv-ho-reference", "pv-ho-reference-type", "pv-name-first-name", "pv-name-last-name", "pv-name-nickname",
    "pv-phone-number", "pv-phone-number-alternative", "pv-phone-number-yes", "alternative-number-relation-to-pv",
    "no-contact-details", "refuse-nrm", "reported-to-police-crime-reference", "reported-to-police-police-forces",
    "does-pv-have-children", "does-pv-have-children-yes-amount", "does-pv-need-support",
    "pv-interpreter-requirements", "pv-interpreter-requirements-language", "pv-other-help-with-communication",
    "pv-other-help-with-communication-aid", "someone-else", "someone-else-county", "someone-else-email-input",
    "someone-else-first-name", "someone-else-last-name", "someone-else-permission-check", "someone-else-postcode",
    "someone-else-street", "someone-else-town", "who-contact", "upload-file", "what-evidence-you-will-submit",
    "fr-details-first-name", "fr-details-last-name", "fr-details-role", "fr-details-phone", "fr-alternative-contact",
    "local-authority-contacted-about-child-local-authority-name",
    "local-authority-contacted-about-child-local-authority-phone",
    "local-authority-contacted-about-child-local-authority-email",
    "local-authority-contacted-about-child-local-authority-first-name",
    "local-authority-contacted-about-child-local-authority-last-name",
)  # fmt: skip
_ANY_ANSWER = {
    name: st.sampled_from(field.values()) if field.values() else st.just(f"<{name}>") for name, field in FIELDS.items()
}
_DECLINED = {"pv-under-age": "no", "pv-want-to-submit-nrm": "no"}


@given(st.fixed_dictionaries({}, optional=_ANY_ANSWER))
def test_nothing_that_tells_who_it_is_goes_on_an_anonymous_notification(answers):
    leaves = outgoing(FORM, {**answers, **_DECLINED}, day=DAY, may_be_named=False)
    going = by_name(leaves)

    assert {going[name].text for name in TELL_WHO if name in going} <= {"", NOT_GIVEN}
    assert not [line for line in going.values() if line.state == "filled" and line.field.name in TELL_WHO]


def test_every_field_of_the_form_either_tells_who_it_is_or_may_go():
    assert {name for name in FIELDS if not goes_anonymously(name, DAY)} == set(TELL_WHO)
    assert not goes_anonymously("birthplace-1", DAY)
    assert not goes_anonymously("where-exploitation-happened-uk-city-street", DAY)
    assert not goes_anonymously("not-a-field", DAY)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("birthplace", NOT_GIVEN),
        ("fr-alternative-contact", None),
        ("refuse-nrm", ""),
        ("are-others-involved-details", NOT_GIVEN),
        ("reported-to-police-police-forces", ""),
        ("pv-name-first-name", NOT_GIVEN),
        ("pv-contact-details", ""),
    ],
)
def test_where_the_form_demands_a_text_it_says_that_it_is_not_given(name, text):
    answers = {
        **_DECLINED,
        "authorities-cooperation": "yes",
        "are-others-involved": "yes",
        "reported-to-police": "yes",
        name: "Anna",
    }
    line = by_name(outgoing(FORM, answers, day=DAY, may_be_named=False)).get(name)

    assert (line and line.text) == text
    assert line is None or line.state == "kept_back"


@pytest.mark.parametrize(
    ("answers", "is_one"),
    [
        (_DECLINED, True),
        ({**_DECLINED, "pv-under-age": "yes"}, False),
        ({**_DECLINED, "pv-under-age": "not-sure"}, False),
        ({**_DECLINED, "pv-want-to-submit-nrm": "yes"}, False),
        ({"pv-under-age": "no"}, False),
        ({"pv-want-to-submit-nrm": "no"}, False),
        ({}, False),
    ],
)
def test_a_notification_is_of_an_adult_who_said_no(answers, is_one):
    assert is_notification(answers) is is_one


@pytest.mark.parametrize(
    ("answers", "may_be_named"),
    [
        ({"pv-under-age": "no", "pv-want-to-submit-nrm": "yes"}, True),
        ({"pv-under-age": "no", "pv-want-to-submit-nrm": "yes"}, False),
        ({**_DECLINED, "authorities-cooperation": "yes"}, True),
    ],
)
def test_whoever_is_referred_or_agrees_to_be_named_is_named(answers, may_be_named):
    answers = {**answers, "pv-name-first-name": "Anna", "birthplace": "Łódź"}
    going = by_name(outgoing(FORM, answers, day=DAY, may_be_named=may_be_named))

    assert going["pv-name-first-name"].text == "Anna"
    assert going["birthplace"].text == "Łódź"


# Cases 7 and 8 of the faults of the national form: an answer of another branch is still sent.
@pytest.mark.parametrize("change", [{"pv-want-to-submit-nrm": "no"}, {"pv-under-age": "yes"}])
@pytest.mark.parametrize("may_be_named", [True, False])
def test_a_telephone_number_given_before_the_answer_changed_does_not_go(change, may_be_named):
    referred = {
        "pv-under-age": "no",
        "pv-want-to-submit-nrm": "yes",
        "does-pv-need-support": "yes",
        "pv-phone-number": "yes",
        "pv-phone-number-yes": "07911 123456",
    }
    before = outgoing(FORM, referred, day=DAY, may_be_named=may_be_named)
    after = outgoing(FORM, {**referred, **change}, day=DAY, may_be_named=may_be_named)

    assert "07911 123456" in {line.text for line in by_name(before).values()}
    assert "07911 123456" not in {line.text for line in by_name(after).values()}


@given(st.fixed_dictionaries({}, optional=_ANY_ANSWER), st.booleans())
def test_every_field_that_the_form_shows_is_filled_named_as_missing_blank_or_kept_back(answers, may_be_named):
    leaves = outgoing(FORM, answers, day=DAY, may_be_named=may_be_named)

    assert tuple(line.field for leaf in leaves for line in leaf.lines) == FORM.visible_fields(answers)
    assert [leaf.number for leaf in leaves] == list(range(1, len(leaves) + 1))
    for leaf in leaves:
        for line in leaf.lines:
            answered = bool(answers.get(line.field.name))
            assert line.state == "kept_back" or (line.state == "filled") == answered
            assert (line.field in missing(leaves)) == (line.state == "missing")
            assert line.state != "blank" or not line.field.required


def test_an_answer_of_spaces_is_none_and_an_option_goes_by_the_words_of_the_form():
    going = by_name(outgoing(FORM, {"birthplace": " \n", "fr-location": "northern-ireland"}, day=DAY, may_be_named=False))

    assert going["birthplace"].state == "missing"
    assert going["fr-location"].text == "Northern Ireland"


def test_several_answers_of_one_field_go_together():
    answers = {"pv-under-age": "no", "pv-want-to-submit-nrm": "yes", "pv-contact-details": ["email", "post"]}

    assert by_name(outgoing(FORM, answers, day=DAY, may_be_named=False))["pv-contact-details"].text == "Email, Post"


@pytest.mark.parametrize(
    ("name", "length", "is_too_long"), [("birthplace", 15000, False), ("birthplace", 15001, True), ("reference", 20000, False)]
)
def test_a_text_longer_than_the_form_takes_is_told(name, length, is_too_long):
    line = by_name(outgoing(FORM, {name: "é" * length}, day=DAY, may_be_named=False))[name]

    assert line.is_too_long is is_too_long


def test_the_size_is_counted_in_bytes_as_they_would_go():
    empty = size(outgoing(FORM, {}, day=DAY, may_be_named=False))

    assert size(outgoing(FORM, {"birthplace": "é"}, day=DAY, may_be_named=False)) == empty + 2
    assert size(()) == 0
    assert (WARN_AT, ROOM) == (80_000, 100_000)  # what the Home Office's service keeps, and four fifths of it
