"""What was typed, and what came with it, when a session, a place or a role is over: kept for its writer, or given back."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from lodestar.platform.accounts import queries
from lodestar.platform.accounts.models import Draft, Membership, Unit, User
from tests.factories.accounts import a_member
from tests.factories.administering import administering
from tests.factories.signed_in import drawn_for, form, signed_in

pytestmark = pytest.mark.urls("tests.apps.platform.accounts.probe_urls")


def drafts(member):
    return [draft.path for draft in queries.drafts_of(member.user)]


def test_of_a_file_sent_after_the_end_the_page_given_back_says_that_it_is_missing(at_work, officer, sign_in):
    """A draft holds no file: without a word the officer would think that the photograph was sent with the rest."""
    sent = form(wrong="It stands on its head", form_path="/wrong", photo=SimpleUploadedFile("IMG_1.jpg", b"a picture"))
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        response = at_work.post("/wrong", sent)
        sign_in(at_work, response["Location"])
        page = at_work.get(at_work.get("/start")["Location"]).content.decode()
    assert "It stands on its head" in page
    assert "<b>This file was not added: choose it again.</b> <bdi>IMG_1.jpg</bdi>" in page
    assert "not added" not in at_work.get("/wrong").content.decode()


def test_of_a_file_alone_sent_after_the_end_it_is_said_too(at_work, officer, sign_in):
    sent = form(wrong="", form_path="/wrong", photo=[SimpleUploadedFile(f"{one}.jpg", b"a picture") for one in "ab"])
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        response = at_work.post("/wrong", sent)
        sign_in(at_work, response["Location"])
        back = at_work.get("/start")["Location"]
        page = at_work.get(back).content.decode()
        assert "<b>These files were not added: choose them again.</b> <bdi>a.jpg, b.jpg</bdi>" in page
        key = re.search(r'name="submission_key" value="([^"]+)"', page)[1]
        at_work.post("/wrong", {"submission_key": key, "wrong": "Here it is"})
    assert drafts(officer) == []


def test_of_a_file_sent_without_a_session_it_is_said_too(client, db):
    page = client.post("/probe", form(what="two lads", photo=SimpleUploadedFile("IMG_1.jpg", b"x"))).content.decode()
    assert "two lads" in page
    assert "This file was not added: choose it again." in page


def test_what_is_sent_after_somebody_was_signed_out_everywhere_is_kept_for_them(at_work, officer, sign_in):
    with administering():
        User.objects.filter(id=officer.user).update(signed_out_at=timezone.now())
    response = at_work.post("/probe", form(what="two lads, one bed", form_path="/probe"))
    key = Draft.objects.get().key
    assert response["Location"] == f"/sign-in?ended=all&next=/probe%3Fdraft%3D{key}"
    assert "_auth_user_id" not in at_work.session
    assert "You were signed out everywhere." in at_work.get(response["Location"]).content.decode()
    sign_in(at_work, response["Location"])
    assert at_work.get(at_work.get("/start")["Location"]).content == b"two lads, one bed"


def test_whoever_has_no_place_there_any_more_has_the_words_back_at_once(at_work, officer):
    """Nobody without a place can open what is kept there, or would be shown it in another force."""
    with administering():
        Membership.objects.filter(id=officer.membership).update(to_date=timezone.localdate() - timedelta(days=1))
    response = at_work.post("/probe", form(what="two lads, one bed"))
    assert response.status_code == 403
    assert "two lads, one bed</textarea>" in response.content.decode()
    assert at_work.get("/probe")["Location"] == "/start"
    other_tab = at_work.post("/probe", form(what="and their uncle", **drawn_for(officer)))
    assert other_tab.status_code == 403
    assert "and their uncle</textarea>" in other_tab.content.decode()
    assert at_work.post("/probe", form(what=" ")).url == "/start"


def test_ones_own_words_can_be_read_when_their_page_is_closed_or_gone(at_work, officer):
    at_work.post("/probe", form(what="wrong", why="李"))
    draft = Draft.objects.get()
    with administering():
        Membership.objects.filter(id=officer.membership).update(roles=["administrator"])
    listed = at_work.get("/drafts").content.decode()
    assert f'href="/drafts/{draft.id}"' in listed
    assert f"/probe?draft={draft.key}" not in listed
    Draft.objects.filter(id=draft.id).update(path="/gone")
    page = at_work.get(f"/drafts/{draft.id}").content.decode()
    assert "wrong</textarea>" in page
    assert "李</textarea>" in page
    assert "data-closed" in page
    colleague = signed_in(Client(), a_member("frontline"))
    assert colleague.get(f"/drafts/{draft.id}").status_code == 404


def test_a_form_of_the_same_person_for_another_force_is_kept_in_neither(at_work, officer):
    """Whoever has places in two forces, and went from the one to the other in the same browser."""
    drawn = drawn_for(replace(officer, tenant="elsewhere"))
    assert drawn != drawn_for(officer)
    strict = signed_in(Client(enforce_csrf_checks=True), officer)
    sent = form(what="typed for another force", form_path="/probe", **drawn)
    for browser in (at_work, strict):  # by the door, and by the check of forms of before the sign-in
        response = browser.post("/probe", sent | {"csrfmiddlewaretoken": "a" * 64}, headers={"Origin": "http://testserver"})
        assert response.status_code == 403
        page = response.content.decode()
        assert "typed for another force</textarea>" in page
        assert "or the same person for another force" in page
        assert "?draft=" not in page
    assert not Draft.objects.exists()
    assert not Unit.objects.filter(name="typed for another force").exists()


@pytest.mark.parametrize("how", ["hidden", "idle", "out everywhere"])
def test_nor_where_the_session_hides_or_ends_by_it(at_work, officer, how):
    sent = form(what="typed for another force", form_path="/probe", **drawn_for(replace(officer, tenant="elsewhere")))
    if how == "out everywhere":
        with administering():
            User.objects.filter(id=officer.user).update(signed_out_at=timezone.now())
    with time_machine.travel(timezone.now() + timedelta(minutes=61 if how == "idle" else 0)):
        response = at_work.post("/hide" if how == "hidden" else "/probe", sent)
    assert drafts(officer) == []
    if how == "hidden":
        assert response.url == "/clock"
    else:
        assert "typed for another force</textarea>" in response.content.decode()
