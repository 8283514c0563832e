"""`./lodestar demo code USER`: the six digits with which a user of the demo signs in just now."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lodestar.platform.accounts.access import current_code
from lodestar.platform.accounts.models import User


class Command(BaseCommand):
    """For users that `demo` made, and no others."""

    help = "Prints the six digits of a user of the demo."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("user")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["user"].lower(), made_by_demo=True).first()
        if user is None:
            raise CommandError(f"No user of the demo is called {options['user']!r}. ./lodestar demo lists them.")
        self.stdout.write(current_code(user))
