"""The short question of section 45 of the Modern Slavery Act 2015: one answer for a person and all offences together."""

from datetime import timedelta
from html import unescape

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lodestar.casework.case_files.actions.case import change_case, give_case, seal_case
from lodestar.casework.case_files.actions.people import record_offence
from lodestar.casework.cases.models import CaseMember, Person
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.section45.actions import answer_first_question
from lodestar.casework.section45.models import FirstAnswer
from lodestar.platform.audit.models import Event
from tests.factories.accounts import DutyFactory, MembershipFactory, TourFactory, UserFactory, a_member
from tests.factories.cases import a_case, a_person
from tests.factories.section45 import FirstAnswerFactory
from tests.factories.signed_in import form, signed_in

pytestmark = pytest.mark.usefixtures("fenmarch")

ACT = {"act": "Misuse of Drugs Act 1971", "section": "5(3)", "title": "possession with intent to supply"}


def a_suspect(stages=("arrest",), minutes=5, **facts):
    """An officer, a case, and Callum, suspected of an act at each of these stages."""
    officer = a_member("frontline", name="PC Brandreth")
    met = timezone.now() - timedelta(minutes=minutes)
    case = a_case(officer, at=met)
    told = {"name": "Callum", "roles": ["suspect"], "belief": "", "age_min": 17, "age_max": 17} | facts
    person = a_person(officer, case, at=met, **told)
    for stage in stages:
        record_offence(by=officer, at=met, person=person, facts=ACT | {"stage": stage, "on_from": "2026-11-02"})
    return officer, case, person


def question(client, person, **typed):
    path = f"/people/{person.id}/section-45-question"
    return client.post(path, form(**typed)) if typed else client.get(path)


def states(person):
    rows = Obligation.objects.filter(person=person, code="section45_first_question")
    return dict(rows.values_list("moment", "state"))


def test_the_page_asks_once_names_the_act_and_ticks_nothing(client):
    officer, _, person = a_suspect()
    html = unescape(question(signed_in(client, officer), person).content.decode())
    assert "Could someone be making them do this, or profiting from it?" in html
    assert "Possession with intent to supply (Misuse of Drugs Act 1971 s5(3)), 2 November" in html
    assert " checked" not in html
    assert "Callum" not in html[html.index("<title>") : html.index("</title>")]
    for place in range(len(html)):
        if html[place:].lower().startswith("section 45"):
            assert "Modern Slavery Act 2015" in html[place : place + 60]


@pytest.mark.parametrize("answer", ["yes", "cannot_rule_out", "no_sign_seen"])
def test_any_answer_closes_the_question(client, answer):
    officer, case, person = a_suspect()
    page = question(signed_in(client, officer), person, answer=answer, why="Older man waiting, has his phone")
    assert page.url == f"/cases/{case.reference}/do-now#section45_first_question"
    row = FirstAnswer.objects.get()
    assert (row.moment, row.answer, row.why, row.by_id) == ("arrest", answer, "Older man waiting, has his phone", officer.user)
    assert states(person) == {"arrest": "closed"}
    assert ledger.differences([case]) == []
    assert Event.objects.filter(code="section45.question_answered", people=[person.id]).count() == 1


def test_the_words_are_not_compulsory_and_the_answer_is(client):
    officer, _, person = a_suspect()
    page = question(signed_in(client, officer), person, why="Somebody waits for him")
    assert page.status_code == 422
    html = unescape(page.content.decode())
    assert "nothing has been saved as an answer" in html
    assert 'value="Somebody waits for him"' in html
    assert FirstAnswer.objects.count() == 0
    assert question(client, person, answer="yes").status_code == 302


def test_one_answer_is_for_every_stage_that_asks(client):
    officer, _, person = a_suspect(("arrest", "interview"))
    question(signed_in(client, officer), person, answer="cannot_rule_out")
    assert states(person) == {"arrest": "closed", "interview": "closed"}


def test_the_next_stage_asks_again(client):
    officer, case, person = a_suspect()
    question(signed_in(client, officer), person, answer="no_sign_seen")
    record_offence(by=officer, at=timezone.now(), person=person, facts=ACT | {"stage": "interview"})
    assert states(person)["interview"] == "open"
    assert ledger.differences([case]) == []


def test_another_act_asks_the_same_stage_again(client):
    officer, case, person = a_suspect()
    question(signed_in(client, officer), person, answer="no_sign_seen")
    more = {"act": "Criminal Justice Act 1988", "section": "139", "title": "having a bladed article", "stage": "arrest"}
    record_offence(by=officer, at=timezone.now(), person=person, facts=more)
    assert states(person) == {"arrest": "open"}
    html = unescape(client.get(f"/cases/{case.reference}/do-now").content.decode())
    assert "Open again" in html
    question(client, person, answer="yes")
    assert states(person) == {"arrest": "closed"}


def test_an_answer_changed_is_another_row_and_both_are_shown(client):
    officer, _, person = a_suspect()
    question(signed_in(client, officer), person, answer="no_sign_seen")
    question(client, person, answer="yes", why="His phone rings every minute")
    assert [row.answer for row in FirstAnswer.objects.order_by("recorded_at")] == ["no_sign_seen", "yes"]
    html = unescape(question(client, person).content.decode())
    assert html.index("<b>Yes</b>, ") < html.index("<b>No sign seen</b>, ")
    assert "His phone rings every minute" in html


