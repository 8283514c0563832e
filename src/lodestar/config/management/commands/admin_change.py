"""`./lodestar admin change NAME --force SLUG`: what administrators do by two on pages, by whoever holds the server."""

from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lodestar.config.management.commands.admin_create import COMMAND, somebody_of
from lodestar.platform.accounts.models import Unit
from lodestar.platform.audit.actions import audit
from lodestar.platform.staff import rules
from lodestar.platform.staff.actions.changes import By, CannotFulfil, make_change
from lodestar.platform.tenancy.tenant_transaction import within


class Command(BaseCommand):
    """Run as the owner, since what serves pages makes nobody anything (docs/adr/0028)."""

    help = "Changes the role, rank, skills or unit of somebody, or locks and unlocks them; all of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the name they sign in with")
        parser.add_argument("--force", required=True, help="the force, by its short name")
        parser.add_argument("--role", help="a role to give")
        parser.add_argument("--take-role", help="a role to take away")
        parser.add_argument("--rank", help="a rank, or none")
        parser.add_argument("--skill", help="a skill or language to add")
        parser.add_argument("--take-skill", help="a skill or language to remove")
        parser.add_argument("--unit", help="the name of the unit they move to")
        parser.add_argument("--from", dest="first", help="from which day, as 2027-03-01; today where it is not said")
        parser.add_argument("--until", dest="last", help="the last day of the role or skill")
        parser.add_argument("--lock", action="store_true", help="nobody signs in as them")
        parser.add_argument("--unlock", action="store_true", help="they can sign in again")

    def handle(self, *args: Any, **options: Any) -> None:
        now, force = timezone.now(), options["force"]
        with within(force):
            user = somebody_of(options["name"], force)
            changes = list(_changes(options, force))
            if not changes:
                raise CommandError("Say what is to change: --role, --rank, --skill, --unit, --lock ...")
            for kind, says in changes:
                try:
                    make_change(by=By(COMMAND, now), kind=kind, person=user, says=says)
                except (CannotFulfil, ValueError) as error:
                    raise CommandError(f"{kind}: {error}.") from None
                audit("staff.changed_by_command", by=COMMAND, role="command", at=now, subject=str(user.id), fields=[kind])
        self.stdout.write(f"{user.username} is changed: {', '.join(kind for kind, _ in changes)}.")


def _changes(options: Mapping[str, Any], force: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """What the options ask, in the words of a request."""
    days = {"first": options["first"], "last": options["last"]}
    if options["unit"]:
        unit = Unit.objects.filter(tenant=force, name=options["unit"]).first()
        yield rules.MOVE, {"unit": str(unit.id) if unit else "", **days}
    for name, kind in (("role", rules.ROLES), ("skill", rules.SKILLS)):
        if options[f"take_{name}"]:
            yield kind, {name: options[f"take_{name}"], "take": True, **days}
        if options[name]:
            yield kind, {name: options[name], "take": False, **days}
    if options["rank"]:
        yield rules.RANK, {"rank": "" if options["rank"] == "none" else options["rank"], **days}
    for name in (rules.LOCK, rules.UNLOCK):
        if options[name]:
            yield name, {}
