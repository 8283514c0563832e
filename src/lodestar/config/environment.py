"""Reads the environment loudly: a value that cannot be read stops the start with a sentence that says what to write."""

import os
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

DEMO_KEY = "demo-only-never-in-production"
SHORTEST_KEY = 32  # characters


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


def names(name: str, default: str) -> list[str]:
    """A comma-separated list."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def hosts(name: str, *, production: bool) -> list[str]:
    """The names that Lodestar answers to. A production names them one by one."""
    found = names(name, "" if production else "localhost,127.0.0.1,testserver")
    if production and (not found or any(host.startswith((".", "*")) for host in found)):
        raise ImproperlyConfigured(
            f"{name} is {','.join(found)!r}: write the names that it is served under, without *."
        )
    return found


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
    options: dict[str, Any] = {
        key: value for key, value in parts.items() if key not in {"host", "port", "user", "password", "dbname"}
    }
    options["options"] = "-c lock_timeout=5000 -c timezone=UTC -c statement_timeout=60000"
    if pooled:
        # Three seconds, not more: while the database is away each page waits so long for it, and nobody for the others.
        # A try to come back to it is not put off for longer and longer, so that it is found as soon as it is there.
        options["pool"] = {"min_size": 1, "max_size": 10, "timeout": 3, "reconnect_timeout": 3}
        options.setdefault("connect_timeout", 3)
    return {
        "ENGINE": "lodestar.config.postgresql",
        "NAME": parts.get("dbname", "lodestar"),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": str(parts.get("port", "")),
        "CONN_HEALTH_CHECKS": pooled,  # a connection that died with the database is not given to the next page
        "OPTIONS": options,
        "TEST": {"NAME": parts.get("dbname", "lodestar")},
    }
