"""The heads of the log in a file outside the database, one line each, only ever added to; and `./lodestar check --log`: whether
the log of a force is what was written, as far as they can show."""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from django.conf import settings

from lodestar.platform.audit.queries import chain
from lodestar.platform.audit.rules import Head, check_chain
from lodestar.platform.tenancy.force_checks import Finding
from lodestar.platform.tenancy.models import Tenant

NAME = "heads.jsonl"


class DamagedHeads(ValueError):
    """A line of the file is no head; the words name the file and the line."""


def add_heads(folder: Path, heads: Iterable[Head]) -> None:
    """Adds one line for each head and waits until the disk has them. Raises OSError."""
    lines = "".join(f"{json.dumps(asdict(head), default=datetime.isoformat)}\n" for head in heads).encode()
    if not lines:
        return
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    opened = os.open(folder / NAME, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(opened, "ab") as file:
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())


def read_heads(folder: Path) -> list[Head]:
    """The heads of all forces, in the order in which they were written; none where there is no file yet. Raises DamagedHeads."""
    path = folder / NAME
    if not path.exists():
        return []
    heads = []
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        try:
            read = json.loads(line)
            times = {name: datetime.fromisoformat(read[name]) for name in ("written_at", "at")}
            heads.append(Head(**{**read, **times}))
        except (ValueError, TypeError, KeyError):
            raise DamagedHeads(f"{path}, line {number}") from None
    return heads


WORDS = {
    "changed": "a row was changed after it was written",
    "gone": "a row was removed",
    "missing": "rows and their links were removed",
    "rewritten": "the chain was rewritten: it has another hash than the head written outside the database",
    "cut": "the end of the log was cut off: a head outside the database goes further",
    "other_time": "a row says another time than the one at which it was written",
    "unlinked": "a row was added past the chain",
    "heads_late": "no head was written outside the database for two days: is the worker running?",
}


def check_log(tenant: str) -> Iterator[Finding]:
    """The faults of the log of this force, by sequence, and how many rows no head witnesses yet."""
    try:
        heads = [head for head in read_heads(Path(settings.HEADS)) if head.tenant == tenant]
    except DamagedHeads as damaged:
        yield Finding("heads_damaged", f"the file of heads cannot be read ({damaged})")
        return
    is_invented = Tenant.objects.filter(slug=tenant, made_by_demo=True).exists()
    checked = check_chain(chain(), heads, any_time=is_invented)
    for fault in checked.faults:
        rows = f"sequence {fault.first}" + (f" to {fault.last}" if fault.last > fault.first else "")
        yield Finding(fault.kind, f"{f'row {fault.event}' if fault.event else rows}: {WORDS[fault.kind]}")
    for head in checked.restored:
        yield Finding("restored", f"restored on {head.at:%Y-%m-%d %H:%M} UTC, ending at sequence {head.sequence}", is_fault=False)
    yield Finding("not_witnessed", f"{checked.last} rows, {checked.not_witnessed} not yet witnessed", is_fault=False)


def forces_of_heads() -> set[str]:
    """The forces that the file of heads names, also those that the database no longer has."""
    try:
        return {head.tenant for head in read_heads(Path(settings.HEADS))}
    except DamagedHeads:
        return set()
