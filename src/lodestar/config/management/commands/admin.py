"""`./lodestar admin create|change|renew|end`: the two administrators of a new production, who make everybody else on pages; and
what administrators do by two on pages, by whoever holds the server."""

import re
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from datetime import datetime
from secrets import token_urlsafe
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from lodestar.platform.accounts import actions
from lodestar.platform.accounts.models import Membership, Unit, User
from lodestar.platform.accounts.permissions import ROLES
from lodestar.platform.accounts.queries import in_force, memberships_today
from lodestar.platform.audit.actions import audit
from lodestar.platform.staff import rules
from lodestar.platform.staff.actions.changes import By, CannotFulfil, make_change
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.tenant_transaction import as_user, within
from lodestar.platform.text.reference_lists import rows_on

COMMAND = UUID(int=0)  # whoever holds the server; the log knows them by no name
HEADQUARTERS = "Headquarters"


class Command(BaseCommand):
    """Run as the owner, since what serves pages makes nobody anything (docs/adr/0028). What it prints is printed once: nothing of
    it can be read from the database again. Rows stay: who was here, and what they did, is not forgotten."""

    help = "Makes the first administrators of a force; changes, renews or ends somebody who signs in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        create = steps.add_parser("create", help="the first administrators, or with --role somebody else who is to sign in")
        create.add_argument("names", nargs="+", metavar="name", help="the name to sign in with: small letters, no spaces")
        create.add_argument("--force", default="", help="the force, by its short name in the list of tenants")
        create.add_argument("--called", default="", help="the name that colleagues read: PC Brandreth")
        create.add_argument("--role", default="administrator", help=f"one of {', '.join(ROLES)}")
        create.add_argument("--unit", default=HEADQUARTERS, help="their unit; made when it is new")
        change = steps.add_parser("change", help="the role, rank, skills or unit of somebody, or a lock; all of it or nothing")
        change.add_argument("name", help="the name they sign in with")
        change.add_argument("--force", required=True, help="the force, by its short name")
        change.add_argument("--role", help="a role to give")
        change.add_argument("--take-role", help="a role to take away")
        change.add_argument("--rank", help="a rank, or none")
        change.add_argument("--skill", help="a skill or language to add")
        change.add_argument("--take-skill", help="a skill or language to remove")
        change.add_argument("--unit", help="the name of the unit they move to")
        change.add_argument("--from", dest="first", help="from which day, as 2027-03-01; today where it is not said")
        change.add_argument("--until", dest="last", help="the last day of the role or skill")
        change.add_argument("--lock", action="store_true", help="nobody signs in as them")
        change.add_argument("--unlock", action="store_true", help="they can sign in again")
        renew = steps.add_parser("renew", help="another password and code generator; their sessions end")
        renew.add_argument("name", help="the name they sign in with")
        renew.add_argument("--force", required=True, help="a force they serve, by its short name")
        end = steps.add_parser("end", help="somebody's place in a force, or in every force, and all that they sign in with")
        end.add_argument("name", help="the name they sign in with")
        end.add_argument("--force", default="", help="the force alone, by its short name; without it every force")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, options["step"])(timezone.now(), options)

    def create(self, now: datetime, options: Mapping[str, Any]) -> None:
        """Makes people who can sign in."""
        names = options["names"]
        for name in names:
            if not re.fullmatch(r"[^\sA-Z]{2,80}", name):
                raise CommandError(f"{name!r} is no name to sign in with: write small letters, without spaces.")
        if options["called"] and len(names) > 1:
            raise CommandError("Make one at a time to say what colleagues call them.")
        if options["role"] not in ROLES:
            raise CommandError(f"There is no role {options['role']}: write one of {', '.join(ROLES)}.")
        tenant = _force(options["force"], now)
        with within(tenant.slug):
            made = [self._made(name, tenant, now, options) for name in names]
            administrators = in_force(timezone.localdate(now)).filter(tenant=tenant.slug, roles__contains=["administrator"])
            is_alone = administrators.values("user").distinct().count() == 1
        for name, password, secret in made:
            self._show(f"{name} can sign in, as {ROLES[options['role']].name.lower()} of {tenant.name}.", name, password, secret)
        if is_alone:
            self.stdout.write("There is one administrator. Make a second: ranks, roles and skills are approved by another.")

    def _made(self, name: str, tenant: Tenant, now: datetime, options: Mapping[str, Any]) -> tuple[str, str, str]:
        """Name, password and secret of somebody who is made."""
        password = token_urlsafe(15)
        # The force is said by name: the owner, who runs this, sees the units of every force.
        unit = Unit.objects.get_or_create(tenant=tenant.slug, name=options["unit"])[0]
        try:
            _, secret = actions.make_member(
                by=COMMAND, at=now, username=name, name=options["called"] or name, password=password, unit=unit,
                role=options["role"],
            )  # fmt: skip
        except actions.UserNameTaken:
            raise CommandError(f"Somebody signs in as {name} already: choose another name.") from None
        return name, password, secret

    def _show(self, first: str, name: str, password: str, secret: str) -> None:
        """What somebody signs in with, as it is printed once."""
        self.stdout.write(
            f"{first}\n  password        {password}\n  code generator  {secret}\n"
            f"  or as a link    otpauth://totp/{quote(f'Lodestar:{name}')}?secret={secret}&issuer=Lodestar\n"
            "Hand these over by a safe way. They are not shown again."
        )

    def change(self, now: datetime, options: Mapping[str, Any]) -> None:
        """Changes somebody as the options say."""
        force = options["force"]
        with within(force):
            user = _somebody_of(options["name"], force)
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

    def renew(self, now: datetime, options: Mapping[str, Any]) -> None:
        """Gives somebody who lost theirs another password and code generator."""
        password = token_urlsafe(15)
        with within(options["force"]):
            user = _somebody_of(options["name"], options["force"])
            secret = actions.renew_proofs(by=COMMAND, at=now, user=user, password=password)
        first = f"{user.username} signs in with these from now on. The old ones have ended, and their sessions too."
        self._show(first, user.username, password, secret)

    def end(self, now: datetime, options: Mapping[str, Any]) -> None:
        """Ends somebody's place from this moment on."""
        user = User.objects.filter(username=options["name"].strip().lower()).first()
        if user is None:
            raise CommandError(f"No user has the name {options['name']}.")
        slugs = [options["force"]] if options["force"] else list(Tenant.objects.values_list("slug", flat=True))
        ended = 0
        with transaction.atomic():
            for slug in slugs:
                with within(slug):
                    ended += actions.end_member(by=COMMAND, at=now, username=user.username, today=timezone.localdate(now))
            with as_user(user.id):
                elsewhere = memberships_today(user.id).exists()
            if not elsewhere:
                User.objects.filter(id=user.id).update(is_active=False)
        if not ended and elsewhere:
            raise CommandError(f"{user.username} has no place in {options['force']}.")
        left = "They still have a place in another force." if elsewhere else "They cannot sign in any more."
        self.stdout.write(f"{user.username} is signed out everywhere. {left}")


