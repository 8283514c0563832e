"""The text of a mail file and the files attached to it. Read in the process of its own that `text_alone.py` is."""

import base64
import email
import email.errors
import email.utils
from contextlib import suppress
from email.header import decode_header, make_header
from email.message import Message
from itertools import islice
from typing import Any

from lxml import etree

from lodestar.kernel.text_of_pages import decoded, html
from lodestar.kernel.text_refused import NOT_READABLE, WRONG_KIND, Block, Refused

MOST_PARTS, MOST_ATTACHED = 200, 30
MOST_HEADER = 2_000  # characters
_HEADERS = ("subject", "from", "date", "message-id", "received", "mime-version", "content-type")
_ENDINGS = {"application/pdf": ".pdf", "text/html": ".html", "text/plain": ".txt", "text/markdown": ".md"}


def eml(content: bytes) -> dict[str, Any]:
    """A mail: the subject and text of it and of the mails forwarded in it as `blocks`; `sender`, what stands behind the @ of
    who sent it; `sent`, its Date; `attached` as (name, Base64). Whom it went to is not read."""
    message = email.message_from_bytes(content)  # with the policy that takes no header apart: a hostile one would take long
    if not any(name in message for name in _HEADERS):
        raise Refused(WRONG_KIND)
    letters: list[tuple[Message, list[Message]]] = [(message, [])]
    for part in islice(message.walk(), MOST_PARTS):
        if part.get_content_type() == "message/rfc822" and part.is_multipart():
            letters.append((part.get_payload(0), []))  # type: ignore[arg-type]  # of such a part it is a message
        elif not part.is_multipart():
            letters[-1][1].append(part)
    blocks: list[Block] = []
    attached: list[tuple[str, str]] = []
    for number, (letter, parts) in enumerate(letters):
        texts = [part for part in parts if _is_text(part)]
        blocks += [(None, min(number + 1, 2), _header(letter, "Subject")), *_body(texts)]
        for part in parts:
            if part not in texts and not _is_of_layout(part):
                attached.append(_attached(part, len(attached) + 1))
    note = f"It has {len(attached) - MOST_ATTACHED} more files with it, which were not read."
    return {
        "blocks": blocks, "title": blocks[0][2][:300], "sender": _house(message), "sent": _header(message, "Date")[:60],
        "attached": attached[:MOST_ATTACHED], "note": note if len(attached) > MOST_ATTACHED else "",
    }  # fmt: skip


def _is_text(part: Message) -> bool:
    is_file = part.get_filename() or part.get_content_disposition() == "attachment"
    return part.get_content_type() in ("text/plain", "text/html") and not is_file


def _is_of_layout(part: Message) -> bool:
    """Whether a part is a picture that a page shows, or a signature of the mail program."""
    kind = part.get_content_type()
    return (kind.startswith("image/") and "content-id" in part) or kind.endswith("-signature")


def _body(texts: list[Message]) -> list[Block]:
    """The plain texts of a mail; its pages where those say nothing."""
    plain = [(None, -1, _text(part)) for part in texts if part.get_content_type() == "text/plain"]
    if any(letter.isalnum() for _, _, text in plain for letter in text):
        return [*plain]
    return [block for part in texts if part.get_content_type() == "text/html" for block in _page(_text(part))]


def _page(text: str) -> list[Block]:
    """The blocks of a mail's page; none of an empty one."""
    try:
        blocks: list[Block] = html(text.encode("utf-8", "replace"))["blocks"]
    except etree.ParserError:
        return []
    except Refused as refused:
        if refused.code == NOT_READABLE:
            return []
        raise
    return blocks


def _text(part: Message) -> str:
    """The text of a part in the encoding that it names, or else as a file is read."""
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    try:
        charset = str(part.get_content_charset("ascii"))
        return content.decode(charset).replace("\r\n", "\n").replace("\r", "\n")
    except (LookupError, ValueError):
        return decoded(content)


def _attached(part: Message, number: int) -> tuple[str, str]:
    payload = part.get_payload(decode=True)
    name = part.get_filename() or f"attachment-{number}"
    name += "" if "." in name else _ENDINGS.get(part.get_content_type(), "")
    return name, base64.b64encode(payload if isinstance(payload, bytes) else b"").decode()


def _header(letter: Message, name: str) -> str:
    """A header as it reads: its encoded words decoded, or as they stand where that cannot be done."""
    raw = next((str(value) for key, value in letter.raw_items() if key.lower() == name.lower()), "")[:MOST_HEADER]
    written = raw.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    with suppress(ValueError, LookupError, email.errors.MessageError):
        written = str(make_header(decode_header(written)))
    return " ".join(written.split())


def _house(letter: Message) -> str:
    return email.utils.parseaddr(_header(letter, "From"))[1].rpartition("@")[2].lower()[:100]
