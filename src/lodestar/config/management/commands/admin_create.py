"""`./lodestar admin create NAME NAME`: the two administrators of a new production, who make everybody else on pages."""

import re
from argparse import ArgumentParser
from collections.abc import Mapping
from datetime import datetime
from secrets import token_urlsafe
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lodestar.platform.accounts import actions
from lodestar.platform.accounts.models import Membership, Unit, User
from lodestar.platform.accounts.permissions import ROLES
from lodestar.platform.accounts.queries import in_force
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.tenant_transaction import within
from lodestar.platform.text.reference_lists import rows_on

COMMAND = UUID(int=0)  # whoever holds the server; the log knows them by no name
HEADQUARTERS = "Headquarters"


class Command(BaseCommand):
    """Run as the owner, since what serves pages makes nobody (docs/adr/0028). What it prints is printed once: nothing of it
    can be read from the database again."""

    help = "Makes the first administrators of a force, or with --role somebody else who is to sign in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("names", nargs="+", metavar="name", help="the name to sign in with: small letters, no spaces")
        parser.add_argument("--force", default="", help="the force, by its short name in the list of tenants")
        parser.add_argument("--called", default="", help="the name that colleagues read: PC Brandreth")
        parser.add_argument("--role", default="administrator", help=f"one of {', '.join(ROLES)}")
        parser.add_argument("--unit", default=HEADQUARTERS, help="their unit; made when it is new")

    def handle(self, *args: Any, **options: Any) -> None:
        now, names = timezone.now(), options["names"]
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
            first_line = f"{name} can sign in, as {ROLES[options['role']].name.lower()} of {tenant.name}."
            self.stdout.write(credentials_text(first_line, name, password, secret))
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


def somebody_of(name: str, force: str) -> User:
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


def credentials_text(first: str, name: str, password: str, secret: str) -> str:
    """What somebody signs in with, as it is printed once."""
    label = quote(f"Lodestar:{name}")
    return "\n".join(
        [
            first,
            f"  password        {password}",
            f"  code generator  {secret}",
            f"  or as a link    otpauth://totp/{label}?secret={secret}&issuer=Lodestar",
            "Hand these over by a safe way. They are not shown again.",
        ]
    )
