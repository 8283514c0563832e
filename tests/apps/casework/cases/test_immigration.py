"""Telling Immigration Enforcement: proposed by one, decided by another, told once; and what went without is always recorded,
whatever the way, is owed a decision, and is counted in failing 3 at once."""

import io
from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from lodestar.casework.cases.models import Case
from lodestar.casework.disclosures.actions import (
    NoReason,
    NotApproved,
    TellsImmigration,
    ask_to_tell,
    decide_disclosure,
    propose_disclosure,
    record_disclosed,
    tell_as_approved,
)
from lodestar.casework.disclosures.models import ImmigrationDisclosure, PurposeChange
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.platform.accounts.models import User
from lodestar.platform.approvals.actions import CannotDecide
from lodestar.platform.audit.models import Event
from lodestar.platform.notices.models import Notice
from tests.apps.casework.cases.test_papers import text
from tests.factories.accounts import a_member
from tests.factories.cases import MET, a_case, a_disclosure, a_person
from tests.factories.figures import verdict
from tests.factories.signed_in import form, signed_in

ASKED = {
    "way": "told", "recipient": "CIO Blythe, Eastfleet team", "purposes": ["investigation"], "parts": ["law_enforcement"],
    "what": "That she was found", "power": "Data Protection Act 2018 section 36", "reason": "They hold the van's owner",
}  # fmt: skip
CODE, LOOKS = "immigration_disclosure_needs_approval", "looks_at_happened_without"


def an_inspector(**more):
    return a_member("detective_inspector", rank="detective_inspector", **more)


@pytest.fixture
def here(fenmarch):
    officer = a_member("frontline", name="PC Brandreth")
    case = a_case(officer)
    return officer, case, a_person(officer, case, name="Petra", british=False)


def send(client, member, person, **more):
    return signed_in(client, member).post(f"/people/{person.id}/immigration", form(**ASKED | more))


def states(person):
    return sorted(Obligation.objects.filter(person=person, code=CODE).values_list("state", flat=True))


def open_looks(person):
    return Obligation.objects.filter(person=person, state="open", code__endswith=LOOKS)


def figure_says(case):
    return verdict(a_member("coordinator"), case, 3)


# --- proposed, decided, told ------------------------------------------------------------------------------------------


def test_one_proposes_another_approves_and_then_they_are_told(client, here):
    officer, case, person = here
    inspector = an_inspector(name="DI Haldane")
    assert send(client, officer, person).status_code == 302
    row = ImmigrationDisclosure.objects.get()
    path = f"/immigration/{row.id}"
    assert Notice.objects.get(subject=str(row.id)).to_id == inspector.user
    assert states(person) == ["open"]
    assert figure_says(case) == "cannot_tell"  # nothing has gone
    assert not Event.objects.filter(operation="disclosure").exists()
    assert client.post(path, form(approved="yes", because="I say so")).status_code == 404  # the one who proposed
    signed_in(client, inspector)
    assert "CIO Blythe" in text(client.get("/immigration"))
    page = text(client.get(path))
    for said in ("They hold the van", "That she was found", "section 36", "Investigating those who exploit them"):
        assert said in page
    assert client.post(path, form(approved="yes", because="The least that will do")).status_code == 302
    assert "Nothing to decide" in text(client.get("/immigration"))
    assert states(person) == ["closed"]
    assert Notice.objects.get(kind="immigration_decided").to_id == officer.user
    signed_in(client, officer)
    assert client.post(path, form(when="")).status_code == 302
    row.refresh_from_db()
    assert (row.told_by_id, row.happened_without) == (officer.user, False)
    event = Event.objects.get(code="cases.immigration_told")
    assert (event.operation, event.recipient, event.power) == ("disclosure", ASKED["recipient"], ASKED["power"])
    assert [(one.recorded_for, one.used_for) for one in PurposeChange.objects.all()] == [("law_enforcement", "immigration")]
    assert figure_says(case) == "cannot_tell"  # told as approved; whatever else was told is not known
    assert not open_looks(person).exists()
    assert client.post(path, form(when="")).status_code == 422  # once


def test_what_is_refused_is_not_told_and_what_is_owed_closes(client, here):
    officer, _, person = here
    row = propose_disclosure(by=officer, at=MET, person=person, words=a_disclosure())
    path = f"/immigration/{row.id}"
    answer = signed_in(client, an_inspector()).post(path, form(approved="no", because=""))
    assert answer.status_code == 422
    assert "Write why, in a few words" in text(answer)
    assert client.post(path, form(approved="no", because="Nothing says that it helps her")).status_code == 302
    assert states(person) == ["closed"]
    with pytest.raises(NotApproved):
        tell_as_approved(by=officer, at=timezone.now(), disclosure=row)
    assert signed_in(client, officer).post(path, form(when="")).status_code == 404
    assert "Nothing says that it helps her" in text(client.get(path))


