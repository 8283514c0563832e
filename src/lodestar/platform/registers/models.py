"""What a register is: rows with an owner, a due day, a state and a history, and one description from which their pages come.

A client has two tables of its own, with their constraints and row security: one inherits `RegisterRow` and says its `rules`; one
inherits `RegisterMove` and refers to the first by `row`. One `Register` describes the pages. The client gets the list with
filters, pages and CSV (`views.list_page`), the page of one row with its history and next move (`views.row_page`), the move with
its audit event (`actions.move`) and what is due (`queries.due_rows`). What else a move means is the client's own action around
`move`. See docs/recipes/add-a-register.md.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import QuerySet

from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.registers.rules import StateRules
from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import RecordedRow, TenantModel


class RegisterRow(RecordedRow):
    """One row of a register. `due_at` is when its owner has to look next; none where nothing is due. `moves` is its history."""

    state = models.CharField(max_length=20)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    rules: ClassVar[StateRules]
    moved: ClassVar[str]  # the code of the event in the audit log at each move
    moves: Any

    class Classified:
        none = frozenset({"id", "tenant", "state", "owner", "due_at", "version", "recorded_at", "recorded_by"})

    class Meta:
        abstract = True

    def logged(self) -> dict[str, Any]:
        """What the audit log says of it at each event."""
        return {"subject": str(self.id)}


class RegisterMove(TenantModel):
    """One change of a row's state: when, by whom (nobody: a person outside), why. Only ever added. A client adds `row`, an
    OtherTenantRow with the related name `moves`."""

    before = models.CharField(max_length=20)
    after = models.CharField(max_length=20)
    moved_at = models.DateTimeField()
    mover = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    reason = models.CharField(max_length=20, blank=True)
    because = SealedTextField(blank=True, default=b"")
    recorded_at = models.DateTimeField()

    class Classified:
        none = frozenset({"id", "tenant", "row", "before", "after", "moved_at", "mover", "recorded_at"})
        sensitive = frozenset({"reason", "because"})

    class Meta:
        abstract = True


@dataclass(frozen=True)
class Column:
    """One column of the list. `cell` of a row is words, or a mapping as the macro `cards` takes it; `is_exported` is false where
    it names a person; what `is_of_person` is left out of a list that is about one person alone. A file has what is `exported`
    instead of a cell that is cut short."""

    heading: str
    cell: Callable[[Any, datetime], Any]
    is_exported: bool = True
    is_of_person: bool = False
    exported: Callable[[Any, datetime], Any] | None = None


@dataclass(frozen=True)
class Filter:
    """One box over the list: `column` of the rows is narrowed to one of the `choices`, or without any to the words typed."""

    name: str
    label: str
    column: str
    choices: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Register:
    """All that the pages of a register need to know. `shown` writes down who stood on a list."""

    name: str  # of the address of its list
    title: str
    model: type[RegisterRow]
    columns: Sequence[Column]
    filters: Sequence[Filter]
    visible: Callable[[Member], QuerySet[Any]]  # the rows that a member sees
    changes: Permission  # held by those who move one
    words: Callable[[Any, datetime], Sequence[Mapping[str, Any]]]  # of the page of one row, as the macro `summary` takes them
    shown: Callable[[Member, Sequence[Any]], None]
    links: Sequence[tuple[str, str]] = ()  # words and address of other lists, over this one
    order: str = "due_at"  # a time of the row: the earliest first, those without one last; with a minus the latest first
    outsider: str = "someone outside the force"  # whoever moves a row without being a member
    exports: Permission | None = None  # held by those who take the list along as CSV
    exported: str = ""  # the code of that event
    named: Callable[[Any], str] | None = None  # what the page of one row is called, where that names nobody; else its state
