"""What a form was sent with: whose it is, on which page it stands, and which of it somebody wrote."""

import re

from django.http import HttpRequest, QueryDict
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme

from lodestar.platform.accounts.actions import NOT_KEPT

LONGEST_PATH = 300  # characters of an address that can be written down

# Which part of a form is words is told by its name: what somebody wrote may look like anything, a date in eight figures too.
SECRETS = frozenset({"password", "code", "secret", "t"})  # asked for at the sign-in, and given back to nobody
MARKS = frozenset({"version", "seen", "shown", "looked_at", "rests_on", "offered", "was", "back"})  # what was before them
ABOUT = frozenset({"case", "record", "referral"})  # of whom or what it is
BUTTONS = frozenset({
    "add", "as", "change", "do", "end", "find", "forget", "hand", "keep", "next", "now", "remove", "see_alone", "side", "stop",
    "take", "take_back", "unwanted", "wanted", "withdraw",
})  # fmt: skip
CHOSEN = frozenset({
    "about", "age", "age_basis", "agreed", "agreed_how", "agreed_who", "alive", "alone", "also", "another", "answers",
    "approved", "as_agreed", "as_it_happened", "assessment", "avoid_kind", "bank_holidays", "basis", "before", "belief",
    "belongs", "both_ways", "british", "came", "capacity", "care_and_support_needs", "carried", "cases", "channel",
    "checked", "child", "classification", "confirmed", "contact", "controller", "custody", "danger", "days", "debt",
    "decision", "diplomat", "direction", "does", "domain", "dtn_was_sent", "earlier", "exploitation", "form",
    "found_after_missing", "gaps", "ground", "handling", "happened", "helpers", "identity_checked", "interpreter",
    "is_another", "is_checked", "is_sent", "is_victim_services", "items", "kept", "kept_for", "kind", "known_officer",
    "leaflet", "let_go_for", "like", "line", "links_abroad", "may", "met", "met_other", "mobility", "names_meant", "nation",
    "need", "needs", "new_evidence", "notice", "nrm", "offence", "organised", "organised_group", "origin", "outcome",
    "owners", "parent", "part", "parts", "people_out_of_force", "person", "pick", "place", "police", "post", "purpose",
    "purposes", "rank", "reasons", "override", "record_how", "record_outcome", "recorded_for", "recourse", "replaces",
    "roles", "route", "row", "same_events", "same_number", "sex", "skill", "sort", "stage", "stale", "status", "step",
    "step_free", "still_in_situation", "successor", "supervised_by", "support", "they_came", "threats", "ticked", "to",
    "told", "type", "unit", "unsuitable", "unsuitable_why", "use", "used_for", "verdict", "viewers", "voicemail", "way",
    "why_kind", "withheld", "worker", "adds_to", "covered", "distressing", "facts", "rows", "is_relevant", "is_sensitive",
    "request", "done_how", "feels", "plan", "rhythm", "plea", "task", "code", "condition", "crime", "informed_how",
    "order_kind", "protects", "scope", "victim_informed",
})  # fmt: skip
TICKS = MARKS | ABOUT | BUTTONS | CHOSEN
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
