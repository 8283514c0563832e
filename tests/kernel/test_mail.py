"""A mail file read as words: honest ones in every encoding, and what is none is said to be none."""

import base64
from datetime import UTC, datetime

import pytest

from lodestar.kernel.mail import LARGEST, NotAMail, read_mail, sent_at
from tests.kernel.test_document_text import a_mail


def test_a_mail_is_its_subject_its_day_its_text_and_the_names_of_what_is_attached():
    message = a_mail("a\u202eb\x1b[31m NRM-771204", Subject="Outcome", Date="Mon, 9 Mar 2026 10:15:00 +0100")
    message.add_alternative("<p>The page.</p>", subtype="html")
    message.add_attachment(b"MZ\x90evil", maintype="application", subtype="octet-stream", filename="let\u202eter.exe")
    found = read_mail(message.as_bytes())
    assert (found.title, found.words, found.notes) == ("Outcome", "ab[31m NRM-771204", "Attached, and not opened: letter.exe.")
    assert found.dated == datetime(2026, 3, 9, 9, 15, tzinfo=UTC)


def test_text_is_read_in_the_letters_it_was_written_in_or_as_well_as_can_be():
    of_none = (("no-such", "utf-8"), ("hex", "cp1252"), ("", "utf-8"))
    for charset, kept_as in (("utf-8", "utf-8"), ("windows-1252", "cp1252"), ("utf-16", "utf-16"), *of_none):
        head = f"Subject: x\r\nContent-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        found = read_mail(head.encode() + base64.b64encode("Señora Núñez, £5".encode(kept_as)))
        assert (found.words, found.notes) == ("Señora Núñez, £5", ""), charset


def test_what_is_no_mail_or_too_large_is_said_to_be():
    for content in (b"", b"%PDF-1.7 ...", b"only words, no head", b"\xff" * 1000):
        with pytest.raises(NotAMail, match="no mail file"):
            read_mail(content)
    with pytest.raises(NotAMail, match="larger than 15 MB"):
        read_mail(b"Subject: x\r\n\r\n" + b"x" * LARGEST)


def test_a_day_that_cannot_be_is_none():
    beyond = ("Mon, 9 Mar 1899 10:00:00 +0000", "Mon, 9 Mar 9999 10:00:00 +9999")
    for written in ("", "never", "Mon, 99 Foo 2026", "9" * 10_000, *beyond):
        assert sent_at(written) is None, written
