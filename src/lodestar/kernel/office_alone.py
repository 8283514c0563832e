"""Reads one presentation (PPTX) or OpenDocument text (ODT) in a process of its own and writes it anew without what tells of its
making.

As `word_alone.py`: the parent gives the seconds, sends the bytes and reads the copy; nothing else is opened. Only parts that are
known go out: slides or text, how they look, and pictures without what cameras and programs wrote into them. A part that is not
known is left out with whatever leads to it, or where a slide shows it, is empty: programs, files inside, what editors keep.
"""

import io
import os
import re
import resource
import sys
import zipfile
from collections.abc import Iterable
from typing import Any

from lxml import etree

from lodestar.kernel.pdf_alone import MEMORY, NOT_A_PDF, READ
from lodestar.kernel.picture_alone import NotShown, shown
from lodestar.kernel.word_alone import EMPTY, LARGEST_WHOLE, MOST_PARTS, PICTURE, RELATION, at_home, leads_to, listed

PPTX, ODT = "pptx", "odt"
NOT_A_DOCUMENT = NOT_A_PDF
_SLIDES = re.compile(
    r"(?:\[Content_Types\]\.xml|_rels/\.rels|docProps/(?:core|app|custom)\.xml"
    r"|ppt/(?:_rels/)?(?:presentation|presProps|viewProps|tableStyles|commentAuthors|authors)\.xml(?:\.rels)?"
    r"|ppt/(?:slides|slideLayouts|slideMasters|notesSlides|notesMasters|handoutMasters|theme|charts|diagrams|drawings|comments)"
    r"/(?:_rels/)?[\w-]+\.xml(?:\.rels)?)"
)
# A slide names it, so that it must be there.
_SHOWN = re.compile(r"ppt/(?:media/(?!_rels/).+|(?:embeddings|fonts|activeX)/[^/]+)")
_TEXT = re.compile(r"(?:mimetype|META-INF/manifest\.xml|(?:Object \d+/)?(?:content|styles|meta)\.xml)")
_PICTURES = re.compile(r"(?:Pictures|Object \d+/Pictures|ObjectReplacements)/[^/]+")
_AUTHORS = re.compile(rb"""(\s(?:name|initials|userId|providerId)=)("[^"]*"|'[^']*')""")
_STARTS = re.compile(rb"""ppaction://(?:macro|program|ole)[^"']*""")
_TAGS = re.compile(rb"<p:custDataLst\b.*?(?:</p:custDataLst>|/>)", re.DOTALL)
_WITH_PROGRAM = b"vnd.ms-powerpoint.presentation.macroEnabled.main+xml"
_NO_META = (
    b'<?xml version="1.0" encoding="UTF-8"?><office:document-meta'
    b' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"/>'
)
_SAYS_WHO = frozenset({"creator", "initial-creator", "author-name", "author-initials", "editing-cycles", "creator-initials"})
_RUNS = frozenset({"scripts", "event-listeners", "event-listener", "script", "dde-source", "object-ole", "applet", "plugin"})
_HREF = "{http://www.w3.org/1999/xlink}href"


def cleaned(content: bytes, kind: str) -> bytes:
    """The document without what tells of its making. Raises ValueError, or what zipfile, lxml and Pillow raise."""
    source = zipfile.ZipFile(io.BytesIO(content))
    parts = source.infolist()
    names = {part.filename for part in parts}
    if len(parts) > MOST_PARTS or len(names) != len(parts) or sum(part.file_size for part in parts) > LARGEST_WHOLE:
        raise ValueError("too large, or a part twice")
    if not ({"[Content_Types].xml", "ppt/presentation.xml"} if kind == PPTX else {"content.xml"}) <= names:
        raise ValueError("no document")
    out = io.BytesIO()
    kept = [name for name in (part.filename for part in parts) if _is_kept(name, kind)]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in kept:
            found = source.read(name)
            plain = zipfile.ZipInfo(name)  # the day on which it was packed stays behind
            plain.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            copy.writestr(plain, _of_slides(name, found, kept) if kind == PPTX else _of_text(name, found, kept))
    return out.getvalue()


def _is_kept(name: str, kind: str) -> bool:
    known = (_SLIDES, _SHOWN) if kind == PPTX else (_TEXT, _PICTURES)
    return any(one.fullmatch(name) for one in known)


def _of_slides(name: str, found: bytes, kept: Iterable[str]) -> bytes:
    if name in EMPTY:
        return EMPTY[name]
    if _SHOWN.fullmatch(name):
        return shown(name, found)
    if b"\0" in found or b"<!DOCTYPE" in found:
        raise ValueError("no plain XML")
    if name == "[Content_Types].xml":
        found = found.replace(_WITH_PROGRAM, b"vnd.openxmlformats-officedocument.presentationml.presentation.main+xml")
        there = {one.lower() for one in kept}
        return listed(found, lambda one: one in there)
    if name.endswith(".rels"):
        there = {one.lower() for one in kept}
        return RELATION.sub(lambda one: _relation(one, name, there), found)
    if name in ("ppt/commentAuthors.xml", "ppt/authors.xml"):
        return _AUTHORS.sub(rb'\1""', found)
    return _TAGS.sub(b"", _STARTS.sub(b"ppaction://noaction", found))


def _relation(found: re.Match[bytes], name: str, kept: set[str]) -> bytes:
    """A relation to a part that is there, or a link that somebody may follow; what leads to a part left out goes with it."""
    return at_home(found) if b"External" in found[0] or leads_to(found[0], name) in kept else b""


def _of_text(name: str, found: bytes, kept: list[str]) -> bytes:
    last = name.rsplit("/", 1)[-1]
    if last == "meta.xml":
        return _NO_META
    if _PICTURES.fullmatch(name):
        return shown(name, found)
    if name == "mimetype":
        return b"application/vnd.oasis.opendocument.text"
    tree = etree.fromstring(found, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    if tree.getroottree().docinfo.internalDTD is not None:
        raise ValueError("no plain XML")
    if last == "manifest.xml":
        for entry in list(tree):
            path = next((value for key, value in entry.attrib.items() if key.endswith("full-path")), "")
            if path not in ("/", *kept) and not any(one.startswith(path) for one in kept if path.endswith("/")):
                tree.remove(entry)
        return etree.tostring(tree, xml_declaration=True, encoding="UTF-8")
    _plain(tree)
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8")


def _plain(tree: Any) -> None:
    """Text without the names of who wrote and changed it, without what runs, and without what would be fetched from elsewhere."""
    for each in [one for one in tree.iter() if isinstance(one.tag, str)]:
        tag = etree.QName(each).localname
        if tag in _SAYS_WHO or tag.startswith("sender-"):
            each.text = None
        elif tag in _RUNS and each.getparent() is not None:  # the first of several takes those beside it with it
            etree.strip_elements(each.getparent(), each.tag, with_tail=False)
        elif tag != "a" and not each.get(_HREF, "#").startswith(("#", "./", "Pictures/", "Object ", "ObjectReplacements/")):
            del each.attrib[_HREF]
    etree.strip_tags(tree, etree.Comment)


def main(seconds: int, kind: str) -> int:
    """From standard input to standard output."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    os.nice(10)  # pages come first
    try:
        copy = cleaned(sys.stdin.buffer.read(), kind)
    except NotShown:
        return PICTURE
    except Exception:  # the libraries raise many kinds for what is none
        return NOT_A_DOCUMENT
    sys.stdout.buffer.write(copy)
    return READ


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2]))
