"""What is new for somebody: who is told of what, what they see of it, the digest, and the escalation of what is late."""

from datetime import UTC, datetime, timedelta
from smtplib import SMTPServerDisconnected

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lodestar.casework.allocation.actions import allocate
from lodestar.casework.case_files.actions.case import change_interim_owner, give_case, seal_case, unseal_case
from lodestar.casework.cases.models import Case
from lodestar.casework.decisions.actions import file_decision
from lodestar.casework.investigations.actions import review
from lodestar.casework.ledger.actions import answer_duty, hand_on, take_hand_on
from lodestar.casework.ledger.jobs import escalate
from lodestar.casework.ledger.models import Handover, Obligation
from lodestar.casework.section45.actions import answer_first_question
from lodestar.information_governance.access_alerts.actions import use_emergency_access
from lodestar.platform.accounts.models import Unit, User
from lodestar.platform.notices.actions import notify
from lodestar.platform.notices.jobs import delete_old_notices, is_night, send_digests
from lodestar.platform.notices.models import Notice
from lodestar.platform.notices.queries import new_for_you
from lodestar.platform.settings.actions import propose_setting
from lodestar.platform.staff.actions.requests import ask
from tests.factories.accounts import DutyFactory, TourFactory, a_member
from tests.factories.administering import administering
from tests.factories.cases import a_case, a_person, a_record
from tests.factories.investigations import a_detective
from tests.factories.referrals import ReferralFactory
from tests.factories.signed_in import html_of, sent, signed_in

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("fenmarch")


def kinds(member):
    return [line.kind for line in new_for_you(member, timezone.now())["lines"]]


def told(*members):
    """Which of these were told of what."""
    return {(number, kind) for number, member in enumerate(members) for kind in kinds(member)}


@pytest.fixture
def night(officer):
    """A boy in custody whom an officer met fifty minutes ago, and the sergeant of their unit."""
    case = a_case(officer, at=timezone.now() - timedelta(minutes=50))
    boy = a_person(officer, case, at=case.encountered_at, age_min=15, age_max=15, place="custody")
    return case, boy, a_member("supervisor", unit=Unit.objects.get(id=officer.unit))


def test_a_possible_defence_reaches_sergeant_detective_and_custody_and_nobody_else(officer, night):
    case, boy, sergeant = night
    detective, custody, stranger = a_detective(), a_member("custody"), a_member("supervisor")
    TourFactory(user_id=custody.user, user=None)
    allocate(by=a_member("crime_allocation"), at=timezone.now(), case=case, owner=detective.user, seen=0)
    boy = type(boy).objects.select_related("case").get(id=boy.id)

    def answered(answer):
        answer_first_question(by=officer, at=timezone.now(), person=boy, answer=answer, why="", questions=[])
        return told(officer, sergeant, detective, custody, stranger)

    assert answered("no_sign_seen") == {(2, "case_allocated")}
    everybody = {(1, "section45_yes"), (2, "section45_yes"), (2, "case_allocated"), (3, "section45_yes")}
    assert answered("cannot_rule_out") == everybody
    DutyFactory(unit_id=case.unit_id, unit=None, user_id=sergeant.user)
    assert answered("yes") == everybody  # once, until it is opened


def test_what_is_new_leads_to_its_case_once_and_is_shown_to_nobody_else(client, night):
    case, *_ = night
    detective = a_detective()
    allocate(by=a_member("crime_allocation", name="Kim Patel"), at=timezone.now(), case=case, owner=detective.user, seen=0)
    page = html_of(signed_in(client, detective), "/my-work")
    notice = Notice.objects.get(to_id=detective.user)
    assert 'data-notice="case_allocated"' in page
    assert "Kim Patel" in page
    assert f"/new/{notice.id}" in page
    for other in (a_member("coordinator"), a_member("data_protection")):
        assert signed_in(Client(), other).get(f"/new/{notice.id}").status_code == 404
        assert "data-notice" not in html_of(signed_in(Client(), other), "/my-work")
    assert client.head(f"/new/{notice.id}")["Location"] == f"/cases/{case.reference}"
    assert kinds(detective) == ["case_allocated"]  # a look ahead opens nothing
    assert client.get(f"/new/{notice.id}")["Location"] == f"/cases/{case.reference}"
    assert "data-notice" not in html_of(client, "/my-work") + html_of(client, "/new")
    assert 'data-notice="case_allocated"' in html_of(client, "/new?show=all")


def test_a_case_that_is_not_seen_any_more_is_neither_shown_nor_counted(client, officer, night):
    case, _, sergeant = night
    notify(to=[sergeant.user], kind="reminder", by=officer, at=timezone.now(), case=case.id)
    owners = [officer.user, a_member("coordinator").user]
    seal_case(by=officer, at=timezone.now(), case=case, reason="A relative.", owners=owners)
    empty = html_of(signed_in(client, sergeant), "/new")
    assert case.reference not in empty
    assert new_for_you(sergeant, NOON)["how_many"] == "0"
    assert sent(sergeant, "/new/seen").status_code == 302
    unseal_case(by=a_member_again(owners[1]), at=timezone.now(), case=Case.objects.get(id=case.id), reason="He has left.")
    assert kinds(sergeant) == ["reminder"]  # and was not marked as seen


