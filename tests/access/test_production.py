"""What differs in a production: TLS and nothing but TLS, cookies bound to the host, and no word of a visitor's trusted."""

import http.client
import json
import os
import secrets
import socket
import subprocess
import sys
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.journeys.harness.servers import in_its_own_process
from tests.killed.server import dying

KEY = secrets.token_urlsafe(48)
PRODUCTION = {
    "LODESTAR_ENV": "production",
    "LODESTAR_HOSTS": "lodestar.example",
    "LODESTAR_SECRET_KEY": KEY,
    "LODESTAR_FIELD_KEYS": KEY,
    "LODESTAR_FILE_KEYS": KEY,
}
ASK = """
import json, sys
import lodestar.config.wsgi
from django.test import Client
from django.core.checks import run_checks
client = Client(SERVER_NAME="lodestar.example", raise_request_exception=False)
faults = [str(fault) for fault in run_checks(include_deployment_checks=True)]
for told in json.loads(sys.argv[1]):
    answer = client.get("/sign-in", **told)
    cookies = {name: dict(morsel) for name, morsel in answer.cookies.items()}
    print(json.dumps({"status": answer.status_code, "headers": dict(answer.headers), "cookies": cookies, "faults": faults}))
    client.cookies.clear()
"""


@pytest.fixture(scope="module")
def gathered(django_db_setup, tmp_path_factory) -> str:
    """A folder with the styles gathered, as every start of the web server gathers them."""
    folder = str(tmp_path_factory.mktemp("var"))
    command = [sys.executable, "-m", "lodestar.config.manage", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(command, env=os.environ | PRODUCTION | {"LODESTAR_VAR": folder}, check=True, timeout=60)
    return folder


TLS = {"secure": True}
PLAIN = {"secure": False}
SAID_TO_BE_TLS = {"secure": False, "headers": {"X-Forwarded-Proto": "https"}}


def asked(folder: str, *questions: dict, **settings: str) -> list[dict]:
    """What one production answers to somebody at the sign-in page who comes in these ways."""
    ours = ("LODESTAR_", "DJANGO_")  # a browser test in the same process sets one of Django's
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    environment = kept | PRODUCTION | {"LODESTAR_VAR": folder} | settings
    command = [sys.executable, "-c", ASK, json.dumps(questions)]
    found = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert found.returncode == 0, found.stderr
    return [json.loads(line) for line in found.stdout.splitlines()]


@pytest.fixture(scope="module")
def answers(gathered):
    """To whoever comes by TLS, without it, and without it saying otherwise."""
    return asked(gathered, TLS, PLAIN, SAID_TO_BE_TLS)


@pytest.fixture(scope="module")
def over_tls(answers):
    return answers[0]


def test_cookies_are_bound_to_the_host(over_tls):
    assert set(over_tls["cookies"]) == {"__Host-csrf"}
    for cookie in over_tls["cookies"].values():
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
        assert (cookie["path"], cookie["domain"]) == ("/", "")


def test_the_browser_is_told_to_come_by_tls_for_a_year(over_tls):
    assert over_tls["status"] == 200
    assert over_tls["headers"]["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"


def test_django_finds_nothing_to_say_of_it(over_tls):
    assert over_tls["faults"] == []


def test_whoever_comes_without_tls_is_sent_to_it(answers):
    assert (answers[1]["status"], answers[1]["headers"]["Location"]) == (301, "https://lodestar.example/sign-in")


def test_only_a_proxy_of_ours_says_that_somebody_came_by_tls(gathered, answers):
    (behind,) = asked(gathered, SAID_TO_BE_TLS, LODESTAR_BEHIND_PROXY="yes")
    assert (answers[2]["status"], behind["status"]) == (301, 200)


def test_the_web_server_believes_no_visitor_does_not_name_itself_and_logs_nothing_of_a_form(own_database, capfd):
    """Whoever reaches it on this machine is not a proxy for that. What it cannot read may be the end of a form whose beginning
    was refused."""
    with dying("", "warning", **PRODUCTION) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", "/sign-in", headers={"Host": "lodestar.example", "X-Forwarded-Proto": "https"})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        with socket.create_connection(("127.0.0.1", port), timeout=30) as visitor:
            visitor.sendall(b"name=Marmalade+Street&x HTTP/1.1\r\n\r\n")
            assert visitor.recv(65_536).startswith(b"HTTP/1.1 400 ")
    assert answer.status == 301
    assert answer.headers["Location"] == "https://lodestar.example/sign-in"
    assert answer.headers["Server"] is None
    assert "gunicorn" not in str(answer.headers).lower()
    told = capfd.readouterr().err
    assert "WARNING gunicorn Invalid request from ip=127.0.0.1" in told
    assert "Marmalade" not in told


def test_what_died_with_the_database_is_not_given_to_the_next_page(own_database):
    """PostgreSQL started anew: the connections kept open are dead, and nobody is to see it."""
    with in_its_own_process(**PRODUCTION, LODESTAR_BEHIND_PROXY="yes") as (address, _):
        port = urlsplit(address).port
        assert _asked_the_database(port) == 401
        with psycopg.connect(os.environ["LODESTAR_BOOTSTRAP_URL"], autocommit=True) as superuser:
            database = urlsplit(os.environ["DATABASE_URL"]).path.removeprefix("/")
            cut = "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = %s"
            assert superuser.execute(cut, [database]).fetchone()[0] > 0
        assert _asked_the_database(port) == 401


def _asked_the_database(port: int) -> int:
    """The answer to a token that nobody has."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {
        "Host": "lodestar.example",
        "X-Forwarded-Proto": "https",
        "Content-Type": "application/json",
        "Authorization": f"Bearer lodestar.fenmarch.{'0' * 32}.{'a' * 43}",
    }
    connection.request("POST", "/api/v1/assess", "{}", headers)
    status = connection.getresponse().status
    connection.close()
    return status
