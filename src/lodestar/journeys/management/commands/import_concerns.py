"""`./lodestar import concerns FILE --as USER`: first reports from elsewhere, as a table (CSV, XLSX) or as JSON lines."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lodestar.accounts.access import Member, member_from
from lodestar.accounts.models import User
from lodestar.accounts.permissions import Permission
from lodestar.accounts.queries import memberships_today
from lodestar.journeys.concerns_imported import concerns_standing, import_concern, import_key, refuse_times
from lodestar.journeys.encounter_said import SAME, Said, SaysOtherwise
from lodestar.journeys.entries import Entry
from lodestar.journeys.files_read import OF_AN_ENCOUNTER
from lodestar.journeys.importing import BadLine, Rejects, attempt, opened, printable, why_no_json
from lodestar.journeys.let_go import WasLetGo, refuse_let_go
from lodestar.journeys.row_read import RowTold, concern_key
from lodestar.journeys.rows_grouped import Read, several, together
from lodestar.journeys.rows_imported import import_rows
from lodestar.journeys.rows_together import import_together, look_at_several
from lodestar.journeys.sent_before import own_key
from lodestar.journeys.taken import ADDED, LET_GO, MADE, STOOD, Taken
from lodestar.kernel.encounter_form import read_encounter
from lodestar.kernel.facts import Encounter
from lodestar.kernel.form_values import FormErrors
from lodestar.kernel.strict_json import read_json
from lodestar.kernel.table_text import NotRead
from lodestar.tenancy.within import as_user, within

LONGEST_LINE = 1_000_000  # bytes
# Rows of several incidents that are written in one transaction: while they are, nobody else is given the number of a case, so
# it is not for long.
ROWS_TOGETHER = 50
_SAYS = {
    (MADE, True): "made", (ADDED, True): "added to", (STOOD, True): "stood already, nothing changed:",
    (MADE, False): "would be made", (ADDED, False): "would be added to", (STOOD, False): "stands already:",
}  # fmt: skip
Together = list[tuple[Entry, RowTold]]


class Command(BaseCommand):
    """What belongs to one incident is a transaction of its own: a bad row is reported and passed over, the others go on."""

    help = "Says what the concerns in a file would make; with --apply makes it, once each."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--as", dest="user", required=True)
        parser.add_argument("--force", dest="tenant", default="")
        parser.add_argument("--apply", action="store_true")
        parser.add_argument("--rejects", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        self.member = member_named(options["user"], options["tenant"])
        self.applies = bool(options["apply"])
        self.counts = {MADE: 0, ADDED: 0, STOOD: 0}
        self.seen: set[str] = set()  # what stands earlier in this file, for a run that writes nothing
        self.rejects = Rejects()
        self.bad = 0
        path = Path(options["file"])
        rejects = Path(options["rejects"]) if options["rejects"] else None
        if rejects and rejects.resolve() == path.resolve():
            raise CommandError("The file of rejected rows would take the place of the file itself: give another --rejects.")
        self.source = opened(path)
        try:
            for note in self.source.notes:
                self._say(f"note: {note}")
            for some in several(together(self.source, timezone.now()), ROWS_TOGETHER):
                self._take_several(some)
        except NotRead as fault:
            self._say(f"the rest of the file was not read: {fault}")
            self.bad += 1
        if self.rejects.many and (self.applies or rejects):
            kept = rejects or path.with_name(f"{path.name}.rejects{self.source.ending}")
            self.rejects.write(kept, self.source.head)
            self._say(f"what was not imported stands in {kept}: put it right there and import that file")
        if not self.bad and not any(self.counts.values()):
            self._say("note: the file names its columns and holds no row: look whether it is the one that was meant")
        self._say(self._summary())
        if self.bad:
            sys.exit(2)

    def _say(self, words: str) -> None:
        self.stdout.write(printable(words))

    def _summary(self) -> str:
        be = "" if self.applies else "would be "
        words = [f"{self.counts[MADE]} {be}made"]
        if self.counts[ADDED]:
            words.append(f"{self.counts[ADDED]} {be}added to a concern")
        words += [f"{self.counts[STOOD]} stood already", f"{self.bad} not imported"]
        return ", ".join(words) + ("" if self.applies else ". Nothing was written: run it again with --apply")

    def _take_several(self, some: list[list[tuple[Entry, Read]]]) -> None:
        """Takes in rows of several incidents in one transaction; where one of them cannot be kept, or there is something else
        among them, each by itself, so that it stops no other."""
        rows = [[(entry, row) for entry, row in one if isinstance(row, RowTold)] for one in some]
        if len(some) == 1 or not all(rows):
            for one in some:
                self._take(one)
            return
        try:
            found = attempt(lambda: self._taken([[row for _, row in one] for one in rows]))
        except BadLine:
            for one in some:
                self._take(one)
            return
        for read, taken in zip(rows, found, strict=True):
            self._tell_all(read, taken)

    def _take(self, together: list[tuple[Entry, Read]]) -> None:
        """Takes in rows of one incident, or one entry that is none."""
        entry, row = together[0]
        if isinstance(row, str):
            self._refuse(entry, row)
        elif row is None:
            self._encounter(entry, entry.line or b"")
        else:
            self._rows([(entry, row) for entry, row in together if isinstance(row, RowTold)])

    def _refuse(self, entry: Entry, why: str) -> None:
        self.rejects.add(entry.raw)
        self._pass_over(entry, why)

    def _pass_over(self, entry: Entry, why: str) -> None:
        """Tells of what is not imported and not to be put right either: nothing is kept of what was let go."""
        self.bad += 1
        self._say(f"{self.source.place(entry)}: not imported: {why}")

    def _tell(self, entry: Entry, taken: Taken, name: str, notes: list[str]) -> None:
        if taken.what == LET_GO:
            self._pass_over(entry, taken.why)
            return
        self.counts[taken.what] += 1
        words = " ".join(part for part in (_SAYS[taken.what, self.applies], taken.reference, f"({name})" if name else "") if part)
        self._say(f"{self.source.place(entry)}: " + "; ".join([words, *entry.notes, *notes]))

    def _encounter(self, entry: Entry, line: bytes) -> None:
        try:
            taken, name, notes = attempt(lambda: self._one(line))
        except WasLetGo as gone:
            self._pass_over(entry, str(gone))
        except BadLine as fault:
            self._refuse(entry, str(fault))
        else:
            self._tell(entry, taken, name, notes)

    def _one(self, line: bytes) -> tuple[Taken, str, list[str]]:
        sent, encounter = _read(line)
        key, said = import_key(encounter, sent), Said(encounter)
        try:
            with within(self.member.tenant):
                if self.applies:
                    found = import_concern(
                        by=self.member, at=encounter.encountered_at, encounter=encounter, key=key, said=said
                    )
                    taken = Taken(MADE if found.is_new else STOOD, found.reference)
                    return taken, encounter.reference or "", list(found.notes)
                (standing,) = concerns_standing(self.member, [(key, said)])
                if isinstance(standing, SaysOtherwise):
                    raise standing
                if standing is None:
                    refuse_let_go(key, own_key(self.member, key))
        except SaysOtherwise as fault:
            raise BadLine(str(fault)) from None
        taken = self._would_become(key, said.mark(key)) if standing is None else Taken(STOOD, standing.reference)
        return taken, encounter.reference or "", list(standing.notes if standing else ())

    def _would_become(self, key: str, mark: str) -> Taken:
        """What becomes of an encounter under this key, by what stands earlier in the file. Raises BadLine."""
        if key in self.seen and mark not in self.seen:
            raise BadLine(f"reference: it says otherwise than what stands under it earlier in the file: {SAME}")
        stood = mark in self.seen
        self.seen |= {key, mark}
        return Taken(STOOD if stood else MADE, "")

    def _rows(self, together: Together) -> None:
        """Takes in rows of one incident; where one of them cannot be kept, each by itself, so that it stops no other."""
        try:
            (found,) = attempt(lambda: self._taken([[row for _, row in together]]))
        except BadLine as fault:
            if len(together) == 1:
                self._refuse(together[0][0], str(fault))
                return
            for one in together:
                self._rows([one])
            return
        self._tell_all(together, found)

    def _tell_all(self, together: Together, found: list[Taken]) -> None:
        for (entry, row), taken in zip(together, found, strict=True):
            self._tell(entry, taken, row.incident, [*row.notes, *taken.notes])

    def _taken(self, concerns: list[list[RowTold]]) -> list[list[Taken]]:
        with within(self.member.tenant):
            if self.applies and len(concerns) == 1:
                return [import_rows(by=self.member, at=timezone.now(), rows=concerns[0])]
            if self.applies:
                return import_together(by=self.member, at=timezone.now(), concerns=concerns)
            found = look_at_several(by=self.member, concerns=concerns, before=self.seen)
        told = [
            [Taken(STOOD, "") if row.key in self.seen else one for row, one in zip(rows, some, strict=True)]
            for rows, some in zip(concerns, found, strict=True)
        ]
        for rows, some in zip(concerns, told, strict=True):
            stand = {row.key for row, one in zip(rows, some, strict=True) if one.what != LET_GO}
            self.seen |= stand
            if stand:
                self.seen.add(concern_key(rows[0].incident, rows[0].key))
        return told


def member_named(username: str, tenant: str, permission: Permission = Permission.CONCERN_RECORD) -> Member:
    """The member that a command acts as. Raises CommandError where that is nobody, or somebody who may not."""
    user = User.objects.filter(username=username.lower(), is_active=True).first()
    if user is None:
        raise CommandError(f"Nobody signs in as {username!r}.")
    with as_user(user.id):
        places = [place for place in memberships_today(user.id) if not tenant or place.tenant == tenant]
    if len(places) != 1:
        raise CommandError(f"{username} is at work in {len(places)} places: name one with --force SLUG.")
    member = member_from(places[0])
    if not member.may(permission):
        may_not = "record concerns" if permission is Permission.CONCERN_RECORD else "do that"
        raise CommandError(f"{username} may not {may_not}.")
    return member


def _read(line: bytes) -> tuple[Any, Encounter]:
    """What the line holds, as it was sent and as it is read. Raises BadLine."""
    if len(line) > LONGEST_LINE:
        raise BadLine("it is longer than a million bytes: shorten it")
    if fault := why_no_json(line):
        raise BadLine(fault)
    sent = read_json(line)
    if not isinstance(sent, dict):
        raise BadLine('it is no object: put names and values in braces, such as {"name": "Ana", "age": 16}')
    if not OF_AN_ENCOUNTER.intersection(sent) and "reference" not in sent:
        raise BadLine("none of its keys is a column: call them as the columns are called, such as name, born or narrative")
    try:
        encounter = read_encounter(sent)
        refuse_times(encounter, timezone.now())
        return sent, encounter
    except FormErrors as errors:
        raise BadLine("; ".join(f"{e['path'] or 'the line'}: {e['message']}" for e in errors.errors)) from None
