"""A document as it is handed out: without who made it and where, and of a kind that runs nothing."""

import io
import re
import shutil
import zipfile

from lodestar.kernel import film
from lodestar.kernel.filestore import DOCX, PDF, NotAccepted, without_metadata

_OFFICE = "application/vnd.o"
_TEXT = "text/plain; charset=utf-8"
_EMPTY = {  # parts that tell of authors, and what stands in their place
    "docProps/core.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
    "meta.xml": b'<?xml version="1.0" encoding="UTF-8"?><office:document-meta'
    b' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"/>',
}
_OF_SLIDES = re.compile(rb'(\s(?:name|initials|userId)=")[^"]*(")')
_CREATOR = re.compile(rb"(<(?:dc:creator|meta:initial-creator)>)[^<]*(<)")
_PEOPLE_OF_SLIDES = re.compile(r"^ppt/(?:commentAuthors|authors)\.xml$")
MOST_UNPACKED = 200_000_000  # bytes
MOST_PART = 30_000_000  # of one that is changed; whatever stays as it is goes through piece by piece


def served(content: bytes, media_type: str) -> tuple[bytes, str]:
    """The bytes to hand out and their type. A page or a message goes out as plain text. Raises NotAccepted."""
    if media_type in (PDF, DOCX):
        return without_metadata(content, media_type), media_type
    if media_type in (film.MP4, film.WEBM):
        try:
            return film.without_maker(content, media_type), media_type
        except film.NotAFilm as broken:
            raise NotAccepted(str(broken)) from None
    if media_type.startswith(_OFFICE):
        return _office(content), media_type
    return content, _TEXT


def _office(content: bytes) -> bytes:
    """An office file with its parts as they are, those that name somebody emptied, pictures without where they were taken."""
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            if sum(part.file_size for part in old.infolist()) > MOST_UNPACKED:
                raise NotAccepted("It unpacks to more than can be handed out.")
            for part in old.infolist():
                plain = zipfile.ZipInfo(part.filename)
                plain.compress_type = part.compress_type
                if not _is_changed(part.filename):
                    with old.open(part) as source, new.open(plain, "w") as copy:
                        shutil.copyfileobj(source, copy)
                    continue
                if part.file_size > MOST_PART:
                    raise NotAccepted("It unpacks to more than can be handed out.")
                new.writestr(plain, _part(part.filename, old.read(part)))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError):
        raise NotAccepted("The file cannot be read. Ask its owner to take it in anew.") from None
    return out.getvalue()


def _is_changed(name: str) -> bool:
    """Whether a part may tell of somebody, and is handed out otherwise than it came."""
    told = name in _EMPTY or name == "content.xml" or bool(_PEOPLE_OF_SLIDES.search(name))
    return told or name.lower().endswith((".jpg", ".jpeg"))


def _part(name: str, content: bytes) -> bytes:
    if name in _EMPTY:
        return _EMPTY[name]
    if name.lower().endswith((".jpg", ".jpeg")):
        return without_exif(content)
    if name == "content.xml":
        return _CREATOR.sub(rb"\1\2", content)
    if _PEOPLE_OF_SLIDES.search(name):
        return _OF_SLIDES.sub(rb"\1\2", content)
    return content


def without_exif(content: bytes) -> bytes:
    """A JPEG without the parts in which cameras and programs write who, when and where; anything else as it is."""
    if not content.startswith(b"\xff\xd8"):
        return content
    kept, at = bytearray(b"\xff\xd8"), 2
    while at + 4 <= len(content) and content[at] == 0xFF and content[at + 1] != 0xDA:
        length = 2 + int.from_bytes(content[at + 2 : at + 4])
        if content[at + 1] not in (0xE1, 0xED, 0xFE):  # Exif and XMP, IPTC, a comment
            kept += content[at : at + length]
        at += length
    return bytes(kept + content[at:])
