"""What every answer carries and what every request may ask, whoever sends it: pages, refusals, faults and redirects."""

import re
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client

from tests.access.world import every_url, filled, parts_of
from tests.factories.accounts import a_member
from tests.factories.every import tenant_models
from tests.factories.signed_in import form, signed_in
from tests.offenders import each

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "media-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "object-src": "'none'",
}
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}
ODD = ["%00", "..%2f..%2fetc%2fpasswd", "%0d%0aSet-Cookie:%20a=b", "%ff%fe", "'%20or%201=1--", "x" * 2000, "9" * 20, "%25s"]


@pytest.fixture
def at_work(fenmarch):
    return signed_in(Client(raise_request_exception=False), a_member("coordinator"))


def fault(client, monkeypatch):
    """A page that falls over."""
    from lodestar.web.views import work

    monkeypatch.setattr(work, "render", lambda *a, **k: 1 / 0)
    return client.get("/my-work")


ANSWERS = {
    "a page": (200, lambda c, m: c.get("/my-work")),
    "a page without sign-in": (200, lambda c, m: Client().get("/ring")),
    "the sign-in": (200, lambda c, m: Client().get("/sign-in")),
    "a redirect": (302, lambda c, m: c.get("/")),
    "a redirect to sign-in": (302, lambda c, m: Client().get("/my-work")),
    "nothing here": (404, lambda c, m: c.get("/cases/FM-26-9999")),
    "no such address": (404, lambda c, m: c.get("/no/such/page")),
    "a refused form": (422, lambda c, m: c.post("/wrong", form(wrong=""))),
    "a fault": (500, fault),
    "a form of another site": (403, lambda c, m: Client(enforce_csrf_checks=True).post("/sign-in", {})),
    "another host": (400, lambda c, m: c.get("/my-work", headers={"Host": "elsewhere.example"})),
    "an address that only takes forms": (404, lambda c, m: c.get("/rules/record_crime/wrong")),
    "signing out by an address": (404, lambda c, m: c.get("/sign-out")),
    "another method": (405, lambda c, m: c.put("/my-work")),
    "signing out": (302, lambda c, m: c.post("/sign-out")),
    "the clock": (200, lambda c, m: c.get("/clock")),
    "the api": (401, lambda c, m: c.post("/api/v1/assess", "{}", content_type="application/json")),
}


@each("what", ANSWERS)
def test_every_answer_is_kept_nowhere_and_runs_nothing(at_work, monkeypatch, what):
    status, ask = ANSWERS[what]
    response = ask(at_work, monkeypatch)
    assert response.status_code == status
    for name, value in HEADERS.items():
        assert response.headers.get(name) == value, name
    policy = dict(part.split(" ", 1) for part in response.headers["Content-Security-Policy"].split("; "))
    assert {name: policy.get(name) for name in POLICY} == POLICY
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert "Server" not in response.headers
    assert "X-Powered-By" not in response.headers
    for morsel in (morsel for morsel in response.cookies.values() if morsel.value):
        assert morsel["samesite"] == "Lax"
        assert morsel["httponly"]
        assert morsel["path"] == "/"
        assert not morsel["domain"]


@each("what", [what for what, (status, _) in ANSWERS.items() if status in (200, 400, 403, 404, 422, 500)])
def test_every_page_is_marked_and_runs_no_script_of_its_own(at_work, monkeypatch, what):
    response = ANSWERS[what][1](at_work, monkeypatch)
    page = response.content.decode()
    if what == "the clock":
        assert "OFFICIAL" not in page
    else:
        assert "OFFICIAL" in page
        assert "/ring" in page or what == "a page without sign-in"
    assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|<style|\son[a-z]+=", page)
    at_work_still = ("a page", "nothing here", "no such address", "an address that only takes forms", "signing out by an address")
    assert ("lode-hide" in page) == (what in (*at_work_still, "a refused form", "a fault"))
    assert "Traceback" not in page


