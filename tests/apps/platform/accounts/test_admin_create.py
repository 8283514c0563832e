"""`./lodestar admin create`: the way into an empty production."""

import re
from io import StringIO

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from lodestar.platform.accounts.models import Membership, User
from lodestar.platform.audit.models import Event
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.administering import administering
from tests.offenders import each

pytestmark = pytest.mark.django_db


def run(command, *words):
    said = StringIO()
    with administering():  # the launcher runs it as the owner
        call_command(*command.split(), *words, stdout=said)
    return said.getvalue()


def create(*words):
    return run("admin create", *words)


def test_what_it_prints_lets_somebody_sign_in():
    said = create("robin", "--force", "norfolk", "--called", "Robin Vale")
    password = re.search(r"password\s+(\S+)", said)[1]
    secret = re.search(r"code generator\s+(\S+)", said)[1]
    assert f"secret={secret}&issuer=Lodestar" in said
    code = format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1]))
    client = Client()
    assert client.post("/sign-in", {"username": "robin", "password": password, "code": code}).status_code == 302
    assert client.get("/start")["Location"] == "/my-work"
    assert "administrator" in client.get("/my-work").content.decode()


def test_it_makes_the_force_from_the_list_and_writes_itself_down():
    create("robin", "--force", "avon-and-somerset")
    tenant = Tenant.objects.get()
    assert (tenant.name, tenant.reference_prefix, tenant.made_by_demo) == ("Avon and Somerset Constabulary", "AAS", False)
    with within(tenant.slug):
        assert [row.roles for row in Membership.objects.all()] == [["administrator"]]
        assert Event.objects.get(code="accounts.member_made").fields == ["roles", "unit", "user"]


def test_the_only_force_need_not_be_named_and_others_are_made_with_a_role():
    create("robin", "--force", "norfolk")
    create("brandreth", "--role", "frontline", "--unit", "Response A")
    with within("norfolk"):
        row = Membership.objects.select_related("unit").get(user__username="brandreth")
        assert (row.roles, row.unit.name) == (["frontline"], "Response A")
    assert Tenant.objects.count() == 1


@each(
    ("words", "said"),
    [
        (["robin"], "Say for which force with --force, one of: avon-and-somerset"),
        (["robin", "--force", "atlantis"], "Say for which force"),
        (["robin", "--force", "fenmarch"], "Say for which force"),
        (["Robin V", "--force", "norfolk"], "no name to sign in with"),
        (["robin", "--force", "norfolk", "--role", "king"], "There is no role king"),
    ],
)
def test_what_it_cannot_do_it_says(words, said):
    with pytest.raises(CommandError, match=said):
        create(*words)
    assert not User.objects.exists()


def test_a_name_is_given_once():
    create("robin", "--force", "norfolk")
    with pytest.raises(CommandError, match="Somebody signs in as robin already"):
        create("robin", "--force", "norfolk")


def test_whoever_lost_theirs_gets_others_and_the_old_ones_end():
    create("robin", "--force", "norfolk")
    old, client = User.objects.get(), Client()
    client.force_login(old, backend=settings.AUTHENTICATION_BACKENDS[-1])
    assert client.get("/start")["Location"] == "/my-work"
    said = run("admin renew", "robin", "--force", "norfolk")
    password, secret = re.search(r"password\s+(\S+)", said)[1], re.search(r"code generator\s+(\S+)", said)[1]
    assert client.get("/start")["Location"].startswith("/sign-in")
    code = format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1]))
    assert Client().post("/sign-in", {"username": "robin", "password": password, "code": code}).status_code == 302
    assert User.objects.get().password != old.password
    with within("norfolk"):
        assert Event.objects.get(code="accounts.proofs_renewed").subject == str(old.id)


@pytest.mark.parametrize(
    ("command", "said"), [("admin renew", "Nobody of kent signs in as robin"), ("admin end", "robin has no place in kent")]
)
def test_nobody_of_another_force_is_renewed_or_ended(command, said):
    create("robin", "--force", "norfolk")
    create("kim", "--force", "kent")
    with pytest.raises(CommandError, match=said):
        run(command, "robin", "--force", "kent")
