"""A table of people to be added: each row read against the template, as a request would say it, or refused with the reason."""

import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from lodestar.platform.accounts.models import Membership, Unit, User
from lodestar.platform.accounts.permissions import ROLES
from lodestar.platform.staff.actions.changes import USERNAME
from lodestar.platform.staff.queries import usernames_asked_for
from lodestar.platform.staff.rules import ranks, skills
from lodestar.platform.tables.rules import REASON, template_of
from lodestar.platform.tables.table_files import NotRead, Row, Table, TwoHeadings, columns_for, encoding_of, text_table
from lodestar.platform.tables.values import Unreadable, read_day
from lodestar.platform.tables.workbook import workbook_table
from lodestar.platform.text.csv_safety import table
from lodestar.platform.text.text_normalise import one_line

KIND = "staff"
MOST, LARGEST = 500, 2_000_000  # people, bytes
LONGEST = {"username": 80, "name": 120, "email": 254, "phone": 30, "collar_number": 20}


@dataclass
class PeopleFile:
    """What a table holds: people to ask for, how many are known, and the rows that are refused, each with its reason."""

    name: str
    mark: str
    headings: Sequence[str]
    people: list[Mapping[str, Any]] = field(default_factory=list)
    known: int = 0
    refused: list[tuple[Row, str]] = field(default_factory=list)

    def rejects(self) -> str:
        """The refused rows as a CSV file to put right; empty where there are none."""
        rows = [[*row.cells[: len(self.headings)], reason] for row, reason in self.refused]
        return table([*self.headings, REASON], rows).decode() if rows else ""


class _Refused(ValueError):
    """A row that makes nobody; `str` says why."""


def read_people(content: bytes, name: str, units: Sequence[Unit], today: date) -> PeopleFile:
    """What a table of people holds. Raises NotRead for one that cannot be read as a whole. Reads the database and writes
    nothing."""
    if len(content) > LARGEST:
        raise NotRead(f"the file is larger than {LARGEST // 1_000_000} MB: split it")
    parsed = _table(content)
    columns = _columns(parsed.headings)
    file = PeopleFile(one_line(name)[:200], hashlib.sha256(content).hexdigest(), parsed.headings)
    reader = _RowReader(units, today)
    for number, row in enumerate(parsed.rows()):
        if number == MOST:
            raise NotRead(f"the file holds more than {MOST} people: split it")
        try:
            person = reader.read(row, columns)
        except (_Refused, Unreadable) as error:
            file.refused.append((row, str(error)))
            continue
        if person is None:
            file.known += 1
        else:
            file.people.append(person)
    return file


def _table(content: bytes) -> Table:
    def opened() -> io.BytesIO:
        return io.BytesIO(content)

    template = template_of(KIND)
    return workbook_table(opened, template.knows) if content.startswith(b"PK") else text_table(opened, encoding_of(opened))


def _columns(headings: Sequence[str]) -> Sequence[str]:
    template = template_of(KIND)
    try:
        columns = columns_for(headings, template.names)
    except TwoHeadings as error:
        raise NotRead(str(error)) from None
    unknown = [heading for heading, column in zip(headings, columns, strict=True) if column is None]
    if unknown:
        raise NotRead(f"{', '.join(unknown[:5])} is no heading of the template: rename it or take it out")
    return [column or "" for column in columns]


class _RowReader:
    """Reads rows one after another: a user name or collar number counts once, in the file and in the force."""

    def __init__(self, units: Sequence[Unit], today: date) -> None:
        self.today = today
        self.units = {unit.name.casefold(): str(unit.id) for unit in units}
        self.here = set(User.objects.filter(memberships__isnull=False).values_list("username", flat=True))
        self.asked_for = usernames_asked_for()
        rows = Membership.objects.exclude(to_date__lt=today).exclude(collar_number="")
        self.collars = set(rows.values_list("collar_number", flat=True))
        self.seen: set[str] = set()

    def read(self, row: Row, columns: Sequence[str]) -> Mapping[str, Any] | None:
        """The person of a row; None for one who is here or asked for. Raises _Refused and Unreadable."""
        if row.fault:
            raise _Refused(row.fault)
        cells = {column: one_line(cell) for column, cell in zip(columns, row.cells, strict=True) if column}
        missing = template_of(KIND).missing_from([column for column, cell in cells.items() if cell])
        if missing:
            raise _Refused(f"{missing} is missing")
        username = self._username(cells)
        if username in self.here | self.asked_for:
            return None
        said = {name: cells.get(name, "") for name in LONGEST} | {"username": username}
        for name, most in LONGEST.items():
            if len(said[name]) > most:
                raise _Refused(f"{name} is longer than {most} characters")
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
        return person

    def _username(self, cells: Mapping[str, str]) -> str:
        username = cells["username"].lower()
        if not USERNAME.fullmatch(username):
            raise _Refused("username cannot have spaces")
        if username in self.seen:
            raise _Refused("username is in the file twice")
        self.seen.add(username)
        return username

    def _check_contact(self, said: Mapping[str, str]) -> None:
        if said["email"]:
            try:
                validate_email(said["email"])
            except ValidationError:
                raise _Refused("email is no e-mail address") from None
        if said["collar_number"] and said["collar_number"] in self.collars:
            raise _Refused("a colleague has that collar_number")

    def _known(self, written: str, known: Mapping[str, str], what: str) -> str:
        if written not in known:
            raise _Refused(f"{written} is no {what}")
        return known[written]

    def _dated(self, written: str, known: Mapping[str, Any], what: str) -> Iterator[list[str | None]]:
        """Codes parted by semicolons, each with its last day behind `until` where it has one."""
        for part in filter(None, map(str.strip, written.split(";"))):
            code, _, last = map(str.strip, part.partition(" until "))
            if _code(code) not in known:
                raise _Refused(f"{code} is no {what}")
            day = read_day(last) if last else None
            if day is not None and day < self.today:
                raise _Refused(f"the last day of {code} is past")
            yield [_code(code), day.isoformat() if day else None]


def _code(written: str) -> str:
    return "_".join(written.casefold().split())
