"""Word documents: kept byte for byte, handed out as their text, and nothing in them runs or fetches."""

import io
import zipfile

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lodestar.casework.case_files.models import CaseFile
from lodestar.platform.files.clean_copies import DOCX
from lodestar.platform.files.filestore import DOC, NotAccepted, accepted
from tests.factories.accounts import a_member
from tests.factories.cases import a_case
from tests.factories.signed_in import form, signed_in

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "WordDocument".encode("utf-16-le") + bytes(500)


def a_document(**more):
    """A document with its author, and parts put in or changed."""
    out, changed = io.BytesIO(), io.BytesIO()
    made = docx.Document()
    made.add_paragraph("Wages were kept")
    made.core_properties.author = "Zzyzx"
    made.save(out)
    with zipfile.ZipFile(out) as source, zipfile.ZipFile(changed, "w") as archive:
        for name, content in ({name: source.read(name) for name in source.namelist()} | more).items():
            archive.writestr(name, content)
    return changed.getvalue()


def test_a_document_is_kept_as_it_is():
    given = a_document()
    assert accepted(given) == (given, DOCX)


def test_a_hostile_document_is_refused_in_words():
    for content, words in (
        (b"PK\x03\x04 and no more", "cannot be read"),
        (a_document(**{"word/vbaProject.bin": b"x"}), "contains macros"),
        (a_document(**{"word/document.xml": b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;"}), "cannot be read"),
        (a_document(**{f"word/{number}.xml": b"" for number in range(10_001)}), "more than can be read"),
        (OLD.replace("WordDocument".encode("utf-16-le"), b"Workbook"), "This kind of file"),
        (OLD + "VBA".encode("utf-16-le"), "contains macros"),
    ):
        with pytest.raises(NotAccepted, match=words):
            accepted(content)


@pytest.fixture
def at_files(client, fenmarch, settings, tmp_path):
    settings.VAR = tmp_path
    officer = a_member("frontline")
    case = a_case(officer)
    signed_in(client, officer)

    def add(name, content):
        sent = form(what="Their contract", paper=SimpleUploadedFile(name, content))
        assert client.post(f"/cases/{case.reference}/files", sent).status_code == 302
        return CaseFile.objects.get(case=case)

    return client, add


def test_both_are_to_be_had(at_files):
    client, add = at_files
    given = a_document()
    row = add("c.docx", given)
    handed_out, as_added = client.get(f"/files/{row.id}"), client.get(f"/files/{row.id}?as=added")
    assert as_added.content == given
    assert as_added["Content-Type"] == DOCX
    assert as_added["Content-Disposition"].endswith('-as-added.docx"')
    assert b"Wages were kept" in handed_out.content
    assert b"Zzyzx" not in handed_out.content
    assert handed_out["Content-Disposition"].endswith('.txt"')


def test_an_old_document_is_had_as_it_was_added_alone(at_files):
    client, add = at_files
    row = add("c.doc", OLD)
    assert row.media_type == DOC
    assert client.get(f"/files/{row.id}").status_code == 404
    answer = client.get(f"/files/{row.id}?as=added")
    assert answer.content == OLD
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    page = client.get(f"/cases/{row.case.reference}/files").content.decode()
    assert f'href="/files/{row.id}"' not in page
    assert f'href="/files/{row.id}?as=added"' in page
