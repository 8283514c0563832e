"""Nothing goes to immigration by another purpose: the file and the address are refused, and what has gone is that fact."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from lodestar.casework.disclosures.actions import TellsImmigration, ask_to_tell, decide_disclosure, propose_disclosure
from lodestar.casework.disclosures.models import AddressDisclosure, ImmigrationDisclosure, PurposeChange
from lodestar.platform.accounts.models import User
from lodestar.platform.audit.models import Event
from tests.apps.casework.cases.test_papers import text
from tests.factories.accounts import a_member
from tests.factories.cases import MET, a_case, a_disclosure, a_person
from tests.factories.figures import verdict
from tests.factories.signed_in import form, signed_in
from tests.offenders import each

ENFORCEMENT, DECIDES = "Home Office Immigration Enforcement", "Immigration Enforcement Competent Authority"
OTHER_USES = ("support", "safeguarding", "investigation", "prosecution", "other")


@pytest.fixture
def here(fenmarch):
    officer = a_member("frontline")
    case = a_case(officer)
    return officer, case, a_person(officer, case, name="Petra", british=False)


def says(case):
    return verdict(a_member("coordinator"), case, 3)


def exported(client, member, case, **more):
    sent = {"reference": case.reference, "reason": "They asked", "crossing": "They asked", "use": "investigation"}
    return signed_in(client, member).post("/exports/htcds", form(**sent | more))


@each("use", OTHER_USES)
def test_no_file_goes_to_immigration_whatever_purpose_is_chosen(client, here, use):
    _, case, _ = here
    coordinator = a_member("coordinator")
    answer = exported(client, coordinator, case, recipient=ENFORCEMENT, use=use)
    assert answer.status_code == 422
    assert "A detective inspector must approve anything before it goes to immigration" in text(answer)
    told = {
        "user": User.objects.get(id=coordinator.user).username, "recipient": ENFORCEMENT, "reason": "They asked", "kind": "json",
        "tenant": "", "use": use, "crossing": "It", "stdout": io.StringIO(), "stderr": io.StringIO(),
    }  # fmt: skip
    with pytest.raises(CommandError, match="must approve anything before it goes to immigration"):
        call_command("export_htcds", case.reference, **told)
    assert not Event.objects.filter(operation="disclosure").exists()
    assert not PurposeChange.objects.exists()


def test_a_file_goes_as_it_was_approved_for_immigration_though_another_purpose_is_chosen(client, here):
    officer, case, person = here
    words = a_disclosure(way="file", recipient=ENFORCEMENT, parts=["safeguarding", "law_enforcement"])
    row = propose_disclosure(by=officer, at=MET, person=person, words=words)
    inspector = a_member("detective_inspector", rank="detective_inspector")
    decide_disclosure(by=inspector, at=timezone.now(), disclosure=row, approved=True, because="A warrant")
    assert exported(client, a_member("coordinator"), case, recipient=ENFORCEMENT).status_code == 302
    row.refresh_from_db()
    assert row.told_at is not None
    assert {one.used_for for one in PurposeChange.objects.all()} == {"immigration"}
    assert Event.objects.get(code="exchange.htcds_exported").fields == ["for_immigration", "htcds"]
    assert says(case) == "cannot_tell"


def test_those_who_decide_on_referrals_are_given_it(client, here):
    _, case, _ = here
    assert exported(client, a_member("coordinator"), case, recipient=DECIDES, use="support").status_code == 302
    assert not ImmigrationDisclosure.objects.exists()
    assert says(case) == "cannot_tell"


@each("use", OTHER_USES)
def test_no_address_is_asked_for_to_be_told_to_immigration(client, here, use):
    officer, _, person = here
    sent = {"recipient": ENFORCEMENT, "power": "None", "use": use, "reason": "They asked", "crossing": "They asked"}
    answer = signed_in(client, officer).post(f"/people/{person.id}/address/told", form(**sent))
    assert answer.status_code == 422
    assert "That is immigration. Propose immigration disclosures on their own page" in text(answer)
    with pytest.raises(TellsImmigration):
        ask_to_tell(by=officer, at=MET, person=person, **sent)
    assert not AddressDisclosure.objects.exists()
    answer = client.post(f"/people/{person.id}/address/told", form(**sent | {"recipient": DECIDES}))
    assert answer.status_code == 302


@each("use", OTHER_USES)
def test_an_address_that_immigration_was_told_is_told_without_approval(client, here, use):
    officer, case, person = here
    sent = {"recipient": ENFORCEMENT, "power": "None", "use": use, "reason": "They asked", "crossing": "They asked"}
    path = f"/people/{person.id}/address/told"
    assert signed_in(client, officer).post(path, form(**sent, happened="on", when="yesterday")).status_code == 302
    row = ImmigrationDisclosure.objects.get()
    assert (row.happened_without, row.recipient, row.parts) == (True, ENFORCEMENT, ["support"])
    assert [one.used_for for one in PurposeChange.objects.all()] == ["immigration"]
    assert says(case) == "happened"


USED = [("law_enforcement", "investigation"), ("support", "support"), ("support", "other")]


@pytest.mark.parametrize(("recorded_for", "use"), USED)
def test_another_use_by_immigration_is_told_without_approval(client, here, recorded_for, use):
    officer, case, person = here
    sent = {"recorded_for": recorded_for, "use": use, "recipient": ENFORCEMENT, "power": "None", "reason": "On the phone"}
    answer = signed_in(client, officer).post(f"/people/{person.id}/other-use", form(**sent, when="yesterday"))
    assert answer.status_code == 302
    row = ImmigrationDisclosure.objects.get()
    assert (row.happened_without, row.parts) == (True, [recorded_for])
    assert says(case) == "happened"
