"""What differs in a production: TLS and nothing but TLS, cookies bound to the host, and no word of a visitor's trusted."""

import http.client
import json
import os
import secrets
import subprocess
import sys

import pytest

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
told = json.loads(sys.argv[1])
answer = client.get("/sign-in", secure=told["secure"], headers=told["headers"])
cookies = {name: dict(morsel) for name, morsel in answer.cookies.items()}
faults = [str(fault) for fault in run_checks(include_deployment_checks=True)]
print(json.dumps({"status": answer.status_code, "headers": dict(answer.headers), "cookies": cookies, "faults": faults}))
"""


@pytest.fixture(scope="module")
def gathered(django_db_setup, tmp_path_factory) -> str:
    """A folder with the styles gathered, as every start of the web server gathers them."""
    folder = str(tmp_path_factory.mktemp("var"))
    command = [sys.executable, "-m", "lodestar.config.manage", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(command, env=os.environ | PRODUCTION | {"LODESTAR_VAR": folder}, check=True, timeout=60)
    return folder


def asked(folder: str, secure: bool = True, headers: dict[str, str] | None = None, **settings: str) -> dict:
    """What a production answers to somebody at the sign-in page."""
    ours = ("LODESTAR_", "DJANGO_")  # a browser test in the same process sets one of Django's
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    environment = kept | PRODUCTION | {"LODESTAR_VAR": folder} | settings
    told = json.dumps({"secure": secure, "headers": headers or {}})
    found = subprocess.run(
        [sys.executable, "-c", ASK, told], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert found.returncode == 0, found.stderr
    return json.loads(found.stdout)


@pytest.fixture(scope="module")
def over_tls(gathered):
    return asked(gathered)


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


def test_whoever_comes_without_tls_is_sent_to_it(gathered):
    answer = asked(gathered, secure=False)
    assert (answer["status"], answer["headers"]["Location"]) == (301, "https://lodestar.example/sign-in")


@pytest.mark.parametrize(("behind", "status"), [("no", 301), ("yes", 200)])
def test_only_a_proxy_of_ours_says_that_somebody_came_by_tls(gathered, behind, status):
    answer = asked(gathered, secure=False, headers={"X-Forwarded-Proto": "https"}, LODESTAR_BEHIND_PROXY=behind)
    assert answer["status"] == status


def test_the_web_server_believes_no_visitor_either(own_database):
    """Whoever reaches it on this machine is not a proxy for that."""
    with dying("", **PRODUCTION) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", "/sign-in", headers={"Host": "lodestar.example", "X-Forwarded-Proto": "https"})
        answer = connection.getresponse()
        answer.read()
        connection.close()
    assert answer.status == 301
    assert answer.headers["Location"] == "https://lodestar.example/sign-in"
