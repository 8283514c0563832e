"""Rules that a named person confirmed, and remarks that a rule or a page is wrong."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Index, Q

from lodestar.platform.tenancy.models import TenantModel


class RuleConfirmation(TenantModel):
    """A named person of this force confirmed a rule. `words` is the fingerprint of what its dated rows said, so that a changed
    rule is not taken for confirmed."""

    rule = models.CharField(max_length=60)
    words = models.CharField(max_length=16)
    source_read = models.CharField(max_length=500)
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        personal = frozenset({"source_read"})
        none = frozenset({"id", "tenant", "rule", "words", "confirmed_at", "confirmed_by"})

    class Meta:
        constraints = [CheckConstraint(condition=~Q(source_read=""), name="rule_confirmation_says_what_was_read")]
        indexes = [Index(fields=["tenant", "rule", "-confirmed_at", "id"], name="rule_confirmation_rule")]


class Remark(TenantModel):
    """Somebody says that a rule or a page is wrong. Of a page only its kind is kept, never which case it showed."""

    rule = models.CharField(max_length=60, blank=True)
    page = models.CharField(max_length=120, blank=True)
    words = models.CharField(max_length=1000)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Classified:
        personal = frozenset({"words", "answer"})
        none = frozenset({"id", "tenant", "rule", "page", "said_at", "said_by", "answered_at", "answered_by"})

    class Meta:
        constraints = [
            CheckConstraint(condition=~Q(words=""), name="remark_says_something"),
            CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, answered_by__isnull=True)
                | ~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False),
                name="remark_answered_at_and_by",
            ),
        ]
        indexes = [
            Index(fields=["tenant", "rule", "-said_at", "id"], name="remark_rule"),
            Index(fields=["tenant", "said_at", "id"], name="remark_waiting", condition=Q(answered_at__isnull=True)),
        ]
