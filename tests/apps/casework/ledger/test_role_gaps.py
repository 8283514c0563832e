"""Roles that nobody has are one line for the coordinator; the cases of a leaver go to a colleague."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lodestar.casework.cases.models import Case
from lodestar.casework.ledger.models import Handover, Obligation
from lodestar.platform.accounts.models import Membership
from tests.factories.accounts import a_member
from tests.factories.administering import administering
from tests.factories.cases import ObligationFactory, a_case, a_person, user_of
from tests.factories.signed_in import html_of, sent, signed_in

pytestmark = pytest.mark.usefixtures("fenmarch")


def test_what_an_unfilled_role_owes_is_one_line_to_the_coordinator_until_somebody_has_the_role(client):
    officer, coordinator, now = a_member("frontline"), a_member("coordinator"), timezone.now()
    case = a_case(officer)
    row = ObligationFactory(
        case=case,
        code="needs_assessment",
        owed_by="advisor",
        with_role="advisor",
        unit=case.unit,
        due_at=now - timedelta(hours=1),
    )
    signed_in(client, coordinator)
    html = html_of(client, "/my-work")
    assert 'data-role-gap="advisor"' in html
    assert f"/owed/{row.id}" not in html
    assert f"/owed/{row.id}" in html_of(client, "/unfilled-roles?role=advisor")
    assert 'id="f"' in html_of(client, f"/owed/{row.id}")  # the coordinator can answer it
    advisor = a_member("advisor")
    assert 'data-role-gap="advisor"' not in html_of(client, "/my-work")
    assert f"/owed/{row.id}" in html_of(signed_in(client, advisor), "/my-work")


def test_the_cases_of_a_leaver_pass_to_a_colleague_and_the_rest_to_the_morning_list(client):
    officer, now = a_member("frontline"), timezone.now()
    case, kept = a_case(officer), a_case(a_member("frontline"))
    a_person(officer, kept)
    coordinator = a_member("coordinator")
    gone = a_member("coordinator")
    owed = Obligation.objects.filter(case=kept, state="open", owed_by="frontline").exclude(when="now").first()
    taken = Handover.objects.create(obligation=owed, by=user_of(officer), handed_at=now, taken_by=user_of(gone), taken_at=now)
    colleague = a_member("frontline", unit=case.unit)
    with administering():
        Membership.objects.filter(user__in=[officer.user, gone.user]).update(to_date=timezone.localdate() - timedelta(days=1))
    signed_in(client, coordinator)
    assert html_of(client, "/leavers").count("data-leaver=") == 2
    sent(coordinator, f"/leavers/{officer.user}", cases=[str(case.id)], colleague=colleague.username)
    assert Case.objects.get(id=case.id).interim_owner_id == colleague.user
    sent(coordinator, f"/leavers/{gone.user}/taken")
    taken.refresh_from_db()
    assert taken.taken_by_id is None
    assert "data-leaver=" not in html_of(client, "/leavers")
