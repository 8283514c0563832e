"""Who has read the source of a rule and found that the rule says what it says. Rows are only ever added."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Index, Q

from lodestar.tenancy.models import TenantModel


class RuleConfirmation(TenantModel):
    """A named person of this force confirmed one dated row of a rule. `row_from` is the day from which the row holds, None
    for the beginning; `words` is the fingerprint of what the row said, so that a changed row is not taken for confirmed."""

    rule = models.CharField(max_length=60)
    row_from = models.DateField(null=True)
    words = models.CharField(max_length=16)
    source_read = models.CharField(max_length=500)
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        personal = frozenset({"source_read"})
        none = frozenset({"id", "tenant", "rule", "row_from", "words", "confirmed_at", "confirmed_by"})

    class Meta:
        constraints = [CheckConstraint(condition=~Q(source_read=""), name="rule_confirmation_says_what_was_read")]
        indexes = [Index(fields=["tenant", "rule", "-confirmed_at", "id"], name="rule_confirmation_rule")]
