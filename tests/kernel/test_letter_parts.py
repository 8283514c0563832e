"""What a letter says and what came with it, however the program that sent it laid one into the other."""

import pytest

from lodestar.kernel.document_text import NotRead, read_document
from lodestar.kernel.text_alone import read

HEAD = b"Subject: Night desk\r\nFrom: a@region.example\r\nMIME-Version: 1.0\r\n"
BASE64 = b"Content-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjcgeA==\r\n"
PDF = b"Content-Type: application/pdf; name=a.pdf\r\nContent-Disposition: inline; filename=a.pdf\r\n" + BASE64
SIGNATURE = b"Content-Type: application/pkcs7-signature; name=smime.p7s\r\nContent-Disposition: attachment\r\n\r\nx\r\n"
PICTURE = b"Content-Type: image/png; name=a.png\r\nContent-ID: <1>\r\n\r\nx\r\n"


def plain(said):
    return b"Content-Type: text/plain\r\n\r\n%s\r\n" % said


def web(said):
    return b"Content-Type: text/html\r\n\r\n%s\r\n" % said


def named(name, kind):
    return b"Content-Type: text/%s; name=%s\r\nContent-Disposition: inline; filename=%s\r\n\r\nRing.\r\n" % (kind, name, name)


def several(kind, *parts):
    """One part of several; `kind` is the boundary between them as well."""
    mark = kind.encode()
    inside = b"".join(b"--%s\r\n%s\r\n" % (mark, part) for part in parts)
    return b"Content-Type: multipart/%s; boundary=%s\r\n\r\n%s--%s--\r\n" % (mark, mark, inside, mark)


def told(letter):
    """What it says, and what came with it."""
    found = read(HEAD + letter, "eml")
    return " ".join(" ".join(text for _, _, text in found["blocks"][2:]).split()), [name for name, _ in found["attached"]]


@pytest.mark.parametrize(
    ("letter", "said", "files"),
    [
        (several("alternative", plain(b"Ring."), several("mixed", web(b"Ring it."), PDF)), "Ring.", ["a.pdf"]),
        (several("alternative", plain(b" "), several("mixed", web(b"Ring"), PDF, web(b"it."))), "Ring it.", ["a.pdf"]),
        (several("signed", several("mixed", plain(b"Ring."), PDF), SIGNATURE), "Ring.", ["a.pdf"]),
        (PDF, "", ["a.pdf"]),
        (b"Content-Type: application/pdf\r\n" + BASE64, "", ["attachment-ec2792f5.pdf"]),
        (several("mixed", plain(b"Ring first."), PDF, plain(b"Ask twice.")), "Ring first. Ask twice.", ["a.pdf"]),
        (several("mixed", several("alternative", plain(b"Ring."), web(b"Ring it.")), PDF), "Ring.", ["a.pdf"]),
        (several("related", web(b"Ring it."), PICTURE), "Ring it.", []),
        (several("mixed", several("related", several("alternative", plain(b"Ring."), web(b"No")), PICTURE), PDF), "Ring.",
         ["a.pdf"]),
        (several("alternative", plain(b"Ring."), web(b"No"), b"Content-Type: text/calendar\r\n\r\nx"), "Ring.", []),
        (b"Content-Type: text/plain; name=a.txt\r\n\r\nRing.", "Ring.", []),
        (several("mixed", plain(b"Ring."), b"Content-Type: text/plain; name=a.txt\r\n\r\nAsk."), "Ring.", ["a.txt"]),
        (several("mixed", plain(b"Ring."), b"Content-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nAsk."), "Ring.",
         ["attachment-59140b07.txt"]),
        (several("mixed", b"Content-Type: text/plain; name=body.txt\r\n\r\nRing.", PDF), "Ring.", ["a.pdf"]),
        (several("mixed", named(b"b.html", b"html"), named(b"x.txt", b"plain")), "Ring. Ring.", []),
        (b"Content-Type: multipart/mixed; boundary=x\r\n\r\nRing.", "", []),
    ],
)  # fmt: skip
def test_words_are_of_the_letter_and_files_came_with_it(letter, said, files):
    assert told(letter) == (said, files)


def test_who_signs_below_a_file_that_lies_between_the_words_is_left_out():
    letter = several("mixed", plain(b"Ring first.\r\n\r\nKind regards"), PDF, plain(b"Jane Quist\r\nSergeant, 01632 960555"))
    assert told(letter) == ("Ring first.", ["a.pdf"])


@pytest.mark.parametrize(
    ("signed", "after", "said"),
    [
        (b"<p>Thanks", b"Helpline for victims: 0800 0121 700", "Helpline for victims: 0800 0121 700"),
        (b"<p>Thanks", b"Helpline 0800 0121 700\r\nJane Quist\r\nModern slavery lead", "Helpline 0800 0121 700"),
        (b"<p>Thanks<p>Jane Quist", b"Sergeant, 01632 960555\r\n\r\nThis is of 01632 960101.", "This is of [number left out]."),
        (b"<p>Thanks<p>Jane Quist", b"My days are few.\r\nRing 101.\r\nThanks\r\nSam Brown", "Ring 101."),
        (b"<p>Ask.", b"Nail Bars\r\nThanks\r\nSam Brown", "Ask. Nail Bars"),
    ],
)
def test_the_last_part_of_a_letter_is_below_no_name_of_another(signed, after, said):
    letter = several("mixed", web(b"<p>Ring first.%s" % signed), PDF, plain(after))
    assert told(letter) == (f"Ring first. {said}", ["a.pdf"])


def test_what_is_nested_without_end_is_refused_in_a_sentence():
    letter = plain(b"Ring.")
    for deep in range(700):
        mark = b"x%d" % deep
        letter = b"Content-Type: multipart/mixed; boundary=%s\r\n\r\n--%s\r\n%s\r\n--%s--\r\n" % (mark, mark, letter, mark)
    with pytest.raises(NotRead, match="too deep in each other"):
        read_document(HEAD + letter, "eml")


def test_a_letter_that_was_forwarded_deep_in_another_is_read():
    inner = b"Content-Type: message/rfc822\r\n\r\nSubject: Car washes\r\n" + plain(b"Ask who keeps the wages.")
    said, files = told(several("signed", several("mixed", plain(b"Ring."), inner, PDF), SIGNATURE))
    assert said.startswith("Ring. Car washes")
    assert said.endswith("Ask who keeps the wages.")
    assert files == ["a.pdf"]
