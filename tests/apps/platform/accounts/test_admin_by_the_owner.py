"""The commands that say who signs in, run as the launcher runs them: as the owner, who sees every force, and never as pages."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError

from launcher import manual
from lodestar.platform.accounts.models import ForceIdentity, Membership, Unit, User
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.tenant_transaction import as_user, within
from tests.factories.accounts import ForceIdentityFactory, MembershipFactory
from tests.factories.administering import as_the_owner

COMMANDS = {
    "admin change": ("robin", "--force", "norfolk", "--role", "coordinator"),
    "admin create": ("sandy", "--force", "norfolk"),
    "admin renew": ("robin", "--force", "norfolk"),
    "admin end": ("robin",),
}


def run(command: str, *words: str) -> str:
    said = StringIO()
    with as_the_owner():
        call_command(*command.split(), *words, stdout=said)
    return said.getvalue()


def proofs() -> tuple:
    """What says who signs in, of everybody."""
    with as_the_owner():
        people = User.objects.order_by("id").values_list("username", "password", "is_active", "signed_out_at")
        return list(people), list(Membership.objects.order_by("id").values()), list(Tenant.objects.values_list("slug"))


@pytest.fixture
def robin(own_database) -> User:
    """Somebody with a place in two forces, each of which has a unit called Headquarters and their account."""
    run("admin create", "robin", "--force", "norfolk")
    run("admin create", "kim", "--force", "kent")
    found = User.objects.get(username="robin")
    with within("kent"):
        MembershipFactory(user=found, unit=Unit.objects.get())
        ForceIdentityFactory(user=found, named="robin@kent.example")
    with within("norfolk"):
        ForceIdentityFactory(user=found, named="robin@norfolk.example")
    return found


def places(user: User) -> list[str]:
    from lodestar.platform.accounts.queries import memberships_today

    with as_user(user.id):
        return sorted(memberships_today(user.id).values_list("tenant", flat=True))


def test_every_command_of_admin_is_run_by_the_owner_and_nothing_else_is():
    by_the_owner = {command.runs for command in manual.COMMANDS.values() if command.needs == "owner"}
    of_admin = {command.runs for command in manual.COMMANDS.values() if command.words[0] == "admin"}
    assert by_the_owner - {"migrate"} == of_admin == set(COMMANDS)


def test_units_of_one_name_are_each_forces_own(robin):
    for force in ("norfolk", "kent"):
        with within(force):
            assert [unit.name for unit in Unit.objects.all()] == ["Headquarters"]
    with within("norfolk"):
        assert Membership.objects.get().unit == Unit.objects.get()


def test_a_place_in_one_force_ends_and_the_other_stays(robin):
    assert places(robin) == ["kent", "norfolk"]
    assert "still have a place in another force" in run("admin end", "robin", "--force", "norfolk")
    assert places(robin) == ["kent"]
    for force, left in (("norfolk", 0), ("kent", 1)):
        with within(force):
            assert ForceIdentity.objects.filter(ended_at__isnull=True).count() == left
    with pytest.raises(CommandError, match="Nobody of norfolk signs in as robin"):
        run("admin renew", "robin", "--force", "norfolk")
    with pytest.raises(CommandError, match="robin has no place in norfolk"):
        run("admin end", "robin", "--force", "norfolk")
    assert "cannot sign in any more" in run("admin end", "robin")
    assert places(robin) == []
    assert not User.objects.get(username="robin").is_active


@pytest.mark.parametrize("command", COMMANDS)
def test_what_serves_pages_can_run_none_of_them(robin, command):
    before = proofs()
    with pytest.raises(ProgrammingError, match="permission denied"):
        call_command(*command.split(), *COMMANDS[command], stdout=StringIO())
    assert proofs() == before
