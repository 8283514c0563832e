"""The talk about referral: what is kept of it, what it proves, what it leads to."""

from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lodestar.casework.cases.models import ConsentAnswer
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation, ObligationAnswer
from lodestar.platform.audit.models import Event
from tests.factories.accounts import DutyFactory, UserFactory, a_member
from tests.factories.cases import a_case, a_person
from tests.factories.signed_in import form, html_of, signed_in
from tests.factories.statements import at_most
from tests.offenders import each

pytestmark = pytest.mark.usefixtures("fenmarch")

FOUR = ["home_office_decides", "police_are_told", "need_not_talk", "if_no_note_goes"]
ALONE = {"alone": "yes", "interpreter": "independent"}


def somebody_met(age=34, minutes=20, **facts):
    officer = a_member("frontline", name="PC Brandreth")
    met = timezone.now() - timedelta(minutes=minutes)
    case = a_case(officer, at=met)
    return officer, case, a_person(officer, case, at=met, name="Ardit", age_min=age, age_max=age, **facts)


def consent(client, person, **typed):
    path = f"/people/{person.id}/consent"
    return client.post(path, form(**typed)) if typed else client.get(path)


def followed(client, person):
    return unescape(client.get(f"/people/{person.id}/route").content.decode())


def state(person, code):
    return Obligation.objects.filter(person=person, code=code).values_list("state", flat=True).first()


def test_nothing_is_ticked_before_it_was_said(client):
    officer, _, person = somebody_met()
    html = consent(signed_in(client, officer), person).content.decode()
    assert " checked" not in html
    assert "required" not in html
    assert "Ardit" not in html[html.index("<title>") : html.index("</title>")]


def test_a_talk_is_kept_as_it_was(client):
    officer, _, person = somebody_met()
    page = consent(signed_in(client, officer), person, said=[*FOUR, "adviser_offered"], answer="yes", language="Albanian",
                   job_number="88213", there="Nobody", at="0225", named="no", capacity="true", **ALONE)  # fmt: skip
    assert page.url == f"/people/{person.id}/route"
    row = ConsentAnswer.objects.get()
    assert (row.nrm, row.wants_time, row.spoke_alone, row.interpreter) == (True, None, True, "independent")
    assert (row.language, row.job_number, row.who_was_there) == ("Albanian", "88213", "Nobody")
    assert (row.may_be_named, row.capacity, set(row.said)) == (False, "true", {*FOUR, "adviser_offered"})
    assert timezone.localtime(row.asked_at).strftime("%H%M") == "0225"
    assert Event.objects.filter(code="cases.consent_recorded", people=[person.id]).count() == 1


def test_two_who_record_a_talk_at_once_are_told_before_one_answer_takes_the_place_of_the_other(client):
    officer, _, person = somebody_met()
    colleague = a_member("coordinator", name="F. Quist")
    assert 'name="version" value="0"' in consent(signed_in(client, officer), person).content.decode()
    assert consent(signed_in(client, colleague), person, answer="yes", version="0").status_code == 302
    told = consent(signed_in(client, officer), person, answer="no", there="Her aunt", version="0")
    assert told.status_code == 422
    html = unescape(told.content.decode())
    assert "F. Quist recorded a talk with them at" in html
    assert "<title>Error: " in html
    assert 'value="Her aunt"' in html
    assert ConsentAnswer.objects.get().nrm is True
    assert consent(client, person, answer="no", there="Her aunt", version="1").status_code == 302
    assert ConsentAnswer.objects.count() == 2


@each(
    ("answer", "nrm", "wants_time"), [("yes", True, None), ("no", False, None), ("time", None, True), ("not_asked", None, None)]
)
def test_each_answer_is_what_it_says_and_silence_is_never_no(client, answer, nrm, wants_time):
    officer, _, person = somebody_met()
    consent(signed_in(client, officer), person, answer=answer)
    row = ConsentAnswer.objects.get()
    assert (row.nrm, row.wants_time) == (nrm, wants_time)
    assert (row.may_be_named, row.spoke_alone, row.capacity, row.interpreter) == (None, None, "", "")


def test_why_they_said_no_is_kept_in_their_words_and_read_at_the_next_talk(client):
    """Issue of the law: refusal reason. The form of the Home Office asks for it; help does not depend on it."""
    officer, _, person = somebody_met()
    client = signed_in(client, officer)
    consent(client, person, answer="no", why_not="My sister is still there", **ALONE)
    assert ConsentAnswer.objects.get().refusal_reason == "My sister is still there"
    assert "Why not: My sister is still there." in unescape(consent(client, person).content.decode())


