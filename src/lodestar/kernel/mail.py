"""A mail file read as words: nothing in it is opened, run or fetched, and whatever it is built like it ends soon.

Only what is written in it is taken: its subject, its day, and its text; of a page its words without the page. What is attached
is named and left where it is.
"""

import email
import email.parser
import email.utils
import html
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.header import decode_header
from email.message import Message

from lodestar.kernel.typed import one_line, several_lines

LARGEST = 15_000_000  # bytes of a mail file
MOST_TEXT = 100_000  # characters that are kept as words
MOST_READ = 2_000_000  # characters of one part that are looked at
MOST_LINES, MOST_BOUNDARIES = 400_000, 5_000  # an honest mail of 15 MB has half as many lines
MOST_PARTS, MOST_HEADER, MOST_NAMES = 200, 2000, 5
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
NOT_A_MAIL = "This is no mail file that can be read. Save the mail as .eml and choose it again, or paste its text."
TOO_LARGE = "The mail file is larger than 15 MB. Paste its text instead."
_HEADER = re.compile(rb"(?:subject|from|date|message-id|received|mime-version|content-type)\s*:", re.IGNORECASE)
_TAG = re.compile(r"<([a-z][a-z0-9]{0,15})")
_HIDDEN = frozenset({"script", "style", "head", "title", "template"})
_BREAKS = frozenset({"br", "p", "div", "tr", "li", "table", "h1", "h2", "h3", "h4"})


class NotAMail(ValueError):
    """The bytes are no mail that is read; the words say what to do."""


@dataclass(frozen=True)
class Mail:
    """What is written in a mail. `notes` say what could not be read, or is attached and was not opened."""

    title: str
    words: str
    dated: datetime | None
    notes: str


def read_mail(content: bytes) -> Mail:
    """The words of a mail file. Raises NotAMail with words for the person who chose it."""
    if len(content) > LARGEST:
        raise NotAMail(TOO_LARGE)
    is_bomb = content.count(b"\n") > MOST_LINES or content.count(b"\n--") > MOST_BOUNDARIES
    if is_bomb or not _HEADER.search(content[:20_000]):
        raise NotAMail(NOT_A_MAIL)
    try:
        # The policy that takes no header apart: hostile headers would keep the other one busy.
        return _mail(email.message_from_bytes(content))
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError, AssertionError):
        raise NotAMail(NOT_A_MAIL) from None  # nested without end, or put together from what fits nowhere


def _mail(message: Message) -> Mail:
    plain: list[str] = []
    pages: list[str] = []
    attached: list[str] = []
    unsure = many = False
    for number, part in enumerate(message.walk()):
        if number >= MOST_PARTS:
            many = True
            break
        if part.is_multipart():
            continue
        kind, name = part.get_content_type(), part.get_filename()
        if name or kind not in ("text/plain", "text/html"):
            attached.append(one_line(_decoded(str(name or kind)))[:60])
            continue
        text, sure = _text(part)
        unsure = unsure or not sure
        (plain if kind == "text/plain" else pages).append(text)
    words = "\n\n".join(plain) if any(text.strip() for text in plain) else "\n\n".join(map(_of_page, pages))
    told = several_lines(words)
    notes = _notes(told, attached, unsure, many)
    return Mail(_header(message, "Subject")[:200], told[:MOST_TEXT], _dated(message), notes)


def _text(part: Message) -> tuple[str, bool]:
    """The text of a part, and whether every letter of it was read."""
    payload = part.get_payload(decode=True)
    content = payload[: 4 * MOST_READ] if isinstance(payload, bytes) else b""
    charset = str(part.get_content_charset() or "utf-8")
    for name in (charset, "utf-8"):
        try:
            return content.decode(name)[:MOST_READ], True
        except (UnicodeError, LookupError, ValueError):
            continue
    return content.decode("latin-1")[:MOST_READ], False


def _of_page(text: str) -> str:
    """The words of a page without the page. What is opened and never closed ends it, so that everything is read once."""
    small = text.lower()
    if len(small) != len(text):  # a letter whose small form is longer: places in the one would not be those in the other
        text = small
    words: list[str] = []
    at = 0
    while (begin := text.find("<", at)) >= 0:
        words.append(text[at:begin])
        tag = _TAG.match(small, begin)
        name = tag[1] if tag else ""
        closes = "--" if small.startswith("<!--", begin) else f"</{name}" if name in _HIDDEN else ""
        inside = small.find(closes, begin + 4) if closes else begin
        end = text.find(">", inside) if inside >= 0 else -1
        if end < 0:
            return html.unescape("".join(words))
        words.append("\n" if name in _BREAKS else "")
        at = end + 1
    return html.unescape("".join([*words, text[at:]]))


def _header(message: Message, name: str) -> str:
    written = next((value for key, value in message.raw_items() if key.lower() == name.lower()), "")
    as_sent = str(written)[:MOST_HEADER].encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return one_line(_decoded(as_sent))


def _decoded(written: str) -> str:
    """A header as it reads: its encoded words decoded, and left as they stand where that cannot be done."""
    try:
        parts = decode_header(written[:MOST_HEADER])
        return "".join(
            part if isinstance(part, str) else part.decode(charset or "ascii", "replace") for part, charset in parts
        )
    except (ValueError, LookupError, email.errors.MessageError):
        return written


def _dated(message: Message) -> datetime | None:
    return sent_at(str(message.get("Date", "")))


def dated(head: bytes) -> datetime | None:
    """When a mail says that it was sent, from its first bytes."""
    try:
        return _dated(email.parser.BytesHeaderParser().parsebytes(head))
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError):
        return None


def sent_at(written: str) -> datetime | None:
    """When a mail says that it was sent, from the words of its header; None for what no mail of ours can be."""
    try:
        found = email.utils.parsedate_to_datetime(written[:100])
        told = found if found.tzinfo else found.replace(tzinfo=UTC)
        return told.astimezone(UTC) if told >= EARLIEST and told.year < 2100 else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _notes(told: str, attached: list[str], unsure: bool, many: bool) -> str:
    notes = []
    if not told:
        notes.append("No text could be read in it.")
    if len(told) > MOST_TEXT:
        notes.append("Only the beginning of its text is kept as words.")
    if unsure:
        notes.append("Some letters could not be read.")
    if many:
        notes.append("It has very many parts: not all were read.")
    if attached:
        more = f" and {len(attached) - MOST_NAMES} more" if len(attached) > MOST_NAMES else ""
        notes.append(f"Attached, and not opened: {', '.join(attached[:MOST_NAMES])}{more}.")
    return " ".join(notes)[:400]
