"""A mail file read as words: honest ones in every encoding, hostile ones without harm, and none of them for long."""

import base64
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.kernel.mail import LARGEST, MOST_TEXT, NotAMail, read_mail


def mail(text="We have decided. NRM-771204", subject="Outcome", **headers):
    told = {"Subject": subject, "From": "nrm@example.org", "Date": "Mon, 9 Mar 2026 10:15:00 +0100"} | headers
    return "".join(f"{name}: {value}\r\n" for name, value in told.items()).encode() + b"\r\n" + text.encode()


def test_a_plain_mail_is_its_subject_its_day_and_its_text():
    found = read_mail(mail())
    assert (found.title, found.words, found.notes) == ("Outcome", "We have decided. NRM-771204", "")
    assert found.dated == datetime(2026, 3, 9, 9, 15, tzinfo=UTC)


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "utf-16", "koi8-r"])
def test_text_is_read_in_the_letters_it_was_written_in(charset):
    words = "Рабство" if charset == "koi8-r" else "Señora Núñez, £5"
    head = f"Subject: x\r\nContent-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    found = read_mail(head.encode() + base64.b64encode(words.encode(charset)))
    assert (found.words, found.notes) == (words, "")


@pytest.mark.parametrize("charset", ["no-such-charset", "ascii", "utf-8", "", "x" * 5000, "idna", "rot13", "hex", "undefined"])
def test_a_wrong_encoding_is_read_as_well_as_can_be_and_said(charset):
    head = f'Subject: x\r\nContent-Type: text/plain; charset="{charset}"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
    found = read_mail(head.encode() + b"NRM-771204 \xff\xfe\x81 ends")
    assert "NRM-771204" in found.words
    assert found.notes == "Some letters could not be read."


def test_of_a_page_the_words_are_taken_and_nothing_that_runs_hides_or_fetches():
    page = (
        '<html><head><title>no</title><style>b{}</style></head><body onload="x()"><script>alert(1)</script>'
        '<p>NRM-771204</p><img src="https://example.org/a.png"><p>is &amp; stays</p></body></html>'
    )
    found = read_mail(b"Subject: x\r\nContent-Type: text/html\r\n\r\n" + page.encode())
    assert found.words.split() == ["NRM-771204", "is", "&", "stays"]


def test_the_text_beside_a_page_is_taken_and_what_is_attached_is_named_and_not_opened():
    message = EmailMessage()
    message["Subject"] = "Outcome"
    message.set_content("The text. NRM-771204")
    message.add_alternative("<p>The page.</p>", subtype="html")
    message.add_attachment(b"MZ\x90evil", maintype="application", subtype="octet-stream", filename="let\u202eter.exe")
    found = read_mail(message.as_bytes())
    assert found.words == "The text. NRM-771204"
    assert found.notes == "Attached, and not opened: letter.exe."


def test_a_mail_inside_a_mail_is_read_too():
    inner = EmailMessage()
    inner["Subject"] = "inner"
    inner.set_content("NRM-771204 inside")
    outer = EmailMessage()
    outer["Subject"] = "outer"
    outer.set_content("See below.")
    outer.add_attachment(inner)
    assert "NRM-771204 inside" in read_mail(outer.as_bytes()).words


def nested(depth):
    head = b"Subject: x\r\n"
    for number in range(depth):
        head += b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (number, number)
    return head + b"\r\nNRM-771204\r\n"


def messages(depth):
    return b"Subject: x\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * depth + b"\r\nNRM-771204\r\n"


@pytest.mark.parametrize(
    "bomb",
    [
        nested(3000),
        messages(5000),
        b"Subject: " + b"=?utf-8?q?a?= " * 200_000 + b"\r\n\r\nx",
        b"Subject: x\r\n" + b"X-A: " + b"(" * 500_000 + b"\r\n\r\nx",
        b"Subject: x\r\n" + b"A: b\r\n" * 300_000 + b"\r\nx",
        b"Subject: x\r\n" + b"A: b\r\n" * 2_400_000 + b"\r\nx",
        b"Subject: x\r\nContent-Type: text/html\r\n\r\n" + b"<script>" * 500_000,
        b"Subject: x\r\nContent-Type: text/html\r\n\r\n" + b"<div>" * 1_000_000,
        b"Subject: x\r\nContent-Type: text/html\r\n\r\n" + b"<!--" * 500_000,
        b"Subject: x\r\nContent-Type: text/html\r\n\r\n" + b"&#" * 500_000,
        b'Subject: x\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"--b\r\n\r\nx\r\n" * 1_500_000,
        b"Subject: x\r\nContent-Type: text/plain; charset*0=" + b"a" * 100_000 + b"\r\n\r\nx",
        b"Subject: x\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b"====" * 1_000_000,
        b"Subject: x\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nbegin 666 ../../etc/passwd\nM" + b"!" * 100_000,
        b"Subject: x\r\n\r\n" + b"A" * 14_000_000,
    ],
    ids=[
        "nested parts", "nested mails", "encoded words", "comments", "headers", "more headers", "scripts", "deep page",
        "comments of a page", "entities", "many parts", "long charset", "padding", "uuencode", "large",
    ],
)  # fmt: skip
def test_a_bomb_is_read_or_refused_and_ends(bomb):
    try:
        found = read_mail(bomb)
    except NotAMail:
        return
    assert len(found.words) <= MOST_TEXT
    assert len(found.title) <= 200
    assert len(found.notes) <= 400


@pytest.mark.parametrize("content", [b"", b"\x00" * 100, b"%PDF-1.7 ...", b"MZ\x90", b"only words, no head", b"\xff" * 1000])
def test_what_is_no_mail_is_said_to_be_none(content):
    with pytest.raises(NotAMail, match="no mail file"):
        read_mail(content)


def test_what_is_too_large_is_not_read_at_all():
    with pytest.raises(NotAMail, match="larger than 15 MB"):
        read_mail(b"Subject: x\r\n\r\n" + b"x" * LARGEST)


@pytest.mark.parametrize(
    "date",
    ["", "never", "Mon, 99 Foo 2026", "Mon, 9 Mar 1899 10:00:00 +0000", "9" * 10_000, "Mon, 9 Mar 9999 10:00:00 +9999"],
)
def test_a_day_that_cannot_be_is_none(date):
    assert read_mail(mail(Date=date)).dated is None


def test_nothing_that_turns_or_hides_text_is_kept():
    found = read_mail(mail("a\u202eb\x00c\x1b[31m", subject="x\u2066y"))
    assert found.words == "abc[31m"
    assert found.title == "xy"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=3000))
def test_any_bytes_after_a_head_are_read_or_refused(tail):
    for head in (b"Subject: ", b"Subject: x\r\nContent-Type: ", b"Subject: x\r\n\r\n", b"Subject: x\r\nDate: "):
        try:
            found = read_mail(head + tail)
        except NotAMail:
            continue
        assert "\x00" not in found.words + found.title + found.notes
