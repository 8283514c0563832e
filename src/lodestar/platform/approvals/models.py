"""What every table has in which one person asks and another decides."""

from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import BaseConstraint, CheckConstraint, F, Q

from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import TenantModel, all_or_none


class Approval(TenantModel):
    """Something that one person asks, with a reason, and another decides once. What it is about, its table says; and that
    another person decides, its constraints (`approval_constraints`)."""

    reason = SealedTextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved = models.BooleanField(null=True)
    because = SealedTextField(blank=True, default=b"")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    decides: ClassVar[Permission]  # held by those who decide, and
    ranks: ClassVar[frozenset[str] | None]  # they are of one of these; None: of any
    sees: ClassVar[Permission]  # held by all who may see one
    askers: ClassVar[tuple[str, ...]] = ("asked_by",)  # columns of those who asked: whose reasons they are, first
    lasts: ClassVar[timedelta | None] = None  # how long it may be used from the decision; None: for ever

    class Classified:
        sensitive = frozenset({"reason", "because"})
        none = frozenset({"id", "tenant", "asked_at", "asked_by", "approved", "decided_at", "decided_by"})

    class Meta:
        abstract = True

    @property
    def asker_ids(self) -> list[UUID]:
        """Those who asked: the one whose reasons they are first. None of them decides."""
        return [user for name in self.askers if (user := getattr(self, f"{name}_id"))]

    @property
    def lapses_at(self) -> datetime | None:
        """When what was decided may not be used any more; None where nothing was, or it lasts."""
        return self.decided_at + self.lasts if self.decided_at and self.lasts else None

    def logged(self) -> dict[str, Any]:
        """What the audit log says of it at each event."""
        return {"subject": str(self.id)}


def checks(prefix: str, **conditions: Q) -> list[BaseConstraint]:
    """Conditions that a table holds, each named after the prefix."""
    return [CheckConstraint(condition=condition, name=f"{prefix}_{name}") for name, condition in conditions.items()]


def approval_constraints(prefix: str, **others: str) -> list[BaseConstraint]:
    """That a decision is whole, and by another person: not by who asked, nor by `others` who did (a name of a constraint, and
    the column)."""
    is_undecided, is_another = Q(decided_by__isnull=True), ~Q(decided_by=F("asked_by"))
    by_others = {
        name: is_undecided | Q(**{f"{column}__isnull": True}) | ~Q(decided_by=F(column)) for name, column in others.items()
    }
    is_whole = all_or_none("decided_at", "decided_by", "approved")
    return checks(prefix, decided_at_and_by=is_whole, by_two=is_undecided | is_another, **by_others)
