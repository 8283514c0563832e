"""Newsletters: written from what changed, approved by a second person, on a page, and by e-mail to whoever wants them."""

import re
from email.message import EmailMessage

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from lodestar.knowledge.library.models import Document, Version
from lodestar.knowledge.publishing.actions import newsletters
from lodestar.knowledge.publishing.actions.stock import stock
from lodestar.knowledge.publishing.jobs import send_newsletters
from lodestar.knowledge.publishing.models import Mailing, NewsletterReader
from lodestar.knowledge.publishing.queries import addresses
from lodestar.platform.accounts.models import User
from tests.apps.knowledge.library.test_pages import text_of
from tests.factories.accounts import a_member
from tests.factories.administering import administering
from tests.factories.signed_in import form, signed_in


def a_reader(address="officer@force.example"):
    member = a_member("frontline")
    with administering():
        User.objects.filter(id=member.user).update(email=address)
    return member, signed_in(Client(), member)


def written(one, other, *, is_published=True, **more):
    """A newsletter by the first, approved and published by the second."""
    sent = form(title="News", intro="Two things.", **more)
    version = Version.objects.get(id=one.post("/guidance/newsletters/new", sent)["Location"].split("/")[3])
    if is_published:
        for step in ("approve", "publish"):
            other.post(f"/guidance/versions/{version.id}/stage", form(**{step: "1"}))
        version.refresh_from_db()
    return version


def test_it_is_made_of_what_changed_and_approved_by_a_second_person(take_in, one, other):
    old = take_in("old.txt", "Ring the desk.", title="Of the desk").version
    new = take_in("new.txt", "Ring the yard.", title="Of the yard").version
    stock(by=a_member("guidance_editor"), at=timezone.now())
    page = text_of(one.get("/guidance/newsletters/new"))
    assert "Of the yard. New in the library." in page
    assert "The first hour" not in page
    version = written(one, other, is_published=False, items=[str(new.id)])
    assert version.state == "draft"
    assert one.post(f"/guidance/versions/{version.id}/stage", form(approve="1")).status_code == 422
    for step in ("approve", "publish"):
        assert other.post(f"/guidance/versions/{version.id}/stage", form(**{step: "1"})).status_code == 302
    shown = text_of(one.get(f"/guidance/documents/{version.document_id}"))
    assert "Two things." in shown
    assert f"/guidance/documents/{new.document_id}" in shown
    assert str(old.document_id) not in shown
    assert "News" in text_of(a_reader()[1].get("/guidance/newsletters"))
    assert "Of the yard" not in text_of(one.get("/guidance/newsletters/new"))  # it was news then


def test_what_the_regional_co_ordinator_sends_becomes_part_of_one(one, other, editor, tmp_path):
    message = EmailMessage()
    message["Subject"], message["From"], message["Date"] = "Nail bars", "co@region.example", "Mon, 2 Nov 2026 09:00:00 +0000"
    message.set_content("Look at who holds the passports in nail bars.")
    message.add_attachment("A longer note about nail bars.", filename="note.txt")
    (tmp_path / "mails").mkdir()
    (tmp_path / "mails" / "one.eml").write_bytes(message.as_bytes())
    user = User.objects.get(id=editor.user).username
    call_command("guidance_import", str(tmp_path / "mails"), publish=True, user=user, tenant="fenmarch", manifest="")
    document = Document.objects.get(file_name__endswith="/one.eml")
    assert (document.origin, document.topics) == ("regional", ["newsletter"])
    assert "Nail bars" in text_of(one.get("/guidance/newsletters"))
    assert "Nail bars. From the regional co-ordinator." in text_of(one.get("/guidance/newsletters/new"))
    version = written(one, other, items=[str(document.versions.get().id)])
    shown = text_of(one.get(f"/guidance/documents/{version.document_id}"))
    assert "From the regional co-ordinator." in shown
    assert "co@region.example" not in shown


@pytest.mark.parametrize("words", ["Ask jo@force.example.", "Ring 07700 900123.", "As in FM-26-0001."])
def test_one_that_may_be_about_a_person_is_not_approved_and_says_what_in_it_is(one, other, words):
    assert one.post("/guidance/newsletters/new", form(title="", intro="")).status_code == 422
    path = one.post("/guidance/newsletters/new", form(title="News", intro=words))["Location"]
    assert "may be about one person" in text_of(one.get(path))
    assert other.post(path, form(approve="1")).status_code == 422
    assert Version.objects.get().state == "draft"


