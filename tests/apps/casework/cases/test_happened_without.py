"""What happened although something owed was not done lands in the duty inspector's and the coordinator's work, and stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lodestar.casework.allocation import actions as allocations
from lodestar.casework.case_files.actions.case import seal_case
from lodestar.casework.case_files.actions.people import change_person
from lodestar.casework.cases.models import Case, Person
from lodestar.casework.consent.actions import record_consent
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.queries.worklists import Worklists, listed
from lodestar.casework.referrals import actions as referrals
from lodestar.casework.section45 import actions as section45
from tests.factories.accounts import UnitFactory, a_member
from tests.factories.cases import a_case, a_person
from tests.factories.full_records import an_offence, callum
from tests.factories.investigations import a_detective
from tests.factories.signed_in import signed_in

pytestmark = pytest.mark.usefixtures("fenmarch")
INSPECTOR, COORDINATOR = "inspector_looks_at_happened_without", "coordinator_looks_at_happened_without"


def looks(case):
    return {row.code: row for row in Obligation.objects.filter(case=case, code__in=(INSPECTOR, COORDINATOR))}


def an_allocation(officer, at):
    case = a_case(officer, at=at)
    a_person(officer, case, at=at)
    trainee = a_detective("trainee_detective")
    allocations.record_happened_without(by=a_member("crime_allocation"), at=at, case=case, owner=trainee.user, seen=0)
    return case


def an_outcome(officer, at):
    _, case, person = callum(officer, at=at)
    offence = an_offence(officer, person, at=at)
    section45.record_happened_without(by=officer, at=at, offence=offence, kind="charge")
    return case


def a_referral(officer, at):
    case = a_case(officer, at=at)
    person = a_person(officer, case, at=at)
    answer = {"nrm": False, "spoke_alone": True, "interpreter": "not_needed"}
    record_consent(by=officer, at=at, person=person, answer=answer)
    referrals.record_referral(
        by=officer, at=at, person=person, route="nrm", direction="made_by_us", seen=0, as_it_happened=True
    )  # fmt: skip
    return case


@pytest.mark.parametrize("happening", [an_allocation, an_outcome, a_referral])
def test_it_lands_in_the_work_of_both_with_a_due_time(happening, client):
    now = timezone.now().replace(microsecond=0)
    case = happening(a_member("frontline"), now - timedelta(hours=1))
    found = looks(case)
    assert found[INSPECTOR].due_at == now + timedelta(hours=3), "four hours after it happened"
    assert ledger.differences([Case.objects.get(id=case.id)]) == []
    html = signed_in(client, a_member("detective_inspector")).get("/my-work").content.decode()
    assert f"/owed/{found[INSPECTOR].id}" in html
    lists = Worklists(a_member("coordinator"))
    mine = {row.id for row in listed({"mine": lists.mine()}, now + timedelta(minutes=1), 50)["mine"]}
    wanted = found[COORDINATOR] if COORDINATOR in found else Obligation.objects.get(case=case, code="put_referral_right")
    assert wanted.id in mine
    assert wanted.due_at


def test_it_stays_when_it_was_made_good_and_when_nobody_is_thought_a_victim_any_more():
    now = timezone.now()
    officer = a_member("frontline")
    case = an_allocation(officer, now - timedelta(hours=2))
    allocations.allocate(by=a_member("crime_allocation"), at=now, case=case, owner=a_detective().user, seen=1)
    person = Person.objects.get(case=case)
    change_person(by=officer, at=now, person=person, version=person.version, facts={"belief": "none", "roles": ["witness"]})
    assert {row.state for row in looks(case).values()} == {"open"}
    assert not Obligation.objects.filter(case=case, code="allocate_pip2_owner", state="open").exists()


def test_a_uniformed_inspector_has_it_where_they_see_the_case(client):
    unit = UnitFactory()
    case = an_allocation(a_member("frontline", unit=unit), timezone.now())
    row = looks(case)[INSPECTOR]
    here, elsewhere = a_member("supervisor", unit=unit, rank="inspector"), a_member("supervisor", rank="inspector")
    for member, has_it in ((here, True), (elsewhere, False), (a_member("supervisor", unit=unit), False)):
        found = listed({"mine": Worklists(member).mine()}, timezone.now() + timedelta(minutes=1), 50)["mine"]
        assert (row.id in {one.id for one in found}) is has_it
    page = signed_in(client, here).get(f"/owed/{row.id}").content.decode()
    assert 'value="done"' in page
    assert 'value="not_needed"' not in page


def test_sealed_it_is_in_the_work_of_named_owners_alone():
    officer, inspector = a_member("frontline"), a_member("detective_inspector")
    case = an_allocation(officer, timezone.now())
    sergeant, owner = a_member("supervisor"), a_member("detective_inspector")
    seal_case(by=sergeant, at=timezone.now(), case=case, reason="A relative.", owners=[owner.user, officer.user])
    row = looks(case)[INSPECTOR]
    for member, has_it in ((inspector, False), (owner, True)):
        found = listed({"mine": Worklists(member).mine()}, timezone.now() + timedelta(minutes=1), 50)["mine"]
        assert (row.id in {one.id for one in found}) is has_it
