"""What a force sets and says of the rules: settings, confirmations, remarks, and its own translations of the leaflet."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, DateField, F, Func, Index, Q

from lodestar.tenancy.models import TenantModel


class LondonDay(Func):
    """The day in London on which an instant falls, for constraints: Django's own function cannot stand in a migration."""

    template = "((%(expressions)s) at time zone 'Europe/London')::date"
    output_field = DateField()


class SettingChange(TenantModel):
    """One value of one setting from a day on. A row is proposed once, decided once, and stays: an agreed value ends when
    a later one begins. The database lets the application write nothing but the decision, and no day that has begun."""

    key = models.CharField(max_length=60)
    value = models.CharField(max_length=60)  # as written; `rules/settings.py` knows which settings are numbers
    from_date = models.DateField()
    reason = models.CharField(max_length=1000)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=10, blank=True, choices=[("approved", "approved"), ("refused", "refused")])
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    answer = models.CharField(max_length=1000, blank=True)  # why it was refused, or a word with the approval

    class Classified:
        personal = frozenset({"reason", "answer"})
        none = frozenset(
            {
                "id", "tenant", "key", "value", "from_date", "proposed_at", "proposed_by", "decision", "decided_at",
                "decided_by",
            }
        )  # fmt: skip

    class Meta:
        constraints = [
            CheckConstraint(condition=~Q(reason=""), name="setting_change_says_why"),
            CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True, decided_by__isnull=True, answer="")
                | Q(decision__in=["approved", "refused"], decided_at__isnull=False, decided_by__isnull=False),
                name="setting_change_decided_at_and_by",
            ),
            CheckConstraint(condition=~Q(decision="refused", answer=""), name="setting_change_refused_with_reason"),
            CheckConstraint(
                condition=~Q(decision="approved") | ~Q(decided_by=F("proposed_by")), name="setting_change_second_person"
            ),
            CheckConstraint(
                condition=Q(from_date__gt=LondonDay("proposed_at")), name="setting_change_looks_ahead"
            ),
            CheckConstraint(
                condition=~Q(decision="approved") | Q(from_date__gt=LondonDay("decided_at")),
                name="setting_change_never_backwards",
            ),
        ]
        indexes = [
            Index(fields=["tenant", "key", "-from_date", "id"], name="setting_change_key"),
            Index(
                fields=["tenant", "from_date", "decided_at", "id"],
                name="setting_change_agreed",
                condition=Q(decision="approved"),
            ),
            Index(fields=["tenant", "proposed_at", "id"], name="setting_change_waiting", condition=Q(decision="")),
        ]


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


class LeafletTranslation(TenantModel):
    """One translation that a named person has checked, or the taking back of what was filed. The latest filed holds."""

    language = models.CharField(max_length=20)
    english_version = models.DateField()  # of which English it is the translation
    text = models.TextField(blank=True)
    checked_by = models.CharField(max_length=200)
    checked_on = models.DateField()
    withdrawn_because = models.CharField(max_length=400, blank=True)
    filed_at = models.DateTimeField()
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        personal = frozenset({"checked_by"})
        none = frozenset(
            {
                "id", "tenant", "language", "english_version", "text", "checked_on", "withdrawn_because", "filed_at",
                "filed_by",
            }
        )  # fmt: skip

    class Meta:
        constraints = [
            CheckConstraint(
                condition=(Q(withdrawn_because="") & ~Q(text="")) | (~Q(withdrawn_because="") & Q(text="")),
                name="leaflet_translation_filed_or_withdrawn",
            ),
            CheckConstraint(condition=~Q(checked_by=""), name="leaflet_translation_checked_by_name"),
        ]
        indexes = [Index(fields=["tenant", "language", "-filed_at", "id"], name="leaflet_translation_latest")]
