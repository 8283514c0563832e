"""`./lodestar demo` runs this beside the pages: it makes what is left of the two years of the invented force."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from lodestar.demo.filling import fill


class Command(BaseCommand):
    """Run as the database's owner, as seed_demo is. What was interrupted goes on with the step that was not done."""

    help = "Makes what is left of the invented force, each step in a transaction of its own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--began", type=float, default=None, help="When ./lodestar demo began, in seconds since 1970.")

    def handle(self, *args: Any, **options: Any) -> None:
        began, has_filled = options["began"] or time.time(), False
        while fill():
            has_filled = True
        if has_filled:
            with connection.cursor() as cursor:
                cursor.execute("analyze")
            self.stderr.write(f"The demo force is complete {time.time() - began:.0f} s after the start.")
