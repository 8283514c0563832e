"""Pages that say no: they can be hidden, keep what was typed, say what to do, and stand when nothing else does."""

import io
from urllib.parse import urlencode

import psycopg
import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.handlers.wsgi import WSGIRequest
from django.db import InterfaceError, InternalError, OperationalError, connection
from django.http import UnreadablePostError
from django.test import Client, RequestFactory
from django.utils import timezone

from lodestar.casework.case_files.actions.case import seal_case
from lodestar.exchange.assess.models import Remark
from lodestar.platform.accounts import actions as accounts
from lodestar.platform.accounts import queries
from lodestar.platform.accounts.models import Draft
from lodestar.web.middleware import whole_requests
from tests.factories.accounts import a_member
from tests.factories.cases import a_case
from tests.factories.signed_in import drawn_for, form, signed_in
from tests.offenders import each

OURS = {"Origin": "http://testserver"}


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


@each("path", ["/no/such/page", "/tokens", "/ring", "/cases/FM-26-9999"])
def test_whoever_is_at_work_can_hide_any_page(at_work, path):
    page = words(at_work.get(path))
    assert '<a class="lode-hide" href="/hide"' in page
    assert "OFFICIAL-SENSITIVE" in page


def test_nobody_hides_what_is_not_theirs(db, at_work):
    assert "lode-hide" not in words(Client().get("/ring"))
    at_work.get("/hide")
    assert "lode-hide" not in words(at_work.get("/ring"))


def test_hide_hides_also_with_a_form_out_of_date(officer):
    strict = signed_in(Client(enforce_csrf_checks=True), officer)
    sent = form(wrong="two lads", form_path="/wrong", **drawn_for(officer))
    assert strict.post("/hide", sent, headers=OURS)["Location"] == "/clock"
    assert strict.get("/my-work")["Location"] == "/clock"
    assert drafts(officer) == ["/wrong"]


def test_of_a_sign_in_form_nothing_is_kept(officer):
    strict = signed_in(Client(enforce_csrf_checks=True), officer)
    sent = form(username="brandreth", password="correct horse", form_path="/sign-in", **drawn_for(officer))
    assert "?draft=" not in words(strict.post("/sign-in", sent, headers=OURS))
    assert drafts(officer) == []


@each("path", ["/sign-in", "/sign-in/second", "/t"])
@each("is_signed_in", [True, False])
def test_a_form_out_of_date_shows_no_password(officer, path, is_signed_in):
    """A sign-in form in a second tab is out of date as soon as somebody signs in by the first."""
    strict = Client(enforce_csrf_checks=True)
    if is_signed_in:
        signed_in(strict, officer)
    sent = form(username="brandreth", password="correct horse", code="123456", t="correct horse", form_path=path, form_of="")
    response = strict.post(path, sent, headers=OURS)
    assert response.status_code == 403
    page = words(response)
    assert "This form is out of date" in page
    assert not any(told in page for told in ("brandreth", "horse", "123456"))
    assert "A different person is signed in" not in page
    assert not Draft.objects.exists()


# --- not theirs any more -------------------------------------------------------------------------------------------------


def test_whoever_lost_a_case_while_writing_has_the_words_back(at_work, officer):
    case = a_case(officer)
    sent = form(known="She wants to ring her sister", case=str(case.id))
    path = f"/cases/{case.reference}/hand-on"
    assert "What you wrote" not in words(at_work.get(path))
    sergeant, other = a_member("supervisor"), a_member("frontline")
    seal_case(by=sergeant, at=timezone.now(), case=case, reason="A threat", owners=[sergeant.user, other.user])
    response = at_work.post(path, sent)
    assert response.status_code == 404
    page = words(response)
    assert "She wants to ring her sister" in page
    assert "What you wrote was not saved here" in page
    assert str(case.id) not in page
    assert drafts(officer) == [path]
    closed = at_work.get(f"{path}?draft=1", follow=True)
    assert closed.status_code == 200
    assert "She wants to ring her sister" in words(closed)
    assert "data-closed" in closed.content.decode()
    assert f'name="forget" value="{Draft.objects.get().key}"' in closed.content.decode()
    assert "What you wrote" not in words(at_work.get(path))
    stranger = signed_in(Client(), a_member("frontline"))
    assert "What you wrote" not in words(stranger.get(f"{path}?draft=1"))


