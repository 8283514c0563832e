"""Reads one Word document in a process of its own and writes it anew without what tells of its making.

As `pdf_alone.py`: the parent gives the seconds, sends the bytes and reads the copy; nothing else is opened. Only parts that are
known go out; one that is not is left out with whatever leads to it, as what a document store or a printer noted. What is taken
off: who wrote it and with what, names beside comments and changes, what cameras wrote into its pictures, files attached
inside, and whatever would fetch something from elsewhere when it is opened. One that holds a program is refused.
"""

import io
import os
import posixpath
import re
import resource
import sys
import zipfile
from collections.abc import Callable, Collection
from urllib.parse import unquote

from lodestar.kernel.pdf_alone import MEMORY, NOT_A_PDF, READ
from lodestar.kernel.picture_alone import NotShown, shown

NOT_A_DOCUMENT, PROGRAM, PICTURE = NOT_A_PDF, 5, 6
MOST_PARTS = 2_000
LARGEST_WHOLE = 200_000_000  # bytes, unpacked
EMPTY = {
    "docProps/core.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp="http:'
    b'//schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http:'
    b'//schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http:'
    b'//schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
}
_KNOWN = re.compile(
    r"(?:\[Content_Types\]\.xml|_rels/\.rels|docProps/(?:core|app|custom)\.xml"
    r"|word/(?:glossary/)?(?:_rels/)?(?:document|styles|stylesWithEffects|settings|webSettings|fontTable|numbering|footnotes|endnotes"
    r"|comments|commentsExtended|commentsIds|commentsExtensible|people|header[\w-]*|footer[\w-]*)\d*\.xml(?:\.rels)?"
    r"|(?:word/(?:glossary/)?)?(?:theme|charts|diagrams|drawings|ink|activeX)/(?:_rels/)?[\w-]+\.xml(?:\.rels)?)"
)
_MAIN = re.compile(r"word/document\d{0,9}\.xml")  # some programs number it
_FONT = re.compile(r"(?:word/(?:glossary/)?)?fonts/[^/]+\.(?:odttf|ttf)")
# A page names it, so that it must be there.
_SHOWN = re.compile(r"(?:word/(?:glossary/)?)?(?:media/(?!_rels/).+|(?:embeddings|activeX)/[^/]+)")
_WHO = re.compile(rb"""(\s[\w.-]{1,40}:(?:author|initials|providerId|userId)\s{0,9}=\s{0,9})("[^"]*"|'[^']*')""")
# What the printer was, from where letters were addressed, what programs noted, and a picture's other forms (SVG, HD Photo), of
# which the first stays: none of it is seen.
_PRINTER = re.compile(rb"<w:printerSettings\b[^<>]*/>|<w:printerSettings\b[^<>]*>\s{0,99}</w:printerSettings>")
_NOTED = (
    (re.compile(rb"<w:mailMerge\b[^<>]*(?<!/)>"), b"</w:mailMerge>"),
    (re.compile(rb"<w:docVars\b[^<>]*(?<!/)>"), b"</w:docVars>"),
    (re.compile(rb"<a:ext\b[^<>{]*\{(?:96DAC541-7B7A-43D3-8B79-37D633B846F1|BEBA8EAE-BF5A-486C-A8C5-ECC9F3942E4B)\}[^<>]*(?<!/)>"),
     b"</a:ext>"),
)  # fmt: skip
_TAKEN_IN = re.compile(rb"<(?:\w+:)?(?:altChunk|subDoc)\b")  # the words of another document, read by nobody
RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^<>]*?(?:/>|>\s*</(?:\w+:)?Relationship>)")
_OVERRIDE = re.compile(rb"<(?:\w+:)?Override\b[^<>]*?(?:/>|>\s*</(?:\w+:)?Override>)")
_TARGET = re.compile(rb"""\bTarget\s*=\s*("[^"]*"|'[^']*')""")
_PART_NAME = re.compile(rb"""\bPartName\s*=\s*("[^"]*"|'[^']*')""")


