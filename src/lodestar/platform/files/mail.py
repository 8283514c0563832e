"""A mail file as words: nothing in it is opened, run or fetched; what is attached is named and left where it is."""

import email.parser
import email.utils
from dataclasses import dataclass
from datetime import UTC, datetime

from lodestar.platform.files.document_text import NotRead, read_document
from lodestar.platform.text.text_normalise import one_line, several_lines

LARGEST = 15_000_000  # bytes of a mail file
MOST_TEXT = 100_000  # characters that are kept as words
MOST_NAMES = 5  # of attached files
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
NOT_A_MAIL = "This is no mail file that can be read. Save the mail as .eml and choose it again, or paste its text."
TOO_LARGE = "The mail file is larger than 15 MB. Paste its text instead."


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
    """The words of a mail file, read in a process of its own. Raises NotAMail with words for the person who chose it."""
    if len(content) > LARGEST:
        raise NotAMail(TOO_LARGE)
    try:
        read = read_document(content, "eml")
    except NotRead:
        raise NotAMail(NOT_A_MAIL) from None
    texts = [text for _, _, text in read["blocks"]]
    words = several_lines("\n\n".join(texts[1:] if read["title"] else texts))  # the first is its subject
    names = [one_line(name)[:60] for name, _ in read["attached"]]
    notes = [read["note"]] if read["note"] else []
    if not words:
        notes.append("No text could be read in it.")
    if len(words) > MOST_TEXT:
        notes.append("Only the beginning of its text is kept as words.")
    if "\ufffd" in words:
        notes.append("Some letters could not be read.")
    if names:
        more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
        notes.append(f"Attached, and not opened: {', '.join(names[:MOST_NAMES])}{more}.")
    return Mail(one_line(read["title"])[:200], words[:MOST_TEXT], sent_at(read["sent"]), " ".join(notes)[:400])


def sent_at(written: str) -> datetime | None:
    """When a mail says that it was sent, from the words of its header; None for what no mail of ours can be."""
    try:
        parsed = email.utils.parsedate_to_datetime(written[:100])
        sent = parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
        return sent.astimezone(UTC) if sent >= EARLIEST and sent.year < 2100 else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
