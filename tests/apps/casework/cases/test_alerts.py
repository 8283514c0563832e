"""Alerts to professional standards: raised from the log, at once by an emergency, and settled by somebody else."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from lodestar.casework.case_files.actions.case import seal_case
from lodestar.casework.cases import access
from lodestar.casework.safe_addresses.actions import record_address
from lodestar.information_governance.access_alerts.actions import CannotSettle, raise_alerts, settle_alert
from lodestar.information_governance.access_alerts.jobs import alert_standards
from lodestar.information_governance.access_alerts.models import StaffAddress, StandardsAlert
from lodestar.platform.accounts.models import Membership
from lodestar.platform.audit.codes import CODES
from lodestar.platform.audit.models import Event
from lodestar.platform.settings.actions import decide_setting, propose_setting
from lodestar.platform.text.ids import new_id
from tests.apps.casework.cases.test_papers import text
from tests.factories.accounts import a_member
from tests.factories.administering import administering
from tests.factories.cases import StandardsAlertFactory, a_case, a_person
from tests.factories.record import EventFactory
from tests.factories.signed_in import form, signed_in
from tests.offenders import each


@pytest.fixture
def standards(fenmarch):
    return a_member("professional_standards", name="Ch Insp Penhallow")


def raised():
    raise_alerts(at=timezone.now())
    return sorted(StandardsAlert.objects.values_list("kind", "about__name", "number"))


def test_looking_up_ones_own_name_is_raised_within_five_minutes(client, standards):
    officer = a_member("coordinator", name="PC Hanna Brandreth")
    opener = a_member("frontline", name="PC Other")
    case = a_case(opener)
    person = a_person(opener, case, name="Marek Brandreth")
    assert signed_in(client, officer).get(f"/people/{person.id}").status_code == 200
    alert_standards(timestamp=0)
    alert_standards(timestamp=0)  # once, however often it is reckoned
    (alert,) = StandardsAlert.objects.all()
    assert (alert.kind, alert.about_id, alert.people, alert.cases) == ("own_name", officer.user, [person.id], [case.id])
    page = text(signed_in(client, standards).get("/standards"))
    assert "PC Hanna Brandreth" in page
    assert case.reference in page
    assert "Marek" not in page
    shown = text(client.get(f"/standards/{alert.id}"))
    assert str(person.id) in shown
    assert "Marek" not in shown


def test_a_night_of_many_people_is_raised_and_its_count_grows(client, standards):
    officer = a_member("coordinator", name="DC Wren")
    with time_machine.travel(timezone.now().replace(hour=1, minute=0), tick=False):
        for _ in range(41):
            EventFactory(code="cases.person_viewed", operation="consultation", by=officer.user, people=[new_id()],
                         recorded_at=timezone.now())  # fmt: skip
        assert raised() == [("night", "DC Wren", 41)]
        EventFactory(code="cases.person_viewed", operation="consultation", by=officer.user, people=[new_id()],
                     recorded_at=timezone.now())  # fmt: skip
        assert raised() == [("night", "DC Wren", 42)]
    assert raised()


def test_an_ordinary_day_raises_nothing(client, standards):
    officer = a_member("frontline", name="PC Hanna Brandreth")
    case = a_case(officer)
    person = a_person(officer, case, name="Petra")
    signed_in(client, officer)
    for path in (f"/cases/{case.reference}", f"/people/{person.id}", "/my-cases", "/my-work"):
        assert client.get(path).status_code == 200
    assert raised() == []


TAKEN = ["referrals.pack_taken", "cases.address_told", "analysis.figure_taken", "exchange.released", "exchange.htcds_exported"]
LOOKED_AT = [
    ("exchange.crime_pack_made", "page shipped"), ("exchange.intelligence_sheet_made", "page"),
    ("exchange.incident_log_made", ""), ("cases.person_viewed", ""), ("analysis.cases_listed", ""),
]  # fmt: skip


def logged(code, by, **more):
    operation = CODES[code][0]
    recipient = "Somebody" if operation == "disclosure" else ""
    return EventFactory(code=code, operation=operation, by=by, recipient=recipient, **more)


def leaver():
    member = a_member("coordinator", name="Farida Quist")
    with administering():
        Membership.objects.filter(id=member.membership).update(to_date=timezone.localdate() + timedelta(days=7))
    return member


@each("code", TAKEN)
def test_whatever_is_taken_along_before_leaving_counts(standards, code):
    logged(code, leaver().user)
    assert raised() == [("leaving", "Farida Quist", 1)]


@each(("code", "subject"), LOOKED_AT)
def test_what_is_only_looked_at_before_leaving_counts_for_nothing(standards, code, subject):
    logged(code, leaver().user, subject=subject)
    assert raised() == []


@pytest.mark.parametrize(
    ("asked", "fetched"), [("exchange.htcds_exported", "exchange.file_taken"), ("analysis.figure_taken", "analysis.file_taken")]
)
def test_a_file_that_is_asked_for_and_fetched_twice_is_taken_once(standards, asked, fetched):
    by = leaver().user
    event = logged(asked, by)
    for _ in range(2):
        logged(fetched, by, subject=str(event.id))
    assert raised() == [("leaving", "Farida Quist", 1)]


@pytest.mark.parametrize("is_there", [True, False])
def test_emergency_access_that_was_refused_is_raised_and_the_one_who_tried_reads_nothing_of_it(client, standards, is_there):
    """What is sealed and what is not there raise the same."""
    officer, opener, second = a_member("frontline", name="PC Brandreth"), a_member("supervisor"), a_member("supervisor")
    reference = "FM-26-9999"
    if is_there:
        case = a_case(opener)
        reference = case.reference
        seal_case(by=opener, at=timezone.now(), case=case, reason="A relative", owners=[opener.user, second.user])
    for _ in range(2):
        answer = signed_in(client, officer).post(f"/emergency/{reference}", form(reason="She is being followed"))
        assert answer.headers["Location"].endswith("/nothing")
    assert raised() == [("emergency", "PC Brandreth", 2)]
    alert = StandardsAlert.objects.get()
    assert (alert.cases, alert.people) == ([], [])
    page = text(signed_in(client, standards).get("/standards"))
    assert "tried emergency access 2 times" in page
    assert reference not in page
    assert "seal" not in page
    assert client.get(f"/standards/{alert.id}").status_code == 200
    assert signed_in(client, officer).get("/standards").status_code == 404
    assert "emergency" not in text(client.get("/my-work")).lower()


def test_a_night_that_is_read_in_part_keeps_its_count(standards):
    officer = a_member("coordinator", name="DC Wren")
    with time_machine.travel(timezone.now().replace(hour=22, minute=30), tick=False) as clock:
        for number in range(60):
            EventFactory(code="cases.person_viewed", operation="consultation", by=officer.user, people=[new_id()],
                         recorded_at=timezone.now() + timedelta(minutes=60 if number > 10 else 0))  # fmt: skip
        clock.shift(timedelta(hours=2))
        assert raised() == [("night", "DC Wren", 60)]
        clock.shift(timedelta(hours=34, minutes=30))
        assert raised() == [("night", "DC Wren", 60)]


def test_an_emergency_access_is_raised_as_it_happens(client, standards):
    officer = a_member("frontline", name="PC Brandreth")
    case = a_case(a_member("frontline"))
    sent = form(reason="He says he will kill her tonight")
    signed_in(client, officer).post(f"/emergency/{case.reference}", sent)
    alert = StandardsAlert.objects.get()
    assert (alert.kind, alert.about_id, alert.cases) == ("emergency", officer.user, [case.id])
    assert "used emergency access" in text(signed_in(client, standards).get("/standards"))


def test_an_emergency_access_ends_when_the_force_says(client, standards):
    first, second = a_member("policy_owner"), a_member("policy_owner")
    change = propose_setting(
        by=first, at=timezone.now(), key="emergency_access_hours", value="4",
        from_date=timezone.localdate() + timedelta(days=1), reason="A shift is nine hours",
    )  # fmt: skip
    decide_setting(by=second, at=timezone.now(), row=change, approved=True, because="Agreed")
    officer, case = a_member("frontline"), a_case(a_member("frontline"))
    with time_machine.travel(timezone.now() + timedelta(days=2)) as clock:
        page = text(signed_in(client, officer).get(f"/emergency/{case.reference}"))
        assert "for 4 hours" in page
        client.post(f"/emergency/{case.reference}", form(reason="She is being followed"))
        assert access.visible_cases(officer).filter(id=case.id).exists()
        clock.shift(timedelta(hours=4, minutes=1))
        assert not access.visible_cases(officer).filter(id=case.id).exists()


def test_a_sealed_case_is_said_to_be_there_and_no_more(client, standards):
    officer, opener, second = a_member("coordinator", name="PC Brandreth"), a_member("supervisor"), a_member("supervisor")
    case = a_case(opener)
    person = a_person(opener, case, name="Marek Brandreth")
    signed_in(client, officer).get(f"/people/{person.id}")
    seal_case(by=opener, at=timezone.now(), case=case, reason="A relative", owners=[opener.user, second.user])
    assert raised() == [("own_name", "PC Brandreth", 1)]
    page = text(signed_in(client, standards).get("/standards"))
    assert "a sealed case" in page
    assert case.reference not in page


def test_it_is_settled_with_a_reason_by_somebody_else(client, standards):
    alert = StandardsAlertFactory()
    path = f"/standards/{alert.id}"
    assert signed_in(client, standards).post(path, form(outcome="no_concern")).status_code == 422
    assert client.post(path, form(outcome="no_concern", because="A cousin, told before")).status_code == 302
    alert.refresh_from_db()
    assert (alert.outcome, alert.settled_by_id, str(alert.because)) == (
        "no_concern", standards.user, "A cousin, told before",
    )  # fmt: skip
    assert "No concern" in text(client.get("/standards"))
    assert client.post(path, form(outcome="taken_up", because="Again")).status_code == 404
    assert Event.objects.filter(code="cases.alert_settled").count() == 1
    assert Event.objects.filter(code="cases.alert_viewed").exists()


def test_nobody_sees_or_settles_an_alert_about_themselves(client, standards):
    alert = StandardsAlertFactory(about_id=standards.user)
    assert "No alerts raised" in text(signed_in(client, standards).get("/standards"))
    assert client.get(f"/standards/{alert.id}").status_code == 404
    told = {"outcome": "no_concern", "because": "It was me", "at": timezone.now()}
    with pytest.raises(CannotSettle):
        settle_alert(by=standards, alert=alert.id, **told)
    with pytest.raises(IntegrityError), transaction.atomic():
        StandardsAlert.objects.filter(id=alert.id).update(
            outcome="no_concern", settled_at=timezone.now(), settled_by_id=standards.user
        )


# --- one's own address ---------------------------------------------------------------------------------------------------

HOME = "3 Mill Lane, Lincoln LN1 1AA"


def test_writing_down_or_opening_somebody_at_ones_own_address_is_raised_and_the_address_is_nowhere(client, standards):
    officer, opener = a_member("coordinator", name="PC Hanna Brandreth"), a_member("frontline", name="PC Other")
    case = a_case(opener)
    person, other = a_person(opener, case, name="Marek"), a_person(opener, case, name="Ana")
    signed_in(client, standards)
    assert client.post("/standards/addresses", form(username=officer.username, address=HOME)).status_code == 302
    kept = repr([*StaffAddress.objects.values(), *Event.objects.values()])
    assert "Mill" not in kept + text(client.get("/standards/addresses"))
    assert "PC Hanna Brandreth" in text(client.get("/standards/addresses"))
    for of in (person, other):
        where = "Flat 2, 9 Kestrel Way, LN2 2BB" if of is other else "3 mill lane  ln11aa"
        record_address(by=opener, at=timezone.now(), person=of, address=where, viewers=[])
    assert raised() == []  # it is nobody's own who wrote it down
    signed_in(client, officer).get(f"/people/{other.id}")
    assert raised() == []
    client.get(f"/people/{person.id}")
    assert raised() == [("address", "PC Hanna Brandreth", 1)]
    assert "at their own address" in text(signed_in(client, standards).get("/standards"))


def test_without_a_number_or_a_place_here_nothing_is_kept_and_blank_takes_it_away(client, standards):
    officer = a_member("frontline")
    signed_in(client, standards)
    for wrong in ({"username": officer.username, "address": "By the river"}, {"username": "nobody", "address": HOME}, {}):
        assert client.post("/standards/addresses", form(**wrong)).status_code == 422
    assert not StaffAddress.objects.exists()
    client.post("/standards/addresses", form(username=officer.username, address=HOME))
    assert StaffAddress.objects.get().user_id == officer.user
    client.post("/standards/addresses", form(username=officer.username, address=""))
    assert not StaffAddress.objects.exists()