class HasProgram(ValueError):
    """The document holds a program that would run when it is opened."""


def cleaned(content: bytes) -> bytes:
    """The document without what tells of its making. Raises ValueError, or what zipfile raises, for what is none."""
    source = zipfile.ZipFile(io.BytesIO(content))
    parts = source.infolist()
    names = {part.filename for part in parts}
    if len(parts) > MOST_PARTS or len(names) != len(parts) or sum(part.file_size for part in parts) > LARGEST_WHOLE:
        raise ValueError("too large, or a part twice")
    if "[Content_Types].xml" not in names or not any(_MAIN.fullmatch(name) for name in names):
        raise ValueError("no document")
    if any("vba" in name.lower() for name in names):
        raise HasProgram
    kept = [part.filename for part in parts if any(one.fullmatch(part.filename) for one in (_KNOWN, _FONT, _SHOWN))]
    left_out = {name.lower() for name in names.difference(kept)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in kept:
            plain = zipfile.ZipInfo(name)  # the day on which it was packed stays behind
            plain.compress_type = zipfile.ZIP_DEFLATED
            copy.writestr(plain, _part(name, source.read(name), left_out))
    return out.getvalue()


def _part(name: str, found: bytes, left_out: Collection[str]) -> bytes:
    if name in EMPTY:
        return EMPTY[name]
    if _FONT.fullmatch(name):
        return found
    if not _KNOWN.fullmatch(name):
        return shown(name, found)
    if b"\0" in found or b"<!DOCTYPE" in found or _TAKEN_IN.search(found):
        raise ValueError("no plain XML, or words of another document")
    if name == "[Content_Types].xml":
        if b"macroEnabled" in found:
            raise HasProgram
        return listed(found, lambda one: one not in left_out)
    if name.endswith(".rels"):
        return RELATION.sub(lambda one: b"" if leads_to(one[0], name) in left_out else at_home(one), found)
    found = _PRINTER.sub(b"", _WHO.sub(rb'\1""', found))
    for begins, ends in _NOTED:
        found = _without(found, begins, ends)
    return found


def _without(found: bytes, begins: re.Pattern[bytes], ends: bytes) -> bytes:
    """XML without the elements that begin and end so."""
    kept, at = [], 0
    for element in begins.finditer(found):
        end = found.find(ends, element.end()) if element.start() >= at else -1
        if end >= 0:
            kept.append(found[at : element.start()])
            at = end + len(ends)
        elif element.start() >= at:
            break
    return b"".join([*kept, found[at:]])


def listed(types: bytes, is_there: Callable[[str], bool]) -> bytes:
    """The list of what the parts are, without those that are not there. Their names are in small letters."""
    return _OVERRIDE.sub(lambda one: one[0] if is_there(_named(_PART_NAME, one[0]).lstrip("/")) else b"", types)


def leads_to(relation: bytes, name: str) -> str:
    """To which part a relation leads that stands in the part of this name, in small letters; nothing for one outside."""
    if b"External" in relation:
        return ""
    target = _named(_TARGET, relation)
    folder = posixpath.dirname(posixpath.dirname(name)).lower()
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def _named(pattern: re.Pattern[bytes], tag: bytes) -> str:
    found = pattern.search(tag)
    return unquote(found[1][1:-1].decode("utf-8", "replace")).lower() if found else ""


def at_home(found: re.Match[bytes]) -> bytes:
    """A relation that fetches nothing: a link that somebody may follow stays, anything else from outside goes nowhere."""
    relation = found.group()
    if b"External" not in relation or b"/hyperlink" in relation:
        return relation
    return _TARGET.sub(b'Target="about:blank"', relation)


def main(seconds: int) -> int:
    """From standard input to standard output."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    os.nice(10)  # pages come first
    try:
        copy = cleaned(sys.stdin.buffer.read())
    except HasProgram:
        return PROGRAM
    except NotShown:
        return PICTURE
    except Exception:  # zipfile raises many kinds for what is none
        return NOT_A_DOCUMENT
    sys.stdout.buffer.write(copy)
    return READ


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
