"""What somebody holds who is gone is not lost: it lands with their supervisor, who gives it to another officer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lodestar.casework.case_files.actions.case import change_interim_owner, seal_case
from lodestar.casework.case_files.views import sharing
from lodestar.casework.cases.models import Case
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.queries.worklists import Worklists, listed
from lodestar.casework.section45.actions import answer_first_question
from lodestar.platform.accounts.models import Membership, Unit, User
from tests.factories.accounts import MembershipFactory, TourFactory, UnitFactory, a_member
from tests.factories.administering import administering
from tests.factories.cases import AllegedOffenceFactory, ObligationFactory, a_case, a_person, user_of
from tests.factories.signed_in import form, html_of, signed_in
from tests.factories.statements import at_most

pytestmark = pytest.mark.usefixtures("fenmarch")


@pytest.fixture
def unit(officer):
    return Unit.objects.get(id=officer.unit)


@pytest.fixture
def case(officer):
    now = timezone.now()
    TourFactory(user_id=officer.user, user=None)
    case = a_case(officer, at=now)
    a_person(officer, case, at=now)
    return case


def mine(member):
    found = listed({"mine": Worklists(member).mine()}, timezone.now() + timedelta(minutes=1), 99)["mine"]
    return {one.id for one in found}


def held_by(member, case):
    return set(Obligation.objects.filter(case=case, holder_id=member.user, state="open").values_list("id", flat=True))


def leaves(member):
    yesterday = timezone.localdate() - timedelta(days=1)
    with administering():
        Membership.objects.filter(user_id=member.user).update(to_date=yesterday)


@pytest.mark.parametrize("how", ["left", "barred"])
def test_what_somebody_holds_who_left_lands_with_the_supervisor_of_the_unit(officer, unit, case, how):
    sergeant, other = a_member("supervisor", unit=unit), a_member("supervisor")
    held = held_by(officer, case)
    assert held
    assert not mine(sergeant) & held
    with administering():
        leaves(officer) if how == "left" else User.objects.filter(id=officer.user).update(is_active=False)
    opened = set(Obligation.objects.filter(id__in=held, opens_at__lte=timezone.now()).values_list("id", flat=True))
    assert opened <= mine(sergeant)
    assert not mine(other) & held


def test_who_moved_within_the_force_keeps_what_they_have(officer, unit, case):
    leaves(officer)
    MembershipFactory(user=user_of(officer), unit=UnitFactory(name="Elsewhere"), roles=["frontline"])
    assert not mine(a_member("supervisor", unit=unit)) & held_by(officer, case)


def test_of_two_supervisors_who_choose_at_one_moment_the_second_is_told(client, monkeypatch, officer, unit, case):
    sergeant = a_member("supervisor", unit=unit)
    first, second = a_member("frontline", unit=unit, name="PC Ferreira"), a_member("frontline", unit=unit, name="PC Yates")
    real = change_interim_owner

    def a_moment_later(**told):
        real(**told | {"to": first.user, "case": Case.objects.get(id=case.id)})
        real(**told)

    monkeypatch.setattr(sharing.actions, "change_interim_owner", a_moment_later)
    typed = form(seen=str(officer.user), colleague=second.username)
    late = signed_in(client, sergeant).post(f"/cases/{case.reference}/interim-owner", typed)
    assert late.status_code == 422
    assert "The case passed to PC Ferreira while you were choosing." in late.content.decode()
    assert Case.objects.get(id=case.id).interim_owner_id != second.user


def test_another_officer_takes_over_by_the_same_times(client, officer, unit, case):
    sergeant, next_one = a_member("supervisor", unit=unit), a_member("frontline", unit=unit, name="PC Ferreira")
    before = dict(Obligation.objects.filter(case=case, state="open").values_list("id", "due_at"))
    held = held_by(officer, case)
    leaves(officer)
    signed_in(client, sergeant)
    path = f"/cases/{case.reference}/interim-owner"
    assert "has left the force" in client.get(path).content.decode()
    seen = str(officer.user)
    assert client.post(path, form(seen=seen)).status_code == 422
    assert client.post(path, form(seen=seen, colleague="nobody.here")).status_code == 422
    with at_most(40):
        assert client.post(path, form(seen=seen, colleague=next_one.username)).status_code == 302
    late = client.post(path, form(seen=seen, colleague="nobody.here"))
    assert "The case passed to PC Ferreira while you were choosing." in late.content.decode()
    assert held_by(next_one, case) == held
    assert dict(Obligation.objects.filter(case=case, state="open").values_list("id", "due_at")) == before
    assert ledger.differences([Case.objects.get(id=case.id)]) == []
    assert signed_in(client, next_one).get(f"/cases/{case.reference}").status_code == 200


def test_it_is_for_those_who_give_cases_and_of_a_sealed_one_for_its_named_owners(client, officer, unit, case):
    path, sergeant = f"/cases/{case.reference}/interim-owner", a_member("supervisor", unit=unit)
    for member, status in ((officer, 404), (sergeant, 200), (a_member("supervisor"), 404), (a_member("coordinator"), 200)):
        assert signed_in(client, member).get(path).status_code == status
    seal_case(by=sergeant, at=timezone.now(), case=case, reason="Related.", owners=[sergeant.user, officer.user])
    for member, status in ((officer, 404), (sergeant, 200), (a_member("coordinator"), 404)):
        assert signed_in(client, member).get(path).status_code == status


def test_a_sealed_case_goes_to_one_of_its_named_owners_and_to_nobody_else(client, officer, unit, case):
    path, sergeant = f"/cases/{case.reference}/interim-owner", a_member("supervisor", unit=unit)
    named, other = (a_member("frontline", unit=unit, name=name) for name in ("PC Ferreira", "PC Elsewhere"))
    owners, held = [sergeant.user, named.user], held_by(officer, case)
    seal_case(by=sergeant, at=timezone.now(), case=case, reason="Related.", owners=owners)
    page = signed_in(client, sergeant).get(path).content.decode()
    assert "One of its named owners" in page
    assert "PC Ferreira" in page
    assert "PC Elsewhere" not in page
    page = client.get(f"/cases/{case.reference}").content.decode()
    assert "/interim-owner" in page
    assert f"/cases/{case.reference}/give" not in page
    refused = client.post(path, form(seen=str(officer.user), colleague=other.username))
    assert refused.status_code == 422
    assert "only one of its named owners can have it" in refused.content.decode()
    assert client.post(path, form(seen=str(officer.user), colleague=named.username)).status_code == 302
    assert held_by(named, case) == held
    assert ledger.differences([Case.objects.get(id=case.id)]) == []


def test_the_first_of_ten_decisions_are_section_45_and_the_arrest_of_this_night(client, officer, unit, case):
    now, sergeant = timezone.now(), a_member("supervisor", unit=unit)
    for number in range(12):
        due = now - timedelta(days=100 + number)
        ObligationFactory(
            case=case, unit=unit, code="golden_hour_evidence", with_role="supervisor", due_at=due, subject=f"{number}",
            opens_at=due, gravity=7,
        )  # fmt: skip
    tonight = a_case(officer, at=now - timedelta(minutes=50))
    kai, dean, held = (a_person(officer, tonight, name=name, age_min=age, age_max=age, at=now) for name, age in
                       (("Kai", 15), ("Dean", 34), ("Lee", 40)))  # fmt: skip
    for person in (dean, held):
        AllegedOffenceFactory(person=person, stage="arrest")
    answer_first_question(by=officer, at=now, person=dean, answer="cannot_rule_out", why="A man has his phone.", questions=[])
    answer_first_question(by=officer, at=now, person=kai, answer="no_sign_seen", why="", questions=[])
    arrests = Obligation.objects.filter(person__in=[dean, held], code="alternatives_to_arrest")
    signed_in(client, sergeant)
    with at_most(15):
        html = html_of(client, "/my-work")
    decisions = html.partition("Late in my team (")[0]
    first = decisions.split('<section class="lode-work"')[1]
    assert f"/people/{dean.id}/section-45-question" in first
    assert "data-section45" in first
    assert "A man has his phone." in first
    assert any(f"/owed/{row.id}" in first for row in arrests), "one line for both"
    assert f"/people/{kai.id}/section-45-question" not in html
    assert decisions.count("<li><div>") <= 10
    whole = html_of(client, "/my-work?list=all")
    assert "Secure golden hour evidence" in whole
    assert f"/people/{dean.id}/section-45-question" in whole.split('<section class="lode-work"')[1]
    assert "data-section45" not in html_of(client, "/my-work?list=all&stage=late")


def test_a_row_closed_between_two_pages_neither_hides_nor_repeats_another(client, officer, unit, case):
    now, sergeant = timezone.now(), a_member("supervisor", unit=unit)
    Obligation.objects.filter(case=case, state="open").update(state="not_owed", closed_at=now)
    for number in range(60):
        due = now - timedelta(hours=80 - number)
        ObligationFactory(case=case, unit=unit, code="golden_hour_evidence", due_at=due, opens_at=due, subject=f"{number:02}")

    ids = [str(row.id) for row in Obligation.objects.exclude(subject="").order_by("due_at")]

    def shown(html):
        return [row for row in ids if f"/owed/{row}" in html]

    first = signed_in(client, sergeant).get("/my-team").content.decode()
    assert shown(first) == ids[:40]
    Obligation.objects.filter(id__in=[ids[3], ids[39], ids[40]]).update(state="closed", closed_at=now)
    later = client.get(f"/my-team?after={first.split('?after=')[1].split(chr(34))[0]}").content.decode()
    assert shown(later) == ids[41:]
