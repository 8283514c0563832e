"""The one file store: addressed by content, encrypted, and only what can be shown without running anything."""

import hashlib
import hmac
import io
import os
import warnings
from pathlib import Path

from PIL import Image, ImageOps
from pypdf import PdfReader

from lodestar.kernel.sealing import seal, unseal

LARGEST = 15_000_000  # bytes
MOST_PIXELS = 50_000_000
PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png"}


class NotAccepted(ValueError):
    """The bytes are no file that is kept; the words say what to do."""


def accepted(content: bytes) -> tuple[bytes, str]:
    """The bytes to keep, and their type: a JPEG or PNG drawn anew without what the camera added, or a PDF as it is.

    Raises NotAccepted with words for the person who chose the file.
    """
    if not content:
        raise NotAccepted("The file is empty. Choose it again.")
    if len(content) > LARGEST:
        raise NotAccepted("The file is larger than 15 MB. Choose a smaller one.")
    if content.startswith(b"%PDF-"):
        return _pdf(content), "application/pdf"
    return _picture(content)


def _pdf(content: bytes) -> bytes:
    try:
        if not PdfReader(io.BytesIO(content), strict=False).pages:
            raise NotAccepted("The PDF has no pages. Choose another file.")
    except NotAccepted:
        raise
    except Exception:  # pypdf raises many kinds for what is no PDF
        raise NotAccepted("The PDF cannot be read. Save it again and choose it anew.") from None
    return content


def _picture(content: bytes) -> tuple[bytes, str]:
    refusal = NotAccepted("This kind of file cannot be kept here. Choose a photograph (JPEG or PNG) or a PDF.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(content), formats=list(PICTURES)) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise NotAccepted("The picture is too large to open. Choose a smaller one.")
                kind = picture.format or ""
                upright = ImageOps.exif_transpose(picture)
                plain = Image.new(upright.mode, upright.size)
                plain.putdata(upright.getdata()) if upright.mode == "P" else plain.paste(upright)
                if upright.mode == "P" and (palette := upright.getpalette()):
                    plain.putpalette(palette)
    except NotAccepted:
        raise
    except Exception:  # Pillow raises many kinds for hostile bytes
        raise refusal from None
    out = io.BytesIO()
    plain.save(out, kind, **({"quality": 90} if kind == "JPEG" else {}))
    return out.getvalue(), PICTURES[kind]


class FileStore:
    """Files under a folder, by tenant and by a keyed hash of their bytes, so that a name on disk tells nothing."""

    def __init__(self, folder: Path, keys: str) -> None:
        self.folder = folder
        self.keys = keys

    def _path(self, tenant: str, digest: str) -> Path:
        return self.folder / tenant / digest[:2] / digest

    def put(self, tenant: str, content: bytes) -> str:
        """Keeps the bytes and returns their address. Keeping the same bytes again changes nothing."""
        digest = hmac.new(self.keys.split(",")[-1].encode(), tenant.encode() + b"\0" + content, hashlib.sha256).hexdigest()
        path = self._path(tenant, digest)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            part = path.with_suffix(f".{os.getpid()}.part")
            part.write_bytes(seal(content, self.keys))
            part.chmod(0o600)
            part.replace(path)
        return digest

    def get(self, tenant: str, digest: str) -> bytes:
        """The bytes kept at this address. Raises FileNotFoundError, or CannotUnseal when they were changed."""
        return unseal(self._path(tenant, digest).read_bytes(), self.keys)
