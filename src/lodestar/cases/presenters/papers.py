"""Photographs and papers in lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lodestar.cases.models import CaseFile
from lodestar.kernel.clean_copies import DOCX, PDF, TEXT
from lodestar.kernel.filestore import DOC

ENDINGS = {"image/jpeg": "jpg", "image/png": "png", PDF: "pdf", DOC: "doc", DOCX: "docx", TEXT: "txt"}
KINDS = {"image/jpeg": "photograph", "image/png": "picture", PDF: "PDF", DOC: "old Word document", DOCX: "Word document"}


@dataclass(frozen=True)
class FileLine:
    """One photograph or paper: what it is, how large, who added it and when."""

    id: UUID
    name: str
    kind: str
    by: str
    at: datetime
    href: str = ""  # what is handed out, which tells nothing of its making; an old Word document has no such copy
    as_added_href: str = ""  # byte for byte as it was added
    fingerprint: str = ""


def files(rows: Iterable[CaseFile]) -> list[FileLine]:
    """Rows as lines."""
    return [
        FileLine(
            row.id,
            str(row.name),
            f"{KINDS.get(row.media_type, 'file')}, {size(row.size)}",
            row.added_by.name,
            row.added_at,
            "" if row.media_type == DOC else f"/files/{row.id}",
            f"/files/{row.id}?as=added" if row.original or row.media_type in (PDF, DOC, DOCX) else "",
            row.fingerprint,
        )
        for row in rows
    ]


def size(number: int) -> str:
    """A number of bytes as people say it: `240 kB`, `1.2 MB`."""
    return f"{max(number // 1000, 1)} kB" if number < 1_000_000 else f"{number / 1_000_000:.1f} MB"
