"""Photographs and papers in lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lodestar.cases.models import CaseFile

ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}
KINDS = {"image/jpeg": "photograph", "image/png": "picture", "application/pdf": "PDF"}


@dataclass(frozen=True)
class FileLine:
    """One photograph or paper: what it is, how large, who added it and when."""

    id: UUID
    name: str
    kind: str
    by: str
    at: datetime
    as_added_href: str = ""  # a PDF byte for byte; what is handed out otherwise tells nothing of its making


def files(rows: Iterable[CaseFile]) -> list[FileLine]:
    """Rows as lines."""
    return [
        FileLine(
            row.id,
            str(row.name),
            f"{KINDS.get(row.media_type, 'file')}, {size(row.size)}",
            row.added_by.name,
            row.added_at,
            f"/files/{row.id}?as=added" if row.media_type == "application/pdf" else "",
        )
        for row in rows
    ]


def size(number: int) -> str:
    """A number of bytes as people say it: `240 kB`, `1.2 MB`."""
    return f"{max(number // 1000, 1)} kB" if number < 1_000_000 else f"{number / 1_000_000:.1f} MB"