def test_a_second_proposal_is_owed_a_decision_of_its_own(here):
    officer, _, person = here
    one, other = (propose_disclosure(by=officer, at=MET, person=person, words=a_disclosure()) for _ in range(2))
    decide_disclosure(by=an_inspector(), at=timezone.now(), disclosure=one, approved=False, because="No")
    assert states(person) == ["closed", "open"]
    decide_disclosure(by=an_inspector(), at=timezone.now(), disclosure=other, approved=False, because="No")
    assert states(person) == ["closed", "closed"]


def test_an_approval_lapses(here):
    officer, _, person = here
    row = propose_disclosure(by=officer, at=MET, person=person, words=a_disclosure())
    decide_disclosure(by=an_inspector(), at=timezone.now(), disclosure=row, approved=True, because="Checked")
    with time_machine.travel(timezone.now() + timedelta(hours=73)), pytest.raises(NotApproved):
        tell_as_approved(by=officer, at=timezone.now(), disclosure=row)


@pytest.mark.parametrize("purposes", [["safeguarding"]])
def test_safeguarding_by_itself_is_no_reason(client, here, purposes):
    officer, _, person = here
    answer = send(client, officer, person, purposes=purposes)
    assert answer.status_code == 422
    assert "“Safeguarding” alone is not a reason" in text(answer)
    assert "They hold the van" in text(answer)  # what was typed is kept
    assert not ImmigrationDisclosure.objects.exists()
    with pytest.raises(NoReason):
        propose_disclosure(by=officer, at=MET, person=person, words=a_disclosure(purposes=purposes))
    assert send(client, officer, person, purposes=[*purposes, "harm"]).status_code == 302


