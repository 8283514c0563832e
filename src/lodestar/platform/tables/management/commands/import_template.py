"""`./lodestar import template KIND --as csv|xlsx`: the template of a kind of table that comes in, on standard output."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from lodestar.platform.tables.rules import KINDS, as_csv, as_xlsx, template_of


class Command(BaseCommand):
    """Writes the file to standard output."""

    help = "Writes the template of a kind of table that comes in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=list(KINDS))
        parser.add_argument("--as", dest="form", choices=["csv", "xlsx"], default="csv")

    def handle(self, *args: Any, **options: Any) -> None:
        template = template_of(options["kind"])
        content = as_xlsx(template) if options["form"] == "xlsx" else as_csv(template)
        sys.stdout.buffer.write(content)
