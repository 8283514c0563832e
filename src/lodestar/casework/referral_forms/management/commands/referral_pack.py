"""`./lodestar referral pack FILE|- --as pdf|docx`: the pack that a file of answers makes. It uses no database."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lodestar.casework.referral_forms.forms.files import NotRead, content_of, pack_from
from lodestar.casework.referral_forms.presenters import pack
from lodestar.platform.documents.made import KINDS, made
from lodestar.platform.time.days import start_of_day


class Command(BaseCommand):
    """Writes the file to standard output. Keeps nothing."""

    help = "The pack as a file: a tagged PDF, or for Word."
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE, or - for what is piped in, and the kind of file."""
        parser.add_argument("file", help="a JSON object with the answers to the form; - reads what is piped in")
        parser.add_argument("--as", dest="kind", choices=list(KINDS), default="pdf", help="what to make")

    def handle(self, *args: Any, file: str, kind: str, **options: Any) -> None:
        """Reads, makes, writes."""
        if sys.stdout.isatty():
            raise CommandError(f"Say where the file goes: > pack.{kind}")
        try:
            pack_file = pack_from(content_of(file), timezone.localdate())
            if waits := pack_file.open_texts():
                raise CommandError("\n".join(f"{file}: {words}." for words in waits), returncode=2)
            content = made(pack(pack_file.form_pages(), version=pack_file.form.version, now=start_of_day(pack_file.day)), kind)
        except NotRead as fault:
            raise CommandError(f"{file}: {fault}") from None
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
