"""`./lodestar work --staff`: fulfils what administrators asked for on pages, as the owner of the database."""

import logging
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, connection

from lodestar.platform.staff.actions.fulfilment import fulfil_everything

EVERY = 2.0  # seconds
_LOG = logging.getLogger(__name__)


class Command(BaseCommand):
    """Run as the owner, since what serves pages makes nobody anything (docs/adr/0028). It looks every two seconds."""

    help = "Fulfils approved requests about staff, until it is told to stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is ready, and end")

    def handle(self, *args: Any, **options: Any) -> None:
        while True:
            try:
                fulfil_everything()
            except (OperationalError, InterfaceError):
                if options["once"]:
                    raise
                _LOG.warning("the database is away: trying again")
                connection.close()
            if options["once"]:
                return
            time.sleep(EVERY)
