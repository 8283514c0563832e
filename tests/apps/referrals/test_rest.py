"""Send tonight, finish tomorrow: what was written after it went is shown to be sent, and that it went is a record of its own."""

import pytest
from django.utils import timezone

from lodestar.cases import actions as cases
from lodestar.cases import ledger
from lodestar.cases.models import Case, Obligation
from lodestar.record.models import Event
from lodestar.referrals import actions
from lodestar.referrals.models import Supplement
from tests.apps.referrals.test_writing import an_adult, begun, sent, words
from tests.factories.accounts import a_member
from tests.factories.signed_in import form, signed_in

pytestmark = pytest.mark.usefixtures("fenmarch", "night")
OWED = "send_supplementary_information"


def gone(officer, person, night, **more):
    told = {"gaps": True} | more
    row = actions.record_referral(
        by=officer, at=timezone.now(), person=person, route="nrm", direction="made_by_us", seen=0, as_it_happened=True, told=told
    )
    night.shift(600)
    return row


def rest(writing):
    return f"/writings/{writing.id}/rest"


def owed(person):
    return [(row.with_role, row.state) for row in Obligation.objects.filter(person=person, code=OWED)]


def test_the_rest_is_the_coordinators_is_shown_and_its_sending_closes_it(web, officer, client, night):
    person = an_adult(officer)
    writing = begun(officer, person)
    sent(web, writing, **{"living-conditions": "A van."})
    night.shift(60)
    assert web.get(rest(writing)).url == f"/people/{person.id}/referral", "nothing went yet"
    referral = gone(officer, person, night)
    assert owed(person) == [("coordinator", "open")]
    assert "Send supplementary information" in words(web.get(f"/writings/{writing.id}"))
    assert "Nothing has been written since it was sent" in words(web.get(rest(writing)))
    sent(web, writing, **{"living-conditions": "A van.", "how-they-were-treated": "Shouted at."})
    farrant = a_member("coordinator", name="Ms Farrant")
    coordinator = signed_in(client, farrant)
    page = words(coordinator.get(rest(writing)))
    assert "Shouted at." in page
    assert "A van." not in page
    assert coordinator.post(rest(writing), form(how="By e-mail", rest_at="")).status_code == 302
    row = Supplement.objects.get()
    assert (row.referral_id, row.codes, row.how, row.recorded_by_id) == (
        referral.id, ["how-they-were-treated"], "By e-mail", farrant.user,
    )  # fmt: skip
    assert owed(person) == [("coordinator", "closed")]
    event = Event.objects.get(code="referrals.rest_sent")
    assert (event.operation, event.recipient, event.fields) == ("disclosure", "Home Office", ["how-they-were-treated"])
    assert "Shouted" not in str(vars(event))
    assert ledger.differences([Case.objects.get(id=person.case_id)]) == []
    assert "Nothing has been written since it was sent" in words(coordinator.get(rest(writing)))


def test_of_one_who_stays_unnamed_the_rest_is_without_what_tells_who_they_are(web, officer, night):
    person = an_adult(officer)
    writing = begun(officer, person)
    gone(officer, person, night)
    sent(web, writing, **{"how-they-were-treated": "Rareș was hit."})
    sent(web, writing, "person", **{"birthplace": "Łódź", "pv-interpreter-requirements": "yes"})
    assert "Łódź" in words(web.get(rest(writing)))
    answer = {"nrm": False, "spoke_alone": True, "interpreter": "independent"}
    cases.record_consent(by=officer, at=timezone.now(), person=person, answer=answer)
    page = words(web.get(rest(writing)))
    assert "Łódź" not in page
    assert "Rareș was hit" not in page
    assert web.post(rest(writing), form(how="By e-mail", rest_at="")).status_code == 422, "it waits to be checked"


def test_a_time_that_cannot_be_read_is_said_and_nothing_is_kept(web, officer, night):
    person = an_adult(officer)
    writing = begun(officer, person)
    gone(officer, person, night)
    refused = web.post(rest(writing), form(how="By e-mail", rest_at="some day"))
    assert refused.status_code == 422
    assert "By e-mail" in words(refused)
    assert not Supplement.objects.exists()
