"""Photographs and papers in lines."""

from collections.abc import Iterable
from typing import Any

from lodestar.casework.case_files.models import CaseFile
from lodestar.platform.files.clean_copies import DOCX, PDF, TEXT
from lodestar.platform.files.filestore import DOC

ENDINGS = {"image/jpeg": "jpg", "image/png": "png", PDF: "pdf", DOC: "doc", DOCX: "docx", TEXT: "txt"}
KINDS = {"image/jpeg": "photograph", "image/png": "picture", PDF: "PDF", DOC: "old Word document", DOCX: "Word document"}


def files(rows: Iterable[CaseFile]) -> list[dict[str, Any]]:
    """Rows as lines."""
    return [
        {
            "id": row.id,
            "name": str(row.name),
            "kind": f"{KINDS.get(row.media_type, 'file')}, {size(row.size)}",
            "by": row.added_by.name,
            "at": row.added_at,
            "href": "" if row.media_type == DOC else f"/files/{row.id}",
            "as_added_href": f"/files/{row.id}?as=added" if row.original or row.media_type in (PDF, DOC, DOCX) else "",
            "fingerprint": row.fingerprint,
        }
        for row in rows
    ]


def size(number: int) -> str:
    """A number of bytes as people say it: `240 kB`, `1.2 MB`."""
    return f"{max(number // 1000, 1)} kB" if number < 1_000_000 else f"{number / 1_000_000:.1f} MB"
