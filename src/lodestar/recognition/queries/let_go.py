"""Named reads of what was let go: nothing is kept of it but a mark that the holder of the field keys alone can make."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from lodestar.kernel import sealing
from lodestar.recognition.models import LetGo
from lodestar.tenancy.within import current_tenant

CONCERN, ROW, PERSON, RECORD = "concern", "row", "person", "record"
Known = tuple[str, str]  # as what something came in, and by what it was known


@dataclass(frozen=True)
class Gone:
    """When something was let go, and whether two people decided it or its time was over."""

    on: date
    by_two: bool


def marked(known: Known) -> list[int]:
    """The marks of something, that of the newest key first. Of two forces they differ."""
    kind, key = known
    return sealing.marks(f"let go\n{current_tenant()}\n{kind}\n{key}", settings.FIELD_KEYS)


def let_go(sought: Iterable[Known]) -> dict[Known, Gone]:
    """Of these what was let go and is still marked."""
    of = {mark: known for known in sought for mark in marked(known)}
    rows = LetGo.objects.filter(mark__in=list(of)) if of else ()
    return {of[row.mark]: Gone(row.gone_on, row.by_two) for row in rows}
