"""A table of people to be added: each row read against the template, as a request would say it, or refused with the reason."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from lodestar.platform.accounts.models import Membership, Unit, User
from lodestar.platform.accounts.permissions import ROLES
from lodestar.platform.staff.actions.changes import USERNAME
from lodestar.platform.staff.queries import usernames_asked_for
from lodestar.platform.staff.rules import ranks, skills
from lodestar.platform.tables.rules import template_of
from lodestar.platform.tables.template_rows import LookedAt, look_at, template_rows
from lodestar.platform.tables.values import Unreadable, read_day

KIND = "staff"
LONGEST = {"username": 80, "name": 120, "email": 254, "phone": 30, "collar_number": 20}


def read_people(content: bytes, units: Sequence[Unit], today: date) -> LookedAt:
    """What a table of people holds. Raises NotRead for one that cannot be read as a whole. Reads the database and writes
    nothing."""
    here = set(User.objects.filter(memberships__isnull=False).values_list("username", flat=True)) | usernames_asked_for()
    return look_at(content, template_rows(content, KIND), set(here), _RowReader(here, units, today).read)


class _RowReader:
    """Reads rows one after another: a collar number counts once, in the file and in the force."""

    def __init__(self, here: Collection[str], units: Sequence[Unit], today: date) -> None:
        self.here, self.today = here, today
        self.units = {unit.name.casefold(): str(unit.id) for unit in units}
        rows = Membership.objects.exclude(to_date__lt=today).exclude(collar_number="")
        self.collars = set(rows.values_list("collar_number", flat=True))

    def read(self, cells: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
        """The user name and the person of a row; nothing but the name of one who is here or asked for. Raises Unreadable."""
        missing = template_of(KIND).missing_from([column for column, cell in cells.items() if cell])
        if missing:
            raise Unreadable(f"{missing} is missing")
        username = cells["username"].lower()
        if not USERNAME.fullmatch(username):
            raise Unreadable("username cannot have spaces")
        if username in self.here:
            return username, {}
        said = {name: cells.get(name, "") for name in LONGEST} | {"username": username}
        for name, most in LONGEST.items():
            if len(said[name]) > most:
                raise Unreadable(f"{name} is longer than {most} characters")
        self._check_contact(said)
        first = read_day(cells["from"]) if cells.get("from") else None
        person = {
            **said,
            "unit": self._known(cells["unit"].casefold(), self.units, "unit of the force: add it first"),
            "rank": self._known(_code(cells.get("rank", "")), {"": "", **{code: code for code in ranks()}}, "rank of the list"),
            "roles": list(self._dated(cells.get("roles", ""), ROLES, "role")),
            "skills": list(self._dated(cells.get("skills", ""), skills(), "skill of the list")),
            "first": first.isoformat() if first and first > self.today else None,
        }
        self.collars.add(said["collar_number"])
        return username, person

    def _check_contact(self, said: Mapping[str, str]) -> None:
        if said["email"]:
            try:
                validate_email(said["email"])
            except ValidationError:
                raise Unreadable("email is no e-mail address") from None
        if said["collar_number"] and said["collar_number"] in self.collars:
            raise Unreadable("a colleague has that collar_number")

    def _known(self, written: str, known: Mapping[str, str], what: str) -> str:
        if written not in known:
            raise Unreadable(f"{written} is no {what}")
        return known[written]

    def _dated(self, written: str, known: Mapping[str, Any], what: str) -> Iterator[list[str | None]]:
        """Codes parted by semicolons, each with its last day behind `until` where it has one."""
        for part in filter(None, map(str.strip, written.split(";"))):
            code, _, last = map(str.strip, part.partition(" until "))
            if _code(code) not in known:
                raise Unreadable(f"{code} is no {what}")
            day = read_day(last) if last else None
            if day is not None and day < self.today:
                raise Unreadable(f"the last day of {code} is past")
            yield [_code(code), day.isoformat() if day else None]


def _code(written: str) -> str:
    return "_".join(written.casefold().split())
