"""Facts that are listed once become the form's own text: proposed, to be changed, and never over what somebody wrote."""

import re

import pytest

from lodestar.cases import actions as cases
from lodestar.referrals import queries
from lodestar.referrals.models import Answer, Supplement, Writing
from lodestar.referrals.rules.outgoing import by_name
from lodestar.referrals.rules.sections import sections
from tests.apps.referrals.conftest import NIGHT as NOW
from tests.apps.referrals.test_rest import gone, rest
from tests.apps.referrals.test_writing import VERSION, address, an_adult, begun, seen, told, words
from tests.factories.cases import a_person
from tests.factories.signed_in import form
from tests.killed.html_forms import form_to

pytestmark = pytest.mark.usefixtures("fenmarch", "night")
WHO, HAD_TO, WHEN = "who-exploited-pv", "what-were-they-required-to-do", "when-did-the-exploitation-take-place"
LINCOLN = ["Lincoln", "car wash by the canal", "March 2024", "June 2024", "Washed cars"]
BLANK = [""] * 5


def sent(web, writing, section="account", **typed):
    """Sends a section as a browser does: with all that stood on its page, besides what was typed."""
    where = address(writing, section)
    pairs = form_to(words(web.get(where)), where, where).filled(**typed)
    data = {}
    for name, value in pairs:
        data.setdefault(name, []).append(value)
    return web.post(where, {**data, "add": typed.get("add", "")})


def going(writing):
    sheet = queries.sheet_of(Writing.objects.select_related("person__case").get(id=writing.id))
    return by_name(queries.going(sheet, NOW.date()).leaves)


def text_of(page, code):
    return re.search(rf'<textarea[^>]* name="{code}"[^>]*>\n([^<]*)</textarea>', page)[1]


def test_a_place_listed_once_stands_in_every_answer_that_asks_for_it_as_a_proposal(web, officer):
    writing = begun(officer, an_adult(officer))
    assert sent(web, writing, "where", **{"listed-places": [*LINCOLN, *BLANK]}).status_code == 302
    row = Answer.objects.get()
    assert (row.code, row.words.split("\t")) == ("listed-places", LINCOLN)
    page = words(web.get(address(writing, "where")))
    assert text_of(page, WHEN) == "Lincoln, car wash by the canal: from March 2024, to June 2024"
    assert text_of(page, "where-exploitation-happened-uk-city") == "Lincoln"
    assert "Drafted from recorded signs" in page
    assert 'value="car wash by the canal"' in page
    assert "Place 2" in page, "there is room for another"
    assert "Washed cars." in text_of(words(web.get(address(writing))), HAD_TO)
    lines = going(writing)
    assert lines[HAD_TO].text == "Lincoln, car wash by the canal (from March 2024, to June 2024): Washed cars."
    assert "listed-places" not in lines
    sent(web, writing, "where", **{"listed-places": BLANK})
    assert HAD_TO not in told(writing)


def test_what_is_saved_untouched_goes_on_following_the_list(web, officer):
    writing = begun(officer, an_adult(officer))
    sent(web, writing, "where", **{"listed-places": LINCOLN})
    page = words(web.get(address(writing, "where")))
    typed = {WHEN: text_of(page, WHEN)}
    more = ["Boston", "", "2025", "", ""]
    web.post(address(writing, "where"), form(seen=seen(page), **{"listed-places": [*LINCOLN, *more]}, **typed))
    assert not Answer.objects.filter(code=WHEN).exists()
    assert told(writing)[WHEN].endswith("Boston: from 2025, end not known")


def test_what_somebody_wrote_is_never_written_over_and_what_it_lacks_can_be_put_after_it(web, officer):
    writing = begun(officer, an_adult(officer))
    sent(web, writing, **{HAD_TO: "She did not wish to say."})
    sent(web, writing, "where", **{"listed-places": LINCOLN})
    assert told(writing)[HAD_TO] == "She did not wish to say."
    page = words(web.get(address(writing)))
    assert text_of(page, HAD_TO) == "She did not wish to say."
    assert "Recorded signs not in this answer: What they had to do" in page
    response = sent(web, writing, **{HAD_TO: "She did not wish to say more.", "add": HAD_TO})
    assert response.url == address(writing)
    whole = "She did not wish to say more.\nLincoln, car wash by the canal (from March 2024, to June 2024): Washed cars."
    assert told(writing)[HAD_TO] == whole
    assert "Recorded signs not" not in words(web.get(address(writing)))
    sent(web, writing, **{HAD_TO: ""})
    assert HAD_TO not in told(writing), "taken back is taken back"


def test_means_and_trades_are_ticked_and_told_in_words(web, officer):
    writing = begun(officer, an_adult(officer))
    sent(web, writing, **{"listed-control": ["debt", "papers_taken"]})
    sent(web, writing, "kind", **{"listed-sectors": ["car_wash"]})
    assert told(writing)["how-they-were-treated"] == "How they were controlled: a debt that never ends; their papers taken."
    assert going(writing)[HAD_TO].text == "Kind of work: car washing."


def an_exploiter(officer, writing, name="Ion Popa", roles=("exploiter",), **more):
    belief = "reasonable_grounds" if "possible_victim" in roles else ""
    return a_person(officer, writing.person.case, name=name, roles=list(roles), belief=belief, **more)


