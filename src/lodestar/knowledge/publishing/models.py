"""Who wants newsletters by e-mail, and which newsletters were asked to be sent."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, UniqueConstraint

from lodestar.knowledge.library.models import Version
from lodestar.platform.tenancy.models import OtherTenantRow, TenantModel, all_or_none

TOPIC = "newsletter"  # what tells such a document from the others


class NewsletterReader(TenantModel):
    """Somebody who said whether they want newsletters by e-mail. Their address is the one they have with the force."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    is_wanted = models.BooleanField()
    said_at = models.DateTimeField()

    class Classified:
        personal = frozenset({"user", "is_wanted", "said_at"})
        none = frozenset({"id", "tenant"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "user"], name="guidance_newsletter_reader_once")]


class Mailing(TenantModel):
    """A newsletter that somebody asked to be sent. The worker sends it; `went_at` and `readers` say when and to how many."""

    version = OtherTenantRow(Version)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    went_at = models.DateTimeField(null=True)
    readers = models.PositiveIntegerField(null=True)

    class Classified:
        none = frozenset({"id", "tenant", "version", "asked_by", "asked_at", "went_at", "readers"})

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "version"], name="guidance_mailing_once"),
            CheckConstraint(condition=all_or_none("went_at", "readers"), name="guidance_mailing_went_to"),
        ]