def test_the_rest_of_the_ladder_waits_and_is_no_until_they_say_yes(client):
    """Support, contact by the police and being named are each asked apart; what was not asked is not known."""
    officer, _, person = somebody_met()
    client = signed_in(client, officer)
    consent(client, person, answer="yes", **ALONE)
    row = ConsentAnswer.objects.get()
    assert (row.wants_support, row.police_may_contact, row.may_be_named, row.refusal_reason) == (None, None, None, "")
    consent(client, person, answer="yes", support="yes", police="no", named="no", **ALONE)
    row = ConsentAnswer.objects.order_by("recorded_at").last()
    assert (row.wants_support, row.police_may_contact, row.may_be_named) == (True, False, False)
    html = unescape(consent(client, person).content.decode())
    assert "Yes to the support. No to contact by the police, being named." in html
    assert state(person, "refer_nrm") == "open"


def test_wanting_time_is_an_answer_with_a_long_stop(client):
    officer, case, person = somebody_met()
    DutyFactory(unit_id=case.unit_id, unit=None, post="coordinator", user=UserFactory(name="F. Quist"))
    consent(signed_in(client, officer), person, said=FOUR, answer="time", **ALONE)
    html = followed(client, person)
    stop = timezone.localtime(case.encountered_at + timedelta(hours=72))
    assert f"Ask again, by {stop:%H:%M} on {stop:%A}" in html
    assert "They want time. That is an answer." in html
    assert "F. Quist sends a Duty to Notify without a name" in html
    assert "force policy, not law" in html


@pytest.mark.parametrize("interpreter", ["independent", "not_needed"])
def test_a_talk_alone_and_understood_closes_the_line_that_asks_for_it(client, interpreter):
    officer, case, person = somebody_met()
    consent(signed_in(client, officer), person, answer="time", alone="yes", interpreter=interpreter, said=FOUR)
    assert state(person, "see_alone_with_independent_interpreter") == "closed"
    assert state(person, "explain_who_will_know") == "closed"
    html = unescape(client.get(f"/cases/{case.reference}/do-now").content.decode())
    assert "1 of 2 answered" in html
    assert ledger.differences([case]) == []


@each(
    "how",
    [
        {"alone": "no", "interpreter": "independent"},
        {"alone": "yes", "interpreter": "companion"},
        {"alone": "yes"},
        {"interpreter": "not_needed"},
    ],
)
def test_a_talk_not_alone_or_not_understood_closes_nothing(client, how):
    officer, _, person = somebody_met()
    consent(signed_in(client, officer), person, answer="yes", said=FOUR[:3], **how)
    assert state(person, "see_alone_with_independent_interpreter") == "open"
    assert state(person, "explain_who_will_know") == "open"


def test_a_child_is_told_and_heard_and_the_referral_needs_no_agreement(client):
    officer, case, person = somebody_met(age=16)
    html = unescape(consent(signed_in(client, officer), person).content.decode())
    assert "The referral does not need their agreement." in html
    assert "Shall I refer you" not in html
    consent(client, person, said=["told_what_happens", "pack_given"], wants="To stay near his nan", alone="yes",
            interpreter="not_needed")  # fmt: skip
    assert state(person, "child_told_and_heard") == "closed"
    assert ObligationAnswer.objects.get(code="child_told_and_heard").because == "To stay near his nan"
    assert state(person, "see_alone_with_independent_interpreter") == "closed"
    assert state(person, "refer_nrm") == "open"
    assert "A child is referred whatever they answered." in followed(client, person)
    assert ledger.differences([case]) == []


