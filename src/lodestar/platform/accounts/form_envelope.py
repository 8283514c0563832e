"""What a form was sent with: whose it is, on which page it stands, and which of it somebody wrote."""

import re

from django.http import HttpRequest, QueryDict
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme

from lodestar.platform.accounts.actions import NOT_KEPT
from lodestar.platform.text.reference_lists import reference_list

LONGEST_PATH = 300  # characters of an address that can be written down

# Which part of a form is words is told by its name (`reference/form_parts.toml`): what somebody wrote may look like anything.
_NAMES = {row["code"]: frozenset(row["names"].split()) for row in reference_list("accounts", "form_parts").rows}
SECRETS = _NAMES.pop("secrets")  # asked for at the sign-in, and given back to nobody
TICKS = frozenset().union(*_NAMES.values())
NOT_WORDS = NOT_KEPT | SECRETS | TICKS
TICK = re.compile(r"[\w.:,/?=#&-]*", re.ASCII)  # what a tick, a mark or a button sends: one code or address, without a blank
TICKS_OF_A_LINE = ("_done", "_other", "_who", "_now")  # of the first hour: make_safe_done
OF_ONE = re.compile(r"^[a-z]{1,3}\d+-")  # of one of several on a form: p1-name
ID = re.compile(r"[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}(,[\da-f-]{36})*")  # of a record: a tick for somebody sends nothing else


def words_typed(typed: QueryDict) -> list[str]:
    """What somebody wrote, without the ticks, keys and marks of the form. Whatever is no code under the name of a tick was
    written in a box of that name too."""
    return [part for name in typed for part in typed.getlist(name) if part.strip() and _is_words(OF_ONE.sub("", name), part)]


def _is_words(name: str, part: str) -> bool:
    if name in NOT_KEPT | SECRETS or ID.fullmatch(part):
        return False
    return not ((name in TICKS or name.endswith(TICKS_OF_A_LINE)) and TICK.fullmatch(part))


def form_path(request: HttpRequest, sent: QueryDict | None = None) -> str:
    """The page a form stands on: quick hide posts it elsewhere."""
    return own_path((request.POST if sent is None else sent).get("form_path", "")) or request.path


def form_of(request: HttpRequest) -> str:
    """For whom, and at work for which force, the forms of this page are drawn, told to nobody: "" where no one is signed in.

    A form outlives a session. What stands in one must not be kept for whoever signs in next in the same browser, nor in
    another force where the same person is at work.
    """
    user = getattr(request, "user", None)
    if not user or not user.pk:
        return ""
    tenant = getattr(request, "session", {}).get("tenant", "")
    return salted_hmac("form_of", f"{user.pk} {tenant}", algorithm="sha256").hexdigest()[:16]


def is_anothers(request: HttpRequest, sent: QueryDict) -> bool:
    """Whether a form says that it was drawn for somebody else, or for the same person in another force."""
    return sent.get("form_of", "") not in ("", form_of(request))


def own_path(address: str) -> str:
    """The address if it is a path of Lodestar's own that can be written down, else nothing."""
    fit = address.startswith("/") and len(address) <= LONGEST_PATH and address.isprintable()
    return address if fit and url_has_allowed_host_and_scheme(address, allowed_hosts=None) else ""


def way_here(request: HttpRequest) -> str:
    """The address that was asked for, with what was asked of it: the way back after signing in."""
    return own_path(request.get_full_path()) or own_path(request.path) or "/"
