"""tests/access.toml, read; and every address that it must name."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from django.urls import URLPattern

from lodestar.accounts.permissions import ROLES
from tests.access.world import NAMED, OWN, SEALED, SITUATIONS, every_url, is_of_a_case, is_of_a_thing

PATH = Path(__file__).parents[1] / "access.toml"
WORDS = {"own", "unit", "force", "named", "yes", "same"}
KINDS = ("shows", "forms", "sends")


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
