"""Who may see a safe address, and telling it to somebody outside: by two, with what happened without always recorded."""

from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from lodestar.casework.case_files.actions.case import give_case
from lodestar.casework.disclosures.actions import NotApproved, ask_to_tell, decide_address_disclosure, tell_address
from lodestar.casework.disclosures.models import AddressDisclosure
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.safe_addresses.models import SafeAddressViewer
from lodestar.exchange.exports.actions import export_case
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.models import Membership, Submission
from lodestar.platform.approvals.actions import CannotDecide
from lodestar.platform.audit.models import Event
from lodestar.platform.notices.models import Notice
from tests.apps.casework.cases.test_papers import CANARY, held, text
from tests.factories.accounts import a_member
from tests.factories.administering import administering
from tests.factories.cases import MET, a_case, a_person
from tests.factories.signed_in import form, signed_in

ASKED = {"recipient": "Mrs Hale, Rowan House", "power": "Safeguarding", "use": "safeguarding", "reason": "A bed for tonight"}


def an_inspector(**more: object) -> Member:
    return a_member("detective_inspector", rank="detective_inspector", **more)


@pytest.fixture
def here(fenmarch):
    officer = a_member("frontline", name="PC Brandreth")
    case = a_case(officer)
    person = a_person(officer, case, name="Petra")
    held(person, officer)
    return officer, case, person


def named(person):
    return set(SafeAddressViewer.objects.filter(person=person).values_list("user_id", flat=True))


# --- who may see it --------------------------------------------------------------------------------------------------


def test_whoever_has_the_case_names_another_and_takes_one_away_with_a_reason(client, here):
    officer, _, person = here
    helper = a_member("coordinator")
    path = f"/people/{person.id}/address/viewers"
    assert signed_in(client, officer).post(path, form(other=helper.username)).status_code == 422  # without a reason
    assert client.post(path, form(other=helper.username, reason="Takes her there")).status_code == 302
    assert named(person) == {officer.user, helper.user}
    assert client.post(path, form(remove=str(helper.user), reason="Has moved teams")).status_code == 302
    assert named(person) == {officer.user}
    logged = Event.objects.filter(code__startswith="cases.address_viewer").order_by("recorded_at")
    assert [(row.code, row.subject, row.reason) for row in logged] == [
        ("cases.address_viewer_named", str(helper.user), "Takes her there"),
        ("cases.address_viewer_removed", str(helper.user), "Has moved teams"),
    ]


def test_nobody_names_themselves(client, here):
    _, _, person = here
    curious = a_member("coordinator")
    answer = signed_in(client, curious).post(
        f"/people/{person.id}/address/viewers", form(other=curious.username, reason="I would like to know")
    )
    assert answer.status_code == 422
    assert "You cannot name yourself" in text(answer)
    assert curious.user not in named(person)


def test_the_last_one_at_work_stays(client, here):
    """Else anybody on the case could name themselves next."""
    officer, _, person = here
    gone = a_member("frontline")
    SafeAddressViewer.objects.create(person=person, user_id=gone.user)
    with administering():
        Membership.objects.filter(id=gone.membership).update(to_date=timezone.localdate() - timedelta(days=1))
    answer = signed_in(client, officer).post(
        f"/people/{person.id}/address/viewers", form(remove=str(officer.user), reason="I leave")
    )
    assert answer.status_code == 422
    assert named(person) == {officer.user, gone.user}


def test_a_colleague_of_the_unit_does_not_say_who_sees_it(client, here):
    officer, case, person = here
    colleague = a_member("frontline")
    give_case(by=officer, at=timezone.now(), case=case, to=colleague.user)
    assert signed_in(client, colleague).get(f"/people/{person.id}/address").status_code == 200
    assert client.get(f"/people/{person.id}/address/viewers").status_code == 404


# --- telling somebody outside ----------------------------------------------------------------------------------------


def ask(client, officer, person, **more):
    return signed_in(client, officer).post(f"/people/{person.id}/address/told", form(**ASKED, **more))


def test_one_asks_another_decides_and_then_it_is_told(client, here):
    officer, _, person = here
    inspector = an_inspector(name="DI Haldane")
    assert ask(client, officer, person).status_code == 302
    row = AddressDisclosure.objects.get()
    path = f"/addresses-told/{row.id}"
    assert client.post(path, form(approved="yes", because="I say so")).status_code == 404  # the one who asked
    signed_in(client, inspector)
    assert "Mrs Hale" in text(client.get("/addresses-told"))
    page = text(client.get(path))
    assert "A bed for tonight" in page
    assert CANARY not in page
    assert client.post(path, form(approved="yes", because="Rowan House is checked")).status_code == 302
    assert "Nothing to decide" in text(client.get("/addresses-told"))
    assert not Event.objects.filter(operation="disclosure").exists()  # nothing has been told yet
    signed_in(client, officer)
    assert client.post(path, form(when="")).status_code == 302
    row.refresh_from_db()
    assert row.told_by_id == officer.user
    event = Event.objects.get(operation="disclosure")
    assert (event.code, event.recipient, event.power) == ("cases.address_told", ASKED["recipient"], "Safeguarding")
    assert client.post(path, form(when="")).status_code == 422  # once


