"""The order in which a referral is written: every field of the form on one of our pages, whatever is answered."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from lodestar.kernel.reference_lists import reference_list
from lodestar.referrals.rules.form import form
from lodestar.referrals.rules.sections import asks, collapsed, expanded, lists, sections, tonight
from tests.offenders import each

VERSION = "2026-04"
FORM = form(VERSION)
FIELDS = {field.name: field for page in FORM.pages.values() for field in page.fields}
ADULT, CHILD = {"pv-under-age": "no"}, {"pv-under-age": "yes"}
_ANY = {
    name: st.sampled_from(field.values()) for name, field in FIELDS.items() if field.kind in ("choice", "choices")
} | {name: st.just("true") for name, field in FIELDS.items() if field.kind == "tick"}


@given(st.fixed_dictionaries({}, optional=_ANY))
def test_each_field_that_the_form_shows_is_on_just_one_of_our_pages(answers):
    places = Counter(
        field.name for section in sections(VERSION) for ask in section.drawn(FORM, answers) for field in ask.fields
    )

    assert [field.name for field in FORM.shown(answers) if places[field.name] != 1] == []


@each("age", ["yes", "no", "not-sure", ""])
@each("consent", ["yes", "no", ""])
def test_each_branch_of_age_and_consent_has_all_its_fields(age, consent):
    for helps in ("yes", "no", ""):
        answers = {"pv-under-age": age, "pv-want-to-submit-nrm": consent, "authorities-cooperation": helps}
        drawn = [
            field.name for section in sections(VERSION) for ask in section.drawn(FORM, answers) for field in ask.fields
        ]

        assert {field.name for field in FORM.shown(answers)} <= set(drawn)
        assert len(drawn) == len(set(drawn))


def test_there_are_twelve_pages_and_every_field_is_asked_for_once():
    told = [field.name for ask in asks(VERSION).values() for field in ask.fields]

    assert len(sections(VERSION)) == 12
    assert sorted(told) == sorted(FIELDS)
    assert [section.code for section in sections(VERSION)][:2] == ["age", "consent"]
    assert [section.code for section in sections(VERSION) if section.is_account] == ["account"]


def test_what_hangs_on_a_question_comes_after_it_on_its_page():
    for section in sections(VERSION):
        before = set()
        for ask in section.asks:
            assert not ask.under or ask.under in before, ask.code
            before.add(ask.code)


def test_an_answer_that_something_hangs_on_is_one_of_its_options():
    for ask in asks(VERSION).values():
        if ask.when:
            assert ask.when in dict(asks(VERSION)[ask.under].options), ask.code


def test_our_words_for_options_are_for_options_that_the_form_has():
    for row in reference_list("referrals", "form_sections").rows:
        for told in row["ask"]:
            assert set(told.get("words", {})) <= set(dict(asks(VERSION)[told["code"]].options)), told["code"]


def test_a_child_is_asked_for_no_consent_and_an_adult_for_no_local_authority():
    def drawn(answers):
        return {ask.code for section in sections(VERSION) for ask in section.drawn(FORM, answers)}

    assert "pv-want-to-submit-nrm" not in drawn(CHILD)
    assert "local-authority-contacted-about-child-local-authority-name" in drawn(CHILD)
    assert "pv-want-to-submit-nrm" in drawn(ADULT)
    assert "local-authority-contacted-about-child-local-authority-name" not in drawn(ADULT)


@each("answers", [ADULT, CHILD, {**ADULT, "pv-want-to-submit-nrm": "no"}, {}])
def test_a_referral_of_the_night_wants_twelve_answers_at_most(answers):
    assert 5 < len(tonight(VERSION, FORM, answers)) <= 12


def test_answers_become_fields_and_fields_answers():
    told = {
        "where-exploitation-happened-uk-city": "Lincoln\nNorwich",
        "types-of-exploitation": "types-of-exploitation-other\ntypes-of-exploitation-wages-taken",
        "when-did-the-exploitation-take-place": "from May",
        "pv-contact-details": "email\npost",
        "family": "a sister\nand a brother",
        "education": " ",
        "no question": "x",
    }
    fields = expanded(VERSION, told)

    assert fields == {
        "where-exploitation-happened-uk-city-1": "Lincoln",
        "where-exploitation-happened-uk-city-2": "Norwich",
        "types-of-exploitation-other": "true",
        "types-of-exploitation-wages-taken": "true",
        "when-did-the-exploitation-take-place": "from May",
        "when-did-the-exploitation-take-place-multiple": "from May",
        "pv-contact-details": ("email", "post"),
        "family": "a sister\nand a brother",
    }
    back = collapsed(VERSION, fields)
    assert back["where-exploitation-happened-uk-city"] == "Lincoln\nNorwich"
    assert set(back["types-of-exploitation"].split("\n")) == set(told["types-of-exploitation"].split("\n"))
    assert back["when-did-the-exploitation-take-place"] == "from May"
    assert back["pv-contact-details"] == "email\npost"
    assert set(back) == set(told) - {"education", "no question"}


@each(
    ("code", "told", "said"),
    [
        ("still-in-exploitative-situation", "yes", "Yes"),
        ("pv-contact-details", "email\npost", "Email, Post"),
        ("where-exploitation-happened", "uk-and-overseas", "Both"),
        ("pv-contact-details-post-check", "true", "Yes"),
        ("pv-contact-details-post-check", "", ""),
        ("family", "a sister\nand a brother", "a sister\nand a brother"),
        ("where-exploitation-happened-uk-city", "Lincoln\nNorwich", "Lincoln, Norwich"),
    ],
)
def test_an_answer_is_said_in_words(code, told, said):
    assert asks(VERSION)[code].said(told) == said


def test_what_the_form_wants_and_nobody_answered_is_missing():
    where = next(section for section in sections(VERSION) if section.code == "kind")
    none = {ask.code for ask in where.missing(FORM, ADULT)}
    some = {**ADULT, "types-of-exploitation-other": "true", "modern-slavery-indicators": "no"}

    assert none == {"types-of-exploitation", "modern-slavery-indicators"}
    assert {ask.code for ask in where.missing(FORM, some)} == {"other-exploitation-details"}


def drawn_in(section, answers):
    one = next(one for one in sections(VERSION) if one.code == section)
    return [ask.code for ask in one.drawn(FORM, answers)]


def test_what_hangs_on_an_answer_is_drawn_with_its_question_whatever_was_answered():
    """Without a script nothing on a page can open: what a choice would reveal is there from the start."""
    hangs = "what-is-keeping-them-in-situation"
    for answer in ("", "no", "yes"):
        assert hangs in drawn_in("age", {**ADULT, "still-in-exploitative-situation": answer})


def test_what_hangs_on_any_answer_is_drawn_until_there_is_one():
    abroad = "where-exploitation-happened-overseas-country"
    assert abroad in drawn_in("where", ADULT)
    assert abroad in drawn_in("where", {**ADULT, "where-exploitation-happened": "overseas"})
    assert abroad not in drawn_in("where", {**ADULT, "where-exploitation-happened": "uk"})


def test_only_what_the_form_wants_is_missing():
    missing = {section.code: {ask.code for ask in section.missing(FORM, ADULT)} for section in sections(VERSION)}
    assert "birthplace" in missing["person"]
    assert missing["person"].isdisjoint({"pv-name-nickname", "pv-dob", "pv-nationality-second"})
    assert "details-last-contact" not in missing["age"]
    assert missing["evidence"] == {"reported-to-police", "are-others-involved"}


def test_sections_are_counted_from_one_and_answers_have_the_room_of_their_field():
    assert [section.number for section in sections(VERSION)] == list(range(1, 13))
    limited = {code: ask.limit for code, ask in asks(VERSION).items() if ask.limit != 15_000}
    assert limited == {"alternative-number-relation-to-pv": 250}


def test_a_list_is_on_the_page_wherever_what_is_made_of_it_is():
    for answers in ({}, {"pv-under-age": "yes"}, {"pv-under-age": "no", "pv-want-to-submit-nrm": "no"}):
        drawn = {ask.code for section in sections(VERSION) for ask in section.drawn(FORM, answers)}
        assert {ask.code for ask in lists(VERSION)} <= drawn


def test_what_is_ticked_is_told_in_the_words_of_the_list_with_a_capital():
    assert ("farming", "Farming, picking and packing") in asks(VERSION)["listed-sectors"].options


@each(
    ("code", "common"),
    [("fr-location", True), ("listed-places", True), ("family", False), ("pv-nationality", False), ("listed-control", False)],
)
def test_what_one_person_alone_can_answer_is_never_taken_from_a_referral_beside_it(code, common):
    assert asks(VERSION)[code].common is common


def test_a_list_never_holds_back_what_can_go_tonight():
    assert not any(ask.tonight for ask in lists(VERSION))


@each(
    ("code", "picked_from", "most"),
    [("pv-nationality", "nationalities", 0), ("family", "", 0), ("listed-sectors", "", 0), ("listed-places", "", 8)],
)
def test_what_is_typed_is_picked_from_no_list_and_rows_alone_have_a_number(code, picked_from, most):
    assert (asks(VERSION)[code].picked_from, asks(VERSION)[code].most) == (picked_from, most)
