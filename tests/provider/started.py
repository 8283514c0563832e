"""Starts the provider of the tests, and is a browser in front of it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from lodestar.platform.accounts.force_sign_in import Provider

ROOT = Path(__file__).resolve().parents[2]
SECRET = "of the tests"
BACK = "http://testserver/sign-in/force/fenmarch/back"
OUT = "http://testserver/sign-in"
MFA = {"amr": ["pwd", "mfa"]}
ANNA = {"preferred_username": "Anna.Brandreth@force.example"}


def person(odd: dict[str, Any] | None = None, **claims: Any) -> dict[str, Any]:
    """Somebody whom the provider calls Anna and who gave a second proof, unless said otherwise."""
    return {"claims": {**ANNA, **MFA, **claims}, "odd": odd or {}}


PEOPLE = {
    "anna": person(),
    "namesake": person(),  # another subject, given the same name
    "without": person(amr=["pwd"]),
    "stranger": person(preferred_username="nobody.known@force.example"),
    "wrong_audience": person({"aud": "another"}),
    "two_audiences": person({"aud": ["lodestar", "another"]}),
    "wrong_issuer": person({"iss": "http://127.0.0.1:9/o"}),
    "wrong_nonce": person({"nonce": "of another sign-in"}),
    "expired": person({"exp": 1_700_000_000}),
    "long_ago": person({"auth_time": 1_700_000_000}),
    "mail": person(email="anna.brandreth@force.example", email_verified=True, preferred_username="x"),
    "unproven_mail": person(email="anna.brandreth@force.example", email_verified=False, preferred_username="x"),
}


@contextmanager
def started(back: Sequence[str] = (BACK,), out: Sequence[str] = (OUT,)) -> Iterator[str]:
    """The address of a provider in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.provider.served"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    told = {"people": PEOPLE, "secret": SECRET, "back": list(back), "out": list(out)}
    try:
        process.stdin.write(json.dumps(told) + "\n")
        process.stdin.flush()
        yield process.stdout.readline().strip()
    finally:
        process.stdin.close()
        process.wait(timeout=10)
        process.stdout.close()


def provider_at(address: str, **more: Any) -> Provider:
    """What Lodestar's settings would say of it."""
    told = {"second_factor": frozenset({"amr:mfa"}), "plain": True} | more
    return Provider("fenmarch", f"{address}/o", "lodestar", SECRET, **told)


def goes_through(question: str, who: str) -> str:
    """Follows a question to the provider, says there who it is, and returns the address that the browser is sent back to."""
    with requests.Session() as browser:
        answer = browser.get(question, allow_redirects=False, timeout=10)
        for _ in range(4):
            where = answer.headers["Location"]
            if where.startswith("/"):
                where = question.split("/o/")[0] + where
            if "/who?" in where:
                answer = browser.post(where, {"who": who}, allow_redirects=False, timeout=10)
            elif where.startswith(question.split("/o/")[0]):
                answer = browser.get(where, allow_redirects=False, timeout=10)
            else:
                return where
    raise AssertionError(f"the provider leads nowhere: {answer.status_code} {answer.text[:300]}")
