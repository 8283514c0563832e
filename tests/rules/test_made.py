"""Text made from what is listed once: places in the order of time, who did it, how they were controlled, the trade."""


from lodestar.kernel.reference_lists import reference_list
from lodestar.referrals.rules.made import Linked, made, missing_lines, places
from lodestar.referrals.rules.sections import asks, lists
from tests.offenders import each

VERSION = "2026-04"
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
        WHEN: (
            "romania, a farm: from 2023, to February 2024\nLincoln, car wash by the canal: from March 2024, to 12 June 2024"
        ),
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


def test_the_trade_stands_after_what_happened():
    found = proposed(listed_places=rows(("Lincoln", "", "", "", "Why not?")), listed_sectors="car_wash")

    assert found[HAD_TO] == "Lincoln: Why not?\nKind of work: car washing."


def test_who_did_it_is_told_of_the_linked_alone_and_of_the_described():
    nobody = Linked("2", "", "", "")
    other = Linked("3", "Not Linked", "", "")
    described = rows(("Skip", "snake on his neck", "white van"), ("", "a woman of forty", ""), ("", "", ""))

    assert proposed([SKIP, nobody, other], listed_exploiters="2\n1", described_exploiters=described) == {
        "who-exploited-pv": (
            "Ion Popa, man in a red coat, speaks Romanian.\nSomebody of whom nothing more is recorded.\n"
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


@each(
    ("name", "field"), [("means_of_control", "vic_MethodsOfControl"), ("sectors", "vic_ForcedLabourIndustry")]
)
def test_what_can_be_ticked_answers_to_values_of_the_standard(name, field):
    standard = next(row["values"] for row in reference_list("exchange", "htcds_fields").rows if row["code"] == field)
    told = {row["htcds"] for row in reference_list("referrals", name).rows} - {""}

    assert told <= set(standard)
    if name == "means_of_control":
        assert told == set(standard)


def test_a_list_is_said_in_words():
    said = asks(VERSION)["described-exploiters"].said(rows(("Skip", "", "white van"), ("", "a woman", "")))

    assert said == "Skip, white van; a woman"
    assert asks(VERSION)["listed-control"].said("debt\npapers_taken") == "A debt that never ends, Their papers taken"


def test_a_place_of_which_the_year_alone_can_be_read_stands_at_the_beginning_of_that_year():
    told = rows(("Boston", "", "2 January 2019", "", ""), ("Leeds", "", "some time in 2019", "", ""))
    assert [place.where for place in places(told)] == ["Leeds", "Boston"]
