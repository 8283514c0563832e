"""Letters of the competent authority file themselves by their reference; what names none, or several, waits for the coordinator;
and a sealed case gives itself away by nothing."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lodestar.casework.decisions.actions import keep_letter
from lodestar.casework.decisions.models import Letter, LetterFiled
from lodestar.casework.referrals.actions import add_reference
from lodestar.platform.audit.models import Event
from lodestar.platform.files.mail import Mail
from tests.factories.accounts import a_member
from tests.factories.cases import MET, a_case, a_person
from tests.factories.figures import sealed_by
from tests.factories.referrals import LetterFactory, ReferralFactory, ReferralReferenceFactory
from tests.factories.signed_in import form, signed_in
from tests.factories.statements import at_most

pytestmark = pytest.mark.usefixtures("fenmarch")


def referred(by, reference="NRM-771204"):
    referral = ReferralFactory(person=a_person(by, a_case(by), name="Callum"))
    ReferralReferenceFactory(referral=referral, reference=reference, found_by="".join(filter(str.isalnum, reference)))
    return referral


def sent(client, **typed):
    return client.post("/referrals/letters", form(**{"kind": "decision"} | typed))


def kept(by, words, title="Outcome"):
    return keep_letter(by=by, at=MET, mail=Mail(title, words, None, ""), kind="decision")


def filed_to(letter):
    return list(LetterFiled.objects.filter(letter=letter).values_list("referral", "how"))


def test_a_pasted_mail_files_itself_and_is_marked_as_no_evidence_at_trial(client, coordinator):
    referral = referred(coordinator)
    signed_in(client, coordinator)
    answer = sent(client, words="Outcome of NRM 771204\nWe have made a negative reasonable grounds decision.")
    letter = Letter.objects.get()
    assert answer.url == f"/letters/{letter.id}"
    assert (letter.title, letter.kind, letter.waits) == ("Outcome of NRM 771204", "decision", False)
    assert filed_to(letter) == [(referral.id, "itself")]
    html = unescape(client.get(answer.url).content.decode())
    assert "Not evidence at trial" in html
    assert "R v Brecani" in html
    page = unescape(client.get(f"/referrals/{referral.id}/decision").content.decode())
    assert "Outcome of NRM 771204" in page
    assert Event.objects.filter(code="referrals.letter_filed", case=referral.person.case_id, subject=str(letter.id)).exists()


def test_a_mail_file_files_itself_and_is_handed_out_as_it_came_and_never_opened(client, coordinator):
    referral = referred(coordinator)
    signed_in(client, coordinator)
    content = b"Subject: <script>alert(1)</script>\r\nContent-Type: text/html\r\n\r\n<p>NRM-771204</p><script>alert(2)</script>"
    answer = sent(client, mail=SimpleUploadedFile("a.eml", content))
    letter = Letter.objects.get()
    assert filed_to(letter) == [(referral.id, "itself")]
    page = client.get(answer.url).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    mail = client.get(f"/letters/{letter.id}/mail")
    assert mail.content == content
    assert mail["Content-Type"] == "application/octet-stream"
    assert mail["Content-Disposition"].startswith("attachment;")
    assert mail["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in mail["Content-Security-Policy"]


@pytest.mark.parametrize("words", ["Nothing of ours. REF-99999", "NRM-771204 and also NRM-880305"])
def test_what_names_none_or_several_waits_and_says_nothing_of_either(client, coordinator, words):
    referred(coordinator)
    referred(coordinator, "NRM-880305")
    signed_in(client, coordinator)
    answer = sent(client, words=words)
    letter = Letter.objects.get()
    assert letter.waits
    assert filed_to(letter) == []
    assert "It is not filed on any referral you may see." in client.get(answer.url).content.decode()
    assert f"/letters/{letter.id}/file" in client.get("/referrals/letters").content.decode()


def test_a_reference_put_right_names_nothing_any_more(coordinator):
    referral = referred(coordinator)
    add_reference(by=coordinator, at=MET, referral=referral, reference="NRM-880305")
    assert kept(coordinator, "About NRM-771204").waits
    assert filed_to(kept(coordinator, "About NRM-880305")) == [(referral.id, "itself")]


def test_the_same_letter_from_the_same_hand_is_one(coordinator):
    referred(coordinator)
    assert kept(coordinator, "About NRM-771204").id == kept(coordinator, "About NRM-771204").id
    assert LetterFiled.objects.count() == 1


def sealed_one(coordinator):
    officer, owner = a_member("frontline"), a_member("coordinator")
    referral = referred(officer)
    sealed_by(owner, referral.person.case)
    return referral, owner


def test_of_a_sealed_case_the_outcome_is_that_of_no_case_at_all_and_its_owners_have_the_letter(client, coordinator):
    referral, owner = sealed_one(coordinator)
    signed_in(client, coordinator)
    pages = []
    for reference in ("NRM-771204", "NRM-000000"):
        answer = sent(client, words=f"Outcome\nA decision in {reference}.")
        letter = Letter.objects.get(id=answer.url.rsplit("/", 1)[1])
        page, file_page = (client.get(path).content.decode() for path in (answer.url, f"{answer.url}/file"))
        pages.append([one.replace(str(letter.id), "ID").replace(reference, "REF") for one in (page, file_page)])
        assert letter.waits
    without_keys = [[strip(one) for one in pair] for pair in pages]
    assert without_keys[0] == without_keys[1]
    signed_in(client, owner)
    assert ">Outcome</a>" in client.get(f"/referrals/{referral.id}/decision").content.decode()


def strip(page):
    return [line for line in page.splitlines() if "submission_key" not in line and "csrf" not in line]


def test_beside_a_sealed_one_the_letter_files_itself_to_the_one_that_is_seen(coordinator):
    sealed_one(coordinator)
    seen = referred(coordinator, "NRM-880305")
    letter = kept(coordinator, "NRM-771204 and NRM-880305")
    assert (letter.waits, filed_to(letter)) == (False, [(seen.id, "itself")])


def test_the_coordinator_files_what_waits_by_its_reference_or_the_number_of_the_case(client, coordinator):
    referral = referred(coordinator)
    signed_in(client, coordinator)
    for reference in ("nrm 771204", referral.person.case.reference.lower()):
        letter = LetterFactory(waits=True)
        answer = client.post(f"/letters/{letter.id}/file", form(belongs="here", reference=reference, kind="other"))
        assert answer.url == f"/letters/{letter.id}"
        letter.refresh_from_db()
        assert (letter.waits, letter.kind, filed_to(letter)) == (False, "other", [(referral.id, "by_hand")])
        assert "Not evidence at trial" not in client.get(answer.url).content.decode()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({}, "Answer “"),
        ({"belongs": "here"}, "Answer “"),
        ({"belongs": "here", "reference": "NRM-1111"}, "You cannot see anything with this reference"),
        ({"belongs": "aside"}, "Answer “"),
    ],
)
def test_what_is_missing_is_asked_for(client, coordinator, typed, says):
    letter = LetterFactory(waits=True)
    answer = signed_in(client, coordinator).post(f"/letters/{letter.id}/file", form(**typed))
    assert answer.status_code == 422
    assert says in unescape(answer.content.decode())
    letter.refresh_from_db()
    assert letter.waits


def test_a_letter_put_aside_stays_to_be_read_with_the_reason(client, coordinator):
    letter = LetterFactory(waits=True)
    signed_in(client, coordinator).post(f"/letters/{letter.id}/file", form(belongs="aside", reason="Another force’s."))
    html = unescape(client.get(f"/letters/{letter.id}").content.decode())
    assert "Put aside by Ms Farrant" in html
    assert "Another force’s." in html
    assert str(letter.id) not in client.get("/referrals/letters").content.decode()


def test_a_case_with_two_referrals_is_asked_which(client, coordinator):
    referral = referred(coordinator)
    ReferralFactory(person=referral.person, number=2)
    letter = LetterFactory(waits=True)
    path, number = f"/letters/{letter.id}/file", referral.person.case.reference
    answer = signed_in(client, coordinator).post(path, form(belongs="here", reference=number))
    assert "This fits more than one referral" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({}, "Paste the text, or choose the file"),
        ({"mail": SimpleUploadedFile("a.eml", b"MZ\x90")}, "This is no mail file that can be read"),
        ({"mail": SimpleUploadedFile("a.eml", b"")}, "This is no mail file that can be read"),
    ],
)
def test_what_is_no_letter_is_not_kept(client, coordinator, typed, says):
    answer = sent(signed_in(client, coordinator), **typed)
    assert answer.status_code == 422
    assert says in unescape(answer.content.decode())
    assert not Letter.objects.exists()


def test_the_list_is_light_with_many_and_every_one_is_shown_once(client, coordinator):
    for number in range(60):
        LetterFactory(waits=True, title=f"Letter {number:02d} " + "x" * 150, added_at=MET)
    signed_in(client, coordinator)
    path, seen = "/referrals/letters", []
    while path:
        with at_most(15):
            page = client.get(path)
        assert len(page.content) <= 30_000
        html = page.content.decode()
        seen += [number for number in range(60) if f"Letter {number:02d}" in html]
        path = "/referrals/letters?after=" + html.split("?after=")[1].split('"')[0] if "?after=" in html else ""
    assert sorted(seen) == list(range(60))


def test_a_long_letter_is_light(client, coordinator):
    letter = LetterFactory(waits=True, words="é" * 100_000)
    for path in (f"/letters/{letter.id}", f"/letters/{letter.id}/file"):
        page = signed_in(client, coordinator).get(path)
        assert len(page.content) <= 30_000
        assert "Only its beginning is shown." in page.content.decode()
