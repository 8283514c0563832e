"""`./lodestar demo` fills an empty database with the invented force and says how to sign in."""

import os
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from lodestar.casework.cases.models import Person
from lodestar.demo import filling, force
from lodestar.demo.force import there
from lodestar.directory.contacts.queries import books_as_json, numbers_path
from lodestar.platform.accounts.permissions import ROLES
from lodestar.platform.files.whole_file import write_whole
from lodestar.platform.tenancy.models import Tenant


class Command(BaseCommand):
    """Run as the database's owner: it dates rows that nobody else may change."""

    help = "Makes the invented force in an empty database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--few", action="store_true", help="The cases of docs/demo.md and the latest alone: for tests.")
        parser.add_argument("--today", action="store_true", help="What the first sign-in needs; fill_demo makes the rest.")
        parser.add_argument("--migrate", action="store_true", help="Migrates first: one start of Python instead of two.")

    def handle(self, *args: Any, **options: Any) -> None:
        password = os.environ.get("LODESTAR_DEMO_PASSWORD", "")
        if options["migrate"]:
            call_command("migrate", verbosity=0)
        if not force.is_there():
            if not password:
                raise CommandError("LODESTAR_DEMO_PASSWORD is not set: ./lodestar demo sets it.")
            began = time.perf_counter()
            if options["today"]:  # whole or not at all, either way: what was interrupted begins again
                filling.make_today(password, timezone.now())
            else:
                filling.make_whole(password, timezone.now(), few=options["few"])
            with connection.cursor() as cursor:
                cursor.execute("analyze")  # else the first pages are read by plans made for empty tables, and take half a minute
            people = Person.objects.count()
            took = time.perf_counter() - began
            self.stderr.write(f"Made {people} people in {took:.1f} s, {people / took:.0f} a second.")
        forces = dict(Tenant.objects.values_list("slug", "name"))
        write_whole(numbers_path(), books_as_json(forces, timezone.now()))  # else not there until the worker's next hour
        self.stdout.write(_how_to_sign_in(password))


def _how_to_sign_in(password: str) -> str:
    colleagues = there()
    if not colleagues:
        return "Nobody of the demo is in this database."
    width = max(len(colleague.username) for colleague in colleagues)
    lines = [f"  {account.username:<{width}}  {account.name}, {ROLES[account.role].name.lower()}" for account in colleagues]
    return "\n".join(
        [f"Sign in as any of these, all with the password  {password}", *lines,
         "The six digits:  ./lodestar demo code officer",
         "New here? Sign in as the officer and open what needs doing for Kieran and Jaz."]
    )  # fmt: skip