def test_an_inspector_who_proposed_it_does_not_decide(client, here):
    _, _, person = here
    inspector = an_inspector()
    assert send(client, inspector, person).status_code == 302
    row = ImmigrationDisclosure.objects.get()
    assert "Nothing to decide" in text(client.get("/immigration"))
    assert client.post(f"/immigration/{row.id}", form(approved="yes", because="Mine")).status_code == 404
    with pytest.raises(CannotDecide):
        decide_disclosure(by=inspector, at=timezone.now(), disclosure=row, approved=True, because="Mine")
    with pytest.raises(IntegrityError), transaction.atomic():  # nor does the database let it be
        ImmigrationDisclosure.objects.filter(id=row.id).update(
            approved=True, decided_at=timezone.now(), decided_by_id=inspector.user
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        ImmigrationDisclosure.objects.filter(id=row.id).update(told_at=timezone.now(), told_by_id=inspector.user)


def test_what_a_colleague_decided_meanwhile_is_told_and_the_words_are_kept(client, here):
    officer, _, person = here
    row = propose_disclosure(by=officer, at=MET, person=person, words=a_disclosure())
    decide_disclosure(by=an_inspector(name="DI Haldane"), at=timezone.now(), disclosure=row, approved=False, because="No")
    answer = signed_in(client, an_inspector()).post(f"/immigration/{row.id}", form(approved="yes", because="It would help her"))
    assert answer.status_code == 422
    for said in ("It is already decided", "DI Haldane", "It would help her"):
        assert said in text(answer)
    row.refresh_from_db()
    assert row.approved is False


def test_who_proposes_is_told_of_what_a_colleague_wrote_meanwhile(client, here):
    officer, _, person = here
    record_disclosed(by=officer, at=MET, person=person, words=a_disclosure(recipient="A constable in custody"))
    answer = send(client, officer, person, seen="0")
    assert answer.status_code == 422
    assert "A constable in custody" in text(answer)
    assert send(client, officer, person, seen="1").status_code == 302
    assert send(client, officer, person, seen="1", happened="on", when="yesterday").status_code == 302  # a fact waits for nothing


# --- what has happened ----------------------------------------------------------------------------------------------------


def test_what_happened_is_always_recorded_shown_owed_and_counted_at_once(client, here):
    officer, case, person = here
    assert figure_says(case) == "cannot_tell"
    answer = send(client, officer, person, purposes=["safeguarding"], happened="on", when="yesterday 1200", way="joint_visit")
    assert answer.status_code == 302
    assert "Not approved before" in text(client.get(answer.url))
    assert "by a joint visit" in text(client.get(answer.url))
    assert states(person) == ["open"]
    assert {row.code for row in open_looks(person)} == {f"inspector_{LOOKS}", f"coordinator_{LOOKS}"}
    assert open_looks(person).get(code__startswith="inspector").due_at < timezone.now()  # late at once
    assert figure_says(case) == "happened"
    inspector = an_inspector()
    signed_in(client, inspector)
    assert "Already disclosed" in text(client.get("/immigration"))
    assert "Approve or refuse disclosure to Immigration Enforcement" in text(client.get("/my-work"))
    row = ImmigrationDisclosure.objects.get()
    assert client.post(f"/immigration/{row.id}", form(approved="yes", because="It was the least")).status_code == 302
    assert states(person) == ["closed"]
    assert figure_says(case) == "happened"  # whatever is decided of it afterwards
    assert open_looks(person).count() == 2
    assert ledger.differences([Case.objects.get(id=case.id)]) == []


def test_another_use_that_tells_immigration_is_that_fact(client, here):
    officer, case, person = here
    sent = {"recorded_for": "support", "recipient": "Immigration", "power": "None", "reason": "On the phone", "when": "yesterday"}
    assert signed_in(client, officer).post(f"/people/{person.id}/other-use", form(**sent, use="immigration")).status_code == 302
    row = ImmigrationDisclosure.objects.get()
    assert (row.happened_without, row.parts, row.recipient) == (True, ["support"], "Immigration")
    assert PurposeChange.objects.count() == 1
    assert states(person) == ["open"]
    assert figure_says(case) == "happened"


def test_an_address_that_was_told_to_immigration_is_that_fact_and_is_asked_for_elsewhere(client, here):
    officer, case, person = here
    path = f"/people/{person.id}/address/told"
    sent = {"recipient": "Immigration", "power": "None", "use": "immigration", "reason": "They asked", "crossing": "They asked"}
    answer = signed_in(client, officer).post(path, form(**sent))
    assert answer.status_code == 422
    assert "Propose immigration disclosures on their own page" in text(answer)
    with pytest.raises(TellsImmigration):
        ask_to_tell(by=officer, at=MET, person=person, **sent)
    assert not ImmigrationDisclosure.objects.exists()
    assert client.post(path, form(**sent, happened="on", when="yesterday")).status_code == 302
    assert ImmigrationDisclosure.objects.get().parts == ["support"]
    assert states(person) == ["open"]
    assert figure_says(case) == "happened"


def test_a_file_goes_to_immigration_only_as_it_was_approved_for_each_of_them(client, here):
    officer, case, person = here
    other = a_person(officer, case, name="Ana")
    coordinator = a_member("coordinator")
    sent = {"reference": case.reference, "recipient": "CIO Blythe", "use": "immigration", "reason": "A warrant", "crossing": "It"}
    told = {
        "user": User.objects.get(id=coordinator.user).username, "recipient": "CIO Blythe", "reason": "A warrant", "kind": "json",
        "tenant": "", "use": "immigration", "crossing": "It", "stdout": io.StringIO(), "stderr": io.StringIO(),
    }  # fmt: skip

    def is_refused():
        answer = signed_in(client, coordinator).post("/exports/htcds", form(**sent))
        with pytest.raises(CommandError, match="must approve anything before it goes to immigration"):
            call_command("export_htcds", case.reference, **told)
        return answer.status_code == 422 and "must approve anything before it goes to immigration" in text(answer)

    assert is_refused()
    whole = {"recipient": "CIO Blythe", "parts": ["safeguarding", "law_enforcement"]}  # what a file holds
    a_part = propose_disclosure(by=officer, at=MET, person=person, words=a_disclosure(way="file", recipient="CIO Blythe"))
    decide_disclosure(by=an_inspector(), at=timezone.now(), disclosure=a_part, approved=True, because="A warrant")
    rows = [
        propose_disclosure(by=officer, at=MET, person=one, words=a_disclosure(way=way, **whole))
        for one, way in ((person, "file"), (other, "told"), (other, "file"))
    ]
    for row in rows[:2]:
        assert is_refused()  # proposed; and then of one of them alone, or for words and no file
        decide_disclosure(by=an_inspector(), at=timezone.now(), disclosure=row, approved=True, because="A warrant")
    assert is_refused()
    assert not Event.objects.filter(operation="disclosure").exists()
    assert not PurposeChange.objects.exists()
    decide_disclosure(by=an_inspector(), at=timezone.now(), disclosure=rows[2], approved=True, because="A warrant")
    assert signed_in(client, coordinator).post("/exports/htcds", form(**sent)).status_code == 302
    assert ImmigrationDisclosure.objects.filter(told_at__isnull=False, happened_without=False).count() == 2
    assert figure_says(case) == "cannot_tell"
    assert is_refused()  # an approval is used once


def test_the_form_says_what_is_missing_and_keeps_what_was_typed(client, here):
    officer, _, person = here
    answer = signed_in(client, officer).post(f"/people/{person.id}/immigration", form(recipient="CIO Blythe"))
    assert answer.status_code == 422
    page = text(answer)
    for said in ("Answer “", "CIO Blythe"):
        assert said in page
    assert len(answer.content) <= 30_000
    assert not ImmigrationDisclosure.objects.exists()
