"""The sections in which a referral is written, and the text that is made from what is listed once."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from lodestar.casework.referral_forms.rules.form import form
from lodestar.casework.referral_forms.rules.made import Linked, made, missing_lines, places
from lodestar.casework.referral_forms.rules.sections import TICKED, asks, collapsed, expanded, lists, sections, tonight
from lodestar.platform.text.reference_lists import reference_list
from tests.offenders import each

VERSION = "2026-04"
FORM = form(VERSION)
FIELDS = {field.name: field for page in FORM.pages.values() for field in page.fields}
ADULT, CHILD = {"pv-under-age": "no"}, {"pv-under-age": "yes"}
_ANY = {name: st.sampled_from(field.values()) for name, field in FIELDS.items() if field.kind in ("choice", "choices")} | {
    name: st.just("true") for name, field in FIELDS.items() if field.kind == "tick"
}


@given(st.fixed_dictionaries({}, optional=_ANY))
def test_each_field_that_the_form_shows_is_on_just_one_of_our_pages(answers):
    places = Counter(field.name for section in sections(VERSION) for ask in section.drawn(FORM, answers) for field in ask.fields)

    assert [field.name for field in FORM.visible_fields(answers) if places[field.name] != 1] == []


def test_there_are_eleven_pages_and_every_field_is_asked_for_once():
    told = [field.name for ask in asks(VERSION).values() for field in ask.fields]

    assert len(sections(VERSION)) == 11
    assert sorted(told) == sorted(FIELDS)
    assert [section.code for section in sections(VERSION)][:2] == ["age", "us"]
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
    for row in reference_list("referral_forms", "form_sections").rows:
        for told in row["ask"]:
            assert set(told.get("words", {})) <= set(dict(asks(VERSION)[told["code"]].options)), told["code"]


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
    assert asks(VERSION)[code].in_words(told) == said


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
    assert [section.number for section in sections(VERSION)] == list(range(1, 12))
    limited = {code: ask.limit for code, ask in asks(VERSION).items() if ask.limit != 15_000}
    assert limited == {"alternative-number-relation-to-pv": 250}


def test_a_list_is_on_the_page_wherever_what_is_made_of_it_is():
    for answers in ({}, {"pv-under-age": "yes"}, {"pv-under-age": "no", "pv-want-to-submit-nrm": "no"}):
        drawn = {ask.code for section in sections(VERSION) for ask in section.drawn(FORM, answers)}
        assert {ask.code for ask in lists(VERSION)} <= drawn


@each(
    ("code", "common"),
    [("fr-location", True), ("listed-places", True), ("family", False), ("pv-nationality", False), ("listed-control", False)],
)
def test_what_one_person_alone_can_answer_is_never_taken_from_a_referral_beside_it(code, common):
    assert asks(VERSION)[code].common is common


SKIP = Linked("1", "Ion Popa", "man in a red coat", "Romanian")
WHERE, WHEN, HAD_TO = "where-exploitation-happened", "when-did-the-exploitation-take-place", "what-were-they-required-to-do"


def rows(*told):
    return "\n".join("\t".join(row) for row in told)


def proposed(linked=(), held=None, **told):
    return made({code.replace("_", "-"): words for code, words in told.items()}, linked, held or {}, VERSION)


def test_one_list_of_places_becomes_the_forms_towns_countries_dates_and_what_was_done():
    found = proposed(
        listed_places=rows(
            ("Lincoln", "car wash by the canal", "March 2024", "12/6/2024", "Washed cars"),
            ("romania", "a farm", "2023", "Feb 2024", "Picked fruit."),
            ("Nowhere-on-Sea", "", "", "", ""),
        )
    )

    assert found == {
        WHERE: "uk-and-overseas",
        f"{WHERE}-uk-city": "Lincoln",
        f"{WHERE}-overseas-country": "Romania",
        f"{WHERE}-other-uk-other-location": "Lincoln, car wash by the canal\nNowhere-on-Sea",
        f"{WHERE}-other-overseas-other-location": "romania, a farm",
        WHEN: ("romania, a farm: from 2023, to February 2024\nLincoln, car wash by the canal: from March 2024, to 12 June 2024"),
        HAD_TO: (
            "romania, a farm (from 2023, to February 2024): Picked fruit.\n"
            "Lincoln, car wash by the canal (from March 2024, to 12 June 2024): Washed cars."
        ),
    }


@each(
    ("began", "ended", "said"),
    [
        ("March 2024", "June 2024", "from March 2024, to June 2024"),
        ("March 2024", "", "from March 2024, end not known"),
        ("", "2024", "start not known, to 2024"),
        ("2024", "still", "from 2024, still going on"),
        ("", "Now", "start not known, still going on"),
        ("March 2024", "2024-03", "in March 2024"),
        ("3 March 2024", "3/3/24", "3 March 2024"),
        ("before school broke up", "when she was 15", "from before school broke up, to when she was 15"),
        ("12 March", "", "from 12 March, end not known"),
        ("yesterday", "", "from yesterday, end not known"),
        ("0001-02", "", "from 0001-02, end not known"),
        ("", "", ""),
    ],
)
def test_a_date_is_told_as_far_as_it_is_known(began, ended, said):
    (place,) = places(rows(("Lincoln", "", began, ended, "")))

    assert place.when == said
    assert proposed(listed_places=rows(("Lincoln", "", began, ended, ""))).get(WHEN, "") == (f"Lincoln: {said}" if said else "")


def test_places_stand_in_the_order_of_time_and_what_tells_no_year_stands_last():
    told = [
        ("F", "", "", "", ""), ("E", "", "March 2025", "", ""), ("D", "", "spring 2024", "", ""),
        ("C", "", "", "2023", ""), ("B", "", "9 May 2022", "2026", ""), ("A", "", "2022", "", ""),
    ]  # fmt: skip

    assert [place.where for place in places(rows(*told))] == ["A", "B", "C", "D", "E", "F"]


def test_what_the_case_holds_of_dates_and_of_in_the_uk_or_abroad_is_kept_beside_it():
    told = rows(("Lincoln", "", "2024", "", ""))

    assert proposed(listed_places=told, held={WHEN: "from May 2023, end not known", WHERE: "overseas"}) == {
        WHERE: "uk-and-overseas",
        f"{WHERE}-uk-city": "Lincoln",
        WHEN: "from May 2023, end not known\nLincoln: from 2024, end not known",
    }
    assert WHERE not in proposed(listed_places=told, held={WHERE: "uk"}), "as it is held"
    assert proposed(held={WHEN: "from May 2023, end not known", WHERE: "uk"}) == {}


def test_a_place_of_which_little_is_known_is_told_all_the_same():
    assert proposed(listed_places=rows(("", "", "", "", "Begged"))) == {HAD_TO: "A place that is not known: Begged."}
    assert proposed(listed_places=rows(("", "a flat", "", "", ""))) == {f"{WHERE}-other-uk-other-location": "a flat"}
    assert proposed(listed_places="Lincoln") == {WHERE: "uk", f"{WHERE}-uk-city": "Lincoln"}
    assert proposed(listed_places="\n \n") == {}


def test_each_town_and_country_is_told_once_by_either_of_its_names():
    found = proposed(listed_places=rows(("lincoln",), ("LINCOLN",), ("Y Fenni",)))

    assert found[f"{WHERE}-uk-city"].split("\n")[0] == "Lincoln"
    assert len(found[f"{WHERE}-uk-city"].split("\n")) == 2
    assert "Unknown" not in proposed(listed_places="Unknown").get(f"{WHERE}-uk-city", "")


def test_means_and_trades_are_put_into_words_in_the_order_of_the_list():
    found = proposed(listed_control="debt\npapers_taken\nnone such", listed_sectors="car_wash\nfishing")

    assert found == {
        "how-they-were-treated": "How they were controlled: a debt that never ends; their papers taken.",
        HAD_TO: "Kind of work: car washing; fishing and shellfish.",
    }


def test_who_did_it_is_told_of_the_linked_alone_and_of_the_described():
    nobody = Linked("2", "", "", "")
    other = Linked("3", "Not Linked", "", "")
    described = rows(("Skip", "snake on his neck", "white van"), ("", "a woman of forty", ""), ("", "", ""))

    assert proposed([SKIP, nobody, other], listed_exploiters="2\n1", described_exploiters=described) == {
        "who-exploited-pv": (
            "Ion Popa, man in a red coat, speaks Romanian.\nSomeone with no other details recorded.\n"
            "Called Skip, snake on his neck, white van.\nA woman of forty."
        )
    }
    assert proposed([SKIP]) == {}


def test_what_is_missing_from_a_text_is_told_line_by_line():
    assert missing_lines("One.\nTwo.", "He said: ONE. Then more") == "Two."
    assert missing_lines("One.\nTwo.", "") == "One.\nTwo."
    assert missing_lines("", "Two.") == ""


def test_every_list_feeds_questions_that_there_are_and_only_free_text_or_places():
    for ask in lists(VERSION):
        assert not ask.fields, "a list itself never goes"
        assert set(ask.feeds) <= set(asks(VERSION)), ask.code
        assert {asks(VERSION)[code].kind for code in ask.feeds} <= {"long_text", "several", "choice"}


@each(("name", "field"), [("means_of_control", "vic_MethodsOfControl"), ("sectors", "vic_ForcedLabourIndustry")])
def test_what_can_be_ticked_answers_to_values_of_the_standard(name, field):
    standard = next(row["values"] for row in reference_list("exports", "htcds_fields").rows if row["code"] == field)
    told = {row["htcds"] for row in reference_list(*TICKED[name]).rows} - {""}

    assert told <= set(standard)
    if name == "means_of_control":
        assert told == set(standard)


def test_a_list_is_said_in_words():
    said = asks(VERSION)["described-exploiters"].in_words(rows(("Skip", "", "white van"), ("", "a woman", "")))

    assert said == "Skip, white van; a woman"
    assert asks(VERSION)["listed-control"].in_words("debt\npapers_taken") == "A debt that never ends, Their papers taken"


def test_a_place_of_which_the_year_alone_can_be_read_stands_at_the_beginning_of_that_year():
    told = rows(("Boston", "", "2 January 2019", "", ""), ("Leeds", "", "some time in 2019", "", ""))
    assert [place.where for place in places(told)] == ["Leeds", "Boston"]