def test_it_goes_by_e_mail_once_to_those_who_want_it_and_nobody_sees_another_s_address(one, other):
    member, reader = a_reader()
    _, unwanted = a_reader("second@force.example")
    assert "Send them to me" in text_of(reader.get("/guidance/newsletters"))
    for client in (reader, unwanted):
        client.post("/guidance/newsletters/wanted", form(wanted="1"))
    unwanted.post("/guidance/newsletters/wanted", form(unwanted="1"))
    version = written(one, other)
    path = f"/guidance/versions/{version.id}/send"
    assert "Send it by e-mail" in text_of(one.get(f"/guidance/versions/{version.id}/stage"))
    for _ in range(2):
        assert one.post(path, form()).status_code == 302
    assert mail.outbox == []
    assert "in a few minutes" in text_of(one.get(f"/guidance/versions/{version.id}/stage"))
    for _ in range(2):
        send_newsletters(0)
    (letter,) = mail.outbox
    assert (letter.subject, letter.bcc) == ("News", ["officer@force.example"])
    assert "officer@force.example" not in letter.message().as_string()
    assert "Two things." in letter.body
    assert f"/guidance/documents/{version.document_id}" in letter.body
    assert Mailing.objects.get().readers == 1
    assert "to 1 reader." in text_of(one.get(f"/guidance/versions/{version.id}/stage"))
    assert NewsletterReader.objects.get(user=member.user).is_wanted


def test_what_no_second_person_approved_or_is_no_newsletter_is_not_sent(take_in, one, other):
    for version in (written(one, other, is_published=False), take_in("a.txt", "Ring the desk.").version):
        one.post(f"/guidance/versions/{version.id}/send", form())
        assert "Send it by e-mail" not in text_of(one.get(f"/guidance/versions/{version.id}/stage"))
    assert not Mailing.objects.exists()


def test_when_the_mail_server_is_away_it_waits(one, other, monkeypatch):
    _, reader = a_reader()
    reader.post("/guidance/newsletters/wanted", form(wanted="1"))
    one.post(f"/guidance/versions/{written(one, other).id}/send", form())
    monkeypatch.setattr(newsletters, "get_connection", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        send_newsletters(0)
    assert Mailing.objects.get().went_at is None


def test_who_has_no_address_or_no_place_any_more_gets_none(one):
    member, reader = a_reader()
    reader.post("/guidance/newsletters/wanted", form(wanted="1"))
    assert addresses(timezone.localdate()) == ["officer@force.example"]
    with administering():
        User.objects.filter(id=member.user).update(is_active=False)
    assert addresses(timezone.localdate()) == []
    assert "no e-mail address for you" in text_of(one.get("/guidance/newsletters"))


ABOUT_ONE = "Marek, born 1998, rang from 07700 900123."


def test_a_file_that_is_a_newsletter_is_held_to_the_same_and_sent_to_nobody(take_in, one, other):
    version = take_in("news.txt", ABOUT_ONE, is_published=False, topics=["newsletter"], origin="force").version
    path = f"/guidance/versions/{version.id}"
    assert "may be about one person" in text_of(one.get(f"{path}/stage"))
    assert other.post(f"{path}/stage", form(approve="1")).status_code == 422
    version.refresh_from_db()
    assert version.state == "draft"


@pytest.mark.parametrize("title", ["News", "News of Marek, born 1998"])
def test_what_became_a_newsletter_later_is_sent_to_nobody_either(take_in, one, other, title):
    words = ABOUT_ONE if title == "News" else "Nothing."
    version = take_in("news.txt", words, is_published=False, title=title, origin="force").version
    for step in ("approve", "publish"):
        assert other.post(f"/guidance/versions/{version.id}/stage", form(**{step: "1"})).status_code == 302
    one.post(f"/guidance/documents/{version.document_id}/about", form(title=title, topics="newsletter", origin="force"))
    assert "Send it by e-mail" not in text_of(other.get(f"/guidance/versions/{version.id}/stage"))
    other.post(f"/guidance/versions/{version.id}/send", form())
    assert not Mailing.objects.exists()


def test_what_came_while_a_newsletter_waited_is_in_the_next_one(take_in, one, other):
    take_in("first.txt", "Ring the desk.", title="Of the desk")
    version = written(one, other, is_published=False)
    take_in("between.txt", "Ring the yard.", title="Of the yard")
    for step in ("approve", "publish"):
        other.post(f"/guidance/versions/{version.id}/stage", form(**{step: "1"}))
    page = text_of(one.get("/guidance/newsletters/new"))
    assert "Of the yard. New in the library." in page
    assert "Of the desk" not in page


def test_what_comes_while_one_is_written_is_shown_before_it_is_kept(take_in, one):
    first = take_in("first.txt", "Ring the desk.", title="Of the desk").version
    told = dict(re.findall(r'name="(offered)" value="([^"]*)"', one.get("/guidance/newsletters/new").content.decode()))
    assert told == {"offered": str(first.id)}
    second = take_in("between.txt", "Ring the yard.", title="Of the yard").version
    sent = {"title": "News", "intro": "Two things.", "items": [str(first.id)]}
    page = one.post("/guidance/newsletters/new", form(**sent, **told))
    assert page.status_code == 422
    assert "“Of the yard” came while you were writing" in text_of(page)
    told = dict(re.findall(r'name="(offered)" value="([^"]*)"', page.content.decode()))
    assert str(second.id) in told["offered"]
    assert one.post("/guidance/newsletters/new", form(**sent, **told)).status_code == 302