# --- too long ------------------------------------------------------------------------------------------------------------


def test_a_text_too_long_for_its_box_is_told_so_beside_it_and_kept(at_work, officer):
    response = at_work.post("/wrong", form(wrong="x" * 1_500_000))
    assert response.status_code == 422
    page = words(response)
    assert page.count("This is 1,500,000 characters long, and 1,000 fit. Shorten it and save again") == 2
    assert "x" * 1_500_000 in page
    assert drafts(officer) == ["/wrong"]
    assert not Remark.objects.exists()


def urlencoded(client, path, text, member=None, **headers):
    sent = form(form_path="/wrong", **(drawn_for(member) if member else {}))
    body = f"{urlencode(sent)}&wrong={text}"
    return client.post(path, body, content_type="application/x-www-form-urlencoded", headers=headers)


def test_of_a_form_too_long_to_take_the_beginning_is_kept(at_work, officer):
    response = urlencoded(at_work, "/wrong", "Two+lads.+" + "x" * 4_100_000, officer, **OURS)
    assert response.status_code == 413
    page = words(response)
    assert "That was too long to save" in page
    way_back = f"/wrong?draft={Draft.objects.get().key}"
    assert f'href="{way_back}"' in page
    assert "lode-hide" in page
    assert "Two lads. xxx" in words(at_work.get(way_back))


def test_of_a_form_too_long_of_who_was_here_before_or_of_another_site_nothing_is_kept(at_work, officer):
    for drawn, origin in ((a_member("frontline"), OURS), (officer, {"Origin": "https://elsewhere.example"})):
        response = urlencoded(at_work, "/wrong", "x" * 4_100_000, drawn, **origin)
        assert response.status_code == 413
        assert "?draft=" not in words(response)
        assert not Draft.objects.exists()


@pytest.mark.parametrize("headers", [OURS, {"Content-Length": "999999999"}])
def test_a_request_too_long_for_anything_says_what_to_do(db, headers):
    response = urlencoded(Client(), "/sign-in", "x" * 4_100_000, **headers)
    assert response.status_code == 413
    assert "Shorten it and save" in words(response)


@pytest.mark.parametrize("length", [10, 4_100_000])
def test_of_a_form_with_too_many_fields_the_first_are_kept(at_work, officer, length):
    many = "Two+lads." + "".join(f"&x{number}=1" for number in range(2_100)) + "&last=" + "x" * length
    response = urlencoded(at_work, "/wrong", many, officer, **OURS)
    assert response.status_code == 413
    kept = Draft.objects.get()
    assert f'href="/wrong?draft={kept.key}"' in words(response)
    assert set(accounts.draft_values(kept)) == {"wrong", *(f"x{number}" for number in range(1_996))}
    for client, path, expected in ((Client(), "/sign-in", 413), (at_work, "/hide", 302), (at_work, "/api/v1/assess", 415)):
        assert urlencoded(client, path, many, officer, **OURS).status_code == expected
    sent = form(wrong="x" * length, **{f"x{n}": "1" for n in range(2_100)})
    assert at_work.post("/wrong", sent).status_code == 413  # parts of a form with files


def test_hide_hides_also_with_a_form_too_long_to_take(at_work, officer):
    assert urlencoded(at_work, "/hide", "Two+lads.+" + "x" * 4_100_000, officer, **OURS)["Location"] == "/clock"
    assert at_work.get("/my-work")["Location"] == "/clock"
    assert drafts(officer) == ["/wrong"]


# --- when everything is broken -------------------------------------------------------------------------------------------


def broken(*_arguments, **_more):
    raise RuntimeError("everything is broken")


class Failed(psycopg.Error):
    """What PostgreSQL says of a failure, by its code."""

    def __init__(self, sqlstate):
        super().__init__("secret words")
        self.sqlstate = sqlstate


def failing(sqlstate, kind=OperationalError):
    def fail(*_arguments, **_more):
        raise kind("secret words") from Failed(sqlstate)

    return fail


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


