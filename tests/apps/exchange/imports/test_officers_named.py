"""The officer whom a row names has the case from the start, where they are one person at work here, and is told."""

import pytest
from django.test import Client

from lodestar.casework.cases.models import Case, CaseMember
from lodestar.casework.concerns.models import Note
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.intelligence.identities.models import MatchAlert
from lodestar.platform.accounts.access import member_from
from lodestar.platform.accounts.models import Membership
from lodestar.platform.notices.models import Notice
from tests.apps.exchange.imports.test_met_before import words
from tests.factories.accounts import MembershipFactory, UserFactory, a_member
from tests.factories.administering import administering
from tests.factories.cases import a_case, a_person
from tests.factories.importing import brought_in, table_of
from tests.factories.signed_in import signed_in

HEAD = ["incident_ref", "happened_at", "name", "role", "officer"]

pytestmark = pytest.mark.usefixtures("fenmarch")


@pytest.fixture
def places():
    return {
        name: MembershipFactory(user=UserFactory(username=name, name=called), roles=["frontline"])
        for name, called in (("brandreth", "PC Brandreth"), ("4471", "PC Quill"), ("same1", "PC Two"), ("same2", "PC Two"))
    }


@pytest.fixture
def bring_in(tmp_path, places):
    def sent(*rows, **options):
        return brought_in("import_concerns", tmp_path / "rows.csv", table_of(rows, HEAD), user="brandreth", **options)[1]

    return sent


def notices_given():
    return list(Notice.objects.filter(kind__startswith="report_").values_list("case", "kind", "to"))


def row(officer, incident="INC 1", name="Ana"):
    return [incident, "03/11/2025 02:25", name, "victim", officer]


@pytest.mark.parametrize("named", ["4471", "PC Quill", "pc quill"])
def test_who_is_named_owns_the_case_meanwhile_owes_what_is_owed_at_the_scene_and_is_told(bring_in, places, named, client):
    rows = [row(named), row("", name="Bea")]
    assert f"officer “{named}” has the case" in bring_in(*rows, apply=False)[0]
    assert f"officer “{named}” has the case" in bring_in(*rows)[0]
    case, quill = Case.objects.get(), places["4471"]
    assert (case.opened_by_id, case.interim_owner_id) == (places["brandreth"].user_id, quill.user_id)
    assert case.unit_id == quill.unit_id
    assert set(Obligation.objects.filter(case=case, with_role="frontline").values_list("holder", flat=True)) == {quill.user_id}
    assert set(CaseMember.objects.filter(case=case).values_list("user", "how")) == {
        (places["brandreth"].user_id, "opened"), (quill.user_id, "given"),
    }  # fmt: skip
    assert notices_given() == [(case.id, "report_is_yours", quill.user_id)]
    assert ledger.differences([case]) == []
    page = signed_in(client, member_from(quill)).get("/my-work").content.decode()
    assert "A case of yours came in from another system" in page
    bring_in(*rows)
    assert len(notices_given()) == 1


@pytest.mark.parametrize("named", ["PC Two", "PC Nobody", "4471; PC Two", "reader"])
def test_who_is_nobody_or_two_or_may_have_no_case_stays_text_and_that_is_told(bring_in, places, named):
    MembershipFactory(user=UserFactory(username="reader"), roles=["data_protection"])
    told = bring_in(row(named))[0]
    assert f"officer “{named}” does not match one working user who may have a case: kept as text, and brandreth has it" in told
    assert Case.objects.get().interim_owner_id == places["brandreth"].user_id
    assert any(f"Officer: {named}" in words for words in Note.objects.values_list("words", flat=True))
    assert notices_given() == []


def test_the_first_that_is_named_has_it_and_a_case_that_stands_goes_to_nobody_else(bring_in, places):
    bring_in(row("brandreth"), row("4471", name="Bea"))
    case = Case.objects.get()
    assert case.interim_owner_id == places["brandreth"].user_id
    assert "has the case" not in bring_in(row("4471", name="Cid"))[0]
    case.refresh_from_db()
    assert case.interim_owner_id == places["brandreth"].user_id
    assert notices_given() == []


@pytest.mark.parametrize("sealed", [False, True])
def test_whoever_has_somebody_like_them_is_told_to_ring_the_officer_who_has_the_case_and_not_who_imports(
    bring_in, places, sealed
):
    owner = a_member("investigator", name="DC Abara")
    a_person(owner, a_case(owner), name="Oksana Melnychenko")
    with administering():
        for name, number in (("brandreth", "01632 960 001"), ("4471", "01632 960 447")):
            Membership.objects.filter(id=places[name].id).update(phone=number)
    bring_in(row("4471", name="Oksana Melnychenko"))
    if sealed:
        Case.objects.filter(imported_as="INC 1").update(sealed=True)
    alert = MatchAlert.objects.get(to=owner.user)
    told = words(signed_in(Client(), owner).get(f"/alerts/{alert.id}"))
    assert "was recorded by PC Brandreth" in told
    rings, other = ("Brandreth", "Quill") if sealed else ("Quill", "Brandreth")
    number = "01632 960 001" if sealed else "01632 960 447"
    assert f"Ring PC {rings}" in told
    assert number in told
    assert f"Ring PC {other}" not in told
    assert ("PC Quill has the case." in told) is not sealed