# --- what is let in ----------------------------------------------------------------------------------------------------


@each("host", ["elsewhere.example", "testserver.elsewhere.example", "testserver@elsewhere.example", "a b", "[", ""])
def test_another_host_is_refused(db, host):
    response = Client().get("/sign-in", headers={"Host": host})
    assert response.status_code == 400


@each("header", ["X-Forwarded-Host", "X-Host", "X-Original-URL", "X-Rewrite-URL", "Forwarded", "X-HTTP-Method-Override"])
def test_what_a_visitor_says_of_hosts_and_addresses_counts_for_nothing(db, header):
    plain, told = Client().get("/my-work"), Client().get("/my-work", headers={header: "elsewhere.example"})
    assert told["Location"] == plain["Location"] == "/sign-in?next=/my-work"


def test_a_visitor_does_not_say_that_they_came_by_tls(rf, settings):
    assert not rf.get("/", headers={"X-Forwarded-Proto": "https"}).is_secure()


@each("method", ["TRACE", "OPTIONS", "PUT", "DELETE", "PATCH", "CONNECT", "PROPFIND", "GETT"])
@each("path", ["/", "/sign-in", "/my-work", "/ring", "/hide", "/no/such/page", "/api/v1/assess"])
def test_other_methods_do_nothing_and_echo_nothing(db, method, path):
    response = Client().generic(method, path, "secret words", headers={"X-Secret": "echo"})
    assert response.status_code == 405
    assert b"secret" not in response.content
    assert b"echo" not in response.content


@each("path", ["/sign-in", "/wrong", "/hide"])
def test_a_huge_form_is_answered_in_words(at_work, path):
    response = at_work.post(path, {"wrong": "x" * 4_100_000, "submission_key": "x"})
    if path == "/hide":
        assert response["Location"] == "/clock"
    else:
        assert response.status_code == 413
        assert "too long to save" in response.content.decode()


def test_a_form_of_too_many_parts_is_answered_in_words(at_work):
    response = at_work.post("/wrong", form(**{f"x{n}": "1" for n in range(2_100)}))
    assert response.status_code == 413


@each("body", [b"--x\r\nnonsense", b"", b"\x00" * 50])
def test_a_broken_upload_is_answered_in_words(at_work, body):
    response = at_work.generic("POST", "/wrong", body, content_type="multipart/form-data; boundary=x")
    assert response.status_code in (400, 404)


def test_a_request_larger_than_any_is_refused_before_it_is_read(at_work):
    response = at_work.post("/wrong", form(wrong="x"), headers={"Content-Length": "999999999"})
    assert response.status_code == 413


WHOLE = pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.long)])


def by_turns(rows, row, whole):
    """Every address, or those whose turn it is: each row of a table meets some addresses, and each address one row."""
    return [url for number, url in enumerate(every_url()) if whole or number % len(rows) == rows.index(row)]


@WHOLE
@each("odd", ODD)
def test_no_address_is_a_fault(at_work, odd, whole):
    for route, _ in by_turns(ODD, odd, whole):
        for part in parts_of(route):
            where = {
                name: "FM-26-0001" if name == "reference" else "01a20f00-0000-7000-8000-000000000001" for name in parts_of(route)
            }
            path = filled(route, where | {part: odd})
            assert at_work.get(path).status_code < 500, path
            assert odd != ODD[0] or at_work.post(path, form()).status_code < 500, path


QUESTIONS = ["x%00", "%ff", "1'", "-1", "99999999999999999999999", "a.b.c", "2026-02-30"]


@WHOLE
@each("odd", QUESTIONS)
def test_no_question_in_an_address_is_a_fault(at_work, odd, whole):
    names = ("after", "next", "open", "find", "unit", "draft", "q", "page", "new", "on", "z")
    query = "&".join(f"{name}={odd}" for name in names)
    for route, entry in by_turns(QUESTIONS, odd, whole):
        if not parts_of(route) and entry.callback.permission is not None:
            assert at_work.get(f"{route}?{query}").status_code < 500, route


