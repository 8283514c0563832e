"""Facts that are listed once become the form's own text, never over what somebody wrote; and a look by somebody else."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import escape_hatch

from lodestar.casework.cases.models import Case
from lodestar.casework.ledger import ledger
from lodestar.casework.referral_forms.rules.form import by_name
from lodestar.casework.referral_forms.rules.sections import sections
from lodestar.casework.referrals.models import Answer, Referral, ReferralDraft, Review, SupplementaryInformation
from lodestar.casework.referrals.queries import outgoing
from lodestar.casework.referrals.queries.outgoing import submission_on
from lodestar.casework.referrals.queries.writing import related_answers, sheet_of
from lodestar.platform.audit.models import Event
from tests.apps.casework.referrals.conftest import NIGHT as NOW
from tests.apps.casework.referrals.test_budgets import MOST, ROOM, asked
from tests.apps.casework.referrals.test_common import write
from tests.apps.casework.referrals.test_preview import gone, rest
from tests.apps.casework.referrals.test_writing import VERSION, address, an_adult, begun, seen, told, words
from tests.factories.accounts import a_member
from tests.factories.cases import a_person
from tests.factories.settings import an_agreed_change
from tests.factories.signed_in import form, signed_in
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
    return web.post(where, data)


def going(writing):
    sheet = sheet_of(ReferralDraft.objects.select_related("person__case").get(id=writing.id))
    return by_name(submission_on(sheet, NOW.date()).leaves)


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


def test_what_somebody_wrote_is_never_written_over_and_what_it_lacks_is_said(web, officer):
    writing = begun(officer, an_adult(officer))
    sent(web, writing, **{HAD_TO: "She did not wish to say."})
    sent(web, writing, "where", **{"listed-places": LINCOLN})
    assert told(writing)[HAD_TO] == "She did not wish to say."
    page = words(web.get(address(writing)))
    assert text_of(page, HAD_TO) == "She did not wish to say."
    assert "Recorded signs not in this answer: What they had to do" in page
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
    assert told(writing)[WHO] == ("Ion Popa, man in a red coat, speaks Romanian.\nCalled Skip, snake on his neck, white van.")
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
    assert HAD_TO in SupplementaryInformation.objects.get().codes


def test_a_second_victim_is_offered_the_lists_and_people_of_the_same_case_alone(web, officer):
    first = begun(officer, an_adult(officer))
    popa = an_exploiter(officer, first)
    sent(web, first, "who", **{"listed-exploiters": [str(popa.id)], "described-exploiters": ["Skip", "tall", ""]})
    second = begun(officer, a_person(officer, first.person.case, name="Bela Nagy"))
    page = words(web.get(f"/writings/{second.id}/common"))
    assert "Ion Popa" in page
    assert "Skip, tall" in page
    other = begun(officer, an_adult(officer))
    cases_apart = outgoing.offered(sheet_of(other, along=related_answers(VERSION, [first], common=True)))
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


COMMENT = "When did the second place begin?"


@pytest.fixture
def offered(night):
    """The force offers it from a day on that is to come for the database's clock too; it is that day."""
    day = escape_hatch.datetime.date.today() + timedelta(days=7)
    owners = [a_member("policy_owner", name=name) for name in ("Mr One", "Ms Two")]
    an_agreed_change(*owners, key="gatekeeper_review", value="offered", from_date=day)
    night.move_to(datetime.combine(day, time(12), UTC))
    return night


def review(writing):
    return f"/writings/{writing.id}/review"


@pytest.fixture
def reviewer(night):
    return a_member("coordinator", name="Ms Farrant")


def test_it_is_offered_only_from_the_day_that_the_force_set(web, officer, offered):
    writing = begun(officer, an_adult(officer))
    offered.shift(-86_400)
    assert "Review by a colleague" not in words(signed_in(web, officer).get(f"/writings/{writing.id}"))
    offered.shift(86_400)
    page = words(signed_in(web, officer).get(f"/writings/{writing.id}"))
    assert "Review by a colleague" in page
    assert "Not reviewed yet" in page
    assert "Review it" not in page, "an officer does not review"
    assert web.get(review(writing)).status_code == 404


def test_the_reviewer_sees_what_would_go_with_the_checks_and_their_comment_is_a_record(client, officer, reviewer, offered):
    writing = begun(officer, an_adult(officer))
    write(officer, writing, **{"living-conditions": "Slept in a van."})
    client = signed_in(client, reviewer)
    assert "Review it" in words(client.get(f"/writings/{writing.id}"))
    page = words(client.get(review(writing)))
    assert "Slept in a van." in page
    assert "things could be added." in page
    assert "PC Brandreth" in page
    assert "Your force does not require this" not in page
    assert client.post(review(writing), form(comment="  ")).status_code == 422
    assert client.post(review(writing), form(comment=COMMENT)).status_code == 302
    row = Review.objects.get()
    assert (row.comment, row.said_by_id, row.writing_id) == (COMMENT, reviewer.user, writing.id)
    event = Event.objects.get(code="referrals.looked_over")
    assert (event.case, event.people, event.subject) == (writing.person.case_id, [writing.person_id], str(writing.id))
    again = words(signed_in(client, officer).get(f"/writings/{writing.id}"))
    assert COMMENT in again
    assert "Ms Farrant" in again
    assert ledger.differences(Case.objects.filter(id=writing.person.case_id)) == []


def test_comments_stand_the_latest_first_and_are_read_when_it_is_offered_no_more(client, officer, reviewer, night):
    writing = begun(officer, an_adult(officer))
    client = signed_in(client, reviewer)
    page = words(client.get(review(writing)))
    assert "Your force does not require this" in page
    client.post(review(writing), form(comment="First."))
    night.shift(60)
    client.post(review(writing), form(comment="Second."))
    for where in (review(writing), f"/writings/{writing.id}"):
        page = words(client.get(where))
        assert page.index("Second.") < page.index("First."), where


def test_it_is_sent_without_and_what_goes_says_nothing_of_it(client, officer, reviewer, offered):
    person = an_adult(officer)
    writing = begun(officer, person)
    write(officer, writing, **{"living-conditions": "Slept in a van."})
    gone(officer, person, offered)
    assert Referral.objects.filter(person=person).exists(), "nobody had looked"
    answers = told(writing)
    signed_in(client, reviewer).post(review(writing), form(comment=COMMENT))
    assert told(writing) == answers
    assert Answer.objects.count() == 1
    going = words(client.get(f"/writings/{writing.id}/preview")).partition("<main")[2]
    assert COMMENT not in going
    assert "looked over" not in going.lower()


@pytest.mark.parametrize("answer", [True, False])
def test_it_keeps_to_the_budgets_of_a_page(client, officer, reviewer, offered, answer):
    person = an_adult(officer, answer=answer)
    writing = begun(officer, person)
    a_person(officer, person.case, name="Ion Popa", roles=["exploiter"], belief="")
    codes = ("living-conditions", "how-they-were-treated", "what-were-they-required-to-do")
    write(officer, writing, **{code: f"{code} Rareș ".ljust(6_000, "x") for code in codes})
    client = signed_in(client, reviewer)
    for number in range(3):
        client.post(review(writing), form(comment=f"{number} ".ljust(600, "c")))
    for where in (review(writing), f"/writings/{writing.id}"):
        with CaptureQueriesContext(connection) as queries:
            page = client.get(where)
        assert len(asked(queries)) <= MOST, (where, asked(queries))
        assert len(page.content) <= ROOM, where