@pytest.mark.parametrize("path", ["/hide", "/clock"])
def test_hide_shows_a_clock_when_everything_is_broken(all_broken, path):
    page = words(all_broken.get(path))
    assert "<title>Clock</title>" in page
    assert "Lodestar" not in page


# --- while the database is away ------------------------------------------------------------------------------------------


AWAY = [
    (None, OperationalError),  # no connection
    (None, InterfaceError),
    ("57P01", OperationalError),  # shut down
    ("08006", OperationalError),
    ("53100", OperationalError),  # the disk is full
    ("25006", InternalError),  # read only
]


@each(("sqlstate", "kind"), AWAY)
def test_while_the_database_is_away_what_was_typed_stands_on_the_page(at_work, sqlstate, kind):
    with connection.execute_wrapper(failing(sqlstate, kind)):
        response = at_work.post("/wrong", form(wrong="two <lads>"))
    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    assert response["Cache-Control"] == "no-store"
    page = words(response)
    assert "Lodestar cannot reach its records just now" in page
    assert "two &lt;lads&gt;</textarea>" in page
    assert "OFFICIAL-SENSITIVE" in page
    assert 'href="/ring"' in page
    assert 'href="/hide"' in page
    assert "secret" not in page


def test_who_to_ring_stands_while_the_database_is_away(at_work):
    with connection.execute_wrapper(failing(None)):
        response = at_work.get("/ring")
        stranger = Client().get("/ring")
    assert response.status_code == stranger.status_code == 200
    assert "tel:999" in words(response)
    assert 'href="/hide"' in words(response)
    assert 'href="/hide"' not in words(stranger)


@pytest.mark.parametrize("path", ["/sign-in", "/t"])
def test_while_the_database_is_away_no_password_is_shown(at_work, path):
    with connection.execute_wrapper(failing(None)):
        response = at_work.post(path, {"username": "x", "password": "correct horse", "code": "123456", "t": "correct horse"})
    assert response.status_code == 503
    assert "horse" not in words(response)


def test_while_the_database_is_away_another_system_is_told_so(db):
    token = f"lodestar.fenmarch.{'0' * 32}.{'a' * 43}"
    client = Client(raise_request_exception=False, headers={"Authorization": f"Bearer {token}"})
    with connection.execute_wrapper(failing(None)):
        response = client.post("/api/v1/assess", "{}", content_type="application/json")
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert response.json()["errors"][0]["message"] == "cannot be answered just now; ask again in a minute"


@pytest.mark.parametrize("sqlstate", ["40P01", "55P03", "57014"])
def test_a_statement_that_failed_is_not_the_database_away(at_work, sqlstate):
    with connection.execute_wrapper(failing(sqlstate)):
        assert at_work.get("/my-work").status_code == 500


def test_of_another_site_s_form_nothing_is_shown_while_the_database_is_away(officer):
    strict = signed_in(Client(enforce_csrf_checks=True, raise_request_exception=False), officer)
    with connection.execute_wrapper(failing(None)):
        response = strict.post("/wrong", form(wrong="two lads"), headers=OURS)
    assert response.status_code == 503
    assert "two lads" not in words(response)


BODY = b"narrative=He+said+that+he+sleeps+in+the+van"
PARTS = b'--x\r\nContent-Disposition: form-data; name="narrative"\r\n\r\nHe said that\r\n--x--\r\n'
KINDS = {"application/x-www-form-urlencoded": BODY, "multipart/form-data; boundary=x": PARTS}


@pytest.mark.parametrize(("kind", "body"), KINDS.items(), ids=["fields", "parts"])
def test_a_body_is_whole_or_refused(kind, body):
    fields = []
    application = whole_requests(lambda environ, _: [fields.append(WSGIRequest(environ).POST["narrative"])])
    environ = RequestFactory()._base_environ(REQUEST_METHOD="POST", CONTENT_TYPE=kind, CONTENT_LENGTH=str(len(body)))
    application({**environ, "wsgi.input": io.BytesIO(body)}, lambda *_: None)
    assert fields[0].startswith("He said that")
    for end in (0, 20, len(body) - 1):
        with pytest.raises(UnreadablePostError):
            application({**environ, "wsgi.input": io.BytesIO(body[:end])}, lambda *_: None)
