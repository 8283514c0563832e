"""Pages that say no: they can be hidden, keep what was typed, say what to do, and stand when nothing else does."""

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import OperationalError, connection
from django.test import Client

from lodestar.accounts import queries
from lodestar.accounts.models import Draft
from lodestar.cases.models import Remark
from tests.factories.accounts import a_member
from tests.factories.signed_in import form, signed_in

OURS = {"Origin": "http://testserver"}


@pytest.fixture
def officer(fenmarch):
    return a_member("frontline", name="PC Brandreth")


@pytest.fixture
def at_work(officer):
    client = signed_in(Client(raise_request_exception=False), officer)
    client.get("/clock")  # what is made ready with the first request is not what fails later
    return client


def words(response):
    return response.content.decode()


def drafts(member):
    return [draft.path for draft in queries.drafts_of(member.user)]


# --- hidden from every page ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/no/such/page", "/tokens", "/ring", "/cases/FM-26-9999"])
def test_whoever_is_at_work_can_hide_any_page(at_work, path):
    page = words(at_work.get(path))
    assert '<a class="lode-hide" href="/hide"' in page
    assert "OFFICIAL-SENSITIVE" in page


def test_a_form_out_of_date_can_be_hidden(officer):
    strict = signed_in(Client(enforce_csrf_checks=True), officer)
    response = strict.post("/wrong", form(wrong="x"))
    assert response.status_code == 403
    assert "lode-hide" in words(response)


def test_nobody_hides_what_is_not_theirs(db, at_work):
    assert "lode-hide" not in words(Client().get("/ring"))
    at_work.get("/hide")
    assert "lode-hide" not in words(at_work.get("/ring"))


def test_hide_hides_also_with_a_form_out_of_date(officer):
    strict = signed_in(Client(enforce_csrf_checks=True), officer)
    sent = form(wrong="two lads", form_path="/wrong")
    assert strict.post("/hide", sent, headers=OURS)["Location"] == "/clock"
    assert strict.get("/my-work")["Location"] == "/clock"
    assert drafts(officer) == ["/wrong"]


# --- too long ------------------------------------------------------------------------------------------------------------


def test_a_text_too_long_for_its_box_is_told_so_beside_it_and_kept(at_work, officer):
    response = at_work.post("/wrong", form(wrong="x" * 1_500_000))
    assert response.status_code == 422
    page = words(response)
    assert page.count("This is 1,500,000 characters long, and 1,000 fit. Shorten it and save again") == 2
    assert "x" * 1_500_000 in page
    assert drafts(officer) == ["/wrong"]
    assert not Remark.objects.exists()


def urlencoded(client, path, text, **headers):
    sent = form(form_path="/wrong")
    body = f"submission_key={sent['submission_key']}&form_path=/wrong&wrong={text}"
    return client.post(path, body, content_type="application/x-www-form-urlencoded", headers=headers)


def test_of_a_form_too_long_to_take_the_beginning_is_kept(at_work, officer):
    response = urlencoded(at_work, "/wrong", "Two+lads.+" + "x" * 4_100_000, **OURS)
    assert response.status_code == 413
    page = words(response)
    assert "That was too long to save" in page
    assert 'href="/wrong?draft=1"' in page
    assert "lode-hide" in page
    assert "Two lads. xxx" in words(at_work.get("/wrong?draft=1"))


def test_of_what_another_site_sent_nothing_is_kept(at_work):
    response = urlencoded(at_work, "/wrong", "x" * 4_100_000, Origin="https://elsewhere.example")
    assert response.status_code == 413
    assert "?draft=1" not in words(response)
    assert not Draft.objects.exists()


@pytest.mark.parametrize("headers", [OURS, {"Content-Length": "999999999"}])
def test_a_request_too_long_for_anything_says_what_to_do(db, headers):
    response = urlencoded(Client(), "/sign-in", "x" * 4_100_000, **headers)
    assert response.status_code == 413
    assert "Shorten it and save" in words(response)


def test_hide_hides_also_with_a_form_too_long_to_take(at_work, officer):
    assert urlencoded(at_work, "/hide", "Two+lads.+" + "x" * 4_100_000, **OURS)["Location"] == "/clock"
    assert at_work.get("/my-work")["Location"] == "/clock"
    assert drafts(officer) == ["/wrong"]


# --- when everything is broken -------------------------------------------------------------------------------------------


def broken(*_arguments, **_more):
    raise OperationalError("everything is broken")


@pytest.fixture
def all_broken(at_work, monkeypatch):
    monkeypatch.setattr(staticfiles_storage, "url", broken)
    with connection.execute_wrapper(broken):
        yield at_work


def test_the_page_of_a_fault_stands_when_everything_is_broken(all_broken):
    response = all_broken.get("/my-work")
    assert response.status_code == 500
    page = words(response)
    assert "Something went wrong here" in page
    assert 'href="/ring"' in page
    assert 'href="/hide"' in page
    assert "tel:999" in page
    assert response["Cache-Control"] == "no-store"


def test_the_page_of_a_fault_stands_without_the_list_of_styles(at_work, monkeypatch):
    monkeypatch.setattr(staticfiles_storage, "url", broken)
    assert "Something went wrong here" in words(at_work.get("/my-work"))


@pytest.mark.parametrize("path", ["/hide", "/clock"])
def test_hide_shows_a_clock_when_everything_is_broken(all_broken, path):
    page = words(all_broken.get(path))
    assert "<title>Clock</title>" in page
    assert "Lodestar" not in page