def test_two_officers_at_once_are_both_kept(client):
    officer, case, person = a_suspect()
    colleague = a_member("frontline", name="PC Ferreira")
    give_case(by=officer, at=timezone.now(), case=case, to=colleague.user)
    question(signed_in(client, officer), person, answer="no_sign_seen")
    question(signed_in(Client(), colleague), person, answer="yes")
    assert set(FirstAnswer.objects.values_list("by_id", "answer")) == {
        (officer.user, "no_sign_seen"), (colleague.user, "yes"),
    }  # fmt: skip


def test_an_answer_about_someone_suspected_of_nothing_is_kept_too(client):
    officer, case, person = a_suspect(())
    assert question(signed_in(client, officer), person, answer="yes").status_code == 302
    assert FirstAnswer.objects.get().moment == ""
    assert ledger.differences([case]) == []


def test_a_late_answer_may_say_when_it_was(client):
    officer, _, person = a_suspect(minutes=90)
    html = unescape(question(signed_in(client, officer), person).content.decode())
    assert "When you asked yourself" in html
    question(client, person, answer="yes", at="0225")
    assert timezone.localtime(FirstAnswer.objects.get().happened_at).strftime("%H%M") == "0225"
    page = question(client, person, answer="yes", at="2570")
    assert page.status_code == 422
    assert "“2570” is not a time" in unescape(page.content.decode())
    officer, _, person = a_suspect(minutes=5)
    assert "When you asked yourself" not in question(signed_in(client, officer), person).content.decode()


@pytest.mark.parametrize(("answer", "is_told"), [("yes", True), ("cannot_rule_out", True), ("no_sign_seen", False)])
def test_yes_and_cannot_rule_out_tell_supervisor_owner_and_custody(client, answer, is_told):
    officer, case, person = a_suspect(place="custody")
    sergeant, owner = UserFactory(name="Sgt Solanki"), UserFactory(name="DC Marchetti")
    DutyFactory(unit_id=case.unit_id, unit=None, user=sergeant)
    held = a_member("custody", name="Sgt Okafor")
    TourFactory(user_id=held.user, user=None)
    at_home = MembershipFactory(roles=["custody"]).user_id
    change_case(by=officer, at=timezone.now(), case=case, facts={"owner_id": owner.id})
    html = unescape(question(signed_in(client, officer), person).content.decode())
    assert "goes at once to Sgt Solanki (duty supervisor), DC Marchetti (investigator) and Sgt Okafor (custody)" in html
    question(client, person, answer=answer)
    given = set(CaseMember.objects.filter(case=case, how="given").values_list("user_id", flat=True))
    assert given == ({sergeant.id, owner.id} if is_told else set())
    assert at_home not in given
    assert signed_in(client, held).get(f"/people/{person.id}").status_code == 200  # by the custody desk, until the release


def test_custody_is_told_only_of_those_who_are_held(client):
    officer, case, person = a_suspect(("stop",), place="street")
    held = a_member("custody")
    TourFactory(user_id=held.user, user=None)
    question(signed_in(client, officer), person, answer="yes")
    assert not CaseMember.objects.filter(case=case, how="given").exists()


def test_a_sealed_case_is_given_to_nobody(client):
    officer, case, person = a_suspect()
    DutyFactory(unit_id=case.unit_id, unit=None, user=UserFactory(name="Sgt Solanki"))
    seal_case(by=officer, at=timezone.now(), case=case, reason="Insider", owners=[officer.user, a_member().user])
    html = unescape(question(signed_in(client, officer), person).content.decode())
    assert "stays with the named owners of this sealed case" in html
    assert "Solanki" not in html
    question(client, person, answer="yes")
    assert not CaseMember.objects.filter(case=case, how="given").exists()


def test_nor_one_that_is_sealed_while_the_answer_is_recorded():
    officer, case, person = a_suspect()
    duty = a_member("supervisor", unit=case.unit)
    DutyFactory(unit=case.unit, user_id=duty.user, post="supervisor")
    read = Person.objects.select_related("case").get(id=person.id)
    seal_case(by=officer, at=timezone.now(), case=case, reason="A relative.", owners=[officer.user, a_member().user])
    answer_first_question(by=officer, at=timezone.now(), person=read, answer="yes", why="", questions=[])
    assert not CaseMember.objects.filter(case=case, user_id=duty.user).exists()


def test_the_application_can_change_no_answer():
    _, _, person = a_suspect()
    row = FirstAnswerFactory(person=person)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        FirstAnswer.objects.filter(id=row.id).update(answer="yes")


def test_within_the_budgets(client):
    officer, _, person = a_suspect(place="custody")
    path = f"/people/{person.id}/section-45-question"
    signed_in(client, officer)
    with CaptureQueriesContext(connection) as read:
        page = client.get(path)
    with CaptureQueriesContext(connection) as written:
        client.post(path, form(answer="yes"))
    assert len(page.content) <= 30_000
    assert _real(read) <= 15
    assert _real(written) <= 45


def _real(queries):
    """Without the savepoints that stand for transactions in a test."""
    return sum("SAVEPOINT" not in query["sql"] for query in queries.captured_queries)