def a_member_again(user):
    from lodestar.platform.accounts.access import member_from
    from lodestar.platform.accounts.models import Membership

    return member_from(Membership.objects.select_related("user").get(user=user))


def test_the_same_about_several_people_of_a_case_is_one_line_and_costs_one_query(officer, night):
    case, boy, sergeant = night
    girl, other = a_person(officer, case), a_case(officer)
    for person in (boy, girl, boy):
        about = {"case": case.id, "person": person.id}
        notify(to=[sergeant.user, officer.user], kind="section45_yes", by=officer, at=timezone.now(), **about)
    notify(to=[sergeant.user], kind="section45_yes", by=officer, at=timezone.now(), case=other.id)
    with CaptureQueriesContext(connection) as asked:
        new = new_for_you(sergeant, NOON)
    assert len([query for query in asked.captured_queries if "notices_notice" in query["sql"]]) == 1
    assert [(line.reference, line.people) for line in new["lines"]] == [(other.reference, 0), (case.reference, 2)]
    assert new["how_many"] == "2"
    for late in (case, other):
        notify(to=[sergeant.user], kind="late", by=None, at=timezone.now(), case=late.id)
    assert kinds(sergeant) == ["section45_yes", "section45_yes", "late"]  # what colleagues did first; one line for the rest
    page = html_of(signed_in(Client(), sergeant), "/my-work")
    assert "2 cases" in page
    assert html_of(signed_in(Client(), sergeant), "/new").count('data-notice="late"') == 2
    Notice.objects.filter(kind="late").delete()
    assert not Notice.objects.filter(to_id=officer.user).exists()  # what one did oneself
    opened = signed_in(Client(), sergeant).get(f"/new/{new['lines'][1].id}")
    assert opened["Location"] == f"/cases/{case.reference}"
    assert [line.reference for line in new_for_you(sergeant, NOON)["lines"]] == [other.reference]
    assert sent(sergeant, "/new/seen")["Location"] == "/new"
    assert kinds(sergeant) == []


def test_each_act_tells_whom_it_concerns(officer, night):
    case, boy, sergeant = night
    coordinator, colleague, nosy = a_member("coordinator"), a_member("frontline"), a_member("frontline")
    now = timezone.now()
    give_case(by=sergeant, at=now, case=case, to=colleague.user)
    use_emergency_access(by=nosy, at=now, case=case, reason="She is being followed")
    assert told(officer, colleague, nosy) == {(0, "emergency_access"), (1, "case_given")}
    left = list(Obligation.objects.filter(case=case, state="open", owed_by="frontline").exclude(when="now"))
    hand_on(by=officer, at=now, case=case, obligations=left)
    assert kinds(coordinator) == ["handover_waits"]
    take_hand_on(by=coordinator, at=now, hand_ons=list(Handover.objects.select_related("obligation")))
    assert kinds(officer) == ["handover_taken", "emergency_access"]
    change_interim_owner(by=sergeant, at=now, case=case, to=colleague.user)
    review(by=sergeant, at=now, case=case, directions="Ring the landlord by noon, DC Wren.", seen=0)
    assert set(kinds(colleague)) == {"case_given", "case_handed_over", "directions_given"}
    directions = Obligation.objects.filter(case=case, code="answer_directions")
    record = a_record("answer_directions")
    answer_duty(by=colleague, at=now, case=case, obligations=list(directions), kind="done", record=record)
    assert kinds(sergeant) == ["directions_answered"]
    referral = ReferralFactory(person=boy)
    day = timezone.localdate()
    for number, kind in enumerate(("info_asked", "info_sent")):  # the second is the force's own
        file_decision(by=coordinator, at=now, referral=referral, kind=kind, decided_on=day, seen=number)
    assert kinds(colleague).count("home_office_decision") == 1


def test_what_waits_for_a_second_person_is_told_to_all_who_may_be_it(officer):
    proposer, second = a_member("policy_owner"), a_member("policy_owner")
    tomorrow = timezone.localdate() + timedelta(days=1)
    propose_setting(by=proposer, at=timezone.now(), key="digest_hours", value="8", from_date=tomorrow, reason="Fewer")
    first, other, third = (a_member("administrator") for _ in range(3))
    person = User.objects.get(id=third.user)
    ask(by=first, at=timezone.now(), kind="rank", content={"rank": "sergeant"}, person=person, reason="Promoted")
    assert told(proposer, second, first, other, third, officer) == {(1, "setting_waits"), (3, "staff_waits")}


# --- the digest --------------------------------------------------------------------------------------------------------


@pytest.fixture
def reader(officer, settings):
    settings.MAIL_HOST = "mail.force.example"
    with administering():
        User.objects.filter(id=officer.user).update(email="brandreth@force.example")
    return officer


def some_news(reader, case=None):
    notify(to=[reader.user], kind="reminder", by=None, at=timezone.now(), case=case and case.id, subject=str(timezone.now()))


