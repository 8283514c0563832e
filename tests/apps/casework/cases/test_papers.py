"""The safe address on its own page, and photographs and papers."""

import hashlib
import io
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image

from lodestar.casework.case_files.actions.case import give_case
from lodestar.casework.case_files.models import CaseFile
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.safe_addresses.actions import agree_contact, record_address
from lodestar.casework.safe_addresses.models import SafeAddress, SafeAddressViewer
from lodestar.platform.accounts.models import Draft
from lodestar.platform.audit.models import Event
from tests.factories.accounts import a_member
from tests.factories.cases import MET, a_case, a_person, contact_rule
from tests.factories.signed_in import form, signed_in
from tests.offenders import each

CANARY = "Kestrel Cottage 7, Zzyzx Hollow"
CONTACT = "07700 900555, her own"


@pytest.fixture
def here(fenmarch):
    officer = a_member("frontline", name="PC Brandreth")
    case = a_case(officer)
    return officer, case, a_person(officer, case, name="Petra")


def held(person, by, *viewers):
    record_address(by=by, at=MET, person=person, address=CANARY, viewers=[v.user for v in viewers])
    agree_contact(by=by, at=MET, person=person, rule=contact_rule(to_use=CONTACT))


def text(page):
    return unescape(page.content.decode())


def test_the_address_is_asked_for_with_a_reason_and_shown_once(client, here):
    officer, _, person = here
    held(person, officer)
    path = f"/people/{person.id}/address"
    page = signed_in(client, officer).get(path)
    assert "Why do you need to see it?" in text(page)
    assert CANARY not in text(page)
    refused = client.post(path, form(reason="  "))
    assert refused.status_code == 422
    assert CANARY not in text(refused)
    assert not Event.objects.filter(code="cases.address_viewed").exists()
    asked = client.post(path, form(reason="The doctor goes there tonight."))
    assert asked.status_code == 302
    look = Event.objects.get(code="cases.address_viewed")  # written before anything is shown
    assert (look.by, look.people, look.reason) == (officer.user, [person.id], "The doctor goes there tonight.")
    shown = client.get(asked.headers["Location"])
    assert CANARY in text(shown)
    assert CONTACT in text(shown)
    assert shown.headers["Cache-Control"] == "no-store"
    again = client.get(asked.headers["Location"])
    assert again.status_code == 302
    assert again.headers["Location"] == path
    assert Event.objects.filter(code="cases.address_viewed").count() == 1


def test_a_repeat_of_the_form_shows_nothing_more(client, here):
    officer, _, person = here
    held(person, officer)
    signed_in(client, officer)
    sent = form(reason="The doctor goes there tonight.")
    first = client.post(f"/people/{person.id}/address", sent).headers["Location"]
    client.get(first)
    repeat = client.post(f"/people/{person.id}/address", sent).headers["Location"]
    assert client.get(repeat).status_code == 302
    assert Event.objects.filter(code="cases.address_viewed").count() == 1


def test_one_persons_look_does_not_open_anothers_address(client, here):
    officer, case, person = here
    other = a_person(officer, case)
    held(person, officer)
    held(other, officer)
    signed_in(client, officer).post(f"/people/{person.id}/address", form(reason="The doctor."))
    assert client.get(f"/people/{other.id}/address/shown").status_code == 302


def test_who_is_not_named_is_told_whom_to_ask_and_shown_nothing(client, here):
    officer, case, person = here
    held(person, officer)
    supervisor = a_member("supervisor", unit=case.unit)
    path = f"/people/{person.id}/address"
    page = signed_in(client, supervisor).get(path)
    assert "On record but hidden" in text(page)
    assert "Ask PC Brandreth." in text(page)
    assert client.post(path, form(reason="I am the supervisor.")).status_code == 404
    assert client.get(f"{path}/shown").status_code == 404
    for member in (a_member("frontline"), a_member("data_protection"), a_member("crime_allocation")):
        signed_in(client, member)
        assert client.get(path).status_code == client.get(f"{path}/shown").status_code == 404
        assert client.post(path, form(reason="Curious.")).status_code == 404
    assert not Event.objects.filter(code="cases.address_viewed").exists()


