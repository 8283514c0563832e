"""The parts of a letter: what it says, the letters that were forwarded with it as files, and the other files."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from lodestar.kernel.text_of_pages import decoded, one_line_end

_WORDS = frozenset({"text/plain", "text/html"})
_SIGNATURES = frozenset(f"application/{name}" for name in ("pkcs7-signature", "x-pkcs7-signature", "pgp-signature"))
_OFFICE = "application/vnd.openxmlformats-officedocument."
_ENDINGS = {
    "application/pdf": ".pdf", f"{_OFFICE}wordprocessingml.document": ".docx", f"{_OFFICE}presentationml.presentation": ".pptx",
    "application/vnd.oasis.opendocument.text": ".odt", "text/html": ".html", "text/plain": ".txt", "text/markdown": ".md",
}  # fmt: skip


def words_of(letter: Any) -> list[tuple[bool, str]]:
    """What a letter says, in its order: whether it is a page, and what it holds. A file that was laid between its words parts
    them, and is none of them; only where nothing else says anything it is in what has the name of a file."""
    return [(part.get_content_type() == "text/html", said) for part, said in _found(letter)]


def _found(letter: Any) -> list[tuple[Any, str]]:
    return _words(letter, is_named=False) or _words(letter, is_named=True)


def files_of(letter: Any) -> tuple[list[Any], list[tuple[str, bytes]]]:
    """The letters that came with a letter, and the other files by their names: without its words, its signature, and pictures
    that its page shows."""
    letters: list[Any] = []
    files = []
    said = {id(part) for part, _ in _found(letter)}
    for part, around in _leaves(letter):
        if part.get_content_type() == "message/rfc822":
            letters += part.get_payload() if part.is_multipart() else []
        elif id(part) not in said and not _is_of_letter(part, around) and (data := part.get_payload(decode=True)):
            name = str(part.get_filename() or f"attachment-{sha256(data).hexdigest()[:8]}")  # two without a name are two
            files.append((name if "." in name else f"{name}{_ENDINGS.get(part.get_content_type(), '')}", data))
    return letters, files


def _is_of_letter(part: Any, around: str) -> bool:
    """Whether a part is none of the files of a letter; `around`: of what kind the part is that it stands in."""
    kind, kind_of_kind = part.get_content_type(), part.get_content_maintype()
    return (
        kind in _SIGNATURES
        or kind_of_kind == "multipart"  # in which no parts could be told
        or (kind in _WORDS and _is_said(part, is_named=False))
        or (around == "alternative" and kind_of_kind == "text" and not part.is_attachment())
        or (around == "related" and kind_of_kind == "image" and bool(part.get("Content-ID")))
    )


def _leaves(letter: Any) -> Iterator[tuple[Any, str]]:
    """The parts that hold no others, in their order, each with the kind of what it stands in."""
    waits = [(letter, "")]
    while waits:
        part, around = waits.pop()
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waits += [(one, part.get_content_subtype()) for one in reversed(part.get_payload())]
        else:
            yield part, around


def _words(part: Any, *, is_named: bool) -> list[tuple[Any, str]]:
    """The parts that say something, with what they say. Of several ways to say the same, plain text is taken where it says
    something: some programs send an empty text beside the page that says it."""
    if part.get_content_maintype() == "multipart" and part.is_multipart():
        each = [found for one in part.get_payload() if (found := _words(one, is_named=is_named))]
        if part.get_content_subtype() != "alternative":
            return [one for found in each for one in found]
        plain = (found for found in each if all(one.get_content_type() == "text/plain" for one, _ in found))
        return next(plain, each[-1] if each else [])
    if part.get_content_type() not in _WORDS or not _is_said(part, is_named=is_named):
        return []
    said = _told(part)
    return [(part, said)] if any(letter.isalnum() for letter in said) else []


def _is_said(part: Any, *, is_named: bool) -> bool:
    return not part.is_attachment() and (is_named or not part.get_filename())


def _told(part: Any) -> str:
    """The text of a part of a letter, in the letters that it names; where it names none, or some unknown ones, as of a file."""
    content = part.get_payload(decode=True) or b""
    named = part.get_content_charset("")
    try:
        return one_line_end(decoded(content) if named in ("", "us-ascii", "ascii") else content.decode(named, "replace"))
    except (LookupError, ValueError):
        return decoded(content)
