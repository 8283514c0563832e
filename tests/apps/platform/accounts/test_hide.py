"""Quick hide: a clock at once, whatever happens, and back only for the one who hid it."""

import pytest

from lodestar.platform.accounts import queries
from tests.factories.accounts import PASSWORD, code_of
from tests.factories.signed_in import form
from tests.offenders import each

pytestmark = pytest.mark.urls("tests.apps.platform.accounts.probe_urls")


def drafts(member):
    return [draft.path for draft in queries.drafts_of(member.user)]


def test_hidden_means_every_page_is_the_clock(at_work):
    assert at_work.get("/hide")["Location"] == "/clock"
    for path in ("/probe", "/my-work", "/"):
        assert at_work.get(path)["Location"] == "/clock"
    page = at_work.get("/clock")
    assert page.status_code == 200
    assert "Lodestar" not in page.content.decode()
    assert page["Cache-Control"] == "no-store"


def test_hiding_keeps_what_was_typed_and_going_back_shows_it(at_work, officer, user):
    assert at_work.post("/hide", form(what="two lads", form_path="/probe"))["Location"] == "/clock"
    assert drafts(officer) == ["/probe"]
    back = at_work.post("/t", {"t": code_of(user)})["Location"]
    assert back.startswith("/probe?draft=")
    assert at_work.get(back).content == b"two lads"


def test_password_or_code_lead_back_to_the_page(at_work, user):
    at_work.get("/hide", headers={"Referer": "http://testserver/probe?x=1"})
    assert at_work.post("/t", {"t": PASSWORD})["Location"] == "/probe?x=1"


@each(
    "referer",
    [
        "http://elsewhere.example//elsewhere.example/x",
        "https://elsewhere.example",
        "//x",
        "http://testserver//x",
        "http://[",
        "\\\\x",
    ],
)
def test_going_back_never_leads_elsewhere(at_work, user, referer):
    at_work.get("/hide", headers={"Referer": referer})
    assert at_work.post("/t", {"t": code_of(user)})["Location"] == "/my-work"


@each("sent", [{}, {"submission_key": "x"}, {"what": "a\x00b"}, {"form_path": "//x"}, {"form_path": "/a\x00b"}])
def test_hiding_never_fails(at_work, sent):
    assert at_work.post("/hide", form(what="x") | sent)["Location"] == "/clock"
    assert at_work.get("/probe")["Location"] == "/clock"


def test_hiding_twice_goes_back_to_the_first_page(at_work, user):
    at_work.get("/hide", headers={"Referer": "http://testserver/probe"})
    at_work.get("/hide", headers={"Referer": "http://testserver/clock"})
    assert at_work.post("/t", {"t": code_of(user)})["Location"] == "/probe"


def test_a_wrong_answer_shows_the_clock_again_and_the_fifth_signs_out(at_work, user):
    at_work.get("/hide")
    for _ in range(4):
        assert at_work.post("/t", {"t": "000000"})["Location"] == "/clock"
        assert "_auth_user_id" in at_work.session
    assert at_work.post("/t", {"t": "000000"})["Location"] == "/clock"
    assert "_auth_user_id" not in at_work.session
    assert at_work.get("/probe")["Location"].startswith("/sign-in")


def test_without_hiding_there_is_nothing_to_come_back_from(at_work, client):
    assert at_work.post("/t", {"t": "x"})["Location"] == "/my-work"


def test_a_stranger_may_look_at_a_clock(client, db):
    assert client.get("/hide")["Location"] == "/clock"
    assert client.get("/clock").status_code == 200
    assert client.post("/t", {"t": "x"}).status_code == 302
