"""Somebody else may look a referral over: offered by the force's dated setting, kept as a record, and never waited for."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import escape_hatch

from lodestar.cases import ledger
from lodestar.cases.models import Case
from lodestar.record.models import Event
from lodestar.referrals.models import Answer, Referral, Review
from tests.apps.referrals.test_budgets import MOST, ROOM, asked
from tests.apps.referrals.test_common import write
from tests.apps.referrals.test_rest import gone
from tests.apps.referrals.test_writing import an_adult, begun, told, words
from tests.factories.accounts import a_member
from tests.factories.cases import a_person
from tests.factories.settings import an_agreed_change
from tests.factories.signed_in import form, signed_in

pytestmark = pytest.mark.usefixtures("fenmarch", "night")
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


def test_somebody_who_only_writes_is_not_shown_the_page(web, officer):
    writing = begun(officer, an_adult(officer))
    assert web.get(review(writing)).status_code == 404
