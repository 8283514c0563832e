"""What a victim was promised about contact, and its history. No address or number is ever kept here."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Index, Q

from lodestar.casework.cases.models import Person
from lodestar.casework.contact_promises.rules import KINDS, PROMISE, RHYTHMS
from lodestar.platform.registers.models import RegisterMove, RegisterRow
from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import OtherTenantRow


class Promise(RegisterRow):
    """One thing promised to a person by a time, which stays once it is done, so that done late is seen; a pause moves it. `about`
    is the release that makes it due, with the moments of the obligations that it closes."""

    rules = PROMISE
    moved = "promises.moved"

    person = OtherTenantRow(Person)
    kind = models.CharField(max_length=12)
    words = SealedTextField(blank=True, default=b"")
    promised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    promised_at = models.DateTimeField()
    by_when = models.DateTimeField()
    rhythm = models.CharField(max_length=12, blank=True)
    way = models.CharField(max_length=10, blank=True)  # in which it was to be done, within the contact rule
    done_at = models.DateTimeField(null=True)
    done_how = models.CharField(max_length=10, blank=True)
    about = models.UUIDField(null=True)
    moment = models.CharField(max_length=80, blank=True)
    update_moment = models.CharField(max_length=80, blank=True)
    plan_at = models.DateTimeField(null=True)  # when their safety plan was looked at
    feels_safe = models.BooleanField(null=True)

    class Classified:
        none = RegisterRow.Classified.none | {
            "person", "promised_by", "promised_at", "by_when", "rhythm", "done_at", "about", "moment", "update_moment", "plan_at",
        }  # fmt: skip
        sensitive = frozenset({"kind", "words", "way", "done_how", "feels_safe"})

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(state__in=[*PROMISE.states]), name="promise_state_known"),
            CheckConstraint(condition=Q(kind__in=[*KINDS], rhythm__in=[*RHYTHMS]), name="promise_kind_known"),
            CheckConstraint(condition=Q(state="done") ^ Q(done_at__isnull=True), name="promise_done_with_time"),
        ]
        indexes = [
            Index(fields=["tenant", "person", "by_when", "id"], name="promise_person"),
            Index(fields=["tenant", "due_at", "id"], name="promise_due"),
            Index(fields=["tenant", "owner", "due_at", "id"], name="promise_owner"),
            Index(fields=["tenant", "about"], name="promise_about", condition=Q(about__isnull=False)),
        ]

    def logged(self) -> dict[str, Any]:
        """Its case and person, for the audit log."""
        return {"subject": str(self.id), "case": self.person.case_id, "people": [self.person_id]}


class PromiseMove(RegisterMove):
    """One move of a promise."""

    row = OtherTenantRow(Promise, related_name="moves")

    class Meta:
        indexes = [Index(fields=["tenant", "row", "moved_at"], name="promise_move_row")]
