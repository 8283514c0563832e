"""`./lodestar admin end NAME`: somebody who is not to sign in any more, from this moment on."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from lodestar.config.management.commands.admin_create import COMMAND
from lodestar.platform.accounts import actions
from lodestar.platform.accounts.models import User
from lodestar.platform.accounts.queries import memberships_today
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.tenant_transaction import as_user, within


class Command(BaseCommand):
    """Run as the owner, since what serves pages takes nobody's place (docs/adr/0028). Rows stay: who was here, and what they
    did, is not forgotten."""

    help = "Ends somebody's place in a force, or in every force: sessions, passkeys, the force's own sign-in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the name they sign in with")
        parser.add_argument("--force", default="", help="the force alone, by its short name; without it every force")

    def handle(self, *args: Any, **options: Any) -> None:
        now, today = timezone.now(), timezone.localdate()
        user = User.objects.filter(username=options["name"].strip().lower()).first()
        if user is None:
            raise CommandError(f"No user has the name {options['name']}.")
        slugs = [options["force"]] if options["force"] else list(Tenant.objects.values_list("slug", flat=True))
        ended = 0
        with transaction.atomic():
            for slug in slugs:
                with within(slug):
                    ended += actions.end_member(by=COMMAND, at=now, username=user.username, today=today)
            with as_user(user.id):
                elsewhere = memberships_today(user.id).exists()
            if not elsewhere:
                User.objects.filter(id=user.id).update(is_active=False)
        if not ended and elsewhere:
            raise CommandError(f"{user.username} has no place in {options['force']}.")
        left = "They still have a place in another force." if elsewhere else "They cannot sign in any more."
        self.stdout.write(f"{user.username} is signed out everywhere. {left}")
