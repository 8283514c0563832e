"""What forbids serving pages through the database connection we were given. Asked once, before the first page."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

# What is asked of the database, each by its name.
_QUERIES = dict(part.split("\n", 1) for part in Path(__file__).with_suffix(".sql").read_text().split("-- ")[1:])
_ATTRIBUTES = ("is a superuser", "bypasses row security", "may make roles", "may make databases", "may replicate")


def faults() -> list[str]:
    """Why no page may be served through this connection, in words; empty when it may. Raises DatabaseError."""
    with connection.cursor() as cursor:
        query = _QUERIES["role"]
        cursor.execute(query)
        role, *attributes = cursor.fetchone()
        problems = [f"{role} {words}" for words, has_attribute in zip(_ATTRIBUTES, attributes, strict=True) if has_attribute]
        if attributes[0]:
            return problems  # a superuser is a member of everything and owns what it likes
        queries = (_QUERIES[name] for name in ("greater", "owned", "open", "who_signs_in"))
        greater, owned, without, says_who = (_first_value(cursor, query) for query in queries)
        if greater:
            problems.append(f"{role} can become {greater}")
        if owned:
            problems.append(f"{role} owns {owned} of the tables")
        if without:
            problems.append(f"the wall between forces is down at {without}")
        if says_who:
            problems.append(f"{role} may say who signs in (it writes to {says_who})")
        if settings.PRODUCTION and _first_value(cursor, "select count(*) from tenancy_tenant where made_by_demo"):
            problems.append("the database holds the invented force of the demo")
    return problems


def _first_value(cursor: Any, query: str) -> Any:
    cursor.execute(query)
    return cursor.fetchone()[0]


def unknown_forces() -> list[str]:
    """Forces with a sign-in of their own that are none here."""
    if not settings.FORCE_SIGN_IN:
        return []
    with connection.cursor() as cursor:
        cursor.execute("select slug from tenancy_tenant")
        here = {slug for (slug,) in cursor.fetchall()}
    return [force for force in settings.FORCE_SIGN_IN if force not in here]


def refuse_unfit() -> None:
    """Stops the start when pages must not be served through this connection. Raises ImproperlyConfigured."""
    try:
        problems, unknown = faults(), unknown_forces()
    except DatabaseError as error:
        words = str(error).strip().splitlines()[0]
        raise ImproperlyConfigured(f"The database does not answer as it should: {words}. Is it migrated?") from None
    finally:
        connection.close()
    if unknown:
        raise ImproperlyConfigured(
            f"LODESTAR_OIDC_FORCES names {', '.join(unknown)}, and no force here is called that:"
            " ./lodestar admin create NAME --force SLUG makes one."
        )
    if problems:
        raise ImproperlyConfigured(
            f"DATABASE_URL must not be used to serve pages: {'; '.join(problems)}."
            " Use the role lodestar_app as ./lodestar db roles makes it."
        )
