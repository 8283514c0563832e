"""tests/access.toml, read; and every address that it must name."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from django.urls import URLPattern

from lodestar.platform.accounts.permissions import ROLES
from tests.access.world import NAMED, OWN, SEALED, SITUATIONS, every_url, is_of_a_case, is_of_a_thing

PATH = Path(__file__).parents[1] / "access.toml"
WORDS = {"own", "unit", "force", "named", "yes", "same"}
KINDS = ("shows", "forms", "sends")
EVERY = 4  # of so many addresses of a thing one is asked for by whoever is like somebody that asks for all of them


@dataclass(frozen=True)
class Entry:
    """What the table says of one address: how it is used, and whose things each role sees there."""

    name: str
    route: str
    pattern: URLPattern
    kind: str
    lines: dict[str, frozenset[str]]

    def situations(self) -> tuple[str, ...]:
        """The situations in which the address can be asked."""
        if not is_of_a_thing(self.route):
            return (OWN,)
        return SITUATIONS if is_of_a_case(self.route) else tuple(s for s in SITUATIONS if s not in (NAMED, SEALED))

    def sees(self, role: str, situation: str) -> bool:
        """Whether the role sees it, by the table."""
        line = self.lines.get(role, frozenset())
        return situation in line or "same" in line or ("yes" in line and situation == OWN)

    def worth_asking(self, role: str) -> tuple[str, ...]:
        """The situations to try: all of them where the role sees anything, else its own alone, which is refused at the door."""
        return self.situations() if role in self.lines else (OWN,)

    def kinds(self) -> list[list[str]]:
        """The roles, those together of whom the table says the same and who reach the same cases; those who hold no permission
        there are refused at the door, all alike. Which comes first of each goes round from address to address."""
        turn, found = crc32(self.name.encode()) % len(ROLES), {}
        for role in [*ROLES][turn:] + [*ROLES][:turn]:
            may = role in self.lines or self.pattern.callback.permission in ROLES[role].permissions
            found.setdefault((self.lines.get(role), ROLES[role].reach) if may else None, []).append(role)
        return list(found.values())

    def tries(self, whole: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Who asks in which situations. The first of a kind that the table names asks in all; the first of each other kind for
        what is their own and, by turns, in one more. Who is not the first of a kind asks for pages of no thing, of which each
        role's has other links, and by turns for their own things, unless the `whole` table is asked: that they hold the
        permission is looked up (test_table.py)."""
        of_a_thing = is_of_a_thing(self.route)
        kinds = sorted(self.kinds(), key=lambda kind: kind[0] not in self.lines)
        for turn, (first, *others) in enumerate(kinds):
            own, *rest = self.worth_asking(first)
            start = (crc32(self.name.encode()) + turn) % max(len(rest), 1)
            yield first, (own, *(rest[start : start + 1] if turn and not whole else rest))
            for role in others:
                if whole:
                    yield role, self.worth_asking(role)
                elif role in self.lines and (not of_a_thing or crc32(f"{self.name} {role}".encode()) % EVERY == 0):
                    yield role, (OWN,)


def read() -> dict[str, object]:
    return tomllib.loads(PATH.read_text())


def entries() -> list[Entry]:
    """Every entry of the table, by address. One for an address that is gone is left out here, and fails its own test."""
    known = {pattern.name: (route, pattern) for route, pattern in every_url()}
    found = []
    for row in read()["who"]:
        lines = {role: frozenset(row[role].split()) for role in ROLES if role in row}
        for kind in KINDS:
            found += [Entry(name, *known[name], kind, lines) for name in row.get(kind, []) if name in known]
    return found
