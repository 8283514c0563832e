"""Writes the page of every obligation to docs/rules, from the list of obligations and the rules' own words."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from lodestar.exchange.assess.presenters.rule_pages import RULE_PAGES, rule_pages


class Command(BaseCommand):
    """`manage rule_pages`; with --dry-run it only says which pages would change."""

    help = "Write the page of every obligation to docs/rules."
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--dry-run."""
        parser.add_argument("--dry-run", action="store_true", help="say which pages would change, and change none")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        """Writes what has changed and names it."""
        RULE_PAGES.mkdir(parents=True, exist_ok=True)
        for name, text in rule_pages(RULE_PAGES).items():
            path = RULE_PAGES / name
            if path.exists() and path.read_text(encoding="utf-8") == text:
                continue
            self.stdout.write(name)
            if not dry_run:
                path.write_text(text, encoding="utf-8")
