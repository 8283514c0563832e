"""The versions of each contact of a force. Only ever added to: the latest of a kind and district holds."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from lodestar.platform.tenancy.models import RecordedRow, all_or_none


class ContactVersion(RecordedRow):
    """One contact as somebody wrote, checked or removed it. The numbers are of services and posts, to be rung by anybody of the
    force; an on-call colleague's may be among them."""

    kind = models.CharField(max_length=40)
    district = models.CharField(max_length=60, blank=True)
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=100, blank=True)
    telephone = models.CharField(max_length=30)
    second_telephone = models.CharField(max_length=30, blank=True)
    email = models.CharField(max_length=254, blank=True)
    hours = models.CharField(max_length=60)  # as `rules.Hours.code`
    checked_on = models.DateField(null=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    owner_role = models.CharField(max_length=40, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    note = models.CharField(max_length=200, blank=True)
    is_removed = models.BooleanField(default=False)

    class Classified:
        personal = frozenset({"name", "telephone", "second_telephone", "email", "note"})
        none = frozenset(
            {
                "id", "tenant", "kind", "district", "version", "hours", "checked_on", "checked_by", "owner_role", "owner",
                "is_removed", "recorded_at", "recorded_by",
            }
        )  # fmt: skip

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "kind", "district", "version"], name="contact_version_once"),
            CheckConstraint(condition=~Q(telephone=""), name="contact_has_a_number"),
            CheckConstraint(condition=all_or_none("checked_on", "checked_by"), name="contact_checked_on_and_by"),
            CheckConstraint(condition=Q(owner_role="") | Q(owner__isnull=True), name="contact_one_owner"),
        ]
