"""Wrong sign-ins, counted in three ways: by name and address together, by name over all addresses, by address over all names.

Whoever signed in from an address before is known there, and is held back by the first count alone: guessing somebody's password
from a thousand places, or a thousand names from one, keeps nobody from their own desk (docs/adr/0027).
"""

import logging
from datetime import timedelta
from ipaddress import IPv6Address, ip_address
from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.db import IntegrityError
from django.db.models import F, Q, Sum
from django.http import HttpRequest
from django.utils import timezone

from lodestar.platform.accounts.access import address_of, name_counted

BY_NAME = 20  # wrong tries with one name from all addresses where its person is not known, in AXES_COOLOFF_TIME
BY_ADDRESS = 60  # and from one address with all names: more than a station mistypes in five minutes
KNOWN_WHEN_CROWDED = 3  # what somebody known at such an address may still get wrong, out of ten
KNOWN_FOR = timedelta(days=90)
_LOG = logging.getLogger(__name__)


def counted_at(request: HttpRequest) -> str:
    """The address under which tries are counted. Of the newer kind (IPv6) it is the network: each has as many addresses as
    its holder cares to use. What a proxy says that is no address counts as the proxy's own."""
    for address_text in (address_of(request), str(request.META.get("REMOTE_ADDR") or "")):
        try:
            address = ip_address(address_text.strip("[]"))
        except ValueError:
            continue
        if isinstance(address, IPv6Address):
            return str(address.ipv4_mapped or IPv6Address(int(address) >> 64 << 64))
        return str(address)
    return "::"  # nobody's: a socket without addresses


class CountedThreeWays(AxesDatabaseHandler):
    """What django-axes counts, and the two counts that need to know who is at home where."""

    def user_login_failed(self, sender: Any, credentials: Any, request: HttpRequest | None = None, **more: Any) -> None:
        """Counts a wrong sign-in. Where a right one removed the count between two of these statements, it is begun anew."""
        try:
            super().user_login_failed(sender, credentials, request, **more)
        except (AccessAttempt.DoesNotExist, IntegrityError):
            super().user_login_failed(sender, credentials, request, **more)

    def get_failures(self, request: HttpRequest, credentials: Any = None) -> int:
        """How many of the ten wrong tries are used up: all of them where another count is full."""
        name, address = name_counted(request, credentials), counted_at(request)
        own: int = super().get_failures(request, credentials)
        recent = AccessAttempt.objects.filter(attempt_time__gte=get_cool_off_threshold(request))
        sums = recent.filter(Q(username=name) | Q(ip_address=address)).aggregate(
            of_name=Sum("failures_since_start", filter=Q(username=name), default=0),
            at_address=Sum("failures_since_start", filter=Q(ip_address=address), default=0),
        )
        by_name, by_address = sums["of_name"] >= BY_NAME, sums["at_address"] >= BY_ADDRESS
        if not by_name and not by_address:
            return own
        limit: int = settings.AXES_FAILURE_LIMIT
        since = get_cool_off_threshold(request) - KNOWN_FOR
        if AccessLog.objects.filter(username=name, ip_address=address, attempt_time__gte=since).exists():  # known there
            return limit if by_address and own >= KNOWN_WHEN_CROWDED else own
        _LOG.warning("wrong sign-ins: %s", "many with one name" if by_name else f"many from {address}")
        return limit


def has_guessed_enough(request: HttpRequest, what: str) -> bool:
    """Whether as many wrong guesses at `what` came from this address as wrong sign-ins would stop it."""
    tries = AccessAttempt.objects.filter(username=what, ip_address=counted_at(request))
    recent = tries.filter(attempt_time__gte=timezone.now() - settings.AXES_COOLOFF_TIME)
    return bool(recent.aggregate(tries=Sum("failures_since_start", default=0))["tries"] >= settings.AXES_FAILURE_LIMIT)


def count_guess(request: HttpRequest, what: str) -> None:
    """Counts a wrong guess at `what`, among the wrong sign-ins of this address. What was guessed is kept nowhere."""
    now = timezone.now()
    mine = AccessAttempt.objects.filter(username=what, ip_address=counted_at(request))
    mine.filter(attempt_time__lt=now - settings.AXES_COOLOFF_TIME).delete()
    mine.get_or_create(username=what, ip_address=counted_at(request), user_agent="", defaults={"failures_since_start": 0})
    mine.update(failures_since_start=F("failures_since_start") + 1, attempt_time=now)