def test_no_character_in_a_form_is_a_fault(at_work):
    for words in ("a\x00b", "\ud800", "\u202eabc", "\r\n\r\n", "x" * 5000, "😀" * 300):
        sent = form(wrong=words.encode("utf-8", "surrogatepass"), page=words.encode("utf-8", "surrogatepass"))
        assert at_work.post("/wrong", sent).status_code < 500, repr(words[:10])


@each("path", ["/emergency/{}", "/rules/{}/wrong", "/cases/{}/do-now"])
def test_what_is_typed_at_an_address_that_is_too_long_is_no_fault(at_work, path):
    """A draft remembers where it was typed; no address of Lodestar is so long."""
    assert at_work.post(path.format("x" * 400), form(reason="words", wrong="words", said="words")).status_code == 404


@each("charset", ["zlib", "rot13", "idna", "undefined", "unicode_escape", "utf-16", "no-such"])
def test_whatever_a_visitor_says_of_its_letters_a_form_is_read_as_utf8(at_work, charset):
    typed = b"".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in form(wrong="\\x00 caf\u00e9 \\ud800").items()
    )
    kind = f"multipart/form-data; boundary=x; charset={charset}"
    assert at_work.generic("POST", "/wrong", typed + b"--x--\r\n", content_type=kind).status_code == 302
    assert "\\x00 caf\u00e9 \\ud800" in at_work.get("/wrong").content.decode()
    told = at_work.generic("GET", "/my-work?after=%5Cx00", content_type=f"text/plain; charset={charset}")
    assert told.status_code == 200


ELSEWHERE = ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", "/%09/elsewhere.example"]


@WHOLE
@each("address", ELSEWHERE)
def test_no_address_leads_elsewhere(at_work, address, whole):
    for route, entry in by_turns(ELSEWHERE, address, whole):
        if not parts_of(route) and entry.callback.permission is not None:
            query = "&".join(f"{name}={quote(address)}" for name in ("next", "back", "to", "return", "after"))
            location = at_work.get(f"{route}?{query}").headers.get("Location", "")
            assert not re.match(r"https?:|//|/\\", location), route
    stranger = Client().get(f"/{address}")
    assert not re.match(r"https?:|//|/\\", stranger.headers.get("Location", ""))


# --- forms of other sites ----------------------------------------------------------------------------------------------


def test_every_form_of_another_site_is_refused(fenmarch):
    client = signed_in(Client(enforce_csrf_checks=True), a_member("coordinator"))
    for route, entry in every_url():
        if getattr(entry.callback, "token_permission", None):
            continue
        where = {
            name: "FM-26-0001" if name == "reference" else "01a20f00-0000-7000-8000-000000000001" for name in parts_of(route)
        }
        response = client.post(
            filled(route, where | {"group": "labour", "code": "x", "key": "x", "number": 1, "letter": "A"}), form()
        )
        refused = {"hide": 302, "api-document": 405}.get(entry.name, 403)  # hiding hides, whoever asks; the other takes no form
        assert response.status_code == refused, route


def rows():
    """How many rows of each table there are, and a hash of them, but for the log of looks."""
    found = {}
    with connection.cursor() as cursor:
        for model in tenant_models():
            name = model._meta.db_table
            looks = " where operation <> 'consultation'" if name == "audit_event" else ""
            cursor.execute(f"select count(*), md5(string_agg(t::text, '' order by t::text)) from \"{name}\" t{looks}")
            found[name] = cursor.fetchone()
    return found


def test_asking_for_pages_changes_nothing(at_work):
    before = rows()
    for route, entry in every_url():
        if not parts_of(route) and entry.name not in ("hide", "sign-out"):
            at_work.get(route)
            at_work.head(route)
    assert rows() == before
