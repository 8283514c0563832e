"""Where a person may be reached safely, and who may see it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from lodestar.casework.cases.models import Person
from lodestar.casework.safe_addresses.rules import CHANNELS
from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import OtherTenantRow, RecordedRow, TenantModel


class SafeAddress(RecordedRow):
    """Where a person is now. Encrypted; on a page of its own; each showing is logged."""

    person = OtherTenantRow(Person)
    address = SealedTextField()
    index_keys = ArrayField(models.BigIntegerField(), default=list)  # keyed hashes, to keep it out of `directory/entities`
    is_reported = models.BooleanField(default=False, db_default=False)  # by another system or at the scene: nobody checked it

    class Classified:
        sensitive = frozenset({"address", "index_keys"})
        none = frozenset({"id", "tenant", "person", "is_reported", "recorded_at", "recorded_by"})

    class Meta:
        indexes = [Index(fields=["tenant", "person", "-recorded_at"], name="safe_address_latest")]


class SafeAddressViewer(TenantModel):
    """One of the named people who may be shown a person's safe address."""

    person = OtherTenantRow(Person)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        none = frozenset({"id", "tenant", "person", "user"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "person", "user"], name="safe_address_viewer_once")]


class ContactRule(RecordedRow):
    """How a person may be contacted, as agreed with them: the latest counts, and earlier ones stay as its history. What
    identifies them or a way to them is encrypted and shown as a safe address is."""

    person = OtherTenantRow(Person)
    channel = models.CharField(max_length=8)
    to_use = SealedTextField()  # the number, the address, or who carries it to them
    index_keys = ArrayField(models.BigIntegerField(), default=list)  # of `to_use`, as those of a safe address
    words = SealedTextField()
    words_not = SealedTextField()
    times = SealedTextField()
    who_may_answer = SealedTextField()
    voicemail = models.BooleanField(null=True)
    language = models.CharField(max_length=60, blank=True)
    agreed_on = models.DateField()
    agreed_by = models.CharField(max_length=120, blank=True)  # who agreed it with them; blank is who recorded it
    confirmed_on = models.DateField()

    class Classified:
        sensitive = frozenset(
            {
                "channel", "to_use", "index_keys", "words", "words_not", "times", "who_may_answer", "voicemail", "language",
                "agreed_by",
            }
        )  # fmt: skip
        none = frozenset({"id", "tenant", "person", "agreed_on", "confirmed_on", "recorded_at", "recorded_by"})

    class Meta:
        constraints = [CheckConstraint(condition=Q(channel__in=sorted(CHANNELS)), name="contact_rule_channel_known")]
        indexes = [Index(fields=["tenant", "person", "-recorded_at"], name="contact_rule_latest")]


class ContactWithout(RecordedRow):
    """Contact with a person that no agreed rule allowed, and why it was made: happened without."""

    person = OtherTenantRow(Person)
    code = models.CharField(max_length=60)  # of what was owed
    why = models.CharField(max_length=400)
    at = models.DateTimeField()

    class Classified:
        personal = frozenset({"why"})
        none = frozenset({"id", "tenant", "person", "code", "at", "recorded_at", "recorded_by"})

    class Meta:
        indexes = [Index(fields=["tenant", "person", "at"], name="contact_without_person")]
