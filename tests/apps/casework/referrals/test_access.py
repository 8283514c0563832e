"""Whose a referral, a letter and what is being written are; and nothing of another force is listed or counted."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.http import Http404
from django.utils import timezone

from lodestar.casework.cases.models import Case
from lodestar.casework.decisions.access import letter_for
from lodestar.casework.referrals import access
from lodestar.casework.referrals.models import PairingSettled, Referral
from lodestar.platform.accounts.models import Membership
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.audit.models import Event
from lodestar.platform.tenancy.tenant_transaction import within
from lodestar.platform.text.ids import new_id
from tests.factories.accounts import MembershipFactory, TenantFactory, UnitFactory, a_member
from tests.factories.administering import administering
from tests.factories.cases import (
    MET,
    ObligationFactory,
    OperationGroupFactory,
    PersonFactory,
    SealOwnerFactory,
    a_case,
    a_person,
    theirs,
    user_of,
)
from tests.factories.referrals import (
    LetterFactory,
    LetterFiledFactory,
    PairingFactory,
    PairingSettledFactory,
    ReferralFactory,
    ReferralNowFactory,
    ReviewFactory,
    WritingFactory,
)
from tests.factories.signed_in import form, signed_in

MAY = Permission.REFERRAL_RECORD
HOUR = timedelta(hours=1)


@pytest.fixture
def officer(fenmarch):
    return a_member("frontline")


@pytest.fixture
def coordinator(fenmarch):
    return a_member("coordinator")


def sealed():
    person = PersonFactory()
    SealOwnerFactory(case=person.case)
    Case.objects.filter(id=person.case_id).update(sealed=True)
    return person


def viewed(**about):
    return Event.objects.filter(**about).count()


def test_a_referral_is_had_by_who_sees_its_case_and_a_notification_is_none(officer):
    referral = ReferralFactory(person=theirs(officer))
    assert access.nrm_referral_for(officer, referral.id, MAY, viewed=False) == referral
    assert viewed(code="cases.person_viewed") == 0
    access.nrm_referral_for(officer, referral.id, MAY, viewed=True)
    assert Event.objects.get(code="cases.person_viewed").people == [referral.person_id]
    notification = ReferralFactory(person=theirs(officer), route="dtn")
    for member, wanted, permission in [
        (officer, notification.id, MAY),
        (officer, new_id(), MAY),
        (officer, referral.id, Permission.CASE_SEAL),
        (a_member("frontline"), referral.id, MAY),
    ]:
        with pytest.raises(Http404):
            access.nrm_referral_for(member, wanted, permission, viewed=True)


def test_a_letter_is_had_by_who_sees_a_case_that_it_is_filed_in(officer, coordinator):
    filed = LetterFiledFactory(referral=ReferralFactory(person=theirs(officer))).letter
    hidden = LetterFiledFactory(referral=ReferralFactory(person=sealed())).letter
    for member in (officer, coordinator):
        assert letter_for(member, filed.id, MAY, viewed=False) == filed
    assert viewed(code="referrals.letter_viewed") == 0
    letter_for(officer, filed.id, MAY, viewed=True)
    assert Event.objects.get(code="referrals.letter_viewed").subject == str(filed.id)
    for member, wanted, permission in [
        (officer, hidden.id, MAY),
        (coordinator, hidden.id, MAY),
        (officer, new_id(), MAY),
        (a_member("frontline"), filed.id, MAY),
        (officer, filed.id, Permission.CASE_SEAL),
    ]:
        with pytest.raises(Http404):
            letter_for(member, wanted, permission, viewed=True)


def test_a_letter_that_waits_or_was_put_aside_is_the_coordinators(officer, coordinator):
    aside = LetterFiledFactory(referral=None, how="aside", reason="A circular").letter
    for letter in (LetterFactory(waits=True), aside):
        assert letter_for(coordinator, letter.id, MAY, viewed=False) == letter
        with pytest.raises(Http404):
            letter_for(officer, letter.id, MAY, viewed=False)


def test_what_is_being_written_is_had_with_its_writer_and_what_was_said_of_it(officer):
    colleague = a_member("supervisor", name="PS Vale")
    with administering():
        Membership.objects.filter(id=colleague.membership).update(rank="sergeant", phone="101 ext 4")
    MembershipFactory(user=user_of(colleague), roles=["frontline"], from_date=date(2019, 1, 1))
    writing = WritingFactory(person=theirs(officer), begun_by=user_of(colleague))
    ReviewFactory(writing=writing, comment="When did it begin?", said_by=user_of(colleague))
    found = access.writing_for(officer, writing.id, MAY, viewed=False)
    assert found.begun_from == {"name": "PS Vale", "rank": "sergeant", "roles": ["supervisor"], "phone": "101 ext 4"}
    assert [(one["by"], one["comment"]) for one in found.looked_over] == [("PS Vale", "When did it begin?")]
    assert viewed(code="cases.person_viewed") == 0
    access.writing_for(officer, writing.id, MAY, viewed=True)
    assert viewed(code="cases.person_viewed", case=writing.person.case_id) == 1
    for member, wanted, permission in [
        (officer, new_id(), MAY),
        (officer, writing.id, Permission.CASE_SEAL),
        (a_member("frontline"), writing.id, MAY),
    ]:
        with pytest.raises(Http404):
            access.writing_for(member, wanted, permission, viewed=True)


def test_beside_it_stand_those_of_its_case_and_of_its_operation_that_the_member_sees(officer):
    operation, other = OperationGroupFactory(), OperationGroupFactory()
    case = theirs(officer, case__operation=operation).case
    writing = WritingFactory(person=PersonFactory(case=case))
    same_case = WritingFactory(person=PersonFactory(case=case), begun_at=MET)
    same_operation = WritingFactory(person=theirs(officer, case__operation=operation), begun_at=MET + HOUR)
    for person in (PersonFactory(case__operation=operation), theirs(officer, case__operation=other), theirs(officer)):
        WritingFactory(person=person)
    WritingFactory(person=writing.person, form_version="2025-01")
    assert list(access.visible_related_drafts(officer, writing)) == [same_operation, same_case]
    alone = WritingFactory(person=theirs(officer))
    assert list(access.visible_related_drafts(officer, alone)) == []
    beside = WritingFactory(person=PersonFactory(case=alone.person.case))
    assert list(access.visible_related_drafts(officer, alone)) == [beside]


def test_at_most_thirty_are_looked_at_for_what_is_common(officer):
    writing = WritingFactory(person=theirs(officer))
    for number in range(31):
        WritingFactory(person=PersonFactory(case=writing.person.case, number=20_000 + number), begun_at=MET + number * HOUR)
    found = list(access.visible_related_drafts(officer, writing))
    assert len(found) == 30
    assert MET not in [one.begun_at for one in found], "the earliest is left out"


def test_the_latest_of_the_others_that_the_member_sees_are_listed(officer):
    but, early, late = (WritingFactory(person=theirs(officer), begun_at=MET + n * HOUR) for n in (3, 1, 2))
    WritingFactory()
    assert list(access.other_writings(officer, but, 9)) == [late, early]
    assert list(access.other_writings(officer, but, 1)) == [late]


REGISTER = [
    f"/referrals?kind={kind}&show={show}" for kind in ("sent", "received") for show in ("all", "late", "returned", "rg_negative")
]
RECONCILED = [f"/referrals/reconciled?show={show}" for show in ("no_crime", "no_referral", "settled")]
PAGES = [*REGISTER, *RECONCILED, "/referrals/letters"]


def fill(by):
    """One of everything that the lists show, and whoever is settled without a crime."""
    case = a_case(by)
    for direction in ("made_by_us", "received_for_investigation"):
        person = a_person(by, case, name="Hidden Nightjar")
        referral = ReferralFactory(
            person=person, writing=WritingFactory(person=person), open_checks=["Q2"], direction=direction,
            sent_at=timezone.now() - timedelta(minutes=1),
        )  # fmt: skip
        ReferralNowFactory(referral=referral, direction=direction, state="rg_negative", returned=True, sent_at=referral.sent_at)
    PairingFactory(person=a_person(by, case, name="Hidden Nightjar"))
    PairingFactory(person=a_person(by, case, name="Hidden Nightjar"), referral_at=None, crime_at=MET)
    kept = PairingFactory(person=a_person(by, case, name="Hidden Nightjar"), settled=True).person
    PairingSettledFactory(person=kept)
    LetterFactory(waits=True, title="About a Nightjar")
    for referral in Referral.objects.all():
        ObligationFactory(
            case=case, person=referral.person, code="answer_further_information", unit=case.unit, holder=None, opens_at=MET,
            due_at=timezone.now() - timedelta(hours=3), with_role="coordinator",
        )  # fmt: skip
    return kept


def seen(client, path):
    page = client.get(path)
    assert page.status_code == 200, path
    return "Nightjar" in unescape(page.content.decode())


def test_nothing_of_another_force_is_listed_or_settled(db, client):
    TenantFactory(), TenantFactory(slug="eastern", reference_prefix="ER")
    with within("fenmarch"):
        ours, here = a_member("coordinator"), a_member("coordinator")
        person = fill(ours)
    with within("eastern"):
        theirs = a_member("coordinator", unit=UnitFactory(name="Elsewhere"))
    signed_in(client, here)
    assert [path for path in PAGES if not seen(client, path)] == []
    signed_in(client, theirs)
    assert [path for path in PAGES if seen(client, path)] == []
    address = f"/people/{person.id}/reconciled"
    assert client.get(address).status_code == 404
    assert client.post(address, form(reason="It is not ours.", side="no_crime")).status_code == 404
    with within("fenmarch"):
        assert PairingSettled.objects.count() == 1