def test_an_e_mail_holds_a_number_and_nothing_else_and_no_second_goes_within_the_hours(reader):
    case = a_case(reader)
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(2):
            some_news(reader, case)  # one line
            clock.shift(timedelta(seconds=1))
        some_news(reader)
        some_news(a_member())  # has no address
        send_digests("fenmarch")
        (letter,) = mail.outbox
        assert (letter.to, letter.subject) == (["brandreth@force.example"], "You have 2 new items in Lodestar")
        assert case.reference not in letter.message().as_string()
        assert letter.body.replace(letter.subject, "").split() == (
            [".", "You", "can", "switch", "these", "e-mails", "off", "under", "“Your", "account”."]
        )
        clock.shift(timedelta(hours=3))
        some_news(reader)
        send_digests("fenmarch")
        assert len(mail.outbox) == 1
        clock.shift(timedelta(hours=2))
        for _ in range(2):
            send_digests("fenmarch")
        assert [letter.subject for letter in mail.outbox[1:]] == ["You have 1 new item in Lodestar"]


def test_none_goes_in_the_night_off_duty_switched_off_or_without_a_mail_server(reader, settings):
    with time_machine.travel(NOON.replace(hour=23), tick=False) as clock:
        some_news(reader)
        send_digests("fenmarch")
        clock.move_to(NOON)
        tour = TourFactory(user_id=reader.user, user=None, from_at=NOON - timedelta(hours=8), to_at=NOON - timedelta(hours=1))
        send_digests("fenmarch")
        tour.delete()
        settings.MAIL_HOST = ""
        send_digests("fenmarch")
        settings.MAIL_HOST = "mail.force.example"
        assert sent(reader, "/new/mail", do="off")["Location"] == "/account"
        send_digests("fenmarch")
        assert mail.outbox == []
        sent(reader, "/new/mail", do="on")
        send_digests("fenmarch")
        assert len(mail.outbox) == 1


def test_it_is_night_from_ten_to_seven_in_london():
    hours = {21: False, 22: True, 0: True, 6: True, 7: False}
    for month, ahead in ((1, 0), (7, 1)):
        found = {hour: is_night(datetime(2026, month, 2, (hour - ahead) % 24, 59, tzinfo=UTC)) for hour in hours}
        assert found == hours


def test_what_the_mail_server_did_not_take_goes_the_next_time_as_the_same_message(reader, monkeypatch):
    attempts = []

    def lost(_, messages):
        attempts.extend(messages)
        raise SMTPServerDisconnected

    with time_machine.travel(NOON, tick=False) as clock:
        some_news(reader)
        with monkeypatch.context() as away:
            away.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", lost)
            send_digests("fenmarch")
        clock.shift(timedelta(minutes=15))
        for _ in range(2):
            send_digests("fenmarch")
    assert [letter.message()["Message-ID"] for letter in mail.outbox] == [attempts[0].message()["Message-ID"]]


def test_notices_are_kept_for_ninety_days(officer):
    some_news(officer)
    with time_machine.travel(timezone.now() + timedelta(days=89)) as clock:
        delete_old_notices("fenmarch")
        assert Notice.objects.exists()
        clock.shift(timedelta(days=2))
        delete_old_notices("fenmarch")
    assert not Notice.objects.exists()


# --- escalation --------------------------------------------------------------------------------------------------------


def test_what_is_late_for_a_child_goes_to_the_sergeant_and_a_day_later_to_the_coordinator_each_once(officer, night):
    case, boy, sergeant = night
    coordinator, elsewhere = a_member("coordinator"), a_member("supervisor")
    adult = a_person(officer, a_case(officer, at=case.encountered_at), at=case.encountered_at, out_of_danger="yes")

    def tell(member):
        escalate("fenmarch")
        return sorted(Notice.objects.filter(to_id=member.user).values_list("kind", "subject"))

    assert tell(sergeant) == []
    with time_machine.travel(case.encountered_at + timedelta(hours=3), tick=False) as clock:
        late = tell(sergeant)
        owed = Obligation.objects.filter(id__in=[subject for _, subject in late])
        assert {row.code for row in owed} >= {"make_safe", "tell_childrens_services_now"}
        assert {row.person_id for row in owed} == {boy.id}
        assert Obligation.objects.filter(person=adult, due_at__lt=timezone.now(), state="open").exists()
        assert new_for_you(sergeant, timezone.now())["how_many"] == "1"  # one line for all of a case
        assert tell(sergeant) == late
        Notice.objects.update(opened_at=timezone.now())
        assert tell(sergeant) == late
        assert (tell(coordinator), tell(elsewhere)) == ([], [])
        safe = Obligation.objects.get(case=case, code="make_safe")
        answer_duty(by=officer, at=timezone.now(), case=case, obligations=[safe], kind="done")
        clock.shift(timedelta(days=1, minutes=1))
        still = {subject for _, subject in tell(coordinator)}
        assert still == {subject for _, subject in late} - {str(safe.id)}
        assert len(tell(coordinator)) == len(still)