def test_who_of_the_case_did_it_is_linked_and_who_else_is_described(web, officer):
    writing = begun(officer, an_adult(officer))
    assert "No suspect is recorded in the case yet" in words(web.get(address(writing, "who")))
    popa = an_exploiter(officer, writing, description="man in a red coat", language="Romanian")
    witness = an_exploiter(officer, writing, "Wit Ness", ["witness"])
    page = words(web.get(address(writing, "who")))
    assert "Ion Popa" in page
    assert "Wit Ness" not in page
    assert "Rareș Munteanu" not in re.search(r"Who of the case did it.*?</fieldset>", page, re.DOTALL)[0]
    skip = ["Skip", "snake on his neck", "white van", "", "", ""]
    sent(web, writing, "who", **{"listed-exploiters": [str(popa.id)], "described-exploiters": skip})
    assert told(writing)[WHO] == (
        "Ion Popa, man in a red coat, speaks Romanian.\nCalled Skip, snake on his neck, white van."
    )
    refused = sent(web, writing, "who", **{"listed-exploiters": [str(witness.id)]})
    assert refused.status_code == 422, "a witness is nobody who did it"


def test_without_a_name_what_is_made_of_lists_waits_until_somebody_has_read_it(web, officer):
    writing = begun(officer, an_adult(officer, answer=False))
    popa = an_exploiter(officer, writing)
    sent(web, writing, "where", **{"listed-places": ["Lincoln", "A van", "2024", "", "Rareș washed cars"]})
    sent(web, writing, "who", **{"listed-exploiters": [str(popa.id)]})
    lines = going(writing)
    assert {lines[WHO].state, lines[HAD_TO].state} == {"unchecked"}
    assert lines["where-exploitation-happened-uk-city-1"].text == "Lincoln"
    assert "Rareș" not in "".join(line.text for line in lines.values())


def test_what_was_listed_after_it_went_is_of_the_rest_that_goes(web, officer, night):
    person = an_adult(officer)
    writing = begun(officer, person)
    gone(officer, person, night)
    sent(web, writing, "where", **{"listed-places": LINCOLN})
    page = words(web.get(rest(writing)))
    assert "Washed cars." in page
    web.post(rest(writing), form(how="By e-mail", rest_at=""))
    assert HAD_TO in Supplement.objects.get().codes


def test_a_second_victim_is_offered_the_lists_and_people_of_the_same_case_alone(web, officer):
    first = begun(officer, an_adult(officer))
    popa = an_exploiter(officer, first)
    sent(web, first, "who", **{"listed-exploiters": [str(popa.id)], "described-exploiters": ["Skip", "tall", ""]})
    second = begun(officer, a_person(officer, first.person.case, name="Bela Nagy"))
    page = words(web.get(f"/writings/{second.id}/common"))
    assert "Ion Popa" in page
    assert "Skip, tall" in page
    other = begun(officer, an_adult(officer))
    cases_apart = queries.offered(queries.sheet_of(other, along=queries.beside(VERSION, [first], common=True)))
    assert [one.ask.code for one in cases_apart] == ["described-exploiters"]


def test_a_cell_that_is_too_long_is_said_with_its_line_and_nothing_typed_is_lost(web, officer):
    writing = begun(officer, an_adult(officer))
    long = "x" * 401
    response = sent(web, writing, "where", **{"listed-places": [*LINCOLN, "Boston", "", "", "", long]})
    page = words(response)
    assert response.status_code == 422
    assert "Place 2, What happened there: this has 401 characters, and 400 fit" in page
    assert f'value="{long}"' in page
    assert 'value="Boston"' in page


def test_the_pages_stay_light_with_the_longest_lists(web, officer):
    writing = begun(officer, an_adult(officer))
    row = ["Lincoln", "w" * 200, "before school broke up", "after", "h" * 400]
    sent(web, writing, "where", **{"listed-places": row * 8})
    sent(web, writing, "who", **{"described-exploiters": ["c" * 80, "l" * 300, "v" * 200] * 8})
    for section in sections(VERSION):
        assert len(web.get(address(writing, section.code)).content) <= 30_000, section.code
    assert len(web.get(f"/writings/{writing.id}/answers/listed-places").content) <= 30_000


def test_two_who_list_are_shown_both(web, officer):
    writing = begun(officer, an_adult(officer))
    page = words(web.get(address(writing, "where")))
    sent(web, writing, "where", **{"listed-places": LINCOLN})
    response = web.post(address(writing, "where"), form(seen=seen(page), **{"listed-places": ["Boston", "", "", "", ""]}))
    both = words(response)
    assert response.status_code == 422
    assert "Lincoln, car wash by the canal, March 2024, June 2024, Washed cars" in both
    assert 'value="Boston"' in both


def test_what_the_case_holds_of_when_is_kept_beside_the_list(web, officer):
    person = an_adult(officer)
    facts = {"type": "labour", "from_date": "2023-05", "where": ["uk"]}
    cases.record_exploitation(by=officer, at=NOW, person=person, facts=facts)
    writing = begun(officer, person)
    sent(web, writing, "where", **{"listed-places": LINCOLN})
    assert told(writing)[WHEN].split("\n") == [
        "from May 2023, end not known", "Lincoln, car wash by the canal: from March 2024, to June 2024",
    ]  # fmt: skip
