"""The one file store: addressed by content, encrypted, and only what can be shown without running anything."""

import hashlib
import hmac
import io
import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from PIL import Image, ImageOps

from lodestar.platform.files.clean_copies import DOCX, PDF, clean_copy
from lodestar.platform.files.document_text import NotRead
from lodestar.platform.files.whole_file import PART, write_whole
from lodestar.platform.tenancy.sealing import seal, unseal

LARGEST = 25_000_000  # bytes
MOST_PIXELS = 50_000_000
NO_SUCH_KIND = "This kind of file cannot be kept here. Choose a photograph (JPEG or PNG), a PDF or a Word document."
DOC = "application/msword"
_OLD_OFFICE, _IS_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "WordDocument".encode("utf-16-le")
_PROGRAMS = "VBA".encode("utf-16-le"), b"vbaProject"  # the name of the part that holds them, old and new
PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png"}
_ONE_AT_A_TIME = Lock()  # a small file can hold a large picture: some 200 MB while it is drawn


class NotAccepted(ValueError):
    """The bytes are no file that is kept; the words say what to do."""


def accepted(content: bytes) -> tuple[bytes, str]:
    """The bytes to hand out, and their type: a JPEG or PNG drawn anew without what the camera added; a PDF or Word document
    as it is, of which `clean_copy` makes what is handed out, an old Word document as it was added or not at all. What was added
    is kept beside them, byte for byte: it may be evidence, and whoever signed a paper signed its bytes.

    Raises NotAccepted with words for the person who chose the file.
    """
    if not content:
        raise NotAccepted("The file is empty. Choose it again.")
    if len(content) > LARGEST:
        raise NotAccepted("The file is larger than 25 MB. Choose a smaller one.")
    is_word = content.startswith(_OLD_OFFICE)
    kind = PDF if content.startswith(b"%PDF-") else DOCX if content.startswith(b"PK\x03\x04") else DOC if is_word else ""
    if kind in (DOC, DOCX) and any(name in content for name in _PROGRAMS):
        raise NotAccepted("The document contains macros and cannot be stored. Print it to a PDF and choose that.")
    if kind == DOC and _IS_WORD not in content:
        raise NotAccepted(NO_SUCH_KIND)
    if kind in (PDF, DOCX):
        try:
            clean_copy(content, kind)  # so that it can be handed out
        except NotRead as why:
            raise NotAccepted(str(why)) from None
    return (content, kind) if kind else _picture(content)


def _picture(content: bytes) -> tuple[bytes, str]:
    try:
        with _ONE_AT_A_TIME:
            return _drawn(content)
    except NotAccepted:
        raise
    except Exception:  # Pillow raises many kinds for hostile bytes
        raise NotAccepted(NO_SUCH_KIND) from None


def _drawn(content: bytes) -> tuple[bytes, str]:
    with Image.open(io.BytesIO(content), formats=list(PICTURES)) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise NotAccepted("The picture is too large to open. Choose a smaller one.")
        # What Pillow knows as MPO is a JPEG with a second picture in it, which is left out.
        kind = "PNG" if picture.format == "PNG" else "JPEG"
        ImageOps.exif_transpose(picture, in_place=True)
        picture.info = {name: value for name, value in picture.info.items() if name == "transparency"}
        out = io.BytesIO()
        picture.save(out, kind, **({"quality": 90} if kind == "JPEG" else {}))
    return out.getvalue(), PICTURES[kind]


class FileStore:
    """Files under a folder, by tenant and by a keyed hash of their bytes, so that a name on disk tells nothing."""

    def __init__(self, folder: Path, keys: str) -> None:
        self.folder = folder
        self.keys = keys

    def _path(self, tenant: str, digest: str) -> Path:
        return self.folder / tenant / digest[:2] / digest

    def address(self, tenant: str, content: bytes) -> str:
        """Where the bytes are kept, or would be."""
        return hmac.new(self.keys.split(",")[-1].encode(), tenant.encode() + b"\0" + content, hashlib.sha256).hexdigest()

    def put(self, tenant: str, content: bytes) -> str:
        """Keeps the bytes and returns their address. Keeping the same bytes again changes nothing. Raises OSError."""
        digest = self.address(tenant, content)
        path = self._path(tenant, digest)
        if path.exists():
            os.utime(path)  # a sweep of what nobody refers to passes by what is new
        else:
            write_whole(path, seal(content, self.keys))
        return digest

    def listed(self, tenant: str) -> Iterator[tuple[str, datetime]]:
        """The address of each file that is kept for a tenant, with the time it was kept last; and those that were never whole."""
        for path in sorted((self.folder / tenant).glob("??/*")):
            with suppress(FileNotFoundError):  # removed while we looked
                yield path.name, datetime.fromtimestamp(path.stat().st_mtime, UTC)

    def forget(self, tenant: str, digest: str) -> None:
        """Removes what is kept at this address, if anything is. Raises OSError."""
        if digest.endswith(PART):
            for path in (self.folder / tenant).glob(f"??/{digest}"):
                path.unlink(missing_ok=True)
        self._path(tenant, digest).unlink(missing_ok=True)

    def get(self, tenant: str, digest: str) -> bytes:
        """The bytes kept at this address. Raises FileNotFoundError, or CannotUnseal when they were changed."""
        return unseal(self._path(tenant, digest).read_bytes(), self.keys)
