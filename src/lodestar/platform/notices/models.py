"""Notices to a person, and whether they want an e-mail that says how many are new."""

from django.conf import settings
from django.db import models
from django.db.models import Index, Q, UniqueConstraint

from lodestar.platform.tenancy.models import TenantModel


class Notice(TenantModel):
    """Something that happened and somebody should see, until they open it. It names nobody but the two users: case and person
    are ids alone, because both belong to areas above, and `subject` is a code or an id."""

    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)  # nobody: a job
    at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    case = models.UUIDField(null=True)
    person = models.UUIDField(null=True)
    subject = models.CharField(max_length=60, blank=True)

    class Classified:
        none = frozenset({"id", "tenant", "to", "kind", "by", "at", "opened_at", "case", "person", "subject"})

    class Meta:
        constraints = [
            UniqueConstraint(  # its index also finds what somebody has not opened
                fields=["tenant", "to", "kind", "case", "person", "subject"],
                name="notice_open_once",
                condition=Q(opened_at__isnull=True),
                nulls_distinct=False,
            )
        ]
        indexes = [
            Index(fields=["tenant", "to", "-at", "-id"], name="notice_latest"),
            Index(fields=["tenant", "kind", "subject"], name="notice_of_subject"),  # whether anybody was told of it
        ]


class DigestChoice(TenantModel):
    """Whether somebody wants e-mails that say how many notices are new, and when the last one went. Without a row they do."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    is_wanted = models.BooleanField(default=True)
    sent_at = models.DateTimeField(null=True)

    class Classified:
        none = frozenset({"id", "tenant", "user", "is_wanted", "sent_at"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "user"], name="digest_choice_once")]
