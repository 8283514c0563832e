"""`./lodestar import concerns FILE --as USER`: first reports from elsewhere, as a table (CSV, XLSX) or as JSON lines."""

from collections import Counter
from typing import Any

from django.utils import timezone

from lodestar.journeys.import_command import ImportCommand
from lodestar.journeys.import_run import Line, Run
from lodestar.journeys.taken import ADDED, LET_GO, MADE, REFUSED, STOOD

_SAYS = {
    (MADE, True): "made", (ADDED, True): "added to", (STOOD, True): "stood already, nothing changed:",
    (MADE, False): "would be made", (ADDED, False): "would be added to", (STOOD, False): "stands already:",
}  # fmt: skip


class Command(ImportCommand):
    """What belongs to one incident is one transaction: a bad row is reported and passed over, the others go on."""

    help = "Says what the concerns in a file would make; with --apply makes it, once each."

    def handle(self, *args: Any, **options: Any) -> None:
        file = self.open("concerns", options)
        self.counts: Counter[str] = Counter()
        run = Run(self.member, file, timezone.now(), self.write, applies=self.applies)
        for line in self.readable(run.lines()):
            if line.becomes == REFUSED and line.entry is not None:
                self.refuse(file, line.entry, line.notes[0])
            elif line.becomes == LET_GO:
                self.bad += 1
                self.say(f"{line.place}: not imported: {line.notes[0]}")
            else:
                self._tell(line)
        self.write_rejects(file)
        if not self.bad and not self.counts:
            self.say("note: the file has headings and no row: look whether it is the one that was meant")
        be = "" if self.applies else "would be "
        added = f", {self.counts[ADDED]} {be}added to a concern" if self.counts[ADDED] else ""
        self.end(f"{self.counts[MADE]} {be}made{added}, {self.counts[STOOD]} stood already, {self.bad} not imported")

    def _tell(self, line: Line) -> None:
        self.counts[line.becomes] += 1
        name = f"({line.name})" if line.name else ""
        words = " ".join(filter(None, (_SAYS[line.becomes, self.applies], line.reference, name)))
        self.say(f"{line.place}: " + "; ".join([words, *line.notes]))