def test_children_of_a_case_are_told_and_heard_on_one_page_each_with_their_own_answers(client):
    officer = a_member("frontline")
    case = a_case(officer)
    people = [a_person(officer, case, name=name, age_min=15, age_max=15) for name in ("Dean", "Kai", "Mo")]
    path = f"/cases/{case.reference}/children"
    with at_most(15):
        html = html_of(signed_in(client, officer), path)
    assert (html.count("data-child="), html.count(" checked")) == (3, 0)
    assert client.post(path, form(**{"c1-version": "0", "c2-version": "0"})).status_code == 422
    sent = {"c1-said": "told_what_happens", "c1-wants": "To be near his nan", "c1-version": "0", "c2-said": "wishes_not_said"}
    with at_most(40):
        assert client.post(path, form(**sent, **{"c2-version": "0", "c3-version": "0"})).status_code == 302
    talks = {row.person_id: row.said for row in ConsentAnswer.objects.all()}
    assert talks == {people[0].id: ["told_what_happens"], people[1].id: ["wishes_not_said"]}
    heard = Obligation.objects.filter(case=case, code="child_told_and_heard")
    assert {row.person_id: row.state for row in heard} == {
        people[0].id: "closed", people[1].id: "open", people[2].id: "open",
    }  # fmt: skip
    assert ledger.differences([case]) == []
    again = client.post(path, form(**{"c1-said": "pack_given", "c1-version": "0"}))
    assert again.status_code == 422, "a talk was recorded meanwhile, and is told before this one is kept"
    assert ConsentAnswer.objects.count() == 2


def test_a_child_who_was_not_told_is_still_to_be_told(client):
    officer, _, person = somebody_met(age=16)
    consent(signed_in(client, officer), person, alone="yes", interpreter="not_needed")
    assert state(person, "child_told_and_heard") == "open"


def test_nothing_written_is_no_talk(client):
    officer, _, person = somebody_met()
    page = consent(signed_in(client, officer), person, stop="1")
    assert page.status_code == 422
    assert "Nothing is recorded yet. Tick" in page.content.decode()
    assert ConsentAnswer.objects.count() == 0


def test_a_time_that_cannot_be_read_keeps_the_rest(client):
    officer, _, person = somebody_met()
    page = consent(signed_in(client, officer), person, answer="time", at="2570", language="Albanian", said=FOUR)
    html = unescape(page.content.decode())
    assert page.status_code == 422
    assert "“2570” is not a time" in html
    assert 'value="Albanian"' in html
    assert html.count(" checked") == len(FOUR) + 1
    assert ConsentAnswer.objects.count() == 0


def test_an_earlier_answer_is_not_wiped_out_by_silence(client):
    officer, _, person = somebody_met()
    consent(signed_in(client, officer), person, answer="yes", **ALONE)
    page = consent(client, person, said=["adviser_offered"])
    assert page.status_code == 422
    assert "They answered before." in page.content.decode()
    assert ConsentAnswer.objects.count() == 1
    assert "<b>Yes</b>" in consent(client, person).content.decode()
    consent(client, person, answer="no", **ALONE)
    assert [row.nrm for row in ConsentAnswer.objects.order_by("recorded_at")] == [True, False]


def test_within_the_budgets(client):
    officer, _, person = somebody_met()
    signed_in(client, officer)
    for path in (f"/people/{person.id}/consent", f"/people/{person.id}/route", f"/people/{person.id}/age"):
        with CaptureQueriesContext(connection) as read:
            page = client.get(path)
        assert len(page.content) <= 30_000
        assert _real(read) <= 15
    with CaptureQueriesContext(connection) as written:
        client.post(f"/people/{person.id}/consent", form(answer="yes", said=FOUR, **ALONE))
    assert _real(written) <= 50


def _real(queries):
    """Without the savepoints that stand for transactions in a test."""
    return sum("SAVEPOINT" not in query["sql"] for query in queries.captured_queries)


def test_a_later_talk_about_the_rest_leaves_the_answer_as_it_was(client):
    officer, case, person = somebody_met()
    client = signed_in(client, officer)
    consent(client, person, answer="no", at="yesterday 2200", **ALONE)
    consent(client, person, support="yes", contact="yes", **ALONE)
    assert [(row.nrm, row.leaves_referral) for row in ConsentAnswer.objects.order_by("recorded_at")] == [
        (False, False),
        (None, True),
    ]
    html = unescape(consent(client, person).content.decode())
    assert "<b>About the rest</b>" in html
    assert "May be contacted again, in the agreed way." in html
    assert "The rest, as recorded" in html
    assert state(person, "notify_home_office_without_identity") == "open"
    assert "Said no" in unescape(client.get(f"/people/{person.id}").content.decode())
    assert ledger.differences([case]) == []


def test_a_first_talk_about_the_rest_alone_leaves_referral_to_be_asked(client):
    officer, case, person = somebody_met()
    consent(signed_in(client, officer), person, contact="unwanted", **ALONE)
    row = ConsentAnswer.objects.get()
    assert (row.nrm, row.leaves_referral, row.contact_again) == (None, False, "unwanted")
    assert state(person, "reach_nrm_or_dtn") == "open"
    assert ledger.differences([case]) == []
