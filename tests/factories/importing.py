"""A table as a file of another system, and a command that takes it in."""

import csv
import io
from pathlib import Path
from typing import Any

import factory
from django.core.management import call_command

from lodestar.platform.tables.models import HeadingMapping
from tests.factories.accounts import Somebody
from tests.factories.cases import MET


class HeadingMappingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = HeadingMapping

    kind = "concerns"
    folded = factory.Sequence(lambda n: f"heading{n}")
    heading = factory.LazyAttribute(lambda one: one.folded)
    column = "born"
    version = 1
    decided_at = MET
    decided_by = Somebody()


def table_of(rows: list[list[str]], head: list[str], **dialect: Any) -> str:
    """The rows under their heading as CSV of a dialect."""
    out = io.StringIO()
    csv.writer(out, **dialect).writerows([head, *rows])
    return out.getvalue()


def brought_in(command: str, file: Path, content: str | bytes | None, **options: Any) -> tuple[int, list[str]]:
    """The exit code and the lines of a command that takes this file in; without content there is no file."""
    if content is not None:
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    out, code = io.StringIO(), 0
    try:
        call_command(command, str(file), stdout=out, **{"apply": True, **options})
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    return code, out.getvalue().splitlines()
