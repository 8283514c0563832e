"""The one file store: addressed by content, encrypted, and only what can be shown without running anything."""

import hashlib
import hmac
import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import BoundedSemaphore, Lock

from PIL import Image, ImageOps

from lodestar.kernel.pdf_alone import NO_PAGES, NOT_A_PDF, READ
from lodestar.kernel.sealing import seal, unseal
from lodestar.kernel.word_alone import NOT_A_DOCUMENT, PICTURE, PROGRAM

PART = ".part"  # the end of the name of what is not whole yet
LARGEST = 25_000_000  # bytes
MOST_PIXELS = 50_000_000
PDF_SECONDS = 8  # of a processor; 300 pages of guidance take two, a scanned paper of 25 MB as much
PATIENCE = 25.0  # seconds, on a busy machine
TOO_LONG = "The file takes too long to read. Print it to a new PDF, or photograph it, and choose that."
BUSY = "The PDF could not be read right now. Keep it and add it in a minute; what you wrote is here."
NO_SUCH_KIND = "This kind of file cannot be kept here. Choose a photograph (JPEG or PNG), a PDF or a Word document."
_WHY = {
    NO_PAGES: "The PDF has no pages. Choose another file.",
    NOT_A_PDF: "The PDF cannot be read. Save it again and choose it again.",
}
_ALONE = str(Path(__file__).with_name("pdf_alone.py"))
_PDFS_READ = BoundedSemaphore(2)
WORD_BUSY = "The document could not be read right now. Keep it and add it in a minute; what you wrote is here."
_WHY_WORD = {
    PROGRAM: "The document contains macros and cannot be stored. Print it to a PDF and choose that.",
    PICTURE: "A picture in the document is of a kind that cannot be shared. Save the document as a PDF and choose that.",
    NOT_A_DOCUMENT: "The Word document cannot be read. Save it again, or print it to a PDF, and choose that.",
}
_WORD = (
    "import sys; sys.path.insert(0, sys.argv[2]); from lodestar.kernel import word_alone; "
    "sys.exit(word_alone.main(int(sys.argv[1])))"
)
_OFFICE = (
    "import sys; sys.path.insert(0, sys.argv[2]); from lodestar.kernel import office_alone; "
    "sys.exit(office_alone.main(int(sys.argv[1]), sys.argv[3]))"
)
_SOURCE = str(Path(__file__).parents[2])
PDF = "application/pdf"
DOC = "application/msword"
ODT = "application/vnd.oasis.opendocument.text"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_OFFICE_KINDS = {ODT: "odt", PPTX: "pptx"}
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_OLD_OFFICE, _IS_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "WordDocument".encode("utf-16-le")
OLD_WITH_PROGRAM = "VBA".encode("utf-16-le")
PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png"}
_ONE_AT_A_TIME = Lock()  # a small file can hold a large picture: some 200 MB while it is drawn


class NotAccepted(ValueError):
    """The bytes are no file that is kept; the words say what to do."""


def accepted(content: bytes) -> tuple[bytes, str]:
    """The bytes to hand out, and their type: a JPEG or PNG drawn anew without what the camera added; a PDF or Word document
    as it is, of which `without_metadata` makes what is handed out. What was added is kept beside them, byte for byte:
    it may be evidence, and whoever signed a paper signed its bytes.

    Raises NotAccepted with words for the person who chose the file.
    """
    if not content:
        raise NotAccepted("The file is empty. Choose it again.")
    if len(content) > LARGEST:
        raise NotAccepted("The file is larger than 25 MB. Choose a smaller one.")
    if content.startswith(b"%PDF-"):
        without_metadata(content)  # so that it can be handed out
        return content, PDF
    if content.startswith(b"PK\x03\x04"):
        without_metadata(content, DOCX)
        return content, DOCX
    if content.startswith(_OLD_OFFICE):
        return _old_word(content), DOC
    return _picture(content)


def _old_word(content: bytes) -> bytes:
    """A document of Word before 2007 as it is: nothing here reads one, so it is handed out as it was added or not at all."""
    if OLD_WITH_PROGRAM in content:
        raise NotAccepted(_WHY_WORD[PROGRAM])
    if _IS_WORD not in content:
        raise NotAccepted(NO_SUCH_KIND)
    return content


def without_metadata(content: bytes, media_type: str = PDF) -> bytes:
    """The PDF, Word document, presentation or OpenDocument text without what its maker's programs and cameras wrote into it: what
    is handed out. Raises NotAccepted.

    It is read in a process of its own, which may take so many seconds and so much memory and touch nothing else: fifteen
    megabytes of nonsense can keep a reader busy for a quarter of a minute. Two at once are enough for any force.
    """
    is_word = media_type == DOCX or media_type in _OFFICE_KINDS
    reader = [_ALONE, str(PDF_SECONDS)]
    if is_word:
        kind = _OFFICE_KINDS.get(media_type)
        reader = ["-c", _OFFICE if kind else _WORD, str(PDF_SECONDS), _SOURCE, *([kind] if kind else [])]
    busy = WORD_BUSY if is_word else BUSY
    if not _PDFS_READ.acquire(timeout=PATIENCE):
        raise NotAccepted(busy)
    try:
        found = subprocess.run(
            [sys.executable, "-I", *reader],
            input=content, capture_output=True, timeout=PATIENCE, env={}, cwd="/", check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise NotAccepted(busy) from None
    finally:
        _PDFS_READ.release()
    if found.returncode == READ:
        return found.stdout
    raise NotAccepted((_WHY_WORD if is_word else _WHY).get(found.returncode, TOO_LONG))


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

    def put(self, tenant: str, content: bytes) -> str:
        """Keeps the bytes and returns their address. Keeping the same bytes again changes nothing. Raises OSError."""
        digest = hmac.new(self.keys.split(",")[-1].encode(), tenant.encode() + b"\0" + content, hashlib.sha256).hexdigest()
        path = self._path(tenant, digest)
        if path.exists():
            os.utime(path)  # a sweep of what nobody refers to passes by what is new
        else:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._write(path, seal(content, self.keys))
        return digest

    def listed(self, tenant: str) -> Iterator[tuple[str, datetime]]:
        """The address of each file that is kept for a tenant, with the time it was kept last; and those that were never whole."""
        for path in sorted((self.folder / tenant).glob("??/*")):
            with suppress(FileNotFoundError):  # removed while we looked
                yield path.name, datetime.fromtimestamp(path.stat().st_mtime, UTC)

    def _write(self, path: Path, sealed: bytes) -> None:
        """All of it under its name, or nothing: whoever else writes the same file at this moment, or when the disk is full."""
        opened, part = tempfile.mkstemp(suffix=PART, dir=path.parent)  # for our own eyes only
        try:
            with os.fdopen(opened, "wb") as file:
                file.write(sealed)
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, path)
        except BaseException:
            os.unlink(part)
            raise

    def forget(self, tenant: str, digest: str) -> None:
        """Removes what is kept at this address, if anything is. Raises OSError."""
        if digest.endswith(PART):
            for path in (self.folder / tenant).glob(f"??/{digest}"):
                path.unlink(missing_ok=True)
        self._path(tenant, digest).unlink(missing_ok=True)

    def get(self, tenant: str, digest: str) -> bytes:
        """The bytes kept at this address. Raises FileNotFoundError, or CannotUnseal when they were changed."""
        return unseal(self._path(tenant, digest).read_bytes(), self.keys)