def test_recording_an_address_names_who_may_see_it(client, here):
    officer, case, person = here
    colleague, outside = a_member("investigator"), a_member("frontline")
    give_case(by=officer, at=MET, case=case, to=colleague.user)
    path = f"/people/{person.id}/address"
    signed_in(client, officer)
    assert client.post(path, form(address=" ")).status_code == 422
    unknown = client.post(path, form(address=CANARY, others="nobody-here"))
    assert unknown.status_code == 422
    assert "nobody-here" in text(unknown)
    assert CANARY in text(unknown)
    sent = form(address=CANARY, viewers=[str(colleague.user)], others=outside.username)
    assert client.post(path, sent).headers["Location"] == f"/people/{person.id}"
    named = set(SafeAddressViewer.objects.filter(person=person).values_list("user_id", flat=True))
    assert named == {officer.user, colleague.user, outside.user}
    assert Obligation.objects.get(person=person, code="agree_safe_contact").state == "open", "it wants a rule"
    assert SafeAddress.objects.get(person=person).address == CANARY


def test_the_database_cannot_read_the_address_nor_a_draft_of_it(client, here):
    officer, _, person = here
    held(person, officer)
    signed_in(client, officer).post(f"/people/{person.id}/address", form(address=CANARY, others="nobody-here"))
    assert Draft.objects.filter(user_id=officer.user).exists()
    for table in ("safe_addresses_safeaddress", "accounts_draft", "audit_event", "accounts_submission", "django_session"):
        with connection.cursor() as cursor:
            cursor.execute(f"select t::text from {table} t")
            assert "Zzyzx" not in " ".join(row[0] for row in cursor.fetchall()), table


def a_picture(kind="JPEG", colour="red"):
    out = io.BytesIO()
    picture = Image.new("RGB", (40, 30), colour)
    exif = Image.Exif()
    exif[0x010E] = "taken at " + CANARY
    picture.save(out, kind, exif=exif)
    return out.getvalue()


def send(client, case, content, name="kieran-moss.jpg", **typed):
    paper = SimpleUploadedFile(name, content, content_type="image/jpeg")
    return client.post(f"/cases/{case.reference}/files", form(paper=paper, **typed))


def test_a_photograph_is_kept_without_what_the_camera_added_and_handed_out_as_a_file(client, here, settings, tmp_path):
    settings.VAR = tmp_path
    officer, case, _ = here
    signed_in(client, officer)
    assert send(client, case, a_picture(), what="Mattresses in the back room").status_code == 302
    row = CaseFile.objects.get(case=case)
    assert "Mattresses in the back room" in text(client.get(f"/cases/{case.reference}/files"))
    page = client.get(f"/files/{row.id}")
    assert (page.status_code, page.headers["Content-Type"]) == (200, "image/jpeg")
    assert page.headers["Content-Disposition"].startswith('attachment; filename="FM-26-')
    assert "kieran" not in page.headers["Content-Disposition"]
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert b"Zzyzx" not in page.content
    assert Image.open(io.BytesIO(page.content)).size == (40, 30)
    assert Event.objects.get(code="cases.file_viewed").subject == str(row.id)
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(kept) == 2  # what is handed out, and what was added
    assert not any(b"JFIF" in one.read_bytes() for one in kept)
    as_added = client.get(f"/files/{row.id}?as=added")
    assert b"Zzyzx" in as_added.content
    assert hashlib.sha256(as_added.content).hexdigest() == row.fingerprint
    assert row.fingerprint[:16] in text(client.get(f"/cases/{case.reference}/files"))


@each(
    ("content", "words"),
    [
        (b"", "The file is empty. Choose it again."),
        (b"<html><script>alert(1)</script></html>", "This kind of file cannot be kept here."),
        (b"GIF89a" + b"\0" * 40, "This kind of file cannot be kept here."),
        (b"%PDF-1.7 not really", "It cannot be read: it is broken or cut short. Save it again and choose it again."),
        (b"\xff\xd8\xff\xe0" + b"<script>" * 20, "This kind of file cannot be kept here."),
        (b"MZ" + b"\0" * 60, "This kind of file cannot be kept here."),
    ],
)
def test_a_hostile_file_is_refused_in_words_and_the_rest_stays(client, here, settings, tmp_path, content, words):
    settings.VAR = tmp_path
    officer, case, _ = here
    refused = send(signed_in(client, officer), case, content, what="The rota on the wall")
    assert refused.status_code == 422
    assert words in text(refused)
    assert "The rota on the wall" in text(refused)
    assert not CaseFile.objects.exists()
    assert not list(tmp_path.rglob("*.part"))
    draft = client.get(f"/cases/{case.reference}/files?draft=1")
    assert "The rota on the wall" in text(draft)


def test_no_file_chosen_is_said_and_the_words_stay(client, here):
    officer, case, _ = here
    refused = signed_in(client, officer).post(f"/cases/{case.reference}/files", form(what="The rota"))
    assert refused.status_code == 422
    assert "Choose a photograph, a PDF or a Word document" in text(refused)
    assert "The rota" in text(refused)
