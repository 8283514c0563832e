"""`./lodestar admin renew NAME --force SLUG`: another password and code generator, for somebody who lost theirs."""

from argparse import ArgumentParser
from secrets import token_urlsafe
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from lodestar.config.management.commands.admin_create import COMMAND, credentials_text, somebody_of
from lodestar.platform.accounts import actions
from lodestar.platform.tenancy.tenant_transaction import within


class Command(BaseCommand):
    """Run as the owner, since what serves pages changes no password (docs/adr/0028). What it prints is printed once."""

    help = "Gives somebody another password and code generator; their old ones, their passkeys and sessions end."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the name they sign in with")
        parser.add_argument("--force", required=True, help="a force they serve, by its short name")

    def handle(self, *args: Any, **options: Any) -> None:
        password = token_urlsafe(15)
        with within(options["force"]):
            user = somebody_of(options["name"], options["force"])
            secret = actions.renew_proofs(by=COMMAND, at=timezone.now(), user=user, password=password)
        first_line = f"{user.username} signs in with these from now on. The old ones have ended, passkeys and sessions too."
        self.stdout.write(credentials_text(first_line, user.username, password, secret))
