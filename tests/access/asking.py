"""Asking for a page as somebody, and what the answer gives away."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import resolve

from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from tests.access.world import World
from tests.factories.signed_in import form

ONE_TIME = re.compile(r'(name="(?:csrfmiddlewaretoken|submission_key)" value=")[^"]*')

LEADS = re.compile(r'<a [^>]*href="(/[^"#?]*)')


@dataclass(frozen=True)
class Answer:
    """What somebody gets to see of an address: all of it that may differ between two things."""

    status: int
    body: str
    headers: tuple[tuple[str, str], ...]
    queries: int
    location: str
    leads: frozenset[str] = field(default=frozenset(), compare=False)  # the addresses that the page leads to

    @property
    def is_nothing(self) -> bool:
        return self.status == 404


def leads_nowhere(answer: Answer, member: Member) -> list[str]:
    """The addresses that a page leads to and that the member has no permission for: they would find nothing there."""
    asked = {address: allowed_at(address) for address in sorted(answer.leads)}
    return [address for address, allowed in asked.items() if allowed and not any(map(member.may, allowed))]


@cache  # the bar of every page leads to the same places, and to find one of them takes as long as a small page
def allowed_at(address: str) -> tuple[Permission, ...]:
    """Of what whoever asks for this address holds one. Raises Resolver404 where no page has it."""
    found: tuple[Permission, ...] = getattr(resolve(address).func, "allowed", ())
    return found


def browser(world: World, role: str) -> Client:
    """A browser in which the world's member of this role is at work. Faults of the server fail the test."""
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[role]
    return client


def ask(client: Client, address: str, where: Mapping[str, Any], *, post: bool = False) -> Answer:
    """The answer, with the parts of the address that were asked for taken out of it."""
    asked: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        response = client.post(address, form()) if post else client.get(address)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    text = ONE_TIME.sub(r"\1", body.decode(errors="replace"))
    for name, value in where.items():
        if len(str(value or "")) > 1:  # a letter or a figure stands in every word and id
            text = text.replace(str(value), f"<{name}>")
    leads = frozenset(LEADS.findall(body.decode(errors="replace")))
    kept = tuple(sorted((name, value) for name, value in response.headers.items() if name != "Content-Length"))
    return Answer(response.status_code, text, kept, len(asked), response.headers.get("Location", ""), leads)