def _somebody_of(name: str, force: str) -> User:
    """Who signs in by this name and has a place today or later in the force of this transaction. Raises CommandError."""
    today = timezone.localdate()
    rows = Membership.objects.select_related("user").filter(user__username=name.lower(), tenant=force)
    membership = rows.exclude(to_date__lt=today).first()
    if membership is None:
        raise CommandError(f"Nobody of {force} signs in as {name}.")
    return membership.user


def _force(slug: str, now: datetime) -> Tenant:
    """The force that is meant: named, or the only one there is. One from the list is made when it is new."""
    there = {tenant.slug: tenant for tenant in Tenant.objects.all()}
    if not slug and len(there) == 1:
        return next(iter(there.values()))
    if slug in there:
        return there[slug]
    rows = {row["slug"]: row for row in rows_on("reference", "tenants", timezone.localdate(now))}
    if slug not in rows or rows[slug].get("demo"):
        known_slugs = ", ".join(sorted(slug for slug, row in rows.items() if not row.get("demo")))
        raise CommandError(f"Say for which force with --force, one of: {known_slugs}.")
    row = rows[slug]
    prefix = "".join(word[0] for word in slug.split("-")) if "-" in slug else slug[:2]
    return Tenant.objects.create(slug=slug, name=row["name"], nation=row["nation"], reference_prefix=prefix.upper()[:4])


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
