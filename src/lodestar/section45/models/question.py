"""Answers to the short question of section 45 of the Modern Slavery Act 2015. Rows are only ever added."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Index, Q

from lodestar.cases.models import Person
from lodestar.tenancy.models import OtherTenantRow, TenantModel

ANSWERS = (("yes", "Yes"), ("cannot_rule_out", "Cannot rule out"), ("no_sign_seen", "No sign seen"))
MOMENTS = ("stop", "voluntary_interview", "arrest", "interview", "bail_or_remand")


class FirstAnswer(TenantModel):
    """Could someone be making them do this, or profiting from it? One officer's answer for a person at one stage.

    `moment` is the stage; empty when nothing that the person is suspected of is recorded yet. `rests_on` is what the
    question rested on then, so that another act asks it again. A change of mind is another row.
    """

    person = OtherTenantRow(Person)
    moment = models.CharField(max_length=30, blank=True)
    answer = models.CharField(max_length=20, choices=ANSWERS)
    why = models.CharField(max_length=1000, blank=True)
    rests_on = models.CharField(max_length=300, blank=True)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        sensitive = frozenset({"answer", "why"})
        none = frozenset({"id", "tenant", "person", "moment", "rests_on", "happened_at", "recorded_at", "by"})

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(answer__in=[code for code, _ in ANSWERS]), name="first_answer_known"),
            CheckConstraint(condition=Q(moment__in=["", *MOMENTS]), name="first_answer_moment_known"),
        ]
        indexes = [Index(fields=["tenant", "person", "recorded_at", "id"], name="first_answer_person")]
