"""Where a person's first account is kept: on body-worn video. Rows are only ever added."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Index, Q

from lodestar.cases.models.person import Person
from lodestar.tenancy.models import OtherTenantRow, TenantModel


class FirstAccount(TenantModel):
    """One video that holds what a person first said. It is the source: nobody types the account again, or asks for it again.

    `taken_at` is when it was taken, `taken_words` what was typed where that was no whole instant; `kept` is what else of the
    first hour was kept, by the codes of `rules/first_accounts.py`.
    """

    person = OtherTenantRow(Person)
    reference = models.CharField(max_length=60)
    officer = models.CharField(max_length=40, blank=True)  # the number of whoever wore the camera
    taken_at = models.DateTimeField()
    taken_words = models.CharField(max_length=40, blank=True)
    kept = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    more = models.CharField(max_length=400, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        personal = frozenset({"reference", "officer", "more"})
        none = frozenset({"id", "tenant", "person", "taken_at", "taken_words", "kept", "recorded_at", "recorded_by"})

    class Meta:
        constraints = [CheckConstraint(condition=~Q(reference=""), name="first_account_has_a_reference")]
        indexes = [Index(fields=["tenant", "person", "recorded_at", "id"], name="first_account_person")]
