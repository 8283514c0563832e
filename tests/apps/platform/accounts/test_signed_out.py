"""Somebody who is removed is out at once: their open sessions, and what other systems do in their name."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from lodestar.platform.accounts import actions, queries
from lodestar.platform.accounts.models import ForceIdentity, Membership, User
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import members_by_username
from lodestar.platform.audit.models import Event
from tests.factories.accounts import a_member
from tests.factories.administering import administering
from tests.factories.signed_in import form, signed_in

pytestmark = pytest.mark.urls("tests.apps.platform.accounts.probe_urls")


def identity_of(officer, admin) -> ForceIdentity:
    return actions.approve_identity(by=admin, at=timezone.now(), user=officer.user, account_name="brandreth@force.example")


def ended(*words):
    said = StringIO()
    with administering():  # the launcher runs it as the owner
        call_command("admin", "end", *words, stdout=said)
    return said.getvalue()


def test_ending_a_force_account_ends_every_session_of_the_person_at_the_next_page(at_work, officer, user, sign_in):
    admin = a_member("administrator")
    elsewhere, colleague = signed_in(Client(), officer), signed_in(Client(), a_member("frontline"))
    row = identity_of(officer, admin)
    assert at_work.get("/probe").status_code == elsewhere.get("/probe").status_code == 200
    assert actions.end_identity(by=admin, at=timezone.now(), identity=row.id)
    assert at_work.get("/probe")["Location"] == "/sign-in?next=/probe"
    assert "_auth_user_id" not in at_work.session
    answer = elsewhere.post("/probe", form(what="two lads, one bed"))
    assert answer["Location"].startswith("/sign-in?ended=all&next=/probe%3Fdraft%3D")  # nothing was done with their words
    assert queries.drafts_of(officer.user).count() == 1
    assert elsewhere.get("/start")["Location"].startswith("/sign-in")
    assert colleague.get("/probe").status_code == 200
    event = Event.objects.get(code="accounts.signed_out_everywhere")
    assert (event.by, event.subject, event.fields) == (admin.user, str(officer.user), [])
    assert sign_in(at_work).status_code == 302  # the place in the force stands: name, password and digits still let in
    assert at_work.get("/start")["Location"] == "/my-work"
    assert at_work.get("/probe").status_code == 200


@pytest.mark.parametrize("how", ["disabled", "left"])
def test_who_is_disabled_or_has_no_place_any_more_is_out_at_the_next_page(at_work, officer, how):
    if how == "disabled":
        with administering():
            User.objects.filter(id=officer.user).update(is_active=False)
    else:
        day = timezone.localdate() - timedelta(days=1)
        with administering():
            Membership.objects.filter(id=officer.membership).update(from_date=day, to_date=day)
    assert at_work.get("/probe").status_code == 302
    assert (
        members_by_username([officer.username], Permission.CONCERN_RECORD) == {}
    )  # what a token does in somebody's name asks this


def test_the_command_ends_the_place_the_session_and_the_force_account(at_work, officer, user, sign_in):
    identity_of(officer, a_member("administrator"))
    assert "cannot sign in any more" in ended(officer.username)
    assert at_work.get("/probe")["Location"].startswith("/sign-in")
    assert not ForceIdentity.objects.filter(ended_at__isnull=True).exists()
    assert not User.objects.get(id=officer.user).is_active
    assert sign_in(at_work).status_code != 302
    assert members_by_username([officer.username], Permission.CONCERN_RECORD) == {}
    assert {"accounts.member_ended", "accounts.force_sign_in_ended", "accounts.signed_out_everywhere"} <= set(
        Event.objects.values_list("code", flat=True)
    )


def test_the_command_says_whom_it_does_not_know(fenmarch):
    with pytest.raises(CommandError, match="No user has the name nobody"):
        ended("nobody")