@pytest.mark.parametrize(("later", "is_told"), [(-1, False), (71, True), (73, False)])
def test_whether_an_approval_held_turns_on_when_they_were_told_and_not_on_the_clock(here, later, is_told):
    officer, _, person = here
    row = ask_to_tell(by=officer, at=MET, person=person, **ASKED)
    decided = MET + timedelta(hours=2)
    decide_address_disclosure(by=an_inspector(), at=decided, telling=row, approved=True, because="Checked")
    with nullcontext() if is_told else pytest.raises(NotApproved):
        tell_address(by=officer, at=decided + timedelta(hours=later), telling=row)


def test_an_inspector_who_asked_does_not_decide(client, here):
    _, _, person = here
    inspector, other = an_inspector(), an_inspector()
    assert ask(client, inspector, person).status_code == 302
    row = AddressDisclosure.objects.get()
    assert Notice.objects.get(kind="address_waits").to_id == other.user  # not the one who asked
    assert "Nothing to decide" in text(client.get("/addresses-told"))
    assert client.post(f"/addresses-told/{row.id}", form(approved="yes", because="Mine")).status_code == 404
    with pytest.raises(CannotDecide):
        decide_address_disclosure(by=inspector, at=timezone.now(), telling=row, approved=True, because="Mine")
    with pytest.raises(IntegrityError), transaction.atomic():  # nor does the database let it be
        AddressDisclosure.objects.filter(id=row.id).update(approved=True, decided_at=timezone.now(), decided_by_id=inspector.user)
    with pytest.raises(IntegrityError), transaction.atomic():  # nor that it is told before anybody decided
        AddressDisclosure.objects.filter(id=row.id).update(told_at=timezone.now(), told_by_id=inspector.user)
    decide_address_disclosure(by=other, at=timezone.now(), telling=row, approved=True, because="Checked")
    with pytest.raises(CannotDecide):
        decide_address_disclosure(by=an_inspector(), at=timezone.now(), telling=row, approved=False, because="No")


def test_what_happened_already_is_always_recorded_counted_and_looked_at(client, here):
    officer, case, person = here
    assert ask(client, officer, person, happened="on", when="yesterday 1200").status_code == 302
    row = AddressDisclosure.objects.get()
    assert row.happened_without
    event = Event.objects.get(operation="disclosure")
    assert (event.code, event.recipient) == ("cases.address_told_without", ASKED["recipient"])
    now = timezone.now()
    looks = Obligation.objects.filter(case=case, person=person, state="open", code__endswith="happened_without")
    assert set(looks.values_list("code", flat=True)) == {
        "inspector_looks_at_happened_without",
        "coordinator_looks_at_happened_without",
    }
    assert looks.get(code__startswith="inspector").due_at < now  # late at once
    inspector = an_inspector()
    decide_address_disclosure(by=inspector, at=now, telling=row, approved=False, because="The officer is spoken to")
    row.refresh_from_db()
    assert row.happened_without  # whatever is decided of it


def test_the_address_itself_stands_in_no_log_and_in_nothing_that_goes_out(client, here, caplog):
    """Asked for, shown, told: what is written of it is who, whom and why."""
    officer, case, person = here
    inspector = an_inspector()
    signed_in(client, officer).post(f"/people/{person.id}/address", form(reason="The doctor goes there tonight"))
    assert CANARY in text(client.get(f"/people/{person.id}/address/shown"))
    ask(client, officer, person)
    row = AddressDisclosure.objects.get()
    signed_in(client, inspector).post(f"/addresses-told/{row.id}", form(approved="yes", because="Checked"))
    signed_in(client, officer).post(f"/addresses-told/{row.id}", form(when=""))
    ask(client, officer, person, happened="on", when="yesterday")
    kept = [str(list(row.values())) for row in Event.objects.values()]
    kept += [str(list(row.values())) for row in Submission.objects.values()]
    assert len(kept) > 6
    pages = [text(signed_in(client, member).get(path)) for member in (officer, inspector) for path in (
        f"/people/{person.id}/address", f"/people/{person.id}/address/told", f"/people/{person.id}", "/my-work",
        f"/cases/{case.reference}", f"/addresses-told/{row.id}", f"/people/{person.id}/happened",
    )]  # fmt: skip
    made = export_case(
        by=a_member("coordinator"), at=timezone.now(), case=case, people=[person.id], kind="csv", recipient="A partner",
        reason="They asked", use="support",
    )  # fmt: skip
    kept += [*pages, caplog.text, str(made.__dict__)]
    assert not [words for words in kept if "Zzyzx" in words or CANARY in words]
