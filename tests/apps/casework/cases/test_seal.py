"""Sealing and unsealing, giving, the operation, and emergency access."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.utils import timezone

from lodestar.casework.case_files.actions.case import UnableToSeal, give_case, name_operation, seal_case, unseal_case
from lodestar.casework.case_files.views import sharing
from lodestar.casework.cases.models import Case, CaseMember, SealOwner
from lodestar.casework.ledger.models import Obligation
from lodestar.platform.accounts.models import Draft
from lodestar.platform.audit.models import Event
from tests.factories.accounts import a_member
from tests.factories.cases import MET, a_case, a_person
from tests.factories.signed_in import form, signed_in

REASON = "Somebody in the force is related to them."


@pytest.fixture
def here(fenmarch):
    officer = a_member("frontline")
    case = a_case(officer, place="Nowhere farm")
    person = a_person(officer, case, age_min=15, age_max=15)
    supervisor, owner = a_member("supervisor", unit=case.unit), a_member("coordinator")
    return officer, case, person, supervisor, owner


def seal(client, case, *owners, reason=REASON, **typed):
    return client.post(f"/cases/{case.reference}/seal", form(reason=reason, owners=[str(o.user) for o in owners], **typed))


def text(page):
    return unescape(page.content.decode())


def plain(page, *words):
    """A page without what differs by chance: keys and tokens, and the reference asked for."""
    html = page.content.decode()
    for word in words:
        html = html.replace(word, "REF")
    return re.sub(r'value="[^"]{16,}"', "", html)


def test_a_case_is_sealed_with_a_reason_and_two_named_owners(client, here):
    _officer, case, _, supervisor, owner = here
    signed_in(client, supervisor)
    assert f"Seal {case.reference}" in text(client.get(f"/cases/{case.reference}/seal"))
    for refused in (
        seal(client, case, supervisor, others=""),
        seal(client, case, supervisor, reason=" ", others=owner.username),
        seal(client, case, supervisor, others="nobody-here"),
        seal(client, case, others=a_member("administrator").username),
    ):
        assert refused.status_code == 422
    assert not Case.objects.get(id=case.id).sealed
    assert seal(client, case, supervisor, others=owner.username).headers["Location"] == f"/cases/{case.reference}"
    sealed = Case.objects.get(id=case.id)
    assert (sealed.sealed, sealed.seal_reason, sealed.sealed_by_id) == (True, REASON, supervisor.user)
    assert set(SealOwner.objects.filter(case=case).values_list("user_id", flat=True)) == {supervisor.user, owner.user}
    assert not Obligation.objects.filter(case=case, sealed=False).exists()


def test_whoever_seals_and_is_no_owner_is_out_at_once(client, here):
    officer, case, _, supervisor, owner = here
    signed_in(client, supervisor)
    assert seal(client, case, officer, others=owner.username).headers["Location"] == "/my-work"
    assert client.get(f"/cases/{case.reference}").status_code == 404


def test_a_sealed_case_is_nowhere_but_for_its_owners(client, here):
    officer, case, person, supervisor, owner = here
    row = Obligation.objects.filter(case=case, state="open").first()
    seal(signed_in(client, supervisor), case, supervisor, others=owner.username)
    parts = ("", "/owed", "/happened", "/do-now", "/hand-on", "/files", "/seal", "/unseal", "/give", "/operation", "/allocate",
             "/authority", "/review")  # fmt: skip
    paths = [f"/cases/{case.reference}{part}" for part in parts]
    paths += [f"/people/{person.id}{part}" for part in ("", "/closed", "/happened", "/looked", "/address", "/consent", "/age")]
    paths += [f"/owed/{row.id}"]
    for member in (officer, a_member("supervisor", unit=case.unit), a_member("coordinator"), a_member("detective_inspector"),
                   a_member("crime_allocation"), a_member("data_protection")):  # fmt: skip
        signed_in(client, member)
        none = client.get("/cases/FM-26-9998")
        for path in paths if member is officer else (paths[0], f"/people/{person.id}"):  # tests/access asks for all, as each role
            page = client.get(path)
            assert page.status_code == 404, path
            assert "Nowhere farm" not in text(page)
            if path == f"/cases/{case.reference}":
                assert plain(page, case.reference) == plain(none, "FM-26-9998")
        for path in ("/my-work", "/my-team", "/my-unit", "/morning-list", "/log", "/drafts"):
            page = client.get(path)
            assert not re.search(f"{case.reference}|Nowhere farm", text(page)), path
    for member in (supervisor, owner):
        html = text(signed_in(client, member).get(f"/cases/{case.reference}"))
        assert "Sealed" in html
        assert "Only its named owners know that it exists." in html
        assert client.get(f"/people/{person.id}").status_code == 200


def test_unsealing_is_for_an_owner_who_did_not_seal(client, here):
    officer, case, _, supervisor, owner = here
    seal(signed_in(client, supervisor), case, supervisor, others=owner.username)
    path = f"/cases/{case.reference}/unseal"
    assert "You sealed it. Another of its owners has to unseal it." in text(client.get(path))
    assert client.post(path, form(reason="Enough.")).status_code == 422
    assert Case.objects.get(id=case.id).sealed
    assert signed_in(client, officer).post(path, form(reason="Mine.")).status_code == 404
    signed_in(client, owner)
    assert client.post(path, form(reason="")).status_code == 422
    assert client.post(path, form(reason="The relation was a mistake.")).status_code == 302
    unsealed = Case.objects.get(id=case.id)
    assert (unsealed.sealed, unsealed.sealed_by_id) == (False, None)
    assert not SealOwner.objects.filter(case=case).exists()
    assert signed_in(client, officer).get(f"/cases/{case.reference}").status_code == 200


def test_whoever_read_the_case_before_it_was_sealed_anew_does_not_unseal_it(here):
    _, case, _, supervisor, owner = here
    owners = [supervisor.user, owner.user]
    seal_case(by=supervisor, at=MET, case=case, reason=REASON, owners=owners)
    read = Case.objects.get(id=case.id)
    unseal_case(by=owner, at=MET, case=read, reason="A mistake.")
    with pytest.raises(UnableToSeal, match="Someone else has just unsealed the case"):
        unseal_case(by=owner, at=MET, case=read, reason="A mistake.")
    assert Event.objects.filter(code="cases.unsealed").count() == 1
    seal_case(by=owner, at=MET, case=case, reason=REASON, owners=owners)
    with pytest.raises(UnableToSeal):
        unseal_case(by=owner, at=MET, case=read, reason="A mistake.")
    unseal_case(by=supervisor, at=MET, case=read, reason="A mistake.")
    seal_case(by=supervisor, at=MET, case=case, reason=REASON, owners=[supervisor.user, a_member("coordinator").user])
    with pytest.raises(UnableToSeal):
        unseal_case(by=owner, at=MET, case=read, reason="A mistake.")
    assert Case.objects.get(id=case.id).sealed


@pytest.mark.parametrize("is_named", [True, False])
def test_of_two_who_seal_at_one_moment_the_second_is_told_where_they_may_know(client, monkeypatch, here, is_named):
    _, case, _, supervisor, owner = here
    first, real = a_member("coordinator"), seal_case

    def a_moment_later(**told):
        owners = [first.user, supervisor.user if is_named else owner.user]
        real(by=first, at=MET, case=Case.objects.get(id=case.id), reason="Another.", owners=owners)
        real(**told)

    monkeypatch.setattr(sharing.actions, "seal_case", a_moment_later)
    late = seal(signed_in(client, supervisor), case, supervisor, others=owner.username)
    assert late.status_code == (422 if is_named else 404)
    assert ("Someone sealed the case while you were writing" in text(late)) == is_named
    assert "Name at least two owners" not in text(late)


def test_whoever_gives_a_case_that_is_sealed_at_that_moment_gives_nothing(client, monkeypatch, here):
    _, case, _, supervisor, owner = here
    detective, real = a_member("investigator"), give_case

    def a_moment_later(**told):
        seal_case(by=owner, at=MET, case=Case.objects.get(id=case.id), reason=REASON, owners=[owner.user, detective.user])
        real(**told)

    monkeypatch.setattr(sharing.actions, "give_case", a_moment_later)
    late = signed_in(client, supervisor).post(f"/cases/{case.reference}/give", form(colleague=detective.username))
    assert late.status_code == 404
    assert not CaseMember.objects.filter(case=case, user_id=detective.user).exists()


def test_what_was_written_to_seal_a_case_that_is_sealed_by_now_stays(client, here):
    """Two owners press at once: the one who came second reads so, and has the reason still."""
    _, case, _, supervisor, owner = here
    signed_in(client, supervisor)
    seal(client, case, supervisor, others=owner.username)
    refused = seal(client, case, supervisor, owner, reason="His brother is a sergeant here.")
    assert refused.status_code == 422
    assert f"{case.reference} is already sealed." in text(refused)
    assert "His brother is a sergeant here.</textarea>" in text(refused)
    assert "Name at least two owners" not in text(refused)
    draft = Draft.objects.get()
    assert "His brother is a sergeant here.</textarea>" in text(client.get(f"{draft.path}?draft=1"))
    assert client.get(f"/cases/{case.reference}/seal")["Location"] == f"/cases/{case.reference}/unseal"


def test_a_case_is_given_by_its_units_supervisor_or_the_coordinator(client, here):
    officer, case, _, supervisor, owner = here
    detective, second = a_member("investigator"), a_member("frontline", unit=case.unit)
    path = f"/cases/{case.reference}/give"
    outside = a_member("supervisor")
    give_case(by=owner, at=MET, case=case, to=outside.user)
    for member in (officer, outside, a_member("detective_inspector"), a_member("frontline")):
        assert signed_in(client, member).post(path, form(colleague=detective.username)).status_code == 404
    signed_in(client, supervisor)
    assert second.name in text(client.get(path))
    for wrong in ({}, {"colleague": "nobody-here"}, {"colleague": a_member("data_protection").username}):
        assert client.post(path, form(**wrong)).status_code == 422
    assert client.post(path, form(colleague=second.name)).status_code == 302
    assert signed_in(client, second).get(f"/cases/{case.reference}").status_code == 200
    assert signed_in(client, owner).post(path, form(colleague=detective.username.upper())).status_code == 302
    assert signed_in(client, detective).get(f"/cases/{case.reference}").status_code == 200
    given = Event.objects.filter(code="cases.given", case=case.id).order_by("recorded_at").last()
    assert (given.by, given.recipient) == (owner.user, str(detective.user))


def test_a_sealed_case_is_given_to_nobody(client, here):
    _, case, _, supervisor, owner = here
    seal(signed_in(client, supervisor), case, supervisor, others=owner.username)
    assert client.post(f"/cases/{case.reference}/give", form(colleague=a_member("frontline").username)).status_code == 404


def test_cases_with_the_same_operation_belong_together(client, here):
    officer, case, _, _supervisor, owner = here
    other = a_case(officer)
    signed_in(client, owner)
    for one in (case, other):
        typed = form(version="", name="  Operation   Larkspur ")
        assert client.post(f"/cases/{one.reference}/operation", typed).status_code == 302
    assert len({row.operation_id for row in Case.objects.filter(id__in=[case.id, other.id])}) == 1
    assert "in Operation Larkspur" in text(client.get(f"/cases/{case.reference}"))
    client.post(f"/cases/{case.reference}/operation", form(version=str(Case.objects.get(id=case.id).operation_id), name=""))
    assert Case.objects.get(id=case.id).operation_id is None
    assert signed_in(client, officer).get(f"/cases/{case.reference}/operation").status_code == 404


@pytest.mark.parametrize("is_same_moment", [False, True])
def test_of_two_who_name_the_operation_the_second_is_told_which_it_is_in(client, monkeypatch, here, is_same_moment):
    _, case, _, _, owner = here
    other, path, real = a_member("coordinator"), f"/cases/{case.reference}/operation", name_operation
    seen = re.findall(r'name="version" value="([^"]*)"', text(signed_in(client, owner).get(path)))

    def first():
        real(by=other, at=timezone.now(), case=Case.objects.get(id=case.id), name="Heron")

    def a_moment_later(**told):
        first()
        real(**told)

    if is_same_moment:
        monkeypatch.setattr(sharing.actions, "name_operation", a_moment_later)
    else:
        first()
    late = client.post(path, form(version=seen, name="Larkspur"))
    assert late.status_code == 422
    assert "The case was added to Heron while you were writing." in text(late)
    assert 'value="Larkspur"' in text(late)
    if is_same_moment:
        assert Case.objects.get(id=case.id).operation_id is None, "what is done within a refused request goes with it"
        return
    assert Case.objects.get(id=case.id).operation.name == "Heron"
    now = re.findall(r'name="version" value="([^"]*)"', text(late))
    assert client.post(path, form(version=now, name="Larkspur")).status_code == 302
    assert Case.objects.get(id=case.id).operation.name == "Larkspur"


def test_emergency_access_asks_why_opens_for_a_day_and_is_told_at_once(client, here):
    officer, case, person, *_ = here
    other, log = a_member("frontline", name="PC Ferreira"), a_member("data_protection")
    signed_in(client, other)
    path = f"/emergency/{case.reference}"
    assert client.get(f"/cases/{case.reference}").status_code == 404
    assert client.post(path, form(reason=" ")).status_code == 422
    assert client.post(path, form(reason="She rang and is being followed.")).headers["Location"] == f"/cases/{case.reference}"
    assert client.get(f"/cases/{case.reference}").status_code == client.get(f"/people/{person.id}").status_code == 200
    assert "You used emergency access" in text(client.get(f"/people/{person.id}"))
    top = text(signed_in(client, log).get("/log"))
    assert top.index("PC Ferreira") < top.index("Search the log")
    assert "She rang and is being followed." in top
    assert case.reference in top
    work = text(client.get("/my-work"))
    assert "Emergency access, the last seven days" in work
    assert "She rang and is being followed." in work
    on_case = text(signed_in(client, officer).get(f"/cases/{case.reference}"))
    assert "Opened by emergency access" in on_case
    assert "PC Ferreira" in on_case
    assert "“She rang and is being followed.”" in on_case
    with time_machine.travel(timezone.now() + timedelta(hours=24, minutes=1), tick=True):
        assert signed_in(client, other).get(f"/cases/{case.reference}").status_code == 404


def test_who_was_told_a_reference_finds_the_way_to_ask(client, here):
    _, case, *_ = here
    signed_in(client, a_member("frontline"))
    assert 'href="/emergency"' in text(client.get("/my-cases"))
    assert "The reference of the case" in text(client.get("/emergency"))
    for typed in (case.reference, f" {case.reference.lower()} ", "FM-26-9997"):
        asked = client.get("/emergency", {"reference": typed})
        assert asked.headers["Location"] == f"/emergency/{''.join(typed.split()).upper()}"
    assert signed_in(client, a_member("crime_allocation")).get("/emergency").status_code == 404


def test_emergency_access_on_a_sealed_case_is_as_on_none(client, here):
    officer, case, _, supervisor, owner = here
    seal(signed_in(client, supervisor), case, supervisor, others=owner.username)
    signed_in(client, officer)
    pages = []
    for reference in (case.reference, "FM-26-9997"):
        asked = client.get(f"/emergency/{reference}")
        sent = client.post(f"/emergency/{reference}", form(reason="He is in danger."))
        ended = client.get(sent.headers["Location"])
        pages.append((plain(asked, reference), sent.headers["Location"].replace(reference, "REF"), plain(ended, reference)))
        assert "There is nothing here that you can open" in text(ended)
    assert pages[0] == pages[1]
    assert not CaseMember.objects.filter(case=case, how="emergency").exists()
    refused = Event.objects.filter(code="cases.emergency_refused")
    assert {event.case for event in refused} == {None}
    assert refused.count() == 2
