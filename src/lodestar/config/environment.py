"""Reads the environment loudly: a value that cannot be read stops the start with a sentence that says what to write."""

import os
import re
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

from lodestar.platform.accounts.force_sign_in import Provider

DEMO_KEY = "demo-only-never-in-production"
SHORTEST_KEY = 32  # characters
OIDC = "LODESTAR_OIDC_"
OIDC_MUST = ("ISSUER", "CLIENT", "SECRET")
OIDC_MAY = ("NAMED_BY", "SECOND_FACTOR")


def choice(name: str, options: tuple[str, ...], default: str) -> str:
    """The value of `name`, one of `options`."""
    value = os.environ.get(name, default)
    if value not in options:
        raise ImproperlyConfigured(f"{name} is {value!r}: write one of {', '.join(options)}.")
    return value


def secret(name: str, *, production: bool) -> str:
    """The secret `name`; outside production a fixed one stands in, in production its absence stops the start.

    A key of the demo, or one short enough to guess, is as good as none there.
    """
    value = os.environ.get(name, "")
    if not production:
        return value or DEMO_KEY
    if not value:
        raise ImproperlyConfigured(f"{name} is not set: run ./lodestar secrets and keep what it prints.")
    if DEMO_KEY in value or any(0 < len(part.strip()) < SHORTEST_KEY for part in value.split(",")):
        raise ImproperlyConfigured(f"{name} can be guessed: run ./lodestar secrets and keep what it prints.")
    return value


def percent(name: str, default: int) -> int:
    """A whole number from 1 to 99."""
    text = os.environ.get(name, "") or str(default)
    if not re.fullmatch(r"[1-9][0-9]?", text):
        raise ImproperlyConfigured(f"{name} is {text!r}: write a whole number from 1 to 99.")
    return int(text)


def names(name: str, default: str) -> list[str]:
    """A comma-separated list."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def hosts(name: str, *, production: bool) -> list[str]:
    """The names that Lodestar answers to. A production names them one by one."""
    host_names = names(name, "" if production else "localhost,127.0.0.1,testserver")
    if production and (not host_names or any(host.startswith((".", "*")) for host in host_names)):
        raise ImproperlyConfigured(f"{name} is {','.join(host_names)!r}: write the names that it is served under, without *.")
    return host_names


def force_sign_ins(*, production: bool) -> dict[str, Provider]:
    """The identity providers of the forces that have one, by force. Half of one stops the start."""
    forces = names(f"{OIDC}FORCES", "")
    providers, known_names = {}, {f"{OIDC}FORCES"}
    for force in forces:
        before = OIDC + force.upper().replace("-", "_") + "_"
        known_names |= {before + part for part in (*OIDC_MUST, *OIDC_MAY)}
        providers[force] = _force_sign_in(force, before, production=production)
    stray = sorted(name for name in os.environ if name.startswith(OIDC) and name not in known_names)
    if stray:
        raise ImproperlyConfigured(f"{stray[0]} belongs to no force of {OIDC}FORCES: name the force there, or take it out.")
    return providers


def _force_sign_in(force: str, before: str, *, production: bool) -> Provider:
    if not re.fullmatch(r"[a-z0-9-]+", force):
        raise ImproperlyConfigured(f"{OIDC}FORCES names {force!r}: write the short names of forces, with commas between.")
    missing = [before + part for part in OIDC_MUST if not os.environ.get(before + part, "").strip()]
    if missing:
        raise ImproperlyConfigured(f"{', '.join(missing)} must be set too: half of a sign-in lets nobody of {force} in.")
    issuer, client, secret = (os.environ[before + part].strip() for part in OIDC_MUST)
    parts = urlsplit(issuer)
    is_safe = parts.scheme in (("https",) if production else ("https", "http"))
    if not is_safe or not parts.hostname or parts.query or parts.fragment:
        raise ImproperlyConfigured(f"{before}ISSUER is {issuer!r}: write the https address by which the provider calls itself.")
    marks = names(f"{before}SECOND_FACTOR", "")
    if any(not re.fullmatch(r"(amr|acr):\S+", mark) for mark in marks):
        raise ImproperlyConfigured(
            f"{before}SECOND_FACTOR is {','.join(marks)!r}: write what tells a second proof, like amr:mfa, with commas between."
        )
    named_by = os.environ.get(f"{before}NAMED_BY", "").strip() or "preferred_username"
    return Provider(force, issuer, client, secret, named_by, frozenset(marks), plain=not production)


def address(name: str, *, production: bool) -> str:
    """The libpq address in `name`; a production has no other."""
    if production and not os.environ.get(name):
        raise ImproperlyConfigured(f"{name} is not set: write postgresql://user:password@host/name.")
    return os.environ.get(name, "")


def database(url: str, *, pooled: bool) -> dict[str, Any]:
    """Django's description of the database at a libpq `url`."""
    try:
        parts = conninfo_to_dict(url)
    except Exception as error:
        raise ImproperlyConfigured(
            f"DATABASE_URL cannot be read: {str(error).strip()}. Write postgresql://user:password@host/name."
        ) from None
    apart = {"host", "port", "user", "password", "dbname"}
    options: dict[str, Any] = {key: value for key, value in parts.items() if key not in apart}
    options["options"] = "-c lock_timeout=5000 -c timezone=UTC -c statement_timeout=60000"
    if pooled:
        # Three seconds, not more: while the database is away each page waits so long for it, and nobody for the others.
        # A try to come back to it is not put off for longer and longer, so that it is found as soon as it is there.
        options["pool"] = {"min_size": 1, "max_size": 10, "timeout": 3, "reconnect_timeout": 3}
        options.setdefault("connect_timeout", 3)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname", "lodestar"),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": str(parts.get("port", "")),
        "CONN_HEALTH_CHECKS": pooled,  # a connection that died with the database is not given to the next page
        "OPTIONS": options,
        "TEST": {"NAME": parts.get("dbname", "lodestar")},
    }
